/** Where arrows begin: at jobs that others wait for, and at the newest outputs of tasks that others read. */
import type { JobCompleted } from "../../core/events.ts";
import type { ReadRecord } from "../../core/records.ts";
import { parentsOf, type Scenario } from "../../core/scenario.ts";
import type { Arrow, SlicePoint, Track } from "./trace-record.ts";

/** Frames of which some parents have completed, for each child. Older ones lose their arrows: memory stays bounded. */
const MOST_OPEN_FRAMES = 10_000;

interface Output {
  readonly jobIndex: number;
  readonly frameReleaseNs: number;
  /** undefined: its slice has no length, so no arrow can begin in it. */
  readonly point: SlicePoint | undefined;
}

export class Arrows {
  readonly #children: readonly (readonly number[])[];
  readonly #ids: readonly string[];
  /** By child: the parents of its frames that have completed. */
  readonly #parents: readonly Map<number, SlicePoint[]>[];
  /** By task that is read. */
  readonly #outputs: (Output | undefined)[];
  readonly #isRead: readonly boolean[];
  #arrows = 0;

  constructor({ tasks }: Scenario) {
    this.#ids = tasks.map(({ id }) => id);
    this.#parents = tasks.map(() => new Map());
    this.#children = tasks.map((_, index) =>
      tasks.flatMap((child, childIndex) => (parentsOf(child).includes(index) ? [childIndex] : [])),
    );
    this.#isRead = tasks.map((_, index) => tasks.some(({ reads }) => reads?.includes(index)));
    this.#outputs = tasks.map(() => undefined);
  }

  /** The slice of the job on this track has ended. */
  completed(job: JobCompleted, track: Track): void {
    const { taskIndex, jobIndex, frameReleaseNs, releaseNs, completionNs } = job;
    // A point within the slice: at its end, the next one may begin.
    const point = completionNs > releaseNs ? { track, ns: completionNs - 1 } : undefined;
    if (point !== undefined) for (const child of this.#children[taskIndex]!) this.#keep(child, jobIndex, point);
    const newest = this.#outputs[taskIndex];
    if (!this.#isRead[taskIndex] || (newest !== undefined && isNewer(newest, job))) return;
    this.#outputs[taskIndex] = { jobIndex, frameReleaseNs, point };
  }

  /** From the parents of a job that is released; none if it was dropped before that. */
  toChild(taskIndex: number, jobIndex: number): readonly Arrow[] {
    const points = this.#parents[taskIndex]!.get(jobIndex) ?? [];
    this.#parents[taskIndex]!.delete(jobIndex);
    return points.map((from) => this.#arrow(`to ${this.#ids[taskIndex]} #${jobIndex}`, from));
  }

  /** From the jobs whose outputs a job takes. */
  toReader(taskIndex: number, jobIndex: number, reads: readonly ReadRecord[]): readonly Arrow[] {
    return reads.flatMap(({ taskIndex: read, output }) => {
      const newest = this.#outputs[read];
      if (newest?.point === undefined || newest.jobIndex !== output?.jobIndex) return [];
      return [this.#arrow(`read by ${this.#ids[taskIndex]} #${jobIndex}`, newest.point)];
    });
  }

  #keep(child: number, frame: number, point: SlicePoint): void {
    const frames = this.#parents[child]!;
    frames.set(frame, [...(frames.get(frame) ?? []), point]);
    if (frames.size <= MOST_OPEN_FRAMES) return;
    for (const oldest of frames.keys()) {
      frames.delete(oldest);
      return;
    }
  }

  #arrow(name: string, from: SlicePoint): Arrow {
    this.#arrows += 1;
    return { id: this.#arrows, name, from };
  }
}

type Frame = Pick<Output, "jobIndex" | "frameReleaseNs">;

/** As the simulation compares outputs: by nominal release of the frame, then by number. */
const isNewer = (a: Frame, b: Frame): boolean =>
  a.frameReleaseNs > b.frameReleaseNs || (a.frameReleaseNs === b.frameReleaseNs && a.jobIndex > b.jobIndex);
