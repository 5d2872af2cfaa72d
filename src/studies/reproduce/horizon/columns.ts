/** What the tables of horizon's comparison share: columns, cells and groups of cases. */

import type { FigureColumn, FigureTable } from "../../../records/reproduction.ts";
import { ratio } from "../columns.ts";
import { figure } from "../figures.ts";
import { type Geomean, isMeetable } from "./ratios.ts";
import type { HorizonCase } from "./runs.ts";

export type Row = FigureTable["rows"][number];
export type Groups = readonly (readonly [name: string, cases: readonly HorizonCase[]])[];

/** A geometric mean as cells. */
export const geomeanCells = (mean: Geomean | undefined): Row => ({
  ratio: figure(mean?.ratio),
  low: figure(mean?.interval?.low),
  high: figure(mean?.interval?.high),
});

/** `heading`: of the mean itself. */
export const geomeanColumns = (heading: string): readonly FigureColumn[] => [
  ratio("ratio", heading),
  ratio("low", "from"),
  ratio("high", "to"),
];

/** In order of first appearance. */
export function groupedBy(cases: readonly HorizonCase[], nameOf: (at: HorizonCase) => string): Groups {
  const names = [...new Set(cases.map(nameOf))];
  return names.map((name) => [name, cases.filter((each) => nameOf(each) === name)] as const);
}

/** By whether another policy meets all deadlines. */
export const halves = (cases: readonly HorizonCase[]): Groups => [
  ["meetable", cases.filter(isMeetable)],
  ["overloaded", cases.filter((each) => !isMeetable(each))],
];

/** All, by load, and by whether deadlines can be met; groups without a case are left out. */
export const loadGroups = (cases: readonly HorizonCase[]): Groups =>
  [["all", cases] as const, ...groupedBy(cases, ({ load }) => `load ${load}`), ...halves(cases)].filter(
    ([, own]) => own.length > 0,
  );
