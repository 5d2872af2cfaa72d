/** The misses of Terastal's comparison, on systems small enough to see what must come out. */
import { beforeAll, expect, test } from "vitest";
import { comparisonRuns } from "../../../src/studies/reproduce/comparison-runs.ts";
import {
  accuracyLossOf,
  type LoadedRuns,
  missedBelow,
  missesOf,
} from "../../../src/studies/reproduce/terastal/misses.ts";
import { placeTable, schedulerTable } from "../../../src/studies/reproduce/terastal/tables.ts";
import { benchWith, fastAndSlow } from "./tiny.ts";

/** The first takes the slow accelerator when it is idle, where 12 ms are too long for 10; the second the fast one. */
const schedulers = [
  { label: "careless", scheduler: "fcfs:placement=first" },
  { label: "careful", scheduler: "fcfs" },
];
const [CARELESS, CAREFUL] = [0, 1] as const;

let all: readonly LoadedRuns[];
beforeAll(async () => {
  const bench = benchWith(fastAndSlow);
  const given = { scenarios: ["light"], systems: ["soc"], schedulers, seeds: [1, 2], durationMs: undefined };
  const at = async (rateScale: number): Promise<LoadedRuns> => {
    return { system: "soc", rateScale, runs: await comparisonRuns({ ...given, variation: { rateScale } }, bench) };
  };
  // At half the rate the slow accelerator is in time, and idle again at each release.
  all = [await at(1), await at(0.5)];
});

test("misses are means over cases, by seed", () => {
  expect(missesOf(all.slice(0, 1), CARELESS)).toEqual([0.5, 0.5]);
  expect(missesOf(all.slice(1), CARELESS)).toEqual([0, 0]);
  expect(missesOf(all, CARELESS)).toEqual([0.25, 0.25]);
  expect(missesOf(all, CAREFUL)).toEqual([0, 0]);
});

test("a scenario without cases, or without accuracies, has 0", () => {
  expect(missesOf(all, CARELESS, "heavy")).toEqual([0, 0]);
  expect(accuracyLossOf(all, CARELESS)).toEqual([0, 0]);
});

test("a ratio is that of the means, and absent where nothing is missed", () => {
  expect(missedBelow([0.1, 0.3], [0.4, 0.4])!.ratio).toBeCloseTo(0.5, 12);
  expect(missedBelow([0.1, 0.3], [0, 0])).toBeUndefined();
});

test("tables give misses by load, by system and by scenario", () => {
  const { rows } = schedulerTable(all, schedulers, 1);
  expect(rows).toEqual([
    { scheduler: "careless", x1: 0.5, "x0.5": 0, "below-careless": null },
    { scheduler: "careful", x1: 0, "x0.5": 0, "below-careless": null },
  ]);
  expect(placeTable("systems", all, schedulers).rows).toEqual([{ system: "soc", careless: 0.25, careful: 0 }]);
  expect(placeTable("scenarios", all, schedulers).rows).toEqual([{ scenario: "light", careless: 0.25, careful: 0 }]);
});
