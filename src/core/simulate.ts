/**
 * The run loop. One instant: completions (by accelerator), releases (by task, job), late drops, `preempt`, then
 * `decide` until nothing changes. docs/semantics.md holds the whole order.
 */
import { deadlineOf, type ReleaseCursor, releaseCursor } from "./arrivals.ts";
import { Clock } from "./clock.ts";
import { DecisionList, decisionNames, kind } from "./decision-list.ts";
import { type LiveJob, state } from "./live-job.ts";
import { nameOf, PolicyCalls } from "./policy-calls.ts";
import { PolicyView } from "./policy-view.ts";
import type { Program } from "./program.ts";
import type { DecisionExplained, Observer, RunTotals } from "./records.ts";
import type { AcceleratorView, ParameterValues, ReadyJob, Scheduler } from "./scheduler.ts";
import { World } from "./world.ts";

export interface SimulationOptions {
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  readonly observer?: Observer;
  /** Beyond one of them the run stops with a SchedulerError; those left out are `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Whether the peak power is measured; default off. */
  readonly meter?: "on" | "off";
}

/** What a policy may do before it counts as one that never ends. */
export interface Limits {
  /** Events in all. */
  readonly events: number;
  /** Calls of a policy within one instant. */
  readonly callsAnInstant: number;
  /** Kills and checkpoints in a row without a job ending. */
  readonly stopsWithoutEnd: number;
  /** Wake-ups in a row without any other event or decision. */
  readonly idleWakes: number;
}

export const defaultLimits: Limits = {
  events: 1e9,
  callsAnInstant: 100_000,
  stopsWithoutEnd: 1_000_000,
  idleWakes: 100_000,
};

/** Runs one scheduler on one program to the end of its last job. Throws SchedulerError for what a policy does wrong. */
export function simulate(
  program: Program,
  scheduler: Scheduler,
  parameters: ParameterValues,
  options: SimulationOptions,
): RunTotals {
  return new Simulation(program, scheduler, parameters, options).run();
}

class Simulation {
  readonly #world: World;
  readonly #calls: PolicyCalls;
  readonly #isLateDropping: boolean;
  readonly #isPreempting: boolean;
  readonly #cursors: readonly (ReleaseCursor | undefined)[];
  readonly #decisions: DecisionList;
  readonly #explained: ((explained: DecisionExplained) => void) | undefined;
  readonly #view: PolicyView;
  readonly #limits: Limits;
  #nextReleaseNs = Infinity;
  #wakeNs = Infinity;
  #idleWakes = 0;
  #events = 0;
  /** Jobs that had ended when one was last stopped, and how many have been since. */
  #endedJobs = 0;
  #stops = 0;

  constructor(
    program: Program,
    scheduler: Scheduler,
    parameters: ParameterValues,
    { seed, observer = {}, limits, meter = "off" }: SimulationOptions,
  ) {
    const clock = new Clock();
    this.#calls = new PolicyCalls(scheduler.name, clock);
    this.#world = new World(program, { clock, calls: this.#calls, seed, observer, meter });
    this.#view = new PolicyView(this.#world);
    this.#explained = observer.decisionExplained?.bind(observer);
    this.#decisions = new DecisionList(this.#explained !== undefined);
    this.#limits = { ...defaultLimits, ...limits };
    this.#createPolicy(scheduler, parameters);
    this.#isLateDropping = this.#calls.isLateDropping;
    this.#isPreempting = this.#calls.isPreempting;
    this.#cursors = program.tasks.map(({ task }, index) =>
      task.release.kind === "after" ? undefined : releaseCursor(program.scenario, index, seed),
    );
    this.#findNextRelease();
  }

  #createPolicy(scheduler: Scheduler, parameters: ParameterValues): void {
    const { accelerators, tasks } = this.#world;
    try {
      this.#calls.create(scheduler, { accelerators, tasks }, parameters);
    } catch (error) {
      this.#calls.rethrow(error);
    }
  }

  run(): RunTotals {
    try {
      this.#runToEnd();
    } catch (error) {
      this.#calls.rethrow(error);
    }
    return this.#world.totals(this.#events);
  }

  #runToEnd(): void {
    const world = this.#world;
    while (this.#advance()) {
      world.endSegments();
      this.#releaseDueJobs();
      this.#letPolicyAct();
    }
    if (world.ready.length > 0) this.#fail(`makes no progress: ${this.#waitingJobs()}`);
  }

  /** Moves the clock to the next event; false: there is none. */
  #advance(): boolean {
    const { clock, lanes, due } = this.#world;
    // Dependents of what ended by a preemption are released at the same instant.
    const nextNs = due.length > 0 ? clock.nowNs : Math.min(lanes.nextEndNs(), this.#nextReleaseNs, this.#wakeNs);
    if (nextNs === Infinity) return false;
    if (nextNs > clock.nowNs) lanes.measurePower();
    clock.nowNs = nextNs;
    this.#events += 1;
    if (this.#events > this.#limits.events) this.#fail(`did not end within ${this.#limits.events} events`);
    if (this.#wakeNs <= nextNs) this.#wake();
    return true;
  }

  /** A policy that only keeps asking to be woken would never end. */
  #wake(): void {
    const isIdle = this.#nextReleaseNs > this.#wakeNs && this.#world.lanes.running === 0;
    this.#idleWakes = isIdle ? this.#idleWakes + 1 : 0;
    if (this.#idleWakes > this.#limits.idleWakes)
      this.#fail(`keeps waking up without progress: ${this.#waitingJobs()}`);
    this.#wakeNs = Infinity;
  }

  /** Root jobs and the dependents released by this instant's completions, by task, then job. */
  #releaseDueJobs(): void {
    const world = this.#world;
    const { due } = world;
    if (this.#nextReleaseNs > world.clock.nowNs && due.length === 0) return;
    if (due.length > 1) due.sort((a, b) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex);
    let nextDue = 0;
    for (let taskIndex = 0; taskIndex < this.#cursors.length; taskIndex++) {
      const { task } = world.program.tasks[taskIndex]!;
      for (; due[nextDue]?.taskIndex === taskIndex; nextDue++) {
        const frame = due[nextDue]!;
        const deadlineNs = deadlineOf(task, frame.frameNs, frame.framePeriodNs);
        world.releaseJob(frame, deadlineNs, task.priority);
      }
      const cursor = this.#cursors[taskIndex];
      if (cursor !== undefined) this.#releaseRoots(taskIndex, cursor);
    }
    due.length = 0;
    this.#findNextRelease();
  }

  #releaseRoots(taskIndex: number, cursor: ReleaseCursor): void {
    while (cursor.releaseNs === this.#world.clock.nowNs) {
      const { jobIndex, frameNs, periodNs } = cursor;
      this.#world.releaseJob(
        { taskIndex, jobIndex, frameNs, framePeriodNs: periodNs },
        cursor.deadlineNs,
        cursor.priority,
      );
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
    const { lanes, ready } = world;
    const canAct = this.#isPreempting || lanes.idleAccelerators > 0;
    if (this.#isLateDropping && canAct && ready.length > 0) world.dropLateJobs();
    if (this.#isPreempting && lanes.running > 0) {
      this.#calls.preempt(this.#view, this.#decisions);
      this.#apply();
    }
    for (let calls = 0; ready.length > 0 && lanes.idleAccelerators > 0; calls++) {
      this.#calls.decide(this.#view, this.#decisions);
      if (!this.#apply()) return;
      if (calls > this.#limits.callsAnInstant) this.#fail(`goes in circles: ${this.#waitingJobs()}`);
    }
  }

  /** Checks and applies what was decided; false: nothing was. */
  #apply(): boolean {
    const decisions = this.#decisions;
    if (decisions.wakeNs !== Infinity) this.#setWake(decisions.wakeNs);
    if (this.#explained !== undefined) this.#explain(-1);
    for (let i = 0; i < decisions.length; i++) {
      if (this.#explained !== undefined) this.#explain(i);
      const what = decisions.kinds[i];
      if (what === kind.run) this.#applyRun(i);
      else if (what === kind.preempt) this.#applyPreempt(i);
      else if (what === kind.drop) this.#world.dropJob(this.#readyJob(i, "drop"), "policy");
      else this.#applyVariant(i);
    }
    return decisions.length > 0;
  }

  /** Tells the reasons of one decision; -1: of waiting. */
  #explain(decision: number): void {
    const { explanations, jobs, kinds } = this.#decisions;
    const job = jobs[decision];
    for (const { reason } of explanations.filter((each) => each.decision === decision)) {
      this.#explained!({
        timeNs: this.#world.clock.nowNs,
        decision: decision < 0 ? "wait" : decisionNames[kinds[decision]!]!,
        ...(decision >= 0 && job?.task !== undefined && { taskIndex: job.task.index, jobIndex: job.jobIndex }),
        reason,
      });
    }
  }

  #setWake(wakeNs: number): void {
    if (!(wakeNs > this.#world.clock.nowNs)) this.#fail(`asks to be woken at ${wakeNs} ns, which is not in the future`);
    this.#wakeNs = Math.ceil(wakeNs);
  }

  #applyRun(i: number): void {
    const job = this.#readyJob(i, "run");
    const { accelerators, counts, units } = this.#decisions;
    const accelerator = accelerators[i];
    if (accelerator === undefined || this.#world.accelerators[accelerator.index] !== accelerator) {
      this.#fail(`runs ${nameOf(job.handle)} on an unknown accelerator`);
    }
    const wanted = units[i] ?? accelerator.units;
    const isPossible = wanted >= 1 && wanted <= accelerator.freeUnits && Number.isInteger(wanted);
    if (!isPossible) this.#failBusy(job.handle, accelerator, wanted);
    const layers = counts[i]!;
    if (!(layers >= 1 && (layers === Infinity || Number.isInteger(layers)))) {
      this.#fail(`runs ${layers} layers of ${nameOf(job.handle)}; it must be a whole number from 1`);
    }
    if (!this.#world.program.isComplete) this.#checkAble(job.handle, accelerator, wanted, layers);
    this.#world.dispatch(job, accelerator.index, wanted, layers);
  }

  #checkAble(job: ReadyJob, accelerator: AcceleratorView, units: number, layers: number): void {
    // The first is cheap and nearly always enough.
    if (job.remainingNs(accelerator, units) < Infinity || job.blockNs(layers, accelerator, units) < Infinity) return;
    this.#fail(`runs ${nameOf(job)} on accelerator "${accelerator.id}", which cannot run it`);
  }

  #failBusy(job: ReadyJob, { id, units, freeUnits }: AcceleratorView, wanted: number): never {
    const isBusy = units === 1 && freeUnits === 0;
    const what = isBusy
      ? `accelerator "${id}", which is busy`
      : `${wanted} units of accelerator "${id}", of which ${freeUnits} of ${units} are free`;
    this.#fail(`runs ${nameOf(job)} on ${what}`);
  }

  #applyPreempt(i: number): void {
    const how = this.#decisions.preemptions[i]!;
    const job = this.#liveJob(i);
    if (job === undefined) this.#fail("preempts an unknown job");
    const { handle } = job;
    if (job.state !== state.running) this.#fail(`preempts ${nameOf(handle)}, which does not run`);
    const { id, canKill, canCheckpoint } = handle.accelerator;
    const isPossible = how === "drain" || (how === "kill" && canKill) || (how === "checkpoint" && canCheckpoint);
    if (!isPossible) this.#fail(`asks accelerator "${id}" to ${how}, which it does not support`);
    if (handle.isStopping) this.#fail(`preempts ${nameOf(handle)}, which is already stopping`);
    this.#world.preempt(job, how);
    if (how !== "drain") this.#countStop();
  }

  #countStop(): void {
    const { endedJobs } = this.#world;
    this.#stops = endedJobs === this.#endedJobs ? this.#stops + 1 : 0;
    this.#endedJobs = endedJobs;
    const { stopsWithoutEnd } = this.#limits;
    if (this.#stops > stopsWithoutEnd)
      this.#fail(`makes no progress: no job ended while it stopped ${stopsWithoutEnd}`);
  }

  #applyVariant(i: number): void {
    const job = this.#readyJob(i, "choose a variant of");
    const variant = this.#decisions.counts[i]!;
    const { variantNames } = job.handle.task;
    if (!job.handle.canChooseVariant) {
      this.#fail(`chooses a variant of ${nameOf(job.handle)}, which has started and is at no switch point`);
    }
    if (variantNames[variant] === undefined) {
      this.#fail(`chooses variant ${variant} of ${nameOf(job.handle)}, which has ${variantNames.length}`);
    }
    this.#world.chooseVariant(job, variant);
  }

  #liveJob(i: number): LiveJob | undefined {
    return this.#world.pool.live(this.#decisions.jobs[i]?.slot ?? -1);
  }

  #readyJob(i: number, verb: string): LiveJob {
    const job = this.#liveJob(i);
    if (job?.state === state.ready) return job;
    const what = job === undefined ? "an unknown job" : `${nameOf(job.handle)}, which is running`;
    this.#fail(`wants to ${verb} ${what}`);
  }

  #waitingJobs(): string {
    const { ready } = this.#world;
    const names = [...ready].slice(0, 5).map((job) => nameOf(job));
    const more = ready.length > 5 ? `, and ${ready.length - 5} more` : "";
    return ready.length === 0 ? "no job waits" : `waiting: ${names.join(", ")}${more}`;
  }

  #fail(what: string): never {
    this.#calls.fail(what);
  }
}
