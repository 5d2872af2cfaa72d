/** Reads the listed points of an experiment. Each has exactly one value of everything. */
import type { Report } from "../../../input/report.ts";
import { withOwnLabels } from "./distinct-entries.ts";
import { nameOfTarget, type ReadEntry, type ReadingContext } from "./entry-reading.ts";
import type { ExperimentFile, PointFile } from "./experiment-file.ts";
import { scenarioEntries, systemEntries } from "./file-entries.ts";
import { checkRateScales } from "./rate-scales.ts";
import { schedulerEntry } from "./scheduler-entries.ts";
import { seedsOf } from "./seeds.ts";
import type { PointList, Selection } from "./selections.ts";
import { variantAt } from "./variants.ts";

/** Complete if no problem was reported. */
export async function readPoints(file: ExperimentFile, report: Report, context: ReadingContext): Promise<PointList> {
  const seeds = seedsOfPoints(file, report, context);
  const read: ReadPoint[] = [];
  for (const [index, point] of listOf(file).entries()) {
    if (!report.isSound(["points", index])) continue;
    const one = await readPoint(point, report.within(["points", index]), context);
    if (one !== undefined) read.push(one);
  }
  const points = labelledPoints(read, context);
  reportTwins(points, seeds, read);
  return { kind: "points", points, seeds };
}

const listOf = ({ points }: ExperimentFile): readonly PointFile[] => (Array.isArray(points) ? points : []);

interface ReadPoint extends Pick<PointFile, "rateScale"> {
  readonly report: Report;
  readonly scenario: ReadEntry;
  readonly system: ReadEntry;
  readonly scheduler: ReadEntry;
}

async function readPoint(point: PointFile, report: Report, context: ReadingContext): Promise<ReadPoint | undefined> {
  const { params = {}, rateScale } = point;
  const [scenario] = await scenarioEntries(point.scenario, report.within(["scenario"]), context);
  const [system] = await systemEntries(point.system, report.within(["system"]), context);
  const scheduler = await schedulerEntry({ scheduler: point.scheduler, params }, report, context);
  if (rateScale !== undefined && scenario !== undefined)
    checkRateScales([{ scale: rateScale, report: report.within(["rateScale"]) }], [scenario], context);
  if (scenario === undefined || system === undefined || scheduler === undefined) return undefined;
  return { report, scenario, system, scheduler, ...(rateScale !== undefined && { rateScale }) };
}

function labelledPoints(read: readonly ReadPoint[], context: ReadingContext): readonly Omit<Selection, "seed">[] {
  const labelled = (part: "scenario" | "system" | "scheduler") =>
    withOwnLabels(
      read.map((point) => point[part]),
      nameOfTarget(context),
    ).map((entry) => variantAt(entry, 0));
  const scenarios = labelled("scenario");
  const systems = labelled("system");
  const schedulers = labelled("scheduler");
  return read.map(({ rateScale }, index) => ({
    scenario: scenarios[index]!,
    system: systems[index]!,
    scheduler: schedulers[index]!,
    rateScale,
  }));
}

/** The seeds of the file for every point, or else each point's own seed. */
function seedsOfPoints(file: ExperimentFile, report: Report, { precision }: ReadingContext): PointList["seeds"] {
  const points = listOf(file);
  if (file.seeds !== undefined) {
    for (const [index, point] of points.entries())
      if (point?.seed !== undefined)
        report.problem(
          ["points", index, "seed"],
          "KEYS_EXCLUDE",
          'seed cannot be combined with the "seeds" of the file',
          "key",
        );
    return { kind: "shared", seeds: seedsOf(file, report, precision) };
  }
  return { kind: "own", seeds: points.map((point) => point?.seed ?? 1) };
}

function reportTwins(
  points: readonly Omit<Selection, "seed">[],
  seeds: PointList["seeds"],
  read: readonly ReadPoint[],
): void {
  if (seeds.kind === "own" && seeds.seeds.length !== points.length) return;
  const seen = new Set<string>();
  for (const [index, point] of points.entries()) {
    const key = JSON.stringify([sorted(point), seeds.kind === "own" ? seeds.seeds[index] : 0]);
    if (seen.has(key))
      read[index]!.report.problem([], "DUPLICATE_ID", "a point with the same values is already given above");
    seen.add(key);
  }
}

/** With sorted keys, so that their order in the file does not matter. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
