/**
 * The released Planaria scheduler around its allocation rule: docs/references.md#planaria-released-event-loop. The rule
 * is the one that the policy `planaria-released` runs.
 *
 * `float` is the release to the bit. `whole` differs as our core and policy do: progress is whole tiles (a size with
 * other tiles goes on with the tile that was begun), estimates count the share that is left, and every job that is
 * complete leaves at the barrier.
 */
import { ReleasedAllocation } from "./released-allocation.ts";

export interface Layer {
  readonly tiles: number;
  readonly cycles: number;
  readonly energy: number;
}

export interface ReplayTask {
  readonly id: number;
  readonly arrival: number;
  readonly priority: number;
  readonly qosMs: number;
  /** By units - 1, then layer. */
  readonly network: readonly (readonly Layer[])[];
}

/** [step, cycle, regime, task, units] */
export type Allocated = readonly [number, number, string, number, number];

export interface Finish {
  readonly task: number;
  readonly cycle: number;
  readonly energy: number;
}

type Progress = "float" | "whole";

/** A task in the queue; stops are proposals, relative to now. */
class Live {
  clock: number;
  layer = 0;
  progress = 0;
  energy = 0;
  units = 0;
  stop = { after: 0, layer: 0, progress: 0 };
  readonly task: ReplayTask;
  readonly start: number;
  readonly #how: Progress;

  constructor(task: ReplayTask, clock: number, how: Progress) {
    this.task = task;
    this.start = task.arrival;
    this.clock = clock;
    this.#how = how;
  }

  layers(units: number): readonly Layer[] {
    return this.task.network[units - 1]!;
  }

  /** Tiles done of the current layer, in the tiles of a size; whole ones only. */
  #tilesDone(tiles: number): number {
    return Math.floor(this.progress * tiles + 1e-9);
  }

  #layerLeft(units: number): number {
    const { tiles, cycles } = this.layers(units)[this.layer]!;
    return (this.#how === "float" ? Math.ceil((1 - this.progress) * tiles) : tiles - this.#tilesDone(tiles)) * cycles;
  }

  #later(units: number): number {
    let sum = 0;
    for (const { tiles, cycles } of this.layers(units).slice(this.layer + 1)) sum += tiles * cycles;
    return sum;
  }

  /** What it will take. */
  remaining(units: number): number {
    return units === 0 ? Infinity : this.#layerLeft(units) + this.#later(units);
  }

  /** What the allocation takes it for. */
  estimate(units: number): number {
    if (this.#how === "float") return this.remaining(units);
    const { tiles, cycles } = this.layers(units)[this.layer]!;
    return tiles * cycles + this.#later(units) - this.progress * (tiles * cycles);
  }

  /** The end of the tile that runs `time` from now. */
  propose(time: number): void {
    this.stop = { after: time, layer: this.layer, progress: this.progress };
    if (this.units === 0) return;
    const layers = this.layers(this.units);
    const { tiles, cycles } = layers[this.layer]!;
    let passed = this.#layerLeft(this.units);
    if (time <= passed) {
      const run = Math.ceil(time / cycles);
      const before = this.#how === "float" ? this.progress : this.#tilesDone(tiles) / tiles;
      const progress = this.#how === "float" ? before + run / tiles : (this.#tilesDone(tiles) + run) / tiles;
      this.stop = { after: run * cycles, layer: this.layer, progress };
      return;
    }
    let at = this.layer + 1;
    for (; at < layers.length; at++) {
      const whole = layers[at]!.tiles * layers[at]!.cycles;
      if (passed + whole >= time) break;
      passed += whole;
    }
    // Only in `whole`, where one that is complete does not wait for its turn to leave.
    if (at === layers.length) {
      this.stop = { after: passed, layer: at - 1, progress: 1 };
      return;
    }
    const run = Math.ceil((time - passed) / layers[at]!.cycles);
    const after = passed + run * layers[at]!.cycles;
    const isWhole = run === layers[at]!.tiles;
    if (!isWhole) this.stop = { after, layer: at, progress: run / layers[at]!.tiles };
    else if (at + 1 < layers.length) this.stop = { after, layer: at + 1, progress: 0 };
    else this.stop = { after, layer: at, progress: 1 };
  }

  get isComplete(): boolean {
    return this.layer === this.task.network[0]!.length - 1 && this.progress === 1;
  }

  advance(time: number): void {
    this.clock += time;
    const { layer, progress } = this.stop;
    if (this.units > 0) {
      const layers = this.layers(this.units);
      let energy = 0;
      energy += (1 - this.progress) * layers[this.layer]!.energy;
      energy += progress * layers[layer]!.energy;
      for (let at = this.layer + 1; at < layer; at++) energy += layers[at]!.energy;
      this.energy += energy;
    }
    this.layer = layer;
    this.progress = progress;
    const isLast = layer === this.task.network[0]!.length - 1;
    if (this.#how === "whole" && progress === 1 && !isLast) {
      this.layer += 1;
      this.progress = 0;
    }
  }
}

export class Replay {
  readonly allocations: Allocated[] = [];
  readonly finishes: Finish[] = [];
  readonly #tasks: readonly ReplayTask[];
  readonly #clockHz: number;
  readonly #units: number;
  readonly #how: Progress;
  readonly #allocation: ReleasedAllocation;
  readonly #queue: Live[] = [];
  #cycle = 0;
  #next = 0;

  constructor(tasks: readonly ReplayTask[], clockHz: number, units: number, how: Progress) {
    this.#tasks = tasks;
    this.#clockHz = clockHz;
    this.#units = units;
    this.#how = how;
    this.#allocation = new ReleasedAllocation(units);
    this.#enter();
    for (let step = 0; this.#queue.length > 0; step++) {
      this.#allocate(step);
      this.#advance();
    }
  }

  #enter(): void {
    this.#queue.push(new Live(this.#tasks[this.#next]!, this.#cycle, this.#how));
    this.#next += 1;
  }

  #allocate(step: number): void {
    const allocation = this.#allocation;
    allocation.clear();
    for (const live of this.#queue) {
      const slack = live.task.qosMs * 1e-3 * this.#clockHz - (live.clock - live.start);
      let need = 0;
      for (let units = this.#units; units > 0; units--) if (live.estimate(units) <= slack) need = units;
      const remaining = live.estimate(need === 0 ? this.#units : need);
      allocation.add({ priority: live.task.priority, slack, need, remaining });
    }
    const regime = allocation.divide();
    this.#queue.forEach((live, i) => {
      live.units = allocation.units[i]!;
      this.allocations.push([step, this.#cycle, regime, live.task.id, live.units]);
    });
  }

  #advance(): void {
    const remaining = this.#queue.map((live) => live.remaining(live.units));
    const untilFinish = Math.min(...remaining);
    const untilArrival = (this.#tasks[this.#next]?.arrival ?? Infinity) - this.#cycle;
    const untilEvent = Math.min(untilFinish, untilArrival);
    for (const live of this.#queue) live.propose(untilEvent);
    const time = Math.max(...this.#queue.map(({ stop }) => stop.after));
    for (const live of this.#queue) live.advance(time);
    this.#cycle += time;
    if (this.#how === "float") this.#leaveOrEnter(untilFinish <= untilArrival ? remaining.indexOf(untilFinish) : -1);
    else this.#leaveAndEnter();
  }

  /** One task leaves or one comes; anything else the release stops at. */
  #leaveOrEnter(leaver: number): void {
    if (leaver < 0) this.#enter();
    else this.#leave(leaver);
  }

  #leaveAndEnter(): void {
    for (let i = this.#queue.length - 1; i >= 0; i--) if (this.#queue[i]!.isComplete) this.#leave(i);
    while ((this.#tasks[this.#next]?.arrival ?? Infinity) <= this.#cycle) this.#enter();
  }

  #leave(i: number): void {
    const [live] = this.#queue.splice(i, 1);
    this.finishes.push({ task: live!.task.id, cycle: live!.clock, energy: live!.energy });
  }
}
