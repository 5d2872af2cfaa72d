/** Queues, worked out by hand: who is dropped when one job too many comes, and what counts as waiting. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listenTo } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { Queue } from "../../src/core/scenario.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { firstComeFirst, greedy, nameOf, planned, scheduler } from "./planned.ts";
import { randomPipelines } from "./random-worlds.ts";

/** 100 ns a job, one accelerator: the first runs from 0 to 100, and the others come while it does. */
const busy = (queue: Queue | undefined, more: Partial<SmallTask> = {}): SmallWorld => ({
  tasks: [{ id: "q", layersNs: [100], atNs: [0, 10, 20, 30], ...(queue !== undefined && { queue }), ...more }],
});
const endsOf = (world: SmallWorld) => run(world, greedy).ends;

describe("with room for one waiting job", () => {
  test("drop-oldest keeps the freshest", () => {
    expect(endsOf(busy({ limit: 1, overflow: "drop-oldest" }))).toEqual([
      [20, "q#1", "queue"],
      [30, "q#2", "queue"],
      [100, "q#0", "done"],
      [200, "q#3", "done"],
    ]);
  });
  test("drop-newest keeps what waits", () => {
    expect(endsOf(busy({ limit: 1, overflow: "drop-newest" }))).toEqual([
      [20, "q#2", "queue"],
      [30, "q#3", "queue"],
      [100, "q#0", "done"],
      [200, "q#1", "done"],
    ]);
  });
  test("refuse does so too, and releases nothing", () => {
    const world = busy({ limit: 1, overflow: "refuse" });
    expect(endsOf(world)).toEqual([
      [20, "q#2", "refused"],
      [30, "q#3", "refused"],
      [100, "q#0", "done"],
      [200, "q#1", "done"],
    ]);
    expect(storyOf(world)).toEqual([
      "0 jobReleased",
      "10 jobReleased",
      "20 jobDropped",
      "30 jobDropped",
      "100 jobCompleted",
      "200 jobCompleted",
    ]);
  });
});

function storyOf(world: SmallWorld): string[] {
  const { scenario, system, costTable } = smallScenario(world);
  const story: string[] = [];
  const observer = listenTo(
    ({ timeNs, kind }) => story.push(`${timeNs} ${kind}`),
    ["jobReleased", "jobCompleted", "jobDropped"],
  );
  simulate(compile(scenario, system, costTable), greedy, {}, { seed: 1, observer });
  return story;
}

test("with room for two, the one that has waited longest goes", () => {
  expect(endsOf(busy({ limit: 2, overflow: "drop-oldest" }))).toEqual([
    [30, "q#1", "queue"],
    [100, "q#0", "done"],
    [200, "q#2", "done"],
    [300, "q#3", "done"],
  ]);
});

test("with room for all of them, nothing is other than without a queue", () => {
  expect(endsOf(busy({ limit: 3, overflow: "refuse" }))).toEqual(endsOf(busy(undefined)));
});

describe("what counts as waiting:", () => {
  const one: Queue = { limit: 1, overflow: "drop-oldest" };
  test("not a job that has started and was killed", () => {
    const steps = [
      { atNs: 0, run: "q#0" },
      { atNs: 5, kill: "q#0" } as const,
      { atNs: 40, run: "q#0" },
      { atNs: 140, run: "q#3" },
    ];
    expect(run(busy(one), planned(steps)).ends).toEqual([
      [20, "q#1", "queue"],
      [30, "q#2", "queue"],
      [140, "q#0", "done"],
      [240, "q#3", "done"],
    ]);
  });
  test("not a job between two of its layers", () => {
    const world = busy(one, { layersNs: [10, 10], atNs: [0, 5, 15] });
    const steps = [
      { atNs: 0, run: "q#0", layers: 1 },
      { atNs: 20, run: "q#0" },
      { atNs: 30, run: "q#2" },
    ];
    expect(run(world, planned(steps)).ends).toEqual([
      [15, "q#1", "queue"],
      [30, "q#0", "done"],
      [50, "q#2", "done"],
    ]);
  });
  test("a job that is released beside an idle accelerator, until it is dispatched", () => {
    expect(endsOf(busy(one, { atNs: [0, 0] }))).toEqual([
      [0, "q#0", "queue"],
      [100, "q#1", "done"],
    ]);
  });
  test("a job whose turn comes at the very instant of the next release, which comes first", () => {
    expect(endsOf(busy(one, { atNs: [0, 50, 100] }))).toEqual([
      [100, "q#0", "done"],
      [100, "q#1", "queue"],
      [200, "q#2", "done"],
    ]);
  });
  test("no job that a policy or its deadline has dropped", () => {
    const dropped = planned([
      { atNs: 0, run: "q#0" },
      { atNs: 10, drop: "q#1" },
      { atNs: 100, run: "q#2" },
    ]);
    const world: SmallWorld = { ...busy(one, { atNs: [0, 10, 20] }), accelerators: 2 };
    expect(run(world, dropped).ends).toEqual([
      [10, "q#1", "policy"],
      [100, "q#0", "done"],
      [200, "q#2", "done"],
    ]);
    const tasks = [...busy(one, { atNs: [0, 10, 20], deadlineNs: 5 }).tasks, { id: "x", layersNs: [1], atNs: [17] }];
    const dropsLate = scheduler({ lateDrop: true, decide: firstComeFirst, preempt: () => {} });
    // At 17 q#1 is late and leaves the queue, so q#2 finds room at 20.
    expect(run({ tasks }, dropsLate).ends).toEqual([
      [17, "q#1", "late"],
      [100, "q#0", "done"],
      [100, "q#2", "late"],
      [101, "x#0", "done"],
    ]);
  });
});

describe("whoever hangs on a dropped job:", () => {
  const child = (parents: readonly number[]): SmallTask => ({
    id: "c",
    layersNs: [1],
    release: { kind: "after", taskIndexes: parents, probability: 1 },
  });
  test.each(["drop-oldest", "drop-newest", "refuse"] as const)(
    "its dependents are dropped with it (%s)",
    (overflow) => {
      const world = busy({ limit: 1, overflow }, { atNs: [0, 10, 20] });
      const { ends } = run({ tasks: [...world.tasks, child([0])] }, greedy);
      const gone = overflow === "drop-oldest" ? 1 : 2;
      expect(ends.filter(([timeNs]) => timeNs === 20)).toEqual([
        [20, `q#${gone}`, overflow === "refuse" ? "refused" : "queue"],
        [20, `c#${gone}`, "parent"],
      ]);
    },
  );
  test("a queue of a dependent task fills with the jobs that its parents let go", () => {
    const tasks: SmallTask[] = [
      { id: "p", layersNs: [1], atNs: [0, 10, 20] },
      { ...child([0]), layersNs: [100], queue: { limit: 1, overflow: "drop-oldest" } },
    ];
    const steps = [
      ...[0, 10, 20].map((atNs, i) => ({ atNs, run: `p#${i}`, on: 0 })),
      { atNs: 1, run: "c#0", on: 1 },
      { atNs: 101, run: "c#2", on: 1 },
    ];
    const { ends } = run({ tasks, accelerators: 2 }, planned(steps));
    expect(ends.filter(([, name]) => name.startsWith("c"))).toEqual([
      [21, "c#1", "queue"],
      [101, "c#0", "done"],
      [201, "c#2", "done"],
    ]);
  });
});

test("a policy hears of dropped jobs, and of refused ones as of orphans", () => {
  const heardOf = (overflow: Queue["overflow"]): string[] => {
    const heard: string[] = [];
    const policy: Policy = {
      lateDrop: false,
      decide: firstComeFirst,
      jobReleased: (job, nowNs) => heard.push(`${nowNs} released ${nameOf(job)}`),
      jobEnded: (job, nowNs, why) => heard.push(`${nowNs} ended ${nameOf(job)} ${why}`),
      orphanDropped: (task, job, nowNs) => heard.push(`${nowNs} orphan ${task.id}#${job}`),
    };
    run(busy({ limit: 1, overflow }, { atNs: [0, 10, 20] }), scheduler(policy));
    return heard.filter((text) => text.startsWith("20 "));
  };
  expect(heardOf("drop-oldest")).toEqual(["20 ended q#1 queue", "20 released q#2"]);
  expect(heardOf("drop-newest")).toEqual(["20 released q#2", "20 ended q#2 queue"]);
  expect(heardOf("refuse")).toEqual(["20 orphan q#2"]);
});

test("whatever a policy does, no more jobs wait than there is room for, and every frame ends once", () => {
  const property = fc.property(randomPipelines, fc.integer(), (world, salt) => {
    const { jobs } = run(world, chaos, { salt });
    const plain = run({ ...world, tasks: world.tasks.map(({ queue: _, ...task }) => task) }, chaos, { salt }).jobs;
    const ids = (list: typeof jobs) => list.map(({ taskIndex, jobIndex }) => `${taskIndex}#${jobIndex}`).sort();
    expect(ids(jobs)).toEqual(ids(plain));
    for (const [task, { queue }] of world.tasks.entries()) {
      const own = jobs.filter(
        (job) => job.taskIndex === task && job.dropReason !== "parent" && job.dropReason !== "refused",
      );
      const waits = own.map((job) => [job.releaseNs, job.startNs ?? job.dropNs!] as const);
      for (const [releaseNs] of waits) {
        // Until just after the instant: what happens within it is the audit's to judge.
        const waiting = waits.filter(([fromNs, toNs]) => fromNs <= releaseNs && toNs > releaseNs).length;
        expect(waiting).toBeLessThanOrEqual(queue?.limit ?? Infinity);
      }
    }
  });
  fc.assert(property, propertyRuns(200));
});
