// Hot: runs for every pair of a ready job and an idle accelerator, at every decision.
/**
 * MapScore rates a pair of a job's next layer and an accelerator. Source: DREAM (ASPLOS 2023) / SDRM3.
 * docs/schedulers.md explains the terms.
 * Adaptation: sums and means over accelerators include only those that can run the layer. As divisors, latencies count
 * as at least 1 ns and energies as at least 1 pJ.
 * Adaptation: where the energy of a layer is not known on one of them, its energies count as equal on all and its context
 * switches as free: the energy term prefers none.
 */
import type { AcceleratorView, Candidate, Platform, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import type { ParameterDeclarations, ValuesOf } from "../define-scheduler.ts";
import { LayerPreferences } from "./layer-preferences.ts";

/** Weights of starvation and energy against urgency. */
export const weightParameters = {
  // The middle of the range, where the search starts: all corners are equally far.
  alpha: { kind: "number", summary: "weight of starvation", default: 1, min: 0, max: 2 },
  beta: { kind: "number", summary: "weight of the energy preference", default: 1, min: 0, max: 2 },
} satisfies ParameterDeclarations;

const urgencyParameters = {
  epsilonMs: {
    kind: "number",
    summary: "least slack that urgency divides by; late jobs count as having this much",
    // Adaptation: the source gives no value. This is the resolution of time, so it affects only jobs without slack.
    default: 0.000001,
    min: 0.000001,
  },
  urgencyCap: {
    kind: "text",
    summary: "highest urgency, a number above 0, or none (SDRM3 in the Dysta artifact caps at 1)",
    default: "none",
  },
} satisfies ParameterDeclarations;

export const mapScoreParameters = { ...weightParameters, ...urgencyParameters };

export type MapScoreValues = ValuesOf<typeof mapScoreParameters>;

export class MapScore {
  alpha: number;
  beta: number;
  /** The pair of highest score, set by `choose`; ties go to the first job in order, then the first accelerator. */
  job: ReadyJob | undefined;
  accelerator: AcceleratorView | undefined;
  readonly #preferences: LayerPreferences;
  readonly #epsilonNs: number;
  readonly #urgencyCap: number;

  constructor(platform: Platform, parameters: MapScoreValues) {
    this.alpha = parameters.alpha;
    this.beta = parameters.beta;
    this.#preferences = new LayerPreferences(platform);
    this.#epsilonNs = epsilonNsOf(parameters);
    this.#urgencyCap = urgencyCapOf(parameters);
  }

  /** Finds the best pair, except for one job. Finds no job if no idle accelerator can run any. */
  choose(view: View, except: ReadyJob | undefined): void {
    const { readyJobs, idleAccelerators } = view;
    if (readyJobs.length === 1 && idleAccelerators.length === 1 && except === undefined) {
      // The most frequent case needs no score.
      this.accelerator = idleAccelerators[0];
      this.job = readyJobs.first.latencyNs(this.accelerator) < Infinity ? readyJobs.first : undefined;
      return;
    }
    const { nowNs } = view;
    const { alpha, beta } = this;
    const epsilonNs = this.#epsilonNs;
    const urgencyCap = this.#urgencyCap;
    const preferences = this.#preferences;
    const { latency, energy, energyPj } = preferences;
    let best = -Infinity;
    let bestJob: ReadyJob | undefined;
    let bestAccelerator: AcceleratorView | undefined;
    for (let i = 0; i < readyJobs.length; i++) {
      const job = readyJobs.at(i);
      if (job === except) continue;
      const layer = preferences.of(job);
      const urgency = urgencyOf(toGo(job), slack(job, nowNs), epsilonNs, urgencyCap);
      const starvation = starvationOf(job, nowNs);
      for (let idle = 0; idle < idleAccelerators.length; idle++) {
        const accelerator = idleAccelerators[idle]!;
        const at = layer + accelerator.index;
        if (latency[at] === 0) continue;
        const energyPreference = energyPreferenceOf(energy[at]!, job.switchPj(accelerator), energyPj[at]!);
        const score = scoreOf(urgency, latency[at]!, alpha, starvation, beta, energyPreference);
        if (score > best) {
          best = score;
          bestJob = job;
          bestAccelerator = accelerator;
        }
      }
    }
    this.job = bestJob;
    this.accelerator = bestAccelerator;
  }

  /** Explains the choice that `choose` has just made from this view. */
  reason(view: View, except: ReadyJob | undefined): Reason {
    const isChoice = ({ job, accelerator }: Candidate) => job === this.job && accelerator === this.accelerator;
    const pairs = [...view.readyJobs].filter((job) => job !== except).flatMap((job) => this.#pairs(job, view));
    const candidates = [...pairs.filter(isChoice), ...pairs.filter((pair) => !isChoice(pair))];
    return { rule: `highest MapScore at alpha ${this.alpha}, beta ${this.beta}`, best: "most", candidates };
  }

  #pairs(job: ReadyJob, { nowNs, idleAccelerators }: View): Candidate[] {
    const { alpha, beta } = this;
    const { latency, energy, energyPj } = this.#preferences;
    const layer = this.#preferences.of(job);
    const urgency = urgencyOf(toGo(job), slack(job, nowNs), this.#epsilonNs, this.#urgencyCap);
    const starvation = starvationOf(job, nowNs);
    return idleAccelerators.flatMap((accelerator) => {
      const at = layer + accelerator.index;
      const latencyPreference = latency[at]!;
      if (latencyPreference === 0) return [];
      const energyPreference = energyPreferenceOf(energy[at]!, job.switchPj(accelerator), energyPj[at]!);
      const score = scoreOf(urgency, latencyPreference, alpha, starvation, beta, energyPreference);
      return [{ job, accelerator, score, terms: { urgency, latencyPreference, starvation, energyPreference } }];
    });
  }
}

const scoreOf = (
  urgency: number,
  latencyPreference: number,
  alpha: number,
  starvation: number,
  beta: number,
  energyPreference: number,
): number => urgency * latencyPreference + alpha * starvation + beta * energyPreference;

/** All that is left of the job, each layer at its mean over accelerators, ns. */
export const toGo = (job: ReadyJob): number => job.meanRemainingNs;

/** Time to the deadline, ns; negative past it, Infinity without one. */
export const slack = (job: ReadyJob, nowNs: number): number => job.deadlineNs - nowNs;

/** The share of its slack that a job needs; from 0 to the cap. */
const urgencyOf = (toGoNs: number, slackNs: number, epsilonNs: number, cap: number): number =>
  Math.min(toGoNs / Math.max(slackNs, epsilonNs), cap);

/** Time since the job last ran (or was released), in next layers. */
export const starvationOf = (job: ReadyJob, nowNs: number): number =>
  (nowNs - job.lastRanNs) / Math.max(job.meanLatencyNs, 1);

/** How cheap the layer is on an accelerator, less the energy of bringing activations and weights there, in layer energies. */
const energyPreferenceOf = (preference: number, switchPj: number, layerPj: number): number =>
  preference - (switchPj === 0 ? 0 : switchPj / layerPj);

export const epsilonNsOf = ({ epsilonMs }: Pick<MapScoreValues, "epsilonMs">): number => epsilonMs * 1e6;

/** Throws RangeError for anything but a number above 0 or none. */
function urgencyCapOf({ urgencyCap }: MapScoreValues): number {
  if (urgencyCap === "none") return Infinity;
  const cap = Number(urgencyCap);
  if (Number.isFinite(cap) && cap > 0) return cap;
  throw new RangeError(`urgencyCap must be a number above 0 or none, got "${urgencyCap}"`);
}
