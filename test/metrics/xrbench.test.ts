import { expect, test } from "vitest";
import { energyScore, overallXrbenchScore, realTimeScore } from "../../src/metrics/xrbench.ts";
import { emptyOutcome, job, mj, ms, outcome, scenarioValue, task, taskValues } from "./world.ts";

const names = [
  "xrbenchScore",
  "xrbenchArtifactScore",
  "xrbenchRealTime",
  "xrbenchEnergy",
  "xrbenchAccuracy",
  "xrbenchQoe",
];
/** Its real-time score is one half, its energy score 0.8. */
const atDeadline = job({ completionNs: 10 * ms, energyPj: 300 * mj });
const dropped = job({ dropReason: "late" });
const accurate = (accuracyScore: number) =>
  task("a", { variants: [{ isolatedNs: ms, accuracyScore, accuracyLoss: undefined, exits: [] }] });

test("the real-time score is one half at the deadline and follows the logistic curve at 15 per ms", () => {
  expect(realTimeScore(10 * ms, 10 * ms)).toBe(0.5);
  expect(realTimeScore(10.1 * ms, 10 * ms)).toBeCloseTo(1 / (1 + Math.exp(1.5)), 12);
  expect(realTimeScore(1000 * ms, 10 * ms)).toBe(0);
  expect(realTimeScore(10 * ms, Infinity)).toBe(1);
});

test("the energy score falls from 1 to 0 at 1500 mJ and stays there", () => {
  expect([0, 300 * mj, 1500 * mj, 9000 * mj].map(energyScore)).toEqual([1, 0.8, 0, 0]);
});

test("an inference score is real-time x energy x accuracy: 0.5 x 0.8 x 0.9", () => {
  const measured = outcome([atDeadline], [accurate(0.9)]);
  const values = names.map((name) => scenarioValue(name, measured));
  [0.36, 40, 0.5, 0.8, 0.9, 1].forEach((expected, index) => {
    expect(values[index]).toBeCloseTo(expected, 12);
  });
});

test("the paper's form weighs a dropped job once, the artifact's twice", () => {
  const measured = outcome([atDeadline, dropped]);
  expect(scenarioValue("xrbenchQoe", measured)).toBe(0.5);
  expect(scenarioValue("xrbenchRealTime", measured)).toBe(0.5);
  expect(scenarioValue("xrbenchScore", measured)).toBeCloseTo(0.4 * 0.5, 12);
  expect(scenarioValue("xrbenchArtifactScore", measured)).toBeCloseTo(100 * (0.4 / 2) * 0.5, 12);
});

test("a scenario's score is the mean over tasks that released jobs, and one that completed nothing counts 0", () => {
  const measured = outcome([atDeadline, { ...dropped, taskIndex: 1 }], [task("a"), task("b"), task("c")]);
  expect(taskValues("xrbenchScore", measured)).toEqual([0.4, 0, undefined]);
  expect(scenarioValue("xrbenchScore", measured)).toBe(0.2);
  expect(taskValues("xrbenchRealTime", measured)).toEqual([0.5, undefined, undefined]);
  expect(scenarioValue("xrbenchRealTime", measured)).toBe(0.5);
});

test("XRBench scores are undefined when nothing was released", () => {
  for (const name of names) expect(scenarioValue(name, emptyOutcome)).toBeUndefined();
});

test("the overall score is the mean over the scenarios that have one", () => {
  expect(overallXrbenchScore([0.25, 0.75, undefined])).toBe(0.5);
  expect(overallXrbenchScore([])).toBeUndefined();
});
