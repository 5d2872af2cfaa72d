/** One run of a policy that is a process of its own: what happens is sent to it, and what it answers is decided. */
import { SchedulerError } from "../core/errors.ts";
import type {
  AcceleratorView,
  Decisions,
  Platform,
  Policy,
  PreemptDecisions,
  ReadyJob,
  RunningJob,
  RunningView,
  TaskView,
  View,
} from "../core/scheduler.ts";
import { type AnswerReader, BadLine, candidateOf, questionOf } from "./answers.ts";
import type { Conversation } from "./conversation.ts";
import { JobMirror } from "./job-mirror.ts";
import type { CallMessage, EventRecord, JobRecord, Question, StartAnswer } from "./wire.ts";

/** What the run is made of, besides its process. */
export interface ProcessRun {
  readonly name: string;
  readonly platform: Platform;
  readonly start: StartAnswer;
  /** Called when the run has ended; `broken`: the process is of no further use. */
  readonly ended: (state: "usable" | "broken") => void;
}

export class ProcessPolicy implements Policy {
  readonly lateDrop: boolean;
  readonly preempt?: (view: RunningView, decisions: PreemptDecisions) => void;
  readonly #conversation: Conversation;
  readonly #run: ProcessRun;
  readonly #mirror: JobMirror;
  #events: EventRecord[] = [];
  #free: readonly number[] = [];
  #running: readonly number[] = [];
  #nowNs = 0;
  /** By slot. A slot has one object for all of its jobs. */
  readonly #jobs: ReadyJob[] = [];
  #isBroken = false;

  constructor(conversation: Conversation, run: ProcessRun) {
    this.lateDrop = run.start.lateDrop;
    this.#conversation = conversation;
    this.#run = run;
    this.#mirror = new JobMirror(run.platform.tasks);
    // Without the method, the core does not ask at all.
    if (run.start.preempt) this.preempt = (view, decisions) => this.#call("preempt", view, decisions);
  }

  decide(view: View, decisions: Decisions): void {
    this.#call("decide", view, decisions);
  }

  jobReleased(job: ReadyJob, nowNs: number): void {
    const { slot, task, jobIndex, releaseNs, deadlineNs, priority, scale } = job;
    this.#jobs[slot] = job;
    this.#mirror.released(job);
    this.#events.push({
      event: "released",
      job: slot,
      task: task.index,
      index: jobIndex,
      releaseNs,
      deadlineNs: deadlineNs === Infinity ? null : deadlineNs,
      priority,
      ...(scale !== 1 && { scale }),
      nowNs,
    });
  }

  jobEnded({ slot }: ReadyJob, nowNs: number, dropped: "late" | "policy" | "queue" | undefined): void {
    this.#events.push({ event: "ended", job: slot, nowNs, ...(dropped !== undefined && { dropped }) });
  }

  orphanDropped({ index: task }: TaskView, index: number, nowNs: number): void {
    this.#events.push({ event: "orphan", task, index, nowNs });
  }

  runEnded(): void {
    try {
      if (!this.#isBroken) this.#exchange("runEnded", () => this.#conversation.end(this.#events));
    } finally {
      this.#run.ended(this.#isBroken ? "broken" : "usable");
    }
  }

  #call(message: "decide" | "preempt", view: View | RunningView, decisions: Decisions | PreemptDecisions): void {
    this.#nowNs = view.nowNs;
    this.#exchange(message, () => {
      let answer = this.#conversation.ask(this.#messageOf(message, view, decisions.explains));
      while (answer.has("ask"))
        answer = this.#conversation.tell(answer.objects("ask").map((each) => this.#valueOf(each)));
      answer.allow(["decisions"]);
      const list = answer.objects("decisions");
      if (list.length === 0) return;
      for (const each of list) this.#decide(each, decisions, message);
    });
  }

  /** Turns whatever goes wrong into the fault of the policy. The process is of no use after it. */
  #exchange(call: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#isBroken = true;
      throw new SchedulerError(`policy "${this.#run.name}" at ${this.#nowNs / 1e6} ms: ${call}: ${textOf(error)}`);
    }
  }

  #messageOf(message: "decide" | "preempt", view: View | RunningView, explains: boolean): CallMessage {
    const jobs = this.#changes(view);
    const running = this.#runningJobs(view.runningJobs);
    const free = this.#freeUnits(view.accelerators);
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return {
      message,
      nowNs: view.nowNs,
      ...(events.length > 0 && { events }),
      ...(jobs.length > 0 && { jobs }),
      ...(running !== undefined && { running }),
      ...(free !== undefined && { free }),
      ...(explains && { explains }),
    };
  }

  #changes({ readyJobs, runningJobs }: View | RunningView): readonly JobRecord[] {
    const changes: JobRecord[] = [];
    for (let i = 0; i < readyJobs.length; i += 1) {
      const change = this.#mirror.ready(readyJobs.at(i));
      if (change !== undefined) changes.push(change);
    }
    for (const job of runningJobs) {
      const change = this.#mirror.running(job);
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }

  #runningJobs(jobs: readonly RunningJob[]): readonly number[] | undefined {
    const before = this.#running;
    if (jobs.length === before.length && jobs.every(({ slot }, index) => slot === before[index])) return undefined;
    this.#running = jobs.map(({ slot }) => slot);
    return this.#running;
  }

  #freeUnits(accelerators: readonly AcceleratorView[]): readonly number[] | undefined {
    if (accelerators.every(({ freeUnits, index }) => freeUnits === this.#free[index])) return undefined;
    this.#free = accelerators.map(({ freeUnits }) => freeUnits);
    return this.#free;
  }

  #valueOf(answer: AnswerReader): number | null {
    const question = questionOf(answer);
    const value = this.#measured(question, this.#job(question.job) as RunningJob);
    return Number.isFinite(value) ? value : null;
  }

  #measured({ what, accelerator: index, units }: Question, job: RunningJob): number {
    switch (what) {
      case "meanRemainingNowNs":
      case "minRemainingNowNs":
      case "spentPj":
        return job[what];
      case "progressNow":
        // Only a job that runs has more than what a checkpoint kept.
        return this.#mirror.isRunning(job.slot) ? job.progressNow : job.layerProgress;
      case "switchNs":
      case "switchPj":
        return job[what](this.#accelerator(index));
      case "remainingNowNs":
        return job.remainingNowNs(this.#accelerator(index), units);
      default:
        return what satisfies never;
    }
  }

  #accelerator(index: number | undefined): AcceleratorView {
    const accelerator = index === undefined ? undefined : this.#run.platform.accelerators[index];
    if (accelerator === undefined) throw new BadLine(`it names accelerator ${index}, which there is not`);
    return accelerator;
  }

  #decide(answer: AnswerReader, decisions: Decisions | PreemptDecisions, call: "decide" | "preempt"): void {
    if (answer.has("because")) {
      // A reason explains the decision before it, and an ordinary run has no use for it.
      answer.allow(["because"]);
      if (decisions.explains) this.#because(answer.object("because"), decisions);
    } else if (answer.has("drop")) {
      answer.allow(["drop"]);
      decisions.drop(this.#job(answer.number("drop")));
    } else if (answer.has("preempt")) {
      answer.allow(["preempt", "how"]);
      const how = answer.oneOf("how", ["checkpoint", "kill", "drain"]);
      decisions.preempt(this.#job(answer.number("preempt")) as RunningJob, how);
    } else if (answer.has("wakeAt")) {
      answer.allow(["wakeAt"]);
      decisions.wakeAt(answer.number("wakeAt"));
    } else if (call === "preempt") {
      throw new BadLine("preempt may answer with preempt, drop, wakeAt and because, and not with anything else");
    } else {
      this.#dispatch(answer, decisions as Decisions);
    }
  }

  #dispatch(answer: AnswerReader, decisions: Decisions): void {
    if (answer.has("chooseVariant")) {
      answer.allow(["chooseVariant", "variant"]);
      decisions.chooseVariant(this.#job(answer.number("chooseVariant")), answer.number("variant"));
      return;
    }
    answer.allow(["run", "on", "layers", "units"]);
    const layers = answer.optionalNumber("layers");
    const units = answer.optionalNumber("units");
    decisions.run(this.#job(answer.number("run")), this.#accelerator(answer.number("on")), {
      ...(layers !== undefined && { layers }),
      ...(units !== undefined && { units }),
    });
  }

  #because(answer: AnswerReader, decisions: PreemptDecisions): void {
    answer.allow(["rule", "best", "candidates"]);
    const candidates = answer.has("candidates") ? answer.objects("candidates").map(candidateOf) : [];
    decisions.because({
      rule: answer.text("rule"),
      ...(answer.has("best") && { best: answer.oneOf("best", ["least", "most"]) }),
      candidates: candidates.map(({ job, accelerator, ...scored }) => ({
        ...scored,
        job: this.#job(job),
        ...(accelerator !== undefined && { accelerator: this.#accelerator(accelerator) }),
      })),
    });
  }

  /** One that has ended is refused by the core. */
  #job(slot: number): ReadyJob {
    const job = this.#jobs[slot];
    if (job === undefined) throw new BadLine(`it names job ${slot}, which there is not`);
    return job;
  }
}

/** Of what went wrong: a bad line, the end of the process, or an error of the policy's own. */
export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
