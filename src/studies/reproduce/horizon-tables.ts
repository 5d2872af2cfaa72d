/** The tables of horizon's comparison. */
import type { FigureColumn, FigureTable } from "../../records/reproduction.ts";
import { figure } from "./figures.ts";
import type { Upset } from "./horizon-grid.ts";
import {
  best,
  bestOrTuned,
  byRatio,
  bySla,
  geomean,
  geomeanOf,
  geomeanToBound,
  isMeetable,
  LOSS,
  type Match,
  matchesOf,
  meanSlaGain,
  policyNamed,
  type Rival,
  tunedDream,
} from "./horizon-ratios.ts";
import type { HorizonCase } from "./horizon-runs.ts";

type Row = FigureTable["rows"][number];
type Groups = readonly (readonly [name: string, cases: readonly HorizonCase[]])[];

const text = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "text" });
const ratio = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "ratio" });
const share = (name: string, heading: string): FigureColumn => ({ name, heading, unit: "share" });
const count = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "count" });

const placeColumns = [text("scenario"), text("system"), count("load")];
const placeOf = ({ scenario, system, load }: HorizonCase): Row => ({ scenario, system, load });

const summaryColumns: readonly FigureColumn[] = [
  count("cases"),
  ratio("ratio", "to best"),
  ratio("low", "from"),
  ratio("high", "to"),
  ratio("worst"),
  count("losses", `> ${LOSS}`),
  share("sla", "SLA +"),
  share("slaLeast", "least"),
];

/** Against the best of each case. */
function summaryRow(cases: readonly HorizonCase[]): Row {
  const matches = matchesOf(cases, best);
  const mean = geomeanOf(matches);
  return {
    cases: matches.length,
    ratio: figure(mean?.ratio),
    low: figure(mean?.interval?.low),
    high: figure(mean?.interval?.high),
    worst: figure(byRatio(matches)[0]?.ratio),
    losses: matches.filter((match) => match.ratio > LOSS).length,
    sla: figure(meanSlaGain(matches)),
    slaLeast: figure(bySla(matches)[0]?.slaGain),
  };
}

const summaryTable = (name: string, title: string, group: FigureColumn, groups: Groups): FigureTable => ({
  ...{ name, title, place: "everywhere" },
  columns: [group, ...summaryColumns],
  rows: groups.map(([of, own]) => ({ [group.name]: of, ...summaryRow(own) })),
});

/** In order of first appearance. */
function groupedBy(cases: readonly HorizonCase[], nameOf: (at: HorizonCase) => string): Groups {
  const names = [...new Set(cases.map(nameOf))];
  return names.map((name) => [name, cases.filter((each) => nameOf(each) === name)] as const);
}

const halves = (cases: readonly HorizonCase[]): Groups => [
  ["meetable", cases.filter(isMeetable)],
  ["overloaded", cases.filter((each) => !isMeetable(each))],
];

/** All, by load, and by whether deadlines can be met; groups without a case are left out. */
const loadGroups = (cases: readonly HorizonCase[]): Groups =>
  [["all", cases] as const, ...groupedBy(cases, ({ load }) => `load ${load}`), ...halves(cases)].filter(
    ([, own]) => own.length > 0,
  );

export const loadTable = (cases: readonly HorizonCase[]): FigureTable =>
  summaryTable(
    "loads",
    "Guarded UXCost to the best of each case, geometric mean; SLA above it, points",
    text("group", "cases of"),
    loadGroups(cases),
  );

export const scenarioTable = (cases: readonly HorizonCase[]): FigureTable =>
  summaryTable(
    "scenarios",
    "The same by scenario",
    text("scenario"),
    groupedBy(cases, ({ scenario }) => scenario),
  );

export const systemTable = (cases: readonly HorizonCase[]): FigureTable =>
  summaryTable(
    "systems",
    "The same by system",
    text("system"),
    groupedBy(cases, ({ system }) => system),
  );

const upsetNames: Readonly<Record<Upset, string>> = {
  estimates: "estimates ± 20 %",
  jitter: "jitter 5 %",
  cascades: "cascades 0.5",
};

/** `cases`: as they are. `upset`: the same ones among them, upset. */
export function upsetTable(cases: readonly HorizonCase[], upset: readonly HorizonCase[]): FigureTable {
  const systems = new Set(upset.map(({ system }) => system));
  return summaryTable("upsets", "The same where plans are upset, for all policies alike", text("upset"), [
    ["nothing", cases.filter(({ system }) => systems.has(system))],
    ...groupedBy(upset, (each) => upsetNames[each.upset!]),
  ]);
}

/** By how much horizon is below the best of each case. */
export function scenarioLoadTable(cases: readonly HorizonCase[]): FigureTable {
  const loads = groupedBy(cases, ({ load }) => String(load)).map(([name]) => name);
  const below = (own: readonly HorizonCase[]): number | null => {
    const mean = geomeanOf(matchesOf(own, best));
    return figure(mean && 1 - mean.ratio);
  };
  return {
    name: "scenario-loads",
    title: "Guarded UXCost below the best of each case, %, by scenario and load",
    place: "everywhere",
    columns: [text("scenario"), ...loads.map((load) => share(`load${load}`, `load ${load}`)), share("all", "all")],
    rows: groupedBy(cases, ({ scenario }) => scenario).map(([scenario, own]) => ({
      scenario,
      ...Object.fromEntries(
        loads.map((load) => [`load${load}`, below(own.filter((each) => String(each.load) === load))]),
      ),
      all: below(own),
    })),
  };
}

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
      ...["ratio", "low", "high"].map((name, i) => ratio(name, ["all", "from", "to"][i])),
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
    ratio: figure(mean?.ratio),
    low: figure(mean?.interval?.low),
    high: figure(mean?.interval?.high),
    meetable: figure(ratioOf(meetable)?.ratio),
    overloaded: figure(ratioOf(overloaded)?.ratio),
    worst: figure(byRatio(matches)[0]?.ratio),
    sla: figure(meanSlaGain(matches)),
  };
}

/** A case within it of the bound is as good as optimal. */
const NEAR = 1.01;

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

/** How far from what is possible, in the cases that have a bound. */
export function boundTable(cases: readonly HorizonCase[]): FigureTable {
  const bounded = cases.filter(({ leastGuarded }) => leastGuarded !== undefined);
  return {
    name: "bounds",
    title: "Guarded UXCost to a proven lower bound, geometric mean",
    place: "everywhere",
    columns: [
      text("group", "cases of"),
      count("cases"),
      ...["ratio", "low", "high"].map((name, i) => ratio(name, ["horizon", "from", "to"][i])),
      share("near", "% within 1 %"),
      ratio("best", "best of case"),
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
    ratio: figure(ours?.ratio),
    low: figure(ours?.interval?.low),
    high: figure(ours?.interval?.high),
    near: cases.length === 0 ? null : figure(near / cases.length),
    best: figure(geomeanToBound(cases, best)?.ratio),
    tuned: figure(geomeanToBound(cases, tunedDream)?.ratio),
  };
}

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
      ratio: figure(mean?.ratio),
      low: figure(mean?.interval?.low),
      high: figure(mean?.interval?.high),
    };
  };
  return {
    name: "seeds",
    title: "To the best of each case with each seed, in the cases that draw",
    place: "everywhere",
    columns: [count("seed"), count("cases"), ratio("ratio", "to best"), ratio("low", "from"), ratio("high", "to")],
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
