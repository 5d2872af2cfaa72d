/** A set of tasks with their dependencies, over a duration, in optional phases. */
import type { Model } from "./model.ts";

/** A workload: tasks that release jobs for a time. */
export interface Scenario {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  /** No job is released at or after it. Whole ns. */
  readonly durationNs: number;
  /** In file order; the index of a task is its identity in draws and ties. */
  readonly tasks: readonly Task[];
  readonly phases: readonly Phase[];
}

/** A task releases jobs. Each job runs the task's model once. */
export interface Task {
  readonly id: string;
  readonly model: Model;
  /** How a root task releases jobs; a dependent task follows its parents. */
  readonly release: Arrival | Dependency;
  /** Relative to the nominal release of the (root) frame, not rounded; Infinity: no deadline. */
  readonly deadlineNs: number;
  /** Present if the deadline is the root's period, which changes when a phase changes the rate. */
  readonly deadlineIsPeriod?: true;
  /** Larger is more important; 1 by default. */
  readonly priority: number;
}

/** How a root task releases its jobs. */
export type Arrival = PeriodicArrival | PoissonArrival | OneShotArrival | TraceArrival;

/** Job k is nominally released at offset + k / fps; jitter is drawn uniformly from [0, jitterNs]. */
export interface PeriodicArrival {
  readonly kind: "periodic";
  readonly fps: number;
  readonly offsetNs: number;
  /** At most one period, so that releases keep their order. */
  readonly jitterNs: number;
}

/** Exponential gaps, starting at `offsetNs`. */
export interface PoissonArrival {
  readonly kind: "poisson";
  readonly ratePerS: number;
  readonly offsetNs: number;
}

/** `count` jobs, each at a time drawn uniformly from [fromNs, toNs). */
export interface OneShotArrival {
  readonly kind: "one-shot";
  readonly count: number;
  readonly fromNs: number;
  readonly toNs: number;
}

/** Given release times, in rising order. */
export interface TraceArrival {
  readonly kind: "trace";
  readonly releases: readonly TraceRelease[];
}

/** One release of a trace. */
export interface TraceRelease {
  /** Whole ns. */
  readonly releaseNs: number;
  /** Absolute, whole ns; absent: the task's deadline counts from the release. */
  readonly deadlineNs?: number;
  /** Absent: the task's. */
  readonly priority?: number;
}

/** Job k is released when job k of every named task has completed, if the draw for frame k triggers it. */
export interface Dependency {
  readonly kind: "after";
  readonly taskIndexes: readonly number[];
  /** 0 to 1, drawn once per frame. */
  readonly probability: number;
}

/** Indexes of the tasks that a task waits for; empty for a root. */
export const parentsOf = ({ release }: Pick<Task, "release">): readonly number[] =>
  release.kind === "after" ? release.taskIndexes : [];

/** The models of its tasks, each once. */
export const modelsOf = ({ tasks }: Pick<Scenario, "tasks">): readonly Model[] => [
  ...new Set(tasks.map(({ model }) => model)),
];

/** Changes tasks from `startNs` on; each change holds until a later phase changes the task again. */
export interface Phase {
  readonly name: string;
  readonly startNs: number;
  readonly changes: readonly PhaseChange[];
}

/** What a phase changes about a task. */
export interface PhaseChange {
  readonly taskIndex: number;
  readonly isEnabled?: boolean;
  readonly fps?: number;
  readonly probability?: number;
}
