/** Planaria in the Dysta artifact's form: priority / slack, and its odd choice among jobs past their deadline. */
import { expect, test } from "vitest";
import { run, type SmallWorld } from "../../worlds.ts";
import { planariaDysta } from "./planaria-dysta.ts";

const order = (world: SmallWorld) =>
  run(world, planariaDysta, { lateDrop: false }).starts.map(([timeNs, task]) => [timeNs, task]);

test("the highest priority / slack runs, decided again before every layer", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 10, 10], deadlineNs: 100 },
      { id: "b", layersNs: [10, 10], atNs: [5], deadlineNs: 60 },
      { id: "c", layersNs: [10], atNs: [15], deadlineNs: 200, priority: 5 },
    ],
  };
  // At 10: a 1/90, b 1/55. At 20: a 1/80, b 1/45, c 5/195. At 30: a 1/70, b 1/35.
  expect(order(world)).toEqual([
    [0, "a"],
    [10, "b"],
    [20, "c"],
    [30, "b"],
    [40, "a"],
    [50, "a"],
  ]);
});

test("a job past its deadline waits for all that are not, then the latest comes first", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 10], deadlineNs: 5 },
      { id: "b", layersNs: [10], atNs: [1], deadlineNs: 4 },
      { id: "c", layersNs: [10], atNs: [2], deadlineNs: 4 },
      { id: "d", layersNs: [10], atNs: [3], deadlineNs: 500 },
    ],
  };
  // At 10: a -1/5, b -1/5, c -1/4, d 1/493. At 20: b as a scores, so it is skipped; c replaces a.
  expect(order(world)).toEqual([
    [0, "a"],
    [10, "d"],
    [20, "c"],
    [30, "a"],
    [40, "b"],
  ]);
});

test("at its deadline a job is the most urgent of all", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10], deadlineNs: 50 },
      { id: "b", layersNs: [10], atNs: [5], deadlineNs: 6, priority: 9 },
      { id: "c", layersNs: [10], atNs: [6], deadlineNs: 4 },
    ],
  };
  // c's deadline is 10; b's is 11.
  expect(order(world)).toEqual([
    [0, "a"],
    [10, "c"],
    [20, "b"],
  ]);
});
