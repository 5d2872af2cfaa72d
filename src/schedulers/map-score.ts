// Hot: every pair of a ready job and an idle accelerator, at every decision.
/**
 * MapScore: how good it is to run a job's next layer on an accelerator. Source: DREAM (ASPLOS 2023) / SDRM3; terms as in
 * design section 4, from reference/dream.md.
 * Adaptation: sums and means over accelerators count those that can run the layer; latencies below 1 ns and energies
 * below 1 pJ count as 1 in divisors.
 */
import type { AcceleratorView, ParameterValues, ReadyJob, SchedulerParameter, View } from "../core/scheduler.ts";
import { PreferenceTable } from "./layer-preferences.ts";

/** Weights of starvation and energy against urgency. */
export const weightParameters: readonly SchedulerParameter[] = [
  // The middle of the range, where the search starts: no corner is farther than another.
  { kind: "number", name: "alpha", summary: "weight of starvation", default: 1, min: 0, max: 2 },
  { kind: "number", name: "beta", summary: "weight of the energy preference", default: 1, min: 0, max: 2 },
];

export const urgencyParameters: readonly SchedulerParameter[] = [
  {
    kind: "number",
    name: "epsilonMs",
    summary: "least slack that urgency divides by; late jobs count as having this much",
    // Adaptation: design section 4 names it without a value; at the resolution of time only jobs without slack meet it.
    default: 0.000001,
    min: 0.000001,
  },
  {
    kind: "text",
    name: "urgencyCap",
    summary: "highest urgency, a number above 0, or none (SDRM3 in the Dysta artifact caps at 1)",
    default: "none",
  },
];

export class MapScore {
  alpha: number;
  beta: number;
  /** The pair of highest score, set by `choose`; ties go to the first job in order, then the first accelerator. */
  job: ReadyJob | undefined;
  accelerator: AcceleratorView | undefined;
  readonly #preferences: PreferenceTable;
  readonly #epsilonNs: number;
  readonly #urgencyCap: number;

  constructor(accelerators: readonly AcceleratorView[], parameters: ParameterValues) {
    this.alpha = parameters.alpha as number;
    this.beta = parameters.beta as number;
    this.#preferences = new PreferenceTable(accelerators);
    this.#epsilonNs = epsilonNsOf(parameters);
    this.#urgencyCap = urgencyCapOf(parameters);
  }

  /** Finds the best pair but for one job; no job where no idle accelerator can run any. */
  choose({ nowNs, readyJobs, idleAccelerators }: View, except: ReadyJob | undefined): void {
    this.job = undefined;
    // The commonest case of all needs no score.
    if (readyJobs.length === 1 && idleAccelerators.length === 1) {
      const { first } = readyJobs;
      if (first !== except && first.latencyNs(idleAccelerators[0]) < Infinity) {
        this.job = first;
        this.accelerator = idleAccelerators[0];
      }
      return;
    }
    const { alpha, beta } = this;
    let best = -Infinity;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if (job === except) continue;
      const { latency, energy, energyPj } = this.#preferences.of(job);
      const urgency = urgencyOf(toGo(job), slack(job, nowNs), this.#epsilonNs, this.#urgencyCap);
      const starvation = starvationOf(job, nowNs);
      for (let i = 0; i < idleAccelerators.length; i++) {
        const accelerator = idleAccelerators[i]!;
        const a = accelerator.index;
        if (latency[a] === 0) continue;
        const contextSwitch = job.switchPj(accelerator) / energyPj[a]!;
        const score = urgency * latency[a]! + alpha * starvation + beta * (energy[a]! - contextSwitch);
        if (score > best) {
          best = score;
          this.job = job;
          this.accelerator = accelerator;
        }
      }
    }
  }
}

/** All that is left of the job, each layer at its mean over accelerators, ns. */
export const toGo = (job: ReadyJob): number => job.meanRemainingNs;

/** Time to the deadline, ns; negative past it, Infinity without one. */
export const slack = (job: ReadyJob, nowNs: number): number => job.deadlineNs - nowNs;

/** How much of its slack a job needs; from 0 to the cap. */
const urgencyOf = (toGoNs: number, slackNs: number, epsilonNs: number, cap: number): number =>
  Math.min(toGoNs / Math.max(slackNs, epsilonNs), cap);

/** Time since the job last ran (or was released), in next layers. */
export const starvationOf = (job: ReadyJob, nowNs: number): number =>
  (nowNs - job.lastRanNs) / Math.max(job.meanLatencyNs, 1);

export const epsilonNsOf = (parameters: ParameterValues): number => (parameters.epsilonMs as number) * 1e6;

/** Throws RangeError for anything but a number above 0 or none. */
function urgencyCapOf({ urgencyCap }: ParameterValues): number {
  if (urgencyCap === "none") return Infinity;
  const cap = Number(urgencyCap);
  if (Number.isFinite(cap) && cap > 0) return cap;
  throw new RangeError(`urgencyCap must be a number above 0 or none, got "${urgencyCap}"`);
}
