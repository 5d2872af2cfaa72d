/** Misses beside the proven bound. */
import { expect, test } from "vitest";
import { gapFigure } from "../../src/figures/comparison/gap.ts";
import type { Comparison, SchedulerComparison } from "../../src/records/comparison.ts";

const place = { scenario: "s", system: "soc" };
const other = { scenario: "t", system: "soc" };
const standing = (scheduler: string, mean: number | null): SchedulerComparison => ({
  ...{ scheduler, mean, isBest: false, ratio: 1, interval: null, difference: 0, differenceInterval: null },
  verdict: null,
});

const comparisonIn = (name: string, means: readonly (readonly (number | null)[])[]): Comparison => ({
  ...{ schemaVersion: 1, rtmmVersion: "1", baseline: "edf", seeds: [1], durationMs: null, warmupMs: 0 },
  schedulers: ["edf", "llf"].map((label) => ({ label, name: label, params: {} })),
  cases: [place, other],
  metrics: [
    {
      ...{ name, title: name, unit: "share", better: "higher" },
      cases: [place, other].map((each, at) => ({
        ...each,
        schedulers: ["edf", "llf"].map((label, index) => standing(label, means[at]![index]!)),
      })),
      geomeans: [],
    },
  ],
  ...{ runs: [], inputs: [], warnings: [] },
});

const bounds = [{ ...place, leastViolationRate: 0.25 }];

test("shows the share of jobs that miss, from either metric, of the cases with a bound", () => {
  for (const [name, means] of [
    [
      "slaSatisfaction",
      [
        [0.5, 0.75],
        [1, 1],
      ],
    ],
    [
      "deadlineViolationRate",
      [
        [0.5, 0.25],
        [0, 0],
      ],
    ],
  ] as const) {
    const figure = gapFigure(comparisonIn(name, means), bounds)!;
    expect(figure.data.rows).toEqual([["s", 0.25, 0.5, 0.25]]);
    expect(figure.summary).toContain("llf reaches it in s.");
  }
});

test("says how close the best one comes", () => {
  const figure = gapFigure(
    comparisonIn("slaSatisfaction", [
      [0.5, null],
      [1, 1],
    ]),
    bounds,
  )!;
  expect(figure.summary).toContain("edf comes closest to it, within 25 % of the jobs, in s.");
  expect(figure.data.rows).toEqual([["s", 0.25, 0.5, null]]);
});

test("is left out without a bound or without a metric of misses", () => {
  expect(
    gapFigure(
      comparisonIn("slaSatisfaction", [
        [1, 1],
        [1, 1],
      ]),
      [],
    ),
  ).toBeUndefined();
  expect(
    gapFigure(
      comparisonIn("uxCost", [
        [1, 1],
        [1, 1],
      ]),
      bounds,
    ),
  ).toBeUndefined();
});
