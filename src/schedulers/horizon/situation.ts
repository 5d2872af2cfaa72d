// Hot: filled for every plan, and read by every rollout. Parallel arrays, grown only between plans.
/** What a plan starts from: the live jobs, the releases that are expected, and what runs. Rollouts change none of it. */
import type { Platform, ReadyJob, RunningJob, RunningView } from "../../core/scheduler.ts";
import { comesBefore } from "../selection.ts";
import { hasFreeVariant, type Memory, nominalOf } from "./memory.ts";
import type { Pace } from "./pace.ts";
import { standing } from "./rules.ts";
import type { TaskFacts } from "./task-facts.ts";
import type { Work } from "./work-table.ts";

/** Of a job in a rollout. */
export const state = { ready: 0, running: 1, expected: 2, done: 3, lost: 4 } as const;

export class Situation {
  nowNs = 0;
  /** The horizon: up to here rollouts look. */
  endNs = 0;
  /** Live jobs come first. */
  live = 0;
  /** Live and expected jobs. */
  length = 0;
  /** Jobs that the arrays have room for: all that rollouts can release, too. */
  capacity = 0;
  // Of each job. Rollouts write the children that they release behind `length`.
  task = new Int32Array(0);
  /** Row of the blocks that is next (or runs); the first one of its variant, and the one behind the last. */
  row = new Int32Array(0);
  firstRow = new Int32Array(0);
  endRow = new Int32Array(0);
  /** Its work relative to its model's costs. */
  scale = new Float64Array(0);
  /** Time of this job relative to that of its rows. */
  factor = new Float64Array(0);
  dueNs = new Float64Array(0);
  /** When its frame was due to begin, without jitter. */
  nominalNs = new Float64Array(0);
  /** When an expected job is released. */
  releaseNs = new Float64Array(0);
  /** The expected jobs in the order of their releases: `length - live` of them. */
  arrivals = new Int32Array(0);
  /** Of the job, and the weight that is in it and goes on to its children: 1 for a live job. */
  value = new Float64Array(0);
  weight = new Float64Array(0);
  state = new Int32Array(0);
  /** 0 or 1. */
  isLate = new Int32Array(0);
  /** What the plan has chosen for the job. */
  mode = new Int32Array(0);
  spentPj = new Float64Array(0);
  /** Accelerator that ran it last; -1: none. */
  place = new Int32Array(0);
  slot = new Int32Array(0);
  /** 0 or 1: it has not started and can still run another variant. */
  hasFreeVariant = new Int32Array(0);
  /** What the job is expected to take from here on, each row at its least. */
  leftNs = new Float64Array(0);
  // Of each accelerator.
  /** The job that runs; -1: none. */
  readonly running: Int32Array;
  readonly busyUntilNs: Float64Array;
  /** The job that ran last and is still live; -1: none. */
  readonly lastJob: Int32Array;

  readonly #platform: Platform;
  readonly #work: Work;
  readonly #facts: TaskFacts;
  readonly #memory: Memory;
  readonly #pace: Pace;
  #reserved = 0;

  constructor(
    platform: Platform,
    {
      work,
      facts,
      memory,
      pace,
    }: { readonly work: Work; readonly facts: TaskFacts; readonly memory: Memory; readonly pace: Pace },
  ) {
    const { length } = platform.accelerators;
    this.#platform = platform;
    this.#work = work;
    this.#facts = facts;
    this.#memory = memory;
    this.#pace = pace;
    this.running = new Int32Array(length);
    this.busyUntilNs = new Float64Array(length);
    this.lastJob = new Int32Array(length);
  }

  /** Takes the running jobs of a view, and waiting jobs in order. The horizon is their last deadline while they wait, within bounds. */
  load(
    { nowNs, runningJobs }: RunningView,
    waiting: readonly ReadyJob[],
    { leastNs, mostNs }: { readonly leastNs: number; readonly mostNs: number },
  ): void {
    this.nowNs = nowNs;
    this.endNs = nowNs + leastNs;
    this.length = 0;
    this.#reserved = 0;
    this.running.fill(-1);
    this.lastJob.fill(-1);
    // In the order that breaks ties of real decisions, too: else a rollout serves equals differently.
    for (const job of waiting) {
      this.#addRunningBefore(runningJobs, job);
      this.#addReady(job);
    }
    this.#addRunningBefore(runningJobs, undefined);
    this.live = this.length;
    this.endNs = Math.min(this.endNs, nowNs + Math.max(leastNs, mostNs));
  }

  /** Adds a job that is expected to be released, and says how much of its value counts, 0 to 1. */
  expect(taskIndex: number, nominalNs: number, releaseNs: number, weight: number): void {
    const { deadlineNs } = this.#platform.tasks[taskIndex]!;
    const i = this.#add(taskIndex, this.#memory.variant[taskIndex]!, nominalNs + deadlineNs, nominalNs);
    this.hasFreeVariant[i] = 1;
    this.weight[i] = weight;
    this.value[i] = this.value[i]! * weight;
    this.state[i] = state.expected;
    this.releaseNs[i] = releaseNs;
    let k = i - this.live;
    for (; k > 0 && this.releaseNs[this.arrivals[k - 1]!]! > releaseNs; k--) this.arrivals[k] = this.arrivals[k - 1]!;
    this.arrivals[k] = i;
  }

  /** Lets all jobs of a task that have not started run a variant. */
  useVariant(taskIndex: number, variantIndex: number): void {
    for (let i = 0; i < this.length; i++) {
      if (this.task[i] === taskIndex && this.hasFreeVariant[i] === 1) this.#setVariant(i, variantIndex);
    }
  }

  standingOf(i: number): number {
    return this.isLate[i] === 1 ? standing.late : this.mode[i]!;
  }

  /** Adds the running jobs that come before a job (undefined: all) and are not added yet, in order. */
  #addRunningBefore(runningJobs: readonly RunningJob[], limit: ReadyJob | undefined): void {
    for (;;) {
      let first: RunningJob | undefined;
      for (const job of runningJobs) {
        if (this.running[job.accelerator.index]! >= 0 || (limit !== undefined && !isBefore(job, limit))) continue;
        if (first === undefined || isBefore(job, first)) first = job;
      }
      if (first === undefined) return;
      this.#addRunning(first);
    }
  }

  #addReady(job: ReadyJob): void {
    const i = this.#addLive(job);
    const place = job.lastAccelerator?.index ?? -1;
    this.place[i] = place;
    if (place >= 0 && this.#memory.lastSlot[place] === job.slot) this.lastJob[place] = i;
    if (job.deadlineNs < Infinity && job.deadlineNs > this.endNs) this.endNs = job.deadlineNs;
  }

  #addRunning(job: RunningJob): void {
    const i = this.#addLive(job);
    const a = job.accelerator.index;
    this.state[i] = state.running;
    this.place[i] = a;
    this.running[a] = i;
    this.lastJob[a] = i;
    this.spentPj[i] = this.spentPj[i]! + this.#work.blocks.energyPj[this.row[i]! * this.running.length + a]!;
    this.busyUntilNs[a] = Math.max(this.#pace.endNs(job), this.nowNs + 1) + this.#restOfBlockNs(i, job);
  }

  /** Of the block of a running job, the time of the layers behind the running one, on its accelerator. */
  #restOfBlockNs(i: number, job: RunningJob): number {
    const { layers, blocks } = this.#work;
    const row = this.row[i]!;
    const layer = this.#work.layerOf(job);
    const restNs = layers.leftNs[layer]! - layers.leastNs[layer]! - (blocks.leftNs[row]! - blocks.leastNs[row]!);
    if (!(restNs > 0 && restNs < Infinity)) return 0;
    const slowdown = blocks.latencyNs[row * this.running.length + job.accelerator.index]! / blocks.leastNs[row]!;
    return slowdown < Infinity ? this.factor[i]! * restNs * slowdown : 0;
  }

  #addLive(job: ReadyJob): number {
    const i = this.#add(job.task.index, job.variantIndex, job.deadlineNs, nominalOf(job));
    const { blocks, blockOfLayer } = this.#work;
    const row = blockOfLayer[this.#work.layerOf(job)]!;
    const leftNs = blocks.leftNs[row]!;
    this.row[i] = row;
    this.leftNs[i] = job.minRemainingNs * blocks.stretch[row]!;
    this.factor[i] = leftNs > 0 && leftNs < Infinity ? this.leftNs[i]! / leftNs : 1;
    this.scale[i] = job.scale;
    this.spentPj[i] = Number.isNaN(job.spentPj) ? 0 : job.spentPj;
    this.isLate[i] = this.#memory.isLate[job.slot]! ? 1 : 0;
    this.mode[i] = this.#memory.mode[job.slot]!;
    this.slot[i] = job.slot;
    if (hasFreeVariant(job)) {
      this.hasFreeVariant[i] = 1;
      const planned = this.#memory.variant[job.task.index]!;
      if (planned !== job.variantIndex) this.#setVariant(i, planned);
    }
    return i;
  }

  #add(taskIndex: number, variantIndex: number, dueNs: number, nominalNs: number): number {
    const i = this.length;
    this.length += 1;
    this.#reserved += 1 + this.#facts.descendants[taskIndex]!;
    if (this.#reserved > this.capacity) this.#grow();
    this.task[i] = taskIndex;
    this.scale[i] = 1;
    this.#setVariant(i, variantIndex);
    this.hasFreeVariant[i] = 0;
    this.dueNs[i] = dueNs;
    this.nominalNs[i] = nominalNs;
    this.value[i] = this.#facts.value[taskIndex]!;
    this.weight[i] = 1;
    this.state[i] = state.ready;
    this.isLate[i] = 0;
    this.mode[i] = standing.normal;
    this.spentPj[i] = 0;
    this.place[i] = -1;
    this.slot[i] = -1;
    return i;
  }

  /** Of a job that has run nothing. */
  #setVariant(i: number, variantIndex: number): void {
    const { firstBlock, blocks, share } = this.#work.of(this.task[i]!, variantIndex);
    this.row[i] = firstBlock;
    this.firstRow[i] = firstBlock;
    this.endRow[i] = firstBlock + blocks;
    this.factor[i] = share * this.scale[i]!;
    this.leftNs[i] = this.factor[i]! * this.#work.blocks.leftNs[firstBlock]!;
  }

  #grow(): void {
    this.capacity = 2 * this.#reserved;
    for (const name of INTEGERS) this[name] = grown(this[name], new Int32Array(this.capacity));
    for (const name of NUMBERS) this[name] = grown(this[name], new Float64Array(this.capacity));
  }
}

/** The order of waiting jobs: of their deadlines. */
const isBefore = (one: ReadyJob, other: ReadyJob): boolean => comesBefore(one.deadlineNs, one, other.deadlineNs, other);

const INTEGERS = [
  "task",
  "row",
  "firstRow",
  "endRow",
  "state",
  "isLate",
  "mode",
  "place",
  "slot",
  "arrivals",
  "hasFreeVariant",
] as const;
const NUMBERS = ["scale", "leftNs", "factor", "dueNs", "nominalNs", "releaseNs", "value", "weight", "spentPj"] as const;

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
