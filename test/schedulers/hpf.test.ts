/** hpf: which jobs it stops, where, and how. */
import { describe, expect, test } from "vitest";
import { hpf } from "../../src/schedulers/hpf.ts";
import { run, type SmallWorld } from "../worlds.ts";

describe("hpf", () => {
  const two = (more: Partial<SmallWorld> = {}): SmallWorld => ({
    tasks: [
      { id: "low", layersNs: [40, 40], priority: 1 },
      { id: "high", layersNs: [10], atNs: [5], priority: 9 },
    ],
    ...more,
  });
  test.each([
    [
      "checkpoint",
      [
        [0, "low"],
        [5, "high"],
        [15, "low"],
        [50, "low"],
      ],
    ],
    [
      "kill",
      [
        [0, "low"],
        [5, "high"],
        [15, "low"],
        [55, "low"],
      ],
    ],
    [
      "drain",
      [
        [0, "low"],
        [40, "high"],
        [50, "low"],
      ],
    ],
  ] as const)("stops a running job by mechanism=%s", (mechanism, expected) => {
    expect(run(two(), hpf, { mechanism }).starts.map(([timeNs, task]) => [timeNs, task])).toEqual(expected);
  });
  test("drains where the accelerator does not support the mechanism", () => {
    for (const mechanism of ["checkpoint", "kill"]) {
      const { starts, jobs } = run(two({ preemption: ["drain"] }), hpf, { mechanism });
      expect(starts[1]).toEqual([40, "high", 0]);
      expect(jobs[1]!.preemptions).toEqual({ checkpoint: 0, kill: 0, drain: 1 });
    }
  });
  test("stops nothing for an equal priority, nor where an accelerator is idle", () => {
    const equal = [two().tasks[0]!, { ...two().tasks[1]!, priority: 1 }];
    expect(run(two({ tasks: equal }), hpf).starts[1]).toEqual([40, "low", 0]);
    expect(run(two({ accelerators: 2 }), hpf).starts.slice(0, 2)).toEqual([
      [0, "low", 0],
      [5, "high", 1],
    ]);
  });
  test("stops the lowest priority; of equals the one dispatched last", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "mid", layersNs: [90], priority: 5 },
        { id: "early", layersNs: [90], priority: 1 },
        { id: "later", layersNs: [90], atNs: [3], priority: 1 },
        { id: "high", layersNs: [10], atNs: [7, 8], priority: 9 },
      ],
      accelerators: 3,
    };
    expect(run(world, hpf).starts.slice(3, 5)).toEqual([
      [7, "high", 2],
      [8, "high", 1],
    ]);
  });
  test("stops as many jobs as wait with a higher priority, at once", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "low", layersNs: [90], atNs: [0, 0], priority: 1 },
        { id: "high", layersNs: [10], atNs: [4, 4, 4], priority: 9 },
      ],
      accelerators: 2,
    };
    expect(run(world, hpf).starts.filter(([, task]) => task === "high")).toEqual([
      [4, "high", 0],
      [4, "high", 1],
      [14, "high", 0],
    ]);
  });
  test("stops a job on an accelerator that can run the one that waits, whatever runs elsewhere", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "mid", layersNs: [[90, Infinity]], priority: 2 },
        { id: "low", layersNs: [[Infinity, 90]], priority: 1 },
        { id: "high", layersNs: [[10, Infinity]], atNs: [5], priority: 9 },
      ],
      accelerators: 3,
    };
    const tasks = world.tasks.map((task) => ({ ...task, layersNs: [[...(task.layersNs[0] as number[]), Infinity]] }));
    const { starts, jobs } = run({ ...world, tasks }, hpf);
    expect(starts).toEqual([
      [0, "mid", 0],
      [0, "low", 1],
      [5, "high", 0],
      [15, "mid", 0],
    ]);
    expect(jobs.map((job) => job.preemptions.checkpoint)).toEqual([0, 0, 1]);
  });
  test("waits for a checkpoint under way instead of stopping a second job", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "low", layersNs: [90], liveBytes: [20], atNs: [0, 0], priority: 1 },
        { id: "high", layersNs: [10], atNs: [5], priority: 9 },
        { id: "other", layersNs: [10], atNs: [7], priority: 1 },
      ],
      accelerators: 2,
      contextSwitch: "on",
    };
    const { jobs, starts } = run(world, hpf);
    expect(starts.find(([, task]) => task === "high")).toEqual([25, "high", 0]);
    expect(jobs.reduce((sum, job) => sum + job.preemptions.checkpoint, 0)).toBe(1);
  });
});
