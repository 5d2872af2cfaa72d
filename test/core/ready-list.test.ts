import fc from "fast-check";
import { expect, test } from "vitest";
import { JobPool } from "../../src/core/engine/job-pool.ts";
import type { LiveJob } from "../../src/core/engine/live-job.ts";
import { ReadyList } from "../../src/core/engine/ready-list.ts";
import type { RunningJob } from "../../src/core/scheduler.ts";
import { propertyRuns } from "../property-runs.ts";

/** A key whose parts collide often, so that every tie-break is met; task and job together name a job. */
const keys = fc.uniqueArray(
  fc.record({
    rank: fc.constantFrom(-Infinity, -1, -0, 0, 2, Infinity),
    releaseNs: fc.integer({ min: 0, max: 3 }),
    task: fc.integer({ min: 0, max: 3 }),
    job: fc.integer({ min: 0, max: 30 }),
  }),
  { selector: ({ task, job }) => `${task}/${job}`, maxLength: 80 },
);
/** A number picks an item: in if it is out, out if it is in. */
const moves = fc.array(fc.nat(), { maxLength: 400 });

test("a ready list keeps the order of a plain sorted array under any insertions and removals", () => {
  const property = fc.property(keys, moves, (all, picks) => {
    const jobs = jobsOf(all);
    const list = new ReadyList();
    let plain: LiveJob[] = [];
    for (const pick of jobs.length === 0 ? [] : picks) {
      const job = jobs[pick % jobs.length]!;
      if (plain.includes(job)) {
        list.remove(job);
        plain = plain.filter((other) => other !== job);
      } else {
        list.insert(job);
        plain = [...plain, job].sort(compare);
      }
      expect(slotsOf(list)).toEqual(plain.map(({ slot }) => slot));
      expect(list.length).toBe(plain.length);
      if (plain.length > 0) expect(list.first).toBe(plain[0]!.handle);
    }
  });
  fc.assert(property, propertyRuns(200));
});

test("a ready list keeps its order where jobs of a long queue leave it and come back", () => {
  const jobs = jobsOf(Array.from({ length: 120 }, (_, i) => ({ rank: i % 7, releaseNs: i % 11, task: 0, job: i })));
  const moves = fc.array(fc.tuple(fc.nat(119), fc.integer({ min: 1, max: 3 })), { maxLength: 60 });
  const property = fc.property(moves, (picks) => {
    const list = new ReadyList();
    for (const job of jobs) list.insert(job);
    let away: LiveJob[] = [];
    for (const [pick, most] of picks) {
      const job = jobs[pick]!;
      if (!away.includes(job)) list.remove(job);
      away = [...away.filter((other) => other !== job), job];
      if (away.length > most) list.insert(away.shift()!);
      expect(slotsOf(list)).toEqual(slotsInOrder(jobs.filter((other) => !away.includes(other))));
    }
  });
  fc.assert(property, propertyRuns(200));
});

test("a ready list takes and gives a long queue at either end", () => {
  const key = { releaseNs: 0, task: 0 };
  const jobs = jobsOf(Array.from({ length: 1000 }, (_, i) => ({ ...key, job: i, rank: i % 2 === 0 ? i : -i })));
  const list = new ReadyList();
  for (const job of jobs) list.insert(job);
  const ranks = slotsOf(list).map((slot) => jobs[slot]!.rank);
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  while (list.length > 0) list.remove(list.jobAt(list.length % 2 === 0 ? 0 : list.length - 1));
  for (const job of jobs.slice(0, 3)) list.insert(job);
  expect(slotsOf(list).map((slot) => jobs[slot]!.rank)).toEqual([-1, 0, 2]);
});

interface Key {
  readonly rank: number;
  readonly releaseNs: number;
  readonly task: number;
  readonly job: number;
}

/** Live jobs whose handle tells nothing but the slot. */
function jobsOf(keysOfJobs: readonly Key[]): readonly LiveJob[] {
  const pool = new JobPool(({ slot }) => ({ slot }) as RunningJob);
  return keysOfJobs.map(({ rank, releaseNs, task, job }) =>
    Object.assign(pool.acquire(), { rank, releaseNs, taskIndex: task, jobIndex: job }),
  );
}

const slotsInOrder = (jobs: readonly LiveJob[]): readonly number[] => [...jobs].sort(compare).map(({ slot }) => slot);

const slotsOf = (list: ReadyList): readonly number[] => [...list].map(({ slot }) => slot);

function compare(a: LiveJob, b: LiveJob): number {
  // Infinity - Infinity is no number, so each part is compared, not subtracted.
  for (const part of ["rank", "releaseNs", "taskIndex", "jobIndex"] as const) {
    if (a[part] < b[part]) return -1;
    if (a[part] > b[part]) return 1;
  }
  return 0;
}
