/** Timelines from events: what of a run falls into a window, and which window is chosen. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import type { Slice, Timeline } from "../../src/records/timeline.ts";
import { createTimelineLog, type TimelineWindow } from "../../src/records/timeline-log.ts";
import { chaos } from "../core/chaos.ts";
import { randomClosedWorld, randomDynamicWorld, randomPipelines, randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import type { SmallWorld } from "../worlds.ts";
import { recorded, world } from "./recorded.ts";

const record = (of: SmallWorld, window: TimelineWindow, scheduler?: Scheduler, given = {}) =>
  recorded(of, (scenario, system) => createTimelineLog(scenario, system, window), scheduler, given);

const intervalsOf = ({ slices }: Timeline) =>
  slices.map(({ taskIndex, jobIndex, startNs, endNs }) => [taskIndex, jobIndex, startNs, endNs]);

test("layers of a job without a break are one slice, cut to the window; an edge belongs to what ended there", () => {
  const { timeline } = record(world, { kind: "fixed", fromNs: 5, toNs: 25 });
  expect(intervalsOf(timeline)).toEqual([
    [0, 0, 5, 20],
    [1, 0, 20, 25],
  ]);
  expect(timeline.misses).toEqual([{ taskIndex: 1, jobIndex: 0, timeNs: 25, kind: "late" }]);
  expect(timeline.tasks).toEqual([
    { id: "long", jobs: 1 },
    { id: "short", jobs: 1 },
  ]);
  const after = record(world, { kind: "fixed", fromNs: 25, toNs: 60 }).timeline;
  expect({ slices: after.slices, misses: after.misses, jobs: after.tasks.map(({ jobs }) => jobs) }).toEqual({
    ...{ slices: [], misses: [], jobs: [0, 0] },
  });
});

test("a window ends with the run, and not before its duration", () => {
  const end = (durationNs: number) =>
    record({ ...world, durationNs }, { kind: "fixed", fromNs: 0, toNs: 1000 }).timeline.toNs;
  expect(end(100)).toBe(100);
  // Released at 62, behind a job that runs from 60 to 80 and one of its own task that is dropped, too.
  expect(end(63)).toBe(80);
});

test("without a window of one's own it is the first one with a miss", () => {
  const first = (lengthNs: number, startNs = 0) => {
    const { fromNs, toNs, misses } = record(world, { kind: "first-miss", startNs, lengthNs }).timeline;
    return { fromNs, toNs, misses: misses.map(({ timeNs, kind }) => `${timeNs} ${kind}`) };
  };
  expect(first(10)).toEqual({ fromNs: 20, toNs: 30, misses: ["25 late"] });
  expect(first(25)).toEqual({ fromNs: 0, toNs: 25, misses: ["25 late"] });
  expect(first(20, 26)).toEqual({ fromNs: 66, toNs: 86, misses: ["70 dropped", "70 dropped"] });
});

test("without any miss it is the very first one, with all that happens there", () => {
  const calm = { ...world, tasks: world.tasks.map((task) => ({ ...task, deadlineNs: 1000 })) };
  const { timeline } = record(calm, { kind: "first-miss", startNs: 0, lengthNs: 22 });
  expect(intervalsOf(timeline)).toEqual([
    [0, 0, 0, 20],
    [1, 0, 20, 22],
  ]);
  expect(timeline).toMatchObject({ fromNs: 0, toNs: 22, misses: [] });
});

const worlds = fc.oneof(randomWorld, randomDynamicWorld, randomPipelines, randomClosedWorld);
const chaotic = (given: SmallWorld, window: TimelineWindow, salt: number) =>
  record(given, window, chaos, { salt, lateDrop: true });

test("the slices of any window have the time of the segments in it, lane by lane", () => {
  const windows = fc.record({ fromNs: fc.nat(1400), lengthNs: fc.integer({ min: 1, max: 1500 }) });
  fc.assert(
    fc.property(worlds, windows, fc.nat(1000), (given, { fromNs, lengthNs }, salt) => {
      const toNs = fromNs + lengthNs;
      const { timeline, segments, jobs } = chaotic(given, { kind: "fixed", fromNs, toNs }, salt);
      expect(timesOf(timeline.slices, fromNs, toNs)).toEqual(timesOf(segments, fromNs, toNs));
      expect(timeline.slices.every(({ startNs, endNs }) => fromNs <= startNs && startNs < endNs && endNs <= toNs)).toBe(
        true,
      );
      for (const [index, task] of timeline.tasks.entries()) {
        const own = jobs.filter(({ taskIndex }) => taskIndex === index);
        const misses = timeline.misses.filter(({ taskIndex }) => taskIndex === index);
        expect(misses.length).toBe(own.filter((job) => isMiss(job) && isIn(endOf(job), fromNs, toNs)).length);
        expect(task.jobs).toBeGreaterThanOrEqual(misses.length);
        expect(task.jobs).toBeLessThanOrEqual(own.length);
      }
    }),
    propertyRuns(100),
  );
});

test("the chosen window is the one that the whole log names, with everything in it", () => {
  fc.assert(
    fc.property(
      worlds,
      fc.integer({ min: 1, max: 400 }),
      fc.nat(500),
      fc.nat(1000),
      (given, lengthNs, startNs, salt) => {
        const { timeline, jobs } = chaotic(given, { kind: "first-miss", startNs, lengthNs }, salt);
        const misses = jobs.filter((job) => isMiss(job) && (endOf(job) > startNs || endOf(job) + startNs === 0));
        const index = misses.length === 0 ? 0 : Math.max(0, Math.ceil((endOf(misses[0]!) - startNs) / lengthNs) - 1);
        const fromNs = startNs + index * lengthNs;
        const fixed = chaotic(given, { kind: "fixed", fromNs, toNs: fromNs + lengthNs }, salt);
        expect(timeline).toEqual(fixed.timeline);
      },
    ),
    propertyRuns(100),
  );
});

test("a long run keeps no more than two windows", () => {
  const calm: SmallWorld = {
    durationNs: 1e6,
    tasks: [
      { id: "t", layersNs: [5], deadlineNs: 50, release: { kind: "periodic", fps: 1e8, offsetNs: 0, jitterNs: 0 } },
    ],
  };
  const { timeline, segments } = record(calm, { kind: "first-miss", startNs: 0, lengthNs: 100 });
  expect(segments.length).toBe(100_000);
  expect(timeline.slices.length).toBe(10);
});

const endOf = ({ completionNs, dropNs }: JobRecord): number => completionNs ?? dropNs!;
const isMiss = ({ completionNs, deadlineNs }: JobRecord): boolean =>
  completionNs === undefined || completionNs > deadlineNs;
const isIn = (ns: number, fromNs: number, toNs: number): boolean => (fromNs < ns && ns <= toNs) || ns + fromNs === 0;

/** Time in the window by accelerator, lane, task, job and units. */
function timesOf(slices: readonly Slice[], fromNs: number, toNs: number): Map<string, number> {
  const times: [string, number][] = slices.flatMap((each) => {
    const ns = Math.min(each.endNs, toNs) - Math.max(each.startNs, fromNs);
    const { acceleratorIndex, lane, taskIndex, jobIndex, units } = each;
    return ns <= 0 ? [] : [[[acceleratorIndex, lane, taskIndex, jobIndex, units].join(), ns]];
  });
  const sums = new Map<string, number>();
  for (const [key, ns] of times.toSorted(([a], [b]) => a.localeCompare(b))) sums.set(key, (sums.get(key) ?? 0) + ns);
  return sums;
}
