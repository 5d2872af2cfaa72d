/** Timelines of any size, without a run. */
import type { RunTimeline } from "../../../src/records/run-timeline.ts";

export interface TimelineShape {
  readonly tasks: readonly string[];
  readonly accelerators: readonly string[];
  /** Of each lane: [idle before it, length, task, index of its job]. */
  readonly lanes: readonly (readonly (readonly [
    gapNs: number,
    lengthNs: number,
    taskIndex: number,
    jobIndex: number,
  ])[])[];
  /** Of every job from its first start; a later end is late. */
  readonly deadlineNs: number;
  readonly isDropped?: (taskIndex: number, jobIndex: number) => boolean;
}

export function timelineOf({ tasks, accelerators, lanes, deadlineNs, isDropped }: TimelineShape): RunTimeline {
  const jobs = new Map<string, { taskIndex: number; jobIndex: number; startNs: number; endNs: number }>();
  const slices: { key: string; startNs: number; endNs: number }[] = [];
  const laneStart = [0];
  for (const lane of lanes) {
    let timeNs = 0;
    for (const [gapNs, lengthNs, taskIndex, jobIndex] of lane) {
      const startNs = timeNs + gapNs;
      timeNs = startNs + lengthNs;
      const key = `${taskIndex}/${jobIndex}`;
      const job = jobs.get(key) ?? { taskIndex, jobIndex, startNs, endNs: timeNs };
      const [first, last] = [Math.min(job.startNs, startNs), Math.max(job.endNs, timeNs)];
      jobs.set(key, { taskIndex, jobIndex, startNs: first, endNs: last });
      slices.push({ key, startNs, endNs: timeNs });
    }
    laneStart.push(slices.length);
  }
  const sorted = [...jobs.entries()].sort(([, a], [, b]) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex);
  const rows = new Map(sorted.map(([key], row) => [key, row]));
  const all = sorted.map(([, job]) => job);
  const outcomeOf = ({ taskIndex, jobIndex, startNs, endNs }: (typeof all)[number]): number =>
    isDropped?.(taskIndex, jobIndex) === true ? 2 : Number(endNs > startNs + deadlineNs);
  return {
    fromNs: 0,
    toNs: Math.max(1, ...laneStart.slice(1).map((end) => slices[end - 1]?.endNs ?? 0)),
    isCut: false,
    tasks,
    lanes: accelerators.map((accelerator) => ({ accelerator, lane: 0, units: 1 })),
    jobs: {
      taskIndex: Uint16Array.from(all, (job) => job.taskIndex),
      jobIndex: Float64Array.from(all, (job) => job.jobIndex),
      releaseNs: Float64Array.from(all, (job) => job.startNs),
      frameReleaseNs: Float64Array.from(all, (job) => job.startNs),
      deadlineNs: Float64Array.from(all, (job) => job.startNs + deadlineNs),
      endNs: Float64Array.from(all, (job) => job.endNs),
      outcome: Uint8Array.from(all, outcomeOf),
      energyMj: Float32Array.from(all, (job) => (job.endNs - job.startNs) / 1e6),
    },
    slices: {
      laneStart: Uint32Array.from(laneStart),
      startNs: Float64Array.from(slices, ({ startNs }) => startNs),
      endNs: Float64Array.from(slices, ({ endNs }) => endNs),
      job: Uint32Array.from(slices, ({ key }) => rows.get(key)!),
      firstLayer: new Uint32Array(slices.length),
      lastLayer: Uint32Array.from(slices, (_, i) => i % 7),
      units: new Uint16Array(slices.length).fill(1),
    },
  };
}

/** The same for the same numbers: lanes of short slices, some of them late. */
export function largeTimeline(slices: number, lanes = 4, taskCount = 6): RunTimeline {
  let state = 1;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state >>> 8) % below;
  };
  const next = new Map<number, number>();
  const lane = () =>
    Array.from({ length: slices / lanes }, () => {
      const taskIndex = random(taskCount);
      const jobIndex = next.get(taskIndex) ?? 0;
      next.set(taskIndex, jobIndex + 1);
      return [random(60_000), 20_000 + random(100_000), taskIndex, jobIndex] as const;
    });
  return timelineOf({
    tasks: ["hand", "eye", "gaze", "depth", "speech", "plane"].slice(0, taskCount),
    accelerators: Array.from({ length: lanes }, (_, i) => `npu-${i}`),
    lanes: Array.from({ length: lanes }, lane),
    deadlineNs: 118_000,
    isDropped: (_, jobIndex) => jobIndex % 97 === 0,
  });
}
