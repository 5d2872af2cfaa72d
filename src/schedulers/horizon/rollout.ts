// Hot: tens of rollouts per plan, hundreds of steps each. Nothing is allocated.
/** Plays a situation forward to the horizon with the dispatcher's rules, and says what it costs. */
import type { Platform } from "../../core/scheduler.ts";
import { Bill, type BillSetting } from "./bill.ts";
import type { Configuration } from "./configuration.ts";
import type { LengthSpread } from "./length-spread.ts";
import type { Memory } from "./memory.ts";
import { Play } from "./play.ts";
import { gainWithMove, hasRoom, isInTime, isThrifty, orderTerm, standing, standingTerm, staysFor } from "./rules.ts";
import { type Situation, state } from "./situation.ts";
import type { TaskFacts } from "./task-facts.ts";
import type { Work } from "./work-table.ts";

export interface RolloutSetting extends BillSetting {
  readonly urgencyNs: number;
  /** Energy weight of late jobs. */
  readonly backgroundEnergyWeight: number;
}

export interface RolloutParts {
  readonly situation: Situation;
  readonly work: Work;
  readonly facts: TaskFacts;
  readonly memory: Memory;
  readonly lengths: LengthSpread;
}

/** What sums of the same times may differ by: after ten thousand seconds, a double of nanoseconds is exact to 0.002. */
const ROUNDING_NS = 1;

export class Rollout {
  /** Pairs of a waiting job and a step that all rollouts have looked at: what they take of time. */
  looks = 0;
  readonly #play: Play;
  readonly #bill: Bill;
  readonly #situation: Situation;
  readonly #work: Work;
  readonly #setting: RolloutSetting;
  readonly #canStop: readonly boolean[];
  /** [task]: the late job that waits; -1: none. */
  readonly #waitingLate: Int32Array;
  /** Of `play.ready`. */
  #chosen = -1;
  #chosenPlace = -1;

  constructor(platform: Platform, parts: RolloutParts, setting: RolloutSetting) {
    this.#play = new Play(platform, parts);
    this.#bill = new Bill(platform, parts, this.#play, setting);
    this.#situation = parts.situation;
    this.#work = parts.work;
    this.#setting = setting;
    this.#canStop = platform.accelerators.map(({ canCheckpoint }) => canCheckpoint);
    this.#waitingLate = new Int32Array(platform.tasks.length);
  }

  /** Value of the jobs that the last rollout missed. */
  get missedValue(): number {
    return this.#bill.missedValue;
  }

  /** What the last rollout was charged for jobs that end close to their deadlines. */
  get softCost(): number {
    return this.#bill.softCost;
  }

  /** Cost of the situation under a configuration; it may stop as soon as it is above the limit. */
  cost(configuration: Configuration, limit: number): number {
    const play = this.#play;
    const bill = this.#bill;
    this.#begin();
    for (;;) {
      if (this.#hasPlace()) {
        this.#loseHopeless();
        while (bill.cost <= limit && this.#hasPlace() && this.#choose(configuration)) {
          play.dispatch(this.#chosen, this.#chosenPlace);
        }
      }
      if (bill.cost > limit) return bill.cost;
      const nextNs = play.nextNs();
      if (!(nextNs <= play.endNs)) break;
      play.nowNs = nextNs;
      this.#endBlocks();
      play.release();
    }
    bill.close();
    return bill.cost;
  }

  #begin(): void {
    this.#play.begin();
    this.#bill.begin();
    const { ready, readyCount, standing: standings } = this.#play;
    this.#waitingLate.fill(-1);
    for (let k = 0; k < readyCount; k++) {
      const i = ready[k]!;
      if (standings[i] === standing.late) this.#waitingLate[this.#situation.task[i]!] = i;
    }
  }

  #endBlocks(): void {
    const { length } = this.#play.running;
    for (let a = 0; a < length; a++) {
      const i = this.#play.endBlock(a);
      if (i < 0) continue;
      this.#bill.completed(i);
      this.#play.releaseChildren(i);
    }
  }

  #hasPlace(): boolean {
    const { length } = this.#play.running;
    for (let a = 0; a < length; a++) if (this.#isOpen(a)) return true;
    return false;
  }

  /** Idle, or running late work that can be stopped. */
  #isOpen(a: number): boolean {
    const i = this.#play.running[a]!;
    return i < 0 || (this.#canStop[a]! && this.#play.standing[i] === standing.late);
  }

  /** Waiting jobs that no accelerator can save any more are missed. */
  #loseHopeless(): void {
    const play = this.#play;
    const { dueNs } = this.#situation;
    const { ready, readyCount, standing: standings, state: states, needNs, nowNs } = play;
    if (nowNs < play.hopefulUntilNs - ROUNDING_NS) return;
    play.hopefulUntilNs = Infinity;
    let isAnyLost = false;
    for (let k = 0; k < readyCount; k++) {
      const i = ready[k]!;
      if (standings[i] === standing.late || states[i] !== state.ready) continue;
      if (needNs[i]! <= dueNs[i]! - nowNs) {
        play.hopefulUntilNs = Math.min(play.hopefulUntilNs, dueNs[i]! - needNs[i]!);
        continue;
      }
      this.#lose(i);
      isAnyLost = true;
    }
    if (isAnyLost) play.sweep();
  }

  #lose(i: number): void {
    this.#bill.missed(i);
    this.#play.standing[i] = standing.late;
    if (this.#setting.finishesLateJobs) this.#keepLate(i);
    else this.#drop(i);
  }

  /** One late job of a task waits, the newest unless another has begun; the others are dropped. */
  #keepLate(i: number): void {
    const { state: states, place } = this.#play;
    const taskIndex = this.#situation.task[i]!;
    const other = this.#waitingLate[taskIndex]!;
    this.#waitingLate[taskIndex] = i;
    if (other < 0 || states[other] !== state.ready || other === i) return;
    if (place[other]! >= 0 && place[i]! < 0) {
      this.#waitingLate[taskIndex] = other;
      this.#drop(i);
    } else this.#drop(other);
  }

  #drop(i: number): void {
    this.#play.state[i] = state.lost;
    this.#bill.dropped(i);
  }

  /** Finds the pair of highest score. */
  #choose({ order, latencyWeight, energyWeight, room }: Configuration): boolean {
    const { factor, dueNs } = this.#situation;
    const { latencyNs, energyPj, latencyGain, energyGain, moveNs, movePj } = this.#work.blocks;
    const { urgencyNs, backgroundEnergyWeight } = this.#setting;
    const { ready, readyCount, row: rows, standing: standings, place, running, lastJob, nowNs } = this.#play;
    const { remainingNs: remainingsNs, restNs: restsNs } = this.#play;
    const accelerators = running.length;
    let best = -Infinity;
    this.#chosen = -1;
    this.looks += readyCount;
    for (let k = 0; k < readyCount; k++) {
      const i = ready[k]!;
      const own = standings[i]!;
      const slackNs = dueNs[i]! - nowNs;
      const remainingNs = remainingsNs[i]!;
      const base = orderTerm(order, slackNs, remainingNs, urgencyNs) + standingTerm(own);
      if (base <= best) continue; // Gains are at most 0.
      const row = rows[i]!;
      const speed = factor[i]!;
      const first = row * accelerators;
      const isLate = own === standing.late;
      const restNs = restsNs[i]!;
      const weight = isLate ? backgroundEnergyWeight : energyWeight;
      const isPicky = hasRoom(own, remainingNs, slackNs, room);
      const bestGain = isPicky ? this.#bestGain(first, speed, restNs, slackNs) : -Infinity;
      for (let a = 0; a < accelerators; a++) {
        if (running[a]! >= 0 && (isLate || !this.#isOpen(a))) continue;
        const at = first + a;
        const isMoved = place[i]! >= 0 && lastJob[a] !== i;
        const workNs = latencyNs[at]! * speed + (isMoved ? moveNs[row]! : 0);
        if (isLate ? !(workNs < Infinity) : !isInTime(workNs, restNs, slackNs)) continue;
        const stays = a === place[i] && staysFor(workNs, remainingNs);
        if (isPicky && !stays && !isThrifty(energyGain[at]!, bestGain)) continue;
        let gains = 0;
        if (!stays) {
          const gain = isMoved ? gainWithMove(energyGain[at]!, movePj[row]!, energyPj[at]!) : energyGain[at]!;
          gains = latencyWeight * latencyGain[at]! + weight * gain;
        }
        const score = base + gains;
        if (score > best || (stays && score === best && k === this.#chosen)) {
          best = score;
          this.#chosen = k;
          this.#chosenPlace = a;
        }
      }
    }
    return this.#chosen >= 0;
  }

  /** The best energy gain of all accelerators, busy ones too, on which the job is in time. */
  #bestGain(first: number, speed: number, restNs: number, slackNs: number): number {
    const { latencyNs, energyGain } = this.#work.blocks;
    const { length } = this.#play.running;
    let best = -Infinity;
    for (let at = first; at < first + length; at++) {
      if (energyGain[at]! > best && isInTime(latencyNs[at]! * speed, restNs, slackNs)) best = energyGain[at]!;
    }
    return best;
  }
}
