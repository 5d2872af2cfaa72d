/**
 * DREAM (Kim et al., ASPLOS 2023): UXCost below Planaria's and Veltair's over five scenarios, what each mechanism adds,
 * and how fast its search for weights converges. Claims: the abstract; baselines from memory (reference notes).
 */
import type { Reproduction } from "../../records/reproduction.ts";
import { tuneDefaults } from "../tune/settings.ts";
import type { Bench, Paper, ReproduceSettings } from "./paper.ts";
import { convergenceClaims, uxClaims } from "./ux-claims.ts";
import { convergenceTable, weightTable } from "./ux-convergence.ts";
import { loadTable } from "./ux-load.ts";
import { differencesOf, placeOf, plain, record, studySettings } from "./ux-paper.ts";
import { guarded } from "./ux-ratios.ts";
import { type Contestant, study } from "./ux-study.ts";
import { caseTable, entrantTable, extremeTable, scenarioTable, systemTable } from "./ux-tables.ts";

type Listed = readonly [place: number, entrant: Contestant];

/** Ending of a label. */
const KEEPS_LATE = ", keeps late";

/** The last ones as the others, with no policy dropping late jobs by itself. */
const entrants: readonly Contestant[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map(plain),
  { label: "dream, tuned", scheduler: "dream", weights: "tuned" },
  { label: "dream, online", scheduler: "dream:tuning=online" },
  ...["fcfs", "fcfs-static", "planaria", "veltair", "dream-mapscore", "dream-smartdrop", "dream"].map((name) => ({
    label: name + KEEPS_LATE,
    scheduler: `${name}:lateDrop=false`,
  })),
  { label: `dream, tuned${KEEPS_LATE}`, scheduler: "dream:lateDrop=false", weights: "tuned" },
];

/** Each with one mechanism more. */
const ablation: readonly Contestant[] = [
  { label: "score", scheduler: "dream-mapscore" },
  { label: "+ drop", scheduler: "dream-smartdrop" },
  { label: "+ supernet", scheduler: "dream" },
  { label: "+ tuned", scheduler: "dream", weights: "tuned" },
];

const place = (label: string): number => placeOf(entrants, label);
const duel = { ours: place("dream, tuned"), planaria: place("planaria"), veltair: place("veltair") };
const late = {
  ours: place(`dream, tuned${KEEPS_LATE}`),
  planaria: place(`planaria${KEEPS_LATE}`),
  veltair: place(`veltair${KEEPS_LATE}`),
};

const differences = differencesOf("DREAM");

export const dream: Paper = {
  name: "dream",
  title: "DREAM (ASPLOS 2023): UXCost against Planaria and Veltair",
  seeds: 5,
  hasDuration: true,
  async reproduce(given: ReproduceSettings, bench: Bench): Promise<Reproduction> {
    const settings = studySettings(given, entrants, { scheduler: "dream", parameters: {} });
    const cases = await study(settings, bench);
    const load = await loadTable(settings, ablation, bench);
    const all = differences.map((_, index) => index + 1);
    const listed = [...entrants.entries()];
    const inTime = listed.filter(([, { label }]) => !label.endsWith(KEEPS_LATE));
    const keeping = listed
      .filter((each) => !inTime.includes(each))
      .map(([at, each]): Listed => [at, { ...each, label: each.label.replace(KEEPS_LATE, "") }]);
    const byScheduler = (name: string, title: string, shown: readonly Listed[], against: typeof duel) =>
      entrantTable(name, `Schedulers ${title}: UXCost and energy below, %`, shown, cases, against);
    return record(dream, given, settings, cases, {
      claims: [
        ...uxClaims(cases, duel, late, { planaria: [0.322, 0.808], veltair: [0.5, 0.976] }, all),
        ...convergenceClaims(cases, tuneDefaults.steps, [1, 2, 6]),
      ],
      differences,
      tables: [
        systemTable(cases, duel, "dream, tuned"),
        extremeTable(cases, duel),
        scenarioTable(cases, duel, "dream, tuned"),
        byScheduler("schedulers", "against Planaria and Veltair", inTime, duel),
        byScheduler("keeps-late", "that all keep late jobs", keeping, late),
        load,
        convergenceTable(cases, tuneDefaults.steps),
        weightTable(cases),
        caseTable("cases", "UXCost in every case (mean over seeds)", cases, entrants),
        caseTable("cases-guarded", "Guarded UXCost in every case (mean over seeds)", cases, entrants, guarded),
      ],
    });
  },
};
