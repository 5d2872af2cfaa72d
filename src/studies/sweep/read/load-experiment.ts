/** Loads and checks an experiment file and every file that it names. */

import type { Library } from "../../../files/library.ts";
import { ProblemList } from "../../../input/problem-list.ts";
import { type CheckedFile, readYaml } from "../../../input/read-yaml.ts";
import type { Report } from "../../../input/report.ts";
import type { InputFile } from "../../../records/run-result.ts";
import { parseRequirement, requirementProblem } from "../../../run/requirements/requirement.ts";
import type { Workbench } from "../../../run/workbench.ts";
import type { ReadingContext } from "./entry-reading.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { InputSet } from "./input-set.ts";
import { readGrid } from "./read-grid.ts";
import { readPoints } from "./read-points.ts";
import { type AskedPrecision, readPrecision } from "./read-precision.ts";
import type { SeedPrecision } from "./seed-precision.ts";
import { type Grid, type PointList, selectionsOf } from "./selections.ts";

export interface Experiment {
  readonly name: string;
  readonly title: string | undefined;
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  readonly requirements: readonly string[];
  /** undefined: groups have the seeds of the file. */
  readonly precision: SeedPrecision | undefined;
  readonly what: Grid | PointList;
  readonly inputs: readonly InputFile[];
}

/**
 * `path`: as returned by `Library.fileAt`. Throws an InputError with all problems of the file and of the files that it
 * names.
 */
export async function loadExperiment(
  path: string,
  workbench: Workbench<Library>,
  asked: AskedPrecision = {},
): Promise<Experiment> {
  const problems = new ProblemList();
  const checked = readYaml(path, "experiment", workbench.files, problems);
  const experiment = checked && (await experimentFrom(checked, path, workbench, asked));
  problems.finish();
  return experiment!;
}

/** Complete if no problem was reported. */
async function experimentFrom(
  { value, report }: CheckedFile,
  path: string,
  workbench: Workbench<Library>,
  asked: AskedPrecision,
): Promise<Experiment | undefined> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const file = value as ExperimentFile;
  const inputs = new InputSet();
  checkTimes(file, report);
  const requirements = requirementsOf(file, report);
  const style = isList(file, report) ? "points" : "grid";
  const precision = readPrecision(file, report, asked);
  const context: ReadingContext = { path, workbench, inputs, style, precision, placeFaults: new Map() };
  const what = style === "points" ? await readPoints(file, report, context) : await readGrid(file, report, context);
  if (report.problems.errorCount === 0) refuseTooMany(what, file, report);
  const { name, title, durationMs, warmupMs = 0 } = file;
  return { name, title, durationMs, warmupMs, requirements, precision, what, inputs: inputs.all() };
}

/** Points are created on demand, so memory sets no limit. More points would run for months. */
const MOST_POINTS = 10_000_000;

function refuseTooMany(what: Grid | PointList, file: ExperimentFile, report: Report): void {
  const { count, seedsPerGroup } = selectionsOf(what);
  if (count <= MOST_POINTS) return;
  const seedKey = (["maxSeeds", "precision", "seeds"] as const).find((key) => file[key] !== undefined);
  const key = (seedsPerGroup > 1 ? seedKey : undefined) ?? (what.kind === "grid" ? "scenarios" : "points");
  const message = `there are up to ${shown(count)} points; the limit is ${shown(MOST_POINTS)}`;
  report.problem([key], "TOO_BIG", message, "key");
}

const shown = (count: number): string => count.toLocaleString("en-US", { maximumFractionDigits: 0 });

const gridKeys = ["scenarios", "systems", "schedulers"] as const;

/** Whether the file lists points. Reports keys that a list excludes and keys that a grid lacks. */
function isList(file: ExperimentFile, report: Report): boolean {
  if (file.points === undefined) {
    for (const key of gridKeys)
      if (file[key] === undefined)
        report.problem([], "MISSING_KEY", `an experiment needs "${key}", or "points" instead of a grid`, "key");
    return false;
  }
  for (const key of [...gridKeys, "rateScale"] as const)
    if (file[key] !== undefined)
      report.problem([key], "KEYS_EXCLUDE", `${key} cannot be combined with "points": each point has its own`, "key");
  return true;
}

function checkTimes({ durationMs, warmupMs = 0 }: ExperimentFile, report: Report): void {
  if (durationMs === undefined || !report.isSound(["durationMs"]) || !report.isSound(["warmupMs"])) return;
  if (warmupMs >= durationMs)
    report.problem(["warmupMs"], "TOO_BIG", `warmupMs must be less than durationMs (${durationMs}), got ${warmupMs}`);
}

function requirementsOf({ require = [] }: ExperimentFile, report: Report): readonly string[] {
  if (!Array.isArray(require)) return [];
  return (require as readonly string[]).flatMap((text, index) => {
    if (!report.isSound(["require", index])) return [];
    const problem = requirementProblem(text);
    if (problem === undefined) return [parseRequirement(text).text];
    report.problem(["require", index], "BAD_REQUIREMENT", problem);
    return [];
  });
}
