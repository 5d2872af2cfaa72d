import { expect, test } from "vitest";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { accelerator, context, metric, ms, scenarioValue, totals } from "./world.ts";

const busy = (busyNs: number) => ({ busyNs, energyPj: 0, contextSwitches: 7 });

test("utilisation is busy over elapsed unit-time, and a scenario's is the mean over accelerators", () => {
  const system = context([], { accelerators: [accelerator("x"), accelerator("y", { units: 4 })] });
  const measured = outcomeOf([], totals({ endNs: 200 * ms, accelerators: [busy(50 * ms), busy(400 * ms)] }), system);
  expect(measured.accelerators.map((each) => metric("utilisation").accelerator?.(each))).toEqual([0.25, 0.5]);
  expect(scenarioValue("utilisation", measured)).toBe(0.375);
});

test("elapsed time is at least the duration, also when the last job ended before", () => {
  const system = context([], { accelerators: [accelerator("x")] });
  expect(scenarioValue("utilisation", outcomeOf([], totals({ endNs: ms, accelerators: [busy(ms)] }), system))).toBe(
    0.01,
  );
});

test("utilisation is undefined where no time passed or there is no accelerator", () => {
  const instant = context([], { durationNs: 0, accelerators: [accelerator("x")] });
  expect(scenarioValue("utilisation", outcomeOf([], totals({ endNs: 0 }), instant))).toBeUndefined();
  expect(scenarioValue("utilisation", outcomeOf([], totals(), context([])))).toBeUndefined();
});
