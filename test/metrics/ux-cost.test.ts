import { expect, test } from "vitest";
import { emptyOutcome, job, mj, outcome, scenarioValue, task } from "./world.ts";

const late = job({ completionNs: 11e6 });
const dropped = job({ dropReason: "late" });

test("uxCost is the sum of violation rates times the sum of normalised energies", () => {
  // a: 1 of 2 late, 8 of 16 mJ. b: none of 4 late, so 1/8; 4 x 2 of 4 x 8 mJ.
  const b = job({ taskIndex: 1, energyPj: 2 * mj });
  expect(scenarioValue("uxCost", outcome([job(), late, b, b, b, b]))).toBe((1 / 2 + 1 / 8) * (8 / 16 + 8 / 32));
});

test("dropping everything scores 0 in uxCost and the worst rate times the worst energy in uxCostGuarded", () => {
  const all = outcome([dropped, dropped, { ...dropped, taskIndex: 1 }]);
  expect(scenarioValue("uxCost", all)).toBe(0);
  expect(scenarioValue("uxCostGuarded", all)).toBe((1 + 1) * (1 + 1));
});

test("uxCostGuarded charges a dropped job what it spent where that is more than its worst case", () => {
  expect(scenarioValue("uxCostGuarded", outcome([{ ...dropped, energyPj: 12 * mj }]))).toBe(1.5);
  expect(scenarioValue("uxCostGuarded", outcome([{ ...dropped, energyPj: 3 * mj }]))).toBe(1);
  expect(scenarioValue("uxCost", outcome([{ ...dropped, energyPj: 2 * mj }]))).toBe(0.25);
});

test("both UXCosts are the same where nothing is dropped", () => {
  const measured = outcome([job(), late]);
  expect(scenarioValue("uxCostGuarded", measured)).toBe(scenarioValue("uxCost", measured));
});

test("a task that released nothing takes no part in uxCost", () => {
  expect(scenarioValue("uxCost", outcome([late], [task("a"), task("b")]))).toBe(0.5);
});

test("a task without deadlines adds its energy to uxCost, and no violation rate", () => {
  const free = job({ taskIndex: 1, deadlineNs: Infinity });
  expect(scenarioValue("uxCost", outcome([late, free]))).toBe(1 * (0.5 + 0.5));
});

test("uxCost is undefined without jobs, without deadlines, and where a task's energy is not known", () => {
  const zero = task("b", { worstEnergyPj: 0 });
  const unknown = task("b", { worstEnergyPj: NaN });
  for (const name of ["uxCost", "uxCostGuarded"]) {
    expect(scenarioValue(name, emptyOutcome)).toBeUndefined();
    expect(scenarioValue(name, outcome([job({ deadlineNs: Infinity })]))).toBeUndefined();
    for (const b of [zero, unknown])
      expect(scenarioValue(name, outcome([job(), job({ taskIndex: 1 })], [task("a"), b]))).toBeUndefined();
    expect(scenarioValue(name, outcome([job(), job({ taskIndex: 1, energyPj: NaN })]))).toBeUndefined();
  }
});
