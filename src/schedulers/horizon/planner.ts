/**
 * Plans by rollouts: first the configuration under which the situation costs least, then, in a few passes, the job or
 * the task whose boost or giving up saves most, and the variants of supernets under load. Source: rollout as in Bertsekas, with a horizon that recedes.
 */
import type { Platform, ReadyJob, RunningView, TaskView } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import type { Memory } from "./memory.ts";
import type { Predictor } from "./predictor.ts";
import type { Rollout } from "./rollout.ts";
import { type Mode, standing } from "./rules.ts";
import type { Situation } from "./situation.ts";

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
  readonly movesTasks: boolean;
  readonly movesVariants: boolean;
}

/** What changes between two rollouts: the mode of a live job, or of all jobs of a root task. */
interface Move {
  readonly kind: "job" | "root";
  /** Index of the job in the situation, or of the task. */
  readonly index: number;
  readonly mode: Mode;
}

const MODES: readonly Mode[] = [standing.boosted, standing.normal, standing.givenUp];

/** A rollout has to be cheaper by this to count as such: sums of the same costs in another order are not. */
const LEAST_GAIN = 1e-9;

export class Planner {
  /** What the dispatcher follows until the next plan. */
  configuration: Configuration;
  readonly #configurations: readonly Configuration[];
  readonly #roots: readonly number[];
  /** Tasks with variants. */
  readonly #supernets: readonly TaskView[];
  readonly #situation: Situation;
  readonly #rollout: Rollout;
  readonly #memory: Memory;
  readonly #predictor: Predictor | undefined;
  readonly #limits: PlanLimits;
  /** Looks at which the plan stops trying. */
  #lastLook = 0;
  #leastCost = Infinity;
  /** Value of the jobs that the best rollout misses. */
  #missedValue = 0;

  /** Without a predictor, only live jobs are known. */
  constructor(
    { tasks }: Platform,
    configurations: readonly [Configuration, ...Configuration[]],
    parts: { situation: Situation; rollout: Rollout; memory: Memory; predictor: Predictor | undefined },
    limits: PlanLimits,
  ) {
    this.#configurations = configurations;
    this.configuration = configurations[0];
    this.#roots = tasks.filter(({ parents }) => parents.length === 0).map(({ index }) => index);
    this.#supernets = limits.movesVariants ? tasks.filter(({ variantNames }) => variantNames.length > 1) : [];
    this.#situation = parts.situation;
    this.#rollout = parts.rollout;
    this.#memory = parts.memory;
    this.#predictor = parts.predictor;
    this.#limits = limits;
  }

  /** Expected cost of the last plan. */
  get cost(): number {
    return this.#leastCost;
  }

  plan(view: RunningView, waiting: readonly ReadyJob[]): void {
    const { nearNs, farNs } = this.#limits.horizon;
    this.#lastLook = this.#rollout.looks + this.#limits.budget;
    this.#planUpTo(nearNs, view, waiting);
    const isTroubled = this.#hasMisses() || this.#hasLate();
    if (this.#hasMisses() && farNs > nearNs && this.#hasBudget()) this.#planUpTo(farNs, view, waiting);
    for (let pass = 0; pass < this.#limits.passes && this.#hasMisses(); pass++) {
      const move = this.#bestMove();
      if (move === undefined) break;
      this.#make(move);
    }
    for (const supernet of this.#supernets) this.#chooseVariant(supernet, isTroubled);
  }

  /** While the original misses nothing, jobs run it: accuracy is no currency to save energy with. */
  #chooseVariant({ index, variantNames }: TaskView, isTroubled: boolean): void {
    const last = this.#memory.variant[index]!;
    if (!isTroubled && (last === 0 || this.#missesNothing(index))) return;
    let best = last;
    for (let variant = 0; variant < variantNames.length; variant++) {
      if (variant === last) continue;
      this.#useVariant(index, variant);
      if (this.#isCheaper(this.configuration)) best = variant;
    }
    this.#useVariant(index, best);
  }

  /** Whether nothing is missed with the original of a supernet, which its jobs then run. */
  #missesNothing(taskIndex: number): boolean {
    if (!this.#hasBudget()) return false;
    this.#useVariant(taskIndex, 0);
    const cost = this.#rollout.cost(this.configuration, Infinity);
    if (this.#rollout.missedValue > 0) return false;
    this.#leastCost = cost;
    return true;
  }

  #useVariant(taskIndex: number, variantIndex: number): void {
    this.#memory.variant[taskIndex] = variantIndex;
    this.#situation.useVariant(taskIndex, variantIndex);
  }

  /** Chooses the configuration for what is known up to a horizon. */
  #planUpTo(leastNs: number, view: RunningView, waiting: readonly ReadyJob[]): void {
    this.#situation.load(view, waiting, { leastNs, mostNs: this.#limits.horizon.mostNs });
    this.#predictor?.predict(this.#situation);
    this.#leastCost = Infinity;
    this.#missedValue = 0;
    this.#chooseConfiguration();
  }

  /** The last plan's configuration is tried first: with its cost as the limit, the others can stop early. */
  #chooseConfiguration(): void {
    const last = this.configuration;
    this.#isCheaper(last);
    for (const configuration of this.#configurations) {
      if (configuration !== last && this.#isCheaper(configuration)) this.configuration = configuration;
    }
  }

  /** Runs a rollout and notes it if it is cheaper than all before. */
  #isCheaper(configuration: Configuration): boolean {
    if (!this.#hasBudget()) return false;
    const cost = this.#rollout.cost(configuration, this.#leastCost);
    if (!(cost < this.#leastCost - LEAST_GAIN)) return false;
    this.#leastCost = cost;
    this.#missedValue = this.#rollout.missedValue;
    return true;
  }

  #hasBudget(): boolean {
    return this.#rollout.looks < this.#lastLook;
  }

  /** Moves are worth a rollout only if something is missed, or a mode set before may have become needless. */
  #hasMisses(): boolean {
    if (this.#missedValue > 0) return true;
    for (let i = 0; i < this.#situation.live; i++) if (this.#situation.mode[i] !== standing.normal) return true;
    return this.#roots.some((root) => this.#memory.rootMode[root] !== standing.normal);
  }

  /** Whether a live job has been missed already. */
  #hasLate(): boolean {
    const { live, isLate } = this.#situation;
    for (let i = 0; i < live; i++) if (isLate[i] !== 0) return true;
    return false;
  }

  /** The move that saves most; undefined: none saves anything. */
  #bestMove(): Move | undefined {
    const { live, isLate } = this.#situation;
    let best: Move | undefined;
    const tryMoves = (kind: Move["kind"], index: number) => {
      for (const mode of MODES) if (this.#saves({ kind, index, mode })) best = { kind, index, mode };
    };
    if (this.#limits.movesJobs) for (let i = 0; i < live; i++) if (isLate[i] === 0) tryMoves("job", i);
    if (this.#limits.movesTasks) for (const root of this.#roots) tryMoves("root", root);
    return best;
  }

  #saves(move: Move): boolean {
    const modes = this.#modesOf(move);
    const before = modes[move.index] as Mode;
    if (before === move.mode) return false;
    modes[move.index] = move.mode;
    const saves = this.#isCheaper(this.configuration);
    modes[move.index] = before;
    return saves;
  }

  #make(move: Move): void {
    this.#modesOf(move)[move.index] = move.mode;
    if (move.kind === "job") this.#memory.mode[this.#situation.slot[move.index]!] = move.mode;
  }

  #modesOf({ kind }: Move): Int32Array | Int8Array {
    return kind === "job" ? this.#situation.mode : this.#memory.rootMode;
  }
}
