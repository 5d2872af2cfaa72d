/** Compares what became of each job in two runs: two numbers are kept for each job of the first one. */
import { listenToEnds, type Observer } from "../core/events.ts";
import { endNsOf, hasDeadline, jobOutcome, latenessNs } from "../core/job-outcome.ts";
import type { Program } from "../core/program.ts";
import type { JobRecord } from "../core/records.ts";
import { msOf, taskId } from "../explain/names.ts";
import type { ChangedJob, JobFate } from "../records/run-diff.ts";

type FateTimes = Pick<JobRecord, "completionNs" | "dropNs" | "deadlineNs">;

/** The fates of all jobs of a run, by task and job. */
export class FateLog {
  readonly observer: Observer;
  count = 0;
  /** By task: end of each job, less than 0 if it was dropped (-1 - end); NaN: there is no such job. */
  readonly #ends: number[][];
  readonly #deadlines: number[][];

  constructor({ tasks }: Program) {
    this.#ends = tasks.map(() => []);
    this.#deadlines = tasks.map(() => []);
    this.observer = listenToEnds((job) => this.#add(job));
  }

  /** Each job once: it is forgotten then. */
  take(taskIndex: number, jobIndex: number): FateTimes | undefined {
    const ends = this.#ends[taskIndex]!;
    const end = ends[jobIndex] ?? Number.NaN;
    if (Number.isNaN(end)) return undefined;
    ends[jobIndex] = Number.NaN;
    const deadlineNs = this.#deadlines[taskIndex]![jobIndex]!;
    return end < 0
      ? { completionNs: undefined, dropNs: -1 - end, deadlineNs }
      : { completionNs: end, dropNs: undefined, deadlineNs };
  }

  /** Those that have not been taken. */
  *rest(): Iterable<readonly [taskIndex: number, jobIndex: number]> {
    for (const [taskIndex, ends] of this.#ends.entries())
      for (const [jobIndex, end] of ends.entries()) if (!Number.isNaN(end)) yield [taskIndex, jobIndex];
  }

  #add({ taskIndex, jobIndex, completionNs, dropNs, deadlineNs }: JobRecord): void {
    const ends = this.#ends[taskIndex]!;
    const deadlines = this.#deadlines[taskIndex]!;
    // Frames that trigger no job leave a gap.
    while (ends.length < jobIndex) {
      ends.push(Number.NaN);
      deadlines.push(Number.NaN);
    }
    ends[jobIndex] = completionNs ?? -1 - dropNs!;
    deadlines[jobIndex] = deadlineNs;
    this.count += 1;
  }
}

/** Listens to the second run. */
export class FateComparison {
  readonly observer: Observer;
  readonly #program: Program;
  readonly #before: FateLog;
  readonly #changed: ChangedJob[] = [];
  #added = 0;

  constructor(program: Program, before: FateLog) {
    this.#program = program;
    this.#before = before;
    this.observer = listenToEnds((job) => this.#compare(job));
  }

  /** Jobs of either run, and those whose fate differs. */
  finish(): { readonly jobs: number; readonly changed: readonly ChangedJob[] } {
    const gone = [...this.#before.rest()];
    for (const [taskIndex, jobIndex] of gone) {
      const fate = this.#before.take(taskIndex, jobIndex)!;
      this.#changed.push({ ...this.#name(taskIndex, jobIndex), a: fateOf(fate), b: null });
    }
    const changed = this.#changed.map((job, index) => ({ job, index }));
    changed.sort((x, y) => firstEnd(x.job) - firstEnd(y.job) || x.index - y.index);
    return { jobs: this.#before.count + this.#added, changed: changed.map(({ job }) => job) };
  }

  #compare(job: JobRecord): void {
    const before = this.#before.take(job.taskIndex, job.jobIndex);
    if (before === undefined) this.#added += 1;
    const a = before === undefined ? null : fateOf(before);
    const b = fateOf(job);
    if (a?.outcome !== b.outcome) this.#changed.push({ ...this.#name(job.taskIndex, job.jobIndex), a, b });
  }

  #name(taskIndex: number, job: number): Pick<ChangedJob, "task" | "job"> {
    return { task: taskId(this.#program, taskIndex), job };
  }
}

const firstEnd = ({ a, b }: ChangedJob): number => Math.min(a?.endMs ?? Infinity, b?.endMs ?? Infinity);

export const fateOf = (job: FateTimes): JobFate => ({
  outcome: jobOutcome(job),
  endMs: msOf(endNsOf(job)),
  latenessMs: hasDeadline(job) ? msOf(latenessNs(job)) : null,
});
