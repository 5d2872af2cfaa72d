// Hot: rates every pair of a waiting job and an accelerator, at every decision.
/** Decides which waiting job runs its next layer where, by the rules of rules.ts and the configuration of the plan. */
import type { AcceleratorView, Candidate, Platform, ReadyJob, Reason } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import type { LengthSpread } from "./length-spread.ts";
import { hasFreeVariant, type Memory } from "./memory.ts";
import { gainWithMove, hasRoom, isInTime, isThrifty, orderTerm, standing, standingTerm, staysFor } from "./rules.ts";
import type { Work } from "./work-table.ts";

export interface DispatcherSetting {
  readonly urgencyNs: number;
  /** Energy weight of late jobs. */
  readonly backgroundEnergyWeight: number;
  /** Whether plans may choose other variants of jobs than the original. */
  readonly choosesVariants: boolean;
}

export class Dispatcher {
  /** The pair of highest score, set by `choose`; ties go to the first job, where it stays, or to the first accelerator. */
  job: ReadyJob | undefined;
  accelerator: AcceleratorView | undefined;
  readonly #accelerators: readonly AcceleratorView[];
  readonly #work: Work;
  readonly #memory: Memory;
  readonly #lengths: LengthSpread;
  readonly #setting: DispatcherSetting;
  /** Where a reason wants them: all pairs that `choose` rates. */
  #candidates: Candidate[] | undefined;

  constructor(
    platform: Platform,
    { work, memory, lengths }: { readonly work: Work; readonly memory: Memory; readonly lengths: LengthSpread },
    setting: DispatcherSetting,
  ) {
    this.#accelerators = platform.accelerators;
    this.#lengths = lengths;
    this.#work = work;
    this.#memory = memory;
    this.#setting = setting;
  }

  /** Whether no accelerator, idle or not, can bring a waiting job to its end in time, in the variant that the plan has chosen. */
  isHopeless(job: ReadyJob, nowNs: number): boolean {
    const slackNs = job.deadlineNs - nowNs;
    const chosen = this.#memory.variantOf(job);
    if (hasFreeVariant(job) && chosen !== job.variantIndex) return !this.#isVariantInTime(job, chosen, slackNs);
    const restNs = this.#restNs(job);
    for (let a = 0; a < this.#accelerators.length; a++) {
      if (isInTime(this.#work.nextNs(job, this.#accelerators[a]!), restNs, slackNs)) return false;
    }
    return true;
  }

  /** Likewise, in any variant that the plan may choose. */
  isHopelessInAll(job: ReadyJob, nowNs: number): boolean {
    if (!this.#setting.choosesVariants || !hasFreeVariant(job)) return this.isHopeless(job, nowNs);
    const slackNs = job.deadlineNs - nowNs;
    return job.task.variantNames.every((_, v) => !this.#isVariantInTime(job, v, slackNs));
  }

  #isVariantInTime({ task, scale }: ReadyJob, variantIndex: number, slackNs: number): boolean {
    return this.#work.shortestNs(task.index, variantIndex, this.#lengths.leastShare[task.index]!) * scale <= slackNs;
  }

  /** Finds the best pair of one of the jobs and one of the free accelerators; none if all are refused. */
  choose(
    nowNs: number,
    jobs: readonly ReadyJob[],
    free: readonly AcceleratorView[],
    configuration: Configuration,
  ): void {
    const { latencyGain, energyGain, energyPj } = this.#work.layers;
    const { latencyWeight, energyWeight, order, room } = configuration;
    const { urgencyNs, backgroundEnergyWeight } = this.#setting;
    let best = -Infinity;
    this.job = undefined;
    this.accelerator = undefined;
    for (let i = 0; i < jobs.length; i++) {
      const job = jobs[i]!;
      const own = this.#memory.standingOf(job);
      const slackNs = job.deadlineNs - nowNs;
      const remainingNs = this.#work.remainingNs(job);
      const base = orderTerm(order, slackNs, remainingNs, urgencyNs) + standingTerm(own);
      if (base <= best && this.#candidates === undefined) continue; // Gains are at most 0.
      const first = this.#work.layerOf(job) * this.#accelerators.length;
      const isLate = own === standing.late;
      const restNs = this.#restNs(job);
      const weight = isLate ? backgroundEnergyWeight : energyWeight;
      const isPicky = hasRoom(own, remainingNs, slackNs, room);
      const bestGain = isPicky ? this.#bestGain(job, first, restNs, slackNs) : -Infinity;
      for (let k = 0; k < free.length; k++) {
        const accelerator = free[k]!;
        const at = first + accelerator.index;
        const workNs = this.#work.nextNs(job, accelerator);
        if (isLate ? !(workNs < Infinity) : !isInTime(workNs, restNs, slackNs)) continue;
        const stays = accelerator === job.lastAccelerator && staysFor(workNs, remainingNs);
        if (isPicky && !stays && !isThrifty(energyGain[at]!, bestGain)) continue;
        const latencyTerm = stays ? 0 : latencyWeight * latencyGain[at]!;
        const energyTerm = stays ? 0 : weight * gainWithMove(energyGain[at]!, job.switchPj(accelerator), energyPj[at]!);
        const score = base + latencyTerm + energyTerm;
        this.#candidates?.push(candidate(job, accelerator, score, base, latencyTerm, energyTerm));
        if (score > best || (stays && score === best && job === this.job)) {
          best = score;
          this.job = job;
          this.accelerator = accelerator;
        }
      }
    }
  }

  /** Explains a choice, made with the same arguments: rates all pairs again. */
  reason(...choice: Parameters<Dispatcher["choose"]>): Reason {
    const [, , , configuration] = choice;
    this.#candidates = [];
    this.choose(...choice);
    const { job, accelerator } = this;
    const isChoice = (each: Candidate) => each.job === job && each.accelerator === accelerator;
    const others = this.#candidates.filter((each) => !isChoice(each)).sort((a, b) => b.score! - a.score!);
    const candidates = [...this.#candidates.filter(isChoice), ...others];
    this.#candidates = undefined;
    return { rule: ruleOf(this.#memory.standingOf(job!), configuration), best: "most", candidates };
  }

  /** What follows the next layer, each layer at its fastest, if the job turns out short. */
  #restNs(job: ReadyJob): number {
    const restNs = this.#work.remainingNs(job) - this.#work.leastNs(job) * (1 - job.layerProgress);
    return restNs > 0 ? restNs * this.#lengths.leastShare[job.task.index]! : 0;
  }

  /** The best energy gain of all accelerators, busy ones too, on which the job is in time. */
  #bestGain(job: ReadyJob, first: number, restNs: number, slackNs: number): number {
    const { energyGain } = this.#work.layers;
    let best = -Infinity;
    for (let a = 0; a < this.#accelerators.length; a++) {
      const accelerator = this.#accelerators[a]!;
      if (energyGain[first + a]! <= best) continue;
      if (isInTime(this.#work.nextNs(job, accelerator), restNs, slackNs)) best = energyGain[first + a]!;
    }
    return best;
  }
}

const ORDER_WORDS = { edf: "earliest deadline", llf: "least slack", relative: "least slack for what is left" };

function ruleOf(of: number, { order }: Configuration): string {
  const words = ORDER_WORDS[order];
  if (of === standing.boosted) return `boosted by the plan: ${words}, before the other jobs`;
  if (of === standing.givenUp) return `given up by the plan: ${words}, after the other jobs`;
  if (of === standing.late) return "late: cheapest placement in spare time";
  return `${words} and cheap placement, of pairs still in time`;
}

function candidate(
  job: ReadyJob,
  accelerator: AcceleratorView,
  score: number,
  order: number,
  latency: number,
  energy: number,
): Candidate {
  return { job, accelerator, score, terms: { order, latency, energy } };
}
