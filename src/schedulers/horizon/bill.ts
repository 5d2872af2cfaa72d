// Hot: tens of rollouts per plan, hundreds of jobs each.
/** What a rollout costs: misses, energy, and jobs that end close to their deadlines. docs/horizon.md has the formula. */
import type { Platform, TaskView } from "../../core/scheduler.ts";
import type { LengthSpread } from "./length-spread.ts";
import type { Play } from "./play.ts";
import { standing } from "./rules.ts";
import { type Situation, state } from "./situation.ts";
import type { TaskFacts } from "./task-facts.ts";
import type { Work } from "./work-table.ts";

/** What a rollout is charged, relative to the worst-case energy of the jobs; all are at least 0. */
export interface Charges {
  readonly missCost: number;
  /** Share of a miss that a job costs which ends at its deadline. */
  readonly soft: number;
  /** Share of a task's deadline over which that cost rises from 0. */
  readonly margin: number;
}

export interface BillSetting {
  /** Whether late jobs may run on in spare time; else they are dropped. */
  readonly finishesLateJobs: boolean;
  readonly charges: Charges;
}

export class Bill {
  cost = 0;
  /** Value of the jobs that are missed. */
  missedValue = 0;
  /** Charged for jobs that end close to their deadlines. */
  softCost = 0;
  readonly #situation: Situation;
  readonly #play: Play;
  readonly #tasks: readonly TaskView[];
  readonly #work: Work;
  readonly #facts: TaskFacts;
  readonly #lengths: LengthSpread;
  readonly #setting: BillSetting;

  constructor(
    { tasks }: Platform,
    parts: {
      readonly situation: Situation;
      readonly work: Work;
      readonly facts: TaskFacts;
      readonly lengths: LengthSpread;
    },
    play: Play,
    setting: BillSetting,
  ) {
    this.#situation = parts.situation;
    this.#play = play;
    this.#tasks = tasks;
    this.#work = parts.work;
    this.#facts = parts.facts;
    this.#lengths = parts.lengths;
    this.#setting = setting;
  }

  begin(): void {
    this.cost = 0;
    this.missedValue = 0;
    this.softCost = 0;
  }

  /** A job misses its deadline, and with it the children of its frame miss theirs, also beyond the horizon. */
  missed(i: number): void {
    this.#chargeMiss(this.#situation.value[i]!, 0);
    const { children } = this.#tasks[this.#situation.task[i]!]!;
    const droppedEnergy = this.#setting.finishesLateJobs ? 0 : 1;
    for (let k = 0; k < children.length; k++) {
      this.#chargeMiss(this.#play.childValue(this.#tasks[children[k]!]!, i), droppedEnergy);
    }
  }

  /** A dropped job is charged its worst-case energy. */
  dropped(i: number): void {
    if (this.#situation.dueNs[i]! <= this.#play.endNs) this.cost += this.#situation.value[i]!;
  }

  /** A job ends now, in time or not. */
  completed(i: number): void {
    const { dueNs, value, task } = this.#situation;
    const { standing: standings, spentPj, endNs } = this.#play;
    if (standings[i] !== standing.late) this.#judge(i);
    if (dueNs[i]! > endNs) return;
    this.cost += (value[i]! * spentPj[i]!) / this.#facts.worstPj[task[i]!]!;
    if (standings[i] === standing.late) return;
    const softCost = value[i]! * this.#softCost(i);
    this.cost += softCost;
    this.softCost += softCost;
  }

  /**
   * At the horizon, what is due and not done is missed, and charged the energy that is left to spend. A released job that
   * is due later is missed, too, if it cannot be in time any more.
   */
  close(): void {
    const { dueNs } = this.#situation;
    const { length, state: states, standing: standings, endNs } = this.#play;
    for (let i = 0; i < length; i++) {
      const now = states[i]!;
      if (now > state.expected) continue;
      const isDue = dueNs[i]! <= endNs;
      if (isDue) this.#chargeRest(i);
      if (standings[i] === standing.late) continue;
      if (isDue || (now !== state.expected && this.#isLostAtEnd(i))) this.missed(i);
    }
  }

  #chargeMiss(value: number, energyShare: number): void {
    this.cost += value * (this.#setting.charges.missCost + energyShare);
    this.missedValue += value;
  }

  /** A job whose length is not known well ends late with a probability that rises around its deadline. */
  #judge(i: number): void {
    const { dueNs, leftNs, task, value } = this.#situation;
    const spreadNs = this.#lengths.spread[task[i]!]! * leftNs[i]!;
    const latenessNs = this.#play.nowNs - dueNs[i]!;
    const probability = latenessNs > spreadNs ? 1 : spreadNs > 0 ? (latenessNs + spreadNs) / (2 * spreadNs) : 0;
    if (probability === 1) {
      this.missed(i);
      this.#play.standing[i] = standing.late;
    } else if (probability > 0) this.#chargeMiss(probability * value[i]!, 0);
  }

  /** Rises from 0 at the margin before the deadline to a share of a miss at the deadline. */
  #softCost(i: number): number {
    const { charges } = this.#setting;
    const marginNs = charges.margin * this.#tasks[this.#situation.task[i]!]!.deadlineNs + this.#excessNs(i);
    const intoMarginNs = this.#play.nowNs - this.#situation.dueNs[i]! + marginNs;
    return intoMarginNs > 0 ? (charges.missCost * charges.soft * intoMarginNs) / marginNs : 0;
  }

  /** By how much a job takes longer than expected if it runs all its layers. */
  #excessNs(i: number): number {
    const { factor, scale, firstRow } = this.#situation;
    return Math.max(0, scale[i]! - factor[i]!) * this.#work.blocks.leftNs[firstRow[i]!]!;
  }

  #chargeRest(i: number): void {
    const { value, task, firstRow } = this.#situation;
    const { leftNs } = this.#work.blocks;
    const spent = this.#play.spentPj[i]! / this.#facts.worstPj[task[i]!]!;
    const left = leftNs[this.#play.row[i]!]! / leftNs[firstRow[i]!]!; // NaN: nothing can run it
    this.cost += value[i]! * Math.min(1, spent + (left <= 1 ? left : 1));
  }

  /** Whether a job that waits or runs at the horizon cannot be in time, each row at its least. */
  #isLostAtEnd(i: number): boolean {
    const { dueNs, factor, task } = this.#situation;
    const { leftNs, leastNs } = this.#work.blocks;
    const { row: rows, state: states, busyUntilNs, place, endNs } = this.#play;
    const row = rows[i]!;
    const isRunning = states[i] === state.running;
    const fromNs = isRunning ? busyUntilNs[place[i]!]! : endNs;
    const remainingNs = isRunning ? leftNs[row]! - leastNs[row]! : leftNs[row]!;
    return remainingNs * factor[i]! * this.#lengths.leastShare[task[i]!]! > dueNs[i]! - fromNs;
  }
}
