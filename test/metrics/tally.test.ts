import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { curves, metrics } from "../../src/metrics/index.ts";
import { createTally, outcomeOf } from "../../src/metrics/tally.ts";
import * as plain from "./plain-metrics.ts";
import { droppedInstead, randomJobs, randomTasks } from "./random-jobs.ts";
import { context, job, ms, outcome, scenarioValue, task, totals } from "./world.ts";

const measured = (jobs: readonly JobRecord[]) => outcome(jobs, randomTasks);
const scenarioValues = (jobs: readonly JobRecord[]) => metrics.map((metric) => metric.scenario(measured(jobs)));

const slaAtN = (jobs: readonly JobRecord[]): readonly number[] => {
  const points = curves.find(({ name }) => name === "slaAtN")!.scenario(measured(jobs));
  return (points ?? []).map(({ y }) => y);
};

function withOneDropped(jobs: readonly JobRecord[], pick: number): readonly JobRecord[] {
  const index = pick % jobs.length;
  return jobs.with(index, droppedInstead(jobs[index]!));
}

function expectClose(found: number | undefined, expected: number | undefined): void {
  if (found === undefined || expected === undefined) expect(found).toBe(expected);
  else expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

describe("warm-up", () => {
  const warm = [task("root"), task("child", { isDependent: true })];

  test("jobs whose frame was released before its end are left out of every metric, energy included", () => {
    const early = job({ taskIndex: 1, frameReleaseNs: 4 * ms, releaseNs: 20 * ms, energyPj: 1e12 });
    const exactly = job({ frameReleaseNs: 5 * ms, releaseNs: 5 * ms });
    const filtered = outcomeOf([early, exactly], totals(), context(warm, { warmupNs: 5 * ms }));
    const without = outcomeOf([exactly], totals(), context(warm, { warmupNs: 5 * ms }));
    expect(filtered).toEqual(without);
    expect(filtered.all.released).toBe(1);
  });

  test("a warm-up longer than the run leaves nothing to measure", () => {
    const none = outcomeOf([job()], totals(), context(warm, { warmupNs: 1000 * ms }));
    expect(scenarioValue("uxCost", none)).toBeUndefined();
    expect(scenarioValue("energyMj", none)).toBeUndefined();
  });
});

test("a job of an unknown task is refused", () => {
  expect(() => createTally(context([])).jobEnded(job())).toThrow(RangeError);
});

test.each(Object.entries(plain.definitions))(
  "the streamed %s equals its plain definition over all jobs",
  (name, define) => {
    fc.assert(
      fc.property(randomJobs, (jobs) => expectClose(scenarioValue(name, measured(jobs)), define(jobs, randomTasks))),
    );
  },
);

test("every share lies from 0 to 1, every other value is finite and not negative", () => {
  fc.assert(
    fc.property(randomJobs, (jobs) => {
      const from = measured(jobs);
      for (const metric of metrics) {
        for (const value of [metric.scenario(from), ...from.tasks.map((each) => metric.task?.(each))]) {
          if (value === undefined) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(metric.unit === "share" ? 1 : Number.MAX_VALUE);
        }
      }
    }),
  );
});

test("random jobs give all metrics something to measure, but those of accelerators and of weight memories", () => {
  const samples = fc.sample(randomJobs, { numRuns: 100, seed: 1 });
  const values = samples.map(scenarioValues);
  const plain = metrics.filter(({ onlyWith }) => onlyWith === undefined);
  const rare = plain.filter((metric) => {
    const i = metrics.indexOf(metric);
    return values.filter((each) => each[i] !== undefined).length < 50;
  });
  expect(rare.map(({ name }) => name)).toEqual(["peakPowerMw", "utilisation", "weightWaitShare", "weightLoads"]);
  expect(samples.filter((jobs) => slaAtN(jobs).length > 0).length).toBeGreaterThan(50);
});

test("slaAtN never falls with N", () => {
  fc.assert(
    fc.property(randomJobs, (jobs) => {
      const heights = slaAtN(jobs);
      expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    }),
  );
});

test("the order in which jobs end does not matter", () => {
  fc.assert(
    fc.property(randomJobs, (jobs) => {
      const reversed = scenarioValues(jobs.toReversed());
      for (const [index, value] of scenarioValues(jobs).entries()) expectClose(reversed[index], value);
    }),
  );
});

/** The metrics that docs/metrics.md says cannot be improved by dropping a job. */
const dropProof = [
  "uxCostGuarded",
  "slaSatisfaction",
  "deadlineViolationRate",
  "violations",
  "completed",
  "xrbenchScore",
  "xrbenchArtifactScore",
  "xrbenchQoe",
  "stp",
];

test.each(dropProof)("dropping a job never improves %s", (name) => {
  const { better } = metrics.find((metric) => metric.name === name)!;
  fc.assert(
    fc.property(randomJobs, fc.nat(), (jobs, pick) => {
      fc.pre(jobs.length > 0);
      const dropped = withOneDropped(jobs, pick);
      const [before, after] = [scenarioValue(name, measured(jobs)), scenarioValue(name, measured(dropped))];
      expect(after === undefined).toBe(before === undefined);
      if (before === undefined || after === undefined) return;
      if (better === "higher") expect(after).toBeLessThanOrEqual(before);
      else expect(after).toBeGreaterThanOrEqual(before);
    }),
  );
});

test("dropping a job never improves slaAtN at any N", () => {
  fc.assert(
    fc.property(randomJobs, fc.nat(), (jobs, pick) => {
      fc.pre(jobs.length > 0);
      const before = slaAtN(jobs);
      const after = slaAtN(withOneDropped(jobs, pick));
      expect(after.length).toBe(before.length);
      expect(after.every((height, index) => height <= before[index]!)).toBe(true);
    }),
  );
});
