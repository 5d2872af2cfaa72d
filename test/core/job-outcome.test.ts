/** What became of a job against its deadline. */
import { expect, test } from "vitest";
import { hasDeadline, jobOutcome, latenessNs, violates } from "../../src/core/job-outcome.ts";

const inTime = { completionNs: 100, dropNs: undefined, deadlineNs: 100 };
const late = { completionNs: 101, dropNs: undefined, deadlineNs: 100 };
const dropped = { completionNs: undefined, dropNs: 90, deadlineNs: 100 };
const untimed = { completionNs: 500, dropNs: undefined, deadlineNs: Infinity };
const untimedDropped = { ...dropped, deadlineNs: Infinity };
const all = [inTime, late, dropped, untimed, untimedDropped];

test("a job that completes exactly at its deadline meets it", () => {
  expect(all.map(jobOutcome)).toEqual(["met", "late", "dropped", "met", "dropped"]);
});

test("only a job with a deadline violates it", () => {
  expect(all.map(hasDeadline)).toEqual([true, true, true, false, false]);
  expect(all.map(violates)).toEqual([false, true, true, false, false]);
});

test("lateness counts to the end, also that of a dropped job", () => {
  expect(all.map(latenessNs)).toEqual([0, 1, -10, -Infinity, -Infinity]);
});
