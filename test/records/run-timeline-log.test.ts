/** A run's timeline in columns: the same work as in its events, in a window and up to a number of slices. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { outcomeOf, type RunTimeline } from "../../src/records/run-timeline.ts";
import { createRunTimelineLog, type RunTimelineOptions } from "../../src/records/run-timeline-log.ts";
import { chaos } from "../core/chaos.ts";
import { randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import type { SmallWorld } from "../worlds.ts";
import { recorded, world } from "./recorded.ts";

const record = (of: SmallWorld, options?: RunTimelineOptions, scheduler?: Scheduler) =>
  recorded(of, (scenario, system) => createRunTimelineLog(scenario, system, options), scheduler);

/** [lane, task#job, start, end, layers] */
const slicesOf = ({ slices, jobs, tasks, lanes }: RunTimeline) =>
  [...slices.startNs.keys()].map((row) => [
    laneName(lanes[slices.laneStart.findLastIndex((start) => start <= row)]!),
    `${tasks[jobs.taskIndex[slices.job[row]!]!]}#${jobs.jobIndex[slices.job[row]!]}`,
    slices.startNs[row],
    slices.endNs[row],
    `${slices.firstLayer[row]}-${slices.lastLayer[row]}`,
  ]);

const laneName = ({ accelerator, lane }: RunTimeline["lanes"][number]): string => `${accelerator}/${lane}`;

const jobsOf = ({ jobs, tasks }: RunTimeline) =>
  [...jobs.endNs.keys()].map((row) => [
    `${tasks[jobs.taskIndex[row]!]}#${jobs.jobIndex[row]}`,
    jobs.releaseNs[row],
    jobs.deadlineNs[row],
    jobs.endNs[row],
    outcomeOf(jobs, row),
  ]);

describe("the timeline of a run", () => {
  test("has layers of a job without a break as one slice, and every job with its fate", () => {
    const { timeline } = record(world);
    expect(slicesOf(timeline)).toEqual([
      ["a0/0", "long#0", 0, 20, "0-1"],
      ["a0/0", "short#0", 20, 25, "0-0"],
      ["a0/0", "long#1", 60, 80, "0-1"],
    ]);
    expect(jobsOf(timeline)).toEqual([
      ["long#0", 0, Infinity, 20, "met"],
      ["long#1", 60, Infinity, 80, "met"],
      ["short#0", 18, 24, 25, "late"],
      ["short#1", 61, 67, 70, "dropped"],
      ["short#2", 62, 68, 70, "dropped"],
    ]);
    expect(timeline).toMatchObject({ fromNs: 0, toNs: 100, isCut: false });
  });

  test("is cut to its window, with the jobs that were there", () => {
    const { timeline } = record(world, { fromNs: 5, toNs: 22 });
    expect(slicesOf(timeline).map(([, job, start, end]) => [job, start, end])).toEqual([
      ["long#0", 5, 20],
      ["short#0", 20, 22],
    ]);
    expect(jobsOf(timeline).map(([name]) => name)).toEqual(["long#0", "short#0"]);
    expect(timeline).toMatchObject({ fromNs: 5, toNs: 22, isCut: true });
  });

  test("ends where there would be too many slices", () => {
    const { timeline } = record(world, { mostSlices: 2 });
    expect(slicesOf(timeline).map(([, job]) => job)).toEqual(["long#0", "short#0"]);
    expect(timeline).toMatchObject({ toNs: 25, isCut: true });
  });
});

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const anyWorld = fc.oneof(randomWorld, randomDynamicWorld);

test("its slices are the work of the run, in order on each lane, each with its job", () => {
  fc.assert(
    fc.property(anyWorld, (each) => {
      const { timeline, segments, jobs } = record(each, {}, chaos);
      const { slices } = timeline;
      const workNs = sum(segments.map(({ startNs, endNs }) => endNs - startNs));
      expect(sum([...slices.startNs.keys()].map((row) => slices.endNs[row]! - slices.startNs[row]!))).toBe(workNs);
      for (let lane = 0; lane < timeline.lanes.length; lane += 1)
        for (let row = slices.laneStart[lane]! + 1; row < slices.laneStart[lane + 1]!; row += 1)
          expect(slices.startNs[row]!).toBeGreaterThanOrEqual(slices.endNs[row - 1]!);
      expect(timeline.jobs.endNs).toHaveLength(jobs.length);
      for (const job of slices.job) expect(job).toBeLessThan(jobs.length);
    }),
  );
});

test("with a limit it is the beginning of the whole one", () => {
  fc.assert(
    fc.property(anyWorld, fc.integer({ min: 1, max: 30 }), (each, mostSlices) => {
      const whole = record(each, {}, chaos).timeline;
      const { timeline } = record(each, { mostSlices }, chaos);
      const begun = slicesOf(whole)
        .filter(([, , startNs]) => (startNs as number) < timeline.toNs)
        .map(([lane, job, startNs, endNs]) => [lane, job, startNs, Math.min(endNs as number, timeline.toNs)]);
      expect(slicesOf(timeline).map((slice) => slice.slice(0, 4))).toEqual(begun);
    }),
  );
});
