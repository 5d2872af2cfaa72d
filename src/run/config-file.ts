/** Configuration files, which `--print-config` prints and `--config` reads. docs/output.md describes the fields. */

import { didYouMean } from "../input/closest.ts";
import { isPath } from "../input/is-path.ts";
import { isMapping } from "../input/mapping.ts";
import type { Path } from "../input/parsed-file.ts";
import { ProblemList } from "../input/problem-list.ts";
import { quote } from "../input/quote.ts";
import { type CheckedFile, readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import { isCommand } from "../input/scheduler-command.ts";
import { isOn, type SwitchValue } from "../input/switch-value.ts";
import { formats } from "../output/results/index.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { schedulers } from "../schedulers/index.ts";
import { chosenMetricProblem } from "./metric-named.ts";
import { requirementProblem } from "./requirements/requirement.ts";
import type { RunFiles } from "./run-files.ts";
import type { Settings } from "./settings.ts";
import { placeProblem } from "./variation.ts";

/** Reads a configuration. Its names are relative to its own folder. Throws an InputError with all its problems. */
export function readConfig(path: string, files: RunFiles): Partial<Settings> {
  const problems = new ProblemList();
  const checked = readYaml(path, "config", files, problems);
  if (checked !== undefined && isMapping(checked.value)) checkMeaning(checked, path, files);
  problems.finish();
  return settingsFrom(checked!.value as ConfigFile, path, files);
}

/** See schema/config.schema.json. */
type ConfigFile = { readonly [Key in Exclude<keyof Settings, "audit">]?: Settings[Key] | null } & {
  readonly audit?: SwitchValue;
  readonly scenarios?: string | readonly string[];
  readonly metrics?: string | readonly string[] | null;
  readonly require?: string | readonly string[];
};

/** Checks what a schema cannot express. */
function checkMeaning({ value, report }: CheckedFile, path: string, files: RunFiles): void {
  const config = value as ConfigFile;
  checkNames(config, report, path, files);
  checkMetrics(config, report);
  checkRequirements(config, report);
  checkPlaces(config, report);
}

/** Missing files are reported only when they are opened, because an option may name another file. */
function checkNames(
  { scenarios, system, scheduler, format }: ConfigFile,
  report: Report,
  path: string,
  files: RunFiles,
) {
  const namesOf = (kind: FileKind): readonly string[] => [...files.names(kind, path)];
  const checkName = (at: Path, name: unknown, what: string, known: () => readonly string[]): void => {
    if (typeof name !== "string" || !report.isSound(at) || isPath(name) || isCommand(name) || known().includes(name))
      return;
    report.problem(at, "UNKNOWN_NAME", `unknown ${what} ${quote(name)}${didYouMean(name, known())}`);
  };
  const runnable = () => [...namesOf("scenario"), ...namesOf("suite")];
  if (!Array.isArray(scenarios)) checkName(["scenarios"], scenarios, "scenario or suite", runnable);
  else for (const [i, name] of scenarios.entries()) checkName(["scenarios", i], name, "scenario or suite", runnable);
  checkName(["system"], system, "system", () => namesOf("system"));
  checkName(["scheduler"], scheduler, "scheduler", () => schedulers.map((each) => each.name));
  checkName(["format"], format, "format", () => formats.map((each) => each.name));
}

function checkMetrics({ metrics }: ConfigFile, report: Report): void {
  const check = (at: Path, name: unknown): void => {
    const problem = typeof name === "string" && report.isSound(at) ? chosenMetricProblem(name) : undefined;
    if (problem !== undefined) report.problem(at, "UNKNOWN_NAME", problem);
  };
  if (Array.isArray(metrics)) for (const [i, name] of metrics.entries()) check(["metrics", i], name);
  else check(["metrics"], metrics);
}

function checkRequirements({ require }: ConfigFile, report: Report): void {
  const check = (text: unknown, at: Path): void => {
    const problem = report.isSound(at) ? requirementProblem(text as string) : undefined;
    if (problem !== undefined) report.problem(at, "BAD_REQUIREMENT", problem);
  };
  if (Array.isArray(require)) for (const [i, text] of require.entries()) check(text, ["require", i]);
  else if (require !== undefined) check(require, ["require"]);
}

function checkPlaces({ set }: ConfigFile, report: Report): void {
  if (set === undefined || !report.isSound(["set"])) return;
  for (const place of Object.keys(set as object)) {
    const problem = placeProblem(place);
    if (problem !== undefined) report.problem(["set", place], "BAD_NAME", problem, "key");
  }
}

/** Turns names of files beside the configuration into paths from the current folder. */
function settingsFrom(file: ConfigFile, path: string, files: RunFiles): Partial<Settings> {
  const { scenarios, system, scheduler, metrics, out, jobs, trace, require, audit } = file;
  const located = (name: string): string => files.locate(name, path);
  const given: Record<string, unknown> = {
    ...file,
    scenarios:
      scenarios === undefined
        ? undefined
        : [scenarios]
            .flat()
            .map((name) => files.resolve("scenario", name, path) ?? files.resolve("suite", name, path) ?? name),
    system: system && (files.resolve("system", system, path) ?? system),
    scheduler: scheduler && files.locateScheduler(scheduler, path),
    metrics: metrics && [metrics].flat(),
    out: out && located(out),
    jobs: jobs && located(jobs),
    trace: trace && located(trace),
    require: require && [require].flat(),
    audit: audit === undefined ? undefined : isOn(audit),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
}
