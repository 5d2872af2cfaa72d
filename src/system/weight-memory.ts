/** The `weights` of an accelerator: a memory for weights, docs/formats.md#system. */
import type { CostSource, WeightMemory } from "../core/system.ts";
import type { Report } from "../input/report.ts";
import { isOn, onOrOff } from "../input/switch-value.ts";
import type { AcceleratorFile, SystemFile, WeightsFile } from "./system-file.ts";

/** A table that gives loads implies a memory for them. `report` is that of the accelerator. */
export function weightMemoryOf(
  { memory, contention = "off" }: SystemFile,
  { id, weights }: AcceleratorFile,
  costs: CostSource,
  report: Report,
): WeightMemory | undefined {
  if (weights === undefined && !hasLoads(costs)) return undefined;
  const { bytes, bandwidthGBs = memory?.bandwidthGBs, energyPjPerByte, overlap = "off" } = weights ?? {};
  if (bandwidthGBs === undefined && !hasLoadTimes(costs))
    report.problem(
      ["weights"],
      "MISSING_KEY",
      `weights of accelerator ${id} need "bandwidthGBs", or a table with a column loadMs`,
      "key",
    );
  if (isOn(contention) && memory !== undefined && bandwidthGBs! > memory.bandwidthGBs)
    report.problem(
      ["weights", "bandwidthGBs"],
      "TOO_BIG",
      `with contention: on, weights come over the shared memory, at most at its ${memory.bandwidthGBs} GB/s, got ${bandwidthGBs}`,
    );
  warnOfUnused(weights, costs, report);
  return {
    ...(bytes !== undefined && { bytes }),
    bandwidthGBs: bandwidthGBs ?? Infinity,
    energyPjPerByte: energyPjPerByte ?? memory?.energyPjPerByte ?? 0,
    overlap: onOrOff(overlap),
  };
}

/** What every row of a table gives itself, `weights` cannot. */
function warnOfUnused(weights: WeightsFile | undefined, costs: CostSource, report: Report): void {
  if (weights === undefined || costs.kind !== "table" || costs.rows.length === 0) return;
  const given = { bandwidthGBs: ["loadNs", "a time"], energyPjPerByte: ["loadPj", "an energy"] } as const;
  for (const field of ["bandwidthGBs", "energyPjPerByte"] as const) {
    const [column, what] = given[field];
    if (weights[field] !== undefined && costs.rows.every((row) => row[column] !== undefined))
      report.warning(["weights", field], "NO_EFFECT", `every row of the table gives ${what} of its load`, "key");
  }
}

const hasLoads = (costs: CostSource): boolean =>
  costs.kind === "table" &&
  costs.rows.some(({ loadNs, loadPj, loadBytes }) => (loadNs ?? loadPj ?? loadBytes) !== undefined);

const hasLoadTimes = (costs: CostSource): boolean =>
  costs.kind === "table" && costs.rows.some(({ loadNs }) => loadNs !== undefined);
