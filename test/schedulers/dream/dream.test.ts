/** Supernet switching, and how it goes together with the frame drop. Variants: 0 the original, then lighter ones. */
import { describe, expect, test } from "vitest";
import { dream } from "../../../src/schedulers/dream/dream.ts";
import { run, type SmallTask, type SmallWorld } from "../../worlds.ts";
import { explained } from "../explained.ts";

const jobs = (world: SmallWorld, given = {}) => run(world, dream, given).jobs;
/** Variant of each job, by task, then job. */
const variants = (world: SmallWorld) =>
  [...jobs(world)].sort((a, b) => a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex).map((job) => job.variantIndex);

/** 60, 40 or 20 ns. */
const supernet = (deadlineNs: number, more: Partial<SmallTask> = {}): SmallTask => ({
  id: "s",
  layersNs: [30, 30],
  lighterNs: [[20, 20], [20]],
  deadlineNs,
  ...more,
});

describe("a job that starts runs the heaviest variant that is expected to meet its deadline:", () => {
  test.each([
    [60, 0],
    [59, 1],
    [40, 1],
    [39, 2],
    [20, 2],
    [5, 2],
    [Infinity, 0],
  ])("alone with a deadline of %d ns, variant %d", (deadlineNs, variant) => {
    expect(variants({ tasks: [supernet(deadlineNs)] })).toEqual([variant]);
  });
  test("its layers are the variant's", () => {
    expect(run({ tasks: [supernet(40)] }, dream).ends).toEqual([[40, "s#0", "done"]]);
    expect(run({ tasks: [supernet(39)] }, dream).starts.length).toBe(1);
  });
  test("heaviest is by length, whatever the order in the file", () => {
    const tasks = [{ ...supernet(50), layersNs: [10], lighterNs: [[50], [30], [70]] }];
    expect(variants({ tasks })).toEqual([1]);
  });
  test("a variant takes its mean over the accelerators that can run all of it", () => {
    const of = (lighter: readonly number[]): SmallWorld => ({
      tasks: [{ id: "s", layersNs: [[100, 100]], lighterNs: [[lighter], [[5, 5]]], deadlineNs: 50 }],
      accelerators: 2,
    });
    expect(variants(of([30, 70]))).toEqual([1]);
    expect(variants(of([30, 72]))).toEqual([2]);
    expect(variants(of([Infinity, 50]))).toEqual([1]);
  });
  test("a variant that no accelerator can run whole is not chosen", () => {
    const tasks = [{ id: "s", layersNs: [100], lighterNs: [[10, Infinity], [20]], deadlineNs: 50 }];
    expect(variants({ tasks })).toEqual([2]);
  });
});

test("a change of variant is explained by the time that each part of it takes", () => {
  // w (30 ns) is due first, on one of two accelerators: 15 + 40 = 55 ns are in time, 15 + 60 are not.
  const said = (deadlineNs: number) => {
    const tasks = [{ id: "w", layersNs: [30], deadlineNs: 20 }, supernet(deadlineNs)];
    return explained({ tasks, accelerators: 2 }, dream).find(({ said }) => said[1] === "chooseVariant s");
  };
  expect(said(55)).toEqual({
    said: [0, "chooseVariant s", "lighter1, the heaviest variant in time"],
    candidates: [["s", undefined, { waitNs: 15, toGoNs: 40, slackNs: 55 }]],
  });
  expect(said(30)).toEqual({
    said: [0, "chooseVariant s", "lighter2, the lightest variant: none is in time"],
    candidates: [["s", undefined, { waitNs: 15, toGoNs: 20, slackNs: 30 }]],
  });
});

describe("the load is the work that is due no later, shared evenly among accelerators:", () => {
  // s (deadline 80) goes first: 60 / 80 against 20 / d.
  const beside = (deadlineNs: number, accelerators = 1): SmallWorld => ({
    tasks: [supernet(80), { id: "w", layersNs: [30], deadlineNs }],
    accelerators,
  });
  test("waiting work that is due later does not count", () => expect(variants(beside(81))[0]).toBe(0));
  test("waiting work that is due at the same time counts", () => expect(variants(beside(80))[0]).toBe(1));
  test("two accelerators take half of it each", () => {
    // 30 / 2 + 60 = 75.
    expect(variants(beside(80, 2))[0]).toBe(0);
  });
  test("running work counts with what is left of it", () => {
    // w runs on a0, the only one for it, until 90. At 50 s, due at 120 and on a1, sees 40 / 2 ns ahead: 50 + 20 + 40 <= 120.
    const world = (deadlineNs: number): SmallWorld => ({
      tasks: [
        { id: "w", layersNs: [[90, Infinity]], deadlineNs: 100 },
        supernet(deadlineNs, { atNs: [50], layersNs: [60], lighterNs: [[40], [20]] }),
      ],
      accelerators: 2,
    });
    expect(variants(world(80))).toEqual([0, 0]);
    expect(variants(world(79))).toEqual([0, 1]);
    expect(variants(world(60))).toEqual([0, 1]);
    expect(variants(world(59))).toEqual([0, 2]);
  });
});

test("a job that then has to wait is looked at again when it is its turn", () => {
  const tasks: SmallTask[] = [supernet(100), { id: "w", layersNs: [50], deadlineNs: 90 }];
  const more: SmallTask = { id: "x", layersNs: [30], atNs: [10], deadlineNs: 85 };
  const order = (world: SmallWorld) => run(world, dream, { alpha: 0, beta: 0 }).starts;
  // 0: s comes first, 60/100 against 50/90, and takes 40 behind w; but then w comes first. 50: s alone, 40 still.
  expect(order({ tasks })).toEqual([
    [0, "w", 0],
    [50, "s", 0],
    [70, "s", 0],
  ]);
  // 50: s comes first, 40/50 against 30/45, and takes 20 behind x; but then x comes first. 80: s alone, 20 still.
  expect(order({ tasks: [...tasks, more] })).toEqual([
    [0, "w", 0],
    [50, "x", 0],
    [80, "s", 0],
  ]);
});

test("variants are chosen for jobs in any slot, again and again, at one instant", () => {
  const tasks = [supernet(60, { atNs: [0, 0, 0] })];
  const all = jobs({ tasks, accelerators: 3 }, { dropLimit: 0 });
  // 0: 120 / 3 + 20 <= 60 for s#0: lightest; s#1: (60 + 20) / 3 + 20; s#2: (20 + 20) / 3 + 40 <= 60.
  expect(all.map((job) => [job.jobIndex, job.variantIndex])).toEqual([
    [0, 2],
    [1, 2],
    [2, 1],
  ]);
});

describe("the frame drop", () => {
  test("takes a job that could still start lighter for less hopeless than it is", () => {
    // Both have 50 ns for 60; the lightest takes 20.
    const tasks = [supernet(50), supernet(50, { id: "t" })];
    expect(jobs({ tasks }).map((job) => job.dropReason)).toEqual([undefined, undefined]);
    // At 15 ns none can.
    const hopeless = [supernet(15), supernet(15, { id: "t" })];
    expect(jobs({ tasks: hopeless }).map((job) => job.dropReason)).toEqual(["policy", undefined]);
  });
  test("takes a started job as it is", () => {
    const tasks: SmallTask[] = [
      supernet(66, { layersNs: [30, 35], lighterNs: [[10]] }),
      { id: "u", layersNs: [10], atNs: [30], deadlineNs: 10 },
      { id: "w", layersNs: [50], atNs: [35], deadlineNs: 50 },
    ];
    // 0: s fits whole. 30: u 10/10 against s 35/36. 40: s 35 > 26, whatever lighter variants take; w 50 > 45.
    expect(run({ tasks }, dream, { alpha: 0, beta: 0 }).ends).toEqual([
      [40, "u#0", "done"],
      [40, "s#0", "policy"],
      [90, "w#0", "done"],
    ]);
  });
});
