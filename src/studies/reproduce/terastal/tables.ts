/** The tables of Terastal's comparison. */

import { mean } from "../../../analysis/statistics/mean.ts";
import type { FigureTable, ReproductionScheduler } from "../../../records/reproduction.ts";
import { share, text } from "../columns.ts";
import { figure, reduction } from "../figures.ts";
import { type LoadedRuns, missedBelow, missesOf } from "./misses.ts";

type Schedulers = readonly ReproductionScheduler[];

const loadsOf = (all: readonly LoadedRuns[]) => [...new Set(all.map(({ rateScale }) => rateScale))];
const atLoad = (all: readonly LoadedRuns[], load: number) => all.filter(({ rateScale }) => rateScale === load);

/** Miss rates by load; those from `firstOfOurs` on are forms of Terastal, set against the schedulers before. */
export function schedulerTable(all: readonly LoadedRuns[], schedulers: Schedulers, firstOfOurs: number): FigureTable {
  const baselines = schedulers.slice(0, firstOfOurs);
  const below = (own: readonly LoadedRuns[], index: number, baseline: number) =>
    index < firstOfOurs ? null : reduction(missedBelow(missesOf(own, index), missesOf(own, baseline))).ours;
  return {
    name: "schedulers",
    title: "Misses over all scenarios and systems, %, and how far below the baselines', over all loads, %",
    place: "everywhere",
    columns: [
      text("scheduler"),
      ...loadsOf(all).map((load) => share(`x${load}`, `x ${load}`)),
      ...baselines.map(({ label }) => share(`below-${label}`, `below ${label}`)),
    ],
    rows: schedulers.map(({ label }, index) => ({
      scheduler: label,
      ...Object.fromEntries(loadsOf(all).map((load) => [`x${load}`, missed(atLoad(all, load), index)])),
      ...Object.fromEntries(baselines.map((each, baseline) => [`below-${each.label}`, below(all, index, baseline)])),
    })),
  };
}

/** Miss rates over all loads, by system or by scenario. */
export function placeTable(
  name: "systems" | "scenarios",
  all: readonly LoadedRuns[],
  schedulers: Schedulers,
): FigureTable {
  const by = name === "systems" ? "system" : "scenario";
  const places =
    by === "system"
      ? [...new Set(all.map(({ system }) => system))]
      : [...new Set(all.flatMap(({ runs }) => runs.cases.map(({ scenario }) => scenario)))];
  const missedAt = (place: string, index: number) =>
    by === "system"
      ? missed(
          all.filter(({ system }) => system === place),
          index,
        )
      : missed(all, index, place);
  return {
    name,
    title: `Misses by ${by}, over all loads, %`,
    place: "everywhere",
    columns: [text(by), ...schedulers.map(({ label }) => share(label))],
    rows: places.map((place) => ({
      [by]: place,
      ...Object.fromEntries(schedulers.map(({ label }, index) => [label, missedAt(place, index)])),
    })),
  };
}

/** Every case: the source of the other tables. */
export const caseTable = (all: readonly LoadedRuns[], schedulers: Schedulers): FigureTable => ({
  name: "cases",
  title: "Misses in every case, % (mean over seeds)",
  place: "files",
  columns: [text("rates"), text("system"), text("scenario"), ...schedulers.map(({ label }) => share(label))],
  rows: all.flatMap((each) =>
    each.runs.cases.map(({ scenario }) => ({
      rates: `x ${each.rateScale}`,
      system: each.system,
      scenario,
      ...Object.fromEntries(schedulers.map(({ label }, index) => [label, missed([each], index, scenario)])),
    })),
  ),
});

const missed = (all: readonly LoadedRuns[], index: number, scenario?: string): number | null =>
  figure(mean(missesOf(all, index, scenario)));
