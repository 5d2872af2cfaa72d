/** What parameters change, and the corners of single policies. */
import { describe, expect, test } from "vitest";
import { edf } from "../../src/schedulers/edf.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { fcfsStatic } from "../../src/schedulers/fcfs-static.ts";
import { rr } from "../../src/schedulers/rr.ts";
import { sjf } from "../../src/schedulers/sjf.ts";
import { xrbenchLatency } from "../../src/schedulers/xrbench-greedy.ts";
import { periodic } from "../releases.ts";
import { run, type SmallWorld } from "../worlds.ts";

describe("granularity", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "long", layersNs: [10, 10, 10, 10] },
      { id: "short", layersNs: [5], atNs: [1], deadlineNs: 100 },
    ],
  };
  test.each([
    ["layer", 10],
    [3, 30],
    ["model", 40],
  ] as const)("%s lets edf decide again after it", (granularity, startNs) => {
    const { starts } = run(world, edf, { granularity });
    expect(starts.find(([, task]) => task === "short")).toEqual([startNs, "short", 0]);
  });
  test("layer makes sjf shortest remaining time first", () => {
    // At 30 a has 20 ns left: less than the 25 of b, though it is longer in all.
    const tasks = [
      { id: "a", layersNs: [20, 20] },
      { id: "b", layersNs: [25], atNs: [1] },
      { id: "c", layersNs: [10], atNs: [2] },
    ];
    expect(run({ tasks }, sjf, { granularity: "layer" }).starts).toEqual([
      [0, "a", 0],
      [20, "c", 0],
      [30, "a", 0],
      [50, "b", 0],
    ]);
  });
  test("model makes rr a first come, first served that starts jobs by release", () => {
    const tasks = [
      { id: "a", layersNs: [10, 10], atNs: [0, 2] },
      { id: "b", layersNs: [10], atNs: [1] },
    ];
    expect(run({ tasks }, rr, { granularity: "model" }).starts.map(([, task]) => task)).toEqual([
      "a",
      "a",
      "b",
      "a",
      "a",
    ]);
  });
});

describe("placement", () => {
  const world: SmallWorld = {
    tasks: [
      {
        id: "a",
        layersNs: [
          [30, 20, 10],
          [5, 10, 40],
        ],
        energyPj: [
          [9, 1, 50],
          [9, 1, 50],
        ],
      },
    ],
    accelerators: 3,
  };
  const placed = (granularity: string, placement: string) =>
    run(world, edf, { granularity, placement }).starts.map(([, , accelerator]) => accelerator);

  test("fastest takes the accelerator that ends soonest what is run: a layer, or all of it", () => {
    expect(placed("layer", "fastest")).toEqual([2, 0]);
    expect(placed("model", "fastest")).toEqual([1, 1]);
  });
  test("edp takes the least product of energy and time of what is run", () => {
    // Layer 0: 270, 20, 500. Layer 1: 45, 10, 2000.
    expect(placed("layer", "edp")).toEqual([1, 1]);
    expect(placed("model", "edp")).toEqual([1, 1]);
  });
  test("first takes the first", () => expect(placed("layer", "first")).toEqual([0, 0]));

  test.each(["fastest", "edp", "first"])("%s needs an accelerator to run only what one decision runs", (placement) => {
    // No accelerator can run all of it.
    const partly: SmallWorld = {
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, Infinity],
            [10, Infinity],
            [Infinity, 10],
          ],
        },
      ],
      accelerators: 2,
    };
    for (const granularity of ["layer", "2"]) {
      expect(run(partly, edf, { granularity, placement }).starts).toEqual([
        [0, "a", 0],
        [10, "a", 0],
        [20, "a", 1],
      ]);
    }
    expect(() => run(partly, edf, { granularity: "model", placement })).toThrow("makes no progress");
  });
});

test("a job that no idle accelerator can run does not hold up those behind it", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [[10, Infinity]], atNs: [0, 1] },
      { id: "b", layersNs: [[50, 50]], atNs: [2] },
    ],
    accelerators: 2,
  };
  expect(run(world, fcfs).starts).toEqual([
    [0, "a", 0],
    [2, "b", 1],
    [10, "a", 0],
  ]);
});

describe("fcfs-static", () => {
  const starts = (world: SmallWorld) => run(world, fcfsStatic).starts;

  test("pins the heaviest task first, each to the accelerator whose load is then least", () => {
    // Loads: c 0.6 to a0; a 0.4 to a1; b 0.3 to a1 (0.7 against 0.9).
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [40], release: periodic(1e7) },
        { id: "b", layersNs: [30], release: periodic(1e7) },
        { id: "c", layersNs: [30], release: periodic(2e7) },
      ],
      accelerators: 2,
      durationNs: 50,
    };
    expect(starts(world)).toEqual([
      [0, "c", 0],
      [0, "a", 1],
      [40, "b", 1],
    ]);
  });
  test("weighs a dependent task by the share of frames that reach it", () => {
    // b is as long as a but runs for a tenth of its frames: c, not b, gets the other accelerator to itself.
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [40], release: periodic(1e7) },
        { id: "b", layersNs: [40], release: { kind: "after", taskIndexes: [0], probability: 0.1 } },
        { id: "c", layersNs: [30], release: periodic(1e7) },
        { id: "d", layersNs: [10], release: periodic(1e7) },
      ],
      accelerators: 2,
      durationNs: 10,
    };
    // a 0.4 to a0; c 0.3 to a1; d 0.1 to a1; b 0.04 to a0 (0.44 both ways: the first).
    expect(starts(world).slice(0, 3)).toEqual([
      [0, "a", 0],
      [0, "c", 1],
      [30, "d", 1],
    ]);
  });
  test("pins no task to an accelerator that cannot run it, even one that is never triggered", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[Infinity, 90]] },
        { id: "never", layersNs: [[Infinity, 5]], release: { kind: "after", taskIndexes: [0], probability: 0 } },
        { id: "b", layersNs: [[50, 10]] },
      ],
      accelerators: 2,
    };
    expect(starts(world)).toEqual([
      [0, "b", 0],
      [0, "a", 1],
    ]);
  });
});

describe("xrbench-latency", () => {
  test("looks at tasks in the order of their models' code units, then of the file", () => {
    const tasks = ["b", "B", "a", "a"].map((modelName, i) => ({ id: `${modelName}${i}`, layersNs: [10], modelName }));
    expect(run({ tasks }, xrbenchLatency).starts.map(([, task]) => task)).toEqual(["B1", "a2", "a3", "b0"]);
  });
  test("starts the oldest job of a task, and looks at every task again until nothing starts", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [10], atNs: [1, 2, 3] },
        { id: "b", layersNs: [10], atNs: [0, 0, 0, 3] },
      ],
      accelerators: 3,
    };
    expect(run(world, xrbenchLatency).starts).toEqual([
      [0, "b", 0],
      [0, "b", 1],
      [0, "b", 2],
      [10, "a", 0],
      [10, "b", 1],
      [10, "a", 2],
      [20, "a", 0],
    ]);
  });
});
