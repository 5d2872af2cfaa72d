/** The newest finished output of each task that another one reads, and what jobs take of them. */
import type { Program } from "../program.ts";
import type { OutputRecord, ReadRecord } from "../records.ts";
import type { LiveJob } from "./live-job.ts";

export class LatestOutputs {
  /** Of each task that is read; undefined: nothing of it has finished. */
  private readonly latest: (OutputRecord | undefined)[];
  private readonly isRead: readonly boolean[];

  private constructor(isRead: readonly boolean[]) {
    this.isRead = isRead;
    this.latest = isRead.map(() => undefined);
  }

  /** Undefined if no task reads another one. */
  static of({ tasks }: Program): LatestOutputs | undefined {
    const read = new Set(tasks.flatMap(({ task }) => task.reads ?? []));
    return read.size === 0 ? undefined : new LatestOutputs(tasks.map((_, index) => read.has(index)));
  }

  /** A job has completed. The output of a later frame stays, if that one was faster. */
  finished(job: LiveJob, nowNs: number): void {
    const { taskIndex, jobIndex } = job;
    if (!this.isRead[taskIndex]) return;
    const frameReleaseNs = Math.round(job.frameNs);
    const latest = this.latest[taskIndex];
    if (latest !== undefined && isNewer(latest, { frameReleaseNs, jobIndex })) return;
    this.latest[taskIndex] = {
      jobIndex,
      frameReleaseNs,
      sourceReleaseNs: Math.round(sourceNsOf(job)),
      completionNs: nowNs,
    };
  }

  /** What a job of a task that reads these tasks takes now. */
  take(taskIndexes: readonly number[]): readonly ReadRecord[] {
    return taskIndexes.map((taskIndex) => {
      const output = this.latest[taskIndex];
      return output === undefined ? { taskIndex } : { taskIndex, output };
    });
  }
}

/** By nominal release of the frame: the jobs of a closed loop do not come in the order of their numbers. */
const isNewer = (a: Frame, b: Frame): boolean =>
  a.frameReleaseNs > b.frameReleaseNs || (a.frameReleaseNs === b.frameReleaseNs && a.jobIndex > b.jobIndex);

type Frame = Pick<OutputRecord, "jobIndex" | "frameReleaseNs">;

/** Nominal release of the newest source frame in what a job makes: its own one, or those in what it has read. */
export function sourceNsOf({ sourceNs, reads = [] }: LiveJob): number {
  return reads.reduce((newestNs, { output }) => Math.max(newestNs, output?.sourceReleaseNs ?? -Infinity), sourceNs);
}
