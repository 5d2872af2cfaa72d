/**
 * DREAM (Kim et al., ASPLOS 2023): UXCost below Planaria's and Veltair's over five scenarios, what each mechanism adds,
 * and how fast its search for weights converges. Claims are the abstract's; baselines are from memory
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

type Listed = readonly [schedulerIndex: number, scheduler: StudiedScheduler];

/** Suffix of labels. */
const KEEPS_LATE = ", keeps late";

/** The last eight repeat the others, except that no policy drops late jobs by itself. */
const schedulers: readonly StudiedScheduler[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map(plain),
  { label: "dream, tuned", scheduler: "dream", weights: "tuned" },
  { label: "dream, online", scheduler: "dream:tuning=online" },
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map((name) => ({
    label: name + KEEPS_LATE,
    scheduler: `${name}:lateDrop=false`,
  })),
  { label: `dream, tuned${KEEPS_LATE}`, scheduler: "dream:lateDrop=false", weights: "tuned" },
];

/** Each adds one mechanism. */
const ablation: readonly StudiedScheduler[] = [
  { label: "score", scheduler: "dream-mapscore" },
  { label: "+ drop", scheduler: "dream-smartdrop" },
  { label: "+ supernet", scheduler: "dream" },
  { label: "+ tuned", scheduler: "dream", weights: "tuned" },
];

const indexOf = (label: string): number => schedulerIndexOf(schedulers, label);
const droppingLate = { ours: indexOf("dream, tuned"), planaria: indexOf("planaria"), veltair: indexOf("veltair") };
const keepingLate = {
  ours: indexOf(`dream, tuned${KEEPS_LATE}`),
  planaria: indexOf(`planaria${KEEPS_LATE}`),
  veltair: indexOf(`veltair${KEEPS_LATE}`),
};

const differences = differencesOf("DREAM");

/** The comparison itself, then the same with other loads. */
function studiesOf(given: ReproduceSettings): readonly [StudySettings, ...StudySettings[]] {
  const settings = studySettings(given, schedulers, { scheduler: "dream", parameters: {} });
  return [settings, ...loadStudies(settings, ablation)];
}

export const dream: Paper = {
  name: "dream",
  title: "DREAM (ASPLOS 2023): UXCost against Planaria and Veltair",
  seeds: 5,
  hasDuration: true,
  comparisons: (given, library) => comparisonsIn(studiesOf(given), library),
  async reproduce(given: ReproduceSettings, bench: Bench): Promise<Reproduction> {
    const studies = studiesOf(given);
    const [settings] = studies;
    const [cases = [], ...loads] = await runStudies(studies, bench);
    const all = differences.map((_, index) => index + 1);
    const listed = [...schedulers.entries()];
    const inTime = listed.filter(([, { label }]) => !label.endsWith(KEEPS_LATE));
    const keeping = listed
      .filter((each) => !inTime.includes(each))
      .map(([index, each]): Listed => [index, { ...each, label: each.label.replace(KEEPS_LATE, "") }]);
    const byScheduler = (name: string, title: string, shown: readonly Listed[], against: typeof droppingLate) =>
      schedulerTable(name, `Schedulers ${title}: UXCost and energy below, %`, shown, cases, against);
    return record(dream, given, settings, cases, {
      claims: [
        ...uxClaims(cases, droppingLate, keepingLate, { planaria: [0.322, 0.808], veltair: [0.5, 0.976] }, all),
        ...convergenceClaims(cases, tuneDefaults.steps, [1, 2, 6]),
      ],
      differences,
      tables: [
        systemTable(cases, droppingLate, "dream, tuned"),
        extremeTable(cases, droppingLate),
        scenarioTable(cases, droppingLate, "dream, tuned"),
        byScheduler("schedulers", "against Planaria and Veltair", inTime, droppingLate),
        byScheduler("keeps-late", "that all keep late jobs", keeping, keepingLate),
        loadTable(settings, ablation, loads),
        convergenceTable(cases, tuneDefaults.steps),
        weightTable(cases),
        caseTable("cases", "UXCost in every case (mean over seeds)", cases, schedulers),
        caseTable("cases-guarded", "Guarded UXCost in every case (mean over seeds)", cases, schedulers, guarded),
      ],
    });
  },
};
