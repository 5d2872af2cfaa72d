/**
 * Plans by rollouts: first the configuration under which the situation costs least, then, in a few passes, the job whose
 * boost or giving up saves most, and the variants of supernets under load. Source: rollout as in Bertsekas, with a horizon that recedes.
 */
import type { Platform, ReadyJob, RunningView, TaskView } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import type { Memory } from "./memory.ts";
import type { Predictor } from "./predictor.ts";
import type { Rollout } from "./rollout.ts";
import { MODES, type Mode, standing } from "./rules.ts";
import type { Situation } from "./situation.ts";
import { Trials } from "./trials.ts";

/** How far plans look: at least so far, and to the last deadline of a waiting job up to the most. */
export interface Horizon {
  readonly nearNs: number;
  /** Instead of near, if the near plan misses something; 0: no second plan. */
  readonly farNs: number;
  readonly mostNs: number;
}

export interface PlanLimits {
  readonly horizon: Horizon;
  readonly passes: number;
  /** Looks of the rollouts of a plan. */
  readonly budget: number;
  readonly movesJobs: boolean;
  readonly movesVariants: boolean;
}

/** What changes between two rollouts: the mode of a live job, by its index in the situation. */
interface Move {
  readonly job: number;
  readonly mode: Mode;
}

export class Planner {
  /** What the dispatcher follows until the next plan. */
  configuration: Configuration;
  readonly #configurations: readonly Configuration[];
  /** Tasks with variants. */
  readonly #supernets: readonly TaskView[];
  readonly #situation: Situation;
  readonly #trials: Trials;
  readonly #memory: Memory;
  readonly #predictor: Predictor | undefined;
  readonly #limits: PlanLimits;
  /** Whether the last plan missed something, or a live job was late. */
  #isTroubled = false;

  /** Without a predictor, only live jobs are known. */
  constructor(
    platform: Platform,
    configurations: readonly [Configuration, ...Configuration[]],
    parts: { situation: Situation; rollout: Rollout; memory: Memory; predictor: Predictor | undefined },
    limits: PlanLimits,
  ) {
    this.#configurations = configurations;
    this.configuration = configurations[0];
    this.#supernets = limits.movesVariants ? platform.tasks.filter(({ variantNames }) => variantNames.length > 1) : [];
    this.#situation = parts.situation;
    this.#memory = parts.memory;
    this.#trials = new Trials(parts.rollout, limits.budget);
    this.#predictor = parts.predictor;
    this.#limits = limits;
  }

  /** Expected cost of the last plan. */
  get cost(): number {
    return this.#trials.leastCost;
  }

  plan(view: RunningView, waiting: readonly ReadyJob[]): void {
    const { nearNs, farNs } = this.#limits.horizon;
    this.#trials.beginPlan();
    this.#planUpTo(nearNs, view, waiting);
    this.#isTroubled = this.#hasMisses() || this.#hasLate();
    if (this.#hasMisses() && farNs > nearNs && this.#trials.hasBudget()) this.#planUpTo(farNs, view, waiting);
    for (let pass = 0; pass < this.#limits.passes && (this.#hasMisses() || this.#isClose()); pass++) {
      const move = this.#bestMove();
      if (move === undefined) break;
      this.#make(move);
    }
    for (const supernet of this.#supernets) this.#chooseVariant(supernet);
  }

  /** While the original misses nothing, jobs run it: accuracy is no currency to save energy with. */
  #chooseVariant({ index, variantNames }: TaskView): void {
    const last = this.#memory.variant[index]!;
    if (!this.#isTroubled && (last === 0 || this.#canRunOriginal(index))) return;
    let best = last;
    for (let variant = 0; variant < variantNames.length; variant++) {
      if (variant === last) continue;
      this.#useVariant(index, variant);
      if (this.#trials.isCheaper(this.configuration)) best = variant;
    }
    this.#useVariant(index, best);
  }

  /** Whether nothing is missed with the original of a supernet, which its jobs then run. */
  #canRunOriginal(taskIndex: number): boolean {
    this.#useVariant(taskIndex, 0);
    return this.#trials.missesNothing(this.configuration);
  }

  #useVariant(taskIndex: number, variantIndex: number): void {
    this.#memory.variant[taskIndex] = variantIndex;
    this.#situation.useVariant(taskIndex, variantIndex);
  }

  /** Chooses the configuration for what is known up to a horizon. */
  #planUpTo(leastNs: number, view: RunningView, waiting: readonly ReadyJob[]): void {
    this.#situation.load(view, waiting, { leastNs, mostNs: this.#limits.horizon.mostNs });
    this.#predictor?.predict(this.#situation);
    this.#trials.forget();
    this.#chooseConfiguration();
  }

  /** The last plan's configuration is tried first: with its cost as the limit, the others can stop early. */
  #chooseConfiguration(): void {
    const last = this.configuration;
    this.#trials.isCheaper(last);
    for (const configuration of this.#configurations) {
      if (configuration !== last && this.#trials.isCheaper(configuration)) this.configuration = configuration;
    }
  }

  /** Whether something is expected to end close to its deadline: any surprise would make it miss. */
  #isClose(): boolean {
    return this.#trials.softCost > 0;
  }

  /** Whether something is missed, or a mode set before may have become needless. */
  #hasMisses(): boolean {
    if (this.#trials.missedValue > 0) return true;
    for (let i = 0; i < this.#situation.live; i++) if (this.#situation.mode[i] !== standing.normal) return true;
    return false;
  }

  /** Whether a live job has been missed already. */
  #hasLate(): boolean {
    const { live, isLate } = this.#situation;
    for (let i = 0; i < live; i++) if (isLate[i] !== 0) return true;
    return false;
  }

  /** The move that saves most; undefined: none saves anything. */
  #bestMove(): Move | undefined {
    if (!this.#limits.movesJobs) return undefined;
    const { live, isLate } = this.#situation;
    let best: Move | undefined;
    for (let job = 0; job < live; job++) {
      if (isLate[job] !== 0) continue;
      for (const mode of MODES) if (this.#saves({ job, mode })) best = { job, mode };
    }
    return best;
  }

  #saves({ job, mode }: Move): boolean {
    const modes = this.#situation.mode;
    const before = modes[job]!;
    if (before === mode) return false;
    modes[job] = mode;
    const saves = this.#trials.isCheaper(this.configuration);
    modes[job] = before;
    return saves;
  }

  #make({ job, mode }: Move): void {
    this.#situation.mode[job] = mode;
    this.#memory.mode[this.#situation.slot[job]!] = mode;
  }
}
