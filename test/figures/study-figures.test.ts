/** Figures of comparisons, sweeps and other studies: their numbers, of small records written by hand, and their pictures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { svgOf } from "../../src/drawing/svg.ts";
import { comparisonFigures } from "../../src/figures/comparison/index.ts";
import { dataCsv, dataDat } from "../../src/figures/data-text.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { reproductionFigures } from "../../src/figures/reproduction/index.ts";
import { capacityFigures } from "../../src/figures/studies/capacity.ts";
import { checkFigures } from "../../src/figures/studies/check.ts";
import { tuningFigures } from "../../src/figures/studies/tuning.ts";
import { sweepFigures } from "../../src/figures/sweep/index.ts";
import type { Capacity } from "../../src/records/capacity.ts";
import type { CheckReport, Move } from "../../src/records/check-report.ts";
import type { Comparison, SchedulerComparison } from "../../src/records/comparison.ts";
import type { Reproduction } from "../../src/records/reproduction.ts";
import type { SweepReport } from "../../src/records/sweep-report.ts";
import type { Tuning } from "../../src/records/tuning.ts";
import { repository } from "../repository.ts";
import { looks } from "./looks.ts";

const idsOf = (figures: readonly Figure[]) => figures.map(({ id }) => id);
const named = (figures: readonly Figure[], id: string) => figures.find((figure) => figure.id === id)!;

function standing(scheduler: string, mean: number | null, ratio: number | null): SchedulerComparison {
  const interval = ratio === null || ratio === 1 ? null : { low: ratio - 0.1, high: ratio + 0.1 };
  const rest = { isBest: false, difference: null, differenceInterval: null, verdict: null };
  return { scheduler, mean, ratio, interval, ...rest };
}

const facts = { title: "UXCost", unit: "ratio", better: "lower" } as const;
const place = (scenario: string) => ({ scenario, system: "soc" });

/** ux is twice as good in a, and half as good in b; none has no value to divide by. */
const comparison: Comparison = {
  ...{ schemaVersion: 1, rtmmVersion: "0.1.0", baseline: "fcfs", seeds: [1, 2], durationMs: null, warmupMs: 0 },
  schedulers: [
    { label: "fcfs", name: "fcfs", params: {} },
    { label: "edf", name: "edf", params: {} },
  ],
  cases: [place("a"), place("b")],
  metrics: [
    {
      ...{ ...facts, name: "ux" },
      cases: [
        { ...place("a"), schedulers: [standing("fcfs", 4, 1), standing("edf", 2, 0.5)] },
        { ...place("b"), schedulers: [standing("fcfs", 1, 1), standing("edf", 2, 2)] },
      ],
      geomeans: [
        {
          over: [place("a"), place("b")],
          leftOut: [],
          schedulers: [standing("fcfs", null, 1), standing("edf", null, 1)],
        },
      ],
    },
    {
      ...{ ...facts, name: "none", title: "Late" },
      cases: [
        { ...place("a"), schedulers: [standing("fcfs", 0, null), standing("edf", 3, null)] },
        { ...place("b"), schedulers: [standing("fcfs", 0, null), standing("edf", null, null)] },
      ],
      geomeans: [],
    },
  ],
  ...{ runs: [], inputs: [], warnings: [] },
};

describe("a comparison", () => {
  const figures = comparisonFigures(comparison);

  test("has bars and a heat map of ratios; of means where there is no ratio", () => {
    expect(idsOf(figures)).toEqual(["ratio-ux", "map-ux", "mean-none"]);
  });

  test("ratios with their intervals, and the geometric mean", () => {
    expect(named(figures, "ratio-ux").data.rows).toEqual([
      ["a", "fcfs", 4, 1, null, null],
      ["a", "edf", 2, 0.5, 0.4, 0.6],
      ["b", "fcfs", 1, 1, null, null],
      ["b", "edf", 2, 2, 1.9, 2.1],
      ["geometric mean", "fcfs", null, 1, null, null],
      ["geometric mean", "edf", null, 1, null, null],
    ]);
    expect(named(figures, "map-ux").data.rows).toEqual([
      ["a", 0.5],
      ["b", 2],
      ["geometric mean", 1],
    ]);
  });

  test("means where only the baseline has a ratio, which is always 1", () => {
    const [ux] = comparison.metrics;
    const schedulers = [standing("fcfs", 3, 1), standing("edf", 0, null)];
    const metric = { ...ux!, cases: [place("a"), place("b")].map((each) => ({ ...each, schedulers })), geomeans: [] };
    const figures = comparisonFigures({ ...comparison, metrics: [metric] });
    expect(idsOf(figures)).toEqual(["mean-ux"]);
    expect(figures[0]!.summary).toContain("There are no ratios, because values are 0 or absent.");
  });

  const boundedBy = (bound: number | null, gap: number | null) => (each: SchedulerComparison) => ({
    ...each,
    bound,
    gap,
  });

  test("multiples of the bound where one is proven", () => {
    const [ux] = comparison.metrics;
    // fcfs has 4 and edf 2 in a, where at least 1.6 is proven; nothing is known of b.
    const schedulers = [boundedBy(1.6, 1.5)(standing("fcfs", 4, 1)), boundedBy(1.6, 0.25)(standing("edf", 2, 0.5))];
    const unknown = ux!.cases[1]!.schedulers.map(boundedBy(null, null));
    const metric = {
      ...ux!,
      cases: [
        { ...place("a"), schedulers },
        { ...place("b"), schedulers: unknown },
      ],
    };
    const figure = named(comparisonFigures({ ...comparison, metrics: [metric] }), "bound-ux");
    expect(figure.data.rows).toEqual([
      ["a", "fcfs", 4, 1.6, 1.5],
      ["a", "edf", 2, 1.6, 0.25],
    ]);
    expect(figure.summary).toContain("edf comes closest, at 1.250 of it in a.");
    const { series } = figure.option(looks.light!) as { series: { name?: string; data?: unknown }[] };
    expect(series.map(({ name, data }) => [name, data])).toEqual([
      ["fcfs", [2.5]],
      ["edf", [1.25]],
    ]);
  });

  test("shares beside their bound, which is a mark", () => {
    const [ux] = comparison.metrics;
    const schedulers = [boundedBy(0.5, 0.25)(standing("fcfs", 0.75, 1)), boundedBy(0.5, 0)(standing("edf", 0.5, null))];
    const metric = { ...ux!, name: "late", unit: "share" as const, cases: [{ ...place("a"), schedulers }] };
    const figure = named(comparisonFigures({ ...comparison, metrics: [metric] }), "bound-late");
    expect(figure.summary).toContain("edf reaches it in a.");
    const { series } = figure.option(looks.light!) as { series: { name?: string; data?: unknown }[] };
    expect(series.map(({ name, data }) => [name, data])).toEqual([
      ["fcfs", [0.75]],
      ["proven bound", [[0, 0.5]]],
      ["edf", [0.5]],
      ["proven bound", [[0, 0.5]]],
    ]);
  });

  test("a mean that leaves out cases says so", () => {
    const [ux] = comparison.metrics;
    const [whole] = ux!.geomeans;
    const summaryOf = (over: readonly { scenario: string; system: string }[]) =>
      comparisonFigures({ ...comparison, metrics: [{ ...ux!, geomeans: [{ ...whole!, over }] }] })[0]!.summary;
    expect(summaryOf([place("a"), place("b")])).toContain(" Over all cases: edf");
    expect(summaryOf([place("a")])).toContain(" Over the 1 of 2 cases with ratios: edf");
  });

  test("means where the baseline is 0", () => {
    expect(named(figures, "mean-none").data.rows).toEqual([
      ["a", "fcfs", 0],
      ["a", "edf", 3],
      ["b", "fcfs", 0],
      ["b", "edf", null],
    ]);
  });
});

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
