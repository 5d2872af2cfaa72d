// Hot: runs for every pair of a ready job and an idle accelerator, at every decision.
/** Finds the pair of a ready job and an idle accelerator that MapScore (map-score-terms.ts) rates highest. */
import type { AcceleratorView, Candidate, IdleView, Platform, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import { arrivedBefore } from "../selection.ts";
import { LayerPreferences } from "./layer-preferences.ts";
import {
  energyPreferenceOf,
  epsilonNsOf,
  inLayers,
  type MapScoreValues,
  scoreOf,
  slack,
  starvationOf,
  toGo,
  urgencyCapOf,
  urgencyOf,
} from "./map-score-terms.ts";
import type { WaitingGroup } from "./waiting-jobs.ts";

export class MapScore {
  alpha: number;
  beta: number;
  /** The pair of highest score, set by `choose`; ties go to the first job in order, then the first accelerator. */
  job: ReadyJob | undefined;
  accelerator: AcceleratorView | undefined;
  #best = -Infinity;
  /** In a search of groups: no job scores more outside of the likeliest group. */
  #boundOfOthers = -Infinity;
  readonly #preferences: LayerPreferences;
  readonly #accelerators: number;
  readonly #epsilonNs: number;
  readonly #urgencyCap: number;

  constructor(platform: Platform, parameters: MapScoreValues) {
    this.alpha = parameters.alpha;
    this.beta = parameters.beta;
    this.#accelerators = platform.accelerators.length;
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
        const energyPreference = energyPreferenceOf(energy[at]!, job, accelerator, energyPj[at]!);
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
    const { nowNs, idleAccelerators } = view;
    const likeliest = this.#likeliest(groups, nowNs, idleAccelerators);
    this.#search(groups[likeliest]!, nowNs, idleAccelerators, except);
    if (this.#boundOfOthers < this.#best) return;
    for (let i = 0; i < groups.length; i++) {
      if (i === likeliest || this.#boundOf(groups[i]!, nowNs, idleAccelerators) < this.#best) continue;
      this.#search(groups[i]!, nowNs, idleAccelerators, except);
    }
  }

  /** Index of the group whose scores are bounded highest. */
  #likeliest(groups: readonly WaitingGroup[], nowNs: number, idleAccelerators: readonly AcceleratorView[]): number {
    let likeliest = 0;
    let most = -Infinity;
    let others = -Infinity;
    for (let i = 0; i < groups.length; i++) {
      const bound = this.#boundOf(groups[i]!, nowNs, idleAccelerators);
      if (bound > most) {
        others = most;
        most = bound;
        likeliest = i;
      } else if (bound > others) others = bound;
    }
    this.#boundOfOthers = others;
    return likeliest;
  }

  /** No job of a group scores more on an idle accelerator. */
  #boundOf(group: WaitingGroup, nowNs: number, idleAccelerators: readonly AcceleratorView[]): number {
    const { bound } = group;
    if (nowNs > bound.untilNs) this.#beginBound(group, nowNs);
    let most = -Infinity;
    for (let idle = 0; idle < idleAccelerators.length; idle++) {
      const score = bound.at(idleAccelerators[idle]!.index, nowNs);
      if (score > most) most = score;
    }
    return most;
  }

  #beginBound(group: WaitingGroup, nowNs: number): void {
    const { bound, byDeadline, byLastRan, toGoNs, meanLatencyNs } = group;
    const { latency, energy } = this.#preferences;
    const layer = this.#layerOf(group);
    const slackNs = bound.begin(nowNs, byDeadline.keyAt(0), inLayers(this.alpha, meanLatencyNs));
    const urgency = urgencyOf(toGoNs, slackNs, this.#epsilonNs, this.#urgencyCap);
    const starvation = inLayers(nowNs - byLastRan.keyAt(0), meanLatencyNs);
    for (let a = 0; a < this.#accelerators; a++) {
      const at = layer + a;
      // A context switch only lowers a score.
      const most = scoreOf(urgency, latency[at]!, this.alpha, starvation, this.beta, energy[at]!);
      bound.set(a, latency[at] === 0 ? -Infinity : most);
    }
  }

  #begin(): void {
    this.#best = -Infinity;
    this.job = undefined;
    this.accelerator = undefined;
  }

  #search(
    group: WaitingGroup,
    nowNs: number,
    idleAccelerators: readonly AcceleratorView[],
    except: ReadyJob | undefined,
  ): void {
    const { byLastRan, byDeadline, inReadyOrder } = group;
    const layer = this.#layerOf(group);
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

  /** Where the preferences of a group begin. */
  #layerOf(group: WaitingGroup): number {
    group.layer ??= this.#preferences.of(group.inReadyOrder.at(0));
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
      const energyPreference = energyPreferenceOf(energy[at]!, job, accelerator, energyPj[at]!);
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
      const energyPreference = energyPreferenceOf(energy[at]!, job, accelerator, energyPj[at]!);
      const score = scoreOf(urgency, latencyPreference, alpha, starvation, beta, energyPreference);
      return [{ job, accelerator, score, terms: { urgency, latencyPreference, starvation, energyPreference } }];
    });
  }
}
