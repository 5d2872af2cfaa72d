// Hot: several calls a dispatched layer.
/** Every call of the policy. Each is noted while it lasts, so that what a policy throws is told from a fault of the core. */
import type { Clock } from "../engine/clock.ts";
import type { JobCalls } from "../engine/jobs.ts";
import { SchedulerError } from "../errors.ts";
import type { ParameterValues, Platform, Policy, ReadyJob, Scheduler, TaskView } from "../scheduler.ts";
import type { DecisionList } from "./decision-list.ts";
import type { PolicyView } from "./policy-view.ts";

type Call = "create" | "rank" | "jobReleased" | "jobEnded" | "orphanDropped" | "preempt" | "decide";

/** What a job that never was ready has of one. */
type NamedJob = Pick<ReadyJob, "task" | "jobIndex">;

const MOST_CHARACTERS = 200;

export class PolicyCalls implements JobCalls {
  /** Calls of `preempt` and `decide`. */
  decisions = 0;
  readonly #schedulerName: string;
  readonly #clock: Clock;
  #policy!: Policy;
  #tasks: readonly TaskView[] = [];
  /** Read once: policies of many shapes pass here in one process. */
  #rank: ((job: ReadyJob) => number) | undefined;
  #underWay: Call | undefined;
  /** What the call under way is about. */
  #job: NamedJob | undefined;

  constructor(schedulerName: string, clock: Clock) {
    this.#schedulerName = schedulerName;
    this.#clock = clock;
  }

  /** Makes the policy of this run: the first call. */
  create(scheduler: Scheduler, platform: Platform, parameters: ParameterValues): void {
    this.#underWay = "create";
    this.#tasks = platform.tasks;
    const policy = scheduler.create(platform, parameters);
    this.#policy = policy;
    this.#rank = policy.rank?.bind(policy);
    this.#underWay = undefined;
  }

  get isLateDropping(): boolean {
    return this.#policy.lateDrop;
  }

  get isPreempting(): boolean {
    return this.#policy.preempt !== undefined;
  }

  /** Rank of a job that becomes ready; 0 where the policy has none. */
  rank(job: ReadyJob): number {
    if (this.#rank === undefined) return 0;
    this.#begin("rank", job);
    const rank = this.#rank(job);
    this.#underWay = undefined;
    // It has no place in an order, and the list would lose jobs. Plain JavaScript may also give what is no number.
    if (!(rank <= Infinity)) this.fail(`ranks ${nameOf(job)} as ${rank}`);
    return +rank;
  }

  jobReleased(job: ReadyJob): void {
    if (this.#policy.jobReleased === undefined) return;
    this.#begin("jobReleased", job);
    this.#policy.jobReleased(job, this.#clock.nowNs);
    this.#underWay = undefined;
  }

  jobEnded(job: ReadyJob, dropReason: "late" | "policy" | undefined): void {
    if (this.#policy.jobEnded === undefined) return;
    this.#begin("jobEnded", job);
    this.#policy.jobEnded(job, this.#clock.nowNs, dropReason);
    this.#underWay = undefined;
  }

  orphanDropped(taskIndex: number, jobIndex: number): void {
    if (this.#policy.orphanDropped === undefined) return;
    const task = this.#tasks[taskIndex]!;
    this.#begin("orphanDropped", { task, jobIndex });
    this.#policy.orphanDropped(task, jobIndex, this.#clock.nowNs);
    this.#underWay = undefined;
  }

  preempt(view: PolicyView, decisions: DecisionList): void {
    this.#begin("preempt", undefined);
    decisions.clear();
    this.decisions += 1;
    this.#policy.preempt!(view, decisions);
    this.#underWay = undefined;
  }

  decide(view: PolicyView, decisions: DecisionList): void {
    this.#begin("decide", undefined);
    decisions.clear();
    this.decisions += 1;
    this.#policy.decide(view, decisions);
    this.#underWay = undefined;
  }

  #begin(call: Call, job: NamedJob | undefined): void {
    this.#underWay = call;
    this.#job = job;
  }

  /** Stops the run for something that the policy did. */
  fail(what: string, options?: ErrorOptions): never {
    const time = `${this.#clock.nowNs / 1e6} ms`;
    throw new SchedulerError(`policy "${this.#schedulerName}" at ${time}: ${what}`, options);
  }

  /** Runs the simulation; what a call of the policy throws comes out as the policy's fault, anything else as it is. */
  guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (this.#underWay === undefined || error instanceof SchedulerError) throw error;
      const about = this.#job === undefined ? "" : ` for ${nameOf(this.#job)}`;
      this.fail(`${this.#underWay}${about} threw ${thrownText(error)}`, { cause: error });
    }
  }
}

export function nameOf({ jobIndex, task }: NamedJob): string {
  return `job ${jobIndex} of task "${task.id}"`;
}

/** Its first line, shortened: what a policy throws may be anything. */
function thrownText(error: unknown): string {
  const [line = ""] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split("\n", 1);
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}
