/** Terastal's online choice of accelerator and variant, in worlds small enough for paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParameterValues } from "../../../src/core/scheduler.ts";
import { edf } from "../../../src/schedulers/edf.ts";
import { terastal } from "../../../src/schedulers/terastal/terastal.ts";
import { randomDynamicWorld, randomWorld } from "../../core/random-worlds.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

const starts = (world: SmallWorld, given: ParameterValues = {}) => run(world, terastal, given).starts;

describe("accelerators", () => {
  /** Two jobs that prefer a0; the budget of their only layer is the whole deadline. */
  const rivals = (deadlineNs: number): SmallWorld => ({
    tasks: [{ id: "a", layersNs: [[10, 30]], atNs: [0, 0], deadlineNs }],
    accelerators: 2,
  });

  test("a layer runs on an idle accelerator that is not its preferred one, if that ends it within its budget", () => {
    expect(starts(rivals(30))).toEqual([
      [0, "a", 0],
      [0, "a", 1],
    ]);
  });
  test("else it waits for a busy one that will", () => {
    expect(starts(rivals(29))).toEqual([
      [0, "a", 0],
      [10, "a", 0],
    ]);
    expect(starts(rivals(29), { wait: "never" })).toEqual(starts(rivals(30)));
  });
  test("else it runs at once, or waits if the busy one ends it sooner with wait=sooner", () => {
    expect(starts(rivals(19))).toEqual(starts(rivals(30)));
    expect(starts(rivals(19), { wait: "sooner" })).toEqual(starts(rivals(29)));
  });
  test("while a job waits, the next one in order gets the idle accelerator", () => {
    const [first] = rivals(29).tasks;
    const three: SmallWorld = { tasks: [first!, { id: "b", layersNs: [[50, 60]], deadlineNs: 90 }], accelerators: 2 };
    expect(starts(three)).toEqual([
      [0, "a", 0],
      [0, "b", 1],
      [10, "a", 0],
    ]);
  });
  test("a switch counts as time of the layer", () => {
    // At 10 b takes a0, which displaces a's activations: 30 ns to save them and 30 to load them, on either accelerator. On a1
    // a's second layer would end at 95, on a0 at 92.
    const world: SmallWorld = {
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 99],
            [10, 25],
          ],
          boundaryBytes: [0, 60],
          deadlineNs: 93,
        },
        { id: "b", layersNs: [[12, 99]], atNs: [10], deadlineNs: 20 },
      ],
      accelerators: 2,
      memory: { bandwidthGBs: 2, energyPjPerByte: 0 },
      contextSwitch: "on",
    };
    expect(starts(world)).toEqual([
      [0, "a", 0],
      [10, "b", 0],
      [22, "a", 0],
    ]);
    expect(starts({ ...world, contextSwitch: "off" })[2]).toEqual([10, "a", 1]);
  });
});

test("with order=layer jobs go by the virtual deadline of their next layer", () => {
  // x: 20 of slack, half of it each layer: virtual deadlines 20 and 40. y: 35.
  const world: SmallWorld = {
    tasks: [
      { id: "x", layersNs: [10, 10], deadlineNs: 40 },
      { id: "y", layersNs: [30], deadlineNs: 35 },
    ],
  };
  expect(starts(world, { lateDrop: false }).map(([, task]) => task)).toEqual(["y", "x", "x"]);
  expect(starts(world, { lateDrop: false, order: "layer" }).map(([, task]) => task)).toEqual(["x", "y", "x"]);
});

describe("variants", () => {
  const variantsOf = (world: SmallWorld, given: ParameterValues = {}) =>
    run(world, terastal, given).jobs.map(({ variantIndex }) => variantIndex);
  const world = (deadlineNs: number): SmallWorld => ({
    tasks: [{ id: "a", layersNs: [[20, 25]], lighterNs: [[[12, 15]], [[5, 6]]], deadlineNs, atNs: [0, 100, 200, 300] }],
    accelerators: 2,
  });

  test("a job runs the heaviest variant that ends its first layer within its budget", () => {
    expect(variantsOf(world(20))).toEqual([0, 0, 0, 0]);
    expect(variantsOf(world(19))).toEqual([1, 1, 1, 1]);
    expect(variantsOf(world(11))).toEqual([2, 2, 2, 2]);
  });
  test("and the one that ends first if none does", () => expect(variantsOf(world(4))).toEqual([2, 2, 2, 2]));
  test("at most lighterShare of a task's jobs run a lighter variant", () => {
    expect(variantsOf(world(19), { lighterShare: 0 })).toEqual([0, 0, 0, 0]);
    expect(variantsOf(world(19), { lighterShare: 0.5 })).toEqual([0, 1, 0, 1]);
  });
  test("a variant that is chosen runs, although another one looks better once it is chosen", () => {
    // The variant decides which weights are loaded, and for how long: each of the two looks better from the other one.
    const loading: SmallWorld = {
      tasks: [{ id: "a", layersNs: [1, 1], lighterNs: [[3]], weightBytes: [7, 14], deadlineNs: 10 }],
      accelerator: { weights: { bytes: 1, bandwidthGBs: 1, energyPjPerByte: 0, overlap: "on" } },
    };
    expect(variantsOf(loading)).toEqual([1]);
  });
  test("a choice says which variant, and what its budget has left", () => {
    expect(explained(world(19), terastal)[0]).toEqual({
      said: [0, "chooseVariant a", "lighter1, the heaviest variant within its virtual budget"],
      candidates: [["a on a0", undefined, { nextLayerNs: 12, budgetLeftNs: 19 }]],
    });
  });
});

test("a placement says when the layer would end on each idle accelerator, and its virtual deadline", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [[10, 30]], deadlineNs: 9 }], accelerators: 2 };
  expect(explained(world, terastal)[0]).toEqual({
    said: [0, "run a", "first in order; its layer ends first here, beyond its virtual budget"],
    candidates: [
      ["a on a0", 10, { latencyNs: 10, switchNs: 0, virtualDeadlineNs: 9 }],
      ["a on a1", 30, { latencyNs: 30, switchNs: 0, virtualDeadlineNs: 9 }],
    ],
  });
});

test("on accelerators that are alike, without switches, it decides as edf does", () => {
  const alike = randomWorld.map((world): SmallWorld => {
    const tasks = world.tasks.map((task) => {
      const layersNs = task.layersNs.map((layer) => (layer as readonly number[])[0]!);
      return { ...task, layersNs, tiles: layersNs.map(() => 1) };
    });
    return { ...world, tasks, units: world.units!.map(() => 1), contextSwitch: "off" };
  });
  const property = fc.property(alike, (world) => expectSame(run(world, terastal).jobs, run(world, edf).jobs));
  fc.assert(property, propertyRuns(60));
});

describe("never more than lighterShare of a task's released jobs run a lighter variant", () => {
  const lighterJobs = (world: SmallWorld, lighterShare: number) => {
    const { jobs } = run(world, terastal, { lighterShare });
    return world.tasks.map((_, taskIndex) => {
      const own = jobs.filter((job) => job.taskIndex === taskIndex);
      return { released: own.length, lighter: own.filter(({ variantIndex }) => variantIndex > 0).length };
    });
  };

  test("in any world", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const property = fc.property(randomDynamicWorld, share, (world, lighterShare) => {
      for (const { released, lighter } of lighterJobs(world, lighterShare)) {
        expect(lighter).toBeLessThanOrEqual(lighterShare * released);
      }
    });
    fc.assert(property, propertyRuns(60));
  });
  test("of which some have lighter jobs", () => {
    const worlds = fc.sample(randomDynamicWorld, { numRuns: 100, seed: 1 });
    const lighter = worlds.filter((world) => lighterJobs(world, 1).some((jobs) => jobs.lighter > 0));
    expect(lighter.length).toBeGreaterThan(5);
  });
});
