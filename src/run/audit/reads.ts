/** A job that starts takes the newest output of each task that its own one reads, and its source frame follows. */
import type { JobCompleted, RunEvent } from "../../core/events.ts";
import type { Program } from "../../core/program.ts";
import type { ReadRecord } from "../../core/records.ts";
import { keyOf, type Named, nameOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

export function readFindings({ program, course }: RunLog): string[] {
  if (program.tasks.every(({ task }) => task.reads === undefined)) return [];
  const replay = new Replay(program);
  for (const event of course) replay.follow(event);
  return replay.findings;
}

/** What has been completed so far, and what the jobs in flight have taken. */
class Replay {
  readonly findings: string[] = [];
  readonly #program: Program;
  readonly #newest = new Map<number, JobCompleted>();
  /** Of each completed job. */
  readonly #sources = new Map<string, number>();
  readonly #taken = new Map<string, readonly (JobCompleted | undefined)[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  follow(event: RunEvent): void {
    if (event.kind === "jobDispatched") this.#start(event);
    else if (event.kind === "dispatchEnded" && event.why === "kill") this.#taken.delete(keyOf(event));
    else if (event.kind === "inputsRead") this.#check(event, event.reads);
    else if (event.kind === "jobCompleted") this.#complete(event);
    else if (event.kind === "jobDropped") this.#check(event, event.reads);
  }

  #start(job: Named): void {
    const { reads } = this.#program.tasks[job.taskIndex]!.task;
    if (reads === undefined || this.#taken.has(keyOf(job))) return;
    this.#taken.set(
      keyOf(job),
      reads.map((task) => this.#newest.get(task)),
    );
  }

  #check(job: Named, reads: readonly ReadRecord[] | undefined): void {
    const wanted = this.#taken.get(keyOf(job));
    const wantedText = textOf(wanted?.map((output) => output?.jobIndex));
    const text = textOf(reads?.map(({ output }) => output?.jobIndex));
    if (text !== wantedText) this.findings.push(`${nameOf(this.#program, job)} has read ${text}, not ${wantedText}`);
  }

  #complete(job: JobCompleted): void {
    this.#check(job, job.reads);
    const wantedNs = this.#sourceOf(job);
    this.#sources.set(keyOf(job), wantedNs);
    if (job.sourceReleaseNs !== wantedNs)
      this.findings.push(`${nameOf(this.#program, job)} has a source of ${job.sourceReleaseNs} ns, not ${wantedNs}`);
    const newest = this.#newest.get(job.taskIndex);
    if (newest === undefined || ageOrder(newest, job) < 0) this.#newest.set(job.taskIndex, job);
  }

  /** The newest of its own frame (of a root that reads nothing), its parents' sources, and those of what it took. */
  #sourceOf(job: JobCompleted): number {
    const { task, parents } = this.#program.tasks[job.taskIndex]!;
    const own = parents.length > 0 || task.reads !== undefined ? [] : [job.frameReleaseNs];
    const ofParents = parents.map((taskIndex) => this.#sources.get(keyOf({ ...job, taskIndex })) ?? Number.NaN);
    const taken = this.#taken.get(keyOf(job)) ?? [];
    const ofReads = taken.map((output) => (output === undefined ? -Infinity : this.#sources.get(keyOf(output))!));
    return Math.max(-Infinity, ...own, ...ofParents, ...ofReads);
  }
}

/** Frames that come at one instant count in the order of their jobs. */
const ageOrder = (a: JobCompleted, b: JobCompleted): number =>
  a.frameReleaseNs - b.frameReleaseNs || a.jobIndex - b.jobIndex;

/** Jobs by task in the order of `reads`; `-`: that task had none. */
const textOf = (jobIndexes: readonly (number | undefined)[] | undefined): string =>
  jobIndexes === undefined ? "nothing" : jobIndexes.map((index) => (index === undefined ? "-" : `job ${index}`)).join();
