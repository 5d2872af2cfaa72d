/** PREMA's mechanisms for each of the policies it compares. */
import { describe, expect, test } from "vitest";
import { edf } from "../../src/schedulers/edf.ts";
import { hpf } from "../../src/schedulers/hpf.ts";
import { llf } from "../../src/schedulers/llf.ts";
import { npHpf } from "../../src/schedulers/np-hpf.ts";
import { npPrema, prema, premaCheckpoint, premaKill } from "../../src/schedulers/prema/prema.ts";
import { npToken, token } from "../../src/schedulers/prema/token.ts";
import { sjf } from "../../src/schedulers/sjf.ts";
import { run, type SmallWorld, starts } from "../worlds.ts";

/** At 20 a has 80 of 100 ns left: c is shorter, more important and due earlier, so it comes first for every policy. */
const shortComes: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [40, 60], priority: 1, deadlineNs: 500 },
    { id: "c", layersNs: [30], atNs: [20], priority: 9, deadlineNs: 100 },
  ],
};
const stopped = {
  checkpoint: [
    [0, "a"],
    [20, "c"],
    [50, "a"],
    [70, "a"],
  ],
  kill: [
    [0, "a"],
    [20, "c"],
    [50, "a"],
    [90, "a"],
  ],
  drain: [
    [0, "a"],
    [40, "c"],
    [70, "a"],
  ],
  none: [
    [0, "a"],
    [40, "a"],
    [100, "c"],
  ],
} as const;

/** Policies whose default is to decide after each layer are as the others when a decision runs the whole job. */
const wholeJobs = { granularity: "model" };

describe.each([prema, token, hpf, sjf, edf, llf])("$name", (scheduler) => {
  test.each(["checkpoint", "kill", "drain", "none"] as const)("stops running work by mechanism=%s", (mechanism) => {
    expect(starts(shortComes, scheduler, { ...wholeJobs, mechanism })).toEqual(stopped[mechanism]);
  });
  test("checkpoints by mechanism=dynamic where that slows down the running job less than waiting the other", () => {
    // 30 / 100 against 80 / 30.
    expect(starts(shortComes, scheduler, { ...wholeJobs, mechanism: "dynamic" })).toEqual(stopped.checkpoint);
  });
  test("drains the running layer where the accelerator can do no better", () => {
    for (const mechanism of ["dynamic", "checkpoint", "kill"]) {
      expect(starts({ ...shortComes, preemption: ["drain"] }, scheduler, { ...wholeJobs, mechanism })).toEqual(
        stopped.drain,
      );
    }
  });
});

test.each([
  [premaCheckpoint, "checkpoint"],
  [premaKill, "kill"],
  [npPrema, "none"],
  [npToken, "none"],
  [npHpf, "none"],
] as const)("$name says its mechanism by its name", (scheduler, mechanism) => {
  expect(starts(shortComes, scheduler)).toEqual(stopped[mechanism]);
  expect(scheduler.parameters.some(({ name }) => name === "mechanism")).toBe(false);
});

describe("algorithm 3", () => {
  /** At 10 long comes with 9 tokens: stopped, a is slowed down by long / 100; drained, long by 90 / long. */
  const longComes = (longNs: number): SmallWorld => ({
    tasks: [
      { id: "a", layersNs: [100], priority: 1 },
      { id: "long", layersNs: [longNs], atNs: [10], priority: 9 },
    ],
  });
  test.each([
    // 0.94 against 0.957; 0.95 against 0.947.
    [94, 10],
    [95, 100],
  ])("lets a job of %i ns start at %i", (longNs, startNs) => {
    for (const scheduler of [prema, token]) expect(starts(longComes(longNs), scheduler)[1]).toEqual([startNs, "long"]);
    expect(starts(longComes(longNs), hpf, { mechanism: "dynamic" })[1]).toEqual([startNs, "long"]);
  });
  test("counts as slowdown of a stopped job only what is left of the other", () => {
    // At 130 long has 20 of 120 ns left. c would be slowed down by 110 / 20, and long by 20 / 120.
    const world: SmallWorld = {
      tasks: [
        { id: "long", layersNs: [120], priority: 9 },
        { id: "c", layersNs: [20], atNs: [100], priority: 9 },
      ],
    };
    // 20 / 120 against 20 / 20; nothing is stopped where the job left is no longer than the one that comes.
    expect(starts(world, prema)[1]).toEqual([120, "c"]);
    const shorter: SmallWorld = { tasks: [world.tasks[0]!, { ...world.tasks[1]!, layersNs: [19] }] };
    expect(starts(shorter, prema)[1]).toEqual([100, "c"]);
  });
  test("is asked for one accelerator after the other, with the times there", () => {
    // At 10 on a0: 200 / 100 against 90 / 200, a drain; on a1: 10 / 100 against 90 / 10.
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[100, Infinity]], priority: 1 },
        { id: "b", layersNs: [[Infinity, 100]], priority: 1 },
        { id: "c", layersNs: [[200, 10]], atNs: [10], priority: 9 },
      ],
      accelerators: 2,
    };
    expect(run(world, hpf, { mechanism: "dynamic" }).starts[2]).toEqual([10, "c", 1]);
  });
});

test("sjf stops the job that would run longest, for a strictly shorter one", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [50] },
      { id: "b", layersNs: [90] },
      { id: "c", layersNs: [40], atNs: [10] },
      { id: "d", layersNs: [40], atNs: [10] },
    ],
    accelerators: 2,
  };
  // At 10 a has 40 ns left, b 80.
  expect(run(world, sjf, { mechanism: "checkpoint" }).starts).toEqual([
    [0, "a", 0],
    [0, "b", 1],
    [10, "c", 1],
    [50, "d", 0],
    [50, "b", 1],
  ]);
});
