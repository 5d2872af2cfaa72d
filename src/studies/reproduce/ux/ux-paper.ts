/** What the reproductions of DREAM and SDRM3 have in common: all but schedulers, claims and some tables. */
import type { Claim, FigureTable } from "../../../records/reproduction.ts";
import { tuneDefaults } from "../../tune/settings.ts";
import { inputsOf, namesOf } from "../comparison-runs.ts";
import type { Findings, Paper, ReproduceSettings } from "../paper.ts";
import { type ClaimedReductions, convergenceClaims, uxClaims } from "./claims.ts";
import { convergenceTable, weightTable } from "./convergence.ts";
import { loadStudies, loadTable } from "./load.ts";
import { guarded } from "./ratios.ts";
import {
  comparisonsIn,
  runStudies,
  type StudiedScheduler,
  type StudyCase,
  type StudySettings,
  type TunedScheduler,
} from "./study.ts";
import { caseTable, extremeTable, type OursAndBaselines, scenarioTable, systemTable } from "./tables.ts";

const systems: readonly string[] = ["4k", "8k"].flatMap((size) =>
  ["2-ws-os", "2-ws-ws", "2-os-os", "3-ws-os-os", "3-ws-ws-os"].map((kind) => `dream-${kind}-${size}`),
);

/** Far from the compared seeds, so that weights are judged on other draws than those they were found on. */
const SEARCH_SEED = 1001;
const QUICK_MS = 200;

export const plain = (scheduler: string): StudiedScheduler => ({ label: scheduler, scheduler });

/** Suffix of the labels of schedulers that drop no late job by themselves. */
export const KEEPS_LATE = ", keeps late";

export interface UxPaper extends Pick<Paper, "name" | "title"> {
  /** Planaria and Veltair among them, each also with late jobs kept, and so for the one that `who` names. */
  readonly schedulers: readonly StudiedScheduler[];
  /** Label of the scheduler whose UXCost is claimed to be less. */
  readonly who: string;
  /** Whose weights the search looks for. */
  readonly tuned: Pick<TunedScheduler, "scheduler" | "parameters">;
  /** Set against the baselines with all rates raised. */
  readonly raised: readonly StudiedScheduler[];
  readonly claimed: ClaimedReductions;
  /** From the paper's set-up. */
  readonly differences: readonly string[];
  schedulerTables(cases: readonly StudyCase[], indexes: UxIndexes): readonly FigureTable[];
}

export interface UxIndexes {
  readonly droppingLate: OursAndBaselines;
  readonly keepingLate: OursAndBaselines;
}

export function uxPaper(paper: UxPaper): Paper {
  const { name, title, schedulers, raised } = paper;
  /** The comparison itself, then the same with other loads. */
  const studiesOf = (given: ReproduceSettings): readonly [StudySettings, ...StudySettings[]] => {
    const settings = studySettings(given, paper);
    return [settings, ...loadStudies(settings, raised)];
  };
  const droppingLate = indexesOf(paper, "");
  const indexes = { droppingLate, keepingLate: indexesOf(paper, KEEPS_LATE) };
  return {
    name,
    title,
    seeds: 5,
    hasDuration: true,
    comparisons: (given, library) => comparisonsIn(studiesOf(given), library),
    async measure(given, bench) {
      const studies = studiesOf(given);
      const [settings] = studies;
      const [cases = [], ...loads] = await runStudies(studies, bench);
      return findings(paper, settings, cases, {
        claims: claimsOf(paper, indexes, cases),
        tables: [
          systemTable(cases, droppingLate, paper.who),
          extremeTable(cases, droppingLate),
          scenarioTable(cases, droppingLate, paper.who),
          ...paper.schedulerTables(cases, indexes),
          loadTable(settings, raised, loads),
          convergenceTable(cases, tuneDefaults.steps),
          weightTable(cases),
          caseTable("cases", "UXCost in every case (mean over seeds)", cases, schedulers),
          caseTable("cases-guarded", "Guarded UXCost in every case (mean over seeds)", cases, schedulers, guarded),
        ],
      });
    },
  };
}

function indexesOf({ schedulers, who }: UxPaper, suffix: string): OursAndBaselines {
  const indexOf = (label: string): number => schedulers.findIndex((each) => each.label === label + suffix);
  return { ours: indexOf(who), planaria: indexOf("planaria"), veltair: indexOf("veltair") };
}

const claimsOf = (
  { claimed, differences }: UxPaper,
  { droppingLate, keepingLate }: UxIndexes,
  cases: readonly StudyCase[],
): readonly Claim[] => [
  ...uxClaims(
    cases,
    droppingLate,
    keepingLate,
    claimed,
    differences.map((_, index) => index + 1),
  ),
  ...convergenceClaims(cases, tuneDefaults.steps, [1, 2, 6]),
];

function studySettings({ extent, seeds, durationMs }: ReproduceSettings, paper: UxPaper): StudySettings {
  const { scheduler, parameters } = paper.tuned;
  const isQuick = extent === "quick";
  return {
    suite: "dream",
    systems: isQuick ? systems.slice(0, 1) : systems,
    schedulers: paper.schedulers,
    tuned: { scheduler, parameters, seeds: [SEARCH_SEED], grid: isQuick ? "off" : "on" },
    seeds,
    durationMs: durationMs ?? (isQuick ? QUICK_MS : undefined),
  };
}

export const differencesOf = (name: string): readonly string[] => [
  "Scenarios and systems are from memory of the paper; models are written from their own papers. The rates of the drones are our choice. Cascades have probability 0.75, where the paper sweeps it.",
  "Costs are rtmm's MAESTRO model (docs/cost-models.md). They decide the load, and with it how much a scheduler can matter: see the tables by scenario and by load.",
  `From memory, ${name}'s baselines are Planaria and Veltair. Both are adapted here to accelerators that cannot be split, because these systems have no others (docs/schedulers.md).`,
  "All schedulers here drop a job that has not started by its deadline. We do not know how the paper's baselines treat late jobs, so a table compares the same schedulers without late drops.",
  "UXCost's form is from memory. A task without violations counts half a violation. Schedulers that violate nothing therefore differ in UXCost only by their energy, and its floor depends on the duration.",
  "The search runs offline for each case, on one seed that is not among those compared. Its form is from memory; the five steps are the abstract's.",
];

const findings = (
  { differences }: UxPaper,
  { schedulers, durationMs }: StudySettings,
  cases: readonly StudyCase[],
  { claims, tables }: Pick<Findings, "claims" | "tables">,
): Findings => ({
  durationMs: durationMs ?? null,
  claims,
  differences,
  tables,
  ...namesOf(cases.map(({ runs }) => runs)),
  schedulers: schedulers.map(({ label, scheduler, weights }) => ({
    label,
    scheduler: weights === undefined ? scheduler : `${scheduler}, alpha and beta as in the table of weights`,
  })),
  inputs: inputsOf(cases.map(({ runs }) => runs)),
});
