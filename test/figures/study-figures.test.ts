/** Figures of sweeps and other studies: their numbers, of small records written by hand, and their pictures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { svgOf } from "../../src/drawing/svg.ts";
import { comparisonFigures } from "../../src/figures/comparison/index.ts";
import { dataCsv, dataDat } from "../../src/figures/data-text.ts";
import { reproductionFigures } from "../../src/figures/reproduction/index.ts";
import { capacityFigures } from "../../src/figures/studies/capacity.ts";
import { checkFigures } from "../../src/figures/studies/check.ts";
import { tuningFigures } from "../../src/figures/studies/tuning.ts";
import { sweepFigures } from "../../src/figures/sweep/index.ts";
import type { Capacity } from "../../src/records/capacity.ts";
import type { CheckReport, Move } from "../../src/records/check-report.ts";
import type { Reproduction } from "../../src/records/reproduction.ts";
import type { SweepReport } from "../../src/records/sweep-report.ts";
import type { Tuning } from "../../src/records/tuning.ts";
import { repository } from "../repository.ts";
import { looks } from "./looks.ts";
import { comparison, facts, idsOf, named, place } from "./studied.ts";

const group = (alpha: number, rate: number, energyMj: number, slaSatisfaction: number, failed = 0) => ({
  coordinates: { scheduler: "dream", alpha, rate },
  ...{ seeds: 2, failed },
  metrics: {
    energyMj: { mean: energyMj, low: energyMj - 1, high: energyMj + 1 },
    slaSatisfaction: { mean: slaSatisfaction, low: null, high: null },
  },
});

const sweep: SweepReport = {
  ...{ schemaVersion: 1, rtmmVersion: "0.1.0", name: "s", title: null, planHash: "x", shard: null },
  ...{ points: 8, failed: 0, groupCount: 4, seedsPerGroup: 2, precision: null, pareto: null, moreGroups: 0 },
  coordinateNames: ["rate", "scheduler", "alpha"],
  constant: { scheduler: "dream" },
  metrics: [
    { name: "energyMj", title: "Energy", unit: "mJ", better: "lower" },
    { name: "slaSatisfaction", title: "SLA satisfaction", unit: "share", better: "higher" },
  ],
  // At each rate, alpha 1 takes more energy; only at rate 1 it satisfies more.
  groups: [group(0, 1, 10, 0.5), group(1, 1, 20, 0.9), group(0, 2, 30, 0.5), group(1, 2, 40, 0.4)],
};

describe("a sweep", () => {
  const figures = sweepFigures(sweep);

  test("has a trade-off, curves over each number, and a heat map of each pair", () => {
    expect(idsOf(figures)).toEqual([
      "trade-off-energyMj-slaSatisfaction",
      ...["curve-energyMj-rate", "curve-energyMj-alpha", "curve-slaSatisfaction-rate", "curve-slaSatisfaction-alpha"],
      ...["grid-energyMj-rate-alpha", "grid-slaSatisfaction-rate-alpha"],
    ]);
  });

  test("each workload has its own Pareto front", () => {
    const { data } = named(figures, "trade-off-energyMj-slaSatisfaction");
    expect(data.rows).toEqual([
      [1, 0, 10, 0.5, 1],
      [1, 1, 20, 0.9, 1],
      [2, 0, 30, 0.5, 1],
      [2, 1, 40, 0.4, 0],
    ]);
  });

  test("a group with failed points is on no front", () => {
    const [first, ...others] = sweep.groups;
    const failed = sweepFigures({ ...sweep, groups: [{ ...first!, failed: 1 }, ...others] });
    expect(named(failed, "trade-off-energyMj-slaSatisfaction").data.rows).toHaveLength(3);
  });

  test("curves have the intervals of their means", () => {
    expect(named(figures, "curve-energyMj-rate").data.rows[0]).toEqual([1, 0, 10, 9, 11]);
    expect(named(figures, "grid-energyMj-rate-alpha").summary).toBe("Energy: best at rate 1, alpha 0, with 10.00.");
  });
});

test("a capacity: the load curve of each scheduler, and what no scheduler can", () => {
  const value = (mean: number) => [{ mean, interval: null }];
  const point = (factor: number, mean: number, holds: boolean) => ({
    ...{ factor, holds, utilisation: factor / 2, seeds: 1, heldShare: holds ? 1 : 0 },
    values: value(mean),
  });
  const answer = { scheduler: "edf", factor: 1, curve: [point(1, 1, true), point(2, 0.5, false)] };
  const only = { scenario: "a", system: "soc", isExact: true, ceiling: { factor: 1, ruledOutFrom: 1.5, ruledOut: 2 } };
  const capacity = {
    bounds: ["slaSatisfaction>=0.99"],
    cases: [{ ...only, answers: [answer] }],
  } as unknown as Capacity;
  const [figure] = capacityFigures(capacity);
  expect(figure!.data.rows).toEqual([
    ["edf", 1, 0.5, 1, 1, null, null],
    ["edf", 2, 1, 0, 0.5, null, null],
  ]);
  expect(figure!.summary).toBe(
    "Largest factor with slaSatisfaction>=0.99: edf 1.000. From 1.500 on no scheduler can, by proof.",
  );
  expect(svgOf(figure!, looks.light!)).toContain("no scheduler can");
});

test("a search: the value of each step and the best until then, and its way over two parameters", () => {
  const step = (at: number, alpha: number, value: number, bestValue: number) => ({
    step: at,
    params: { alpha, beta: 1 },
    value,
    bestValue,
  });
  const tuning = {
    ...{ scheduler: "dream", scenario: "a", objective: { ...facts, name: "ux" }, grid: null },
    searched: [
      { name: "alpha", min: 0, max: 2 },
      { name: "beta", min: 0, max: 2 },
    ],
    path: [step(0, 1, 5, 4), step(1, 0.5, 3, 3)],
    found: { params: { alpha: 0.5, beta: 1 }, value: 3 },
  } as unknown as Tuning;
  const [steps, path] = tuningFigures(tuning);
  expect(steps!.data.rows).toEqual([
    [0, 1, 1, 5, 4],
    [1, 0.5, 1, 3, 3],
  ]);
  expect(path!.data.rows.at(-1)).toEqual(["found", 0.5, 1, 3]);
});

test("a check: what moved, the worst first; a value that came from nothing is only in the table", () => {
  const move = (value: string, change: number | null, verdict: Move["verdict"]) =>
    ({
      ...place("a"),
      scheduler: "edf",
      value,
      before: 1,
      now: 2,
      change,
      verdict,
      fails: verdict === "worse",
    }) as Move;
  const moves = [move("late", null, "worse"), move("energyMj", -0.5, "better"), move("uxCost", 1, "worse")];
  const [figure] = checkFigures({ baselines: [{ name: "main", compared: 9, moves }] } as unknown as CheckReport);
  expect(figure!.data.rows.map((row) => [row[3], row[6]])).toEqual([
    ["late", null],
    ["uxCost", 1],
    ["energyMj", -0.5],
  ]);
  expect(figure!.summary).toBe("3 values moved and 2 fail, of 9. 1 are only in the table.");
});

test("a check in which nothing moved says so", () => {
  const [figure] = checkFigures({ baselines: [{ name: "main", compared: 9, moves: [] }] } as unknown as CheckReport);
  expect(figure!.absence).toBe("Nothing moved: 9 values are as in baseline main.");
});

describe.each(["dream", "sdrm3", "prema", "xrbench"])("the results of %s", (paper) => {
  const path = join(repository, `results/reproduce/${paper}.json`);
  const reproduction = JSON.parse(readFileSync(path, "utf8")) as Reproduction;
  const figures = reproductionFigures(reproduction);

  test("have figures of their claims, with every claim that was measured", () => {
    const claims = figures.filter(({ id }) => id.startsWith("claims")).flatMap(({ data }) => data.rows);
    const measured = reproduction.claims.filter(({ ours }) => ours !== null);
    expect(claims.map(([what, claimed, ours]) => [what, claimed, ours]).sort()).toEqual(
      measured.map(({ what, claimed, ours }) => [what, claimed, ours]).sort(),
    );
    expect(figures.length).toBeGreaterThan(2);
  });

  test("make well-formed pictures in every look", () => {
    for (const figure of figures)
      for (const look of Object.values(looks)) {
        const svg = svgOf(figure, look);
        expect(XMLValidator.validate(svg)).toBe(true);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }
  });
});

test("every figure of the studies is a well-formed picture in every look", () => {
  for (const figure of [...comparisonFigures(comparison), ...sweepFigures(sweep)])
    for (const look of Object.values(looks)) {
      const svg = svgOf(figure, look);
      expect(XMLValidator.validate(svg)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
});

describe("files of numbers", () => {
  const data = {
    columns: [
      { name: "task_id", heading: "task" },
      { name: "p99Ms", heading: "p99, ms" },
    ],
    rows: [
      ["a, b", 1.5],
      ["50 % {x}", null],
    ],
  };

  test("CSV is quoted where needed; nothing to measure is an empty cell", () => {
    expect(dataCsv(data)).toBe('task_id,p99Ms\n"a, b",1.5\n50 % {x},\n');
  });

  test("tables for pgfplots have names in braces, escaped for TeX, and nan", () => {
    expect(dataDat(data)).toBe("{task\\_id} p99Ms\n{a, b} 1.5\n{50 \\% \\{x\\}} nan\n");
  });
});
