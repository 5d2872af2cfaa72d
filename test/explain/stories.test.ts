/** Which jobs of a run have their stories told together. */
import { expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { byMiss } from "../../src/explain/chosen-job.ts";
import { storiesWithin } from "../../src/explain/stories.ts";

const job = (jobIndex: number, change: Partial<JobRecord>): JobRecord =>
  ({ taskIndex: 0, jobIndex, releaseNs: jobIndex, deadlineNs: 100, completionNs: 90, ...change }) as JobRecord;

test("jobs that miss come first, the latest of them ahead; then those with the least slack; those without a deadline last", () => {
  const jobs = [
    job(0, {}),
    job(1, { deadlineNs: Infinity }),
    job(2, { completionNs: 130 }),
    job(3, { completionNs: undefined, dropNs: 95 }),
    job(4, { completionNs: 99 }),
    job(5, { completionNs: 101 }),
    job(6, { deadlineNs: Infinity }),
  ];
  expect(jobs.toSorted(byMiss).map(({ jobIndex }) => jobIndex)).toEqual([2, 5, 3, 4, 0, 1, 6]);
});

test("the longer the run, the fewer stories", () => {
  expect([10, 100_000, 20_000_000, 20_000_001].map(storiesWithin)).toEqual([400, 200, 1, 0]);
});
