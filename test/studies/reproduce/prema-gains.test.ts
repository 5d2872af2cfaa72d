/**
 * PREMA's gains, by hand: jobs of 10 ms and 1 ms come at 0. First come, first served, the short one ends after 11 ms, 11 x
 * its isolated time; shortest first, the long one ends after 11 ms, 1.1 x its own.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { ComparisonRuns } from "../../../src/studies/compare/run-comparison.ts";
import { comparisonRuns } from "../../../src/studies/reproduce/comparison-runs.ts";
import { gainOf, gains, runGains } from "../../../src/studies/reproduce/prema/gains.ts";
import { gainRow } from "../../../src/studies/reproduce/prema/tables.ts";
import { benchWith, twoTenants } from "./tiny.ts";

let all: ComparisonRuns;
const schedulers = ["fcfs", "sjf"].map((name) => ({ label: name, scheduler: name }));

beforeAll(async () => {
  const where = { scenarios: ["tenants"], systems: ["npu"], durationMs: undefined };
  all = await comparisonRuns({ ...where, schedulers, seeds: [1, 2] }, benchWith(twoTenants));
});

describe("shortest first against first come, first served", () => {
  test("ANTT is (1.1 + 1) / 2 against (1 + 11) / 2", () => {
    expect(gainOf(all, 1, 0, gains.antt).ours).toBeCloseTo(6 / 1.05, 5);
  });

  test("STP is 1 / 1.1 + 1 against 1 + 1 / 11", () => {
    expect(gainOf(all, 1, 0, gains.stp).ours).toBeCloseTo((1 / 1.1 + 1) / (1 + 1 / 11), 5);
  });

  test("SLA is met at every N against half of the jobs below N = 11", () => {
    expect(gainOf(all, 1, 0, gains.sla).ours).toBeCloseTo(1 / ((1 + 10 / 19) / 2), 5);
    expect(gainOf(all, 1, 0, gains.slaAt(10)).ours).toBe(2);
    expect(gainOf(all, 1, 0, gains.slaAt(11)).ours).toBe(1);
  });

  test("nothing can be said of a ratio to no violations at all", () => {
    expect(gainOf(all, 1, 0, gains.slaMissed)).toEqual({ ours: null, interval: null });
    expect(runGains(all, 1, 0, gains.slaMissed)).toBeUndefined();
  });

  test("a run's own ratio is that of the means where all runs are equal", () => {
    expect(runGains(all, 1, 0, gains.antt)).toBeCloseTo(6 / 1.05, 9);
    expect(runGains(all, 1, 0, gains.stp)).toBeCloseTo((1 / 1.1 + 1) / (1 + 1 / 11), 9);
  });

  test("equal runs give an interval without width", () => {
    const { ours, interval } = gainOf(all, 1, 0, gains.antt);
    expect(interval).toEqual({ low: ours, high: ours });
  });

  test("a row has means and gains; the baseline gains nothing", () => {
    expect(gainRow(all, 0)).toMatchObject({ antt: 6, anttGain: 1, stpGain: 1, slaGain: 1 });
    expect(gainRow(all, 1)).toMatchObject({ antt: 1.05, sla: 1 });
  });
});
