/** PREMA with other settings of its open choices (docs/references.md#prema-open-choices) and other arrival windows. */

import type { FigureTable, ReproductionScheduler } from "../../../records/reproduction.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { ratio, text } from "../columns.ts";
import type { RunSettings } from "../comparison-runs.ts";
import { gainColumns, gainRow } from "./tables.ts";

/** Each change to one open choice, and the parameter that makes it. */
const changes: readonly (readonly [label: string, parameters: string])[] = [
  ["wait=total", "reading=total-wait"],
  ["wait=total, running too", "reading=total-wait-running"],
  ["estimate=whole", "reading=whole-estimate"],
  ["comparison=above", "reading=strict-threshold"],
  ["freshTokens=ignored", "reading=fresh-ignored"],
  ["timer=free", "reading=free-timer"],
  ["granularity=layer", "granularity=layer"],
  ["periodMs=0.1", "periodMs=0.1"],
  ["periodMs=1", "periodMs=1"],
];

export const variantSchedulers: readonly ReproductionScheduler[] = [
  { label: "NP-FCFS", scheduler: "fcfs" },
  { label: "PREMA", scheduler: "prema" },
  ...changes.map(([label, parameters]) => ({ label, scheduler: `prema:${parameters}` })),
];

/** Lengths of the arrival window relative to the scenario's. Powers of two have exact inverses. */
const windowFactors = [1, 4, 16, 64] as const;

/** The baseline and PREMA with each arrival window. Lower rates make the window longer. */
export const windowComparisons = (settings: Omit<RunSettings, "schedulers">): readonly RunSettings[] =>
  windowFactors.map((factor) => ({
    ...settings,
    schedulers: variantSchedulers.slice(0, 2),
    ...(factor !== 1 && { variation: { rateScale: 1 / factor } }),
  }));

/** `all`: the runs of `windowComparisons`. */
export const windowTable = (all: readonly ComparisonRuns[]): FigureTable => ({
  name: "windows",
  title: "PREMA against NP-FCFS with a longer window of arrivals (x 1: 5.714 ms)",
  place: "everywhere",
  columns: [text("window"), ratio("fcfsAntt", "NP-FCFS ANTT"), ...gainColumns],
  rows: all.map((runs, i) => ({
    window: `x ${windowFactors[i]}`,
    fcfsAntt: gainRow(runs, 0).antt!,
    ...gainRow(runs, 1),
  })),
});
