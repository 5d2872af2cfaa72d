/** Limits beyond which a policy counts as one that never ends. */

export interface Limits {
  /** Total number of events. */
  readonly events: number;
  /** Calls of `decide` within one instant. */
  readonly callsAnInstant: number;
  /** Kills and checkpoints in a row without a job ending. */
  readonly stopsWithoutEnd: number;
  /** Wake-ups in a row without any other event or decision. */
  readonly idleWakes: number;
}

/** Enough for any workload that makes progress. */
export const defaultLimits: Limits = {
  events: 1e9,
  callsAnInstant: 100_000,
  stopsWithoutEnd: 1_000_000,
  idleWakes: 100_000,
};
