// Hot: once per dispatched layer.
/** Checks the decisions of a policy's call, and carries them out. */
import type { Clock } from "../engine/clock.ts";
import type { EventStream } from "../engine/event-stream.ts";
import type { JobPool } from "../engine/job-pool.ts";
import type { Jobs } from "../engine/jobs.ts";
import { type LiveJob, state } from "../engine/live-job.ts";
import type { Work } from "../engine/work.ts";
import type { Program } from "../program.ts";
import type { AcceleratorView, ReadyJob } from "../scheduler.ts";
import { type DecisionList, decisionNames, kind } from "./decision-list.ts";
import { nameOf, type PolicyCalls } from "./policy-calls.ts";
import type { ProgressWatch } from "./progress-watch.ts";

/** The objects of decisions, and the parts of the engine that carry them out. */
export interface DecisionTargets {
  readonly program: Program;
  readonly clock: Clock;
  readonly accelerators: readonly AcceleratorView[];
  readonly pool: JobPool;
  readonly jobs: Jobs;
  readonly work: Work;
}

export class DecisionApplier {
  /** When the policy wants to be called again; Infinity: not requested. */
  wakeNs = Infinity;
  private readonly decisions: DecisionList;
  private readonly targets: DecisionTargets;
  private readonly calls: PolicyCalls;
  private readonly watch: ProgressWatch;
  private readonly events: EventStream;

  constructor(
    decisions: DecisionList,
    targets: DecisionTargets,
    calls: PolicyCalls,
    watch: ProgressWatch,
    events: EventStream,
  ) {
    this.decisions = decisions;
    this.targets = targets;
    this.calls = calls;
    this.watch = watch;
    this.events = events;
  }

  /** In order. Returns false if nothing was decided. */
  apply(): boolean {
    const decisions = this.decisions;
    const { length, explains } = decisions;
    if (decisions.wakeNs !== Infinity) this.setWake(decisions.wakeNs);
    if (explains) this.explain(-1);
    for (let i = 0; i < length; i++) {
      if (explains) this.explain(i);
      if (decisions.kinds[i] === kind.run) this.run(i);
      else this.applyOther(i);
    }
    return length > 0;
  }

  private setWake(wakeNs: number): void {
    const isAhead = wakeNs > this.targets.clock.nowNs;
    if (!isAhead) this.calls.fail(`asks to be woken at ${wakeNs} ns, which is not in the future`);
    this.wakeNs = Math.ceil(wakeNs);
  }

  private applyOther(i: number): void {
    const what = this.decisions.kinds[i];
    if (what === kind.preempt) this.preempt(i);
    else if (what === kind.drop) this.targets.jobs.drop(this.readyJob(i, "drop"), "policy");
    else this.chooseVariant(i);
  }

  private run(i: number): void {
    const job = this.readyJob(i, "run");
    const { accelerators, counts, units } = this.decisions;
    const accelerator = accelerators[i];
    const { program, work } = this.targets;
    const isKnown = accelerator !== undefined && this.targets.accelerators[accelerator.index] === accelerator;
    if (!isKnown) this.failUnknown(job.handle);
    const wanted = units[i] ?? accelerator.units;
    const isPossible = wanted >= 1 && wanted <= accelerator.freeUnits && Number.isInteger(wanted);
    if (!isPossible) this.failBusy(job.handle, accelerator, wanted);
    const layers = counts[i]!;
    if (!(layers >= 1 && (layers === Infinity || Number.isInteger(layers)))) this.failLayers(job.handle, layers);
    if (!program.isComplete) this.checkAble(job.handle, accelerator, wanted, layers);
    work.dispatch(job, accelerator.index, wanted, layers);
  }

  private failUnknown(job: ReadyJob): never {
    this.calls.fail(`runs ${nameOf(job)} on an unknown accelerator`);
  }

  private failLayers(job: ReadyJob, layers: number): never {
    this.calls.fail(`runs ${layers} layers of ${nameOf(job)}; it must be a whole number from 1`);
  }

  private checkAble(job: ReadyJob, accelerator: AcceleratorView, units: number, layers: number): void {
    // The first check is cheap and nearly always enough.
    if (job.remainingNs(accelerator, units) < Infinity || job.blockNs(layers, accelerator, units) < Infinity) return;
    this.calls.fail(`runs ${nameOf(job)} on accelerator "${accelerator.id}", which cannot run it`);
  }

  private failBusy(job: ReadyJob, { id, units, freeUnits }: AcceleratorView, wanted: number): never {
    const isBusy = units === 1 && freeUnits === 0;
    const what = isBusy
      ? `accelerator "${id}", which is busy`
      : `${wanted} units of accelerator "${id}", of which ${freeUnits} of ${units} are free`;
    this.calls.fail(`runs ${nameOf(job)} on ${what}`);
  }

  private preempt(i: number): void {
    const how = this.decisions.preemptions[i]!;
    const job = this.liveJob(i);
    if (job === undefined) this.calls.fail("preempts an unknown job");
    const { handle } = job;
    if (job.state !== state.running) this.calls.fail(`preempts ${nameOf(handle)}, which does not run`);
    const { id, canKill, canCheckpoint } = handle.accelerator;
    const isPossible = how === "drain" || (how === "kill" && canKill) || (how === "checkpoint" && canCheckpoint);
    if (!isPossible) this.calls.fail(`asks accelerator "${id}" to ${how}, which it does not support`);
    if (handle.isStopping) this.calls.fail(`preempts ${nameOf(handle)}, which is already stopping`);
    this.targets.work.preempt(job, how);
    if (how !== "drain") this.watch.countStop(this.targets.jobs.ended);
  }

  private chooseVariant(i: number): void {
    const job = this.readyJob(i, "choose a variant of");
    const variant = this.decisions.counts[i]!;
    const { variantNames } = job.handle.task;
    if (!job.handle.canChooseVariant) {
      this.calls.fail(`chooses a variant of ${nameOf(job.handle)}, which has started and is at no switch point`);
    }
    if (variantNames[variant] === undefined) {
      this.calls.fail(`chooses variant ${variant} of ${nameOf(job.handle)}, which has ${variantNames.length}`);
    }
    this.targets.jobs.chooseVariant(job, variant);
  }

  private readyJob(i: number, verb: string): LiveJob {
    const job = this.liveJob(i);
    return job?.state === state.ready ? job : this.failNotReady(job, verb);
  }

  private failNotReady(job: LiveJob | undefined, verb: string): never {
    const what = job === undefined ? "an unknown job" : `${nameOf(job.handle)}, which is running`;
    this.calls.fail(`wants to ${verb} ${what}`);
  }

  private liveJob(i: number): LiveJob | undefined {
    return this.targets.pool.live(this.decisions.jobs[i]?.slot ?? -1);
  }

  /** Passes on the reasons of one decision; -1: of waiting. */
  private explain(decision: number): void {
    const { explanations, kinds } = this.decisions;
    const what = decision < 0 ? "wait" : decisionNames[kinds[decision]!]!;
    const job = decision < 0 ? undefined : this.liveJob(decision);
    for (const each of explanations) {
      if (each.decision === decision) this.events.decisionExplained(what, job, each.reason);
    }
  }
}
