/** What happened in a window of a run: who had which accelerator when, and which jobs missed. Times are whole ns. */

/** A window of a run. Intervals of work are cut to it. */
export interface Timeline {
  readonly scenario: string;
  readonly fromNs: number;
  readonly toNs: number;
  /** In the order of the scenario. */
  readonly tasks: readonly TimelineTask[];
  /** In the order of the system. */
  readonly accelerators: readonly TimelineAccelerator[];
  /** In the order in which they ended; never empty ones. */
  readonly slices: readonly Slice[];
  /** In the order in which they happened. */
  readonly misses: readonly Miss[];
}

/** A task, and how busy it was. */
export interface TimelineTask {
  readonly id: string;
  /** Jobs that were there at some time in the window. */
  readonly jobs: number;
}

/** An accelerator, which has a row or one for each unit. */
export interface TimelineAccelerator {
  readonly id: string;
  /** 1 without fission. */
  readonly units: number;
}

/** Time in which a job had a lane without a break: one or several of its layers. */
export interface Slice {
  readonly taskIndex: number;
  /** 0-based frame index. */
  readonly jobIndex: number;
  readonly acceleratorIndex: number;
  /** Among the accelerator's lanes, from 0. */
  readonly lane: number;
  readonly units: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** A job that completed after its deadline, or was dropped. */
export interface Miss {
  readonly taskIndex: number;
  readonly jobIndex: number;
  /** When it completed, or was dropped. */
  readonly timeNs: number;
  readonly kind: "late" | "dropped";
}
