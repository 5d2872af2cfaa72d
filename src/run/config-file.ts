/** Configuration files: what `--print-config` prints and `--config` reads. docs/output.md describes the fields. */

import { didYouMean, nameHint } from "../input/closest.ts";
import { readText } from "../input/file-source.ts";
import { isPath } from "../input/is-path.ts";
import type { ProblemCode } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { quote, show } from "../input/quote.ts";
import { Report } from "../input/report.ts";
import { type Path, parseYaml } from "../input/yaml-document.ts";
import { formats } from "../output/index.ts";
import { isFactor } from "../scenario/rate-scale.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { schedulers } from "../schedulers/index.ts";
import { requirementProblem } from "./requirements/requirement.ts";
import type { RunFiles } from "./run-files.ts";
import { LARGEST_SEED, LONGEST_MS, type Settings } from "./settings.ts";
import { placeProblem } from "./variation.ts";

/** Reads a configuration; names in it start from its own folder. Throws an InputError with all its problems. */
export function readConfig(path: string, files: RunFiles): Partial<Settings> {
  const problems = new ProblemList();
  const text = readText(path, files, problems);
  const file = text === undefined ? undefined : parseYaml(path, text, problems);
  if (file !== undefined) check(file.value, new Report(file, problems), path, files);
  problems.finish();
  return settingsFrom(file!.value as ConfigFile, path, files);
}

type ConfigFile = { readonly [Key in keyof Settings]?: Settings[Key] | null } & {
  readonly scenarios?: string | readonly string[];
  readonly require?: string | readonly string[];
};

interface Field {
  readonly expected: string;
  readonly isRight: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isBetween = (min: number, max: number) => (value: unknown) =>
  typeof value === "number" && value >= min && value <= max;
const orNull = (test: (value: unknown) => boolean) => (value: unknown) => value === null || test(value);
const isMapping = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isSeed = (value: unknown): boolean => Number.isInteger(value) && isBetween(0, LARGEST_SEED)(value);
const isTexts = (value: unknown): boolean => isText(value) || (Array.isArray(value) && value.every(isText));
const isRateScale = (value: unknown): boolean =>
  isFactor(value) || (isMapping(value) && Object.values(value as object).every(isFactor));

const fields: Readonly<Record<keyof Settings, Field>> = {
  scenarios: { expected: "a list of scenarios and suites", isRight: isTexts },
  system: { expected: "the name or file of a system", isRight: isText },
  scheduler: { expected: "the name or file of a scheduler", isRight: isText },
  params: { expected: "a mapping of parameters", isRight: isMapping },
  seed: { expected: `a whole number from 0 to ${LARGEST_SEED}`, isRight: isSeed },
  durationMs: {
    expected: `a number above 0, up to ${LONGEST_MS}, or null`,
    isRight: orNull(isBetween(Number.MIN_VALUE, LONGEST_MS)),
  },
  warmupMs: { expected: `a number from 0 to ${LONGEST_MS}`, isRight: isBetween(0, LONGEST_MS) },
  format: { expected: "the name of a format", isRight: isText },
  out: { expected: "a folder or null", isRight: orNull(isText) },
  jobs: { expected: "a file or null", isRight: orNull(isText) },
  audit: { expected: "true or false", isRight: (value) => typeof value === "boolean" },
  require: { expected: "a requirement or a list of them", isRight: isTexts },
  set: { expected: "a mapping of places to values", isRight: isMapping },
  rateScale: { expected: "a factor above 0, or a mapping of tasks to factors", isRight: isRateScale },
};

function check(value: unknown, report: Report, path: string, files: RunFiles): void {
  if (!isMapping(value)) report.problem([], "WRONG_TYPE", "a configuration must be a mapping (key: value)");
  else {
    checkFields(value as object, report);
    checkNames(value as ConfigFile, report, path, files);
    checkRequirements(value as ConfigFile, report);
    checkPlaces(value as ConfigFile, report);
  }
}

function checkFields(value: object, report: Report): void {
  for (const [key, given] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key as keyof Settings] : undefined;
    if (field === undefined) {
      report.problem([key], "UNKNOWN_KEY", `unknown key "${key}"${nameHint(key, Object.keys(fields))}`, "key");
    } else if (!field.isRight(given)) {
      report.problem([key], codeOf(given), `${key} must be ${field.expected}, got ${show(given)}`);
    }
  }
}

/** Files that are not there are left to whoever opens them: an option may name another one. */
function checkNames(
  { scenarios, system, scheduler, format }: ConfigFile,
  report: Report,
  path: string,
  files: RunFiles,
) {
  const namesOf = (kind: FileKind): readonly string[] => [...files.names(kind, path)];
  const checkName = (at: Path, name: unknown, what: string, known: () => readonly string[]): void => {
    if (!isText(name) || isPath(name) || known().includes(name)) return;
    report.problem(at, "UNKNOWN_NAME", `unknown ${what} ${quote(name)}${didYouMean(name, known())}`);
  };
  const runnable = () => [...namesOf("scenario"), ...namesOf("suite")];
  if (!Array.isArray(scenarios)) checkName(["scenarios"], scenarios, "scenario or suite", runnable);
  else for (const [i, name] of scenarios.entries()) checkName(["scenarios", i], name, "scenario or suite", runnable);
  checkName(["system"], system, "system", () => namesOf("system"));
  checkName(["scheduler"], scheduler, "scheduler", () => schedulers.map((each) => each.name));
  checkName(["format"], format, "format", () => formats.map((each) => each.name));
}

function checkRequirements({ require }: ConfigFile, report: Report): void {
  if (!isTexts(require)) return;
  for (const [i, text] of [require].flat().entries()) {
    const problem = requirementProblem(text as string);
    if (problem !== undefined)
      report.problem(Array.isArray(require) ? ["require", i] : ["require"], "BAD_REQUIREMENT", problem);
  }
}

function checkPlaces({ set }: ConfigFile, report: Report): void {
  if (!isMapping(set)) return;
  for (const place of Object.keys(set!)) {
    const problem = placeProblem(place);
    if (problem !== undefined) report.problem(["set", place], "BAD_NAME", problem, "key");
  }
}

const codeOf = (value: unknown): ProblemCode => (typeof value === "number" ? "TOO_SMALL" : "WRONG_TYPE");

/** Names that mean files beside the configuration become their paths, as seen from the current folder. */
function settingsFrom(file: ConfigFile, path: string, files: RunFiles): Partial<Settings> {
  const { scenarios, system, scheduler, out, jobs, require } = file;
  const place = (name: string): string => files.locate(name, path);
  const given: Record<string, unknown> = {
    ...file,
    scenarios:
      scenarios === undefined
        ? undefined
        : [scenarios]
            .flat()
            .map((name) => files.resolve("scenario", name, path) ?? files.resolve("suite", name, path) ?? name),
    system: system && (files.resolve("system", system, path) ?? system),
    scheduler: scheduler && (isPath(scheduler) ? place(scheduler) : scheduler),
    out: out && place(out),
    jobs: jobs && place(jobs),
    require: require && [require].flat(),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
}
