// Hot: tens of rollouts per plan, hundreds of steps each. Nothing is allocated; the arrays are as long as the situation's.
/** Where a rollout stands: the time, which jobs wait, run, are done or lost, and what each accelerator does. */
import type { Platform, TaskView } from "../../core/scheduler.ts";
import type { LengthSpread } from "./length-spread.ts";
import type { Memory } from "./memory.ts";
import { standing } from "./rules.ts";
import { type Situation, state } from "./situation.ts";
import type { TaskFacts } from "./task-facts.ts";
import type { Work } from "./work-table.ts";

export class Play {
  nowNs = 0;
  /** The horizon. */
  endNs = 0;
  /** Jobs of the situation, and the children that have been released since. */
  length = 0;
  // Of each job; the others do not change in a rollout, or are added by it.
  state = new Int32Array(0);
  standing = new Int32Array(0);
  row = new Int32Array(0);
  /** Accelerator that ran it last; -1: none. */
  place = new Int32Array(0);
  spentPj = new Float64Array(0);
  /** Of a job that waits: what is left of it, and of that what is behind its next row, if it turns out short. */
  remainingNs = new Float64Array(0);
  restNs = new Float64Array(0);
  /** How long before its deadline it has to begin at the latest. */
  needNs = new Float64Array(0);
  /** No waiting job is hopeless before, except those that are late already. NaN: not known. */
  hopefulUntilNs = Infinity;
  /** The jobs that wait, in order. */
  ready = new Int32Array(0);
  readyCount = 0;
  // Of each accelerator.
  readonly running: Int32Array;
  readonly busyUntilNs: Float64Array;
  readonly lastJob: Int32Array;
  readonly #situation: Situation;
  readonly #tasks: readonly TaskView[];
  readonly #work: Work;
  readonly #facts: TaskFacts;
  readonly #memory: Memory;
  readonly #lengths: LengthSpread;
  /** Expected jobs that have been released. */
  #arrivals = 0;

  constructor(
    { accelerators, tasks }: Platform,
    parts: {
      readonly situation: Situation;
      readonly work: Work;
      readonly facts: TaskFacts;
      readonly memory: Memory;
      readonly lengths: LengthSpread;
    },
  ) {
    this.#situation = parts.situation;
    this.#tasks = tasks;
    this.#work = parts.work;
    this.#facts = parts.facts;
    this.#memory = parts.memory;
    this.#lengths = parts.lengths;
    this.running = new Int32Array(accelerators.length);
    this.busyUntilNs = new Float64Array(accelerators.length);
    this.lastJob = new Int32Array(accelerators.length);
  }

  begin(): void {
    const from = this.#situation;
    if (this.state.length < from.capacity) this.#grow(from.capacity);
    this.readyCount = 0;
    this.hopefulUntilNs = Infinity;
    for (let i = 0; i < from.length; i++) {
      this.state[i] = from.state[i]!;
      this.standing[i] = from.standingOf(i);
      this.row[i] = from.row[i]!;
      this.place[i] = from.place[i]!;
      this.spentPj[i] = from.spentPj[i]!;
      if (this.state[i] === state.ready) this.#addReady(i);
    }
    this.running.set(from.running);
    this.busyUntilNs.set(from.busyUntilNs);
    this.lastJob.set(from.lastJob);
    this.length = from.length;
    this.nowNs = from.nowNs;
    this.endNs = from.endNs;
    this.#arrivals = 0;
  }

  #grow(capacity: number): void {
    this.state = new Int32Array(capacity);
    this.standing = new Int32Array(capacity);
    this.row = new Int32Array(capacity);
    this.place = new Int32Array(capacity);
    this.spentPj = new Float64Array(capacity);
    this.remainingNs = new Float64Array(capacity);
    this.restNs = new Float64Array(capacity);
    this.needNs = new Float64Array(capacity);
    this.ready = new Int32Array(capacity);
  }

  /** When the next block ends or the next expected job is released; Infinity: never. */
  nextNs(): number {
    const { releaseNs, arrivals, length, live } = this.#situation;
    let nextNs = this.#arrivals < length - live ? releaseNs[arrivals[this.#arrivals]!]! : Infinity;
    for (let a = 0; a < this.running.length; a++) {
      if (this.running[a]! >= 0 && this.busyUntilNs[a]! < nextNs) nextNs = this.busyUntilNs[a]!;
    }
    return nextNs;
  }

  /** Ends the block that an accelerator has finished by now. Returns the job if it was its last; -1: none. */
  endBlock(a: number): number {
    const i = this.running[a]!;
    if (i < 0 || this.busyUntilNs[a]! > this.nowNs) return -1;
    this.running[a] = -1;
    this.row[i] = this.row[i]! + 1;
    if (this.row[i]! < this.#situation.endRow[i]!) {
      this.#addReady(i);
      return -1;
    }
    this.state[i] = state.done;
    return i;
  }

  /** Releases the expected jobs that are due. */
  release(): void {
    const { releaseNs, arrivals, length, live } = this.#situation;
    while (this.#arrivals < length - live && releaseNs[arrivals[this.#arrivals]!]! <= this.nowNs) {
      this.#addReady(arrivals[this.#arrivals]!);
      this.#arrivals += 1;
    }
  }

  releaseChildren(i: number): void {
    const { children } = this.#tasks[this.#situation.task[i]!]!;
    for (let k = 0; k < children.length; k++) {
      const child = this.#tasks[children[k]!]!;
      if (child.parents.length === 1 || this.#areParentsDone(child, i)) this.#releaseChild(child, i);
    }
  }

  /** What a child of a job counts: by its probability, and as much as the job itself counts. */
  childValue(child: TaskView, parent: number): number {
    return this.#facts.value[child.index]! * child.probability * this.#situation.weight[parent]!;
  }

  /** Runs the job at a position of `ready` on an accelerator, in place of what it runs. */
  dispatch(position: number, a: number): void {
    const i = this.ready[position]!;
    const { latencyNs, energyPj, moveNs, movePj } = this.#work.blocks;
    const row = this.row[i]!;
    const at = row * this.running.length + a;
    const speed = this.#situation.factor[i]!;
    const isMoved = this.place[i]! >= 0 && this.lastJob[a] !== i;
    const stopped = this.running[a]!;
    this.ready.copyWithin(position, position + 1, this.readyCount);
    this.readyCount -= 1;
    if (stopped >= 0) this.#addReady(stopped);
    this.running[a] = i;
    this.lastJob[a] = i;
    this.busyUntilNs[a] = this.nowNs + latencyNs[at]! * speed + (isMoved ? moveNs[row]! : 0);
    this.spentPj[i] = this.spentPj[i]! + energyPj[at]! * speed + (isMoved ? movePj[row]! : 0);
    this.state[i] = state.running;
    this.place[i] = a;
  }

  /** Takes the jobs that have been lost out of those that wait. */
  sweep(): void {
    let count = 0;
    for (let k = 0; k < this.readyCount; k++) {
      const i = this.ready[k]!;
      if (this.state[i] !== state.ready) continue;
      this.ready[count] = i;
      count += 1;
    }
    this.readyCount = count;
  }

  #addReady(i: number): void {
    const { ready } = this;
    let k = this.readyCount;
    for (; k > 0 && ready[k - 1]! > i; k--) ready[k] = ready[k - 1]!;
    ready[k] = i;
    this.readyCount += 1;
    this.state[i] = state.ready;
    this.#measure(i);
  }

  /** What a waiting job still takes changes with its row only. */
  #measure(i: number): void {
    const { factor, dueNs, task } = this.#situation;
    const { leftNs, leastNs } = this.#work.blocks;
    const row = this.row[i]!;
    const speed = factor[i]!;
    const leastShare = this.#lengths.leastShare[task[i]!]!;
    const behindNs = leftNs[row]! - leastNs[row]!;
    this.remainingNs[i] = leftNs[row]! * speed;
    this.restNs[i] = behindNs * speed * leastShare;
    this.needNs[i] = (leastNs[row]! + behindNs * leastShare) * speed;
    if (this.standing[i] === standing.late) return;
    this.hopefulUntilNs = Math.min(this.hopefulUntilNs, dueNs[i]! - this.needNs[i]!);
  }

  /** Whether no other parent of the same frame is still to come. */
  #areParentsDone({ parents }: TaskView, parent: number): boolean {
    const { task, nominalNs } = this.#situation;
    for (let i = 0; i < this.length; i++) {
      if (this.state[i] !== state.done && nominalNs[i] === nominalNs[parent] && parents.includes(task[i]!))
        return false;
    }
    return true;
  }

  /** A child takes its whole time, however probable it is. */
  #releaseChild(child: TaskView, parent: number): void {
    const situation = this.#situation;
    const { firstBlock, blocks, share } = this.#work.of(child.index, this.#memory.variant[child.index]!);
    const i = this.length;
    this.length += 1;
    situation.task[i] = child.index;
    situation.firstRow[i] = firstBlock;
    situation.endRow[i] = firstBlock + blocks;
    situation.factor[i] = share;
    situation.scale[i] = 1;
    situation.leftNs[i] = share * this.#work.blocks.leftNs[firstBlock]!;
    situation.nominalNs[i] = situation.nominalNs[parent]!;
    situation.dueNs[i] = situation.nominalNs[parent]! + child.deadlineNs;
    situation.weight[i] = situation.weight[parent]!;
    situation.value[i] = this.childValue(child, parent);
    this.standing[i] = this.standing[parent]!;
    this.row[i] = firstBlock;
    this.place[i] = -1;
    this.spentPj[i] = 0;
    this.#addReady(i);
  }
}
