// Hot: at each arrival and end of a job, over all live jobs. Parallel arrays, reused from event to event.
/**
 * Who gets how many units of what (Planaria, MICRO 2020, spatial scheduling): need = fewest units with remaining time
 * <= slack; in decreasing score = priority / (slack * need) each job gets its need, or what is left; spare units are
 * divided in proportion to priority / remaining time. Where all needs fit, everyone gets its need.
 * Adaptation: shares of spare units are rounded by the highest quotient weight / (2 * spare + 1), one unit at a time.
 * Adaptation: a job that no number of units can save comes after all others, as if its need were one unit (or the
 * fewest that can run it).
 * Adaptation: equal scores (jobs without deadline score 0) go by priority / remaining time, then release, task, job.
 * Adaptation: of a begun layer, the share that is left counts, not whole tiles.
 * Adaptation: several accelerators: who is served is decided as if their units were one pool. Of those served, running
 * jobs stay where they are; a waiting one goes where its need fits, then where most units are left beside it, then, as
 * a task gets no more than its deadline asks for, where it ends last in time; where no need fits, soonest. Its need in the score is the one on the accelerator that runs it or that it would choose if all
 * were free.
 */
import type { AcceleratorView, ReadyJob, RunningJob } from "../../core/scheduler.ts";
import { ableUnits, fewestUnits, leastUnits } from "./need.ts";

export class Allotment {
  /** Allotted jobs that do not run as allotted yet. */
  waiting = 0;
  readonly #accelerators: readonly AcceleratorView[];
  /** Of each accelerator. */
  readonly #unitsLeft: number[];
  #nowNs = 0;
  #length = 0;
  // Of each live job, in the order of adding; indexes of accelerators are -1 for none.
  readonly #jobs: ReadyJob[] = [];
  readonly #runsOn: number[] = [];
  readonly #runningUnits: number[] = [];
  readonly #isHopeless: boolean[] = [];
  readonly #need: number[] = [];
  readonly #score: number[] = [];
  readonly #weight: number[] = [];
  readonly #isServed: boolean[] = [];
  readonly #granted: number[] = [];
  readonly #place: number[] = [];
  readonly #units: number[] = [];
  readonly #spare: number[] = [];
  /** The served ones, in order. */
  readonly #served: number[] = [];
  /** What `#findSeat` found; -1: no accelerator can run the job. */
  #seat = -1;
  #seatRoom = 0;
  #seatUnits = 0;
  #seatNs = Infinity;
  #seatFits = false;
  readonly #placeBySlot: number[] = [];
  readonly #unitsBySlot: number[] = [];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
    this.#unitsLeft = accelerators.map(({ units }) => units);
  }

  /** Units allotted to a live job; 0: none. */
  unitsOf(job: ReadyJob): number {
    return this.#unitsBySlot[job.slot]!;
  }

  acceleratorOf(job: ReadyJob): AcceleratorView | undefined {
    return this.#accelerators[this.#placeBySlot[job.slot]!];
  }

  /** Whether a running job goes on as it is. */
  isKept(job: RunningJob): boolean {
    return this.acceleratorOf(job) === job.accelerator && this.unitsOf(job) === job.runningUnits;
  }

  /** Begins anew: all live jobs are to be added, then `divide` called. */
  clear(nowNs: number): void {
    this.#nowNs = nowNs;
    this.#length = 0;
    this.#served.length = 0;
    this.waiting = 0;
    for (let a = 0; a < this.#accelerators.length; a++) this.#unitsLeft[a] = this.#accelerators[a]!.units;
  }

  addReady(job: ReadyJob): void {
    this.#add(job, -1, 0);
  }

  addRunning(job: RunningJob): void {
    this.#add(job, job.accelerator.index, job.isStopping ? 0 : job.runningUnits);
  }

  #add(job: ReadyJob, runsOn: number, runningUnits: number): void {
    const i = this.#length;
    this.#length += 1;
    this.#jobs[i] = job;
    this.#runsOn[i] = runsOn;
    this.#runningUnits[i] = runningUnits;
    this.#isServed[i] = false;
    this.#place[i] = -1;
    this.#units[i] = 0;
    this.#spare[i] = 0;
    this.#assess(i);
  }

  /** Need, score and weight of a job that may have every unit. */
  #assess(i: number): void {
    const { priority, deadlineNs } = this.#jobs[i]!;
    this.#findSeat(i, Infinity, this.#runsOn[i]!);
    this.#isHopeless[i] = !this.#seatFits;
    this.#need[i] = this.#seatFits ? this.#seatUnits : this.#leastUnits(i);
    this.#score[i] = priority / (Math.max(deadlineNs - this.#nowNs, 1) * this.#need[i]!);
    this.#weight[i] = priority / Math.max(this.#seatNs, 1);
  }

  #leastUnits(i: number): number {
    return this.#seat < 0 ? 1 : leastUnits(this.#jobs[i]!, this.#accelerators[this.#seat]!);
  }

  /** Divides all units among the jobs added. */
  divide(): void {
    this.#serve();
    for (const i of this.#served) if (this.#runsOn[i]! >= 0) this.#stay(i);
    for (const i of this.#served) if (this.#place[i]! < 0) this.#sit(i);
    this.#fillSeats();
    for (let a = 0; a < this.#accelerators.length; a++) this.#divideSpare(a);
    for (let i = 0; i < this.#length; i++) this.#tell(i);
  }

  /** Grants needs in order of score, as if all units were one pool. */
  #serve(): void {
    let unitsLeft = 0;
    for (const { units } of this.#accelerators) unitsLeft += units;
    while (unitsLeft > 0) {
      const i = this.#first(-1);
      if (i < 0) return;
      this.#granted[i] = Math.min(this.#need[i]!, unitsLeft);
      unitsLeft -= this.#granted[i]!;
      this.#isServed[i] = true;
      this.#served.push(i);
    }
  }

  /** A running job keeps its accelerator, if those before it have left units there. */
  #stay(i: number): void {
    const a = this.#runsOn[i]!;
    this.#put(
      i,
      a,
      ableUnits(this.#jobs[i]!, this.#accelerators[a]!, Math.min(this.#granted[i]!, this.#unitsLeft[a]!)),
    );
  }

  #sit(i: number): void {
    this.#findSeat(i, this.#granted[i]!, -1);
    if (this.#seat >= 0) this.#put(i, this.#seat, this.#seatUnits);
  }

  #put(i: number, a: number, units: number): void {
    if (units === 0) return;
    this.#place[i] = a;
    this.#units[i] = units;
    this.#unitsLeft[a] = this.#unitsLeft[a]! - units;
    this.#weight[i] = this.#jobs[i]!.priority / Math.max(this.#restNs(i, a, units), 1);
  }

  /** Units of the pool may be of accelerators that those served cannot run on; then others get them. */
  #fillSeats(): void {
    for (let a = 0; a < this.#accelerators.length; a++) {
      for (let i = this.#first(a); i >= 0 && this.#unitsLeft[a]! > 0; i = this.#first(a)) {
        this.#isServed[i] = true;
        this.#served.push(i);
        this.#put(
          i,
          a,
          ableUnits(this.#jobs[i]!, this.#accelerators[a]!, Math.min(this.#need[i]!, this.#unitsLeft[a]!)),
        );
      }
    }
  }

  /** The first job in order that is not served; only of those that the left units of an accelerator can run (-1: any). */
  #first(a: number): number {
    let first = -1;
    for (let i = 0; i < this.#length; i++) {
      if (this.#isServed[i]! || (first >= 0 && !this.#isBefore(i, first))) continue;
      if (a < 0 || ableUnits(this.#jobs[i]!, this.#accelerators[a]!, this.#unitsLeft[a]!) > 0) first = i;
    }
    return first;
  }

  /** One spare unit at a time to the job whose share is furthest behind its weight. */
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
    const own = this.#weight[i]! / (2 * this.#spare[i]! + 1);
    const other = this.#weight[than]! / (2 * this.#spare[than]! + 1);
    return own > other || (own === other && this.#isBefore(i, than));
  }

  #tell(i: number): void {
    const job = this.#jobs[i]!;
    const a = this.#place[i]!;
    const units = a < 0 ? 0 : ableUnits(job, this.#accelerators[a]!, this.#units[i]! + this.#spare[i]!);
    this.#placeBySlot[job.slot] = a;
    this.#unitsBySlot[job.slot] = units;
    if (units > 0 && !(a === this.#runsOn[i] && units === this.#runningUnits[i])) this.waiting += 1;
  }

  /** The best accelerator with units left (or `only` that one): the need fits, most units left beside it, least capable. */
  #findSeat(i: number, granted: number, only: number): void {
    this.#seat = -1;
    this.#seatNs = Infinity;
    this.#seatFits = false;
    const job = this.#jobs[i]!;
    const slackNs = job.deadlineNs - this.#nowNs;
    for (let a = 0; a < this.#accelerators.length; a++) {
      if (only >= 0 && a !== only) continue;
      const accelerator = this.#accelerators[a]!;
      const left = this.#unitsLeft[a]!;
      const need = fewestUnits(job, accelerator, slackNs);
      const fits = need > 0 && need <= left;
      const units = fits ? need : ableUnits(job, accelerator, Math.min(granted, left));
      if (units > 0) this.#offer(a, units, this.#restNs(i, a, units), fits);
    }
  }

  #offer(a: number, units: number, ns: number, fits: boolean): void {
    const room = this.#unitsLeft[a]! - units;
    if (this.#seat >= 0 && !this.#isBetter(room, ns, fits)) return;
    this.#seat = a;
    this.#seatRoom = room;
    this.#seatUnits = units;
    this.#seatNs = ns;
    this.#seatFits = fits;
  }

  #isBetter(room: number, ns: number, fits: boolean): boolean {
    if (fits !== this.#seatFits) return fits;
    if (room !== this.#seatRoom) return room > this.#seatRoom;
    return fits ? ns > this.#seatNs : ns < this.#seatNs;
  }

  /** Order of serving: those that can be saved, score, weight, then release, task, job. */
  #isBefore(i: number, k: number): boolean {
    if (this.#isHopeless[i] !== this.#isHopeless[k]) return this.#isHopeless[k]!;
    if (!this.#isHopeless[i] && this.#score[i] !== this.#score[k]) return this.#score[i]! > this.#score[k]!;
    if (this.#weight[i] !== this.#weight[k]) return this.#weight[i]! > this.#weight[k]!;
    const one = this.#jobs[i]!;
    const other = this.#jobs[k]!;
    if (one.releaseNs !== other.releaseNs) return one.releaseNs < other.releaseNs;
    return one.task === other.task ? one.jobIndex < other.jobIndex : one.task.index < other.task.index;
  }

  #restNs(i: number, a: number, units: number): number {
    return this.#jobs[i]!.remainingNowNs(this.#accelerators[a]!, units);
  }
}
