/** Latest-value reads, worked out by hand: what is taken, when, and where it came from. */
import { describe, expect, test } from "vitest";
import { listenTo, type RunEvent } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { run, type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";
import { greedy, planned, type Step, scheduler } from "./planned.ts";

const nameOf = (world: SmallWorld, taskIndex: number, jobIndex: number | undefined): string =>
  `${world.tasks[taskIndex]!.id}#${jobIndex ?? ""}`;

/** "job: what it took", by task, then job. */
function taken(world: SmallWorld, policy: Scheduler = greedy): string[] {
  const text = ({ taskIndex, jobIndex, reads = [] }: JobRecord) => {
    const outputs = reads.map((read) => nameOf(world, read.taskIndex, read.output?.jobIndex));
    return `${nameOf(world, taskIndex, jobIndex)}: ${outputs.join(" ")}`;
  };
  const readers = run(world, policy).jobs.filter(({ reads }) => reads !== undefined);
  return readers.sort((a, b) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex).map(text);
}

/** A source of 10 ns at 0, 20 and 40 on accelerator 0, and a reader of 5 ns. */
const source: SmallTask = { id: "s", layersNs: [10], atNs: [0, 20, 40] };
const readerAt = (...atNs: readonly number[]): SmallTask => ({ id: "r", layersNs: [5], atNs, reads: [0] });
const two = (reader: SmallTask, more: Partial<SmallWorld> = {}): SmallWorld => ({
  tasks: [source, reader],
  accelerators: 2,
  ...more,
});

describe("a job that starts", () => {
  test("takes the newest finished output, an old one again and again, and waits for none", () => {
    expect(taken(two(readerAt(0, 12, 21, 33, 60)))).toEqual([
      "r#0: s#",
      "r#1: s#0",
      "r#2: s#0",
      "r#3: s#1",
      "r#4: s#2",
    ]);
  });
  test("takes what is finished when it starts, however long it waited after its release", () => {
    const world = two(readerAt(1));
    const steps: readonly Step[] = [
      { atNs: 0, run: "s#0", on: 0 },
      { atNs: 20, run: "s#1", on: 0 },
      { atNs: 31, run: "r#0", on: 1 },
      { atNs: 40, run: "s#2", on: 0 },
    ];
    expect(taken(world, planned(steps))).toEqual(["r#0: s#1"]);
  });
  test("takes what completes at that very instant, since ends come before decisions", () => {
    expect(taken(two(readerAt(10, 30)))).toEqual(["r#0: s#0", "r#1: s#1"]);
  });
  test("does not take what takes no time but has not ended when it starts", () => {
    const instant = { id: "s", layersNs: [0], atNs: [5] };
    const world = (accelerators: number) => ({ tasks: [instant, readerAt(5)], accelerators });
    // On one accelerator the source ends, and only then is the reader dispatched; on two both are, in one call or two.
    expect(taken(world(1))).toEqual(["r#0: s#0"]);
    const both = scheduler({
      decide(view, decisions) {
        for (let i = 0; i < view.readyJobs.length; i++) decisions.run(view.readyJobs.at(i), view.accelerators[i]!);
      },
    });
    expect(taken(world(2), both)).toEqual(["r#0: s#"]);
  });
  test("takes the latest frame, where an older one completes after it", () => {
    const slowOrFast: SmallTask = { id: "s", layersNs: [[50, 10, 10]], atNs: [0, 20] };
    const world = { tasks: [slowOrFast, readerAt(35, 55)], accelerators: 3 };
    const steps: readonly Step[] = [
      { atNs: 0, run: "s#0", on: 0 },
      { atNs: 20, run: "s#1", on: 1 },
      { atNs: 35, run: "r#0", on: 2 },
      { atNs: 55, run: "r#1", on: 2 },
    ];
    expect(taken(world, planned(steps))).toEqual(["r#0: s#1", "r#1: s#1"]);
  });
  test("takes the output before one that was dropped, and is not dropped with it", () => {
    const steps: readonly Step[] = [
      { atNs: 0, run: "s#0", on: 0 },
      { atNs: 20, drop: "s#1" },
      { atNs: 33, run: "r#0", on: 1 },
      { atNs: 40, run: "s#2", on: 0 },
    ];
    expect(taken(two(readerAt(33)), planned(steps))).toEqual(["r#0: s#0"]);
  });
  test("reads several tasks, one of them as a child of its parent", () => {
    const tasks: SmallTask[] = [
      source,
      { id: "t", layersNs: [3], atNs: [0, 45] },
      { id: "c", layersNs: [5], release: { kind: "after", taskIndexes: [0], probability: 1 }, reads: [1, 0] },
    ];
    expect(taken({ tasks, accelerators: 3 })).toEqual(["c#0: t#0 s#0", "c#1: t#0 s#1", "c#2: t#1 s#2"]);
  });
  test("may read its own task, and tasks in a circle", () => {
    const tasks: SmallTask[] = [
      { id: "a", layersNs: [5], atNs: [0, 20], reads: [1, 0] },
      { id: "b", layersNs: [5], atNs: [10, 30], reads: [0] },
    ];
    expect(taken({ tasks })).toEqual(["a#0: b# a#", "a#1: b#0 a#0", "b#0: a#0", "b#1: a#1"]);
  });
});

describe("a job that is stopped", () => {
  const sources: readonly Step[] = [0, 20, 40].map((atNs, i) => ({ atNs, run: `s#${i}`, on: 0 }));
  const reader: SmallTask = { id: "r", layersNs: [20, 20], atNs: [12], reads: [0] };
  test("reads again after a kill", () => {
    const steps = [
      ...sources,
      { atNs: 12, run: "r#0", on: 1 },
      { atNs: 35, kill: "r#0" },
      { atNs: 36, run: "r#0", on: 1 },
    ];
    expect(taken(two(reader), planned(steps))).toEqual(["r#0: s#1"]);
  });
  test.each(["checkpoint", "drain"])("keeps what it has read after a %s", (how) => {
    const stop = how === "drain" ? { atNs: 15, drain: "r#0" } : { atNs: 15, checkpoint: "r#0" };
    const steps = [...sources, { atNs: 12, run: "r#0", on: 1 }, stop, { atNs: 36, run: "r#0", on: 1 }];
    expect(taken(two(reader), planned(steps))).toEqual(["r#0: s#0"]);
  });
  test("keeps it between the layers of one job", () => {
    const steps = [...sources, { atNs: 12, run: "r#0", on: 1, layers: 1 }, { atNs: 36, run: "r#0", on: 1 }];
    expect(taken(two(reader), planned(steps))).toEqual(["r#0: s#0"]);
  });
});

test("a start is told after its dispatch: of each read the job, its frame and its completion", () => {
  const world = two(readerAt(12));
  const { scenario, system, costTable } = smallScenario(world);
  const events: RunEvent[] = [];
  const observer = listenTo((event) => events.push(event), ["jobDispatched", "inputsRead", "segmentBegun"]);
  simulate(compile(scenario, system, costTable), greedy, {}, { seed: 1, observer });
  const ofReader = events.filter(({ taskIndex }) => taskIndex === 1);
  expect(ofReader.map(({ kind }) => kind)).toEqual(["jobDispatched", "inputsRead", "segmentBegun"]);
  expect(ofReader[1]).toEqual({
    kind: "inputsRead",
    timeNs: 12,
    taskIndex: 1,
    jobIndex: 0,
    reads: [{ taskIndex: 0, output: { jobIndex: 0, frameReleaseNs: 0, sourceReleaseNs: 0, completionNs: 10 } }],
  });
});

describe("the newest source frame", () => {
  /** By task: of each job, in order. */
  const sourcesOf = (world: SmallWorld) =>
    world.tasks.map((_, task) => {
      const own = run(world, greedy).jobs.filter(({ taskIndex }) => taskIndex === task);
      return own.sort((a, b) => a.jobIndex - b.jobIndex).map(({ sourceReleaseNs }) => sourceReleaseNs);
    });
  test("is followed through parents and reads to the sensors; a clock that reads is none", () => {
    const tasks: SmallTask[] = [
      { id: "imu", layersNs: [1], atNs: [0, 20, 40] },
      { id: "pose", layersNs: [2], release: { kind: "after", taskIndexes: [0], probability: 1 } },
      // At 15 it takes the pose of 0; it ends at 25.
      { id: "app", layersNs: [10], atNs: [15], reads: [1] },
      // At 10 no image is there, and at 30 one whose pose is older than the newest one.
      { id: "warp", layersNs: [1], atNs: [2, 10, 30], reads: [2, 1] },
      { id: "late", layersNs: [1], atNs: [31], reads: [2] },
    ];
    expect(sourcesOf({ tasks, accelerators: 5 })).toEqual([[0, 20, 40], [0, 20, 40], [0], [-Infinity, 0, 20], [0]]);
  });
  test("is the latest of a join's parents", () => {
    const tasks: SmallTask[] = [
      { id: "a", layersNs: [1], atNs: [0] },
      { id: "b", layersNs: [1], atNs: [7] },
      { id: "c", layersNs: [1], release: { kind: "after", taskIndexes: [0, 1], probability: 1 } },
      { id: "d", layersNs: [1], atNs: [20], reads: [2] },
    ];
    expect(sourcesOf({ tasks, accelerators: 2 })).toEqual([[0], [7], [7], [7]]);
  });
  test("is not told where nothing reads", () => {
    const [job] = run({ tasks: [source] }, greedy).jobs;
    expect(job).not.toHaveProperty("sourceReleaseNs");
    expect(job).not.toHaveProperty("reads");
  });
});
