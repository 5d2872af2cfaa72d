import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { releaseCursor } from "../../src/core/arrivals.ts";
import type { Arrival, Scenario } from "../../src/core/scenario.ts";
import { propertyRuns } from "../property-runs.ts";
import { periodic } from "../releases.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";
import { greedy, releases } from "./planned.ts";

const oneTask = (task: Partial<SmallTask>, durationNs: number, seed = 1): SmallWorld => {
  return { tasks: [{ id: "a", layersNs: [1], ...task }], durationNs, seed };
};
const releasesOf = (world: SmallWorld) => releases(world, run(world, greedy));
const timesOf = (release: Arrival, durationNs: number, seed = 1) =>
  releasesOf(oneTask({ release }, durationNs, seed)).map(([releaseNs]) => releaseNs);

describe("a periodic task", () => {
  test("releases job k at k / fps, rounded once from its index, and is due a period later", () => {
    const world = oneTask({ release: periodic(60), deadlineNs: 1e9 / 60 }, 100e6);
    expect(releasesOf(world)).toEqual([
      [0, 16_666_667, "a#0"],
      [16_666_667, 33_333_333, "a#1"],
      [33_333_333, 50_000_000, "a#2"],
      [50_000_000, 66_666_667, "a#3"],
      [66_666_667, 83_333_333, "a#4"],
      [83_333_333, 100_000_000, "a#5"],
    ]);
  });
  test("releases job k exactly k written periods after the offset, and counts a new period from its phase", () => {
    const every7ms = { kind: "periodic", fps: 1e9 / 7e6, periodNs: 7e6, offsetNs: 1e6, jitterNs: 0 } as const;
    const times = timesOf(every7ms, 7e9);
    expect(times).toEqual(times.map((_, k) => 1e6 + k * 7e6));
    expect(times).toHaveLength(1000);
    const phases = [{ name: "fast", startNs: 10e6, changes: [{ taskIndex: 0, fps: 1e9 / 3e6, periodNs: 3e6 }] }];
    const world = { ...oneTask({ release: every7ms, deadlineNs: 7e6, deadlineIsPeriod: true }, 20e6), phases };
    expect(releasesOf(world).map(([releaseNs, deadlineNs]) => [releaseNs / 1e6, deadlineNs / 1e6])).toEqual([
      [1, 8],
      [8, 15],
      [10, 13],
      [13, 16],
      [16, 19],
      [19, 22],
    ]);
  });
  test("keeps its frames where a phase names the same rate in the other way", () => {
    const phases = [{ name: "same", startNs: 15e6, changes: [{ taskIndex: 0, fps: 100, periodNs: 10e6 }] }];
    const world = { ...oneTask({ release: periodic(100) }, 40e6), phases };
    expect(releasesOf(world).map(([releaseNs]) => releaseNs / 1e6)).toEqual([0, 10, 20, 30]);
  });
  test("does not drift: an hour of 60 fps is 216000 jobs, the last a period before its end", () => {
    const cursor = releaseCursor(scenarioWith(periodic(60), 3600e9), 0, 1);
    let lastNs = 0;
    for (; cursor.releaseNs !== Infinity; cursor.advance()) lastNs = cursor.releaseNs;
    expect([cursor.jobIndex, lastNs]).toEqual([216_000, 3_599_983_333_333]);
  });
  test("is due exactly when its next job is released, at every whole frame rate", () => {
    const off: number[] = [];
    for (let fps = 1; fps <= 240; fps++) {
      const cursor = releaseCursor(scenarioWith(periodic(fps), 10e9), 0, 1);
      for (let dueNs = 0; cursor.releaseNs !== Infinity; cursor.advance()) {
        if (cursor.releaseNs !== dueNs) off.push(fps);
        dueNs = Math.round(cursor.frameNs + 1e9 / fps);
      }
    }
    expect(off).toEqual([]);
  });
  test("starts at its offset and releases nothing at the duration or after it", () => {
    expect(timesOf(periodic(1e7, 50), 350)).toEqual([50, 150, 250]);
    expect(timesOf(periodic(1e7, 50), 351)).toEqual([50, 150, 250, 350]);
    expect(timesOf(periodic(1e7, 400), 400)).toEqual([]);
  });
  test("is late by its jitter, from 0 to jitterNs, while its deadline stays", () => {
    const world = oneTask({ release: periodic(1e6, 0, 400), deadlineNs: 1000 }, 2e6);
    const jobs = releasesOf(world);
    const jitters = jobs.map(([releaseNs], k) => releaseNs - 1000 * k);
    expect(jobs.length).toBe(2000);
    expect(jobs.map(([, deadlineNs], k) => deadlineNs - 1000 * (k + 1)).every((late) => late === 0)).toBe(true);
    expect([Math.min(...jitters) >= 0, Math.max(...jitters) <= 400]).toEqual([true, true]);
    // Uniform: mean 200, standard error 400 / sqrt(12 x 2000) = 2.6.
    expect(Math.abs(mean(jitters) - 200)).toBeLessThan(4 * 2.6);
  });
  test("keeps its jobs in order where the jitter is a whole period", () => {
    const property = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const times = timesOf(periodic(1e8, 0, 10), 1000, seed);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every((timeNs) => Number.isInteger(timeNs) && timeNs < 1000)).toBe(true);
    });
    fc.assert(property, propertyRuns(50));
  });
  test("reports the nominal release of a jittered job as its frame's", () => {
    const { jobs } = run(oneTask({ release: periodic(1e6, 0, 400) }, 10_000), greedy);
    expect(jobs.map((job) => job.frameReleaseNs)).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
  });
});

describe("a Poisson task whose rate changes", () => {
  const phased = (offsetNs: number, phases: readonly (readonly [startNs: number, fps: number])[]) => ({
    ...oneTask({ release: { kind: "poisson", ratePerS: 1e6, offsetNs } }, 1e5, 3),
    phases: phases.map(([startNs, fps], i) => ({ name: `p${i}`, startNs, changes: [{ taskIndex: 0, fps }] })),
  });
  const timesIn = (world: SmallWorld) => releasesOf(world).map(([releaseNs]) => releaseNs);

  test("has as many mean gaps from its offset to job k at any rates", () => {
    const rate = fc.constantFrom(1e5, 3e5, 1e6, 2e6, 7e6);
    const property = fc.property(
      fc.nat(30_000),
      fc.array(fc.tuple(fc.nat(90_000), rate), { maxLength: 5 }),
      (offsetNs, changes) => {
        const phases = [...changes].sort(([a], [b]) => a - b);
        const unitNs = timesOf({ kind: "poisson", ratePerS: 1e6, offsetNs: 0 }, 1e6, 3);
        /** Mean gaps from the offset to a time, each rate over its own span. */
        const gapsAt = (timeNs: number): number => {
          const starts = [[0, 1e6] as const, ...phases];
          return starts.reduce((sum, [startNs, fps], i) => {
            const endNs = Math.min(timeNs, starts[i + 1]?.[0] ?? Infinity);
            return sum + (Math.max(0, endNs - Math.max(startNs, offsetNs)) * fps) / 1e9;
          }, 0);
        };
        const times = timesIn(phased(offsetNs, phases));
        // Rounding a time to whole ns moves it by half a ns, at the highest rate 0.0035 gaps.
        for (const [k, timeNs] of times.entries())
          expect(Math.abs(gapsAt(timeNs) - unitNs[k]! / 1e3)).toBeLessThan(0.005);
        expect(gapsAt(1e5)).toBeLessThan(unitNs[times.length]! / 1e3 + 0.005);
      },
    );
    fc.assert(property, propertyRuns(100));
  });
  test("ends where the task is switched off for good", () => {
    const world = phased(0, []);
    const off = { ...world, phases: [{ name: "off", startNs: 5e4, changes: [{ taskIndex: 0, isEnabled: false }] }] };
    expect(timesIn(off)).toEqual(timesIn(world).filter((timeNs) => timeNs < 5e4));
  });
  test("keeps its times where a phase repeats its rate", () => {
    expect(
      timesIn(
        phased(5000, [
          [7000, 1e6],
          [9999, 1e6],
        ]),
      ),
    ).toEqual(timesIn(phased(5000, [])));
  });
});

describe("a Poisson task", () => {
  const poisson = { kind: "poisson", ratePerS: 1e6, offsetNs: 5000 } as const;
  test("has exponential gaps of mean 1 / rate from its offset on", () => {
    const times = timesOf(poisson, 10e6);
    const gaps = times.map((timeNs, k) => timeNs - (times[k - 1] ?? 5000));
    // About 10^4 gaps of mean 1000: standard error 10; a share e^-1 of them is longer than the mean.
    expect(Math.abs(mean(gaps) - 1000)).toBeLessThan(40);
    expect(Math.abs(gaps.filter((gap) => gap > 1000).length / gaps.length - Math.exp(-1))).toBeLessThan(0.02);
    expect(times[0]).toBeGreaterThanOrEqual(5000);
  });
  test("has other times with another seed, and the same with the same", () => {
    expect(timesOf(poisson, 1e5, 7)).toEqual(timesOf(poisson, 1e5, 7));
    expect(timesOf(poisson, 1e5, 7)).not.toEqual(timesOf(poisson, 1e5, 8));
  });
});

test("a one-shot task releases its jobs at drawn times in its window, in order", () => {
  const times = timesOf({ kind: "one-shot", count: 1000, fromNs: 300, toNs: 700 }, 1e6);
  expect(times.length).toBe(1000);
  expect([Math.min(...times) >= 300, Math.max(...times) < 700]).toEqual([true, true]);
  expect(Math.abs(mean(times) - 500)).toBeLessThan(15);
  expect(timesOf({ kind: "one-shot", count: 1, fromNs: 42, toNs: 42 }, 1e6)).toEqual([42]);
});

describe("a trace", () => {
  test("gives release times, and deadlines and priorities where it has them", () => {
    const own = [
      { releaseNs: 3 },
      { releaseNs: 3, deadlineNs: 50 },
      { releaseNs: 10, deadlineNs: 20, priority: 9 },
      { releaseNs: 99 },
    ];
    const world = oneTask({ release: { kind: "trace", releases: own }, deadlineNs: 30, priority: 2 }, 99);
    const result = run(world, greedy);
    expect(releases(world, result)).toEqual([
      [3, 33, "a#0"],
      [3, 50, "a#1"],
      [10, 20, "a#2"],
    ]);
    expect(result.jobs.map((job) => job.priority)).toEqual([2, 2, 9]);
  });
  test("without releases leaves a run of no events", () => {
    const { jobs, totals } = run(oneTask({ atNs: [] }, 100), greedy);
    expect([jobs.length, totals.events, totals.endNs]).toEqual([0, 0, 0]);
  });
});

test("a task's releases do not depend on the other tasks of the scenario", () => {
  const jittered: SmallTask = { id: "a", layersNs: [1], release: periodic(1e6, 0, 400) };
  const alone = releasesOf({ tasks: [jittered], durationNs: 1e5 });
  const other: SmallTask = { id: "b", layersNs: [7], release: { kind: "poisson", ratePerS: 1e6, offsetNs: 0 } };
  const together = releasesOf({ tasks: [jittered, other], durationNs: 1e5 });
  expect(together.filter(([, , name]) => name.startsWith("a#"))).toEqual(alone);
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const scenarioWith = (release: Arrival, durationNs: number): Scenario => {
  const model = { name: "m", bytesPerElement: 1, variants: [] };
  const task = { id: "a", model, release, deadlineNs: 0, priority: 1 };
  return { name: "s", durationNs, tasks: [task], phases: [] };
};
