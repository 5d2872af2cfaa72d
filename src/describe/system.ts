/** A system, for `rtmm show`: accelerators, bandwidths, energies, memory and preemption. */
import type { Accelerator, CostSource, System, TableRow } from "../core/system.ts";
import type { Block, Description } from "../output/description.ts";
import { nothing, significant } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import { operatingPointTable, systolicTable, titleTable } from "./accelerator-details.ts";
import { fileRecord } from "./file-record.ts";
import { shortNumber } from "./short-figures.ts";
import { titleText } from "./title-text.ts";
import { variationTexts } from "./variation-text.ts";
import { weightMemoryTable } from "./weight-fit.ts";

export function describeSystem(system: System, path: string): Description {
  return {
    record: recordOf(system, path),
    blocks: [
      { kind: "title", text: titleText(system) },
      { kind: "facts", facts: factsOf(system, path) },
      computeTable(system),
      titleTable(system),
      dataTable(system),
      systolicTable(system),
      operatingPointTable(system),
      { kind: "paragraphs", title: "Times that vary from job to job", paragraphs: variationTexts(system.accelerators) },
      weightMemoryTable(system),
      { kind: "paragraphs", title: "Measured costs", paragraphs: system.accelerators.flatMap(measuredText) },
    ],
  };
}

/** Two operations per MAC. Undefined if the costs are a table and the system does not give the PEs. */
const peakTops = ({ costs, pes, clockGHz }: Accelerator): number | undefined =>
  costs.kind === "table" && pes === 1 ? undefined : (2 * pes * clockGHz) / 1000;

function factsOf(system: System, path: string): (readonly [string, string | undefined])[] {
  const { accelerators, memory, contextSwitch, source } = system;
  const tops = accelerators.map(peakTops);
  const switching = { on: "costs time and energy", off: "costs nothing" }[contextSwitch];
  return [
    ["accelerators", String(accelerators.length)],
    ["peak", tops.includes(undefined) ? undefined : `${significant(sum(tops))} TOPS`],
    ["costs", [...new Set(accelerators.map(({ costs }) => costs.kind))].join(" and ")],
    ["shared memory", memoryText(memory)],
    ["context switch", switching],
    ...effectFacts(system),
    ["source", source],
    ["file", path],
  ];
}

/** Undefined if the system has none, so that moves take no time. */
const memoryText = ({ bandwidthGBs, energyPjPerByte }: System["memory"]): string | undefined =>
  bandwidthGBs === Infinity ? undefined : `${shortNumber(bandwidthGBs)} GB/s, ${shortNumber(energyPjPerByte)} pJ/byte`;

/** Effects that are off unless the system file sets them (docs/formats.md). */
function effectFacts({
  contention,
  decisionOverheadNs,
  powerCapMw,
  estimateError,
}: System): (readonly [string, string | undefined])[] {
  return [
    ["contention", contention === "on" ? "accelerators share the memory's bandwidth" : undefined],
    ["overhead", decisionOverheadNs ? `${shortNumber(decisionOverheadNs)} ns before each dispatch` : undefined],
    [
      "estimates",
      estimateError === undefined
        ? undefined
        : `wrong by up to ${shortNumber(100 * estimateError)} %, for each model on each accelerator`,
    ],
    ["power cap", powerCapMw === undefined ? undefined : `${shortNumber(powerCapMw)} mW`],
  ];
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function recordOf(system: System, path: string): object {
  const { memory, contextSwitch, accelerators } = system;
  const { contention = "off", decisionOverheadNs = 0, powerCapMw = null, estimateError = 0 } = system;
  return {
    ...fileRecord("system", system, path),
    memory,
    contextSwitch,
    contention,
    decisionOverheadNs,
    powerCapMw,
    estimateError,
    accelerators: accelerators.map((accelerator) => ({
      ...accelerator,
      globalBufferBytes: Number.isFinite(accelerator.globalBufferBytes) ? accelerator.globalBufferBytes : null,
      peakTops: peakTops(accelerator) ?? null,
    })),
  };
}

function computeTable({ accelerators }: System): Block {
  return {
    kind: "table",
    title: "Accelerators",
    columns: [left("accelerator"), left("dataflow"), ...["PEs", "GHz", "TOPS", "units"].map(right), left("preemption")],
    rows: accelerators.map((accelerator) => {
      const { id, costs, pes, clockGHz, units, preemption } = accelerator;
      const tops = peakTops(accelerator);
      return [
        id,
        mappingText(costs),
        tops === undefined ? nothing : String(pes),
        shortNumber(clockGHz),
        tops === undefined ? nothing : significant(tops),
        String(units),
        preemption.length === 0 ? "none" : preemption.join(" "),
      ];
    }),
  };
}

function mappingText(costs: CostSource): string {
  if (costs.kind === "table") return nothing;
  return costs.kind === "systolic" ? "systolic" : costs.dataflow.name;
}

function dataTable({ accelerators }: System): Block {
  const numbers = ["el/cycle", "GB/s", "buffer kB", "idle mW", "MAC pJ", "L1 pJ", "L2 pJ"];
  return {
    kind: "table",
    title: "Data (elements per cycle on the NoC, GB/s off chip) and energy (pJ per access)",
    columns: [left("accelerator"), ...numbers.map(right)],
    rows: accelerators.map(({ id, costs, globalBufferBytes, idlePowerMw }) => {
      const buffer = Number.isFinite(globalBufferBytes) ? significant(globalBufferBytes / 1000) : nothing;
      const idle = shortNumber(idlePowerMw);
      if (costs.kind === "table") return [id, nothing, nothing, buffer, idle, nothing, nothing, nothing];
      const { offChip, energy } = costs;
      const noc = costs.kind === "systolic" ? nothing : [...new Set(costs.nocElementsPerCycle)].join("/");
      const bandwidth = offChip === undefined ? nothing : shortNumber(offChip.bandwidthGBs);
      const energies = [energy.macPj, energy.l1Pj, energy.l2Pj].map(shortNumber);
      return [id, noc, bandwidth, buffer, idle, ...energies];
    }),
  };
}

function measuredText({ id, costs }: Accelerator): string[] {
  if (costs.kind !== "table") return [];
  const models = [...new Set(costs.rows.map(({ model }) => model))];
  const rows = `${id}: ${costs.rows.length} rows for ${models.length === 0 ? "no model" : models.join(", ")}`;
  return [`${rows}${energyText(costs.rows)}`];
}

/** Empty if all rows have an energy. */
function energyText(rows: readonly TableRow[]): string {
  const known = rows.filter(({ energyPj }) => energyPj !== undefined).length;
  if (known === rows.length) return "";
  return known === 0 ? "; no energies" : `; energies in ${known} of them`;
}
