/** Loads and checks a file of ranges and every file that it names. */

import { basename } from "node:path";
import type { Library } from "../../../files/library.ts";
import { didYouMean } from "../../../input/closest.ts";
import { InputError } from "../../../input/input-error.ts";
import { isMapping } from "../../../input/mapping.ts";
import { ProblemList } from "../../../input/problem-list.ts";
import { quote } from "../../../input/quote.ts";
import { readYaml } from "../../../input/read-yaml.ts";
import type { Report } from "../../../input/report.ts";
import { InputRecorder } from "../../../run/input-recorder.ts";
import type { Workbench } from "../../../run/workbench.ts";
import { loadModel } from "../../../scenario/load-model.ts";
import type { AcceleratorFields, ModelChoice, Ranges, SystemChoice, Values } from "./ranges.ts";
import type { RangesFile, SpanFile } from "./ranges-file.ts";
import { MOST_VALUES, spanValues, valueCount } from "./span-values.ts";

interface Reading {
  readonly file: RangesFile;
  readonly path: string;
  readonly report: Report;
  readonly library: Library;
  readonly workbench: Workbench<Library>;
  readonly recorder: InputRecorder;
}

/** Throws an InputError with all problems of the file and of the files that it names. */
export function loadRanges(path: string, workbench: Workbench<Library>): Ranges {
  const problems = new ProblemList();
  const library = workbench.files;
  const recorder = new InputRecorder(library);
  recorder.note("data", path);
  const checked = readYaml(path, "ranges", recorder, problems);
  const ranges =
    checked !== undefined && isMapping(checked.value)
      ? rangesFrom({
          file: checked.value as unknown as RangesFile,
          report: checked.report,
          path,
          library,
          workbench,
          recorder,
        })
      : undefined;
  problems.finish(library.warn.bind(library));
  return ranges!;
}

/** Complete if no problem was reported. */
function rangesFrom(reading: Reading): Ranges {
  const { file, path, recorder } = reading;
  const numbers = valuesOf(reading);
  const models = entries(reading, "models", modelChoice);
  const systems = entries(reading, "systems", systemChoice);
  checkDataflows(reading);
  return {
    name: file.name,
    path,
    ...numbers,
    models,
    systems: systems.map(({ choice }) => choice),
    dataflows: file.dataflows ?? [],
    inputs: [...recorder.inputs(), ...systems.flatMap(({ inputs }) => inputs)],
  };
}

const kinds = {
  durationMs: "any",
  tasks: "whole",
  fps: "whole",
  offsetMs: "any",
  jitterMs: "any",
  deadlinePeriods: "any",
  priority: "whole",
  probability: "any",
  accelerators: "whole",
  pes: "whole",
} as const;

type NumberKey = keyof typeof kinds;

/** Where a file says nothing. */
const usual: Readonly<Partial<Record<NumberKey, number>>> = {
  offsetMs: 0,
  jitterMs: 0,
  deadlinePeriods: 1,
  priority: 1,
};

function valuesOf({ file, report }: Reading): Readonly<Record<NumberKey, Values>> {
  const values = Object.entries(kinds).map(([key, kind]) => {
    const span = file[key as NumberKey] ?? usual[key as NumberKey];
    return [key, span === undefined || !isUsable(span, key, kind, report) ? [] : spanValues(span, kind)] as const;
  });
  return Object.fromEntries(values) as Record<NumberKey, Values>;
}

function isUsable(span: SpanFile, key: string, kind: "whole" | "any", report: Report): boolean {
  if (!report.isSound([key])) return false;
  if (typeof span === "number" || !("from" in span)) return true;
  const refuse = (part: string, message: string): false => {
    report.problem([key, part], part === "to" ? "TOO_SMALL" : "TOO_BIG", message);
    return false;
  };
  if (span.to < span.from) return refuse("to", `"to" must be at least "from" (${span.from}), got ${span.to}`);
  const { step = span.to - span.from } = span;
  if (step > span.to - span.from && span.step !== undefined)
    return refuse(
      "step",
      `"step" must be at most ${span.to - span.from}, from ${span.from} to ${span.to}, got ${step}`,
    );
  const count = valueCount(span, kind);
  if (count <= MOST_VALUES) return true;
  report.problem(
    [key],
    "TOO_BIG",
    `a range has at most ${MOST_VALUES} values, and this one has ${count}: give a larger step`,
  );
  return false;
}

/** Reads each entry of a list of names. Those with a problem are left out. */
function entries<Choice>(
  reading: Reading,
  key: "models" | "systems",
  choiceOf: (path: string, reading: Reading) => Choice,
): readonly Choice[] {
  const { file, report } = reading;
  const seen = new Set<string>();
  if (!Array.isArray(file[key])) return [];
  return file[key].flatMap((name, index) => {
    const place = [key, index];
    if (!report.isSound(place)) return [];
    const path = fileNamed(key === "models" ? "model" : "system", name, place, reading);
    if (path === undefined) return [];
    if (seen.has(path)) report.problem(place, "DUPLICATE_ID", `${quote(name)} is already named above`);
    seen.add(path);
    return loaded(() => choiceOf(path, reading), report);
  });
}

function fileNamed(
  kind: "model" | "system",
  name: string,
  place: readonly (string | number)[],
  { path: from, library, report }: Reading,
): string | undefined {
  const path = library.resolve(kind, name, from);
  if (path === undefined) {
    const hint = didYouMean(name, library.names(kind, from)) || `; \`rtmm list ${kind}s\` shows them all`;
    report.problem(place, "UNKNOWN_NAME", `unknown ${kind} ${quote(name)}${hint}`);
  } else if (library.status(path).kind !== "file") {
    report.problem(place, "MISSING_FILE", `there is no file ${path}`);
    return undefined;
  }
  return path;
}

/** Adds the problems of a named file to the report's. */
function loaded<Choice>(load: () => Choice, { problems }: Report): readonly Choice[] {
  try {
    return [load()];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
    return [];
  }
}

function modelChoice(path: string, { recorder, library }: Reading): ModelChoice {
  recorder.note("model", path);
  const { name } = loadModel(path, recorder);
  const isBuiltIn = library.origin(path).from === "built-in";
  return { name, path, reference: isBuiltIn ? basename(path, ".yaml") : library.absolute(path) };
}

function systemChoice(path: string, { workbench, library }: Reading) {
  const { value, inputs } = workbench.system(path);
  const written = readYaml(path, "system", library, new ProblemList())!.value as {
    readonly accelerators: readonly (AcceleratorFields & { readonly count?: number })[];
  };
  const accelerators = written.accelerators.flatMap(each);
  const isMeasured = value.accelerators.some(({ costs }) => costs.kind === "table");
  const choice: SystemChoice = { name: value.name, path, accelerators, isMeasured };
  return { choice, inputs };
}

/** One entry for each of `count` accelerators. */
function each({ count, ...fields }: AcceleratorFields & { readonly count?: number }): readonly AcceleratorFields[] {
  if (count === undefined || count === 1) return [fields as AcceleratorFields];
  return Array.from({ length: count }, (_, i) => ({ ...fields, id: `${fields.id}${i}` }));
}

const dataflows = ["ws", "os", "rs"];

/** A system's own dataflows are known only to that system. */
function checkDataflows({ file, report }: Reading): void {
  for (const [index, name] of (Array.isArray(file.dataflows) ? file.dataflows : []).entries())
    if (report.isSound(["dataflows", index]) && !dataflows.includes(name))
      report.problem(
        ["dataflows", index],
        "UNKNOWN_NAME",
        `unknown dataflow ${quote(name)}${didYouMean(name, dataflows) || `; there are ${dataflows.join(", ")}`}`,
      );
}
