import { expect, test } from "vitest";
import { outcomeOf } from "../../src/metrics/tally.ts";
import {
  accelerator,
  context,
  emptyOutcome,
  job,
  metric,
  ms,
  outcome,
  scenarioValue,
  taskValues,
  totals,
} from "./world.ts";

test("jobs are counted by how they ended; a late job has completed", () => {
  const measured = outcome([
    job(),
    job({ completionNs: 11 * ms }),
    job({ dropReason: "late" }),
    job({ dropReason: "policy" }),
    job({ dropReason: "parent" }),
    job({ dropReason: "parent", taskIndex: 1 }),
  ]);
  const expected = {
    released: [5, 1],
    completed: [2, 0],
    late: [1, 0],
    dropped: [3, 1],
    droppedLate: [1, 0],
    droppedByPolicy: [1, 0],
    droppedWithParent: [1, 1],
    violations: [4, 1],
  };
  for (const [name, [a, b]] of Object.entries(expected)) {
    expect([name, ...taskValues(name, measured)]).toEqual([name, a, b]);
    expect([name, scenarioValue(name, measured)]).toEqual([name, (a ?? 0) + (b ?? 0)]);
  }
});

test("context switches and preemptions are summed over jobs, by kind and together", () => {
  const measured = outcome([
    job({ contextSwitches: 2, preemptions: { checkpoint: 1, kill: 0, drain: 4 } }),
    job({ contextSwitches: 1, preemptions: { checkpoint: 1, kill: 3, drain: 0 }, dropReason: "policy" }),
  ]);
  const names = ["contextSwitches", "preemptions", "checkpoints", "kills", "drains"];
  expect(names.map((name) => scenarioValue(name, measured))).toEqual([3, 9, 2, 3, 4]);
});

test("decisions, and an accelerator's context switches, are the core's totals", () => {
  const work = { busyNs: 0, energyPj: 0, contextSwitches: 7 };
  const system = context([], { accelerators: [accelerator("x")] });
  const measured = outcomeOf([], totals({ decisions: 42, accelerators: [work] }), system);
  expect(scenarioValue("decisions", measured)).toBe(42);
  expect(measured.accelerators.map((each) => metric("contextSwitches").accelerator?.(each))).toEqual([7]);
});

test("a count of nothing is 0, since it is known", () => {
  for (const name of ["released", "dropped", "preemptions"]) expect(scenarioValue(name, emptyOutcome)).toBe(0);
});
