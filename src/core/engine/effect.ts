/**
 * An effect is what a system adds to bare layers: time before and after the work, energy, speed, power. The engine
 * knows no effect by name. All of them are in `effects/`, one file each; `effects/index.ts` lists them.
 *
 * The hooks follow a job on a lane. A hook that an effect leaves out costs nothing.
 */
import type { Program } from "../program.ts";
import type { RunTotals, SegmentExtras } from "../records.ts";
import type { Activations } from "./activations.ts";
import type { Clock } from "./clock.ts";
import type { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";

export interface Effect {
  /** A job has been put on a lane: `lane.addBefore` adds what comes before its work. */
  dispatched?(lane: Lane, job: LiveJob): void;
  /** A layer of the dispatch is about to begin: for `lane.setOperatingPoint` and `lane.addBefore`. */
  beginning?(lane: Lane): void;
  /** A segment has begun, and its end is set. From now on `lane.slow` and `lane.addBefore` may move ends. */
  begun?(lane: Lane): void;
  /** The progress of a lane is needed: `lane.slow` brings its lag up to date. */
  settle?(lane: Lane): void;
  /** A checkpoint will end the work at `stopNs`: `lane.addAfter` adds what comes after it. */
  stopping?(lane: Lane, job: LiveJob, stopNs: number): void;
  /** A checkpoint has ended. */
  stopped?(lane: Lane, job: LiveJob): void;
  /** A segment ends at this instant. Nothing has begun at this instant yet. */
  ending?(lane: Lane): void;
  /** A lane has become free of a job. */
  freed?(lane: Lane, job: LiveJob): void;
  /** The cost of bringing a job to an accelerator now, as policies see it. */
  moveNs?(job: LiveJob, acceleratorIndex: number): number;
  movePj?(job: LiveJob, acceleratorIndex: number): number;
  /** Its part of the record of a lane's segment. */
  recordOf?(lane: Lane): Partial<SegmentExtras>;
  /** Its part of a run's totals. */
  totals?(): Partial<RunTotals>;
}

/** What an effect may read, and the ends of segments, which it may move. */
export interface EffectContext {
  readonly program: Program;
  readonly clock: Clock;
  readonly lanes: readonly Lane[];
  /** Of each lane; Infinity: the lane is free. */
  readonly endNs: Float64Array;
  readonly activations: Activations;
  /** Brings the lag of a lane up to date. */
  settle(lane: Lane): void;
}
