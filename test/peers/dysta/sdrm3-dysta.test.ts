/** SDRM3 as in the Dysta artifact, rule by rule: docs/references.md#dysta-policies. Finish times: dysta.test.ts. */
import { expect, test } from "vitest";
import { run, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { sdrm3Dysta } from "./sdrm3-dysta.ts";

const starts = (world: SmallWorld, given = {}) => run(world, sdrm3Dysta, { lateDrop: false, ...given }).starts;
const order = (tasks: readonly SmallTask[], given = {}) => starts({ tasks }, given).map(([, task]) => task);

test("urgency and starvation are added, decided before every layer", () => {
  const tasks: SmallTask[] = [
    { id: "a", layersNs: [10, 10], deadlineNs: 50 },
    { id: "b", layersNs: [20, 20], deadlineNs: 80 },
  ];
  // 0: 20/50 = 0.4, 40/80 = 0.5. 20: a 20/30 + 20/10, b 20/60. 30: a 10/20, b 20/50 + 10/20. 50: a.
  expect(starts({ tasks })).toEqual([
    [0, "b", 0],
    [20, "a", 0],
    [30, "b", 0],
    [50, "a", 0],
  ]);
  // Without starvation: 20: a 20/30, b 20/60. 30: a 10/20, b 20/50.
  expect(order(tasks, { alpha: 0 })).toEqual(["b", "a", "a", "b"]);
});

test("urgency is at most 1, also without slack; ties go to the earlier release", () => {
  const tasks: SmallTask[] = [
    { id: "w", layersNs: [10], deadlineNs: 10 },
    { id: "b", layersNs: [90], atNs: [4], deadlineNs: 16 },
    { id: "a", layersNs: [30], atNs: [3], deadlineNs: 7 },
  ];
  // 10: a 30/0, b 90/10: 1 and 1.
  expect(order(tasks, { alpha: 0 })).toEqual(["w", "a", "b"]);
});

test("of jobs past their deadlines the last one goes first, whatever the scores", () => {
  const tasks: SmallTask[] = [
    { id: "w", layersNs: [100] },
    { id: "a", layersNs: [10], atNs: [1], deadlineNs: 19 },
    { id: "b", layersNs: [10], atNs: [2], deadlineNs: 88 },
    { id: "c", layersNs: [10], atNs: [3], deadlineNs: 57 },
  ];
  // 100: a -10/80, b -10/10, c -10/40. 110: a -10/90, b -10/20.
  expect(order(tasks, { alpha: 0 })).toEqual(["w", "c", "b", "a"]);
});

test("a job that is not late goes before those that are, wherever it stands", () => {
  const late = (id: string): SmallTask => ({ id, layersNs: [10], atNs: [2], deadlineNs: 18 });
  const calm = (atNs: number): SmallTask => ({ id: "calm", layersNs: [10], atNs: [atNs] });
  const w: SmallTask = { id: "w", layersNs: [100] };
  for (const atNs of [1, 2, 3]) {
    expect(order([w, late("a"), calm(atNs), late("b")], { alpha: 0 })[1]).toBe("calm");
  }
});

test("equal negative scores leave the choice with the earlier job", () => {
  const late = (id: string): SmallTask => ({ id, layersNs: [10], atNs: [2], deadlineNs: 18 });
  expect(order([{ id: "w", layersNs: [100] }, late("a"), late("b")], { alpha: 0 })).toEqual(["w", "a", "b"]);
});

test("on several accelerators the chosen job gets the fastest idle one, and jobs that none can run are passed over", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [[30, 10]], deadlineNs: 30 },
      { id: "b", layersNs: [[Infinity, 10]], deadlineNs: 20 },
      { id: "c", layersNs: [[50, 50]] },
    ],
    accelerators: 2,
  };
  // a 20/30, b 10/20: a on a1; then b cannot run on a0.
  expect(starts(world)).toEqual([
    [0, "c", 0],
    [0, "a", 1],
    [10, "b", 1],
  ]);
});
