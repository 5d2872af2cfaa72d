// Hot: at each event, over all jobs in the queue. Arrays are reused from event to event.
/**
 * How the released Planaria scheduler divides its subarrays. Source: github.com/he-actlab/planaria.code, `scheduler/`
 * (docs/references.md#planaria-released-allocation). The order of operations is the same: results are equal to the bit.
 * Adaptation: the remainder that it gives to a random task of maximal priority goes to the first of them in the queue.
 * Adaptation: 0 / 0 counts as no share, where it divides by zero (item 3 of docs/references.md#planaria-departures).
 * Adaptation: where nobody has a need and rounding would leave every unit idle, the most urgent task gets one.
 */

export type Regime = "fit" | "notfit";

/** Times are of one unit, any. */
export interface Claim {
  readonly priority: number;
  /** Deadline - now. */
  readonly slack: number;
  /** Fewest units with remaining time <= slack; 0: there is none. */
  readonly need: number;
  /** Remaining time on `need` units, or on all of them where there is no need. */
  readonly remaining: number;
}

export class ReleasedAllocation {
  /** Units of each claim, in the order of adding. */
  readonly units: number[] = [];
  readonly #total: number;
  readonly #priority: number[] = [];
  readonly #need: number[] = [];
  readonly #score: number[] = [];
  readonly #order: number[] = [];
  readonly #slack: number[] = [];
  readonly #remaining: number[] = [];
  #unitsNeeded = 0;
  #withNeed = 0;

  constructor(units: number) {
    this.#total = units;
  }

  clear(): void {
    this.units.length = 0;
    this.#order.length = 0;
    this.#unitsNeeded = 0;
    this.#withNeed = 0;
  }

  /** In queue order: that of arrival. */
  add({ priority, slack, need, remaining }: Claim): void {
    const i = this.units.length;
    this.units.push(0);
    this.#order.push(i);
    this.#priority[i] = priority;
    this.#slack[i] = slack;
    this.#need[i] = need;
    this.#remaining[i] = remaining;
    this.#unitsNeeded += need;
    if (need > 0) this.#withNeed += 1;
  }

  /** Divides the units among the claims. */
  divide(): Regime {
    const isFit = this.#withNeed === this.units.length && this.#unitsNeeded <= this.#total;
    if (isFit) this.#divideFit();
    else {
      for (let i = 0; i < this.units.length; i++) this.#score[i] = this.#pressure(i);
      if (this.#withNeed > 0) this.#divideByNeed();
      else this.#divideByUrgency();
    }
    return isFit ? "fit" : "notfit";
  }

  #divideFit(): void {
    for (let i = 0; i < this.units.length; i++) {
      this.units[i] = this.#need[i]!;
      this.#score[i] = this.#remaining[i] === 0 ? 0 : this.#priority[i]! / this.#remaining[i]!;
    }
    let scores = 0;
    for (const i of this.#order) scores += this.#score[i]!;
    this.#addShares(scores, this.#total - this.#unitsNeeded);
    this.#fixUp();
  }

  #pressure(i: number): number {
    if (this.#need[i]! > 0) return this.#priority[i]! * (1 / this.#slack[i]!) * (1 / this.#need[i]!);
    return this.#remaining[i] === 0 ? -this.#priority[i]! : -this.#priority[i]! / this.#remaining[i]!;
  }

  /** Needs in decreasing score; what is left is shared among those that have one. */
  #divideByNeed(): void {
    this.#order.sort((a, b) => this.#score[b]! - this.#score[a]!);
    let left = this.#total;
    let scores = 0;
    for (const i of this.#order) {
      this.units[i] = Math.min(this.#need[i]!, left);
      left -= this.units[i]!;
      if (this.#score[i]! >= 0) scores += this.#score[i]!;
    }
    this.#addShares(scores, left);
    this.#fixUp();
  }

  /** Nobody can be saved: in proportion to the magnitude of the scores, which are all negative. */
  #divideByUrgency(): void {
    this.#order.sort((a, b) => this.#score[a]! - this.#score[b]!);
    let scores = 0;
    for (const i of this.#order) scores += this.#score[i]!;
    let left = this.#total;
    for (const i of this.#order) {
      this.units[i] = Math.min(share(this.#score[i]!, Math.abs(scores), this.#total), left);
      left -= this.units[i]!;
    }
    const mostUrgent = this.#order[0];
    if (left === this.#total && mostUrgent !== undefined) this.units[mostUrgent] = 1;
  }

  /** `spare` is not reduced along the way: rounding may give too many or too few. */
  #addShares(scores: number, spare: number): void {
    for (let i = 0; i < this.units.length; i++) {
      if (this.#score[i]! >= 0) this.units[i] = this.units[i]! + share(this.#score[i]!, scores, spare);
    }
  }

  #fixUp(): void {
    let given = 0;
    for (const units of this.units) given += units;
    if (given < this.#total) this.#giveToHighestPriority(this.#total - given);
    else if (given > this.#total) this.#takeFromLowPriorities(given - this.#total);
  }

  #giveToHighestPriority(left: number): void {
    let highest = -Infinity;
    let count = 0;
    for (let i = 0; i < this.units.length; i++) {
      if (this.#priority[i]! > highest) {
        highest = this.#priority[i]!;
        count = 0;
      }
      if (this.#priority[i] === highest) count += 1;
    }
    let remainder = left % count;
    for (let i = 0; i < this.units.length; i++) {
      if (this.#priority[i] !== highest) continue;
      this.units[i] = this.units[i]! + Math.floor(left / count) + remainder;
      remainder = 0;
    }
  }

  /** One pass is enough: rounding adds less than one unit a task, and only to tasks that have their need. */
  #takeFromLowPriorities(excess: number): void {
    for (let i = 0; i < this.units.length; i++) this.#order[i] = i;
    this.#order.sort((a, b) => this.#priority[a]! - this.#priority[b]!);
    let left = excess;
    for (const i of this.#order) {
      if (left === 0) return;
      if (this.#need[i] === 0 || this.units[i]! - 1 < this.#need[i]!) continue;
      this.units[i] = this.units[i]! - 1;
      left -= 1;
    }
  }
}

/** A proportional share in whole units. */
function share(score: number, scores: number, units: number): number {
  const exact = Math.abs(score / scores) * units;
  return exact > 0 ? roundHalfToEven(exact) : 0;
}

function roundHalfToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
