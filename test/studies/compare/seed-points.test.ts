/** Runs of a comparison in threads: what comes of failures does not hang on the order in which they end. */
import { expect, test } from "vitest";
import { SchedulerError } from "../../../src/core/errors.ts";
import type { PointFailure } from "../../../src/executors/point.ts";
import type { RunResult } from "../../../src/records/run-result.ts";
import { ComparisonResults } from "../../../src/studies/compare/comparison-results.ts";
import type { ComparisonPlan } from "../../../src/studies/compare/plan.ts";
import { SeedPoints } from "../../../src/studies/compare/seed-points.ts";

/** Two cases, a scheduler that was asked for and one that was not. */
function pointsOf(seeds: readonly number[]) {
  const cases = ["small", "large"].map((scenario) => ({
    scenario,
    request: (seed: number, { label }: { label: string }) => ({ scenario, seed, scheduler: label }),
  }));
  const schedulers = [
    { label: "asked", presence: "asked" },
    { label: "default", presence: "default" },
  ];
  const plan = { cases, schedulers } as unknown as ComparisonPlan;
  const results = new ComparisonResults(plan);
  return { results, points: new SeedPoints(plan, results, seeds, results.addSeeds(seeds)) };
}

const done = (index: number) => ({ kind: "done" as const, index, result: { index } as unknown as RunResult });
const failed = (index: number, kind: PointFailure["kind"], message: string) => ({
  kind: "failed" as const,
  index,
  failure: { kind, message },
});

test("points go seed by seed, case by case, scheduler by scheduler", () => {
  const { points } = pointsOf([7, 8]);
  const requests = Array.from({ length: points.count }, (_, index) => points.request(index)!);
  expect(requests.map(({ seed, scenario, scheduler }) => `${seed} ${scenario} ${scheduler}`)).toEqual([
    "7 small asked",
    "7 small default",
    "7 large asked",
    "7 large default",
    "8 small asked",
    "8 small default",
    "8 large asked",
    "8 large default",
  ]);
});

test("the failure of the first point counts, whichever was heard of first, and only points before it run on", () => {
  const { results, points } = pointsOf([1, 2]);
  points.ended(failed(6, "policy", "later"));
  expect([points.request(5) === undefined, points.request(7) === undefined]).toEqual([false, true]);
  points.ended(failed(4, "policy", "earlier"));
  expect(points.request(5)).toBeUndefined();
  for (const index of [0, 1, 2, 3]) points.ended(done(index));
  expect(points.hasGaps()).toBe(false);
  const error = points.settle();
  expect(error).toBeInstanceOf(SchedulerError);
  expect(error!.message).toBe("earlier");
  expect(results.finished({ error }).seeds).toEqual([1]);
});

test("a scheduler that nobody asked for is left out for its first reason, and its other failures do not count", () => {
  const { results, points } = pointsOf([1, 2]);
  points.ended(failed(5, "policy", "after it should have been left out"));
  points.ended(failed(3, "input", "large is not for me"));
  points.ended(failed(1, "input", "small is not for me"));
  // Passed over while the first failure counted.
  expect(points.hasGaps()).toBe(true);
  for (const index of [0, 2, 4, 6]) points.ended(done(index));
  expect(points.hasGaps()).toBe(false);
  expect(points.settle()).toBeUndefined();
  const { seeds, schedulers, absent } = results.finished(undefined);
  expect([seeds, schedulers.map(({ label }) => label)]).toEqual([[1, 2], ["asked"]]);
  expect(absent).toEqual([{ label: "default", reason: "small is not for me" }]);
});

test("one that was asked for stops the comparison where it refuses", () => {
  const { points } = pointsOf([1]);
  points.ended(failed(2, "input", "not for me"));
  expect(points.settle()).toMatchObject({ name: "RequestError", message: "not for me" });
});

test("what has ended is not run again", () => {
  const { points } = pointsOf([1]);
  points.ended(done(0));
  expect(points.request(0)).toBeUndefined();
  expect(points.request(1)).toBeDefined();
});
