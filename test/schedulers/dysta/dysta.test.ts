/** Dysta's value, worked out by hand in ms. */
import { describe, expect, test } from "vitest";
import type { ParameterValues } from "../../../src/core/scheduler.ts";
import { dysta } from "../../../src/schedulers/dysta/dysta.ts";
import { run, type SmallWorld } from "../../worlds.ts";

const MS = 1e6;
const startsMs = (world: SmallWorld, given: ParameterValues = {}) =>
  run(world, dysta, given).starts.map(([timeNs, task]) => [timeNs / MS, task]);

const world: SmallWorld = {
  tasks: [
    { id: "calm", layersNs: [10 * MS, 10 * MS], deadlineNs: 1000 * MS },
    { id: "urgent", layersNs: [15 * MS, 10 * MS], deadlineNs: 30 * MS },
    { id: "late", layersNs: [5 * MS], atNs: [12 * MS], deadlineNs: 400 * MS },
  ],
};

describe("dysta", () => {
  test("takes the least remaining time plus a hundredth of what the slack exceeds it by, a layer at a time", () => {
    expect(startsMs(world)).toEqual([
      // calm 20 + 0.01 x (1000 - 20) = 29.8; urgent 25 + 0.01 x (30 - 25) = 25.05.
      [0, "urgent"],
      // urgent 10 + 0.01 x (15 - 10) = 10.05; late 5 + 0.01 x (397 - 5 + 3 / 5 / 3) = 8.922.
      [15, "late"],
      [20, "urgent"],
      [30, "calm"],
      [40, "calm"],
    ]);
  });
  test("with beta=0 is shortest remaining time first", () => {
    expect(startsMs(world, { beta: 0 }).map(([, task]) => task)).toEqual(["calm", "calm", "late", "urgent", "urgent"]);
  });
  test("adds the wait relative to the isolated time, shared among the active jobs: it puts off who waits longest", () => {
    // At 10: old 5 + 1 x (10 / 5 / 2) = 6; new 5.5 + 1 x (2 / 5.5 / 2) = 5.68.
    const waits: SmallWorld = {
      tasks: [
        { id: "first", layersNs: [10 * MS], deadlineNs: 1 },
        { id: "old", layersNs: [5 * MS], deadlineNs: 1, atNs: [1] },
        { id: "new", layersNs: [5.5 * MS], deadlineNs: 1, atNs: [8 * MS] },
      ],
    };
    const given = { beta: 1, lateDrop: false };
    expect(startsMs(waits, given).map(([, task]) => task)).toEqual(["first", "new", "old"]);
    // The ratio weighs a thousandth when times count in us.
    expect(startsMs(waits, { ...given, unitMs: 0.001 }).map(([, task]) => task)).toEqual(["first", "old", "new"]);
  });
  test("puts jobs without a deadline after those with one, in order of what remains", () => {
    const none: SmallWorld = {
      tasks: [
        { id: "long", layersNs: [20 * MS] },
        { id: "short", layersNs: [10 * MS] },
        { id: "due", layersNs: [900 * MS], deadlineNs: 5000 * MS },
      ],
    };
    expect(startsMs(none).map(([, task]) => task)).toEqual(["due", "short", "long"]);
  });
  test("gives a job the idle accelerator that ends its layer first, and the next one to the next", () => {
    const two: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [[20 * MS, 10 * MS]], deadlineNs: 99 * MS },
        { id: "b", layersNs: [[20 * MS, 19 * MS]], deadlineNs: 99 * MS },
      ],
      accelerators: 2,
    };
    expect(run(two, dysta).starts).toEqual([
      [0, "b", 0],
      [0, "a", 1],
    ]);
  });
});
