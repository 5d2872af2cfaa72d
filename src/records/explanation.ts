/** The story of one job: what it waited for, how it was judged against its rivals, where it ran, and what would have saved it. Times are ms, energy is mJ. */
import type { JobOutcome } from "../core/job-outcome.ts";
import type { ParameterValues } from "../core/scheduler.ts";
import type { Variation } from "./run-result.ts";

/** The content of `rtmm explain --format json`. */
export interface Explanation {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: { readonly name: string; readonly params: ParameterValues };
  readonly seed: number;
  readonly durationMs: number;
  readonly variation?: Variation;
  /** Of the run that is explained: the one of `rtmm run`. */
  readonly resultHash: string;
  readonly job: ExplainedJob;
  /** `grouped`: decisions of the same kind in a row are one step. */
  readonly detail: "grouped" | "every decision";
  /** In order of time. */
  readonly steps: readonly Step[];
  /** Decisions beyond the most that are kept; absent: none. */
  readonly omittedDecisions?: number;
  /** What was running while the job was ready and waited, the longest first. */
  readonly blockers: readonly Blocker[];
  /** Absent: the job met its deadline, has none, or nothing was tried. */
  readonly rescues?: readonly Rescue[];
}

/** A job by the id of its task and its index. */
export interface JobName {
  readonly task: string;
  /** From 0. */
  readonly job: number;
}

/** The job that is explained. */
export interface ExplainedJob extends JobName {
  readonly outcome: JobOutcome;
  /** Nominal release of its frame: deadlines count from it. */
  readonly frameReleaseMs: number;
  readonly releaseMs: number;
  /** Absolute; null: none. */
  readonly deadlineMs: number | null;
  readonly priority: number;
  /** null: never started. */
  readonly startMs: number | null;
  /** When it completed or was dropped. */
  readonly endMs: number;
  /** End less deadline: above 0 it was late, below it had as much slack. null: it has no deadline. */
  readonly latenessMs: number | null;
  /** Time of its layers alone on its fastest accelerator. */
  readonly isolatedMs: number;
  /** null: not known. */
  readonly energyMj: number | null;
  readonly time: TimeShares;
}

/** Where the time from the release of the frame to the end of the job went. The parts sum to all of it. */
export interface TimeShares {
  /** Until its release: its parents, or jitter. */
  readonly beforeReleaseMs: number;
  /** Ready, with no accelerator free. */
  readonly allBusyMs: number;
  /** Ready, with units of an accelerator free. */
  readonly someFreeMs: number;
  readonly computingMs: number;
  /** Moving live activations, in and out. */
  readonly switchingMs: number;
  /** Waiting for weights. */
  readonly loadingMs: number;
  /** Waiting for decisions. */
  readonly overheadMs: number;
  /** Lost to contention for memory. */
  readonly contentionMs: number;
  /** On accelerators, and undone by a kill. */
  readonly lostMs: number;
}

/** A task that held an accelerator while the job was ready and waited. */
export interface Blocker {
  readonly task: string;
  readonly accelerator: string;
  readonly ms: number;
}

/** Something that happened to the job; `kind` says what. */
export type Step =
  | ReleasedStep
  | ReadStep
  | PassedOverStep
  | HeldBackStep
  | RanStep
  | PreemptedStep
  | VariantStep
  | CompletedStep
  | DroppedStep;

interface At {
  readonly atMs: number;
}

/** From the first to the last of some decisions or dispatches. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The job was released. */
export interface ReleasedStep extends At {
  readonly kind: "released";
  /** The jobs that it waited for. */
  readonly parents: readonly (JobName & { readonly releaseMs: number; readonly completionMs: number })[];
}

/** The job took the newest outputs of other tasks. */
export interface ReadStep extends At {
  readonly kind: "read";
  /** `job` null: nothing had finished. */
  readonly reads: readonly { readonly task: string; readonly job: number | null }[];
}

/** Others were picked while the job was ready. */
export interface PassedOverStep extends Span {
  readonly kind: "passedOver";
  readonly decisions: number;
  /** In how many of them the policy gave the job a place among its candidates. */
  readonly asCandidate: number;
  /** Who was picked, the most often picked first. */
  readonly picked: readonly (JobName & { readonly times: number })[];
  readonly first: Judgement;
  /** Absent: there was one decision. */
  readonly last?: Judgement;
}

/** The policy let the job wait, and picked nobody. */
export interface HeldBackStep extends Span {
  readonly kind: "heldBack";
  readonly decisions: number;
  readonly first: Judgement;
}

/** Dispatches in a row on the same units of the same accelerator. */
export interface RanStep extends Span {
  readonly kind: "ran";
  readonly accelerator: string;
  readonly units: number;
  readonly variant: string;
  readonly dispatches: number;
  /** Indexes of the layers that it ran or began. */
  readonly firstLayer: number;
  readonly lastLayer: number;
  readonly switchInMs: number;
  readonly switchOutMs: number;
  readonly weightLoads: number;
  readonly weightWaitMs: number;
  readonly overheadMs: number;
  readonly contentionMs: number;
  /** null: not known. */
  readonly energyMj: number | null;
  /** Why the last of these dispatches ended. */
  readonly end: "completed" | "layersDone" | "checkpoint" | "kill" | "drain";
  /** Why it was picked; absent: the policy gave no reason. */
  readonly first?: Judgement;
  /** Likewise for the last dispatch; absent: there was one. */
  readonly last?: Judgement;
}

/** The job lost its accelerator. */
export interface PreemptedStep extends At {
  readonly kind: "preempted";
  readonly how: "checkpoint" | "kill" | "drain";
  readonly why?: Judgement;
}

/** Another variant of the model was chosen for the job. */
export interface VariantStep extends At {
  readonly kind: "variantChosen";
  readonly from: string;
  readonly to: string;
  readonly why?: Judgement;
}

/** The job completed. */
export interface CompletedStep extends At {
  readonly kind: "completed";
}

/** The job was dropped, or refused. */
export interface DroppedStep extends At {
  readonly kind: "dropped";
  readonly reason: "late" | "policy" | "parent" | "queue" | "refused";
  /** The job that was dropped before it, if that is the reason. */
  readonly parent?: JobName;
  readonly why?: Judgement;
}

/** A decision with the policy's reason. */
export interface Judgement extends At {
  readonly decision: "run" | "preempt" | "drop" | "chooseVariant" | "wait";
  readonly rule: string;
  readonly best?: "least" | "most";
  /** The choice first. */
  readonly candidates: readonly JudgedCandidate[];
}

/** What a policy had to choose from: scores and terms as the policy gives them; a term's name says its unit. */
export interface JudgedCandidate extends JobName {
  readonly accelerator?: string;
  readonly score?: number;
  readonly terms?: Readonly<Record<string, number>>;
}

/** A change with which the run was repeated. `saves`: the job then completes by its deadline. */
export type Rescue = DeadlineRescue | RateRescue | WithoutRescue;

/** Every job of the task has this much more time. */
export interface DeadlineRescue {
  readonly kind: "deadline";
  readonly task: string;
  /** From the release of the frame. */
  readonly deadlineMs: number;
  /** The least that was found to save the job, or the most that was tried. */
  readonly longerMs: number;
  readonly saves: boolean;
  /** The most below that that was tried; it does not save the job. null: less was not tried. */
  readonly failsAtMs: number | null;
}

/** Frames of a task come less often. */
export interface RateRescue {
  readonly kind: "rate";
  readonly task: string;
  /** Of the rate in the run: the largest that was found to save the job, or the smallest that was tried. */
  readonly factor: number;
  /** The next larger factor that was tried; it does not save the job. */
  readonly failsAt: number;
  readonly saves: boolean;
}

/** A task releases no job. */
export interface WithoutRescue {
  readonly kind: "without";
  /** The rival, and the tasks that follow it. */
  readonly tasks: readonly string[];
  readonly saves: boolean;
  /** In that run; null: the job did not complete. */
  readonly latenessMs: number | null;
}
