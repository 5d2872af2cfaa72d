/** Reads the grid of an experiment: independent lists of everything that varies. */
import type { Report } from "../../../input/report.ts";
import type { RateScale } from "../../../scenario/rate-scale.ts";
import { distinctEntries, withOwnLabels } from "./distinct-entries.ts";
import { nameOfTarget, type ReadEntry, type ReadingContext, valueKey } from "./entry-reading.ts";
import type { ExperimentFile } from "./experiment-file.ts";
import { scenarioEntries, systemEntries } from "./file-entries.ts";
import { checkRateScales } from "./rate-scales.ts";
import { schedulerEntry } from "./scheduler-entries.ts";
import { seedsOf } from "./seeds.ts";
import type { Grid } from "./selections.ts";
import type { Entry } from "./variants.ts";

/** Complete if no problem was reported. */
export async function readGrid(file: ExperimentFile, report: Report, context: ReadingContext): Promise<Grid> {
  const scenarios = await entriesOf("scenarios", file.scenarios, scenarioEntries, report, context);
  const systems = await entriesOf("systems", file.systems, systemEntries, report, context);
  const schedulers = await entriesOf(
    "schedulers",
    file.schedulers,
    async (written, place) => [(await schedulerEntry(written, place, context)) ?? []].flat(),
    report,
    context,
  );
  const rateScales = rateScalesOf(file, report);
  if (rateScales !== undefined && scenarios.length > 0)
    checkRateScales(placed(rateScales, file, report), scenarios, context);
  const seeds = seedsOf(file, report, context.precision);
  return { kind: "grid", scenarios, systems, schedulers, rateScales, seeds };
}

type GridKey = "scenarios" | "systems" | "schedulers";

async function entriesOf<Written>(
  key: GridKey,
  list: readonly Written[] | undefined,
  read: (written: Written, report: Report, context: ReadingContext) => Promise<readonly ReadEntry[]>,
  report: Report,
  context: ReadingContext,
): Promise<readonly Entry[]> {
  if (!Array.isArray(list)) return [];
  const entries: ReadEntry[] = [];
  for (const [index, written] of (list as readonly Written[]).entries())
    if (report.isSound([key, index])) entries.push(...(await read(written, report.within([key, index]), context)));
  return distinctEntries(withOwnLabels(entries, nameOfTarget(context)), key.slice(0, -1));
}

function rateScalesOf({ rateScale }: ExperimentFile, report: Report): readonly RateScale[] | undefined {
  if (rateScale === undefined || !report.isSound(["rateScale"])) return undefined;
  const list = Array.isArray(rateScale) ? (rateScale as readonly RateScale[]) : [rateScale as RateScale];
  const seen = new Set<string>();
  for (const [index, scale] of list.entries()) {
    const key = valueKey(typeof scale === "number" ? scale : Object.entries(scale).sort());
    if (seen.has(key)) report.problem(["rateScale", index], "DUPLICATE_ID", "this rate scale is already given above");
    seen.add(key);
  }
  return list;
}

/** The file may give a single scale without a list. */
function placed(scales: readonly RateScale[], { rateScale }: ExperimentFile, report: Report) {
  return scales.map((scale, index) => ({
    scale,
    report: report.within(Array.isArray(rateScale) ? ["rateScale", index] : ["rateScale"]),
  }));
}
