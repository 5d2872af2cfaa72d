/** Figures of a comparison: ratios, means, and multiples of a bound. */
import { describe, expect, test } from "vitest";
import { comparisonFigures } from "../../src/figures/comparison/index.ts";
import type { SchedulerComparison } from "../../src/records/comparison.ts";
import { looks } from "./looks.ts";
import { comparison, idsOf, named, place, standing } from "./studied.ts";

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
