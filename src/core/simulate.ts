/**
 * The run loop. Start reading the engine here. Order of one instant: ends of segments (by lane), releases (by task,
 * job), late drops, `preempt`, then `decide` until nothing changes. docs/semantics.md has the whole order.
 *
 * `engine/` keeps the state and changes it: `jobs.ts` from release to end, `work.ts` on the lanes. `effects/` adds what
 * a system has besides bare layers. `policy/` is between the engine and a policy: what the policy sees, when it is
 * called, and how its decisions are applied.
 */
import { effects } from "./effects/index.ts";
import type { MakeEffect } from "./effects/make-effect.ts";
import { Activations } from "./engine/activations.ts";
import { Clock } from "./engine/clock.ts";
import { EventStream } from "./engine/event-stream.ts";
import { JobPool } from "./engine/job-pool.ts";
import { Jobs } from "./engine/jobs.ts";
import { Lanes } from "./engine/lanes.ts";
import { Releases } from "./engine/releases.ts";
import { Work } from "./engine/work.ts";
import { estimatesOf } from "./estimates.ts";
import type { Observer } from "./events.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { AcceleratorHandle } from "./policy/accelerator-handle.ts";
import { DecisionApplier } from "./policy/apply-decisions.ts";
import { DecisionList } from "./policy/decision-list.ts";
import { JobHandle } from "./policy/job-handle.ts";
import { type KnownTargets, OnlyChoices, OrderedDecisions } from "./policy/known-decisions.ts";
import { PolicyCalls } from "./policy/policy-calls.ts";
import { PolicyView } from "./policy/policy-view.ts";
import { ProgressWatch } from "./policy/progress-watch.ts";
import { ScaledJobHandle } from "./policy/scaled-job-handle.ts";
import { TaskHandle } from "./policy/task-handle.ts";
import type { Program } from "./program.ts";
import type { RunTotals } from "./records.ts";
import { hasScales } from "./scenario.ts";
import type { ParameterValues, Scheduler } from "./scheduler.ts";

/** Settings of a simulation besides its program. */
export interface SimulationOptions {
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  readonly observer?: Observer;
  /** A run that exceeds a limit stops with a SchedulerError. Limits left out are `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Whether the peak power is measured; default off. */
  readonly meter?: "on" | "off";
  /** Effects in addition to rtmm's own. */
  readonly moreEffects?: readonly MakeEffect[];
}

/** Runs one scheduler on one program to the end of the last job. Throws SchedulerError for a fault of the policy. */
export function simulate(
  program: Program,
  scheduler: Scheduler,
  parameters: ParameterValues,
  options: SimulationOptions,
): RunTotals {
  const clock = new Clock();
  const calls = new PolicyCalls(scheduler.name, clock);
  const simulation = new Simulation(program, clock, calls, options);
  simulation.createPolicy(scheduler, parameters);
  try {
    const totals = simulation.run();
    calls.runEnded();
    return totals;
  } catch (error) {
    calls.runFailed();
    throw error;
  }
}

class Simulation implements KnownTargets {
  readonly program: Program;
  readonly clock: Clock;
  readonly calls: PolicyCalls;
  readonly lanes: Lanes;
  readonly jobs: Jobs;
  readonly work: Work;
  readonly releases: Releases;
  readonly accelerators: readonly AcceleratorHandle[];
  private readonly tasks: readonly TaskHandle[];
  private readonly view: PolicyView;
  private readonly decisions: DecisionList;
  private readonly applier: DecisionApplier;
  private readonly watch: ProgressWatch;
  private isLateDropping = false;
  private isPreempting = false;
  /** Decides for a policy that only orders jobs. */
  private ordered: OrderedDecisions | undefined;

  constructor(program: Program, clock: Clock, calls: PolicyCalls, options: SimulationOptions) {
    const { seed, observer = {}, limits, meter = "off", moreEffects = [] } = options;
    const estimates = estimatesOf(program, seed);
    const activations = new Activations(program);
    const lanes = new Lanes(program, clock, activations, meter, (context) =>
      [...effects, ...moreEffects].flatMap((make) => make(context, { seed, estimates }) ?? []),
    );
    const accelerators = program.system.accelerators.map((each, index) => new AcceleratorHandle(index, each, lanes));
    const tasks = program.tasks.map((_, index) => new TaskHandle(index, estimates));
    const Handle = program.scenario.tasks.some(hasScales) ? ScaledJobHandle : JobHandle;
    const pool = new JobPool((job) => new Handle(job, lanes, estimates, tasks, accelerators));
    const events = new EventStream(program, seed, clock, lanes, observer);
    const jobs = new Jobs({ program, seed, clock, pool, activations, calls, events });
    const work = new Work(clock, jobs, lanes, activations, events);
    this.program = program;
    this.clock = clock;
    this.calls = calls;
    this.lanes = lanes;
    this.jobs = jobs;
    this.work = work;
    this.releases = new Releases(program, seed, clock, jobs);
    this.accelerators = accelerators;
    this.tasks = tasks;
    this.view = new PolicyView(clock, lanes, accelerators, jobs.ready);
    this.watch = new ProgressWatch({ ...defaultLimits, ...limits }, calls, jobs.ready);
    this.decisions = new DecisionList(events.explains);
    const targets = { program, clock, accelerators, pool, jobs, work };
    this.applier = new DecisionApplier(this.decisions, targets, calls, this.watch, events);
  }

  createPolicy(scheduler: Scheduler, parameters: ParameterValues): void {
    this.calls.create(scheduler, { accelerators: this.accelerators, tasks: this.tasks }, parameters);
    this.isLateDropping = this.calls.isLateDropping;
    this.isPreempting = this.calls.isPreempting;
    if (!this.decisions.explains) this.useKnownDecisions();
  }

  /** Where reasons are wanted, the policy has to be asked for every decision. */
  private useKnownDecisions(): void {
    const { inOrder, onlyChoice } = this.calls;
    if (inOrder !== undefined) this.ordered = new OrderedDecisions(inOrder, this);
    if (this.isPreempting && !this.calls.isPreemptingForWaiting) return;
    this.work.known = this.ordered ?? (onlyChoice && new OnlyChoices(onlyChoice, this));
  }

  run(): RunTotals {
    while (this.advance()) {
      if (this.work.endDueSegments() === "decided") continue;
      this.releases.releaseDue();
      this.letPolicyAct();
    }
    this.watch.checkEnd();
    return this.totals();
  }

  /** Moves the clock to the next event. Returns false if there is none. */
  private advance(): boolean {
    const { nowNs } = this.clock;
    // Dependents of jobs that ended by a preemption are released at the same instant.
    const isDue = this.jobs.due.length > 0;
    const { wakeNs } = this.applier;
    const nextNs = isDue ? nowNs : Math.min(this.lanes.nextEndNs(), this.releases.nextNs, wakeNs);
    if (nextNs === Infinity) return false;
    if (nextNs > nowNs) this.lanes.timePassing();
    this.clock.nowNs = nextNs;
    this.watch.countEvent();
    if (wakeNs <= nextNs) this.wake();
    return true;
  }

  private wake(): void {
    this.watch.countWake(this.releases.nextNs > this.applier.wakeNs && this.lanes.running === 0);
    this.applier.wakeNs = Infinity;
  }

  /** Late drops, then `preempt` once, then `decide` while it decides something and a decision is possible. */
  private letPolicyAct(): void {
    const { ready } = this.jobs;
    const canAct = this.isPreempting || this.lanes.idleAccelerators > 0;
    if (this.isLateDropping && canAct && ready.length > 0) this.jobs.dropLate();
    if (this.isPreempting && this.lanes.running > 0) {
      this.calls.preempt(this.view, this.decisions);
      this.applier.apply();
    }
    if (this.ordered !== undefined) {
      this.ordered.decide();
      return;
    }
    for (let calls = 0; ready.length > 0 && this.lanes.idleAccelerators > 0; calls++) {
      this.calls.decide(this.view, this.decisions);
      if (!this.applier.apply()) return;
      this.watch.checkCalls(calls);
    }
  }

  private totals(): RunTotals {
    const { busyNs, energyPj, contextSwitches, effects, meter } = this.lanes;
    return {
      endNs: this.jobs.endNs,
      layers: this.work.layers,
      decisions: this.calls.decisions,
      events: this.watch.events,
      ...(meter !== undefined && { peakPowerMw: meter.peakMw }),
      ...Object.assign({}, ...effects.map((effect) => effect.totals?.())),
      accelerators: this.program.system.accelerators.map((_, a) => ({
        busyNs: busyNs[a]!,
        energyPj: energyPj[a]!,
        contextSwitches: contextSwitches[a]!,
      })),
    };
  }
}
