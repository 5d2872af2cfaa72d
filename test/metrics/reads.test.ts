/** Ages, motion to photon, and what nobody read: numbers from jobs written down by hand. */
import { describe, expect, test } from "vitest";
import type { JobRecord, ReadRecord } from "../../src/core/records.ts";
import { measure } from "../../src/metrics/measure.ts";
import type { MeasurementContext } from "../../src/metrics/measurement-context.ts";
import type { Feature, Outcome } from "../../src/metrics/outcome.ts";
import { createTally } from "../../src/metrics/tally.ts";
import { context, job, ms, scenarioValue, task, taskValues, totals } from "./world.ts";

/** A pose every 10 ms that takes 2 ms, read by a warp that is a display. */
const tasks = [task("pose", { isRead: true }), task("warp", { reads: [0], isDisplay: true })];

const pose = (jobIndex: number) => job({ jobIndex, releaseNs: jobIndex * 10 * ms });

/** A job of the warp that completes at `atMs`, with the pose of frame `frame`; undefined: it found none. */
function warp(jobIndex: number, atMs: number, frame: number | undefined, more: Partial<JobRecord> = {}): JobRecord {
  const read: ReadRecord = frame === undefined ? { taskIndex: 0 } : { taskIndex: 0, output: output(frame) };
  const sourceReleaseNs = frame === undefined ? -Infinity : frame * 10 * ms;
  const releaseNs = (atMs - 1) * ms;
  return job({ taskIndex: 1, jobIndex, releaseNs, completionNs: atMs * ms, reads: [read], sourceReleaseNs, ...more });
}

const output = (frame: number) => ({
  jobIndex: frame,
  frameReleaseNs: frame * 10 * ms,
  sourceReleaseNs: frame * 10 * ms,
  completionNs: (frame * 10 + 2) * ms,
});

function outcomeOf(jobs: readonly JobRecord[], fields: Partial<MeasurementContext> = {}): Outcome {
  const tally = createTally(context(tasks, { features: new Set<Feature>(["reads", "display"]), ...fields }));
  for (const each of jobs) {
    if (each.reads !== undefined) tally.inputsRead({ reads: each.reads });
    tally.jobEnded(each);
  }
  return tally.finish(totals());
}

/** Poses of 0, 10, 20, 30 ms; warps that end at 1 (nothing there), 5, 9 and 33 ms: ages 5, 9 and 13 ms. */
const jobs = [warp(0, 1, undefined), pose(0), warp(1, 5, 0), warp(2, 9, 0), pose(1), pose(2), pose(3), warp(3, 33, 2)];

describe("the age of what is read", () => {
  const all = outcomeOf(jobs);
  test("is completion - release of the root frame that was read, of the reader's jobs", () => {
    expect(scenarioValue("ageMeanMs", all)).toBe(9);
    expect(["ageP50Ms", "ageP99Ms", "ageMaxMs"].map((name) => scenarioValue(name, all))).toEqual([9, 13, 13]);
    expect(taskValues("ageMeanMs", all)).toEqual([undefined, 9]);
  });
  test("is kept by task that is read", () => {
    expect(all.tasks[1]!.reads).toMatchObject([{ taskIndex: 0, empty: 1, age: { count: 3, sumNs: 27 * ms } }]);
    expect(all.tasks[0]!.reads).toEqual([]);
  });
  test("is not that of a job that was dropped", () => {
    const dropped = warp(1, 5, 0, { completionNs: undefined, dropNs: 5 * ms, dropReason: "policy" });
    expect(scenarioValue("ageMeanMs", outcomeOf([pose(0), dropped, warp(2, 9, 0)]))).toBe(9);
  });
  test("is undefined where every read was empty", () => {
    const empty = outcomeOf([warp(0, 1, undefined)]);
    expect(scenarioValue("ageMeanMs", empty)).toBeUndefined();
    expect(scenarioValue("emptyReads", empty)).toBe(1);
  });
});

test("unreadShare is the share of outputs that nobody took, of the task that is read", () => {
  const all = outcomeOf(jobs);
  // Poses 1 and 3 of 0 to 3.
  expect(scenarioValue("unreadShare", all)).toBe(0.5);
  expect(taskValues("unreadShare", all)).toEqual([0.5, undefined]);
  expect(scenarioValue("unreadShare", outcomeOf([warp(0, 1, undefined)]))).toBeUndefined();
});

test("what a killed job took is read, though its last start took something newer", () => {
  const tally = createTally(context(tasks));
  for (const frame of [0, 1]) {
    tally.jobEnded(pose(frame));
    tally.inputsRead({ reads: [{ taskIndex: 0, output: output(frame) }] });
  }
  tally.jobEnded(warp(0, 15, 1));
  const outcome = tally.finish(totals());
  expect(scenarioValue("unreadShare", outcome)).toBe(0);
  expect(scenarioValue("ageMaxMs", outcome)).toBe(5);
});

describe("motion to photon", () => {
  test("counts from the newest source frame, of displays alone", () => {
    const all = outcomeOf(jobs);
    expect(scenarioValue("motionToPhotonMs", all)).toBe(9);
    const tail = ["motionToPhotonP50Ms", "motionToPhotonP99Ms", "motionToPhotonMaxMs"];
    expect(tail.map((name) => scenarioValue(name, all))).toEqual([9, 13, 13]);
    expect(taskValues("motionToPhotonMs", all)).toEqual([undefined, 9]);
  });
  test("is the end-to-end latency where nothing reads", () => {
    const own = [task("a", { isDisplay: true, isDependent: true })];
    const tally = createTally(context(own));
    tally.jobEnded(job({ frameReleaseNs: 0, releaseNs: 3 * ms, completionNs: 5 * ms }));
    const outcome = tally.finish(totals());
    expect([scenarioValue("motionToPhotonMs", outcome), scenarioValue("endToEndMeanMs", outcome)]).toEqual([5, 5]);
  });
});

describe("reaction time", () => {
  test("counts from the source frame shown before, to the first job that shows a newer one", () => {
    // Warps with a pose end at 5 and 9 ms (pose of 0 ms) and at 33 ms (of 20 ms).
    const all = outcomeOf(jobs);
    const names = ["reactionMeanMs", "reactionP50Ms", "reactionP99Ms", "reactionMaxMs"];
    expect(names.map((name) => scenarioValue(name, all))).toEqual([33, 33, 33, 33]);
    expect(taskValues("reactionMaxMs", all)).toEqual([undefined, 33]);
  });
  test("is not moved by a job that shows an older frame, or is dropped", () => {
    const dropped = warp(4, 34, 3, { completionNs: undefined, dropNs: 34 * ms, dropReason: "policy" });
    const all = outcomeOf([warp(1, 25, 2), warp(2, 26, 1), dropped, warp(3, 51, 4)]);
    expect(all.all.reaction).toMatchObject({ count: 1, sumNs: (51 - 20) * ms });
  });
  test("is unknown until a second frame is shown", () => {
    expect(
      scenarioValue("reactionMaxMs", outcomeOf([warp(0, 1, undefined), warp(1, 5, 0), warp(2, 9, 0)])),
    ).toBeUndefined();
  });
});

test("an output that is read after one of a higher number counts as read: closed loops number jobs by client", () => {
  expect(
    scenarioValue("unreadShare", outcomeOf([pose(2), warp(0, 23, 2), pose(1), warp(1, 33, 1), warp(2, 34, 1)])),
  ).toBe(0);
});

test("reads and outputs of the warm-up are left out, each by its own frame", () => {
  const after = outcomeOf(jobs, { warmupNs: 8 * ms });
  // Of the warps 2 and 3 remain, of the poses 1 to 3; pose 0 was read, but is not measured.
  expect(scenarioValue("ageMeanMs", after)).toBe(11);
  expect(scenarioValue("unreadShare", after)).toBe(2 / 3);
  expect(scenarioValue("emptyReads", after)).toBe(0);
});

test("phases have their own ages and unread outputs", () => {
  const phases = [
    { name: "start", fromNs: 0, toNs: 15 * ms },
    { name: "later", fromNs: 15 * ms, toNs: 100 * ms },
  ];
  const { phases: measured } = measure(outcomeOf(jobs, { phases }));
  expect(measured.map(({ scenario }) => [scenario.ageMeanMs, scenario.unreadShare])).toEqual([
    [7, 0.5],
    [13, 0.5],
  ]);
});

test("drops by queues are counted by their reason, and as drops and violations", () => {
  const dropped = (dropReason: JobRecord["dropReason"]) => job({ dropReason });
  const outcome = outcomeOf([dropped("queue"), dropped("queue"), dropped("refused"), dropped("late"), job()]);
  const names = ["released", "dropped", "droppedByQueue", "refused", "droppedLate", "droppedByPolicy", "violations"];
  expect(names.map((name) => scenarioValue(name, outcome))).toEqual([5, 4, 2, 1, 1, 0, 4]);
});
