/** What a policy sees, in numbers worked out by hand. */
import { describe, expect, test } from "vitest";
import type { AcceleratorView, Platform, Policy, ReadyJob, Scheduler } from "../../src/core/scheduler.ts";
import { dependsOn, periodic } from "../releases.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { greedy, scheduler } from "./planned.ts";
import { world } from "./three-layers.ts";

/** What `look` sees of the first ready job at each decision; the job runs a layer at a time on a0. */
function seen<T>(look: (job: ReadyJob, accelerators: readonly AcceleratorView[]) => T, of = world): T[] {
  const views: T[] = [];
  const decide: Policy["decide"] = (view, decisions) => {
    views.push(look(view.readyJobs.first, view.accelerators));
    decisions.run(view.readyJobs.first, view.accelerators[0]!, { layers: 1 });
  };
  run(of, scheduler({ decide }));
  return views;
}

describe("a ready job", () => {
  test("shows its next layer and what is left, on each accelerator", () => {
    const look = (job: ReadyJob, [a0, a1]: readonly AcceleratorView[]) => [
      [job.latencyNs(a0!), job.latencyNs(a1!)],
      [job.remainingNs(a0!), job.remainingNs(a1!)],
      [job.energyPj(a0!), job.remainingPj(a1!)],
    ];
    expect(seen(look)).toEqual([
      [
        [10, 40],
        [60, 120],
        [10, 120],
      ],
      [
        [20, 10],
        [50, 80],
        [20, 80],
      ],
      [
        [30, 70],
        [30, 70],
        [30, 70],
      ],
    ]);
  });
  test("shows means over accelerators and its fastest path", () => {
    const look = (job: ReadyJob) => [job.meanLatencyNs, job.meanRemainingNs, job.minRemainingNs, job.isolatedNs];
    expect(seen(look)).toEqual([
      [25, 90, 50, 60],
      [15, 65, 40, 60],
      [50, 50, 30, 60],
    ]);
  });
  test("shows time and energy of a block of layers, at most what is left", () => {
    const look = (job: ReadyJob, [a0, a1]: readonly AcceleratorView[]) =>
      [1, 2, 3, 99, Infinity].map((layers) => [job.blockNs(layers, a0!), job.blockPj(layers, a1!)]);
    expect(seen(look).slice(0, 2)).toEqual([
      [
        [10, 40],
        [30, 50],
        [60, 120],
        [60, 120],
        [60, 120],
      ],
      [
        [20, 10],
        [50, 80],
        [50, 80],
        [50, 80],
        [50, 80],
      ],
    ]);
  });
  test("shows where it is, what it took and when it ran last", () => {
    const look = (job: ReadyJob) => [
      job.layerIndex,
      job.layersLeft,
      job.hasStarted,
      job.lastRanNs,
      job.lastAccelerator?.id,
      job.spentPj,
    ];
    expect(seen(look)).toEqual([
      [0, 3, false, 0, undefined, 0],
      [1, 2, true, 10, "a0", 10],
      [2, 1, true, 30, "a0", 30],
    ]);
  });
  test("is never shown a NaN where some or all accelerators cannot run it", () => {
    const partly: SmallWorld = { tasks: [{ id: "a", layersNs: [[10, Infinity], [Infinity, 20], 5] }], accelerators: 2 };
    const look = (job: ReadyJob, [a0, a1]: readonly AcceleratorView[]) => [
      job.remainingNs(a0!),
      job.remainingPj(a1!),
      job.blockNs(1, a0!),
      job.blockNs(2, a0!),
      job.meanLatencyNs,
      job.meanRemainingNs,
      job.minRemainingNs,
    ];
    const views: unknown[] = [];
    const decide: Policy["decide"] = (view, decisions) => {
      const job = view.readyJobs.first;
      views.push(look(job, view.accelerators));
      decisions.run(job, view.accelerators[job.layerIndex === 1 ? 1 : 0]!, { layers: 1 });
    };
    run(partly, scheduler({ decide }));
    expect(views).toEqual([
      [Infinity, Infinity, 10, Infinity, 10, 35, 35],
      [Infinity, 25, Infinity, Infinity, 20, 25, 25],
      [5, 5, 5, 5, 5, 5, 5],
    ]);
    const never: SmallWorld = { tasks: [{ id: "a", layersNs: [Infinity] }] };
    const numbers: number[] = [];
    const record: Policy["decide"] = (view, decisions) => {
      const job = view.readyJobs.first;
      const [a0] = view.idleAccelerators;
      numbers.push(
        job.remainingNs(a0),
        job.remainingPj(a0),
        job.meanLatencyNs,
        job.meanRemainingNs,
        job.minRemainingNs,
      );
      decisions.drop(job);
    };
    run(never, scheduler({ decide: record }));
    expect(numbers).toEqual([Infinity, Infinity, Infinity, Infinity, Infinity]);
  });
});

test("a platform shows tasks, with rates and costs of their variants, and accelerators", () => {
  let platform: Platform | undefined;
  const of: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [[10, 30], 5], lighterNs: [[[4, 2]]], release: periodic(20), deadlineNs: 70, priority: 2 },
      { id: "b", layersNs: [1], release: dependsOn([0], 0.5), modelName: "net" },
    ],
    units: [2, 1],
    durationNs: 1,
    preemption: ["kill", "drain"],
  };
  const create: Scheduler["create"] = (given, parameters) => {
    platform = given;
    return greedy.create(given, parameters);
  };
  run(of, { ...greedy, create });
  const { tasks, accelerators } = platform!;
  expect(tasks[0]).toMatchObject({ id: "a", ratePerS: 20, parents: [], children: [1], probability: 1, deadlineNs: 70 });
  expect(tasks[1]).toMatchObject({ id: "b", ratePerS: 20, parents: [0], children: [], probability: 0.5 });
  expect(tasks[1]!.modelName).toBe("net");
  expect(tasks[0]!.variantNames).toEqual(["original", "lighter1"]);
  const isolated = accelerators.map((a) => [tasks[0]!.isolatedNs(a), tasks[0]!.isolatedNs(a, 1)]);
  expect(isolated).toEqual([
    [15, 4],
    [35, 2],
  ]);
  expect(tasks[0]!.isolatedPj(accelerators[1]!, 1)).toBe(2);
  expect(accelerators.map(({ id, units, freeUnits }) => [id, units, freeUnits])).toEqual([
    ["a0", 2, 2],
    ["a1", 1, 1],
  ]);
  expect(accelerators.map(({ canCheckpoint, canKill }) => [canCheckpoint, canKill])).toEqual([
    [false, true],
    [false, true],
  ]);
});

test("a policy is told why each of its jobs ended", () => {
  const told: unknown[] = [];
  const three: SmallWorld = {
    tasks: [
      { id: "done", layersNs: [10] },
      { id: "late", layersNs: [10], deadlineNs: 5 },
      { id: "dropped", layersNs: [10], atNs: [10] },
    ],
  };
  const decide: Policy["decide"] = (view, decisions) => {
    const { first } = view.readyJobs;
    if (first.task.id === "dropped") decisions.drop(first);
    else decisions.run(first, view.idleAccelerators[0]);
  };
  const policy: Partial<Policy> = {
    lateDrop: true,
    decide,
    jobEnded: (job, nowNs, dropReason) => void told.push([nowNs, job.task.id, dropReason, job.spentPj]),
  };
  run(three, scheduler(policy));
  expect(told).toEqual([
    [10, "done", undefined, 10],
    [10, "late", "late", 0],
    [10, "dropped", "policy", 0],
  ]);
});
