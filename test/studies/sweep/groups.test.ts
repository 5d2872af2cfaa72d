/** Means over seeds. */
import { expect, test } from "vitest";
import type { PointRecord } from "../../../src/studies/sweep/folder/point-line.ts";
import { groupCoordinates, groupsOf } from "../../../src/studies/sweep/summary/groups.ts";

const done = (index: number, energyMj: number | null): PointRecord => ({
  index,
  coordinates: { scheduler: "edf", seed: index },
  resultHash: "",
  metrics: { energyMj },
  tasks: [],
  accelerators: [],
});
const failed = (index: number): PointRecord => ({
  index,
  coordinates: { scheduler: "edf", seed: index },
  error: { kind: "policy", message: "no" },
});

test("a group is the points that differ in the seed alone, with mean and interval", () => {
  const [first, second, ...others] = [...groupsOf([done(0, 1), done(1, 3), done(2, 5), done(3, 5)], 2)];
  // Mean 2, standard error 1, t of one degree of freedom 12.706.
  expect(first).toMatchObject({ coordinates: { scheduler: "edf" }, seeds: 2, failed: 0 });
  expect(first!.metrics.energyMj!.mean).toBe(2);
  expect(first!.metrics.energyMj!.low).toBeCloseTo(2 - 12.7062, 3);
  expect(first!.metrics.energyMj!.high).toBeCloseTo(2 + 12.7062, 3);
  expect(second!.metrics.energyMj).toEqual({ mean: 5, low: 5, high: 5 });
  expect(others).toEqual([]);
});

test("failed points are counted and have no part in the mean", () => {
  const [group] = [...groupsOf([done(0, 1), failed(1), done(2, 3)], 3)];
  expect(group).toMatchObject({ seeds: 2, failed: 1 });
  expect(group!.metrics.energyMj!.mean).toBe(2);
});

test("a group of failed points has no means", () => {
  const [group] = [...groupsOf([failed(0)], 1)];
  expect(group).toMatchObject({ seeds: 0, failed: 1, metrics: { energyMj: null } });
});

test("there is no mean where a seed has nothing to measure", () => {
  const [group] = [...groupsOf([done(0, 1), done(1, null)], 2)];
  expect(group!.metrics.energyMj).toBe(null);
});

test("a single seed has no interval", () => {
  const [group] = [...groupsOf([done(0, 4)], 1)];
  expect(group!.metrics.energyMj).toEqual({ mean: 4, low: null, high: null });
});

test("groups go without the seed", () =>
  expect(groupCoordinates({ coordinateNames: ["scenario", "seed"], seedsPerGroup: 2 })).toEqual(["scenario"]));

test("points that are groups by themselves are told apart by their seeds", () => {
  const coordinateNames = ["scheduler", "seed"];
  expect(groupCoordinates({ coordinateNames, seedsPerGroup: 1 })).toEqual(coordinateNames);
  const groups = [...groupsOf([done(0, 4), done(1, 4)], 1)];
  expect(groups.map(({ coordinates }) => coordinates)).toEqual([
    { scheduler: "edf", seed: 0 },
    { scheduler: "edf", seed: 1 },
  ]);
});
