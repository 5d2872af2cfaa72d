/** Accelerators with their defaults, with `count` expanded. */
import type { Accelerator, OperatingPoint, SystolicCosts } from "../core/system.ts";
import { reportTwins } from "../input/key-checks.ts";
import type { Report } from "../input/report.ts";
import { idsOf } from "./accelerator-entry.ts";
import { costsOf } from "./cost-source.ts";
import type { Dataflows } from "./dataflows.ts";
import { executionVariationOf } from "./execution-variation.ts";
import type { AcceleratorFile, SystemFile } from "./system-file.ts";
import type { Tables } from "./table.ts";
import { weightMemoryOf } from "./weight-memory.ts";

const MOST_ACCELERATORS = 1024;

export function acceleratorsOf(file: SystemFile, dataflows: Dataflows, tables: Tables, report: Report): Accelerator[] {
  const accelerators: Accelerator[] = [];
  const ids = new Set<string>();
  for (const [i, entry] of file.accelerators.entries()) {
    if (typeof entry !== "object" || entry === null) continue;
    const isSound = report.isSound(["accelerators", i]);
    reportTwins(pointsOf(entry), "name", "operating point", report.within(["accelerators", i, "operatingPoints"]));
    for (const id of idsOf(entry, report, i)) {
      if (ids.has(id))
        report.problem(["accelerators", i, "id"], "DUPLICATE_ID", `accelerator "${id}" is already given above`);
      ids.add(id);
      const costs = isSound ? costsOf(file, entry, id, i, dataflows, tables, report) : undefined;
      if (costs === undefined) continue;
      const weights = weightMemoryOf(file, entry, costs, report.within(["accelerators", i]));
      accelerators.push(acceleratorFrom(entry, id, costs, weights, executionVariationOf(file, entry)));
    }
    if (ids.size > MOST_ACCELERATORS) {
      report.problem(["accelerators", i], "TOO_BIG", `a system has at most ${MOST_ACCELERATORS} accelerators`);
      break;
    }
  }
  return accelerators;
}

const pointsOf = ({ operatingPoints }: AcceleratorFile): readonly OperatingPoint[] =>
  Array.isArray(operatingPoints) ? operatingPoints : [];

function acceleratorFrom(
  entry: AcceleratorFile,
  id: string,
  costs: Accelerator["costs"],
  weights: Accelerator["weights"],
  executionVariation: Accelerator["executionVariation"],
): Accelerator {
  return {
    id,
    ...(entry.title !== undefined && { title: entry.title }),
    costs,
    clockGHz: entry.clockGHz ?? 1,
    pes: costs.kind === "systolic" ? systolicPes(entry, costs) : (entry.pes ?? 1),
    units: entry.units ?? 1,
    preemption: [...new Set(entry.preemption ?? (["checkpoint", "kill", "drain"] as const))],
    idlePowerMw: entry.idlePowerMw ?? 0,
    ...(entry.operatingPoints !== undefined && { operatingPoints: fastestFirst(entry.operatingPoints) }),
    ...(executionVariation !== undefined && { executionVariation }),
    globalBufferBytes: entry.globalBufferBytes ?? Infinity,
    ...(weights !== undefined && { weights }),
  };
}

const systolicPes = ({ units = 1 }: AcceleratorFile, { array }: SystolicCosts): number =>
  units * array.rows * array.columns;

const fastestFirst = (points: readonly OperatingPoint[]): OperatingPoint[] =>
  [...points].sort((a, b) => b.speed - a.speed);
