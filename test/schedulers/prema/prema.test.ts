/** PREMA's decisions one by one, and a peer's worked schedule. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/core/program.ts";
import type { ParameterValues, Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { createAudit } from "../../../src/run/audit/audit.ts";
import { fcfs } from "../../../src/schedulers/fcfs.ts";
import { hpf } from "../../../src/schedulers/hpf.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { prema } from "../../../src/schedulers/prema/prema.ts";
import { readings } from "../../../src/schedulers/prema/readings.ts";
import { token } from "../../../src/schedulers/prema/token.ts";
import { sjf } from "../../../src/schedulers/sjf.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallTask, type SmallWorld, smallScenario, starts } from "../../worlds.ts";
import { explained } from "../explained.ts";
import { stops } from "../signatures/prema.ts";
import { premaBy } from "./prema-by.ts";

const MS = 1e6;
describe("prema on one accelerator", () => {
  const world = stops;
  test("decides as worked out by hand", () => {
    expect(starts(world, prema)).toEqual([
      [0, "long"],
      // 3 tokens against 1. Stopped, long would be slowed down by 40 / 200; waiting, mid by 170 / 40: checkpoint.
      [30, "mid"],
      // At 50 high has 9 tokens, but mid would be slowed down by 300 / 40 and high only by 20 / 300: drain.
      [70, "high"],
      // long 1 + 340 / 200 = 2.7; ten 1 + 310 / 10 = 32; five 1 + 305 / 5 = 62: two candidates at level 9.
      [370, "five"],
      [375, "ten"],
      // 70 of the first layer's 100 ns are left.
      [385, "long"],
      [455, "long"],
    ]);
  });
  test("says tokens, threshold and predicted time of those that wait, and who is slowed down by how much", () => {
    const [first, stops, checkpoints, mid, drains, , , high, five] = explained(world, prema);
    const shortest = "shortest predicted job of those with enough tokens";
    expect(first!.candidates).toEqual([["long on a0", 200, { token: 1, threshold: 1, remainingNs: 200 }]]);
    expect(stops).toEqual({
      said: [30, "preempt long", "running job's token below the threshold"],
      candidates: [
        ["mid", 40, { token: 3, threshold: 3, remainingNs: 40 }],
        ["long", undefined, { token: 1, threshold: 3, remainingNs: 170 }],
      ],
    });
    expect(checkpoints).toEqual({
      said: [30, "preempt long", "algorithm 3: checkpoint, which slows down no more"],
      candidates: [
        ["long", 40 / 200, { slowdownIfStopped: 40 / 200 }],
        ["mid", 170 / 40, { slowdownIfDrained: 170 / 40 }],
      ],
    });
    expect(mid!.said).toEqual([30, "run mid", shortest]);
    expect(drains).toEqual({
      said: [50, "wait", "algorithm 3: drain, which slows down less"],
      candidates: [
        ["high", 0.0666667, { slowdownIfDrained: 0.0666667 }],
        ["mid", 300 / 40, { slowdownIfStopped: 300 / 40 }],
      ],
    });
    // At 70 high has 9 + 9 x 20 / 300 tokens, ten 1 + 10 / 10, five 1 + 5 / 5, long 1 + 40 / 200.
    expect(high).toEqual({
      said: [70, "run high", shortest],
      candidates: [
        ["high on a0", 300, { token: 9.6, threshold: 9, remainingNs: 300 }],
        ["five", undefined, { token: 2, threshold: 9, remainingNs: 5 }],
        ["ten", undefined, { token: 2, threshold: 9, remainingNs: 10 }],
        ["long", undefined, { token: 1.2, threshold: 9, remainingNs: 170 }],
      ],
    });
    expect(five!.candidates).toEqual([
      ["five on a0", 5, { token: 62, threshold: 9, remainingNs: 5 }],
      ["ten", 10, { token: 32, threshold: 9, remainingNs: 10 }],
      ["long", undefined, { token: 2.7, threshold: 9, remainingNs: 170 }],
    ]);
  });
  test("says that the oldest job goes where no token passes the threshold", () => {
    const equal: SmallWorld = { tasks: [world.tasks[0]!, { ...world.tasks[0]!, id: "short", layersNs: [10] }] };
    expect(explained(equal, prema, { reading: "strict-threshold" })[0]).toEqual({
      said: [0, "run long", "oldest job, as no token passes the threshold"],
      candidates: [
        ["long on a0", 0, { token: 1, threshold: 1, releaseNs: 0 }],
        ["short", 0, { token: 1, threshold: 1, releaseNs: 0 }],
      ],
    });
  });
  test("counts what it stopped", () => {
    const { jobs } = run(world, prema);
    expect(jobs.map(({ preemptions }) => preemptions.checkpoint)).toEqual([0, 0, 0, 0, 1]);
  });
});

describe("prema's period", () => {
  /** low has 1 + its wait in ms tokens: 3, the level of high, 2 ms after its arrival, and is shorter. */
  const world: SmallWorld = {
    tasks: [
      { id: "high", layersNs: [20 * MS], atNs: [0.1 * MS], priority: 3 },
      { id: "low", layersNs: [1 * MS], atNs: [0.15 * MS], priority: 1 },
    ],
  };
  const lowStartsMs = (given: ParameterValues) => run(world, prema, given).starts[1]![0] / MS;

  test.each([
    [{}, 2.35],
    [{ reading: "free-timer" }, 2.25],
    [{ periodMs: 1 }, 3.1],
    [{ periodMs: 1, reading: "free-timer" }, 3],
    [{ periodMs: 100 }, 20.1],
    [{ mechanism: "none" }, 20.1],
  ])("lets a job take over whose tokens have grown: %o", (given, startMs) => {
    expect(lowStartsMs(given)).toBeCloseTo(startMs, 9);
  });
  test("costs no call of the policy while nobody waits", () => {
    const alone: SmallWorld = { tasks: [world.tasks[0]!] };
    expect(run(alone, prema).totals.events).toBe(2);
  });
  test("runs for each accelerator from its dispatch, and its end is an event for all of them", () => {
    // low runs on a1 alone, whose periods end at 0.05 + k / 4; those of a0 at k / 4.
    const two: SmallWorld = {
      tasks: [
        { id: "other", layersNs: [[30 * MS, Infinity]], atNs: [0], priority: 3 },
        { id: "high", layersNs: [[Infinity, 20 * MS]], atNs: [0.05 * MS], priority: 3 },
        { id: "low", layersNs: [[Infinity, 1 * MS]], atNs: [0.15 * MS], priority: 1 },
      ],
      accelerators: 2,
    };
    expect(run(two, prema).starts[2]).toEqual([2.25 * MS, "low", 1]);
    expect(run({ ...two, tasks: two.tasks.slice(1) }, prema).starts[1]).toEqual([2.3 * MS, "low", 1]);
  });
});

describe("prema on several accelerators", () => {
  test("gives idle accelerators to candidates in order, each the one that ends it first", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "low", layersNs: [[20, 10]], priority: 1 },
        { id: "long", layersNs: [[90, 70]], priority: 9 },
        { id: "short", layersNs: [[60, 50]], priority: 9 },
      ],
      accelerators: 2,
    };
    expect(run(world, prema).starts).toEqual([
      [0, "long", 0],
      [0, "short", 1],
      [50, "low", 1],
    ]);
  });
  test("takes each of several waiting jobs to another accelerator, from the lowest level on", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "mid", layersNs: [900], priority: 3 },
        { id: "low", layersNs: [900], priority: 1 },
        { id: "high", layersNs: [90, 90], atNs: [10, 20], priority: 9 },
      ],
      accelerators: 2,
    };
    expect(run(world, prema).starts.slice(2, 4)).toEqual([
      [10, "high", 1],
      [20, "high", 0],
    ]);
  });
  test("stops nobody where an idle accelerator, or one that is about to be, can take the job", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "low", layersNs: [900], liveBytes: [20], atNs: [0, 0], priority: 1 },
        { id: "high", layersNs: [10], atNs: [5], priority: 9 },
        { id: "other", layersNs: [2000], atNs: [7], priority: 1 },
      ],
      contextSwitch: "on",
    };
    const two = run({ ...world, accelerators: 2 }, prema);
    expect(two.jobs.reduce((sum, job) => sum + job.preemptions.checkpoint, 0)).toBe(1);
    expect(two.starts[2]).toEqual([25, "high", 0]);
    const three = run({ ...world, accelerators: 3 }, prema);
    expect(three.jobs.every((job) => job.preemptions.checkpoint === 0)).toBe(true);
  });
});

/**
 * Five tasks as run by canplane/SCALE-Sim-PREMA, see docs/references.md#prema-re-implementations. 1 ns is a cycle. A
 * layer here is a fold of the array, the point where that peer can stop: a network of F filters takes ceil(F / 14) columns of 31 folds, 30 of 12
 * rows (2955 cycles) and one of 3 (2946). Stopping there is a drain of the layer that runs. Its tokens are priority x
 * (1 + waited / estimate), its levels 3, 6, 9 and 12, its quota 100 000 cycles from each dispatch.
 */
describe("a schedule worked out by a peer", () => {
  const folds = (columns: number) =>
    Array.from({ length: columns }, () => [...Array.from({ length: 30 }, () => 2955), 2946]).flat();
  const tasks: readonly SmallTask[] = [
    { id: "Net_0", layersNs: [1308, 1896], priority: 3 },
    { id: "Net_1", layersNs: [2064], priority: 3 },
    { id: "Net_2", layersNs: folds(7), atNs: [4000], priority: 6 },
    { id: "Net_3", layersNs: folds(10), atNs: [100_000], priority: 9 },
    { id: "Net_4", layersNs: [1308, 1896], atNs: [200_000], priority: 6 },
  ];
  const world: SmallWorld = { tasks, preemption: ["drain"] };

  /** [task, start, end] of each uninterrupted stay. */
  const stays = (scheduler: Scheduler, given: ParameterValues) => {
    const all: [string, number, number][] = [];
    for (const { taskIndex, startNs, endNs } of run(world, scheduler, given).segments) {
      const last = all.at(-1);
      if (last?.[0] === tasks[taskIndex]!.id) last[2] = endNs;
      else all.push([tasks[taskIndex]!.id, startNs, endNs]);
    }
    return all;
  };

  test("takes the cycles that the peer simulated", () => {
    const total = ({ layersNs }: SmallTask) => (layersNs as number[]).reduce((sum, fold) => sum + fold, 0);
    expect(tasks.map(total)).toEqual([3204, 2064, 641_172, 915_960, 3204]);
  });
  test("runs in the same order and to the same cycle under PREMA", () => {
    expect(stays(prema, { levels: "3,6,9,12", periodMs: 0.1 })).toEqual([
      ["Net_1", 0, 2064],
      ["Net_0", 2064, 5268],
      ["Net_2", 5268, 206_190],
      ["Net_4", 206_190, 209_394],
      ["Net_3", 209_394, 611_238],
      ["Net_2", 611_238, 1_051_488],
      ["Net_3", 1_051_488, 1_565_604],
    ]);
  });
  test("and under FCFS", () => {
    expect(stays(fcfs, {})).toEqual([
      ["Net_0", 0, 3204],
      ["Net_1", 3204, 5268],
      ["Net_2", 5268, 646_440],
      ["Net_3", 646_440, 1_562_400],
      ["Net_4", 1_562_400, 1_565_604],
    ]);
  });
});

test("whatever the parameters, every rule of the audit holds and every job ends", () => {
  const settings = fc.record({
    mechanism: fc.constantFrom("dynamic", "checkpoint", "kill", "drain", "none"),
    granularity: fc.constantFrom("model", "layer", "2"),
    periodMs: fc.constantFrom(0.000001, 0.00001, 0.000137, 0.25),
    reading: fc.constantFrom(...Object.keys(readings)),
    levels: fc.constantFrom("1,3,9", "2,4,8,16", "0"),
    lateDrop: fc.boolean(),
  });
  const anyReading = fc.record({
    timer: fc.constantFrom("dispatch" as const, "free" as const),
    wait: fc.constantFrom("since-last" as const, "total" as const, "since-run" as const),
    runningTokens: fc.constantFrom("keep" as const, "update" as const),
    comparison: fc.constantFrom("at-least" as const, "above" as const),
    freshTokens: fc.constantFrom("counted" as const, "ignored" as const),
    estimate: fc.constantFrom("remaining" as const, "whole" as const),
  });
  const known = (scheduler: Scheduler, given: ParameterValues) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => scheduler.parameters.some((own) => own.name === name)));
  const property = fc.property(
    randomWorld,
    settings,
    fc.oneof(anyReading.map(premaBy), fc.constantFrom(prema, token, hpf, sjf)),
    (world, given, scheduler) => {
      const { scenario, system, costTable } = smallScenario(world);
      const program = compile(scenario, system, costTable);
      const { values, problems } = resolveParameters(scheduler, known(scheduler, given));
      expect(problems).toEqual([]);
      const seed = world.seed ?? 1;
      const audit = createAudit(program, { seed, lateDrop: given.lateDrop });
      const totals = simulate(program, scheduler, values, { seed, observer: audit.observer, limits: { events: 1e6 } });
      expect(audit.finish(totals)).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(300));
});
