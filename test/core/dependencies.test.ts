import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { dependsOn, everyNs } from "../releases.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, greedy, planned, releases, scheduler, work } from "./planned.ts";

describe("a dependent job", () => {
  test("is released when its parent completes, and due from its parent's nominal release", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "eyes", layersNs: [30], release: everyNs(100), deadlineNs: 100 },
        { id: "gaze", layersNs: [20], release: dependsOn([0]), deadlineNs: 100 },
      ],
      durationNs: 200,
    };
    const result = run(world, greedy);
    expect(work(world, result)).toEqual([
      [0, 30, "eyes#0.0", 0],
      [30, 50, "gaze#0.0", 0],
      [100, 130, "eyes#1.0", 0],
      [130, 150, "gaze#1.0", 0],
    ]);
    expect(releases(world, result)).toEqual([
      [0, 100, "eyes#0"],
      [30, 100, "gaze#0"],
      [100, 200, "eyes#1"],
      [130, 200, "gaze#1"],
    ]);
  });
  test("is due from the nominal release of the root frame down a whole chain, jitter left out", () => {
    const root = { kind: "periodic", fps: 1e6, offsetNs: 7, jitterNs: 500 } as const;
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [30], release: root },
        { id: "b", layersNs: [20], release: dependsOn([0]), deadlineNs: 60 },
        { id: "c", layersNs: [10], release: dependsOn([1]), deadlineNs: 80 },
      ],
      durationNs: 1000,
    };
    const { jobs } = run(world, greedy);
    expect(jobs.map((job) => job.frameReleaseNs)).toEqual([7, 7, 7]);
    expect(jobs.map((job) => job.deadlineNs)).toEqual([Infinity, 67, 87]);
    expect(jobs[0]!.releaseNs).toBeGreaterThan(7);
    expect(jobs[2]!.completionNs).toBe(jobs[0]!.releaseNs + 60);
  });
  test("may be due before it is released, where its parent was slow", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [90] },
        { id: "b", layersNs: [5], release: dependsOn([0]), deadlineNs: 50 },
      ],
    };
    expect(run(world, greedy).jobs.map((job) => [job.releaseNs, job.deadlineNs, job.completionNs])).toEqual([
      [0, Infinity, 90],
      [90, 50, 95],
    ]);
    const late = run(world, scheduler({ decide: firstComeFirst, lateDrop: true }));
    expect(late.ends).toEqual([
      [90, "a#0", "done"],
      [90, "b#0", "late"],
    ]);
  });
  test("is released after the duration too, where its parent was released before it", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [90], release: everyNs(60) },
        { id: "b", layersNs: [5], release: dependsOn([0]) },
      ],
      durationNs: 100,
    };
    expect(run(world, greedy).ends).toEqual([
      [90, "a#0", "done"],
      [180, "a#1", "done"],
      [185, "b#0", "done"],
      [190, "b#1", "done"],
    ]);
  });
  test("keeps its own priority, also where a trace gave its parent another", () => {
    const releasesOfA = [{ releaseNs: 0, priority: 9 }];
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [1], release: { kind: "trace", releases: releasesOfA } },
        { id: "b", layersNs: [1], release: dependsOn([0]), priority: 3 },
      ],
    };
    expect(run(world, greedy).jobs.map((job) => job.priority)).toEqual([9, 3]);
  });
});

describe("the draw that triggers a dependent job", () => {
  const cascade = (probability: number, seed: number): SmallWorld => ({
    tasks: [
      { id: "a", layersNs: [3], release: everyNs(10), deadlineNs: 15 },
      { id: "b", layersNs: [4], release: dependsOn([0], probability), deadlineNs: 15 },
      { id: "c", layersNs: [5], release: dependsOn([1], 0.5), deadlineNs: 15 },
    ],
    durationNs: 40_000,
    seed,
  });
  const framesOf = (jobs: readonly JobRecord[], taskIndex: number) =>
    jobs
      .filter((job) => job.taskIndex === taskIndex)
      .map((job) => job.jobIndex)
      .sort((a, b) => a - b);

  test("is the same under every scheduler, though they drop and order differently", () => {
    const reference = run(cascade(0.4, 5), greedy).jobs;
    for (const each of schedulers) {
      const { jobs } = run(cascade(0.4, 5), each);
      for (const task of [0, 1, 2]) expect(framesOf(jobs, task)).toEqual(framesOf(reference, task));
    }
  });
  test("triggers the share of frames that its probability says, chained ones the product", () => {
    const { jobs } = run(cascade(0.4, 5), greedy);
    // 4000 frames: standard errors 0.0077 and 0.0063.
    expect(Math.abs(framesOf(jobs, 1).length / 4000 - 0.4)).toBeLessThan(4 * 0.0077);
    expect(Math.abs(framesOf(jobs, 2).length / 4000 - 0.2)).toBeLessThan(4 * 0.0063);
  });
  test("always triggers at probability 1 and never at 0", () => {
    expect(framesOf(run(cascade(1, 5), greedy).jobs, 1).length).toBe(4000);
    expect(framesOf(run(cascade(0, 5), greedy).jobs, 1)).toEqual([]);
    expect(framesOf(run(cascade(0, 5), greedy).jobs, 2)).toEqual([]);
  });
  test("at a higher probability triggers every frame of the lower one", () => {
    const few = framesOf(run(cascade(0.3, 5), greedy).jobs, 1);
    const many = new Set(framesOf(run(cascade(0.6, 5), greedy).jobs, 1));
    expect(few.every((frame) => many.has(frame))).toBe(true);
  });
  test("differs from seed to seed", () => {
    expect(framesOf(run(cascade(0.4, 5), greedy).jobs, 1)).not.toEqual(framesOf(run(cascade(0.4, 6), greedy).jobs, 1));
  });
});

test("a dropped job takes its triggered descendants with it, counted as released, and no others", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10] },
      { id: "b", layersNs: [10], release: dependsOn([0]), deadlineNs: 70, priority: 4 },
      { id: "never", layersNs: [10], release: dependsOn([0], 0) },
      { id: "d", layersNs: [10], release: dependsOn([1]), deadlineNs: 90 },
    ],
  };
  const { jobs } = run(world, planned([{ atNs: 0, drop: "a#0" }]));
  expect(jobs.map((job) => [job.taskIndex, job.releaseNs, job.deadlineNs, job.dropNs, job.dropReason])).toEqual([
    [0, 0, Infinity, 0, "policy"],
    [1, 0, 70, 0, "parent"],
    [3, 0, 90, 0, "parent"],
  ]);
  expect(jobs[1]).toMatchObject({ startNs: undefined, completionNs: undefined, energyPj: 0, priority: 4 });
});
