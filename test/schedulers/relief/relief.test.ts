/** RELIEF's forwarding, in worlds small enough for paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParameterValues } from "../../../src/core/scheduler.ts";
import { llf } from "../../../src/schedulers/llf.ts";
import { relief } from "../../../src/schedulers/relief/relief.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

const starts = (world: SmallWorld, given: ParameterValues = {}) => run(world, relief, given).starts;

/** At 10 a's first layer has ended; its laxity is 200 - 10 - 30 = 160. */
const a: SmallTask = { id: "a", layersNs: [10, 30], deadlineNs: 200 };
/** Released at 5 with a laxity at 10 of `laxityNs`. */
const waiting = (id: string, laxityNs: number): SmallTask => {
  return { id, layersNs: [20], atNs: [5], deadlineNs: laxityNs + 20 + 5 };
};

describe("a job whose layer has ended", () => {
  test("stays if the least laxity ahead of it is at least the time of its next layer", () => {
    expect(starts({ tasks: [a, waiting("b", 30)] }).map(([atNs, id]) => [atNs, id])).toEqual([
      [0, "a"],
      [10, "a"],
      [40, "b"],
    ]);
    expect(starts({ tasks: [a, waiting("b", 29)] }).map(([atNs, id]) => [atNs, id])).toEqual([
      [0, "a"],
      [10, "b"],
      [30, "a"],
    ]);
  });
  test("looks past jobs that have no laxity left", () => {
    const hopeless: SmallTask = { id: "h", layersNs: [20], atNs: [5], deadlineNs: 25 };
    expect(starts({ tasks: [a, hopeless] }, { lateDrop: false })[1]).toEqual([10, "a", 0]);
    expect(starts({ tasks: [a, hopeless, waiting("b", 29)] }, { lateDrop: false })[1]).toEqual([10, "h", 0]);
  });
  test("takes its time from the laxity of those that it overtakes", () => {
    // At 10 a takes 30. At 40 b has 50 - 30 - 30 and does not count; c has 75 - 30 - 30, and a's third layer needs 16.
    const three: SmallTask = { id: "a", layersNs: [10, 30, 16], deadlineNs: 200 };
    const order = (laxityNs: number) =>
      starts({ tasks: [three, waiting("b", 50), waiting("c", laxityNs)] }).map(([, id]) => id);
    expect(order(75)).toEqual(["a", "a", "b", "c", "a"]);
    expect(order(76)).toEqual(["a", "a", "a", "b", "c"]);
  });
  test("moves where its next layer ends first on another accelerator", () => {
    const world: SmallWorld = {
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 20],
            [20, 5],
          ],
        },
      ],
      accelerators: 2,
    };
    expect(starts(world)).toEqual([
      [0, "a", 0],
      [10, "a", 1],
    ]);
  });
});

test("with hopeless=last jobs without laxity go after the others", () => {
  const tasks: SmallTask[] = [
    { id: "late", layersNs: [20], deadlineNs: 10 },
    { id: "b", layersNs: [20], deadlineNs: 90 },
  ];
  expect(starts({ tasks }, { lateDrop: false }).map(([, id]) => id)).toEqual(["late", "b"]);
  expect(starts({ tasks }, { lateDrop: false, hopeless: "last" }).map(([, id]) => id)).toEqual(["b", "late"]);
});

test("a forward says what the layer takes and what the jobs ahead have left, other choices the laxities", () => {
  const said = explained({ tasks: [a, waiting("b", 30)] }, relief);
  expect(said[0]).toEqual({ said: [0, "run a", "least laxity"], candidates: [["a on a0", 160, { laxityNs: 160 }]] });
  expect(said[1]).toEqual({
    said: [10, "run a", "stays where it is: the jobs ahead have time for that"],
    candidates: [["a on a0", undefined, { layerNs: 30, leastAheadNs: 30 }]],
  });
});

test("where jobs have one layer, so that none can stay, it decides as llf does", () => {
  const oneLayer = randomWorld.map((world): SmallWorld => {
    const tasks = world.tasks.map((task) => ({
      ...task,
      layersNs: task.layersNs.slice(0, 1),
      tiles: [1],
      boundaryBytes: [0],
      liveBytes: [0],
    }));
    return { ...world, tasks, units: world.units!.map(() => 1), contextSwitch: "off" };
  });
  const property = fc.property(oneLayer, (world) => expectSame(run(world, relief).starts, run(world, llf).starts));
  fc.assert(property, propertyRuns(60));
});
