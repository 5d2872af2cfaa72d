// Hot: several calls per dispatched layer.
/**
 * Every call of the policy. An error that it throws is reported as the policy's fault. A `try` without an error is free
 * in V8.
 */
import type { Clock } from "../engine/clock.ts";
import type { JobCalls } from "../engine/jobs.ts";
import { NOWHERE, type Pins } from "../engine/pinned-lists.ts";
import { SchedulerError } from "../errors.ts";
import type { OwnDropReason } from "../records.ts";
import type {
  AcceleratorView,
  IdleView,
  KnownDecide,
  ParameterValues,
  Platform,
  Policy,
  ReadyJob,
  Scheduler,
  TaskView,
} from "../scheduler.ts";
import type { DecisionList } from "./decision-list.ts";
import type { PolicyView } from "./policy-view.ts";

/** What names a job. An orphan was never ready. */
type NamedJob = Pick<ReadyJob, "task" | "jobIndex">;

type Place = NonNullable<KnownDecide["place"]>;
type PinnedTo = NonNullable<KnownDecide["pinnedTo"]>;

const MOST_CHARACTERS = 200;

export class PolicyCalls implements JobCalls {
  /** Calls of `preempt` and `decide`. */
  decisions = 0;
  private readonly schedulerName: string;
  private readonly clock: Clock;
  private policy!: Policy;
  private tasks: readonly TaskView[] = [];
  private hasEnded = false;
  /** Read once, because one process sees policies of many shapes. */
  private rankOf: ((job: ReadyJob) => number) | undefined;

  constructor(schedulerName: string, clock: Clock) {
    this.schedulerName = schedulerName;
    this.clock = clock;
  }

  /** Creates the policy of this run. This is the first call. */
  create(scheduler: Scheduler, platform: Platform, parameters: ParameterValues): void {
    this.tasks = platform.tasks;
    try {
      this.policy = scheduler.create(platform, parameters);
    } catch (error) {
      this.blame("create", error);
    }
    this.rankOf = this.policy.rank?.bind(this.policy);
  }

  get isLateDropping(): boolean {
    return this.policy.lateDrop;
  }

  get isPreempting(): boolean {
    return this.policy.preempt !== undefined;
  }

  /** Whether `preempt` does nothing while no job has to wait. */
  get isPreemptingForWaiting(): boolean {
    const { onlyForWaiting, preempt } = this.policy;
    return onlyForWaiting !== undefined && onlyForWaiting.preempt === preempt;
  }

  get inOrder(): Policy["inOrder"] {
    const { inOrder, decide } = this.policy;
    return inOrder?.decide === decide ? inOrder : undefined;
  }

  get onlyChoice(): Policy["onlyChoice"] {
    const { onlyChoice, decide } = this.policy;
    return onlyChoice?.decide === decide ? onlyChoice : undefined;
  }

  /** Rank of a job that becomes ready; 0 if the policy has no ranks. */
  rank(job: ReadyJob): number {
    if (this.rankOf === undefined) return 0;
    let rank: number;
    try {
      rank = this.rankOf(job);
    } catch (error) {
      this.blame("rank", error, job);
    }
    // NaN has no place in an order, so the list would lose jobs. Plain JavaScript may also return a value that is no
    // number.
    if (!(rank <= Infinity)) this.failRank(job, rank);
    return +rank;
  }

  jobReleased(job: ReadyJob): void {
    try {
      this.policy.jobReleased?.(job, this.clock.nowNs);
    } catch (error) {
      this.blame("jobReleased", error, job);
    }
  }

  jobEnded(job: ReadyJob, dropReason: OwnDropReason | undefined): void {
    try {
      this.policy.jobEnded?.(job, this.clock.nowNs, dropReason);
    } catch (error) {
      this.blame("jobEnded", error, job);
    }
  }

  orphanDropped(taskIndex: number, jobIndex: number): void {
    const task = this.tasks[taskIndex]!;
    try {
      this.policy.orphanDropped?.(task, jobIndex, this.clock.nowNs);
    } catch (error) {
      this.blame("orphanDropped", error, { task, jobIndex });
    }
  }

  /** The last call of a run. */
  runEnded(): void {
    this.hasEnded = true;
    try {
      this.policy.runEnded?.();
    } catch (error) {
      this.blame("runEnded", error);
    }
  }

  /** Likewise of a run that failed. What failed is what the user hears of, and not what follows from it. */
  runFailed(): void {
    if (this.hasEnded) return;
    try {
      this.policy.runEnded?.();
    } catch {}
  }

  preempt(view: PolicyView, decisions: DecisionList): void {
    this.decisions += 1;
    decisions.clear();
    try {
      this.policy.preempt!(view, decisions);
    } catch (error) {
      this.blame("preempt", error);
    }
  }

  decide(view: PolicyView, decisions: DecisionList): void {
    this.decisions += 1;
    decisions.clear();
    try {
      this.policy.decide(view, decisions);
    } catch (error) {
      this.blame("decide", error);
    }
  }

  /** The place of a job, as what the policy says of its `decide` has it. */
  place(place: Place, view: IdleView, job: ReadyJob): AcceleratorView | undefined {
    try {
      return place(view, job);
    } catch (error) {
      this.blame("place", error, job);
    }
  }

  /** The accelerators that tasks are pinned to, likewise. */
  pins(pinnedTo: PinnedTo, accelerators: readonly AcceleratorView[]): Pins {
    return this.tasks.map((task) => {
      const accelerator = this.pinOf(pinnedTo, task);
      if (accelerator === undefined) return NOWHERE;
      if (accelerators[accelerator.index] !== accelerator)
        this.fail(`pins task "${task.id}" to an unknown accelerator`);
      return accelerator.index;
    });
  }

  private pinOf(pinnedTo: PinnedTo, task: TaskView): AcceleratorView | undefined {
    try {
      return pinnedTo(task);
    } catch (error) {
      this.blame("pinnedTo", error);
    }
  }

  /** Stops the run for a fault of the policy. */
  fail(what: string, options?: ErrorOptions): never {
    const time = `${this.clock.nowNs / 1e6} ms`;
    throw new SchedulerError(`policy "${this.schedulerName}" at ${time}: ${what}`, options);
  }

  private failRank(job: ReadyJob, rank: unknown): never {
    this.fail(`ranks ${nameOf(job)} as ${rank}`);
  }

  private blame(call: keyof Policy | "create" | "place" | "pinnedTo", error: unknown, job?: NamedJob): never {
    if (error instanceof SchedulerError) throw error;
    const about = job === undefined ? "" : ` for ${nameOf(job)}`;
    this.fail(`${call}${about} threw ${thrownText(error)}`, { cause: error });
  }
}

export function nameOf({ jobIndex, task }: NamedJob): string {
  return `job ${jobIndex} of task "${task.id}"`;
}

/** The first line of the thrown value, shortened, because a policy may throw anything. */
function thrownText(error: unknown): string {
  const [line = ""] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split("\n", 1);
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}
