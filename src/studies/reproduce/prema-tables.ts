/** PREMA's comparison in tables. */
import type { FigureColumn, FigureTable } from "../../records/reproduction.ts";
import type { RanComparison } from "../compare/run-comparison.ts";
import { figure } from "./figures.ts";
import { type Gain, gainOf, gains, sla, slaAt } from "./prema-gains.ts";
import { BASELINE, type Compared, policies } from "./prema-policies.ts";
import { bySeed, type Measured, meanOver, metric } from "./ran.ts";

export const gainColumns: readonly FigureColumn[] = [
  { name: "antt", heading: "ANTT", unit: "ratio" },
  { name: "anttGain", heading: "gain", unit: "ratio" },
  { name: "stp", heading: "STP", unit: "ratio" },
  { name: "stpGain", heading: "gain", unit: "ratio" },
  { name: "sla", heading: "SLA %", unit: "share" },
  { name: "slaGain", heading: "gain", unit: "ratio" },
  { name: "fairness", heading: "fairness %", unit: "share" },
];

/** Means over the runs, and gains over the baseline. */
export function gainRow(all: RanComparison, entrant: number, baseline = BASELINE): Record<string, number | null> {
  const value = (of: Measured) => figure(meanOver(bySeed(all, 0, entrant, of)));
  const gain = (of: Gain) => gainOf(all, entrant, baseline, of).ours;
  return {
    antt: value(gains.antt.of),
    anttGain: gain(gains.antt),
    stp: value(gains.stp.of),
    stpGain: gain(gains.stp),
    sla: value(sla),
    slaGain: gain(gains.sla),
    fairness: value(metric("fairness")),
  };
}

/** `listed` are the entrants, in their order. */
export function gainTable(
  name: string,
  title: string,
  listed: readonly { readonly label: string; readonly mode?: Compared["mode"] }[],
  all: RanComparison,
): FigureTable {
  return {
    name,
    title,
    place: "everywhere",
    columns: [
      { name: "policy", heading: "policy", unit: "text" },
      ...(listed.some(({ mode }) => mode !== undefined) ? [modeColumn] : []),
      ...gainColumns,
    ],
    rows: listed.map(({ label, ...mode }, entrant) => ({ policy: label, ...mode, ...gainRow(all, entrant) })),
  };
}

const modeColumn: FigureColumn = { name: "mode", heading: "", unit: "text" };

/** Share of jobs that end within N x their isolated time. */
export function curveTable(
  name: string,
  title: string,
  kind: "preemptive" | "not preemptive",
  all: RanComparison,
): FigureTable {
  const isPreemptive = (mode: Compared["mode"]) => (mode === "" ? "not preemptive" : "preemptive");
  const shown = policies.flatMap((each, entrant) => (isPreemptive(each.mode) === kind ? [{ ...each, entrant }] : []));
  const targets = Array.from({ length: 19 }, (_, i) => i + 2);
  return {
    name,
    title,
    place: "everywhere",
    columns: [
      { name: "n", heading: "N", unit: "count" },
      ...shown.map(({ scheduler, heading }): FigureColumn => ({ name: scheduler, heading, unit: "share" })),
    ],
    rows: targets.map((n) => ({
      n,
      ...Object.fromEntries(
        shown.map(({ scheduler, entrant }) => [scheduler, figure(meanOver(bySeed(all, 0, entrant, slaAt(n))))]),
      ),
    })),
  };
}
