import { expect, test } from "vitest";
import { emptyOutcome, job, ms, outcome, scenarioValue, task, taskValues } from "./world.ts";

const isolated = (id: string, ...isolatedMs: number[]) =>
  task(id, {
    variants: isolatedMs.map((time) => ({
      isolatedNs: time * ms,
      accuracyScore: 1,
      accuracyLoss: undefined,
      exits: [],
    })),
  });
const taking = (responseMs: number, fields = {}) => job({ completionNs: responseMs * ms, ...fields });
const dropped = job({ dropReason: "late" });

test("for tasks of one job each, ANTT, STP and fairness are PREMA's", () => {
  // NTT 2 and 4: ANTT 3, STP 1/2 + 1/4. Priorities 3 and 1: PP 0.5/0.75 and 0.25/0.25, so 2/3.
  const jobs = [taking(2, { priority: 3 }), taking(20, { taskIndex: 1 })];
  const measured = outcome(jobs, [isolated("a", 1), isolated("b", 5)]);
  expect(scenarioValue("antt", measured)).toBe(3);
  expect(scenarioValue("stp", measured)).toBe(0.75);
  expect(scenarioValue("fairness", measured)).toBeCloseTo(2 / 3, 12);
});

test("a periodic task adds the mean of its jobs' 1/NTT to STP, however many jobs it has", () => {
  const jobs = [taking(1), taking(2), taking(2), taking(4), taking(4, { taskIndex: 1 })];
  const measured = outcome(jobs);
  expect(taskValues("stp", measured)).toEqual([2.25 / 4, 0.25]);
  expect(scenarioValue("stp", measured)).toBe(2.25 / 4 + 0.25);
  expect(taskValues("antt", measured)).toEqual([2.25, 4]);
  expect(scenarioValue("antt", measured)).toBe(13 / 5);
});

test("a dropped job makes no progress in STP and fairness, and has no NTT", () => {
  const measured = outcome([taking(1), dropped, taking(1, { taskIndex: 1 })]);
  expect(scenarioValue("stp", measured)).toBe(1.5);
  expect(scenarioValue("antt", measured)).toBe(1);
  expect(scenarioValue("fairness", measured)).toBe(0.5);
});

test("a task that is never served makes the run wholly unfair", () => {
  expect(scenarioValue("fairness", outcome([taking(1), { ...dropped, taskIndex: 1 }]))).toBe(0);
});

test("NTT is relative to the variant that ran", () => {
  const measured = outcome([taking(6, { variantIndex: 1 })], [isolated("a", 6, 2)]);
  expect(scenarioValue("antt", measured)).toBe(3);
});

test("a job that had nothing to do counts as full progress", () => {
  const measured = outcome([taking(0)]);
  expect(scenarioValue("stp", measured)).toBe(1);
  expect(scenarioValue("antt", measured)).toBe(0);
});

test("ANTT, STP and fairness are undefined when nothing was released or no isolated time is known", () => {
  const unknown = [isolated("a", 0), isolated("b", Infinity)];
  for (const none of [emptyOutcome, outcome([taking(1), taking(1, { taskIndex: 1 })], unknown)]) {
    for (const name of ["antt", "stp", "fairness"]) expect(scenarioValue(name, none)).toBeUndefined();
  }
});

test("ANTT is undefined when no job completed, while STP is 0", () => {
  expect(scenarioValue("antt", outcome([dropped]))).toBeUndefined();
  expect(scenarioValue("stp", outcome([dropped]))).toBe(0);
});

test("fairness is undefined for a single task and where no task made progress", () => {
  expect(scenarioValue("fairness", outcome([taking(1)]))).toBeUndefined();
  expect(scenarioValue("fairness", outcome([dropped, { ...dropped, taskIndex: 1 }]))).toBeUndefined();
});
