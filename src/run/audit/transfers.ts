/** Live activations that each segment had to move, worked out from the segments alone. */
import { type Program, rowOf } from "../../core/program.ts";
import type { Segment } from "../../core/records.ts";
import { byStart, keyOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

export interface Transfers {
  readonly segment: Segment;
  /** Transfers before the work: 0, 1 (read) or 2 (write and read), each of `inBytes`. */
  readonly inTransfers: number;
  readonly inBytes: number;
  /** Bytes saved after the work. */
  readonly outBytes: number;
}

/** One entry per segment, ordered by time. */
export function transfersOf({ program, segments }: RunLog): readonly Transfers[] {
  const follower = new Follower(program);
  return [...segments].sort(byStart).map((segment) => {
    const before = follower.before(segment);
    follower.ran(segment);
    return { segment, ...before, outBytes: isSaved(segment) ? midLayerBytes(program, segment, segment) : 0 };
  });
}

/** A checkpoint saves activations only if the segment made progress. */
function isSaved({ end, progressBefore, progressAfter }: Segment): boolean {
  return end === "checkpoint" && progressAfter > progressBefore;
}

const isInsideLayer = ({ end, progressAfter }: Segment): boolean => end === "checkpoint" && progressAfter > 0;

/** Tracks where the activations of each job are. */
class Follower {
  readonly #program: Program;
  /** Accelerator that holds a job's activations, or "memory". No entry: the job has none. */
  readonly #holder = new Map<string, number | "memory">();
  readonly #lastSegment = new Map<string, Segment>();
  /** Job that ran last on an accelerator. */
  readonly #resident = new Map<number, string>();

  constructor(program: Program) {
    this.#program = program;
  }

  before(segment: Segment): { readonly inTransfers: number; readonly inBytes: number } {
    const inTransfers = this.#transfersTo(segment);
    const last = this.#lastSegment.get(keyOf(segment));
    // A checkpoint's bytes are read back even if larger tiles restart the layer.
    if (last !== undefined && isInsideLayer(last)) {
      return { inTransfers, inBytes: midLayerBytes(this.#program, segment, last) };
    }
    return { inTransfers, inBytes: this.#program.boundaryBytes[rowOf(this.#program, segment)]! };
  }

  #transfersTo(segment: Segment): number {
    const holder = this.#holder.get(keyOf(segment));
    if (holder === undefined) return 0;
    if (holder === "memory") return 1;
    if (holder !== segment.acceleratorIndex) return 2;
    const isShared = this.#program.units[holder]! > 1;
    return isShared || this.#resident.get(holder) === keyOf(segment) ? 0 : 2;
  }

  ran(segment: Segment): void {
    const key = keyOf(segment);
    this.#resident.set(segment.acceleratorIndex, key);
    this.#lastSegment.set(key, segment);
    // Activations that were just read when the segment stopped are still in memory.
    const isInMemory = isSaved(segment) || (segment.end === "checkpoint" && segment.switchInNs > 0);
    if (segment.end === "kill") this.#holder.delete(key);
    else this.#holder.set(key, isInMemory ? "memory" : segment.acceleratorIndex);
  }
}

/** Live activations inside a layer, at most the buffer of the accelerator that holds them. */
function midLayerBytes(program: Program, segment: Segment, { acceleratorIndex }: Segment): number {
  const { globalBufferBytes } = program.system.accelerators[acceleratorIndex]!;
  return Math.min(program.liveBytes[rowOf(program, segment)]!, globalBufferBytes);
}
