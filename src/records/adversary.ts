/** Where one scheduler loses most to another, as far as a search found. Times are ms, energies mJ. */
import type { LabelledScheduler } from "./labelled-scheduler.ts";
import type { MetricFacts } from "./metric-facts.ts";
import type { InputFile } from "./run-result.ts";

/** The content of `rtmm adversary --format json`. */
export interface AdversaryReport {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** Whose loss is looked for. */
  readonly a: LabelledScheduler;
  readonly b: LabelledScheduler | ProvenBound;
  readonly metric: MetricFacts;
  readonly search: SearchFacts;
  /** null: no scenario that was tried gives both a value. */
  readonly found: FoundCase | null;
  /** The same loss with as little as possible; null: A loses nowhere. */
  readonly smallest: FoundCase | null;
  /** Of the smallest case, with the seed that shows the loss most; null: there is none. */
  readonly comparison: LossFacts | null;
  readonly files: CaseFiles | null;
  readonly inputs: readonly InputFile[];
}

/** What no scheduler can beat, in place of one. */
export interface ProvenBound {
  readonly label: "bound";
  readonly kind: "bound";
}

/** What was searched, and how much. */
export interface SearchFacts {
  /** Name of the ranges. */
  readonly ranges: string;
  readonly seed: number;
  /** Of the runs of each scenario. */
  readonly seeds: readonly number[];
  readonly budget: number;
  readonly chains: number;
  /** Share of the loss that the smallest case has to show. */
  readonly keep: number;
  /** Scenarios that were tried, and those tried to find a smaller one. */
  readonly tried: number;
  readonly triedToShrink: number;
  /** Why scenarios could not be compared, the most frequent first. */
  readonly refused: readonly { readonly reason: string; readonly times: number }[];
}

/** Means over the seeds, and how many times worse A is. */
export interface Loss {
  readonly a: number;
  readonly b: number;
  /** Above 1: A loses. At most 1000. */
  readonly ratio: number;
  /** The ratio would be larger, or infinite. */
  readonly isCapped: boolean;
}

/** A scenario on a system, and how much A loses there. */
export interface FoundCase {
  readonly loss: Loss;
  readonly durationMs: number;
  readonly tasks: readonly FoundTask[];
  readonly system: string;
  /** Ids; null: as the file of the system has them. */
  readonly accelerators: readonly string[] | null;
}

/** A task as the scenario's file has it. */
export type FoundTask = Readonly<Record<string, unknown>> & { readonly id: string; readonly model: string };

/** Paths as the user is shown them. */
export interface CaseFiles {
  readonly scenario: string;
  /** The name of a built-in, or a path. */
  readonly system: string;
  readonly story: string;
}

/** What both did with the same draws. */
export interface LossFacts {
  readonly seed: number;
  readonly a: SideFacts;
  readonly b: SideFacts | BoundFacts;
}

/** The least of each on its own: one schedule need not reach all of them, or any. */
export interface BoundFacts extends ProvenBound {
  /** Jobs with a deadline. */
  readonly jobs: number;
  readonly violations: number;
  /** Of schedules that miss no more deadlines than A. */
  readonly energyMj: number;
  /** null: not known. */
  readonly uxCostGuarded: number | null;
  /** Of each task, whatever the others miss. */
  readonly tasks: readonly Omit<TaskFacts, "computingMs">[];
}

/** What a scheduler did in a case. */
export interface SideFacts {
  readonly label: string;
  /** Jobs with a deadline. */
  readonly jobs: number;
  readonly completed: number;
  readonly late: number;
  readonly dropped: number;
  readonly droppedByPolicy: number;
  /** null: not known. */
  readonly energyMj: number | null;
  /** Of completed jobs; null: none completed. */
  readonly meanResponseMs: number | null;
  readonly contextSwitches: number;
  /** Time in which accelerators ran layers, in all. */
  readonly computingMs: number;
  /** Time in which accelerators moved live activations, loaded weights or waited for decisions, in all. */
  readonly overheadMs: number;
  /** Time that the layers would have taken, each on its fastest accelerator. */
  readonly fastestMs: number;
  /** Energy that the layers would have taken, each where it takes least; null: not known. */
  readonly leastEnergyMj: number | null;
  /** Time of work that a kill undid. */
  readonly lostMs: number;
  /** Time in which an accelerator was free while a job that it can run was ready, in all. */
  readonly idleWhileWaitingMs: number;
  readonly endMs: number;
  readonly tasks: readonly TaskFacts[];
}

/** Of a task in a case. */
export interface TaskFacts {
  readonly id: string;
  /** With a deadline. */
  readonly jobs: number;
  readonly violations: number;
  /** By accelerator, ms of its layers. */
  readonly computingMs: Readonly<Record<string, number>>;
}

/** Searches for every pair of some schedulers. */
export interface AdversaryMatrix {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly schedulers: readonly LabelledScheduler[];
  readonly metric: MetricFacts;
  readonly search: Omit<SearchFacts, "tried" | "triedToShrink" | "refused">;
  /** By A, then B. */
  readonly cells: readonly MatrixCell[];
  /** Of each scheduler in turn; null: it loses nowhere, or could not be compared. */
  readonly worst: readonly (AdversaryReport | null)[];
  /** Of each scheduler in turn; absent: none was compared with the proven bound. */
  readonly farthest?: readonly FarthestCase[];
  readonly inputs: readonly InputFile[];
}

/** How much A loses to B where it was found to lose most. */
export interface MatrixCell {
  readonly a: string;
  readonly b: string;
  /** Of the case that was found, before it was made smaller; null: nothing could be compared. */
  readonly loss: Loss | null;
  /** Why nothing could be compared; absent: something could. */
  readonly reason?: string;
}

/** How far a scheduler is from the proven bound where it was found to be farthest. */
export interface FarthestCase extends Omit<MatrixCell, "b"> {
  /** null: it reaches the bound everywhere, or nothing could be compared. */
  readonly report: AdversaryReport | null;
}
