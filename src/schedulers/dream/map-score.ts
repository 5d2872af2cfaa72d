// Hot: runs for every pair of a ready job and an idle accelerator, at every decision.
/**
 * MapScore rates a pair of a job's next layer and an accelerator. Source: DREAM (ASPLOS 2023) / SDRM3.
 * docs/schedulers.md explains the terms.
 * Adaptation: sums and means over accelerators include only those that can run the layer. As divisors, latencies count
 * as at least 1 ns and energies as at least 1 pJ.
 * Adaptation: where the energy of a layer is not known on one of them, its energies count as equal on all and its context
 * switches as free: the energy term prefers none.
 */
import type { AcceleratorView, Candidate, IdleView, Platform, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import type { ParameterDeclarations, ValuesOf } from "../define-scheduler.ts";
import { arrivedBefore } from "../selection.ts";
import { LayerPreferences } from "./layer-preferences.ts";
import type { WaitingGroup } from "./waiting-jobs.ts";

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
  #best = -Infinity;
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

  /**
   * Finds the best pair, except for one job. Finds no job if no idle accelerator can run any. If the ready jobs are given
   * in groups, not each of them gets a score.
   */
  choose(view: View, groups: readonly WaitingGroup[] | undefined, except: ReadyJob | undefined): void {
    if (groups === undefined) this.#chooseFromAll(view, except);
    else this.#chooseFromGroups(groups, view, except);
  }

  /** The accelerator of highest score for one job; undefined if no idle one can run it. */
  place({ nowNs, idleAccelerators }: IdleView, job: ReadyJob): AcceleratorView | undefined {
    this.#begin();
    this.#try(job, this.#preferences.of(job), nowNs, idleAccelerators);
    return this.accelerator;
  }

  #chooseFromAll(view: View, except: ReadyJob | undefined): void {
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

  #chooseFromGroups(groups: readonly WaitingGroup[], view: View, except: ReadyJob | undefined): void {
    this.#begin();
    for (let i = 0; i < groups.length; i++) this.#search(groups[i]!, view, except);
  }

  #begin(): void {
    this.#best = -Infinity;
    this.job = undefined;
    this.accelerator = undefined;
  }

  #search(group: WaitingGroup, { nowNs, idleAccelerators }: View, except: ReadyJob | undefined): void {
    const { byLastRan, byDeadline, inReadyOrder } = group;
    const layer = group.layer ?? this.#layerOf(group, except);
    if (layer === undefined) return;
    for (let i = 0; i < group.length && this.#mayHaveBetter(group, i, layer, nowNs, idleAccelerators); i++) {
      const waitedMost = byLastRan.at(i);
      const dueFirst = byDeadline.at(i);
      const readyFirst = inReadyOrder.at(i);
      if (waitedMost !== except) this.#try(waitedMost, layer, nowNs, idleAccelerators);
      if (dueFirst !== waitedMost && dueFirst !== except) this.#try(dueFirst, layer, nowNs, idleAccelerators);
      const isNew = readyFirst !== waitedMost && readyFirst !== dueFirst;
      if (isNew && readyFirst !== except) this.#try(readyFirst, layer, nowNs, idleAccelerators);
    }
  }

  /** Where the preferences of a group begin: those of its first job. Undefined if it has none but the exception. */
  #layerOf(group: WaitingGroup, except: ReadyJob | undefined): number | undefined {
    const { inReadyOrder } = group;
    const first = inReadyOrder.at(0) === except ? inReadyOrder.at(1) : inReadyOrder.at(0);
    group.layer = first && this.#preferences.of(first);
    return group.layer;
  }

  /** Whether a job of a group that is none of the first `tried` in any order may be a better choice. */
  #mayHaveBetter(
    group: WaitingGroup,
    tried: number,
    layer: number,
    nowNs: number,
    idleAccelerators: readonly AcceleratorView[],
  ): boolean {
    const { latency, energy } = this.#preferences;
    const slackNs = group.byDeadline.keyAt(tried) - nowNs;
    const urgency = urgencyOf(group.toGoNs, slackNs, this.#epsilonNs, this.#urgencyCap);
    const starvation = inLayers(nowNs - group.byLastRan.keyAt(tried), group.meanLatencyNs);
    for (let idle = 0; idle < idleAccelerators.length; idle++) {
      const at = layer + idleAccelerators[idle]!.index;
      if (latency[at] === 0) continue;
      // A context switch only lowers a score.
      const most = scoreOf(urgency, latency[at]!, this.alpha, starvation, this.beta, energy[at]!);
      if (!this.#isWorse(most, group.inReadyOrder.at(tried))) return true;
    }
    return false;
  }

  /** Whether a score is below the best so far, or equals it and comes later. It is not worse if it is not a number. */
  #isWorse(score: number, job: ReadyJob): boolean {
    const best = this.#best;
    return score < best || (score === best && (this.job === undefined || !arrivedBefore(job, this.job)));
  }

  #try(job: ReadyJob, layer: number, nowNs: number, idleAccelerators: readonly AcceleratorView[]): void {
    const { latency, energy, energyPj } = this.#preferences;
    const urgency = urgencyOf(toGo(job), slack(job, nowNs), this.#epsilonNs, this.#urgencyCap);
    const starvation = starvationOf(job, nowNs);
    for (let idle = 0; idle < idleAccelerators.length; idle++) {
      const accelerator = idleAccelerators[idle]!;
      const at = layer + accelerator.index;
      if (latency[at] === 0) continue;
      const energyPreference = energyPreferenceOf(energy[at]!, job.switchPj(accelerator), energyPj[at]!);
      const score = scoreOf(urgency, latency[at]!, this.alpha, starvation, this.beta, energyPreference);
      if (Number.isNaN(score) || this.#isWorse(score, job)) continue;
      this.#best = score;
      this.job = job;
      this.accelerator = accelerator;
    }
  }

  /** Explains the choice that has just been made from this view. */
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
  inLayers(nowNs - job.lastRanNs, job.meanLatencyNs);

const inLayers = (timeNs: number, layerNs: number): number => timeNs / Math.max(layerNs, 1);

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
