import { expect, test } from "vitest";
import { measure } from "../../src/metrics/measure.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { context, job, ms, task, totals } from "./world.ts";

const phases = [
  { name: "start", fromNs: 0, toNs: 40 * ms },
  { name: "rush", fromNs: 40 * ms, toNs: 100 * ms },
];
const at = (releaseMs: number, fields: object = {}) =>
  job({ releaseNs: releaseMs * ms, frameReleaseNs: releaseMs * ms, ...fields });

test("a job counts in the phase in which its frame was released, at the start of a phase in that one", () => {
  const jobs = [at(0), at(39), at(40), at(99)];
  const { phases: measured } = measure(outcomeOf(jobs, totals(), context([task("a")], { phases })));
  expect(measured.map(({ name, scenario }) => [name, scenario.released])).toEqual([
    ["start", 2],
    ["rush", 2],
  ]);
});

test("a metric of a phase stands on its jobs alone; what is not known by phase is undefined", () => {
  const drop = { completionNs: undefined, dropNs: 50 * ms, dropReason: "late" as const };
  const outcome = outcomeOf([at(0), at(41, drop)], totals(), context([task("a")], { phases }));
  const { phases: measured, scenario } = measure(outcome);
  expect(scenario.deadlineViolationRate).toBe(0.5);
  expect(measured.map((phase) => phase.scenario.deadlineViolationRate)).toEqual([0, 1]);
  expect(measured[1]!.tasks).toMatchObject([{ id: "a", values: { dropped: 1 } }]);
  expect(measured[0]!.scenario).toMatchObject({ decisions: undefined, peakPowerMw: undefined, utilisation: undefined });
});

test("a scenario without phases has none", () => {
  expect(measure(outcomeOf([at(0)], totals(), context([task("a")]))).phases).toEqual([]);
});
