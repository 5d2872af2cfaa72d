// Hot: runs at each arrival and end of a job, over all live jobs; in a long queue, over those that may matter. Parallel arrays, reused for each event.
/**
 * Divides the units among the live jobs. Source: spatial scheduling of Planaria (MICRO 2020): the need of a job is the
 * fewest units whose remaining time is at most the slack. In decreasing score = priority / (slack * need), each job gets
 * its need, or what is left. Spare units are divided in proportion to priority / remaining time.
 * Adaptation: shares of spare units are rounded by the highest quotient weight / (2 * spare + 1), one unit at a time.
 * Adaptation: a job that no number of units can save comes after all others, as if its need were one unit (or the
 * fewest that can run it).
 * Adaptation: equal scores (a job without deadline scores 0) are ordered by priority / remaining time, then release,
 * task, job.
 * Adaptation: of a running layer, the share that is left counts, not whole tiles.
 * Adaptation: on several accelerators, their units form one pool for the decision which jobs are served. Of these,
 * running jobs stay where they are, and seat.ts places the waiting ones. The need in the score is that on the
 * accelerator that runs the job, or on the one that the job would get if all were free.
 */
import type { AcceleratorView, ReadyJob, RunningJob } from "../../core/scheduler.ts";
import { comesBefore } from "../selection.ts";
import type { SortedJobs } from "../sorted-jobs.ts";
import { Claims, weightOf } from "./claims.ts";
import { ableUnits } from "./need.ts";
import { Seat } from "./seat.ts";
import type { WaitingJobs } from "./waiting-jobs.ts";

export class Allotment {
  /** Jobs with units that do not run on them yet. */
  readonly waiting: ReadyJob[] = [];
  readonly claims: Claims;
  readonly #accelerators: readonly AcceleratorView[];
  readonly #seat: Seat;
  // Of each accelerator.
  readonly #allUnits: readonly number[];
  readonly #unitsLeft: number[];
  #nowNs = 0;
  // Of each claim.
  readonly #isServed: boolean[] = [];
  readonly #granted: number[] = [];
  /** Index of the accelerator; -1: none. */
  readonly #place: number[] = [];
  readonly #units: number[] = [];
  readonly #spare: number[] = [];
  /** The jobs that are served, in order. */
  readonly #served: number[] = [];
  /** Hopeless jobs by decreasing weight, of which the first ones have become claims; undefined: all jobs are claims. */
  #hopeless: SortedJobs | undefined;
  #hopelessClaims = 0;
  /** Of jobs with units, and of others that are claims. */
  readonly #placeBySlot: number[] = [];
  readonly #unitsBySlot: number[] = [];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
    this.#allUnits = accelerators.map(({ units }) => units);
    this.#unitsLeft = [...this.#allUnits];
    this.#seat = new Seat(accelerators);
    this.claims = new Claims(accelerators);
  }

  /** When the units were last divided. */
  get dividedNs(): number {
    return this.#nowNs;
  }

  /** Units allotted to a live job; 0: none. */
  unitsOf(job: ReadyJob): number {
    return this.#unitsBySlot[job.slot] ?? 0;
  }

  acceleratorOf(job: ReadyJob): AcceleratorView | undefined {
    return this.#accelerators[this.#placeBySlot[job.slot]!];
  }

  /** Whether a running job continues unchanged. */
  isKept(job: RunningJob): boolean {
    return this.acceleratorOf(job) === job.accelerator && this.unitsOf(job) === job.runningUnits;
  }

  /** A job that waits for its units gets them. */
  starts(job: ReadyJob): void {
    this.waiting.splice(this.waiting.indexOf(job), 1);
  }

  /** Begins a division: add all live jobs, then call `divide`. */
  clear(nowNs: number): void {
    this.#nowNs = nowNs;
    for (let i = 0; i < this.claims.length; i++) this.#unitsBySlot[this.claims.jobs[i]!.slot] = 0;
    this.claims.clear();
    this.#hopeless = undefined;
    this.#hopelessClaims = 0;
    this.#served.length = 0;
    this.waiting.length = 0;
    for (let a = 0; a < this.#accelerators.length; a++) this.#unitsLeft[a] = this.#allUnits[a]!;
  }

  addReady(job: ReadyJob): void {
    this.#seat.find(job, this.#nowNs, this.#allUnits, Infinity);
    this.#add(job, -1, 0);
  }

  /** Adds the waiting jobs of a long queue: those in time, and hopeless ones when they are needed. */
  addWaiting(jobs: WaitingJobs): void {
    for (let i = jobs.inTime.length - 1; i >= 0; i--) {
      const job = jobs.inTime[i]!;
      this.#seat.find(job, this.#nowNs, this.#allUnits, Infinity);
      if (this.#seat.meetsDeadline) this.#add(job, -1, 0);
      else jobs.becomesHopeless(i, weightOf(job, this.#seat.remainingNs));
    }
    this.#hopeless = jobs.hopeless;
  }

  addRunning(job: RunningJob): void {
    const place = job.accelerator.index;
    this.#seat.findOn(place, job, this.#nowNs, this.#allUnits, Infinity);
    this.#add(job, place, job.isStopping ? 0 : job.runningUnits);
  }

  #add(job: ReadyJob, runsOn: number, runningUnits: number): void {
    const i = this.claims.length;
    this.claims.add(job, runsOn, runningUnits, this.#seat, this.#nowNs);
    this.#isServed[i] = false;
    this.#place[i] = -1;
    this.#units[i] = 0;
    this.#spare[i] = 0;
  }

  /** Divides all units among the jobs added. */
  divide(): void {
    const { runsOn } = this.claims;
    this.#serve();
    for (const i of this.#served) if (runsOn[i]! >= 0) this.#stay(i);
    for (const i of this.#served) if (this.#place[i]! < 0) this.#findPlace(i);
    this.#serveUnitsLeft();
    for (let a = 0; a < this.#accelerators.length; a++) this.#divideSpare(a);
    for (let i = 0; i < this.claims.length; i++) this.#publish(i);
  }

  /** Grants needs in order of score, as if all units were one pool. */
  #serve(): void {
    let unitsLeft = 0;
    for (const { units } of this.#accelerators) unitsLeft += units;
    while (unitsLeft > 0) {
      const i = this.#first(-1);
      if (i < 0) return;
      this.#granted[i] = Math.min(this.claims.need[i]!, unitsLeft);
      unitsLeft -= this.#granted[i]!;
      this.#isServed[i] = true;
      this.#served.push(i);
    }
  }

  /** A running job keeps its accelerator if the jobs before it have left units there. */
  #stay(i: number): void {
    this.#put(i, this.claims.runsOn[i]!, this.#granted[i]!);
  }

  #findPlace(i: number): void {
    const seat = this.#seat;
    seat.find(this.claims.jobs[i]!, this.#nowNs, this.#unitsLeft, this.#granted[i]!);
    if (seat.place >= 0) this.#put(i, seat.place, seat.units);
  }

  /** If the served jobs cannot run on the units that are left, other jobs get them. */
  #serveUnitsLeft(): void {
    for (let a = 0; a < this.#accelerators.length; a++) {
      while (this.#unitsLeft[a]! > 0) {
        const i = this.#first(a);
        if (i < 0) break;
        this.#isServed[i] = true;
        this.#served.push(i);
        this.#put(i, a, this.claims.need[i]!);
      }
    }
  }

  /** Gives a job units of an accelerator: up to the wanted number, as many as are left and can run it. */
  #put(i: number, a: number, wanted: number): void {
    const job = this.claims.jobs[i]!;
    const accelerator = this.#accelerators[a]!;
    const units = ableUnits(job, accelerator, Math.min(wanted, this.#unitsLeft[a]!));
    if (units === 0) return;
    this.#place[i] = a;
    this.#units[i] = units;
    this.#unitsLeft[a] = this.#unitsLeft[a]! - units;
    this.claims.setWeight(i, job.remainingNowNs(accelerator, units));
  }

  /** The first job in order that is not served yet and can run on the units left of an accelerator (-1: of any). */
  #first(a: number): number {
    const { claims } = this;
    let first = -1;
    for (let i = 0; i < claims.length; i++) {
      if (this.#isServed[i]! || (first >= 0 && !claims.isBefore(i, first))) continue;
      if (this.#isAble(i, a)) first = i;
    }
    for (let i = this.#nextBefore(first); i >= 0; i = this.#nextBefore(first)) if (this.#isAble(i, a)) first = i;
    return first;
  }

  #isAble(i: number, a: number): boolean {
    return a < 0 || ableUnits(this.claims.jobs[i]!, this.#accelerators[a]!, this.#unitsLeft[a]!) > 0;
  }

  /** Makes a claim of the next hopeless job, if it comes before one that is a claim (-1: before none); else -1. */
  #nextBefore(i: number): number {
    const { length, isHopeless, weight, jobs } = this.claims;
    const next = this.#hopelessClaims;
    if (this.#hopeless === undefined || next === this.#hopeless.length || (i >= 0 && !isHopeless[i]!)) return -1;
    const job = this.#hopeless.at(next);
    if (i >= 0 && !comesBefore(this.#hopeless.keyAt(next), job, -weight[i]!, jobs[i]!)) return -1;
    this.#hopelessClaims += 1;
    this.addReady(job);
    return length;
  }

  /** Gives one spare unit at a time to the job whose share is furthest behind its weight. */
  #divideSpare(a: number): void {
    for (; this.#unitsLeft[a]! > 0; this.#unitsLeft[a] = this.#unitsLeft[a]! - 1) {
      let best = -1;
      for (const i of this.#served) {
        if (this.#place[i] !== a || (best >= 0 && !this.#isOwedMore(i, best))) continue;
        best = i;
      }
      if (best < 0) return;
      this.#spare[best] = this.#spare[best]! + 1;
    }
  }

  #isOwedMore(i: number, than: number): boolean {
    const { weight } = this.claims;
    const own = weight[i]! / (2 * this.#spare[i]! + 1);
    const other = weight[than]! / (2 * this.#spare[than]! + 1);
    return own > other || (own === other && this.claims.isBefore(i, than));
  }

  /** Records by slot the units that a job got. */
  #publish(i: number): void {
    const { jobs, runsOn, runningUnits } = this.claims;
    const job = jobs[i]!;
    const a = this.#place[i]!;
    const units = a < 0 ? 0 : ableUnits(job, this.#accelerators[a]!, this.#units[i]! + this.#spare[i]!);
    this.#placeBySlot[job.slot] = a;
    this.#unitsBySlot[job.slot] = units;
    if (units > 0 && !(a === runsOn[i] && units === runningUnits[i])) this.waiting.push(job);
  }
}
