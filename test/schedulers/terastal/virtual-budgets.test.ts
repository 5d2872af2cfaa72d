/** How Terastal shares a job's time out among its layers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayerCosts, Platform, ReadyJob } from "../../../src/core/scheduler.ts";
import { type BudgetRule, VirtualBudgets } from "../../../src/schedulers/terastal/virtual-budgets.ts";

type Latencies = readonly (readonly number[])[];

/** One task with one variant; latencies by layer and accelerator. */
function platformOf(latenciesNs: Latencies): Platform {
  const accelerators = latenciesNs[0]!.map((_, index) => ({ index }));
  const costs: Partial<LayerCosts> = {
    length: latenciesNs.length,
    latencyNs: (layerIndex, { index }) => latenciesNs[layerIndex]![index]!,
  };
  return {
    accelerators,
    tasks: [{ index: 0, variantNames: ["only"], layerCosts: () => costs }],
  } as unknown as Platform;
}

interface Times {
  readonly releaseNs?: number;
  readonly deadlineNs: number;
  readonly scale?: number;
}

/** The virtual deadlines of all layers of a job. */
function virtualDeadlines(latenciesNs: Latencies, times: Times, rule: BudgetRule = "gap"): readonly number[] {
  const budgets = new VirtualBudgets(platformOf(latenciesNs), rule);
  const job = { task: { index: 0 }, variantIndex: 0, releaseNs: 0, scale: 1, ...times };
  return latenciesNs.map((_, layerIndex) => budgets.virtualDeadlineNs({ ...job, layerIndex } as unknown as ReadyJob));
}

describe("a virtual budget", () => {
  test("is a layer's least latency and its share of the slack by latency gaps", () => {
    // 100 - (10 + 20 + 10) = 60 of slack, for gaps of 20, 0 and 10.
    const layers = [
      [10, 30],
      [20, 20],
      [20, 10],
    ];
    expect(virtualDeadlines(layers, { deadlineNs: 100 })).toEqual([50, 70, 100]);
    expect(virtualDeadlines(layers, { releaseNs: 1000, deadlineNs: 1100 })).toEqual([1050, 1070, 1100]);
  });
  test("goes by least latencies where there are no gaps, and with budget=work", () => {
    // 60 of slack, for 10 and 30.
    expect(virtualDeadlines([[10], [30]], { deadlineNs: 100 })).toEqual([25, 100]);
    const gaps = [
      [10, 90],
      [30, 30],
    ];
    expect(virtualDeadlines(gaps, { deadlineNs: 100 }, "work")).toEqual([25, 100]);
  });
  test("shrinks in proportion if the fastest path takes longer than the deadline", () => {
    const layers = [
      [10, 50],
      [30, 30],
    ];
    expect(virtualDeadlines(layers, { deadlineNs: 20 })).toEqual([5, 20]);
  });
  test("counts the work of a job as its row of a trace scales it", () => {
    // 100 - 2 x 40 = 20 of slack.
    expect(virtualDeadlines([[10], [30]], { deadlineNs: 100, scale: 2 })).toEqual([25, 100]);
  });
  test("leaves out accelerators that cannot run a layer", () => {
    const layers = [
      [10, Infinity],
      [Infinity, 30],
    ];
    expect(virtualDeadlines(layers, { deadlineNs: 100 })).toEqual([25, 100]);
  });
  test("has no end without a deadline", () => {
    expect(virtualDeadlines([[10], [30]], { deadlineNs: Infinity })).toEqual([Infinity, Infinity]);
  });
  test("is the deadline of a job without work that is late when it comes", () => {
    expect(virtualDeadlines([[0], [0]], { releaseNs: 100, deadlineNs: 90 })).toEqual([90, 90]);
  });
  test("is equal for layers that take no time", () => {
    expect(virtualDeadlines([[0], [0]], { deadlineNs: 100 })).toEqual([50, 100]);
  });
});

test("budgets add up to the deadline, and each covers the layer's least latency if the deadline allows it", () => {
  const latencies = fc.array(
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 99 }) }, fc.constant(Infinity)), {
      minLength: 3,
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 6 },
  );
  const property = fc.property(
    latencies,
    fc.integer({ min: 0, max: 500 }),
    fc.constantFrom<BudgetRule>("gap", "work"),
    (layers, deadlineNs, rule) => {
      const ends = virtualDeadlines(layers, { deadlineNs }, rule);
      const leastNs = layers.map((layer) => Math.min(...layer)).map((ns) => (ns === Infinity ? 0 : ns));
      const isEnough = leastNs.reduce((sum, ns) => sum + ns, 0) <= deadlineNs;
      expect(ends.at(-1)).toBeCloseTo(deadlineNs, 6);
      ends.forEach((endNs, i) => {
        const budgetNs = endNs - (ends[i - 1] ?? 0);
        expect(budgetNs).toBeGreaterThanOrEqual((isEnough ? leastNs[i]! : 0) - 1e-6);
      });
    },
  );
  fc.assert(property);
});
