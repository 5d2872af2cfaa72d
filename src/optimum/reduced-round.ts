/**
 * The choices of an instant without those that are no better than others (docs/optimum.md proves each rule): work never
 * starts later than it could; a job whose deadline is lost is dropped or waits for the end; equal accelerators are one.
 */
import type { AcceleratorView, Decisions, ReadyJob, View } from "../core/scheduler.ts";
import { kindsOfAccelerators } from "./equal-accelerators.ts";
import type { Round, Way, Ways } from "./ways.ts";

interface Offer {
  readonly job: ReadyJob;
  readonly number: number;
}

export class ReducedRound implements Round {
  readonly #ways: Ways;
  /** Equal accelerators have equal numbers. */
  readonly #kinds: readonly number[];
  readonly #movesActivations: boolean;
  /** [accelerator * jobs + job]: it could have run there since before now, and neither has done anything else since. */
  readonly #isRefused: Uint8Array;
  /** Jobs that run after all others, because they are late anyway. */
  readonly #isParked: Uint8Array;
  /** Job that ran last on each accelerator, and accelerator that ran each job last; -1: none. */
  readonly #lastJob: Int32Array;
  readonly #lastPlace: Int32Array;

  constructor(ways: Ways) {
    const { ahead, program } = ways.problem;
    const jobs = ahead.jobs.length;
    const accelerators = program.system.accelerators.length;
    this.#ways = ways;
    this.#kinds = kindsOfAccelerators(program);
    this.#movesActivations = program.system.contextSwitch === "on";
    this.#isRefused = new Uint8Array(accelerators * jobs);
    this.#isParked = new Uint8Array(jobs);
    this.#lastJob = new Int32Array(accelerators);
    this.#lastPlace = new Int32Array(jobs);
    this.reset();
  }

  reset(): void {
    this.#isRefused.fill(0);
    this.#isParked.fill(0);
    this.#lastJob.fill(-1);
    this.#lastPlace.fill(-1);
  }

  decide(view: View, decisions: Decisions): boolean {
    if (this.#giveUpLost(view, decisions)) return false;
    const ready = [...view.readyJobs].map((job) => ({ job, number: this.#numberOf(job) }));
    const offers = ready.filter(({ number }) => this.#isParked[number] === 0).sort(this.#soonestFirst);
    const isLast = view.runningJobs.length === 0 && view.nowNs >= this.#ways.problem.ahead.lastReleaseNs;
    this.#ways.visit(view, () => this.#stateOf(view, ready));
    if (offers.length === 0) {
      if (isLast) this.#runParked(ready[0]!, view, decisions);
      return true;
    }
    const started = this.#fillAll(offers, view, decisions);
    return started > 0 || !isLast || this.#giveUpAll(offers, view, decisions);
  }

  /** Nothing will happen any more that could be waited for: jobs that nobody starts now are given up. */
  #giveUpAll(offers: readonly Offer[], view: View, decisions: Decisions): boolean {
    if (offers.some(({ job }) => job.hasStarted)) this.#ways.prune();
    for (const { job, number } of offers) this.#giveUp(job, number, view.nowNs, decisions);
    if (!this.#isDroppedWhenLost) this.#runParked(offers[0]!, view, decisions);
    return !this.#isDroppedWhenLost;
  }

  #giveUp(job: ReadyJob, number: number, nowNs: number, decisions: Decisions): void {
    if (this.#isDroppedWhenLost) this.#ways.drop(job, nowNs, decisions);
    else this.#isParked[number] = 1;
  }

  #numberOf({ task, jobIndex }: ReadyJob): number {
    return this.#ways.problem.ahead.numberOf(task.index, jobIndex);
  }

  readonly #soonestFirst = (a: Offer, b: Offer): number => {
    const { jobs } = this.#ways.problem.ahead;
    return jobs[a.number]!.usefulNs - jobs[b.number]!.usefulNs || a.number - b.number;
  };

  /** Returns whether any job was dropped. */
  #giveUpLost(view: View, decisions: Decisions): boolean {
    let lost = 0;
    for (const job of view.readyJobs) {
      const number = this.#numberOf(job);
      if (this.#isParked[number] === 1 || !this.#isLost(job, number, view.nowNs)) continue;
      // What it has done was in vain: a schedule that never starts it is at least as good.
      if (job.hasStarted) this.#ways.prune();
      this.#giveUp(job, number, view.nowNs, decisions);
      lost += 1;
    }
    return lost > 0 && this.#isDroppedWhenLost;
  }

  get #isDroppedWhenLost(): boolean {
    const { model, objective } = this.#ways.problem;
    return model.drops === "allowed" && objective.family !== "uxCostGuarded";
  }

  #isLost({ hasStarted, variantIndex, layerIndex }: ReadyJob, number: number, nowNs: number): boolean {
    const { ahead, objective, program } = this.#ways.problem;
    const { work, usefulNs } = ahead.jobs[number]!;
    if (objective.family === "energy") return !hasStarted;
    const restNs = hasStarted ? work.restNs(variantIndex, layerIndex) : work.wholeNs;
    return nowNs + restNs + (program.system.decisionOverheadNs ?? 0) > usefulNs;
  }

  /** Returns the number of jobs that start. */
  #fillAll(offers: readonly Offer[], view: View, decisions: Decisions): number {
    const started = new Set<number>();
    /** Of each kind of accelerator: the last idle one before, and the place in the list after what it took. */
    const before = new Map<number, { readonly on: number; readonly from: number }>();
    const waiting: number[] = [];
    const states = view.accelerators.map(({ index }) => this.#idleState(index, offers));
    for (const on of view.idleAccelerators) {
      const kind = this.#kinds[on.index]!;
      const twin = before.get(kind);
      const from = twin !== undefined && states[twin.on] === states[on.index] ? twin.from : 0;
      const taken = this.#fill(on, offers, from, started, view.nowNs, decisions);
      if (taken === offers.length) waiting.push(on.index);
      before.set(kind, { on: on.index, from: taken === offers.length ? taken : taken + 1 });
    }
    for (const on of waiting) {
      for (const { number } of offers) if (!started.has(number)) this.#isRefused[this.#at(on, number)] = 1;
    }
    return started.size;
  }

  #at(on: number, number: number): number {
    return on * this.#isParked.length + number;
  }

  /** What may run on an accelerator that is idle, and at what cost, depends on this beside its kind. */
  #idleState(on: number, offers: readonly Offer[]): string {
    const held = this.#movesActivations && this.#holds(on) ? `h${this.#lastJob[on]}` : "";
    return offers.reduce((text, { number }) => (this.#refuses(on, number) ? `${text}x${number}` : text), held);
  }

  #refuses(on: number, number: number): boolean {
    return this.#isRefused[this.#at(on, number)] === 1;
  }

  /** Whether an accelerator holds the activations of a waiting job. */
  #holds(on: number): boolean {
    const number = this.#lastJob[on]!;
    return number >= 0 && this.#lastPlace[number] === on && this.#ways.progress.hasEnded[number] === 0;
  }

  /** Returns the place of the job that the accelerator takes; the number of offers: it waits. */
  #fill(
    on: AcceleratorView,
    offers: readonly Offer[],
    from: number,
    started: Set<number>,
    nowNs: number,
    decisions: Decisions,
  ): number {
    const options: { readonly place: number; readonly way: Way }[] = [];
    for (let place = from; place < offers.length; place++) {
      const { job, number } = offers[place]!;
      if (started.has(number) || this.#refuses(on.index, number)) continue;
      for (const way of this.#ways.toRun.of(job, number, on, on.units)) options.push({ place, way });
    }
    const taken = options[this.#ways.tape.choose(options.length + 1)];
    if (taken === undefined) return offers.length;
    const { job, number } = offers[taken.place]!;
    started.add(number);
    this.#run(job, number, on, taken.way, nowNs, decisions);
    return taken.place;
  }

  #run(job: ReadyJob, number: number, on: AcceleratorView, way: Way, nowNs: number, decisions: Decisions): void {
    const { accelerators } = this.#ways.problem.program.system;
    this.#commit(job, number, on.index, way);
    this.#ways.chooseVariant(job, way.variantIndex, nowNs, decisions);
    this.#ways.run(job, on, way, nowNs, decisions);
    this.#lastJob[on.index] = number;
    this.#lastPlace[number] = on.index;
    for (let a = 0; a < accelerators.length; a++) this.#isRefused[this.#at(a, number)] = 0;
    this.#isRefused.fill(0, this.#at(on.index, 0), this.#at(on.index + 1, 0));
  }

  #commit(job: ReadyJob, number: number, on: number, { variantIndex, layerIndex, layers }: Way): void {
    const { program, ahead } = this.#ways.problem;
    const { work } = ahead.jobs[number]!;
    const column = program.firstColumn[on]!;
    const first = work.block(variantIndex, layerIndex, 1, column);
    const later = work.block(variantIndex, first.layerAfter, layers - 1, column);
    this.#ways.progress.commitments[number] = {
      variantIndex,
      layerAfter: later.layerAfter,
      acceleratorIndex: on,
      laterNs: later.ns,
      endNs: Infinity,
      energyPj: job.spentPj + first.pj + later.pj,
    };
  }

  /** One after the other, where that takes least energy. */
  #runParked({ job, number }: Offer, view: View, decisions: Decisions): void {
    const options = view.idleAccelerators.flatMap((on) =>
      this.#ways.toRun.of(job, number, on, on.units).map((way) => ({ on, way })),
    );
    const { model } = this.#ways.problem;
    if (options.length === 0) {
      if (model.drops === "never") this.#ways.prune();
      this.#ways.drop(job, view.nowNs, decisions);
      return;
    }
    const place = this.#needsSearch(job) ? this.#ways.tape.choose(options.length) : this.#thriftiest(number, options);
    const { on, way } = options[place]!;
    this.#run(job, number, on, way, view.nowNs, decisions);
  }

  /** Whether what is cheapest now may cost more later. */
  #needsSearch({ task }: ReadyJob): boolean {
    if (this.#ways.problem.objective.family === "violations") return false;
    return this.#movesActivations || task.variantNames.length > 1 || !this.#ways.problem.program.branches.isEmpty;
  }

  #thriftiest(number: number, options: readonly { readonly on: AcceleratorView; readonly way: Way }[]): number {
    const { program, ahead } = this.#ways.problem;
    const { work } = ahead.jobs[number]!;
    const energies = options.map(
      ({ on, way: { variantIndex, layerIndex, layers } }) =>
        work.block(variantIndex, layerIndex, layers, program.firstColumn[on.index]!).pj,
    );
    return energies.indexOf(Math.min(...energies));
  }

  /** All that what may follow depends on, apart from what was spent. Equal accelerators have no names in it. */
  #stateOf(view: View, ready: readonly Offer[]): string {
    const { progress } = this.#ways;
    const places = view.accelerators.map(({ index }) => `${this.#kinds[index]}`);
    for (const { task, jobIndex } of view.runningJobs) {
      const number = this.#ways.problem.ahead.numberOf(task.index, jobIndex);
      const { acceleratorIndex, endNs, layerAfter, variantIndex } = progress.commitments[number]!;
      places[acceleratorIndex] += `r${number},${endNs},${layerAfter},${variantIndex}`;
    }
    for (const { index } of view.idleAccelerators) {
      places[index] += this.#idleState(index, ready);
    }
    places.sort();
    const waiting = ready.map(({ number, job }) => `${number},${job.variantIndex},${job.layerIndex},${job.hasStarted}`);
    return `${view.nowNs}|${places.join(" ")}|${waiting.sort().join(" ")}`;
  }
}
