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
  /** Tasks whose newest finished output each job takes when it starts; it waits for none. Absent: it reads nothing. */
  readonly reads?: readonly number[];
  /** Set where people see what its jobs make: motion-to-photon latency is measured at their end. */
  readonly isDisplay?: true;
  /** Room for jobs that wait for their start; absent: any number waits. */
  readonly queue?: Queue;
}

/** How many jobs of a task may wait for their start, and what becomes of one job too many. */
export interface Queue {
  /** At least 1. */
  readonly limit: number;
  readonly overflow: "drop-oldest" | "drop-newest" | "refuse";
}

/** How a root task releases its jobs. */
export type Arrival = OpenArrival | ClosedArrival;

/** Releases that do not depend on how earlier jobs end. */
export type OpenArrival = PeriodicArrival | PoissonArrival | OneShotArrival | TraceArrival;

/** How often frames come: `fps` a second, or every `periodNs` exactly where that is given; `fps` is then 1e9 / periodNs. */
export interface Rate {
  readonly fps: number;
  /** Not rounded; absent: 1e9 / fps. */
  readonly periodNs?: number;
}

/** Time from one frame to the next, ns. */
export const periodOf = ({ fps, periodNs }: Rate): number => periodNs ?? 1e9 / fps;

/** Job k is nominally released k periods after the offset; jitter is drawn uniformly from [0, jitterNs]. */
export interface PeriodicArrival extends Rate {
  readonly kind: "periodic";
  readonly offsetNs: number;
  /** At most one period, so that releases keep their order. */
  readonly jitterNs: number;
}

/** Exponential gaps, starting at `offsetNs`. */
export interface PoissonArrival {
  readonly kind: "poisson";
  readonly ratePerS: number;
  /** Mean gap where the file gives that, not rounded; absent: 1e9 / ratePerS. */
  readonly periodNs?: number;
  readonly offsetNs: number;
}

/** `count` jobs, each at a time drawn uniformly from [fromNs, toNs). */
export interface OneShotArrival {
  readonly kind: "one-shot";
  readonly count: number;
  readonly fromNs: number;
  readonly toNs: number;
}

/** Each client releases a job at `offsetNs`, and the next one when its last one has ended and it has thought. */
export interface ClosedArrival {
  readonly kind: "closed";
  /** At least 1. */
  readonly clients: number;
  /** From the end of a job, completed or dropped, to the next release: always, or on average. */
  readonly thinkNs: number;
  readonly think: "constant" | "exponential";
  readonly offsetNs: number;
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
  /** Factor on the time, energy and traffic of all layers of the job, above 0; absent: 1. */
  readonly scale?: number;
}

/** Whether jobs of a task may be more or less work than its model's costs say. */
export const hasScales = ({ release }: Pick<Task, "release">): boolean =>
  release.kind === "trace" && release.releases.some(({ scale }) => scale !== undefined);

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

/** The closed loop that a task's jobs come from, or those of the tasks above it; undefined: no root is one. */
export function closedRootOf(scenario: Pick<Scenario, "tasks">, taskIndex: number): number | undefined {
  const task = scenario.tasks[taskIndex]!;
  if (task.release.kind === "closed") return taskIndex;
  for (const parent of parentsOf(task)) {
    const root = closedRootOf(scenario, parent);
    if (root !== undefined) return root;
  }
  return undefined;
}

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
export interface PhaseChange extends Partial<Rate> {
  readonly taskIndex: number;
  readonly isEnabled?: boolean;
  readonly probability?: number;
}
