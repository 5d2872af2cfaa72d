/**
 * What a system adds to bare layers: time in front of the work and behind it, energy, speed, power. The engine knows
 * no effect by name; those there are stand in `effects/`, one file each, and are made in `effects/index.ts`.
 *
 * The hooks follow a job on a lane. What an effect leaves out costs nothing.
 */
import type { Program } from "../program.ts";
import type { RunTotals, SegmentExtras } from "../records.ts";
import type { Activations } from "./activations.ts";
import type { Clock } from "./clock.ts";
import type { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";

export interface Effect {
  /** A job has been put on a lane: `lane.addBefore` says what comes in front of its work. */
  dispatched?(lane: Lane, job: LiveJob): void;
  /** A layer is about to begin, the first or a later one: for `lane.setOperatingPoint` and `lane.addBefore`. */
  beginning?(lane: Lane): void;
  /** A segment has begun, and its end is set. Ends may be moved from here on, with `lane.slow` or `lane.addBefore`. */
  begun?(lane: Lane): void;
  /** Somebody looks at what a lane has done: `lane.slow` brings its lag up to date. */
  settle?(lane: Lane): void;
  /** A checkpoint will end the work at `stopNs`: `lane.addAfter` says what comes behind it. */
  stopping?(lane: Lane, job: LiveJob, stopNs: number): void;
  /** A checkpoint has ended. */
  stopped?(lane: Lane, job: LiveJob): void;
  /** A segment ends at this instant, at which nothing has begun yet. */
  ending?(lane: Lane): void;
  /** A lane has become free of a job. */
  freed?(lane: Lane, job: LiveJob): void;
  /** The clock is about to move on: what runs now will run for some time. */
  timePassing?(): void;
  /** What it would take to bring a job to an accelerator now, as policies see it. */
  moveNs?(job: LiveJob, acceleratorIndex: number): number;
  movePj?(job: LiveJob, acceleratorIndex: number): number;
  /** Its part of the record of a lane's segment. */
  recordOf?(lane: Lane): Partial<SegmentExtras>;
  /** Its part of a run's totals. */
  totals?(): Partial<RunTotals>;
}

/** What an effect may look at, and the ends of segments, which it may move. */
export interface EffectContext {
  readonly program: Program;
  readonly clock: Clock;
  readonly lanes: readonly Lane[];
  /** Of each lane; Infinity: it is free. */
  readonly endNs: Float64Array;
  readonly activations: Activations;
  /** Brings the lag of a lane up to date. */
  settle(lane: Lane): void;
}
