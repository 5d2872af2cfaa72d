/** Tables of horizon against the best of each case, by groups of cases. */
import type { FigureColumn, FigureTable } from "../../../records/reproduction.ts";
import { count, ratio, share, text } from "../columns.ts";
import { figure } from "../figures.ts";
import { type Groups, geomeanCells, geomeanColumns, groupedBy, loadGroups, type Row } from "./columns.ts";
import type { Upset } from "./grid.ts";
import { best, byRatio, bySla, geomeanOf, LOSS, matchesOf, meanSlaGain } from "./ratios.ts";
import type { HorizonCase } from "./runs.ts";

const summaryColumns: readonly FigureColumn[] = [
  count("cases", "n"),
  ...geomeanColumns("to best"),
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
    ...geomeanCells(mean),
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

export const loadTable = (cases: readonly HorizonCase[]): FigureTable =>
  summaryTable(
    "loads",
    "Guarded UXCost to the best of each case, geometric mean; SLA above it, points",
    text("group", "cases of"),
    loadGroups(cases),
  );

const tableBy =
  (key: "scenario" | "system") =>
  (cases: readonly HorizonCase[]): FigureTable =>
    summaryTable(
      `${key}s`,
      `The same by ${key}`,
      text(key),
      groupedBy(cases, (each) => each[key]),
    );

export const scenarioTable = tableBy("scenario");
export const systemTable = tableBy("system");

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
