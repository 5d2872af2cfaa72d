/**
 * SDRM3 (Kim et al., arXiv 2212.03414 v1), DREAM's earlier version: MapScore with weights found while the workload
 * runs, against Planaria and Veltair. Claims are the abstract's; baselines are from memory
 * (docs/references.md#dream-and-sdrm3).
 */
import type { Reproduction } from "../../records/reproduction.ts";
import { tuneDefaults } from "../tune/settings.ts";
import type { Bench, Paper, ReproduceSettings } from "./paper.ts";
import { convergenceClaims, uxClaims } from "./ux-claims.ts";
import { convergenceTable, weightTable } from "./ux-convergence.ts";
import { loadStudies, loadTable } from "./ux-load.ts";
import { differencesOf, plain, record, schedulerIndexOf, studySettings } from "./ux-paper.ts";
import { guarded } from "./ux-ratios.ts";
import { comparisonsIn, runStudies, type StudiedScheduler, type StudySettings } from "./ux-study.ts";
import { caseTable, extremeTable, scenarioTable, schedulerTable, systemTable } from "./ux-tables.ts";

const schedulers: readonly StudiedScheduler[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "sdrm3"].map(plain),
  { label: "sdrm3, fixed", scheduler: "sdrm3:tuning=off" },
  { label: "sdrm3, tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  ...["planaria", "veltair", "sdrm3"].map((name) => ({
    label: `${name}, keeps late`,
    scheduler: `${name}:lateDrop=false`,
  })),
];

const ours: readonly StudiedScheduler[] = [
  { label: "fixed", scheduler: "sdrm3:tuning=off" },
  { label: "tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  { label: "online", scheduler: "sdrm3" },
];

const indexOf = (label: string): number => schedulerIndexOf(schedulers, label);
const droppingLate = { ours: indexOf("sdrm3"), planaria: indexOf("planaria"), veltair: indexOf("veltair") };
const keepingLate = {
  ours: indexOf("sdrm3, keeps late"),
  planaria: indexOf("planaria, keeps late"),
  veltair: indexOf("veltair, keeps late"),
};

const differences = [
  ...differencesOf("SDRM3"),
  "The scheduler named sdrm3 is MapScore tuned online, without smart drop and without lighter variants. The abstract also names model switching, which `rtmm reproduce dream` has.",
  "A run of 1 s has five windows of 0.2 s, too few for the online search to finish.",
];

/** The comparison itself, then the same with other loads. */
function studiesOf(given: ReproduceSettings): readonly [StudySettings, ...StudySettings[]] {
  const settings = studySettings(given, schedulers, { scheduler: "sdrm3", parameters: { tuning: "off" } });
  return [settings, ...loadStudies(settings, ours)];
}

export const sdrm3: Paper = {
  name: "sdrm3",
  title: "SDRM3 (arXiv 2212.03414 v1): UXCost against Planaria and Veltair",
  seeds: 5,
  hasDuration: true,
  comparisons: (given, library) => comparisonsIn(studiesOf(given), library),
  async reproduce(given: ReproduceSettings, bench: Bench): Promise<Reproduction> {
    const studies = studiesOf(given);
    const [settings] = studies;
    const [cases = [], ...loads] = await runStudies(studies, bench);
    const all = differences.map((_, index) => index + 1);
    return record(sdrm3, given, settings, cases, {
      claims: [
        ...uxClaims(cases, droppingLate, keepingLate, { planaria: [0.377, 0.976], veltair: [0.532, 0.971] }, all),
        ...convergenceClaims(cases, tuneDefaults.steps, [1, 2, 6]),
      ],
      differences,
      tables: [
        systemTable(cases, droppingLate, "sdrm3"),
        extremeTable(cases, droppingLate),
        scenarioTable(cases, droppingLate, "sdrm3"),
        schedulerTable(
          "schedulers",
          "Schedulers against Planaria and Veltair: UXCost and energy below, %",
          [...schedulers.entries()],
          cases,
          droppingLate,
        ),
        loadTable(settings, ours, loads),
        convergenceTable(cases, tuneDefaults.steps),
        weightTable(cases),
        caseTable("cases", "UXCost in every case (mean over seeds)", cases, schedulers),
        caseTable("cases-guarded", "Guarded UXCost in every case (mean over seeds)", cases, schedulers, guarded),
      ],
    });
  },
};
