/** Where an accelerator's costs come from: an analysis of its dataflow, or the system's table. */
import { clusterPes, mappingLevelsOf } from "../core/dataflows.ts";
import type { AnalyticCosts, CostSource, Dataflow } from "../core/system.ts";
import { nameHint } from "../input/closest.ts";
import { refuseKeys } from "../input/key-checks.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import { onOrOff } from "../input/switch-value.ts";
import { costsNameOf } from "./accelerator-entry.ts";
import type { Dataflows } from "./dataflows.ts";
import { maestroEnergy } from "./energy.ts";
import type { AcceleratorFile, SystemFile } from "./system-file.ts";
import { systolicCosts } from "./systolic.ts";
import type { Tables } from "./table.ts";

const dataflowKeys = ["dataflow", "nocElementsPerCycle", "startUp"] as const;
const systolicKeys = ["array", "accumulatorDepth", "dramLatencyCycles", "weightBufferBytes"] as const;

/** Undefined after a problem. */
export function costsOf(
  file: SystemFile,
  entry: AcceleratorFile,
  id: string,
  index: number,
  dataflows: Dataflows,
  tables: Tables,
  report: Report,
): CostSource | undefined {
  const kind = costsNameOf(file, entry);
  const place = report.within(["accelerators", index]);
  if (kind === "systolic") {
    refuseKeys(entry, [...dataflowKeys, "pes"], "costs: systolic", place);
    return systolicCosts(entry, place);
  }
  refuseKeys(entry, systolicKeys, `costs: ${kind}`, place);
  if (kind !== "table") return analyticCosts(kind, entry, dataflows, place);
  refuseKeys(entry, [...dataflowKeys, "energy", "offChip"], "costs: table", place);
  return { kind, rows: tables.get(id) ?? [] };
}

function analyticCosts(
  kind: AnalyticCosts["kind"],
  entry: AcceleratorFile,
  dataflows: Dataflows,
  report: Report,
): AnalyticCosts | undefined {
  const { pes, dataflow: name, nocElementsPerCycle: noc, energy, offChip, startUp = "off" } = entry;
  for (const key of ["dataflow", "pes", "nocElementsPerCycle"] as const)
    if (entry[key] === undefined)
      report.problem([], "MISSING_KEY", `accelerator ${entry.id} needs "${key}" for ${kind} costs`);
  if (kind === "maestro") refuseKeys(entry, ["offChip", "startUp"], "costs: maestro", report);
  const dataflow = name === undefined ? undefined : dataflowNamed(name, dataflows, report);
  if (dataflow === undefined || pes === undefined || noc === undefined) return undefined;
  checkSizes(entry, pes, dataflow, report);
  const levels = mappingLevelsOf(dataflow).length;
  if (typeof noc !== "number" && noc.length !== levels)
    report.problem(
      ["nocElementsPerCycle"],
      "WRONG_LENGTH",
      `dataflow ${dataflow.name} has ${levels} levels, got ${noc.length}`,
    );
  return {
    kind,
    dataflow,
    nocElementsPerCycle: typeof noc === "number" ? new Array<number>(levels).fill(noc) : noc,
    energy: { ...maestroEnergy, ...energy },
    ...(offChip !== undefined && { offChip: { energyPjPerByte: 0, ...offChip } }),
    startUp: onOrOff(startUp),
  };
}

function dataflowNamed(name: string, dataflows: Dataflows, report: Report): Dataflow | undefined {
  if (!dataflows.has(name)) {
    const hint = nameHint(name, [...dataflows.keys()]);
    report.problem(["dataflow"], "UNKNOWN_NAME", `unknown dataflow ${quote(name)}${hint}`);
  }
  return dataflows.get(name);
}

/** Every unit needs at least one whole cluster of the dataflow. */
function checkSizes({ units = 1 }: AcceleratorFile, pes: number, dataflow: Dataflow, report: Report): void {
  const least = clusterPes(dataflow) * units;
  const ofUnits = units === 1 ? "" : ` in each of ${units} units`;
  if (pes % units !== 0) report.problem(["units"], "BAD_SHAPE", `units must divide the ${pes} pes, got ${units}`);
  else if (pes < least)
    report.problem(
      ["pes"],
      "TOO_SMALL",
      `pes must be at least ${least}: one cluster of dataflow ${dataflow.name}${ofUnits}, got ${pes}`,
    );
}
