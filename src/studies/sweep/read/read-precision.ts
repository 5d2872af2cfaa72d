/** Reads the precision from an experiment or the command line. */

import { FEWEST_SEEDS, MAX_SEEDS, precisionFrom } from "../../../analysis/statistics/precision.ts";
import type { Report } from "../../../input/report.ts";
import { RequestError } from "../../../input/request-error.ts";
import type { ExperimentFile, SeedsFile } from "./experiment-file.ts";
import type { SeedPrecision } from "./seed-precision.ts";

/** From the command line. It overrides the file. */
export interface AskedPrecision {
  readonly precision?: number;
  readonly maxSeeds?: number;
}

/** undefined if none was requested or there was a problem. Throws RequestError if the numbers contradict each other. */
export function readPrecision(file: ExperimentFile, report: Report, asked: AskedPrecision): SeedPrecision | undefined {
  const aim = asked.precision ?? aimOf(file, report);
  if (aim === undefined) return refuseLoneLimit(file, report, asked);
  const seeds = report.isSound(["seeds"]) ? file.seeds : undefined;
  if (Array.isArray(seeds))
    report.problem(
      ["seeds"],
      "WRONG_TYPE",
      "with a precision, seeds must be the number of seeds to start with, or {from, count}",
    );
  if (file.points !== undefined && file.seeds === undefined)
    report.problem(["points"], "KEYS_EXCLUDE", 'with a precision, listed points need the key "seeds"', "key");
  const firstSeeds = Math.max(FEWEST_SEEDS, countOf(seeds));
  const maxSeeds = asked.maxSeeds ?? limitOf(file, report) ?? Math.max(firstSeeds, MAX_SEEDS);
  if (firstSeeds <= maxSeeds) return { aim, firstSeeds, maxSeeds };
  if (asked.maxSeeds !== undefined)
    throw new RequestError(`--precision starts with ${firstSeeds} seeds, more than --max-seeds ${maxSeeds}`);
  const message = `precision starts with ${firstSeeds} seeds, more than maxSeeds (${maxSeeds})`;
  report.problem(["maxSeeds"], "TOO_SMALL", message);
  return undefined;
}

function aimOf({ precision }: ExperimentFile, report: Report): number | undefined {
  if (precision === undefined || !report.isSound(["precision"])) return undefined;
  const aim = typeof precision === "number" ? precision : precisionFrom(precision);
  if (aim === undefined)
    report.problem(["precision"], "WRONG_TYPE", `precision must be a percentage such as 2%, got "${precision}"`);
  return aim;
}

const limitOf = ({ maxSeeds }: ExperimentFile, report: Report): number | undefined =>
  report.isSound(["maxSeeds"]) ? maxSeeds : undefined;

function refuseLoneLimit({ precision, maxSeeds }: ExperimentFile, report: Report, asked: AskedPrecision): undefined {
  if (precision !== undefined) return;
  if (asked.maxSeeds !== undefined)
    throw new RequestError("--max-seeds needs --precision; without it, the experiment's seeds set their number");
  if (maxSeeds !== undefined)
    report.problem(["maxSeeds"], "MISSING_KEY", 'maxSeeds needs "precision", which is not given', "key");
}

function countOf(seeds: SeedsFile = 1): number {
  if (typeof seeds === "number") return seeds;
  return "count" in seeds ? seeds.count : seeds.length;
}
