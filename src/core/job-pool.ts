// Hot: parallel arrays indexed by slot, no objects, no closures.
/** The live jobs: each holds a slot from its release to its end; slots are reused. */

/** Where a job's live activations are: an accelerator index, or one of these. */
export const NOWHERE = -1;
export const IN_MEMORY = -2;

export const state = { free: 0, ready: 1, running: 2 } as const;

export class JobPool {
  taskIndex = new Int32Array(0);
  jobIndex = new Float64Array(0);
  releaseNs = new Float64Array(0);
  /** Nominal release of the root frame, not rounded. */
  frameNs = new Float64Array(0);
  deadlineNs = new Float64Array(0);
  priority = new Float64Array(0);
  /** Sort key while ready. */
  rank = new Float64Array(0);
  state = new Uint8Array(0);
  variantIndex = new Int32Array(0);
  /** Row of the next or running layer, and of the end of the variant. */
  row = new Int32Array(0);
  endRow = new Int32Array(0);
  /** Share of the current layer that a checkpoint kept. */
  progress = new Float64Array(0);
  /** First dispatch; NaN while it has not started. */
  startNs = new Float64Array(0);
  lastRanNs = new Float64Array(0);
  lastAccelerator = new Int32Array(0);
  /** Where the live activations are. */
  place = new Int32Array(0);
  /** Lane that runs it; -1: none. */
  lane = new Int32Array(0);
  energyPj = new Float64Array(0);
  contextSwitches = new Int32Array(0);
  checkpoints = new Int32Array(0);
  kills = new Int32Array(0);
  drains = new Int32Array(0);
  /** Accelerators that ran it, in order of first use. */
  readonly accelerators: number[][] = [];
  readonly #freeSlots: number[] = [];

  get capacity(): number {
    return this.state.length;
  }

  /** A free slot; grows the arrays where there is none. */
  acquire(): number {
    if (this.#freeSlots.length === 0) this.#grow();
    return this.#freeSlots.pop()!;
  }

  release(slot: number): void {
    this.state[slot] = state.free;
    this.#freeSlots.push(slot);
  }

  #grow(): void {
    const before = this.capacity;
    const after = Math.max(16, before * 2);
    this.taskIndex = grownInt32(this.taskIndex, after);
    this.jobIndex = grown(this.jobIndex, after);
    this.releaseNs = grown(this.releaseNs, after);
    this.frameNs = grown(this.frameNs, after);
    this.deadlineNs = grown(this.deadlineNs, after);
    this.priority = grown(this.priority, after);
    this.rank = grown(this.rank, after);
    this.variantIndex = grownInt32(this.variantIndex, after);
    this.row = grownInt32(this.row, after);
    this.endRow = grownInt32(this.endRow, after);
    this.progress = grown(this.progress, after);
    this.startNs = grown(this.startNs, after);
    this.lastRanNs = grown(this.lastRanNs, after);
    this.lastAccelerator = grownInt32(this.lastAccelerator, after);
    this.place = grownInt32(this.place, after);
    this.lane = grownInt32(this.lane, after);
    this.energyPj = grown(this.energyPj, after);
    this.contextSwitches = grownInt32(this.contextSwitches, after);
    this.checkpoints = grownInt32(this.checkpoints, after);
    this.kills = grownInt32(this.kills, after);
    this.drains = grownInt32(this.drains, after);
    const states = new Uint8Array(after);
    states.set(this.state);
    this.state = states;
    // Lowest slot first: results never depend on slots, but low ones keep policies' arrays small.
    for (let slot = after - 1; slot >= before; slot--) {
      this.accelerators[slot] = [];
      this.#freeSlots.push(slot);
    }
  }
}

function grown(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(array);
  return copy;
}

function grownInt32(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
