// Hot while many jobs wait: updated once per dispatched layer.
/**
 * The waiting jobs, so that a policy finds the job of highest score without a score for each. Jobs of one task, variant
 * and layer differ in little: of two of the same scale, one that last ran no later and is due no later has at least the
 * other's score. So a group is read from the fronts of its orders, up to where none of the rest can score higher. What
 * a context switch costs differs, too, but only lowers a score.
 * Source: Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, JCSS 2003 (threshold algorithm).
 *
 * A short queue is faster read whole, so jobs are kept here only while the queue is long. All decisions must be made
 * known here, and none of them may stop a running job.
 */
import type { Platform, ReadyJob, TaskView, View } from "../../core/scheduler.ts";
import { SortedJobs } from "./sorted-jobs.ts";

/** More waiting jobs than this are grouped. Fewer are read faster one by one. */
export const LONG_QUEUE = 32;

/** The least time that a job still needs, ns. */
export type MinToGo = (job: ReadyJob) => number;

export class WaitingJobs {
  readonly #minToGo: MinToGo;
  readonly #longQueue: number;
  /** Groups with a job, in no order. */
  readonly #groups: WaitingGroup[] = [];
  /** By task, variant, layer; undefined: no job has waited there. */
  readonly #all: readonly (readonly WaitingGroup[][])[];
  /** The group of each job that is kept, by slot. */
  readonly #groupOf: (WaitingGroup | undefined)[] = [];
  /** Jobs that became ready since the last call of `groupsOf`, other than those that ran. */
  readonly #arrived: ReadyJob[] = [];
  /** Jobs that ran at that time or were to run after it, unless they have ended. */
  readonly #away: ReadyJob[] = [];
  #isKept = false;

  constructor({ tasks }: Platform, minToGo: MinToGo, longQueue: number) {
    this.#minToGo = minToGo;
    this.#longQueue = longQueue;
    this.#all = tasks.map((task) => task.variantNames.map(() => []));
  }

  released(job: ReadyJob): void {
    if (this.#isKept) this.#arrived.push(job);
  }

  /** A waiting job is about to run. */
  runs(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    this.#away.push(job);
  }

  /** The variant of a waiting job is about to change. */
  changes(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    this.#arrived.push(job);
  }

  /** A job has ended that waited or ran. */
  ended(job: ReadyJob): void {
    if (!this.#isKept) return;
    this.#takeOut(job);
    remove(this.#away, job);
    remove(this.#arrived, job);
  }

  /** The ready jobs in groups, in no order; undefined if they are few. */
  groupsOf(view: View): readonly WaitingGroup[] | undefined {
    const { length } = view.readyJobs;
    // Far enough apart that a queue of changing length is not built and cleared again and again.
    if (length <= (this.#isKept ? this.#longQueue / 2 : this.#longQueue)) this.#clear();
    else if (this.#isKept) this.#update(view);
    else this.#build(view);
    return this.#isKept ? this.#groups : undefined;
  }

  #clear(): void {
    if (!this.#isKept) return;
    for (const group of this.#groups) group.clear();
    this.#groups.length = 0;
    this.#groupOf.fill(undefined);
    this.#arrived.length = 0;
    this.#away.length = 0;
    this.#isKept = false;
  }

  #build({ readyJobs, runningJobs }: View): void {
    this.#isKept = true;
    for (let i = 0; i < readyJobs.length; i++) this.#put(readyJobs.at(i));
    for (let i = 0; i < runningJobs.length; i++) this.#away.push(runningJobs[i]!);
  }

  #update({ runningJobs }: View): void {
    const away = this.#away;
    for (let i = away.length - 1; i >= 0; i--) {
      const job = away[i]!;
      if (includes(runningJobs, job)) continue;
      away.splice(i, 1);
      this.#put(job);
    }
    const arrived = this.#arrived;
    for (let i = 0; i < arrived.length; i++) this.#put(arrived[i]!);
    arrived.length = 0;
  }

  #put(job: ReadyJob): void {
    const group = this.#groupFor(job);
    if (group.length === 0) {
      group.position = this.#groups.length;
      this.#groups.push(group);
    }
    group.add(job, this.#minToGo(job));
    this.#groupOf[job.slot] = group;
  }

  #groupFor({ task, variantIndex, layerIndex }: ReadyJob): WaitingGroup {
    const layers = this.#all[task.index]![variantIndex]!;
    layers[layerIndex] ??= new WaitingGroup(task);
    return layers[layerIndex];
  }

  #takeOut(job: ReadyJob): void {
    const group = this.#groupOf[job.slot];
    if (group === undefined) return;
    this.#groupOf[job.slot] = undefined;
    group.remove(job);
    if (group.length > 0) return;
    const last = this.#groups.pop()!;
    if (last === group) return;
    this.#groups[group.position] = last;
    last.position = group.position;
  }
}

function remove(jobs: ReadyJob[], job: ReadyJob): void {
  const at = jobs.indexOf(job);
  if (at >= 0) jobs.splice(at, 1);
}

function includes(jobs: readonly ReadyJob[], job: ReadyJob): boolean {
  for (let i = 0; i < jobs.length; i++) if (jobs[i] === job) return true;
  return false;
}

/** The waiting jobs of one task, variant and layer. A trace's scale is all that they differ in but their times. */
export class WaitingGroup {
  readonly task: TaskView;
  /** Where MapScore's preferences of the layer begin; undefined: not looked up yet. */
  layer: number | undefined = undefined;
  /** Index in the list of groups. */
  position = 0;
  readonly byLastRan = new SortedJobs();
  readonly byDeadline = new SortedJobs();
  readonly inReadyOrder = new SortedJobs();
  /** The most that a job here ever had to go, and the least latency of its layer: theirs, if they have one scale. */
  toGoNs = 0;
  minToGoNs = 0;
  meanLatencyNs = Infinity;

  constructor(task: TaskView) {
    this.task = task;
  }

  get length(): number {
    return this.inReadyOrder.length;
  }

  add(job: ReadyJob, minToGoNs: number): void {
    this.byLastRan.add(job.lastRanNs, job);
    this.byDeadline.add(job.deadlineNs, job);
    this.inReadyOrder.add(job.releaseNs, job);
    const { meanRemainingNs, meanLatencyNs } = job;
    if (meanRemainingNs > this.toGoNs) this.toGoNs = meanRemainingNs;
    if (minToGoNs > this.minToGoNs) this.minToGoNs = minToGoNs;
    if (meanLatencyNs < this.meanLatencyNs) this.meanLatencyNs = meanLatencyNs;
  }

  remove(job: ReadyJob): void {
    this.byLastRan.remove(job.lastRanNs, job);
    this.byDeadline.remove(job.deadlineNs, job);
    this.inReadyOrder.remove(job.releaseNs, job);
  }

  clear(): void {
    this.byLastRan.clear();
    this.byDeadline.clear();
    this.inReadyOrder.clear();
  }
}
