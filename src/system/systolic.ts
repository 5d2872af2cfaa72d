/** The fields of an accelerator with systolic costs. */
import type { SystolicCosts } from "../core/system.ts";
import type { Report } from "../input/report.ts";
import { maestroEnergy } from "./energy.ts";
import type { AcceleratorFile } from "./system-file.ts";

/** Each number of units has its own column, with many shapes to try. */
const MOST_UNITS = 64;

/** Undefined after a problem. `report` is that of the accelerator. */
export function systolicCosts(entry: AcceleratorFile, report: Report): SystolicCosts | undefined {
  const { array, offChip, weightBufferBytes, units = 1 } = entry;
  for (const key of ["array", "offChip"] as const)
    if (entry[key] === undefined)
      report.problem([], "MISSING_KEY", `accelerator ${entry.id} needs "${key}" for systolic costs`);
  if (units > MOST_UNITS)
    report.problem(["units"], "TOO_BIG", `units must be at most ${MOST_UNITS} for systolic costs, got ${units}`);
  if (array === undefined || offChip === undefined) return undefined;
  return {
    kind: "systolic",
    array,
    accumulatorDepth: entry.accumulatorDepth ?? 128,
    offChip: { energyPjPerByte: 0, ...offChip },
    dramLatencyCycles: entry.dramLatencyCycles ?? 0,
    ...(weightBufferBytes !== undefined && { weightBufferBytes }),
    energy: { ...maestroEnergy, ...entry.energy },
  };
}
