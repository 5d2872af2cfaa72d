/** Shared by the reproductions of DREAM and SDRM3: systems, settings, and the differences from the papers' set-up. */
import type { Reproduction } from "../../records/reproduction.ts";
import { rtmmVersion } from "../../records/version.ts";
import { inputsOf, namesOf } from "./comparison-runs.ts";
import type { Paper, ReproduceSettings } from "./paper.ts";
import type { StudiedScheduler, StudyCase, StudySettings, TunedScheduler } from "./ux-study.ts";

const systems: readonly string[] = ["4k", "8k"].flatMap((size) =>
  ["2-ws-os", "2-ws-ws", "2-os-os", "3-ws-os-os", "3-ws-ws-os"].map((kind) => `dream-${kind}-${size}`),
);

/** Far from the compared seeds, so that weights are judged on other draws than those they were found on. */
const SEARCH_SEED = 1001;
const QUICK_MS = 200;

export const plain = (scheduler: string): StudiedScheduler => ({ label: scheduler, scheduler });

export const schedulerIndexOf = (schedulers: readonly StudiedScheduler[], label: string): number =>
  schedulers.findIndex((each) => each.label === label);

export function studySettings(
  { extent, seeds, durationMs }: ReproduceSettings,
  schedulers: readonly StudiedScheduler[],
  { scheduler, parameters }: Pick<TunedScheduler, "scheduler" | "parameters">,
): StudySettings {
  const isQuick = extent === "quick";
  return {
    suite: "dream",
    systems: isQuick ? systems.slice(0, 1) : systems,
    schedulers,
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

type Parts = Pick<Reproduction, "claims" | "differences" | "tables">;

export const record = (
  { name, title }: Paper,
  { extent, seeds }: ReproduceSettings,
  { schedulers, durationMs }: StudySettings,
  cases: readonly StudyCase[],
  { claims, differences, tables }: Parts,
): Reproduction => ({
  schemaVersion: 1,
  rtmmVersion,
  paper: name,
  title,
  extent,
  seeds,
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
