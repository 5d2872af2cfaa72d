/** DREAM's and SDRM3's comparison in tables. */
import type { FigureColumn, FigureTable } from "../../records/reproduction.ts";
import { figure, reduction } from "./figures.ts";
import { energy, farthestBelow, guarded, meanOf, published, ratioOf, violations } from "./ux-ratios.ts";
import type { Contestant, UxCase } from "./ux-study.ts";

/** Whose UXCost is compared with whose: places of entrants. */
export interface Duel {
  readonly ours: number;
  readonly planaria: number;
  readonly veltair: number;
}

type Row = FigureTable["rows"][number];

const text = (name: string, heading = name): FigureColumn => ({ name, heading, unit: "text" });
const share = (name: string, heading: string): FigureColumn => ({ name, heading, unit: "share" });

/** By which share less, over the cases. */
export const less = (cases: readonly UxCase[], ours: number, baseline: number, of = published): number | null =>
  reduction(ratioOf(cases, ours, baseline, of)).ours;

const most = (cases: readonly UxCase[], ours: number, baseline: number): number | null =>
  reduction(farthestBelow(cases, ours, baseline, published)?.estimate).ours;

const duelColumns: readonly FigureColumn[] = [
  share("planaria", "Planaria"),
  share("planariaMost", "most"),
  share("planariaGuarded", "guarded"),
  share("veltair", "Veltair"),
  share("veltairMost", "most"),
  share("veltairGuarded", "guarded"),
];

const duelRow = (cases: readonly UxCase[], { ours, planaria, veltair }: Duel): Row => ({
  planaria: less(cases, ours, planaria),
  planariaMost: most(cases, ours, planaria),
  planariaGuarded: less(cases, ours, planaria, guarded),
  veltair: less(cases, ours, veltair),
  veltairMost: most(cases, ours, veltair),
  veltairGuarded: less(cases, ours, veltair, guarded),
});

/** Geometric means over the scenarios of each system, and over everything. */
export function systemTable(cases: readonly UxCase[], duel: Duel, who: string): FigureTable {
  return {
    name: "systems",
    title: `UXCost of ${who} below that of Planaria and Veltair, %, geometric mean over scenarios`,
    place: "everywhere",
    columns: [text("system"), ...duelColumns],
    rows: [...grouped(cases, "system"), ...kinds(cases), ["all", cases] as const].map(([system, own]) => ({
      system,
      ...duelRow(own, duel),
    })),
  };
}

/** Systems of equal accelerators and the others; those that there are. */
function kinds(cases: readonly UxCase[]): (readonly [name: string, cases: readonly UxCase[]])[] {
  const alike = cases.filter(isHomogeneous);
  const mixed = cases.filter((each) => !alike.includes(each));
  const all = [["all homogeneous", alike] as const, ["all heterogeneous", mixed] as const];
  return all.filter(([, own]) => own.length > 0);
}

/** Whether every layer costs the same on all accelerators; these systems have none that can be split. */
function isHomogeneous({ ran }: UxCase): boolean {
  const { latencyNs, energyPj, columns } = ran.cases[0]!.setup.program;
  const isEven = (costs: Float64Array) => costs.every((cost, i) => cost === costs[i - (i % columns)]);
  return isEven(latencyNs) && isEven(energyPj);
}

/** Geometric means over the systems of each scenario, with the load that explains them. */
export function scenarioTable(cases: readonly UxCase[], duel: Duel, who: string): FigureTable {
  const { ours, planaria, veltair } = duel;
  const missed = (own: readonly UxCase[], entrant: number) => figure(meanOf(own, entrant, violations));
  return {
    name: "scenarios",
    title: `The same by scenario, over systems; violations of Planaria, Veltair and ${who}, %`,
    place: "everywhere",
    columns: [
      text("scenario"),
      ...duelColumns.filter(({ name }) => !name.endsWith("Guarded")),
      share("planariaViolations", "viol P"),
      share("veltairViolations", "viol V"),
      share("violations", "viol"),
    ],
    rows: grouped(cases, "scenario").map(([scenario, own]) => ({
      scenario,
      ...duelRow(own, duel),
      planariaViolations: missed(own, planaria),
      veltairViolations: missed(own, veltair),
      violations: missed(own, ours),
    })),
  };
}

/** Where ours is farthest below each baseline, and who violates how much there. */
export function extremeTable(cases: readonly UxCase[], { ours, ...baselines }: Duel): FigureTable {
  return {
    name: "extremes",
    title: "Where UXCost is farthest below, %, and violations there, %",
    place: "everywhere",
    columns: [
      text("against"),
      text("scenario"),
      text("system"),
      share("below", "below"),
      share("violationsOfIt", "viol of it"),
      share("violations", "viol"),
    ],
    rows: Object.entries(baselines).flatMap(([against, baseline]) => {
      const found = farthestBelow(cases, ours, baseline, published);
      if (found === undefined) return [];
      const { scenario, system } = found.at;
      const below = reduction(found.estimate).ours;
      const missed = (entrant: number) => figure(meanOf([found.at], entrant, violations));
      return [{ against, scenario, system, below, violationsOfIt: missed(baseline), violations: missed(ours) }];
    }),
  };
}

/** All entrants against the baselines of a duel, over all cases. */
export function entrantTable(
  name: string,
  title: string,
  entrants: readonly (readonly [place: number, entrant: Contestant])[],
  cases: readonly UxCase[],
  { planaria, veltair }: Omit<Duel, "ours">,
): FigureTable {
  return {
    name,
    title,
    place: "everywhere",
    columns: [
      text("scheduler"),
      ...duelColumns.filter((column) => !column.name.endsWith("Most")),
      share("violations", "viol %"),
      share("energy", "energy -%"),
    ],
    rows: entrants.map(([place, { label }]) => ({
      scheduler: label,
      ...duelRow(cases, { ours: place, planaria, veltair }),
      violations: figure(meanOf(cases, place, violations)),
      energy: less(cases, place, planaria, energy),
    })),
  };
}

/** UXCost of every entrant in every case: what all the rest is made of. */
export function caseTable(
  name: string,
  title: string,
  cases: readonly UxCase[],
  entrants: readonly Contestant[],
  of = published,
): FigureTable {
  return {
    name,
    title,
    place: "files",
    columns: [
      text("system"),
      text("scenario"),
      ...entrants.map(({ label }): FigureColumn => ({ name: label, heading: label, unit: "ratio" })),
    ],
    rows: cases.map((each) => ({
      system: each.system,
      scenario: each.scenario,
      ...Object.fromEntries(entrants.map(({ label }, entrant) => [label, figure(meanOf([each], entrant, of))])),
    })),
  };
}

/** In order of first appearance. */
export function grouped<Each extends UxCase>(
  cases: readonly Each[],
  by: "scenario" | "system",
): (readonly [name: string, cases: readonly Each[]])[] {
  const names = [...new Set(cases.map((each) => each[by]))];
  return names.map((name) => [name, cases.filter((each) => each[by] === name)] as const);
}
