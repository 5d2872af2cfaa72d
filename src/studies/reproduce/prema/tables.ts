/** The tables of PREMA's comparison. */

import type { FigureColumn, FigureTable } from "../../../records/reproduction.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { count, ratio, share, text } from "../columns.ts";
import { bySeed, type Measured, meanOver, metric } from "../comparison-runs.ts";
import { figure } from "../figures.ts";
import { type Gain, gainOf, gains, sla, slaAt } from "./gains.ts";
import { BASELINE, type PremaPolicy, policies } from "./policies.ts";

export const gainColumns: readonly FigureColumn[] = [
  ratio("antt", "ANTT"),
  ratio("anttGain", "gain"),
  ratio("stp", "STP"),
  ratio("stpGain", "gain"),
  share("sla", "SLA %"),
  ratio("slaGain", "gain"),
  share("fairness", "fairness %"),
];

/** Means over the runs, and gains over the baseline. */
export function gainRow(all: ComparisonRuns, schedulerIndex: number): Record<string, number | null> {
  const value = (of: Measured) => figure(meanOver(bySeed(all, 0, schedulerIndex, of)));
  const gain = (of: Gain) => gainOf(all, schedulerIndex, BASELINE, of).ours;
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

/** `listed`: the schedulers, in the order of the comparison. */
export function gainTable(
  name: string,
  title: string,
  listed: readonly { readonly label: string; readonly mode?: PremaPolicy["mode"] }[],
  all: ComparisonRuns,
): FigureTable {
  return {
    name,
    title,
    place: "everywhere",
    columns: [text("policy"), ...(listed.some(({ mode }) => mode !== undefined) ? [modeColumn] : []), ...gainColumns],
    rows: listed.map(({ label, ...mode }, schedulerIndex) => ({
      policy: label,
      ...mode,
      ...gainRow(all, schedulerIndex),
    })),
  };
}

const modeColumn = text("mode", "");

/** The share of jobs that end within N x their isolated time, by N. */
export function curveTable(
  name: string,
  title: string,
  kind: "preemptive" | "not preemptive",
  all: ComparisonRuns,
): FigureTable {
  const isPreemptive = (mode: PremaPolicy["mode"]) => (mode === "" ? "not preemptive" : "preemptive");
  const shown = policies.flatMap((each, schedulerIndex) =>
    isPreemptive(each.mode) === kind ? [{ ...each, schedulerIndex }] : [],
  );
  const targets = Array.from({ length: 19 }, (_, i) => i + 2);
  return {
    name,
    title,
    place: "everywhere",
    columns: [count("n", "N"), ...shown.map(({ scheduler, heading }) => share(scheduler, heading))],
    rows: targets.map((n) => ({
      n,
      ...Object.fromEntries(
        shown.map(({ scheduler, schedulerIndex }) => [
          scheduler,
          figure(meanOver(bySeed(all, 0, schedulerIndex, slaAt(n)))),
        ]),
      ),
    })),
  };
}
