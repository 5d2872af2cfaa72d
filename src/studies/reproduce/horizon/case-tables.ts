/** Tables of single cases: where horizon loses most, what each seed says, and all of them. */
import type { FigureTable } from "../../../records/reproduction.ts";
import { count, ratio, share, text } from "../columns.ts";
import { figure } from "../figures.ts";
import { geomeanCells, geomeanColumns, type Row } from "./columns.ts";
import { best, byRatio, bySla, geomean, type Match, matchesOf } from "./ratios.ts";
import type { HorizonCase } from "./runs.ts";

const placeColumns = [text("scenario"), text("system"), count("load")];
const placeOf = ({ scenario, system, load }: HorizonCase): Row => ({ scenario, system, load });

const SHOWN = 8;

/** Where horizon loses most. */
export function worstTable(cases: readonly HorizonCase[]): FigureTable {
  const lost = byRatio(matchesOf(cases, best)).filter((match) => match.ratio > 1);
  return matchTable("worst", "Where it loses most", lost.slice(0, SHOWN));
}

export function worstSlaTable(cases: readonly HorizonCase[]): FigureTable {
  const lost = bySla(matchesOf(cases, best)).filter(({ slaGain }) => slaGain < 0);
  return matchTable("worst-sla", "Where its SLA is farthest below", lost.slice(0, SHOWN));
}

const matchTable = (name: string, title: string, matches: readonly Match[]): FigureTable => ({
  ...{ name, title, place: "everywhere" },
  columns: [...placeColumns, text("best"), ratio("ratio", "to best"), share("sla", "SLA +")],
  rows: matches.map(({ at, rival, ratio, slaGain }) => ({
    ...placeOf(at),
    best: rival.policy,
    ratio: figure(ratio),
    sla: figure(slaGain),
  })),
});

/** How much the draws matter: the same cases with each seed alone. */
export function seedTable(cases: readonly HorizonCase[], seeds: readonly number[]): FigureTable {
  const drawn = cases.filter((each) => each.seeds.length === seeds.length);
  const row = (seed: number, index: number): Row => {
    const ratios = matchesOf(drawn, best).map(
      ({ at, rival }) => at.ours.guardedBySeed[index]! / rival.guardedBySeed[index]!,
    );
    const mean = geomean(ratios);
    return {
      seed,
      cases: ratios.length,
      ...geomeanCells(mean),
    };
  };
  return {
    name: "seeds",
    title: "To the best of each case with each seed, in the cases that draw",
    place: "everywhere",
    columns: [count("seed"), count("cases"), ...geomeanColumns("to best")],
    rows: seeds.map(row),
  };
}

/** Horizon, the best other policy and tuned DREAM in every case. */
export const caseTable = (cases: readonly HorizonCase[]): FigureTable => ({
  name: "cases",
  title: "Every case (means over the seeds)",
  place: "files",
  columns: [
    ...placeColumns,
    count("seeds"),
    ratio("guarded", "horizon"),
    text("best"),
    ratio("bestGuarded", "its UXCost"),
    ratio("ratio", "to best"),
    text("tuned", "weights"),
    ratio("tunedGuarded", "tuned"),
    share("slaOurs", "SLA %"),
    share("slaBest", "best's"),
    ratio("violations", "viol"),
    ratio("violationsBest", "best's"),
    ratio("energyMj", "mJ"),
    ratio("energyBestMj", "best's"),
    ratio("bound", "bound"),
  ],
  rows: matchesOf(cases, best).map(({ at, rival, ratio }) => ({
    ...placeOf(at),
    seeds: at.seeds.length,
    guarded: figure(at.ours.guarded),
    best: rival.policy,
    bestGuarded: figure(rival.guarded),
    ratio: figure(ratio),
    tuned: at.tuned?.policy.replace("dream:", "") ?? "-",
    tunedGuarded: figure(at.tuned?.guarded),
    slaOurs: figure(at.ours.sla),
    slaBest: figure(rival.sla),
    violations: figure(at.ours.violations),
    violationsBest: figure(rival.violations),
    energyMj: figure(at.ours.energyMj),
    energyBestMj: figure(rival.energyMj),
    bound: figure(at.leastGuarded),
  })),
});

/** Guarded UXCost of every policy in every case: the source of all other tables. */
export function policyTable(cases: readonly HorizonCase[]): FigureTable {
  const rivals = cases[0]?.rivals ?? [];
  return {
    name: "policies",
    title: "Guarded UXCost of every other policy in every case (mean over the seeds)",
    place: "files",
    columns: [...placeColumns, ...rivals.map(({ policy }) => ratio(policy))],
    rows: cases.map((each) => ({
      ...placeOf(each),
      ...Object.fromEntries(each.rivals.map(({ policy, guarded }) => [policy, figure(guarded)])),
    })),
  };
}
