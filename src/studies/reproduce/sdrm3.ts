/**
 * SDRM3 (Kim et al., arXiv 2212.03414 v1), DREAM's earlier version: MapScore with weights found while the workload runs,
 * against Planaria and Veltair. Claims: the abstract; baselines from memory (reference notes).
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

const entrants: readonly Contestant[] = [
  ...["fcfs", "fcfs-static", "planaria", "veltair", "sdrm3"].map(plain),
  { label: "sdrm3, fixed", scheduler: "sdrm3:tuning=off" },
  { label: "sdrm3, tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  ...["planaria", "veltair", "sdrm3"].map((name) => ({
    label: `${name}, keeps late`,
    scheduler: `${name}:lateDrop=false`,
  })),
];

const ours: readonly Contestant[] = [
  { label: "fixed", scheduler: "sdrm3:tuning=off" },
  { label: "tuned", scheduler: "sdrm3:tuning=off", weights: "tuned" },
  { label: "online", scheduler: "sdrm3" },
];

const place = (label: string): number => placeOf(entrants, label);
const duel = { ours: place("sdrm3"), planaria: place("planaria"), veltair: place("veltair") };
const late = {
  ours: place("sdrm3, keeps late"),
  planaria: place("planaria, keeps late"),
  veltair: place("veltair, keeps late"),
};

const differences = [
  ...differencesOf("SDRM3"),
  "The scheduler named sdrm3 is MapScore tuned online, without smart drop and without lighter variants; the abstract also names model switching, which `rtmm reproduce dream` has.",
  "A run of 1 s has five windows of 0.2 s: the online search has not ended by then.",
];

export const sdrm3: Paper = {
  name: "sdrm3",
  title: "SDRM3 (arXiv 2212.03414 v1): UXCost against Planaria and Veltair",
  seeds: 5,
  hasDuration: true,
  async reproduce(given: ReproduceSettings, bench: Bench): Promise<Reproduction> {
    const settings = studySettings(given, entrants, { scheduler: "sdrm3", parameters: { tuning: "off" } });
    const cases = await study(settings, bench);
    const load = await loadTable(settings, ours, bench);
    const all = differences.map((_, index) => index + 1);
    return record(sdrm3, given, settings, cases, {
      claims: [
        ...uxClaims(cases, duel, late, { planaria: [0.377, 0.976], veltair: [0.532, 0.971] }, all),
        ...convergenceClaims(cases, tuneDefaults.steps, [1, 2, 6]),
      ],
      differences,
      tables: [
        systemTable(cases, duel, "sdrm3"),
        extremeTable(cases, duel),
        scenarioTable(cases, duel, "sdrm3"),
        entrantTable(
          "schedulers",
          "Schedulers against Planaria and Veltair: UXCost and energy below, %",
          [...entrants.entries()],
          cases,
          duel,
        ),
        load,
        convergenceTable(cases, tuneDefaults.steps),
        weightTable(cases),
        caseTable("cases", "UXCost in every case (mean over seeds)", cases, entrants),
        caseTable("cases-guarded", "Guarded UXCost in every case (mean over seeds)", cases, entrants, guarded),
      ],
    });
  },
};
