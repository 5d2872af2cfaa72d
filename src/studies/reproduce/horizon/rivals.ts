/** Tables of horizon against every other policy and against what is possible. */
import type { FigureTable } from "../../../records/reproduction.ts";
import { count, ratio, share, text } from "../columns.ts";
import { figure } from "../figures.ts";
import { type Groups, geomeanCells, geomeanColumns, halves, loadGroups, type Row } from "./columns.ts";
import {
  best,
  bestOrTuned,
  byRatio,
  geomeanOf,
  geomeanToBound,
  matchesOf,
  meanSlaGain,
  policyNamed,
  type Rival,
  tunedDream,
} from "./ratios.ts";
import type { HorizonCase } from "./runs.ts";

/** Horizon against every other policy, the closest one first. */
export function rivalTable(cases: readonly HorizonCase[]): FigureTable {
  const names = cases[0]?.rivals.map(({ policy }) => policy) ?? [];
  const hasTuned = cases.some(({ tuned }) => tuned !== undefined);
  const others: (readonly [name: string, rival: Rival])[] = [
    ...names.map((name) => [name, policyNamed(name)] as const),
    ...(hasTuned ? [["dream, tuned", tunedDream] as const] : []),
  ];
  const rows = others.map(([name, rival]) => rivalRow(name, cases, rival));
  return {
    name: "rivals",
    title: "Guarded UXCost to that of others, geometric mean; SLA above theirs, points",
    place: "everywhere",
    columns: [
      text("rival", "to"),
      ...geomeanColumns("all"),
      ratio("meetable"),
      ratio("overloaded", "overload"),
      ratio("worst"),
      share("sla", "SLA +"),
    ],
    rows: [
      rivalRow("best of each case", cases, best),
      ...(hasTuned ? [rivalRow("best, with dream tuned", cases, bestOrTuned)] : []),
      ...rows.sort((a, b) => (b.ratio as number) - (a.ratio as number)),
    ],
  };
}

function rivalRow(name: string, cases: readonly HorizonCase[], rival: Rival): Row {
  const ratioOf = (own: readonly HorizonCase[]) => geomeanOf(matchesOf(own, rival));
  const [[, meetable], [, overloaded]] = halves(cases) as readonly [Groups[number], Groups[number]];
  const matches = matchesOf(cases, rival);
  const mean = geomeanOf(matches);
  return {
    rival: name,
    ...geomeanCells(mean),
    meetable: figure(ratioOf(meetable)?.ratio),
    overloaded: figure(ratioOf(overloaded)?.ratio),
    worst: figure(byRatio(matches)[0]?.ratio),
    sla: figure(meanSlaGain(matches)),
  };
}

/** A case within it of the bound is as good as optimal. */
const NEAR = 1.01;

/** How far from what is possible, in the cases that have a bound. */
export function boundTable(cases: readonly HorizonCase[]): FigureTable {
  const bounded = cases.filter(({ leastGuarded }) => leastGuarded !== undefined);
  return {
    name: "bounds",
    title: "Guarded UXCost to a proven lower bound, geometric mean; near: within 1 %",
    place: "everywhere",
    columns: [
      text("group", "cases of"),
      count("cases"),
      ...geomeanColumns("horizon"),
      share("near", "% near"),
      ratio("best"),
      ratio("tuned", "dream, tuned"),
    ],
    rows: loadGroups(bounded).map(([group, own]) => ({ group, ...boundRow(own) })),
  };
}

function boundRow(cases: readonly HorizonCase[]): Row {
  const ours = geomeanToBound(cases, ({ ours }) => ours);
  const near = cases.filter((at) => at.ours.guarded <= NEAR * at.leastGuarded!).length;
  return {
    cases: cases.length,
    ...geomeanCells(ours),
    near: cases.length === 0 ? null : figure(near / cases.length),
    best: figure(geomeanToBound(cases, best)?.ratio),
    tuned: figure(geomeanToBound(cases, tunedDream)?.ratio),
  };
}
