import { expect, test } from "vitest";
import { slaAtN } from "../../src/metrics/deadlines.ts";
import { emptyOutcome, job, ms, outcome, scenarioValue, taskValues } from "./world.ts";

const inTime = job({ completionNs: 10 * ms });
const late = job({ completionNs: 10 * ms + 1 });
const dropped = job({ dropReason: "late" });
const free = job({ deadlineNs: Infinity, completionNs: 90 * ms });

test("a job that completes exactly at its deadline is in time, one ns later it is late", () => {
  expect(scenarioValue("deadlineViolationRate", outcome([inTime]))).toBe(0);
  expect(scenarioValue("deadlineViolationRate", outcome([late]))).toBe(1);
});

test("late and dropped jobs violate: two of four are a rate of 0.5 and an SLA satisfaction of 0.5", () => {
  const four = outcome([inTime, inTime, late, dropped]);
  expect(scenarioValue("deadlineViolationRate", four)).toBe(0.5);
  expect(scenarioValue("slaSatisfaction", four)).toBe(0.5);
  expect(scenarioValue("violations", four)).toBe(2);
});

test("a scenario's violation rate weighs jobs, not tasks", () => {
  const jobs = [late, ...[0, 1, 2].map(() => job({ taskIndex: 1 }))];
  expect(taskValues("deadlineViolationRate", outcome(jobs))).toEqual([1, 0]);
  expect(scenarioValue("deadlineViolationRate", outcome(jobs))).toBe(0.25);
});

test("jobs without a deadline neither violate nor dilute the rate of the others", () => {
  const mixed = outcome([late, free, job({ deadlineNs: Infinity, dropReason: "policy" })]);
  expect(scenarioValue("deadlineViolationRate", mixed)).toBe(1);
  expect(scenarioValue("violations", mixed)).toBe(1);
});

test("violation rate and SLA satisfaction are undefined when no job has a deadline", () => {
  for (const none of [emptyOutcome, outcome([free])]) {
    expect(scenarioValue("deadlineViolationRate", none)).toBeUndefined();
    expect(scenarioValue("slaSatisfaction", none)).toBeUndefined();
  }
});

test("slaAtN counts jobs within N times their isolated time, the bound included, of all released jobs", () => {
  const jobs = [
    job({ completionNs: 2 * ms }),
    job({ completionNs: 3 * ms + 1 }),
    job({ completionNs: 20 * ms }),
    dropped,
  ];
  const curve = slaAtN.scenario(outcome(jobs));
  expect(curve?.map(({ x }) => x)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  expect(curve?.map(({ y }) => y)).toEqual([0.25, 0.25, ...Array(16).fill(0.5), 0.75]);
  expect(slaAtN.task(outcome(jobs).all)).toEqual(curve);
});

test("slaAtN is undefined when nothing was released or no isolated time is known", () => {
  expect(slaAtN.scenario(emptyOutcome)).toBeUndefined();
  expect(slaAtN.task(emptyOutcome.all)).toBeUndefined();
});
