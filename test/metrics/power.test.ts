import { expect, test } from "vitest";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { accelerator, context, emptyOutcome, job, mj, ms, scenarioValue, task, totals } from "./world.ts";

const busy = { busyNs: 25 * ms, energyPj: 8 * mj, contextSwitches: 0 };

test("meanPowerMw is work and idle energy over the time of the run", () => {
  // 8 mJ of work and 75 ms of idling at 40 mW (3 mJ) in 100 ms: 110 mW.
  const world = context([task("a")], { accelerators: [accelerator("npu", { idlePowerMw: 40 })] });
  const outcome = outcomeOf([job({ energyPj: 8 * mj })], totals({ accelerators: [busy] }), world);
  expect(scenarioValue("meanPowerMw", outcome)).toBeCloseTo(110, 9);
});

test("peakPowerMw is what the core metered, and undefined where it did not", () => {
  const of = (peak: object) => outcomeOf([job()], totals(peak), context([task("a")]));
  expect(scenarioValue("peakPowerMw", of({ peakPowerMw: 70 }))).toBe(70);
  expect(scenarioValue("peakPowerMw", of({}))).toBeUndefined();
});

test("meanPowerMw is 0 where nothing ran and nothing idles", () => {
  expect(scenarioValue("meanPowerMw", emptyOutcome)).toBe(0);
});
