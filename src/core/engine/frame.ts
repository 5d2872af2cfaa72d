/** A frame of a task: one potential job, by its index. */
export interface Frame {
  readonly taskIndex: number;
  readonly jobIndex: number;
  /** Nominal release of its root, not rounded. */
  readonly frameNs: number;
  /** Period of its root at that release; NaN without a rate. */
  readonly framePeriodNs: number;
  /** Nominal release of the newest source frame that reaches it, not rounded; -Infinity: none does. NO_SOURCE_NS if no task reads. */
  readonly sourceNs: number;
}

/** Where no task reads, nobody asks for sources. Unlike other numbers, a small integer takes no memory of its own in V8. */
export const NO_SOURCE_NS = 0;
