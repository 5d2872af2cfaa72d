/** Rollouts of one plan, each against the cheapest before it, up to a bounded amount of work. */
import type { Configuration } from "./configuration.ts";
import type { Rollout } from "./rollout.ts";

/** A rollout has to be cheaper by this to count as such: sums of the same costs in another order are not. */
const LEAST_GAIN = 1e-9;

export class Trials {
  /** Cost of the cheapest rollout; Infinity: none yet. */
  leastCost = Infinity;
  /** Value of the jobs that it misses. */
  missedValue = 0;
  /** What it is charged for jobs that end close to their deadlines. */
  softCost = 0;
  readonly #rollout: Rollout;
  readonly #budget: number;
  /** Looks at which no more rollouts begin. */
  #lastLook = 0;

  /** `budget`: looks of the rollouts of a plan. */
  constructor(rollout: Rollout, budget: number) {
    this.#rollout = rollout;
    this.#budget = budget;
  }

  beginPlan(): void {
    this.#lastLook = this.#rollout.looks + this.#budget;
    this.forget();
  }

  /** The situation has changed: costs before it say nothing any more. */
  forget(): void {
    this.leastCost = Infinity;
    this.missedValue = 0;
    this.softCost = 0;
  }

  hasBudget(): boolean {
    return this.#rollout.looks < this.#lastLook;
  }

  /** Runs a rollout and notes it if it is cheaper than all before. */
  isCheaper(configuration: Configuration): boolean {
    if (!this.hasBudget()) return false;
    const cost = this.#rollout.cost(configuration, this.leastCost);
    if (!isLess(cost, this.leastCost)) return false;
    this.leastCost = cost;
    this.missedValue = this.#rollout.missedValue;
    this.softCost = this.#rollout.softCost;
    return true;
  }

  /** Runs a rollout to its end and notes it, whatever it costs, if it misses nothing. */
  missesNothing(configuration: Configuration): boolean {
    if (!this.hasBudget()) return false;
    const cost = this.#rollout.cost(configuration, Infinity);
    if (this.#rollout.missedValue > 0) return false;
    this.leastCost = cost;
    this.missedValue = 0;
    this.softCost = this.#rollout.softCost;
    return true;
  }
}

const isLess = (cost: number, other: number): boolean => cost < other - LEAST_GAIN;
