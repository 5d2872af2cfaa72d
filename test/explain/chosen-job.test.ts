/** Which job is the worst, and what is said of a job that there is not. */
import { expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import { jobCount, taskNamed, worstJob } from "../../src/explain/chosen-job.ts";
import { smallScenario } from "../worlds.ts";

const job = (taskIndex: number, jobIndex: number, times: Partial<JobRecord>): JobRecord => ({
  taskIndex,
  jobIndex,
  releaseNs: 0,
  frameReleaseNs: 0,
  deadlineNs: 100,
  priority: 1,
  startNs: 0,
  completionNs: undefined,
  dropNs: undefined,
  dropReason: undefined,
  variantIndex: 0,
  energyPj: 0,
  accelerators: [],
  contextSwitches: 0,
  preemptions: { checkpoint: 0, kill: 0, drain: 0 },
  ...times,
});

function worstOf(jobs: readonly JobRecord[], warmupNs = 0, taskIndex?: number) {
  const worst = worstJob(warmupNs, taskIndex);
  for (const each of jobs) {
    if (each.completionNs === undefined)
      worst.observer.jobDropped!({ ...each, kind: "jobDropped", timeNs: 0 } as never);
    else worst.observer.jobCompleted!({ ...each, kind: "jobCompleted", timeNs: 0 } as never);
  }
  const found = worst.found();
  return found && [found.taskIndex, found.jobIndex];
}

const early = job(0, 0, { completionNs: 20 });
const tight = job(0, 1, { completionNs: 99 });
const late = job(1, 0, { completionNs: 130 });
const later = job(1, 1, { completionNs: 140 });
const dropped = job(2, 0, { dropNs: 100, dropReason: "late" });

test("the worst job is the one that ends longest after its deadline", () => {
  expect(worstOf([early, later, dropped, late, tight])).toEqual([1, 1]);
});

test("a dropped job is worse than one in time, even if it was dropped before its deadline", () => {
  expect(worstOf([tight, { ...dropped, dropNs: 10 }])).toEqual([2, 0]);
});

test("without a miss it is the job with the least slack", () => {
  expect(worstOf([early, tight])).toEqual([0, 1]);
});

test("ties go to the earlier release, then to the task, then to the job, in any order of ends", () => {
  const twin = job(0, 3, { completionNs: 140 });
  expect(worstOf([later, twin])).toEqual([0, 3]);
  expect(worstOf([twin, later])).toEqual([0, 3]);
  expect(worstOf([twin, job(0, 2, { completionNs: 140 })])).toEqual([0, 2]);
  expect(worstOf([job(1, 0, { releaseNs: 5, completionNs: 140 }), later])).toEqual([1, 1]);
});

test("jobs of other tasks, of the warm-up and without a deadline do not count", () => {
  expect(worstOf([late, tight], 0, 0)).toEqual([0, 1]);
  expect(worstOf([{ ...late, frameReleaseNs: 9 }, later], 5)).toEqual([1, 0]);
  expect(worstOf([job(0, 0, { deadlineNs: Infinity, completionNs: 5 })])).toBeUndefined();
});

test("an unknown task and a job that is not there are named, with the nearest", () => {
  const { scenario, system, costTable } = smallScenario({ tasks: [{ id: "track", layersNs: [5] }] });
  const program = compile(scenario, system, costTable);
  expect(() => taskNamed(program, "trck")).toThrow('small has no task "trck"; did you mean "track"?');
  const count = jobCount(program, { taskIndex: 0, jobIndex: 5 });
  expect(count.absence()).toBe('task "track" has no job in this run');
  for (const jobIndex of [2, 4, 8])
    count.observer.jobCompleted!({
      ...job(0, jobIndex, { completionNs: 5 }),
      kind: "jobCompleted",
      timeNs: 5,
    } as never);
  expect(count.absence()).toBe(
    'task "track" has no job 5 in this run; it has 3, counted from 0, and the nearest is 4 and 8',
  );
});
