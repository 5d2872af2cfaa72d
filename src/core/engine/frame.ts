/** A frame of a task: one potential job, by its index. */
export interface Frame {
  readonly taskIndex: number;
  readonly jobIndex: number;
  /** Nominal release of its root, not rounded. */
  readonly frameNs: number;
  /** Period of its root at that release; NaN without a rate. */
  readonly framePeriodNs: number;
  /** Nominal release of the newest source frame that reaches it, not rounded; -Infinity: none does. */
  readonly sourceNs: number;
}
