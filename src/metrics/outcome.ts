/** The outcome of a run: bounded sums over its jobs, from which every metric is computed. */

/** What a scenario must have for a metric to be among its results: tasks that read others, a display, queues. */
export type Feature = "reads" | "display" | "queues";

/**
 * Sums over measured jobs (those whose frame was released after the warm-up). Those of energies, and of scores with
 * energy in them, are NaN if one of the energies is not known.
 */
export interface JobSums {
  readonly released: number;
  /** Released jobs that have a deadline: the only ones that can violate. */
  readonly withDeadline: number;
  readonly completed: number;
  /** Completed after the deadline; completing exactly at it is in time. */
  readonly late: number;
  readonly droppedLate: number;
  readonly droppedByPolicy: number;
  /** Dropped because a parent was dropped. */
  readonly droppedWithParent: number;
  /** Dropped because the queue of their task was full. */
  readonly droppedByQueue: number;
  /** Likewise, without having been released. */
  readonly refused: number;
  /** Jobs with a deadline that were late or dropped. */
  readonly violations: number;
  /** All work, including wasted work and context switches. */
  readonly energyPj: number;
  /** The same, with each dropped job charged its worst case (or what it spent, if that is more). */
  readonly chargedEnergyPj: number;
  /** Each released job at its worst case: the whole heaviest variant on its most energy-hungry accelerator. */
  readonly worstEnergyPj: number;
  readonly prioritySum: number;
  /** Released jobs whose isolated time is known: above 0 and finite. */
  readonly withIsolatedTime: number;
  /** Of these, the jobs that completed. */
  readonly nttJobs: number;
  readonly nttSum: number;
  /** Sum of 1/NTT. A dropped job adds 0, and a job with nothing to do (all layers skipped) adds 1. */
  readonly progressSum: number;
  /** Over completed jobs, each 0 to 1. */
  readonly realTimeScoreSum: number;
  readonly energyScoreSum: number;
  readonly accuracyScoreSum: number;
  /** Product of the three scores. */
  readonly inferenceScoreSum: number;
  /** Product of real-time and energy score, because the XRBench artifact has no accuracy. */
  readonly artifactScoreSum: number;
  /** Completed jobs of models whose variants state their accuracies. */
  readonly accuracyJobs: number;
  /** Relative loss against the original variant, each 0 to 1. */
  readonly accuracyLossSum: number;
  readonly contextSwitches: number;
  /** Jobs of systems with memories for weights. */
  readonly withWeightMemory: number;
  readonly weightLoads: number;
  readonly checkpoints: number;
  readonly kills: number;
  readonly drains: number;
  /** What completed jobs read that no job of the read task had finished yet. */
  readonly emptyReads: number;
  /** Completed jobs of tasks that others read. */
  readonly outputs: number;
  /** Of these, the ones that some job took. */
  readonly outputsRead: number;
}

export interface JobTally extends JobSums {
  /** Element i: jobs that completed within slaTargets[i] times their isolated time. */
  readonly withinSla: readonly number[];
  /** Completion minus release, completed jobs. */
  readonly response: LatencySummary;
  /** Completion minus nominal release of the root frame, completed jobs of dependent tasks. */
  readonly endToEnd: LatencySummary;
  /** Completion minus nominal release of the root frame of each output that was read, completed jobs. */
  readonly age: LatencySummary;
  /** Completion minus nominal release of the newest source frame, completed jobs of displays. */
  readonly motionToPhoton: LatencySummary;
  /** Completion of each display job that shows a newer source frame minus nominal release of the one shown before. */
  readonly reaction: LatencySummary;
  /** The ages by task that is read, in the order of `reads`. */
  readonly reads: readonly ReadOutcome[];
}

/** What the completed jobs of a task read of another one. */
export interface ReadOutcome {
  readonly taskIndex: number;
  readonly age: LatencySummary;
  /** Jobs that found nothing finished. */
  readonly empty: number;
}

/** Quantiles are by nearest rank: the value at rank ceil(p x count) of the sorted sample. */
export interface LatencySummary {
  readonly count: number;
  readonly sumNs: number;
  /** This and the rest are undefined if count is 0. */
  readonly minNs: number | undefined;
  readonly p50Ns: number | undefined;
  readonly p95Ns: number | undefined;
  readonly p99Ns: number | undefined;
  readonly maxNs: number | undefined;
  /** Whether p50, p95 and p99 are exact, or else within 1 %. Count, sum, min and max are always exact. */
  readonly isExact: boolean;
}

export interface TaskOutcome extends JobTally {
  readonly id: string;
  readonly modelName: string;
}

/** Over the whole run with its warm-up, because the core counts accelerator time by run. */
export interface AcceleratorOutcome {
  readonly id: string;
  /** Share of its unit-time in which it ran or moved context, 0 to 1; undefined if no time passed. */
  readonly utilisation: number | undefined;
  readonly energyPj: number;
  /** Idle power times idle time; with a warm-up, the measured time's share. */
  readonly idleEnergyPj: number;
  readonly contextSwitches: number;
  /** This and the next are undefined for one without a memory for weights. */
  readonly weightLoads: number | undefined;
  /** Share of its unit-time in which it waited for weights; undefined, too, if no time passed. */
  readonly weightWaitShare: number | undefined;
}

/** The outcome of a run, as metrics see it. */
export interface Outcome {
  /** Releases end here. */
  readonly durationNs: number;
  readonly warmupNs: number;
  /** Until the last job ended, and at least the duration. */
  readonly elapsedNs: number;
  readonly tasks: readonly TaskOutcome[];
  /** All tasks together. */
  readonly all: JobTally;
  readonly accelerators: readonly AcceleratorOutcome[];
  /** Calls of the policy in the whole run; undefined for a phase. */
  readonly decisions: number | undefined;
  /** Highest power of the whole run, mW; undefined if it was not metered, and for a phase. */
  readonly peakPowerMw: number | undefined;
  readonly phases: readonly PhaseOutcome[];
  /** What the scenario has beside plain tasks; undefined: nothing. */
  readonly features?: ReadonlySet<Feature> | undefined;
}

/** Jobs whose frame was nominally released in a phase. */
export interface PhaseOutcome {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
  readonly tasks: readonly TaskOutcome[];
  readonly all: JobTally;
}

/** A phase as an outcome. It has no accelerators, because their sums are not kept by phase. */
export const asOutcome = ({ fromNs, toNs, tasks, all }: PhaseOutcome): Outcome => ({
  durationNs: toNs - fromNs,
  warmupNs: 0,
  elapsedNs: 0,
  tasks,
  all,
  accelerators: [],
  decisions: undefined,
  peakPowerMw: undefined,
  phases: [],
});
