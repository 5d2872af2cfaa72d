/**
 * The run loop. One instant: completions (by accelerator), releases (by task, job), late drops, `preempt`, then
 * `decide` until nothing changes. docs/semantics.md holds the whole order.
 */
import { type ReleaseCursor, releaseCursor } from "./arrivals.ts";
import { DecisionList, kind } from "./decision-list.ts";
import { SchedulerError } from "./errors.ts";
import { state } from "./job-pool.ts";
import type { Program } from "./program.ts";
import type { Observer, RunTotals } from "./records.ts";
import type {
  AcceleratorView,
  JobList,
  ParameterValues,
  Policy,
  ReadyJob,
  RunningJob,
  RunningView,
  Scheduler,
  View,
} from "./scheduler.ts";
import type { JobHandle } from "./views.ts";
import { World } from "./world.ts";

export interface SimulationOptions {
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  readonly observer?: Observer;
  /** The run stops with a SchedulerError beyond it; default 10^9. */
  readonly maxEvents?: number;
}

/** Runs one scheduler on one program to the end of its last job. Throws SchedulerError for what a policy does wrong. */
export function simulate(
  program: Program,
  scheduler: Scheduler,
  parameters: ParameterValues,
  options: SimulationOptions,
): RunTotals {
  return new Simulation(program, scheduler, parameters, options).run();
}

/** Calls of a policy within one instant before it counts as going in circles. */
const MAX_CALLS_AN_INSTANT = 100_000;
/** Wake-ups in a row without any other event or decision. */
const MAX_IDLE_WAKES = 100_000;

class Simulation implements View, RunningView {
  readonly #world: World;
  readonly #policy: Policy;
  readonly #schedulerName: string;
  readonly #cursors: readonly (ReleaseCursor | undefined)[];
  readonly #decisions = new DecisionList();
  readonly #idle: AcceleratorView[] = [];
  readonly #running: JobHandle[] = [];
  readonly #maxEvents: number;
  #nextReleaseNs = Infinity;
  #wakeNs = Infinity;
  #idleWakes = 0;
  #calls = 0;
  #events = 0;

  constructor(program: Program, scheduler: Scheduler, parameters: ParameterValues, options: SimulationOptions) {
    this.#world = new World(program, options.seed, options.observer ?? {});
    this.#schedulerName = scheduler.name;
    this.#policy = scheduler.create({ accelerators: this.accelerators, tasks: this.#world.tasks }, parameters);
    this.#world.policy = this.#policy;
    const { durationNs } = program.scenario;
    this.#cursors = program.tasks.map(({ task }, index) =>
      task.release.kind === "after" ? undefined : releaseCursor(task, index, options.seed, durationNs),
    );
    this.#maxEvents = options.maxEvents ?? 1e9;
    this.#findNextRelease();
  }

  // What policies see.
  get nowNs(): number {
    return this.#world.nowNs;
  }
  get readyJobs(): JobList<ReadyJob> {
    return this.#world.ready;
  }
  get idleAccelerators(): readonly [AcceleratorView, ...AcceleratorView[]] {
    return this.#idle as [AcceleratorView, ...AcceleratorView[]];
  }
  get accelerators(): readonly AcceleratorView[] {
    return this.#world.accelerators;
  }
  get runningJobs(): readonly RunningJob[] {
    const { slot } = this.#world.lanes;
    this.#running.length = 0;
    for (let lane = 0; lane < slot.length; lane++) {
      if (slot[lane] !== -1) this.#running.push(this.#world.liveJob(slot[lane]!)!);
    }
    return this.#running;
  }

  run(): RunTotals {
    for (let nextNs = this.#nextEventNs(); nextNs !== Infinity; nextNs = this.#nextEventNs()) {
      this.#countEvent(nextNs);
      this.#world.nowNs = nextNs;
      this.#world.endSegments();
      this.#releaseDueJobs();
      if (this.#wakeNs <= nextNs) this.#wakeNs = Infinity;
      this.#letPolicyAct();
    }
    if (this.#world.ready.length > 0) this.#fail(`makes no progress: ${this.#waitingJobs()}`);
    return this.#world.totals(this.#calls, this.#events);
  }

  #nextEventNs(): number {
    if (this.#world.due.length > 0) return this.nowNs;
    const endNs = this.#world.lanes.nextEndNs();
    const nextNs = endNs < this.#nextReleaseNs ? endNs : this.#nextReleaseNs;
    return this.#wakeNs < nextNs ? this.#wakeNs : nextNs;
  }

  #countEvent(nextNs: number): void {
    this.#events += 1;
    if (this.#events > this.#maxEvents) this.#fail(`did not end within ${this.#maxEvents} events`);
    // A policy that only keeps asking to be woken would never end.
    const isIdleWake = nextNs === this.#wakeNs && nextNs < this.#nextReleaseNs && !this.#world.isAnythingRunning;
    this.#idleWakes = isIdleWake ? this.#idleWakes + 1 : 0;
    if (this.#idleWakes > MAX_IDLE_WAKES) this.#fail(`keeps waking up without progress: ${this.#waitingJobs()}`);
  }

  /** Root jobs and the dependents released by this instant's completions, by task, then job. */
  #releaseDueJobs(): void {
    const world = this.#world;
    const { due } = world;
    if (this.#nextReleaseNs > world.nowNs && due.length === 0) return;
    if (due.length > 1) due.sort((a, b) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex);
    let nextDue = 0;
    for (let taskIndex = 0; taskIndex < this.#cursors.length; taskIndex++) {
      const { task } = world.program.tasks[taskIndex]!;
      for (; due[nextDue]?.taskIndex === taskIndex; nextDue++) {
        const { jobIndex, frameNs } = due[nextDue]!;
        world.releaseJob(taskIndex, jobIndex, frameNs, Math.round(frameNs + task.deadlineNs), task.priority);
      }
      const cursor = this.#cursors[taskIndex];
      if (cursor !== undefined) this.#releaseRoots(taskIndex, cursor, task.deadlineNs);
    }
    due.length = 0;
    this.#findNextRelease();
  }

  #releaseRoots(taskIndex: number, cursor: ReleaseCursor, relativeDeadlineNs: number): void {
    while (cursor.releaseNs === this.#world.nowNs) {
      const deadlineNs = cursor.deadlineNs ?? Math.round(cursor.frameNs + relativeDeadlineNs);
      this.#world.releaseJob(taskIndex, cursor.jobIndex, cursor.frameNs, deadlineNs, cursor.priority);
      cursor.advance();
    }
  }

  #findNextRelease(): void {
    this.#nextReleaseNs = Infinity;
    for (const cursor of this.#cursors) {
      if (cursor !== undefined && cursor.releaseNs < this.#nextReleaseNs) this.#nextReleaseNs = cursor.releaseNs;
    }
  }

  /** Late drops, then `preempt` once, then `decide` while it decides something and there is something to decide. */
  #letPolicyAct(): void {
    const world = this.#world;
    this.#findIdle();
    const canAct = this.#idle.length > 0 || this.#policy.preempt !== undefined;
    if (this.#policy.lateDrop && canAct && world.ready.length > 0) world.dropLateJobs();
    if (this.#policy.preempt !== undefined && world.isAnythingRunning) {
      this.#decisions.clear();
      this.#policy.preempt(this, this.#decisions);
      this.#calls += 1;
      this.#apply();
    }
    for (let calls = 0; this.#idle.length > 0 && world.ready.length > 0; calls++) {
      this.#decisions.clear();
      this.#policy.decide(this, this.#decisions);
      this.#calls += 1;
      if (!this.#apply()) return;
      if (calls > MAX_CALLS_AN_INSTANT) this.#fail(`goes in circles: ${this.#waitingJobs()}`);
    }
  }

  #findIdle(): void {
    const { freeUnits } = this.#world.lanes;
    let idle = 0;
    for (let a = 0; a < freeUnits.length; a++) {
      if (freeUnits[a]! > 0) this.#idle[idle++] = this.#world.accelerators[a]!;
    }
    this.#idle.length = idle;
  }

  /** Checks and applies what was decided; false: nothing was. */
  #apply(): boolean {
    const decisions = this.#decisions;
    if (decisions.wakeNs !== Infinity) this.#setWake(decisions.wakeNs);
    for (let i = 0; i < decisions.length; i++) {
      switch (decisions.kinds[i]) {
        case kind.run:
          this.#applyRun(i);
          break;
        case kind.preempt:
          this.#applyPreempt(i);
          break;
        case kind.drop:
          this.#world.dropJob(this.#readyJob(i, "drop"), "policy");
          break;
        default:
          this.#applyVariant(i);
      }
    }
    if (decisions.length > 0) this.#findIdle();
    return decisions.length > 0;
  }

  #setWake(wakeNs: number): void {
    if (!(wakeNs > this.nowNs)) this.#fail(`asks to be woken at ${wakeNs} ns, which is not in the future`);
    this.#wakeNs = Math.round(wakeNs);
  }

  #applyRun(i: number): void {
    const job = this.#readyJob(i, "run");
    const { jobs: _, accelerators, counts, units } = this.#decisions;
    const accelerator = accelerators[i];
    const index = accelerator?.index ?? -1;
    if (accelerator === undefined || this.accelerators[index] !== accelerator) {
      this.#fail(`runs ${this.#nameOf(job)} on an unknown accelerator`);
    }
    const { freeUnits } = this.#world.lanes;
    const wanted = units[i] === 0 ? accelerator.units : units[i]!;
    if (wanted > freeUnits[index]! || !(wanted >= 1) || !Number.isInteger(wanted)) this.#failBusy(job, index, wanted);
    const layers = counts[i]!;
    if (!(layers >= 1)) this.#fail(`runs ${layers} layers of ${this.#nameOf(job)}; at least 1 must run`);
    if (!Number.isFinite(job.latencyNs(accelerator, wanted))) {
      this.#fail(`runs ${this.#nameOf(job)} on accelerator "${accelerator.id}", which cannot run it`);
    }
    this.#world.dispatch(job, index, wanted, layers);
  }

  #failBusy(job: JobHandle, index: number, wanted: number): never {
    const { id, units, freeUnits } = this.accelerators[index]!;
    const what = units === 1 ? "which is busy" : `of which ${freeUnits} of ${units} units are free, on ${wanted}`;
    this.#fail(`runs ${this.#nameOf(job)} on accelerator "${id}", ${what}`);
  }

  #applyPreempt(i: number): void {
    const { jobs, preemptions } = this.#decisions;
    const how = preemptions[i]!;
    const job = this.#world.liveJob(jobs[i]?.slot ?? -1);
    if (job === undefined || this.#world.pool.state[job.slot] !== state.running) {
      this.#fail(`preempts ${job === undefined ? "an unknown job" : this.#nameOf(job)}, which does not run`);
    }
    const { accelerator } = job;
    const isPossible = how === "drain" || (how === "kill" ? accelerator.canKill : accelerator.canCheckpoint);
    if (!isPossible) this.#fail(`asks accelerator "${accelerator.id}" for a ${how}, which it does not support`);
    if (job.isStopping) this.#fail(`preempts ${this.#nameOf(job)}, which is already stopping`);
    this.#world.preempt(job, how);
  }

  #applyVariant(i: number): void {
    const job = this.#readyJob(i, "choose a variant of");
    const variant = this.#decisions.counts[i]!;
    if (job.hasStarted) this.#fail(`chooses a variant of ${this.#nameOf(job)}, which has started`);
    if (job.task.variantNames[variant] === undefined) {
      this.#fail(`chooses variant ${variant} of ${this.#nameOf(job)}, which has ${job.task.variantNames.length}`);
    }
    this.#world.chooseVariant(job, variant);
  }

  #readyJob(i: number, verb: string): JobHandle {
    const job = this.#world.liveJob(this.#decisions.jobs[i]?.slot ?? -1);
    if (job === undefined) this.#fail(`wants to ${verb} an unknown job`);
    if (this.#world.pool.state[job.slot] !== state.ready) {
      this.#fail(`wants to ${verb} ${this.#nameOf(job)}, which is running`);
    }
    return job;
  }

  #nameOf(job: ReadyJob): string {
    return `job ${job.jobIndex} of task "${job.task.id}"`;
  }

  #waitingJobs(): string {
    const { ready } = this.#world;
    const names = [...ready].slice(0, 5).map((job) => this.#nameOf(job));
    const more = ready.length > 5 ? `, and ${ready.length - 5} more` : "";
    return ready.length === 0 ? "no job waits" : `waiting: ${names.join(", ")}${more}`;
  }

  #fail(what: string): never {
    throw new SchedulerError(`policy "${this.#schedulerName}" at ${this.nowNs / 1e6} ms: ${what}`);
  }
}
