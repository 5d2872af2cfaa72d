/** Repeats the comparison with all rates raised, because the reduction depends on the load. */

import type { FigureColumn, FigureTable } from "../../../records/reproduction.ts";
import { share, text } from "../columns.ts";
import { figure } from "../figures.ts";
import { guarded, meanOf, violations } from "./ratios.ts";
import type { StudiedScheduler, StudySettings, UxCase } from "./study.ts";
import { less } from "./tables.ts";

const rateFactors = [1, 1.5, 2, 3, 4] as const;

const baselines: readonly StudiedScheduler[] = [
  { label: "planaria", scheduler: "planaria" },
  { label: "veltair", scheduler: "veltair" },
];
const [PLANARIA, VELTAIR] = [0, 1];

/** One study per factor, on the first system. Compares `ours` with Planaria, and the last of them also with Veltair. */
export const loadStudies = (settings: StudySettings, ours: readonly StudiedScheduler[]): readonly StudySettings[] =>
  rateFactors.map((factor) => ({
    ...settings,
    systems: settings.systems.slice(0, 1),
    tuned: { ...settings.tuned, grid: "off" },
    schedulers: [...baselines, ...ours],
    ...(factor !== 1 && { variation: { rateScale: factor } }),
  }));

/** `studies`: the cases of `loadStudies`, by study. */
export const loadTable = (
  { systems }: StudySettings,
  ours: readonly StudiedScheduler[],
  studies: readonly (readonly UxCase[])[],
): FigureTable => ({
  name: "load",
  title: `On ${systems[0]} with all rates raised: UXCost below Planaria's (V: Veltair's; guarded: of the last), violations, %`,
  place: "everywhere",
  columns: [text("rates"), ...loadColumns(ours)],
  rows: studies.map((cases, i) => ({ rates: `x ${rateFactors[i]}`, ...loadRow(cases, ours) })),
});

const loadColumns = (ours: readonly StudiedScheduler[]): readonly FigureColumn[] => [
  ...ours.map(({ label }) => share(label, label)),
  share("guarded", "guarded"),
  share("veltair", "V"),
  share("planariaViolations", "viol P"),
  share("veltairViolations", "viol V"),
  share("violations", "viol"),
];

function loadRow(cases: readonly UxCase[], ours: readonly StudiedScheduler[]): Record<string, number | null> {
  const last = baselines.length + ours.length - 1;
  return {
    ...Object.fromEntries(ours.map(({ label }, i) => [label, less(cases, baselines.length + i, PLANARIA!)])),
    guarded: less(cases, last, PLANARIA!, guarded),
    veltair: less(cases, last, VELTAIR!),
    planariaViolations: figure(meanOf(cases, PLANARIA!, violations)),
    veltairViolations: figure(meanOf(cases, VELTAIR!, violations)),
    violations: figure(meanOf(cases, last, violations)),
  };
}
