/** Collects the story of one job from the events of a run. It keeps nothing of other jobs but what the story tells. */

import type {
  DecisionExplained,
  DispatchEnded,
  InputsRead,
  JobCompleted,
  JobDispatched,
  JobDropped,
  JobPreempted,
  JobReleased,
  Observer,
  SegmentEnded,
  VariantChosen,
} from "../core/events.ts";
import { endNsOf } from "../core/job-outcome.ts";
import type { Program } from "../core/program.ts";
import type { JobRecord } from "../core/records.ts";
import type { Explanation, JobName, Judgement, ReleasedStep, Step, TimeShares } from "../records/explanation.ts";
import type { JobIndexes } from "./chosen-job.ts";
import { LaneWatch } from "./lane-watch.ts";
import { acceleratorId, judgementOf, msOf, taskId, variantName } from "./names.ts";
import { fixedStep, type GrowingStep, Running, Waiting } from "./steps.ts";
import { BusyTime } from "./time-shares.ts";

export type Detail = Explanation["detail"];

/** With every decision: the most steps that are kept. */
const MOST_STEPS = 10_000;

export interface Story extends Pick<Explanation, "detail" | "steps" | "blockers" | "omittedDecisions"> {
  readonly record: JobRecord;
  readonly time: TimeShares;
}

type Parent = ReleasedStep["parents"][number];

export class StoryCollector {
  readonly observer: Observer;
  readonly #program: Program;
  readonly #job: JobIndexes;
  readonly #detail: Detail;
  readonly #lanes: LaneWatch;
  readonly #busy = new BusyTime();
  readonly #parents: Parent[] = [];
  readonly #steps: GrowingStep[] = [];
  /** The last step, if it may grow. */
  #open: Waiting | Running | undefined;
  /** The reason of the event that follows. */
  #why: DecisionExplained | undefined;
  /** The last explained decision, whoever it was about. */
  #explainedLast: DecisionExplained | undefined;
  #droppedParent: JobName | undefined;
  #isReady = false;
  #omitted = 0;
  #record: JobRecord | undefined;

  constructor(program: Program, job: JobIndexes, detail: Detail = "grouped") {
    this.#program = program;
    this.#job = job;
    this.#detail = detail;
    this.#lanes = new LaneWatch(program);
    this.observer = {
      decisionExplained: (event) => this.#explained(event),
      jobReleased: (event) => this.#isOwn(event) && this.#released(event),
      inputsRead: (event) => this.#isOwn(event) && this.#read(event),
      jobDispatched: (event) => this.#dispatched(event),
      segmentEnded: (event) => this.#isOwn(event) && this.#ran(event),
      jobPreempted: (event) => this.#isOwn(event) && this.#preempted(event),
      dispatchEnded: (event) => this.#dispatchEnded(event),
      variantChosen: (event) => this.#isOwn(event) && this.#variantChosen(event),
      jobCompleted: (event) => this.#completed(event),
      jobDropped: (event) => this.#dropped(event),
    };
  }

  /** undefined: the run had no such job. */
  finish(): Story | undefined {
    const record = this.#record;
    if (record === undefined) return undefined;
    return {
      record,
      detail: this.#detail,
      time: this.#time(record),
      steps: this.#steps.map((step) => step.step()),
      blockers: this.#lanes.blockers().map(({ taskIndex, acceleratorIndex, ns }) => ({
        task: taskId(this.#program, taskIndex),
        accelerator: acceleratorId(this.#program, acceleratorIndex),
        ms: msOf(ns),
      })),
      ...(this.#omitted > 0 && { omittedDecisions: this.#omitted }),
    };
  }

  #isOwn({ taskIndex, jobIndex }: { readonly taskIndex?: number; readonly jobIndex?: number }): boolean {
    return taskIndex === this.#job.taskIndex && jobIndex === this.#job.jobIndex;
  }

  #add(step: Step): void {
    this.#open = undefined;
    this.#steps.push(fixedStep(step));
  }

  /** The reason of this event, told once. */
  #reason(decision: Judgement["decision"]): { readonly why?: Judgement } {
    const why = this.#why;
    this.#why = undefined;
    return why?.decision === decision ? { why: judgementOf(this.#program, why) } : {};
  }

  #explained(event: DecisionExplained): void {
    const isOwn = this.#isOwn(event);
    this.#explainedLast = event;
    this.#why = isOwn ? event : undefined;
    if (isOwn || !this.#isReady) return;
    if (event.decision === "run" || event.decision === "wait") this.#waits(event);
  }

  #waits(event: DecisionExplained): void {
    const isCandidate = event.reason.candidates.some((candidate) => this.#isOwn(candidate));
    const kind = event.decision === "wait" ? "heldBack" : "passedOver";
    const isMore = this.#detail === "grouped" && this.#open instanceof Waiting && this.#open.kind === kind;
    if (!isMore && this.#detail === "every decision" && this.#steps.length >= MOST_STEPS) {
      this.#omitted += 1;
      return;
    }
    const waiting = isMore ? (this.#open as Waiting) : new Waiting(this.#program, event);
    waiting.add(event, isCandidate);
    if (!isMore) this.#steps.push(waiting);
    this.#open = waiting;
  }

  #released({ timeNs }: JobReleased): void {
    this.#setReady(timeNs);
    this.#add({ kind: "released", atMs: msOf(timeNs), parents: this.#parents });
  }

  #setReady(timeNs: number): void {
    this.#isReady = true;
    this.#lanes.ready(timeNs);
  }

  #setNotReady(timeNs: number): void {
    if (this.#isReady) this.#lanes.notReady(timeNs);
    this.#isReady = false;
  }

  #read({ timeNs, reads }: InputsRead): void {
    // It comes with the dispatch, which stays the step that grows.
    const step: Step = {
      kind: "read",
      atMs: msOf(timeNs),
      reads: reads.map(({ taskIndex, output }) => ({
        task: taskId(this.#program, taskIndex),
        job: output?.jobIndex ?? null,
      })),
    };
    this.#steps.push(fixedStep(step));
  }

  #dispatched(event: JobDispatched): void {
    if (this.#isOwn(event)) {
      this.#setNotReady(event.timeNs);
      const why = this.#why;
      this.#why = undefined;
      const isMore = this.#detail === "grouped" && this.#open instanceof Running && this.#open.goesOn(event);
      const running = isMore ? (this.#open as Running) : new Running(this.#program, event, why);
      running.dispatched(why);
      if (!isMore) this.#steps.push(running);
      this.#open = running;
    } else if (this.#isReady && !this.#isExplained(event)) this.#waits(withoutReason(event));
    this.#lanes.dispatched(event);
  }

  /** A decision is explained right before it is carried out. */
  #isExplained({ taskIndex, jobIndex, timeNs }: JobDispatched): boolean {
    const last = this.#explainedLast;
    this.#explainedLast = undefined;
    return (
      last?.decision === "run" && last.taskIndex === taskIndex && last.jobIndex === jobIndex && last.timeNs === timeNs
    );
  }

  #ran(event: SegmentEnded): void {
    this.#busy.add(event);
    this.#running?.ran(event);
  }

  /** The dispatch under way or just ended, also if a preemption was told after it began. */
  get #running(): Running | undefined {
    return this.#steps.findLast((step) => step instanceof Running);
  }

  #preempted({ timeNs, how }: JobPreempted): void {
    this.#add({ kind: "preempted", atMs: msOf(timeNs), how, ...this.#reason("preempt") });
  }

  #dispatchEnded(event: DispatchEnded): void {
    this.#lanes.ended(event);
    if (!this.#isOwn(event)) return;
    this.#running?.ended(event.timeNs, event.why);
    if (event.why !== "completed") this.#setReady(event.timeNs);
  }

  #variantChosen({ timeNs, taskIndex, variantIndex, previousVariantIndex }: VariantChosen): void {
    const nameOf = (index: number): string => variantName(this.#program, taskIndex, index);
    const change = { from: nameOf(previousVariantIndex), to: nameOf(variantIndex) };
    this.#add({ kind: "variantChosen", atMs: msOf(timeNs), ...change, ...this.#reason("chooseVariant") });
  }

  #completed(event: JobCompleted): void {
    if (this.#isOwn(event)) {
      this.#add({ kind: "completed", atMs: msOf(event.completionNs) });
      this.#end(event);
    } else if (this.#isParent(event)) this.#parents.push(parentOf(this.#program, event));
  }

  #isParent({ taskIndex, jobIndex }: JobRecord): boolean {
    const { taskIndex: own, jobIndex: ownJob } = this.#job;
    return jobIndex === ownJob && this.#program.tasks[own]!.parents.includes(taskIndex);
  }

  #dropped(event: JobDropped): void {
    if (!this.#isOwn(event)) {
      if (this.#isParent(event))
        this.#droppedParent = { task: taskId(this.#program, event.taskIndex), job: event.jobIndex };
      return;
    }
    const { dropNs, dropReason: reason } = event;
    const why = reason === "policy" ? this.#reason("drop") : {};
    const parent = this.#droppedParent;
    this.#add({
      kind: "dropped",
      atMs: msOf(dropNs),
      reason,
      ...(reason === "parent" && parent && { parent }),
      ...why,
    });
    this.#end(event);
  }

  #end(record: JobRecord & { readonly timeNs: number }): void {
    this.#setNotReady(record.timeNs);
    this.#record = record;
  }

  #time(record: JobRecord): TimeShares {
    const busy = this.#busy;
    const endNs = endNsOf(record);
    // A job that is dropped with its parent, or refused, was never released: all its time was before that.
    const releasedNs = this.#steps[0]?.step().kind === "released" ? record.releaseNs : endNs;
    const readyNs = endNs - releasedNs - busy.totalNs;
    return {
      // A join of several roots may be dropped before the latest of their frames.
      beforeReleaseMs: msOf(Math.max(0, releasedNs - record.frameReleaseNs)),
      allBusyMs: msOf(this.#lanes.allBusyNs),
      someFreeMs: msOf(readyNs - this.#lanes.allBusyNs),
      computingMs: msOf(busy.computingNs),
      switchingMs: msOf(busy.switchingNs),
      loadingMs: msOf(busy.loadingNs),
      overheadMs: msOf(busy.overheadNs),
      contentionMs: msOf(busy.contentionNs),
      lostMs: msOf(busy.lostNs),
    };
  }
}

function parentOf(program: Program, job: JobCompleted): JobName & Parent {
  return {
    task: taskId(program, job.taskIndex),
    job: job.jobIndex,
    releaseMs: msOf(job.releaseNs),
    completionMs: msOf(job.completionNs),
  };
}

/** Policies need not explain themselves. */
const withoutReason = ({ timeNs, taskIndex, jobIndex }: JobDispatched): DecisionExplained => ({
  kind: "decisionExplained",
  ...{ timeNs, taskIndex, jobIndex },
  decision: "run",
  reason: { rule: "no reason given", candidates: [] },
});
