/** The tables of DREAM's and SDRM3's comparison. */

import type { FigureColumn, FigureTable } from "../../../records/reproduction.ts";
import { ratio, share, text } from "../columns.ts";
import { figure, reduction } from "../figures.ts";
import { energy, farthestBelow, guarded, meanOf, published, ratioOf, violations } from "./ratios.ts";
import type { StudiedScheduler, UxCase } from "./study.ts";

/** The scheduler whose UXCost is compared and its baselines, as indexes in the list of schedulers. */
export interface OursAndBaselines {
  readonly ours: number;
  readonly planaria: number;
  readonly veltair: number;
}

type Row = FigureTable["rows"][number];

/** By which share the value is smaller, over the cases. */
export const less = (cases: readonly UxCase[], ours: number, baseline: number, of = published): number | null =>
  reduction(ratioOf(cases, ours, baseline, of)).ours;

const most = (cases: readonly UxCase[], ours: number, baseline: number): number | null =>
  reduction(farthestBelow(cases, ours, baseline, published)?.estimate).ours;

const belowColumns: readonly FigureColumn[] = [
  share("planaria", "Planaria"),
  share("planariaMost", "most"),
  share("planariaGuarded", "guarded"),
  share("veltair", "Veltair"),
  share("veltairMost", "most"),
  share("veltairGuarded", "guarded"),
];

const belowRow = (cases: readonly UxCase[], { ours, planaria, veltair }: OursAndBaselines): Row => ({
  planaria: less(cases, ours, planaria),
  planariaMost: most(cases, ours, planaria),
  planariaGuarded: less(cases, ours, planaria, guarded),
  veltair: less(cases, ours, veltair),
  veltairMost: most(cases, ours, veltair),
  veltairGuarded: less(cases, ours, veltair, guarded),
});

/** Geometric means over the scenarios of each system, of each kind of system and of all systems. */
export function systemTable(cases: readonly UxCase[], indexes: OursAndBaselines, who: string): FigureTable {
  return {
    name: "systems",
    title: `UXCost of ${who} below that of Planaria and Veltair, %, geometric mean over scenarios`,
    place: "everywhere",
    columns: [text("system"), ...belowColumns],
    rows: [...grouped(cases, "system"), ...kinds(cases), ["all", cases] as const].map(([system, own]) => ({
      system,
      ...belowRow(own, indexes),
    })),
  };
}

/** Homogeneous and heterogeneous systems, without a kind that has no case. */
function kinds(cases: readonly UxCase[]): (readonly [name: string, cases: readonly UxCase[]])[] {
  const alike = cases.filter(isHomogeneous);
  const mixed = cases.filter((each) => !alike.includes(each));
  const all = [["all homogeneous", alike] as const, ["all heterogeneous", mixed] as const];
  return all.filter(([, own]) => own.length > 0);
}

/** Whether every layer costs the same on all accelerators. None of these systems' accelerators can be split. */
function isHomogeneous({ runs }: UxCase): boolean {
  const { latencyNs, energyPj, columns } = runs.cases[0]!.setup.program;
  const isEven = (costs: Float64Array) => costs.every((cost, i) => cost === costs[i - (i % columns)]);
  return isEven(latencyNs) && isEven(energyPj);
}

/** Geometric means over the systems of each scenario, with the load that explains them. */
export function scenarioTable(cases: readonly UxCase[], indexes: OursAndBaselines, who: string): FigureTable {
  const { ours, planaria, veltair } = indexes;
  const missed = (own: readonly UxCase[], schedulerIndex: number) => figure(meanOf(own, schedulerIndex, violations));
  return {
    name: "scenarios",
    title: `The same by scenario, over systems; violations of Planaria, Veltair and ${who}, %`,
    place: "everywhere",
    columns: [
      text("scenario"),
      ...belowColumns.filter(({ name }) => !name.endsWith("Guarded")),
      share("planariaViolations", "viol P"),
      share("veltairViolations", "viol V"),
      share("violations", "viol"),
    ],
    rows: grouped(cases, "scenario").map(([scenario, own]) => ({
      scenario,
      ...belowRow(own, indexes),
      planariaViolations: missed(own, planaria),
      veltairViolations: missed(own, veltair),
      violations: missed(own, ours),
    })),
  };
}

/** The case in which ours is farthest below each baseline, with the violations there. */
export function extremeTable(cases: readonly UxCase[], { ours, ...baselines }: OursAndBaselines): FigureTable {
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
      const missed = (schedulerIndex: number) => figure(meanOf([found.at], schedulerIndex, violations));
      return [{ against, scenario, system, below, violationsOfIt: missed(baseline), violations: missed(ours) }];
    }),
  };
}

/** All schedulers against the baselines of a comparison, over all cases. */
export function schedulerTable(
  name: string,
  title: string,
  schedulers: readonly (readonly [schedulerIndex: number, scheduler: StudiedScheduler])[],
  cases: readonly UxCase[],
  { planaria, veltair }: Omit<OursAndBaselines, "ours">,
): FigureTable {
  return {
    name,
    title,
    place: "everywhere",
    columns: [
      text("scheduler"),
      ...belowColumns.filter((column) => !column.name.endsWith("Most")),
      share("violations", "viol %"),
      share("energy", "energy -%"),
    ],
    rows: schedulers.map(([schedulerIndex, { label }]) => ({
      scheduler: label,
      ...belowRow(cases, { ours: schedulerIndex, planaria, veltair }),
      violations: figure(meanOf(cases, schedulerIndex, violations)),
      energy: less(cases, schedulerIndex, planaria, energy),
    })),
  };
}

/** UXCost of every scheduler in every case: the source of all other tables. */
export function caseTable(
  name: string,
  title: string,
  cases: readonly UxCase[],
  schedulers: readonly StudiedScheduler[],
  of = published,
): FigureTable {
  return {
    name,
    title,
    place: "files",
    columns: [text("system"), text("scenario"), ...schedulers.map(({ label }) => ratio(label))],
    rows: cases.map((each) => ({
      system: each.system,
      scenario: each.scenario,
      ...Object.fromEntries(
        schedulers.map(({ label }, schedulerIndex) => [label, figure(meanOf([each], schedulerIndex, of))]),
      ),
    })),
  };
}

/** Groups in order of first appearance. */
export function grouped<Each extends UxCase>(
  cases: readonly Each[],
  by: "scenario" | "system",
): (readonly [name: string, cases: readonly Each[]])[] {
  const names = [...new Set(cases.map((each) => each[by]))];
  return names.map((name) => [name, cases.filter((each) => each[by] === name)] as const);
}
