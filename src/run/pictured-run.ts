/** Makes one run and keeps what figures show of it. */
import { listenToEnds, type Observer, together } from "../core/events.ts";
import type { JobRecord } from "../core/records.ts";
import { Distribution } from "../metrics/distribution.ts";
import { uxCostTerms } from "../metrics/ux-cost.ts";
import type { PicturedRun, TaskDetails } from "../records/run-details.ts";
import { createTimelineLog, type TimelineWindow } from "../records/timeline-log.ts";
import { EnergyUses } from "./energy-uses.ts";
import type { PolicyPulse } from "./policy-pulse.ts";
import { runOnce } from "./run-once.ts";
import type { RunSetup } from "./run-setup.ts";

export interface PicturedRunOptions {
  /** Of the timeline; absent: none is kept. */
  readonly window?: TimelineWindow;
  /** Observes the run as well. */
  readonly observer?: Observer;
  /** Told of each call of the policy. */
  readonly pulse?: PolicyPulse | undefined;
}

/** Throws what `runOnce` throws. */
export function picturedRun(setup: RunSetup, { window, observer, pulse }: PicturedRunOptions = {}): PicturedRun {
  const { scenario, system } = setup.program;
  const timeline = window && createTimelineLog(scenario, system, window);
  const uses = new EnergyUses(setup.program);
  const samples = setup.context.tasks.map(() => new JobSample(setup.context.warmupNs));
  const observers = [uses.observer, listenToEnds((job) => samples[job.taskIndex]!.add(job))];
  if (timeline !== undefined) observers.push(timeline.observer);
  if (observer !== undefined) observers.push(observer);
  const { result, outcome } = runOnce(setup, { observer: together(observers), pulse });
  const terms = uxCostTerms(outcome);
  const tasks = outcome.tasks.map(({ id }, index) => ({ id, ...samples[index]!.details(), ...terms[index]! }));
  return { result, details: { tasks, accelerators: uses.finish() }, timeline: timeline?.finish() };
}

/** Response times and deadlines of the measured jobs of a task. */
class JobSample {
  readonly #warmupNs: number;
  readonly #responses = new Distribution();
  #leastNs = Infinity;
  #mostNs = -Infinity;

  constructor(warmupNs: number) {
    this.#warmupNs = warmupNs;
  }

  add({ frameReleaseNs, releaseNs, deadlineNs, completionNs, dropReason }: JobRecord): void {
    if (frameReleaseNs < this.#warmupNs) return;
    if (completionNs !== undefined) this.#responses.add(completionNs - releaseNs);
    // A job that was never released has no time from its release to its deadline.
    if (deadlineNs === Infinity || dropReason === "parent" || dropReason === "refused") return;
    this.#leastNs = Math.min(this.#leastNs, deadlineNs - releaseNs);
    this.#mostNs = Math.max(this.#mostNs, deadlineNs - releaseNs);
  }

  details(): Pick<TaskDetails, "deadlineMs" | "responseMs"> {
    const hasDeadline = this.#leastNs <= this.#mostNs;
    const responsesNs = this.#responses.percentiles();
    return {
      deadlineMs: hasDeadline ? { least: this.#leastNs / 1e6, most: this.#mostNs / 1e6 } : null,
      responseMs: responsesNs?.map((ns) => ns / 1e6) ?? null,
    };
  }
}
