// Hot while many jobs wait: updated once per dispatched layer.
/**
 * The waiting jobs, so that a policy finds the job of highest score without a score for each. Jobs of one task, variant
 * and layer differ in little: of two of the same scale, one that last ran no later and is due no later has at least the
 * other's score. So a group is read from the fronts of its orders, up to where none of the rest can score higher. What
 * a context switch costs differs, too, but only lowers a score.
 * Source: Fagin, Lotem and Naor, Optimal aggregation algorithms for middleware, JCSS 2003 (threshold algorithm).
 */
import type { Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";
import type { JobIndex } from "../long-queue.ts";
import { SortedJobs } from "../sorted-jobs.ts";
import { ScoreBound } from "./score-bound.ts";

/** The least time that a job still needs, ns. */
export type MinToGo = (job: ReadyJob) => number;

export class WaitingJobs implements JobIndex {
  /** With a job each, in no order. */
  readonly groups: WaitingGroup[] = [];
  readonly #minToGo: MinToGo;
  /** By task, variant, layer; undefined: no job has waited there. */
  readonly #all: readonly (readonly WaitingGroup[][])[];

  constructor({ tasks }: Platform, minToGo: MinToGo) {
    this.#minToGo = minToGo;
    this.#all = tasks.map((task) => task.variantNames.map(() => []));
  }

  add(job: ReadyJob): void {
    const group = this.#groupOf(job);
    if (group.length === 0) {
      group.position = this.groups.length;
      this.groups.push(group);
    }
    group.add(job, this.#minToGo(job));
  }

  remove(job: ReadyJob): void {
    const group = this.#groupOf(job);
    group.remove(job);
    if (group.length > 0) return;
    const last = this.groups.pop()!;
    if (last === group) return;
    this.groups[group.position] = last;
    last.position = group.position;
  }

  clear(): void {
    for (const group of this.groups) group.clear();
    this.groups.length = 0;
  }

  /** Jobs score otherwise than they did, with other weights. */
  scoresChanged(): void {
    for (const { bound } of this.groups) bound.end();
  }

  #groupOf({ task, variantIndex, layerIndex }: ReadyJob): WaitingGroup {
    const layers = this.#all[task.index]![variantIndex]!;
    layers[layerIndex] ??= new WaitingGroup(task);
    return layers[layerIndex];
  }
}

/** The waiting jobs of one task, variant and layer. A trace's scale is all that they differ in but their times. */
export class WaitingGroup {
  readonly task: TaskView;
  /** Where MapScore's preferences of the layer begin; undefined: not looked up yet. */
  layer: number | undefined = undefined;
  /** Index in the list of groups. */
  position = 0;
  /** Of MapScore. */
  readonly bound = new ScoreBound();
  readonly byLastRan = new SortedJobs();
  readonly byDeadline = new SortedJobs();
  readonly inReadyOrder = new SortedJobs();
  /** The most that a job here ever had to go, and the least latency of its layer: theirs, if they have one scale. */
  toGoNs = -Infinity;
  minToGoNs = -Infinity;
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
    this.bound.end();
    const { meanRemainingNs, meanLatencyNs } = job;
    if (meanRemainingNs > this.toGoNs) this.toGoNs = meanRemainingNs;
    if (minToGoNs > this.minToGoNs) this.minToGoNs = minToGoNs;
    if (meanLatencyNs < this.meanLatencyNs) this.meanLatencyNs = meanLatencyNs;
  }

  remove(job: ReadyJob): void {
    this.byLastRan.remove(job.lastRanNs, job);
    this.byDeadline.remove(job.deadlineNs, job);
    this.inReadyOrder.remove(job.releaseNs, job);
    this.bound.end();
  }

  clear(): void {
    this.byLastRan.clear();
    this.byDeadline.clear();
    this.inReadyOrder.clear();
  }
}
