/** Veltair's blocks: how long they get, in which order they are served, and where. */
import { describe, expect, test } from "vitest";
import type { ReadyJob } from "../../../src/core/scheduler.ts";
import { layersWithin } from "../../../src/schedulers/veltair/blocks.ts";
import { veltair } from "../../../src/schedulers/veltair/veltair.ts";
import { run, type SmallWorld } from "../../worlds.ts";

const order = (world: SmallWorld, parameters: Record<string, string | number | boolean> = {}) =>
  run(world, veltair, parameters).starts.map(([timeNs, task]) => [timeNs, task]);

describe("blocks", () => {
  /** Models of 40 and 20 ns: 30 in the mean. */
  const two: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 10, 10, 10] },
      { id: "b", layersNs: [10, 10] },
    ],
  };

  test("are the longest runs of layers within the threshold, served in the order in which they become ready", () => {
    expect(order(two, { threshold: "fixed" })).toEqual([
      [0, "a"],
      [10, "a"],
      [20, "a"],
      [30, "b"],
      [40, "b"],
      [50, "a"],
    ]);
  });
  test("get shorter with the live jobs per accelerator", () => {
    // Two jobs: 15 ns, a layer each. At 40 a is alone: 30 ns.
    expect(order(two)).toEqual([
      [0, "a"],
      [10, "b"],
      [20, "a"],
      [30, "b"],
      [40, "a"],
      [50, "a"],
    ]);
  });
  test("may be served in the order of their jobs", () => {
    expect(order(two, { order: "job" }).map(([, task]) => task)).toEqual(["a", "a", "a", "a", "b", "b"]);
  });
  test("have one layer at least", () => {
    expect(order(two, { blockShare: 0 }).map(([, task]) => task)).toEqual(["a", "b", "a", "b", "a", "a"]);
  });
  test("count what fits exactly, at any length", () => {
    const layersNs = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
    const sum = (layers: number) => layersNs.slice(0, layers).reduce((total, ns) => total + ns, 0);
    const found: number[] = [];
    const job = {
      layersLeft: layersNs.length,
      remainingNs: () => sum(layersNs.length),
      blockNs: sum,
    } as unknown as ReadyJob;
    for (let thresholdNs = 0; thresholdNs <= 50; thresholdNs++) {
      found.push(layersWithin(thresholdNs, job, undefined as never));
    }
    const expected = found.map((_, thresholdNs) => {
      let layers = layersNs.length;
      while (layers > 1 && sum(layers) > thresholdNs) layers -= 1;
      return layers;
    });
    expect(found).toEqual(expected);
    expect(found.slice(30, 38)).toEqual([7, 8, 8, 8, 8, 8, 9, 9]);
  });
});

describe("placement", () => {
  const one = (deadlineNs: number): SmallWorld => ({
    accelerators: 3,
    tasks: [{ id: "a", layersNs: [[10, 40, 20]], deadlineNs }],
  });
  test.each([
    [50, 1],
    [40, 1],
    [39, 2],
    [20, 2],
    [19, 0],
    [5, 0],
  ])(
    "a deadline of %i ns takes the slowest accelerator that meets it, or the fastest: a%i",
    (deadlineNs, accelerator) => {
      expect(run(one(deadlineNs), veltair).starts).toEqual([[0, "a", accelerator]]);
    },
  );

  test("a block may take its share of the time to the deadline", () => {
    // On a0, the reference, 10 + 30 ns. A block of one layer may take a quarter of the slack, the next one what is left.
    const world = (deadlineNs: number): SmallWorld => ({
      accelerators: 2,
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 20],
            [30, 60],
          ],
          deadlineNs,
        },
      ],
    });
    const placed = (deadlineNs: number) =>
      run(world(deadlineNs), veltair, { blockShare: 0.3 }).starts.map(([, , accelerator]) => accelerator);
    expect(placed(80)).toEqual([1, 1]);
    expect(placed(79)).toEqual([0, 1]);
    expect(placed(69)).toEqual([0, 0]);
  });

  test("a block that finds only accelerators that are too slow takes the fastest of them", () => {
    const world: SmallWorld = {
      accelerators: 3,
      tasks: [
        { id: "b", layersNs: [[50, 90, 90]], deadlineNs: 60 },
        { id: "a", layersNs: [[10, 40, 30]], deadlineNs: 15 },
      ],
    };
    expect(run(world, veltair).starts).toEqual([
      [0, "b", 0],
      [0, "a", 2],
    ]);
  });

  test("of a split accelerator it takes the fewest units that are fast enough", () => {
    // 160, 80, 53, 40 ns on 1 to 4 units. Of the second job's 60 ns two units are left: not enough, but the fastest.
    const world: SmallWorld = {
      units: [4],
      tasks: [
        { id: "a", layersNs: [40], deadlineNs: 90 },
        { id: "b", layersNs: [40], deadlineNs: 60 },
      ],
    };
    const { segments } = run(world, veltair);
    expect(segments.map((s) => [s.startNs, world.tasks[s.taskIndex]!.id, s.units])).toEqual([
      [0, "a", 2],
      [0, "b", 2],
    ]);
  });

  test("a job that no accelerator can run whole runs layer by layer where it can", () => {
    const world: SmallWorld = {
      accelerators: 2,
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, Infinity],
            [Infinity, 10],
          ],
        },
      ],
    };
    expect(run(world, veltair).starts).toEqual([
      [0, "a", 0],
      [10, "a", 1],
    ]);
  });
});
