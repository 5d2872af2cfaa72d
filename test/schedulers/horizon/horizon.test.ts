/** What `horizon` decides in worlds small enough for paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/core/program.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { createAudit } from "../../../src/run/audit/audit.ts";
import { configurationsOf, DEFAULT_CONFIGURATIONS } from "../../../src/schedulers/horizon/configuration.ts";
import { horizon } from "../../../src/schedulers/horizon/horizon.ts";
import { Planner } from "../../../src/schedulers/horizon/planner.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { randomDynamicWorld, randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../../worlds.ts";
import { explained } from "../explained.ts";

describe("one long job before two short ones", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "long", layersNs: [30], deadlineNs: 40 },
      { id: "one", layersNs: [20], deadlineNs: 42 },
      { id: "two", layersNs: [20], deadlineNs: 44 },
    ],
  };
  test("is given up, and finished when nothing else waits", () => {
    expect(run(world, horizon).ends).toEqual([
      [20, "one#0", "done"],
      [40, "two#0", "done"],
      [70, "long#0", "done"],
    ]);
  });
  test("is served first without moves: it is due first and has the least slack", () => {
    const { starts } = run(world, horizon, { jobMoves: false });
    expect(starts[0]).toEqual([0, "long", 0]);
  });
  test("is dropped once it is late, with no backlog", () => {
    expect(run(world, horizon, { backlog: 0 }).ends).toContainEqual([20, "long#0", "policy"]);
  });
});

test("a job is boosted for the sake of a deadline that is met, but closely", () => {
  // By laxity the sure job is first, and the other one ends at 80, or 95 if it does not leave early. It is due at 85.
  const tasks: SmallWorld["tasks"] = [
    { id: "sure", layersNs: [55], deadlineNs: 100 },
    { id: "maybe", layersNs: [10, 30], exits: [{ afterLayer: 0, probability: 0.5 }], deadlineNs: 85 },
  ];
  const first = (soft: number) =>
    run({ tasks }, horizon, { configurations: "llf/1", margin: 0, spread: 0, soft }).starts[0];
  expect(first(0.2)).toEqual([0, "maybe", 0]);
  expect(first(0)).toEqual([0, "sure", 0]);
});

test("late work makes room for a job that can be in time", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "late", layersNs: [100], deadlineNs: 50 },
      { id: "good", layersNs: [20], atNs: [30], deadlineNs: 40 },
    ],
  };
  // At 30 late has 70 ns left, and goes on at 50.
  expect(run(world, horizon).starts).toEqual([
    [0, "late", 0],
    [30, "good", 0],
    [50, "late", 0],
  ]);
  const [, stop] = explained(world, horizon);
  expect(stop!.said).toEqual([30, "preempt late", "late work makes room for a job that can be in time"]);
});

describe("late work on the fast one of two accelerators, in tiles of 10 ns", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [
      { id: "late", layersNs: [[100, Infinity]], tiles: [10], deadlineNs: 50 },
      { id: "good", layersNs: [[20, 40]], atNs: [32], deadlineNs: 50 },
    ],
  };
  const startsBy = (configurations: string) => run(world, horizon, { configurations }).starts;

  test("makes room at the end of a tile, for a job that waits beside an idle accelerator", () => {
    expect(startsBy("edf/1")).toEqual([
      [0, "late", 0],
      [40, "good", 0],
      [60, "late", 0],
    ]);
  });

  test("is left alone where the idle accelerator is as good to the dispatcher", () => {
    expect(startsBy("edf/0")).toEqual([
      [0, "late", 0],
      [32, "good", 1],
    ]);
  });
});

test("a job with room to spare takes the accelerator of least energy, and says so", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [{ id: "a", layersNs: [[10, 20]], energyPj: [[9, 2]], deadlineNs: 60 }],
  };
  // Order -60 ns / 10 ms; 0.3 x log(10 / 20); 3 x log(2 / 2).
  expect(explained(world, horizon)).toEqual([
    {
      said: [0, "run a", "earliest deadline and cheap placement, of pairs still in time"],
      candidates: [["a on a1", -0.20795, { order: -0.000006, latency: -0.207944, energy: 0 }]],
    },
  ]);
  expect(run({ ...world, tasks: [{ ...world.tasks[0]!, deadlineNs: 15 }] }, horizon).starts).toEqual([[0, "a", 0]]);
});

describe("a supernet of 60 or 40 ns behind 30 ns of other work", () => {
  const variantBy = (deadlineNs: number, given = {}) => {
    const tasks = [
      { id: "w", layersNs: [30], deadlineNs: 30 },
      { id: "s", layersNs: [60], lighterNs: [[40]], deadlineNs },
    ];
    return run({ tasks }, horizon, given).jobs.find(({ taskIndex }) => taskIndex === 1)!.variantIndex;
  };
  test("runs whole while nothing is missed", () => expect(variantBy(95)).toBe(0));
  test("runs lighter where one of both would miss its deadline", () => expect(variantBy(75)).toBe(1));
  test("runs whole if variants are no move", () => expect(variantBy(75, { variants: false })).toBe(0));
});

describe("a supernet of 60 or 40 ns that nothing else waits for", () => {
  const task = { id: "s", layersNs: [60], lighterNs: [[40]] };
  test("runs lighter from its first job to its last where the original cannot be in time even alone", () => {
    const { jobs, ends } = run({ tasks: [{ ...task, atNs: [0, 100, 200], deadlineNs: 50 }] }, horizon);
    expect(jobs.map(({ variantIndex }) => variantIndex)).toEqual([1, 1, 1]);
    expect(ends.map(([ns]) => ns)).toEqual([40, 140, 240]);
  });
  test("is late in every variant, and ends lighter, where the lightest cannot be in time", () => {
    const { jobs, ends } = run({ tasks: [{ ...task, atNs: [0, 100], deadlineNs: 30 }] }, horizon);
    expect(jobs.map(({ variantIndex }) => variantIndex)).toEqual([1, 1]);
    expect(ends).toEqual([
      [40, "s#0", "done"],
      [140, "s#1", "done"],
    ]);
  });
});

test("a job stays where it ran for a layer of no weight that is faster elsewhere: another would take its place", () => {
  const world: SmallWorld = {
    accelerators: 2,
    tasks: [
      {
        id: "a",
        layersNs: [
          [20_000, 10_000],
          [1, 3],
          [20_000, 10_000],
        ],
        deadlineNs: 30_000,
      },
      { id: "b", layersNs: [[500_000, 50_000]], deadlineNs: 120_000 },
    ],
  };
  expect(run(world, horizon).ends).toEqual([
    [20_003, "a#0", "done"],
    [70_003, "b#0", "done"],
  ]);
});

test("a job that only its weights' load makes late is late, and runs at once", () => {
  const weights = { bytes: 1, bandwidthGBs: 4, energyPjPerByte: 0, overlap: "off" } as const;
  const task = { id: "a", layersNs: [10], weightBytes: [8], deadlineNs: 11 };
  expect(run({ accelerator: { weights }, tasks: [task] }, horizon).ends).toEqual([[12, "a#0", "done"]]);
});

test("all of hundreds of waiting jobs are served, though a plan considers 48 of them", () => {
  const atNs = Array.from({ length: 300 }, () => 0);
  const { jobs } = run({ tasks: [{ id: "a", layersNs: [10], atNs, deadlineNs: 3000 }] }, horizon);
  expect(jobs.map(({ completionNs }) => completionNs)).toEqual(atNs.map((_, i) => 10 * (i + 1)));
});

test("configurations are refused by word, if they are none", () => {
  for (const text of ["", "fifo/1", "edf/x", "edf/-1", "edf/1/2/3/4", "edf/"]) {
    expect(() => configurationsOf(text)).toThrow("configurations must be order/latencyWeight/energyWeight/room");
  }
  expect(configurationsOf(DEFAULT_CONFIGURATIONS).length).toBe(6);
});

test("it keeps every rule that the audit knows, also with other parameters", () => {
  const given = fc.record({
    backlog: fc.constantFrom(0, 1, 3),
    blockMs: fc.constantFrom(0, 1),
    predict: fc.boolean(),
    planAt: fc.constantFrom("both", "release"),
    budget: fc.constantFrom(1, 7, 100),
    lateDrop: fc.boolean(),
  });
  const property = fc.property(fc.oneof(randomWorld, randomDynamicWorld), given, (world, parameters) => {
    const { scenario, system, costTable } = smallScenario(world);
    const program = compile(scenario, system, costTable);
    const { values } = resolveParameters(horizon, parameters);
    const seed = world.seed ?? 1;
    const audit = createAudit(program, { seed, lateDrop: parameters.lateDrop });
    expect(audit.finish(simulate(program, horizon, values, { seed, observer: audit.observer }))).toEqual([]);
  });
  fc.assert(property, propertyRuns(8));
});

/** Every time of a world, `factor` times as long. */
const slowed = (world: SmallWorld, factor: number): SmallWorld => ({
  ...world,
  tasks: world.tasks.map((task) => ({
    ...task,
    layersNs: task.layersNs.map((layer) => [layer].flat().map((ns) => ns * factor)),
    atNs: task.atNs!.map((atNs) => atNs * factor),
    deadlineNs: task.deadlineNs! * factor,
  })),
});

test("time has no scale: all times sixteen times as long give the same order, with parameters in time likewise", () => {
  const task = fc.record({
    layersNs: fc.array(fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    atNs: fc
      .array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 3 })
      .map((times) => times.sort((a, b) => a - b)),
    deadlineNs: fc.integer({ min: 200, max: 3000 }),
  });
  const property = fc.property(fc.array(task, { minLength: 1, maxLength: 4 }), (tasks) => {
    const world = { accelerators: 2, tasks: tasks.map((each, i) => ({ ...each, id: `t${i}` })) };
    const times = (factor: number) => ({
      horizonMs: 0.001 * factor,
      farMs: 0.003 * factor,
      maxHorizonMs: 0.01 * factor,
      urgencyMs: 0.0005 * factor,
      blockMs: 0.0001 * factor,
    });
    const order = (factor: number) =>
      run(slowed(world, factor), horizon, times(factor)).starts.map(([, ...what]) => what);
    // What is left of a stopped layer is rounded to 1 ns, which is little of a thousand and more.
    expect(order(16_384)).toEqual(order(1024));
  });
  fc.assert(property, propertyRuns(40));
});

test("moves never make a plan dearer than its configurations alone", () => {
  const costs = (world: SmallWorld, passes: number): number => {
    const all: number[] = [];
    const { plan } = Planner.prototype;
    Planner.prototype.plan = function (...given) {
      plan.call(this, ...given);
      all.push(this.cost);
    };
    try {
      run(world, horizon, { passes });
    } finally {
      Planner.prototype.plan = plan;
    }
    return all[0]!;
  };
  const property = fc.property(randomWorld, (world) => {
    expect(costs(world, 2)).toBeLessThanOrEqual(costs(world, 0));
  });
  fc.assert(property, propertyRuns(6));
});
