/** A comparison for tests of figures, and ways to find one of several figures. */
import type { Figure } from "../../src/figures/figure.ts";
import type { Comparison, SchedulerComparison } from "../../src/records/comparison.ts";

export const idsOf = (figures: readonly Figure[]) => figures.map(({ id }) => id);
export const named = (figures: readonly Figure[], id: string) => figures.find((figure) => figure.id === id)!;

export function standing(scheduler: string, mean: number | null, ratio: number | null): SchedulerComparison {
  const interval = ratio === null || ratio === 1 ? null : { low: ratio - 0.1, high: ratio + 0.1 };
  const rest = { isBest: false, difference: null, differenceInterval: null, verdict: null };
  return { scheduler, mean, ratio, interval, ...rest };
}

export const facts = { title: "UXCost", unit: "ratio", better: "lower" } as const;
export const place = (scenario: string) => ({ scenario, system: "soc" });

/** ux is twice as good in a, and half as good in b; none has no value to divide by. */
export const comparison: Comparison = {
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
