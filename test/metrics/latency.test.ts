import { expect, test } from "vitest";
import { emptyOutcome, job, ms, outcome, scenarioValue, task, taskValues } from "./world.ts";

const taking = (responseMs: number, taskIndex = 0) => job({ taskIndex, completionNs: responseMs * ms });
const oneToTwenty = Array.from({ length: 20 }, (_, index) => taking(20 - index));

test("quantiles take the nearest rank: of 1 to 20 ms, p50 is 10, p95 is 19, p99 and the maximum are 20", () => {
  const measured = outcome(oneToTwenty);
  const values = ["meanResponseMs", "p50Ms", "p95Ms", "p99Ms", "maxMs"].map((name) => scenarioValue(name, measured));
  expect(values).toEqual([10.5, 10, 19, 20, 20]);
});

test("a scenario's quantiles are of all its jobs together, not a mean of its tasks'", () => {
  const measured = outcome([taking(1), taking(2), taking(3), taking(100, 1)]);
  expect(taskValues("p50Ms", measured)).toEqual([2, 100]);
  expect(scenarioValue("p50Ms", measured)).toBe(2);
  expect(scenarioValue("meanResponseMs", measured)).toBe(26.5);
});

test("dropped jobs have no response", () => {
  expect(scenarioValue("maxMs", outcome([taking(3), job({ dropReason: "late", dropNs: 50 * ms })]))).toBe(3);
});

test("the response of a dependent job starts at its release, its end-to-end latency at its root frame", () => {
  const gaze = job({ taskIndex: 1, frameReleaseNs: 1 * ms, releaseNs: 4 * ms, completionNs: 9 * ms });
  const measured = outcome([taking(2), gaze], [task("eyes"), task("gaze", { isDependent: true })]);
  expect(taskValues("meanResponseMs", measured)).toEqual([2, 5]);
  for (const name of ["endToEndMeanMs", "endToEndP50Ms", "endToEndP95Ms", "endToEndP99Ms", "endToEndMaxMs"]) {
    expect(taskValues(name, measured)).toEqual([undefined, 8]);
    expect(scenarioValue(name, measured)).toBe(8);
  }
});

test("latencies are undefined when no job completed", () => {
  for (const none of [emptyOutcome, outcome([job({ dropReason: "late" })])]) {
    for (const name of ["meanResponseMs", "p50Ms", "p95Ms", "p99Ms", "maxMs", "endToEndMeanMs", "endToEndMaxMs"]) {
      expect(scenarioValue(name, none)).toBeUndefined();
    }
  }
});
