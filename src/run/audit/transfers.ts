/** What each segment had to move of its job's live activations, told from the segments alone. */
import type { Program } from "../../core/program.ts";
import type { Segment } from "../../core/records.ts";
import { byStart, keyOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

export interface Transfers {
  readonly segment: Segment;
  /** Before the work: 0, 1 (read) or 2 (write and read), each of `inBytes`. */
  readonly inTransfers: number;
  readonly inBytes: number;
  /** Saved after it. */
  readonly outBytes: number;
}

/** One entry a segment, in order of time. */
export function transfersOf({ program, segments }: RunLog): readonly Transfers[] {
  const follower = new Follower(program);
  return [...segments].sort(byStart).map((segment) => {
    const before = follower.before(segment);
    follower.ran(segment);
    return { segment, ...before, outBytes: isSaved(segment) ? midLayerBytes(program, segment, segment) : 0 };
  });
}

/** A checkpoint saves what was worked on. */
function isSaved({ end, progressBefore, progressAfter }: Segment): boolean {
  return end === "checkpoint" && progressAfter > progressBefore;
}

const isInsideLayer = ({ end, progressAfter }: Segment): boolean => end === "checkpoint" && progressAfter > 0;

/** Where the activations of each job are. */
class Follower {
  readonly #program: Program;
  /** Accelerator that holds a job's activations, or "memory"; absent: it has none. */
  readonly #place = new Map<string, number | "memory">();
  readonly #lastSegment = new Map<string, Segment>();
  /** Job that ran last on an accelerator. */
  readonly #resident = new Map<number, string>();

  constructor(program: Program) {
    this.#program = program;
  }

  before(segment: Segment): { readonly inTransfers: number; readonly inBytes: number } {
    const inTransfers = this.#transfersTo(segment);
    const last = this.#lastSegment.get(keyOf(segment));
    // A checkpoint's bytes are read back even where larger tiles begin the layer anew.
    if (last !== undefined && isInsideLayer(last)) {
      return { inTransfers, inBytes: midLayerBytes(this.#program, segment, last) };
    }
    return { inTransfers, inBytes: this.#program.boundaryBytes[rowOf(this.#program, segment)]! };
  }

  #transfersTo(segment: Segment): number {
    const place = this.#place.get(keyOf(segment));
    if (place === undefined) return 0;
    if (place === "memory") return 1;
    if (place !== segment.acceleratorIndex) return 2;
    const isShared = this.#program.units[place]! > 1;
    return isShared || this.#resident.get(place) === keyOf(segment) ? 0 : 2;
  }

  ran(segment: Segment): void {
    const key = keyOf(segment);
    this.#resident.set(segment.acceleratorIndex, key);
    this.#lastSegment.set(key, segment);
    // What had only just been read when it was stopped is still in memory.
    const isInMemory = isSaved(segment) || (segment.end === "checkpoint" && segment.switchInNs > 0);
    if (segment.end === "kill") this.#place.delete(key);
    else this.#place.set(key, isInMemory ? "memory" : segment.acceleratorIndex);
  }
}

/** Live activations in the middle of a layer, at most what the accelerator that holds them can buffer. */
function midLayerBytes(program: Program, segment: Segment, { acceleratorIndex }: Segment): number {
  const { globalBufferBytes } = program.system.accelerators[acceleratorIndex]!;
  return Math.min(program.liveBytes[rowOf(program, segment)]!, globalBufferBytes);
}

const rowOf = (program: Program, segment: Segment): number =>
  program.tasks[segment.taskIndex]!.firstRow[segment.variantIndex]! + segment.layerIndex;
