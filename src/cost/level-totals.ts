/** Counts of one run of a level in the corrected analysis. */

/** What a level takes for one run over its extents. */
export interface LevelTotals {
  readonly cycles: number;
  /** The part of `cycles` that waits for a transfer, at this level or below. */
  readonly transferCycles: number;
  /** Multiply-accumulates of all visits. */
  readonly coveredMacs: number;
  /** Elements sent down; outputs sent up, both finished ones and partial sums; partial sums read back. */
  readonly inputLoads: number;
  readonly weightLoads: number;
  readonly outputsSent: number;
  readonly partialsRead: number;
  /** Accesses of the PEs' local buffers. */
  readonly l1Accesses: number;
  /** Elements that the first visit loads; outputs that the first and the last visit send. */
  readonly firstLoads: number;
  readonly firstOutputs: number;
  readonly lastOutputs: number;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Nothing counted yet. */
export function emptyTotals(): Mutable<LevelTotals> {
  return {
    cycles: 0,
    transferCycles: 0,
    coveredMacs: 0,
    inputLoads: 0,
    weightLoads: 0,
    outputsSent: 0,
    partialsRead: 0,
    l1Accesses: 0,
    firstLoads: 0,
    firstOutputs: 0,
    lastOutputs: 0,
  };
}
