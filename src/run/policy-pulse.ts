/**
 * What a user's policy is doing now, in memory that another thread reads. A policy that never returns from a call keeps
 * its own thread from noticing; another one sees that nothing has changed, and stops it.
 */
import type { KnownDecide, Policy, ReadyJob, Scheduler, TaskView } from "../core/scheduler.ts";

/** The calls of a policy, and the loading of its file, by their numbers in the memory. */
const callNames = [
  ...["", "loading", "create", "rank", "jobReleased", "jobEnded", "orphanDropped", "preempt", "decide", "runEnded"],
] as const;
type CallName = Exclude<(typeof callNames)[number], "">;

/** Whole numbers in the memory, by index. */
const at = { beats: 0, call: 1, task: 2, job: 3, pid: 4, overdue: 5, nameBytes: 6 } as const;
const WHOLE_NUMBERS = 8;
const NOW_BYTE = WHOLE_NUMBERS * 4;
const LIMIT_BYTE = NOW_BYTE + 8;
const NAMES_BYTE = LIMIT_BYTE + 8;
/** Names beyond this are left out of messages. */
const MOST_NAME_BYTES = 64 * 1024;

const NONE = 0;
const NO_JOB = -1;

/** The names that a message needs. */
interface Names {
  readonly policy: string;
  readonly tasks: readonly string[];
}

/** Written by the thread of the policy, read by the one that watches it. */
export class PolicyPulse {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #now: Float64Array;
  readonly #limit: Float64Array;
  readonly #names: Uint8Array;

  /** `memory`: of another pulse, which another thread writes. */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(NAMES_BYTE + MOST_NAME_BYTES)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, WHOLE_NUMBERS);
    this.#now = new Float64Array(memory, NOW_BYTE, 1);
    this.#limit = new Float64Array(memory, LIMIT_BYTE, 1);
    this.#names = new Uint8Array(memory, NAMES_BYTE);
  }

  /** Begins the run of a policy. */
  begin(policy: string, tasks: readonly string[]): void {
    const names: Names = { policy, tasks };
    const bytes = new TextEncoder().encode(JSON.stringify(names));
    const isShort = bytes.length <= MOST_NAME_BYTES;
    if (isShort) this.#names.set(bytes);
    Atomics.store(this.#numbers, at.nameBytes, isShort ? bytes.length : 0);
    this.#now[0] = 0;
  }

  /** The loading of a policy's file begins, as a call. */
  enterLoading(path: string): void {
    this.begin(path, []);
    this.enter("loading");
  }

  /** A call begins. `nowNs` left out: the time of the last call. */
  enter(call: CallName, nowNs?: number, taskIndex = NO_JOB, jobIndex = 0): void {
    if (nowNs !== undefined) this.#now[0] = nowNs;
    this.#numbers[at.task] = taskIndex;
    this.#numbers[at.job] = jobIndex;
    this.#numbers[at.call] = callNames.indexOf(call);
    Atomics.add(this.#numbers, at.beats, 1);
  }

  /** The call has ended. */
  leave(): void {
    Atomics.store(this.#numbers, at.call, NONE);
  }

  /** How long a call may last; Infinity: as long as it likes. */
  get limitMs(): number {
    return this.#limit[0]!;
  }
  set limitMs(limitMs: number) {
    this.#limit[0] = limitMs;
  }

  /** Process of the policy, which is killed in place of this thread; 0: none. */
  set pid(pid: number) {
    Atomics.store(this.#numbers, at.pid, pid);
  }
  get pid(): number {
    return Atomics.load(this.#numbers, at.pid);
  }

  /** Changes with each call. */
  get beats(): number {
    return Atomics.load(this.#numbers, at.beats);
  }

  get isInCall(): boolean {
    return Atomics.load(this.#numbers, at.call) !== NONE;
  }

  /** Whether the present call is the loading of the policy's file. */
  get isLoading(): boolean {
    return Atomics.load(this.#numbers, at.call) === callNames.indexOf("loading");
  }

  /** Whether the watcher has stopped the present call. */
  get isOverdue(): boolean {
    return Atomics.load(this.#numbers, at.overdue) !== 0;
  }
  set isOverdue(is: boolean) {
    Atomics.store(this.#numbers, at.overdue, is ? 1 : 0);
  }

  /** No call, no process. For a thread that takes the place of a stopped one. */
  reset(): void {
    this.leave();
    this.isOverdue = false;
    this.pid = 0;
  }

  /** What to say of a call that has not ended within the limit. */
  overdueText(): string {
    const limit = `did not end within ${this.limitMs / 1000} s; --policy-timeout sets the limit`;
    return this.isLoading ? `${this.#readNames().policy}: loading it ${limit}` : `${this.#callText()} ${limit}`;
  }

  #callText(): string {
    const { policy, tasks } = this.#readNames();
    const call = callNames[Atomics.load(this.#numbers, at.call)]!;
    const task = this.#numbers[at.task]!;
    const job = this.#numbers[at.job]!;
    const name = tasks[task] === undefined ? `task ${task}` : `task "${tasks[task]}"`;
    const about = task === NO_JOB ? "" : ` for job ${job} of ${name}`;
    return `policy "${policy}" at ${this.#now[0]! / 1e6} ms: ${call}${about}`;
  }

  #readNames(): Names {
    const bytes = this.#names.slice(0, Atomics.load(this.#numbers, at.nameBytes));
    if (bytes.length === 0) return { policy: "?", tasks: [] };
    return JSON.parse(new TextDecoder().decode(bytes)) as Names;
  }
}

/** A scheduler whose policy is a process: a watcher ends that in place of the thread that waits for it. */
interface OfProcess {
  watchedBy(watcher: { pid: number }): void;
}

/** Lets the pulse know the process of a policy, if it has one. */
export function watchProcess(scheduler: Scheduler, pulse: PolicyPulse): void {
  if ("watchedBy" in scheduler) (scheduler as Scheduler & OfProcess).watchedBy(pulse);
}

/** The policy, with each call told to the pulse. */
export function pulsing(policy: Policy, pulse: PolicyPulse): Policy {
  const decide: Policy["decide"] = (view, decisions) => {
    pulse.enter("decide", view.nowNs);
    policy.decide(view, decisions);
    pulse.leave();
  };
  const preempt: NonNullable<Policy["preempt"]> = (view, decisions) => {
    pulse.enter("preempt", view.nowNs);
    policy.preempt!(view, decisions);
    pulse.leave();
  };
  const { inOrder, onlyChoice, onlyForWaiting } = policy;
  const known = (own: KnownDecide): KnownDecide => {
    const { layers } = own;
    if (own.pinnedTo !== undefined) return { layers, decide, pinnedTo: (task) => own.pinnedTo!(task) };
    if (own.place === undefined) return { layers, decide };
    const placing: KnownDecide["place"] = (view, job) => {
      pulse.enter("decide", view.nowNs);
      const accelerator = own.place!(view, job);
      pulse.leave();
      return accelerator;
    };
    return { layers, decide, place: placing };
  };
  return {
    lateDrop: policy.lateDrop,
    decide,
    // What holds for one function holds for the one that tells the pulse of it.
    ...(inOrder?.decide === policy.decide && { inOrder: known(inOrder) }),
    ...(onlyChoice?.decide === policy.decide && { onlyChoice: known(onlyChoice) }),
    ...(policy.preempt !== undefined && { preempt }),
    ...(onlyForWaiting !== undefined && onlyForWaiting.preempt === policy.preempt && { onlyForWaiting: { preempt } }),
    ...(policy.runEnded !== undefined && {
      runEnded() {
        // What was overdue is what the user hears of.
        if (pulse.isOverdue) return policy.runEnded!();
        pulse.enter("runEnded");
        policy.runEnded!();
        pulse.leave();
      },
    }),
    ...pulsingJobCalls(policy, pulse),
  };
}

function pulsingJobCalls(policy: Policy, pulse: PolicyPulse): Partial<Policy> {
  const { rank, jobReleased, jobEnded, orphanDropped } = policy;
  const enter = (call: CallName, job: ReadyJob, nowNs?: number): void =>
    pulse.enter(call, nowNs, job.task.index, job.jobIndex);
  return {
    // A policy without it must stay without it: with ranks, the core sorts by them.
    ...(rank !== undefined && {
      rank(job) {
        // No time is given. A job becomes ready when it is released or when its work has ended.
        enter("rank", job, job.lastRanNs);
        const value = policy.rank!(job);
        pulse.leave();
        return value;
      },
    }),
    ...(jobReleased !== undefined && {
      jobReleased(job, nowNs) {
        enter("jobReleased", job, nowNs);
        policy.jobReleased!(job, nowNs);
        pulse.leave();
      },
    }),
    ...(jobEnded !== undefined && {
      jobEnded(job, nowNs, dropReason) {
        enter("jobEnded", job, nowNs);
        policy.jobEnded!(job, nowNs, dropReason);
        pulse.leave();
      },
    }),
    ...(orphanDropped !== undefined && {
      orphanDropped(task: TaskView, jobIndex: number, nowNs: number) {
        pulse.enter("orphanDropped", nowNs, task.index, jobIndex);
        policy.orphanDropped!(task, jobIndex, nowNs);
        pulse.leave();
      },
    }),
  };
}
