/** The tracks of tasks: each job from its release to its end, its deadline, and what became of it. */

import type { JobCompleted, JobDropped, JobReleased, VariantChosen } from "../../core/events.ts";
import { jobOutcome } from "../../core/job-outcome.ts";
import type { JobRecord } from "../../core/records.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import type { Arrows } from "./arrows.ts";
import type { Reasons } from "./reasons.ts";
import type { Arrow, Details, RecordSink, Track } from "./trace-record.ts";
import type { Tracks } from "./tracks.ts";

/** Jobs of a task that overlap take a lane each, since slices of one track nest. */
const RANKS_PER_TASK = 1_000_000;
const after = { deadlines: -3, misses: -2, variants: -1 } as const;

interface OpenJob {
  readonly lane: number;
  readonly deadlineNs: number;
  readonly arrows: readonly Arrow[];
}

export class TaskTracks {
  readonly #scenario: Scenario;
  readonly #acceleratorIds: readonly string[];
  readonly #tracks: Tracks;
  readonly #arrows: Arrows;
  readonly #reasons: Reasons;
  readonly #sink: RecordSink;
  /** By task: its released jobs that have not ended. */
  readonly #open: readonly Map<number, OpenJob>[];
  readonly #lanes: readonly FreeLanes[];

  constructor(
    scenario: Scenario,
    system: System,
    parts: { readonly tracks: Tracks; readonly arrows: Arrows; readonly reasons: Reasons; readonly sink: RecordSink },
  ) {
    this.#scenario = scenario;
    this.#acceleratorIds = system.accelerators.map(({ id }) => id);
    this.#tracks = parts.tracks;
    this.#arrows = parts.arrows;
    this.#reasons = parts.reasons;
    this.#sink = parts.sink;
    this.#open = scenario.tasks.map(() => new Map());
    this.#lanes = scenario.tasks.map(() => new FreeLanes());
  }

  released({ taskIndex, jobIndex, deadlineNs }: JobReleased): void {
    const arrows = this.#arrows.toChild(taskIndex, jobIndex);
    this.#open[taskIndex]!.set(jobIndex, { lane: this.#lanes[taskIndex]!.take(), deadlineNs, arrows });
    this.#markDeadline(taskIndex, jobIndex, deadlineNs);
  }

  completed(job: JobCompleted): void {
    const track = this.#ended(job, job.completionNs);
    this.#arrows.completed(job, track);
    if (job.completionNs <= job.deadlineNs) return;
    const lateMs = (job.completionNs - job.deadlineNs) / 1e6;
    this.#instant(job, "misses", `miss ${this.nameOf(job)}`, { job: job.jobIndex, lateMs });
  }

  dropped(job: JobDropped): void {
    if (!this.#open[job.taskIndex]!.has(job.jobIndex)) this.#neverReleased(job);
    this.#ended(job, job.dropNs);
    const why = this.#reasons.of("drop", job);
    this.#instant(job, "misses", `drop ${this.nameOf(job)}`, { job: job.jobIndex, reason: job.dropReason, ...why });
  }

  variantChosen({ taskIndex, jobIndex, timeNs, variantIndex, previousVariantIndex }: VariantChosen): void {
    const { variants } = this.#scenario.tasks[taskIndex]!.model;
    const job = { taskIndex, jobIndex, timeNs };
    const [variant, before] = [variants[variantIndex]!.name, variants[previousVariantIndex]!.name];
    const why = this.#reasons.of("chooseVariant", job);
    this.#instant(job, "variants", `${this.nameOf(job)}: ${variant}`, { job: jobIndex, variant, before, ...why });
  }

  /** Of a job that has not ended; Infinity: none. */
  deadlineNsOf({ taskIndex, jobIndex }: Pick<JobRecord, "taskIndex" | "jobIndex">): number {
    return this.#open[taskIndex]!.get(jobIndex)!.deadlineNs;
  }

  /** As details and instants name a job; timelines colour by it. */
  nameOf({ taskIndex, jobIndex }: Pick<JobRecord, "taskIndex" | "jobIndex">): string {
    return `${this.#scenario.tasks[taskIndex]!.id} #${jobIndex}`;
  }

  /** A job that was refused, or dropped with its parent, has no release event. */
  #neverReleased({ taskIndex, jobIndex, deadlineNs }: JobDropped): void {
    this.#arrows.toChild(taskIndex, jobIndex);
    this.#open[taskIndex]!.set(jobIndex, { lane: this.#lanes[taskIndex]!.take(), deadlineNs, arrows: [] });
    this.#markDeadline(taskIndex, jobIndex, deadlineNs);
  }

  #markDeadline(taskIndex: number, jobIndex: number, deadlineNs: number): void {
    if (deadlineNs === Infinity) return;
    const job = { taskIndex, jobIndex, timeNs: deadlineNs };
    this.#instant(job, "deadlines", `deadline ${this.nameOf(job)}`, { job: jobIndex });
  }

  #ended(job: JobRecord, endNs: number): Track {
    const { taskIndex, jobIndex, releaseNs } = job;
    const { lane, arrows } = this.#open[taskIndex]!.get(jobIndex)!;
    this.#open[taskIndex]!.delete(jobIndex);
    this.#lanes[taskIndex]!.give(lane);
    const { id } = this.#scenario.tasks[taskIndex]!;
    const track = this.#tracks.at("tasks", taskIndex * RANKS_PER_TASK + lane, lane === 0 ? id : `${id} (${lane + 1})`);
    this.#sink({
      kind: "slice",
      track,
      name: this.nameOf(job),
      taskIndex,
      ns: releaseNs,
      endNs,
      details: this.#detailsOf(job),
      ...(arrows.length > 0 && { arrows }),
    });
    return track;
  }

  /** The columns of `--jobs`, and how it was stopped. */
  #detailsOf(job: JobRecord): Details {
    const { id, model } = this.#scenario.tasks[job.taskIndex]!;
    const { checkpoint, kill, drain } = job.preemptions;
    return {
      task: id,
      job: job.jobIndex,
      status: jobOutcome(job),
      dropReason: job.dropReason,
      releaseMs: job.releaseNs / 1e6,
      deadlineMs: job.deadlineNs === Infinity ? undefined : job.deadlineNs / 1e6,
      startMs: job.startNs === undefined ? undefined : job.startNs / 1e6,
      completionMs: job.completionNs === undefined ? undefined : job.completionNs / 1e6,
      latencyMs: job.completionNs === undefined ? undefined : (job.completionNs - job.releaseNs) / 1e6,
      energyMj: job.energyPj / 1e9,
      accelerators: job.accelerators.map((index) => this.#acceleratorIds[index]).join("+") || undefined,
      variant: model.variants.length > 1 ? model.variants[job.variantIndex]!.name : undefined,
      scale: job.scale,
      contextSwitches: job.contextSwitches || undefined,
      preemptions: checkpoint + kill + drain || undefined,
      weightLoads: job.weights?.loads || undefined,
    };
  }

  /** On a track of its own, since a slice would hide it. */
  #instant(
    { taskIndex, timeNs }: Pick<JobReleased, "taskIndex" | "timeNs">,
    what: keyof typeof after,
    name: string,
    details: Details,
  ): void {
    const title = `${this.#scenario.tasks[taskIndex]!.id} ${what === "misses" ? "drops and misses" : what}`;
    const track = this.#tracks.at("tasks", (taskIndex + 1) * RANKS_PER_TASK + after[what], title);
    this.#sink({ kind: "instant", track, name, ns: timeNs, details });
  }
}

/** Lanes, from 0; always the least free one. */
class FreeLanes {
  readonly #isTaken: boolean[] = [];
  /** No lane below it is free. */
  #from = 0;

  take(): number {
    while (this.#isTaken[this.#from] === true) this.#from += 1;
    this.#isTaken[this.#from] = true;
    return this.#from;
  }

  give(lane: number): void {
    this.#isTaken[lane] = false;
    this.#from = Math.min(this.#from, lane);
  }
}
