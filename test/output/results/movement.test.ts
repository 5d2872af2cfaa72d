/** How headline metrics moved: what is better depends on the metric. */
import { expect, test } from "vitest";
import { movementLine, movementTable } from "../../../src/output/results/movement.ts";
import type { RunResult } from "../../../src/records/run-result.ts";

const result = (metrics: Readonly<Record<string, number | null>>): RunResult => ({ metrics }) as unknown as RunResult;

const before = result({ slaSatisfaction: 0.5, energyMj: 100, p99Ms: 20, utilisation: 0.4, uxCost: 0 });
const now = result({ slaSatisfaction: 0.75, energyMj: 110, p99Ms: null, utilisation: 0.3, uxCost: 0.5 });

test("a table has the metrics that moved", () => {
  expect(movementTable(before, now, { color: "never" })?.split("\n")).toEqual([
    "metric            before     now  unit  change",
    "UXCost                 0  0.5000        worse",
    "SLA satisfaction   50.00   75.00  %     +50 % better",
    "Energy             100.0   110.0  mJ    +10 % worse",
    "p99 response       20.00       -  ms    no comparison",
    "Utilisation        40.00   30.00  %     -25 %",
  ]);
  expect(movementTable(now, now, { color: "never" })).toBeUndefined();
});

test("a line has all of them, and what those that moved were", () => {
  expect(movementLine(undefined, before)).toBe(
    "uxCost 0, slaSatisfaction 50.00 %, energyMj 100.0 mJ, p99Ms 20.00 ms, utilisation 40.00 %",
  );
  expect(movementLine(before, { ...now, metrics: { ...now.metrics, p99Ms: 20 } })).toBe(
    "uxCost 0.5000 (was 0, worse), slaSatisfaction 75.00 % (was 50.00, +50 % better), energyMj 110.0 mJ (was 100.0, +10 % worse), p99Ms 20.00 ms, utilisation 30.00 % (was 40.00, -25 %)",
  );
});
