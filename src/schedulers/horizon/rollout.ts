// Hot: tens of rollouts per plan, hundreds of steps each. Nothing is allocated; the arrays are those of the situation.
/**
 * Plays a situation forward to the horizon with the dispatcher's rules, and says what comes of it: misses, energy, and
 * jobs that end close to their deadlines. docs/horizon.md has the formula.
 */
import type { Platform, TaskView } from "../../core/scheduler.ts";
import type { Configuration } from "./configuration.ts";
import { gainWithMove, hasRoom, isInTime, isThrifty, orderTerm, standing, standingTerm } from "./rules.ts";
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

export interface RolloutSetting {
  readonly urgencyNs: number;
  /** Energy weight of late jobs. */
  readonly backgroundEnergyWeight: number;
  /** Whether one late job of a task may run on in spare time; else late jobs are dropped. */
  readonly finishesLateJobs: boolean;
  readonly charges: Charges;
}

export class Rollout {
  /** Value of the jobs that the last rollout missed. */
  missedValue = 0;
  readonly #situation: Situation;
  readonly #tasks: readonly TaskView[];
  readonly #work: Work;
  readonly #facts: TaskFacts;
  readonly #setting: RolloutSetting;
  readonly #canStop: readonly boolean[];
  // Of each job; the others do not change in a rollout, or are added by it.
  #state = new Int32Array(0);
  #standing = new Int32Array(0);
  #row = new Int32Array(0);
  #place = new Int32Array(0);
  #spentPj = new Float64Array(0);
  /** [task]: the late job that waits; -1: none. */
  readonly #waitingLate: Int32Array;
  // Of each accelerator.
  readonly #running: Int32Array;
  readonly #busyUntilNs: Float64Array;
  readonly #lastJob: Int32Array;
  #length = 0;
  #nowNs = 0;
  #endNs = 0;
  #cost = 0;
  #chosenJob = -1;
  #chosenPlace = -1;

  constructor(platform: Platform, situation: Situation, work: Work, facts: TaskFacts, setting: RolloutSetting) {
    const { accelerators, tasks } = platform;
    this.#situation = situation;
    this.#tasks = tasks;
    this.#work = work;
    this.#facts = facts;
    this.#setting = setting;
    this.#canStop = accelerators.map(({ canCheckpoint }) => canCheckpoint);
    this.#waitingLate = new Int32Array(tasks.length);
    this.#running = new Int32Array(accelerators.length);
    this.#busyUntilNs = new Float64Array(accelerators.length);
    this.#lastJob = new Int32Array(accelerators.length);
  }

  /** Cost of the situation under a configuration; it may stop as soon as it is above the limit. */
  cost(configuration: Configuration, limit: number): number {
    this.#begin();
    for (;;) {
      if (this.#hasPlace()) {
        this.#loseHopeless();
        while (this.#cost <= limit && this.#hasPlace() && this.#choose(configuration)) this.#dispatch();
      }
      if (this.#cost > limit) return this.#cost;
      const nextNs = this.#nextNs();
      if (!(nextNs <= this.#endNs)) break;
      this.#nowNs = nextNs;
      this.#endBlocks();
      this.#release();
    }
    this.#close();
    return this.#cost;
  }

  #begin(): void {
    const from = this.#situation;
    if (this.#state.length < from.capacity) this.#grow(from.capacity);
    for (let i = 0; i < from.length; i++) {
      this.#state[i] = from.state[i]!;
      this.#standing[i] = from.standingOf(i);
      this.#row[i] = from.row[i]!;
      this.#place[i] = from.place[i]!;
      this.#spentPj[i] = from.spentPj[i]!;
    }
    this.#running.set(from.running);
    this.#busyUntilNs.set(from.busyUntilNs);
    this.#lastJob.set(from.lastJob);
    this.#waitingLate.fill(-1);
    for (let i = 0; i < from.live; i++) {
      if (this.#state[i] === state.ready && this.#standing[i] === standing.late) this.#waitingLate[from.task[i]!] = i;
    }
    this.#length = from.length;
    this.#nowNs = from.nowNs;
    this.#endNs = from.endNs;
    this.#cost = 0;
    this.missedValue = 0;
  }

  #grow(capacity: number): void {
    this.#state = new Int32Array(capacity);
    this.#standing = new Int32Array(capacity);
    this.#row = new Int32Array(capacity);
    this.#place = new Int32Array(capacity);
    this.#spentPj = new Float64Array(capacity);
  }

  #hasPlace(): boolean {
    for (let a = 0; a < this.#running.length; a++) if (this.#isOpen(a)) return true;
    return false;
  }

  /** Idle, or running late work that can be stopped. */
  #isOpen(a: number): boolean {
    const i = this.#running[a]!;
    return i < 0 || (this.#canStop[a]! && this.#standing[i] === standing.late);
  }

  /** Waiting jobs that no accelerator can save any more are missed. */
  #loseHopeless(): void {
    const { factor, dueNs } = this.#situation;
    const { leftNs } = this.#work.blocks;
    for (let i = 0; i < this.#length; i++) {
      if (this.#state[i] !== state.ready || this.#standing[i] === standing.late) continue;
      if (leftNs[this.#row[i]!]! * factor[i]! > dueNs[i]! - this.#nowNs) this.#lose(i);
    }
  }

  #lose(i: number): void {
    this.#miss(i);
    this.#standing[i] = standing.late;
    if (this.#setting.finishesLateJobs) this.#keepLate(i);
    else this.#drop(i);
  }

  /** One late job of a task waits, the newest unless another has begun; the others are dropped. */
  #keepLate(i: number): void {
    const taskIndex = this.#situation.task[i]!;
    const other = this.#waitingLate[taskIndex]!;
    this.#waitingLate[taskIndex] = i;
    if (other < 0 || this.#state[other] !== state.ready || other === i) return;
    if (this.#place[other]! >= 0 && this.#place[i]! < 0) {
      this.#waitingLate[taskIndex] = other;
      this.#drop(i);
    } else this.#drop(other);
  }

  /** A dropped job is charged its worst-case energy. */
  #drop(i: number): void {
    this.#state[i] = state.lost;
    if (this.#situation.dueNs[i]! <= this.#endNs) this.#cost += this.#situation.value[i]!;
  }

  /** A job misses its deadline, and with it the children of its frame miss theirs, also beyond the horizon. */
  #miss(i: number): void {
    this.#chargeMiss(this.#situation.value[i]!, 0);
    const { children } = this.#tasks[this.#situation.task[i]!]!;
    const droppedEnergy = this.#setting.finishesLateJobs ? 0 : 1;
    for (let k = 0; k < children.length; k++) {
      const child = this.#tasks[children[k]!]!;
      this.#chargeMiss(this.#childValue(child, i), droppedEnergy);
    }
  }

  /** What a child of a job counts: by its probability, and as much as the job itself counts. */
  #childValue(child: TaskView, parent: number): number {
    return this.#facts.value[child.index]! * child.probability * this.#situation.weight[parent]!;
  }

  #chargeMiss(value: number, energyShare: number): void {
    this.#cost += value * (this.#setting.charges.missCost + energyShare);
    this.missedValue += value;
  }

  /** Finds the pair of highest score. */
  #choose({ order, latencyWeight, energyWeight, room }: Configuration): boolean {
    const { factor, dueNs } = this.#situation;
    const { latencyNs, energyPj, latencyGain, energyGain, leastNs, leftNs, moveNs, movePj } = this.#work.blocks;
    const { urgencyNs, backgroundEnergyWeight } = this.#setting;
    const accelerators = this.#running.length;
    const nowNs = this.#nowNs;
    let best = -Infinity;
    this.#chosenJob = -1;
    for (let i = 0; i < this.#length; i++) {
      if (this.#state[i] !== state.ready) continue;
      const row = this.#row[i]!;
      const first = row * accelerators;
      const speed = factor[i]!;
      const own = this.#standing[i]!;
      const isLate = own === standing.late;
      const slackNs = dueNs[i]! - nowNs;
      const remainingNs = leftNs[row]! * speed;
      const restNs = (leftNs[row]! - leastNs[row]!) * speed;
      const base = orderTerm(order, slackNs, remainingNs, urgencyNs) + standingTerm(own);
      const weight = isLate ? backgroundEnergyWeight : energyWeight;
      const isPicky = hasRoom(own, remainingNs, slackNs, room);
      const bestGain = isPicky ? this.#bestGain(first, speed, restNs, slackNs) : -Infinity;
      for (let a = 0; a < accelerators; a++) {
        if (this.#running[a]! >= 0 && (isLate || !this.#isOpen(a))) continue;
        const at = first + a;
        const isMoved = this.#place[i]! >= 0 && this.#lastJob[a] !== i;
        const workNs = latencyNs[at]! * speed;
        if (isLate ? !(workNs < Infinity) : !isInTime(isMoved ? workNs + moveNs[row]! : workNs, restNs, slackNs))
          continue;
        if (isPicky && !isThrifty(energyGain[at]!, bestGain)) continue;
        const gain = isMoved ? gainWithMove(energyGain[at]!, movePj[row]!, energyPj[at]!) : energyGain[at]!;
        const score = base + latencyWeight * latencyGain[at]! + weight * gain;
        if (score > best) {
          best = score;
          this.#chosenJob = i;
          this.#chosenPlace = a;
        }
      }
    }
    return this.#chosenJob >= 0;
  }

  /** The best energy gain of all accelerators, busy ones too, on which the job is in time. */
  #bestGain(first: number, speed: number, restNs: number, slackNs: number): number {
    const { latencyNs, energyGain } = this.#work.blocks;
    let best = -Infinity;
    for (let at = first; at < first + this.#running.length; at++) {
      if (energyGain[at]! > best && isInTime(latencyNs[at]! * speed, restNs, slackNs)) best = energyGain[at]!;
    }
    return best;
  }

  #dispatch(): void {
    const i = this.#chosenJob;
    const a = this.#chosenPlace;
    const { latencyNs, energyPj, moveNs, movePj } = this.#work.blocks;
    const row = this.#row[i]!;
    const at = row * this.#running.length + a;
    const speed = this.#situation.factor[i]!;
    const isMoved = this.#place[i]! >= 0 && this.#lastJob[a] !== i;
    const stopped = this.#running[a]!;
    if (stopped >= 0) this.#state[stopped] = state.ready;
    this.#running[a] = i;
    this.#lastJob[a] = i;
    this.#busyUntilNs[a] = this.#nowNs + latencyNs[at]! * speed + (isMoved ? moveNs[row]! : 0);
    this.#spentPj[i] = this.#spentPj[i]! + energyPj[at]! * speed + (isMoved ? movePj[row]! : 0);
    this.#state[i] = state.running;
    this.#place[i] = a;
  }

  /** When the next block ends or the next expected job is released; Infinity: never. */
  #nextNs(): number {
    const { releaseNs, length } = this.#situation;
    let nextNs = Infinity;
    for (let a = 0; a < this.#running.length; a++) {
      if (this.#running[a]! >= 0 && this.#busyUntilNs[a]! < nextNs) nextNs = this.#busyUntilNs[a]!;
    }
    for (let i = this.#situation.live; i < length; i++) {
      if (this.#state[i] === state.expected && releaseNs[i]! < nextNs) nextNs = releaseNs[i]!;
    }
    return nextNs;
  }

  #endBlocks(): void {
    const { endRow } = this.#situation;
    for (let a = 0; a < this.#running.length; a++) {
      const i = this.#running[a]!;
      if (i < 0 || this.#busyUntilNs[a]! > this.#nowNs) continue;
      this.#running[a] = -1;
      this.#row[i] = this.#row[i]! + 1;
      if (this.#row[i]! < endRow[i]!) this.#state[i] = state.ready;
      else this.#complete(i);
    }
  }

  #complete(i: number): void {
    const { dueNs, value, task } = this.#situation;
    this.#state[i] = state.done;
    if (this.#standing[i] !== standing.late && this.#nowNs > dueNs[i]!) {
      this.#miss(i);
      this.#standing[i] = standing.late;
    }
    if (dueNs[i]! <= this.#endNs) {
      this.#cost += (value[i]! * this.#spentPj[i]!) / this.#facts.worstPj[task[i]!]!;
      if (this.#standing[i] !== standing.late) this.#cost += value[i]! * this.#softCost(i);
    }
    this.#releaseChildren(i);
  }

  /** Rises from 0 at the margin before the deadline to a share of a miss at the deadline. */
  #softCost(i: number): number {
    const { charges } = this.#setting;
    const marginNs = charges.margin * this.#tasks[this.#situation.task[i]!]!.deadlineNs;
    const intoMarginNs = this.#nowNs - this.#situation.dueNs[i]! + marginNs;
    return intoMarginNs > 0 ? (charges.missCost * charges.soft * intoMarginNs) / marginNs : 0;
  }

  #releaseChildren(i: number): void {
    const { children } = this.#tasks[this.#situation.task[i]!]!;
    for (let k = 0; k < children.length; k++) {
      const child = this.#tasks[children[k]!]!;
      if (child.parents.length === 1 || this.#areParentsDone(child, i)) this.#releaseChild(child, i);
    }
  }

  /** Whether no other parent of the same frame is still to come. */
  #areParentsDone({ parents }: TaskView, parent: number): boolean {
    const { task, nominalNs } = this.#situation;
    for (let i = 0; i < this.#length; i++) {
      if (this.#state[i] !== state.done && nominalNs[i] === nominalNs[parent] && parents.includes(task[i]!))
        return false;
    }
    return true;
  }

  /** A child takes its whole time, however probable it is. */
  #releaseChild(child: TaskView, parent: number): void {
    const situation = this.#situation;
    const { firstBlock, blocks, share } = this.#work.of(child.index, 0);
    const i = this.#length;
    this.#length += 1;
    situation.task[i] = child.index;
    situation.firstRow[i] = firstBlock;
    situation.endRow[i] = firstBlock + blocks;
    situation.factor[i] = share;
    situation.nominalNs[i] = situation.nominalNs[parent]!;
    situation.dueNs[i] = situation.nominalNs[parent]! + child.deadlineNs;
    situation.weight[i] = situation.weight[parent]!;
    situation.value[i] = this.#childValue(child, parent);
    this.#state[i] = state.ready;
    this.#standing[i] = this.#standing[parent]!;
    this.#row[i] = firstBlock;
    this.#place[i] = -1;
    this.#spentPj[i] = 0;
  }

  #release(): void {
    const { releaseNs, length, live } = this.#situation;
    for (let i = live; i < length; i++) {
      if (this.#state[i] === state.expected && releaseNs[i]! <= this.#nowNs) this.#state[i] = state.ready;
    }
  }

  /**
   * At the horizon, what is due and not done is missed, and charged the energy that is left to spend. A released job that
   * is due later is missed, too, if it cannot be in time any more.
   */
  #close(): void {
    const { dueNs } = this.#situation;
    for (let i = 0; i < this.#length; i++) {
      const now = this.#state[i]!;
      if (now > state.expected) continue;
      const isDue = dueNs[i]! <= this.#endNs;
      if (isDue) this.#chargeRest(i);
      if (this.#standing[i] === standing.late) continue;
      if (isDue || (now !== state.expected && this.#isLostAtEnd(i))) this.#miss(i);
    }
  }

  #chargeRest(i: number): void {
    const { value, task, firstRow } = this.#situation;
    const { leftNs } = this.#work.blocks;
    const spent = this.#spentPj[i]! / this.#facts.worstPj[task[i]!]!;
    const left = leftNs[this.#row[i]!]! / leftNs[firstRow[i]!]!; // NaN: nothing can run it
    this.#cost += value[i]! * Math.min(1, spent + (left <= 1 ? left : 1));
  }

  /** Whether a job that waits or runs at the horizon cannot be in time, each row at its least. */
  #isLostAtEnd(i: number): boolean {
    const { dueNs, factor } = this.#situation;
    const { leftNs, leastNs } = this.#work.blocks;
    const row = this.#row[i]!;
    const isRunning = this.#state[i] === state.running;
    const fromNs = isRunning ? this.#busyUntilNs[this.#place[i]!]! : this.#endNs;
    const remainingNs = isRunning ? leftNs[row]! - leastNs[row]! : leftNs[row]!;
    return remainingNs * factor[i]! > dueNs[i]! - fromNs;
  }
}
