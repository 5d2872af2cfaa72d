/** Online tuning: what a window costs, when the workload has changed, and when the weights move. */
import { describe, expect, test } from "vitest";
import type { AcceleratorView, TaskView } from "../../../src/core/scheduler.ts";
import { sdrm3 } from "../../../src/schedulers/dream/sdrm3.ts";
import { WindowCost } from "../../../src/schedulers/dream/window-cost.ts";
import { WorkloadChange } from "../../../src/schedulers/dream/workload-change.ts";
import { run, type SmallWorld } from "../../worlds.ts";

describe("the cost of a window", () => {
  const accelerators = [0, 1].map((index) => ({ index }) as AcceleratorView);
  /** Energies by variant, then accelerator; an accelerator with 0 pJ cannot run it. */
  const task = (index: number, energiesPj: readonly (readonly number[])[], deadlineNs = 100): TaskView =>
    ({
      index,
      deadlineNs,
      variantNames: energiesPj.map(String),
      isolatedNs: (accelerator: AcceleratorView, variant = 0) =>
        energiesPj[variant]![accelerator.index]! > 0 ? 1 : Infinity,
      isolatedPj: (accelerator: AcceleratorView, variant = 0) => energiesPj[variant]![accelerator.index]!,
    }) as Partial<TaskView> as TaskView;

  test("is UXCost over the jobs that ended in it, and the next window begins anew", () => {
    const a = task(0, [
      [10, 40],
      [5, 20],
    ]);
    const b = task(1, [[20, 0]]);
    const cost = new WindowCost({ tasks: [a, b], accelerators });
    for (const isViolated of [true, false, false, false]) cost.ended(a, 20, isViolated);
    for (const isViolated of [false, false]) cost.ended(b, 10, isViolated);
    // (1/4 + 1/(2 x 2)) x (80 / (4 x 40) + 20 / (2 x 20)).
    expect(cost.take()).toBe(0.5 * 1);
    expect(cost.take()).toBeUndefined();
    cost.ended(b, 5, true);
    // 1 x 5/20.
    expect(cost.take()).toBe(0.25);
  });
  test("is the violation rates alone where an energy of any task is not known", () => {
    const a = task(0, [[10, 40]]);
    const b = task(1, [[20, NaN]]);
    const cost = new WindowCost({ tasks: [a, b], accelerators });
    for (const isViolated of [true, false]) cost.ended(a, 20, isViolated);
    cost.ended(b, NaN, true);
    expect(cost.take()).toBe(1 / 2 + 1);
  });
  test("has energy but no violations of tasks without a deadline, and is none where no other ended", () => {
    const a = task(0, [[10, 10]], Infinity);
    const b = task(1, [[10, 10]]);
    const cost = new WindowCost({ tasks: [a, b], accelerators });
    cost.ended(a, 5, false);
    expect(cost.take()).toBeUndefined();
    cost.ended(a, 5, false);
    cost.ended(b, 10, true);
    expect(cost.take()).toBe(1 * (0.5 + 1));
  });
});

describe("a change of workload", () => {
  /** Which of the windows, with these releases of one task, show a change. */
  const changes = (counts: readonly number[]): readonly number[] => {
    const workload = new WorkloadChange(1);
    return counts.flatMap((count, window) => {
      for (let i = 0; i < count; i++) workload.released(0);
      return workload.closeWindow() ? [window] : [];
    });
  };
  test.each([
    ["a steady rate", [6, 6, 6, 6, 6, 6], []],
    ["one more or less", [6, 7, 6, 5, 6, 7], []],
    ["half the rate", [6, 6, 6, 3, 3, 3, 3, 3], [3]],
    ["double, then single again", [3, 3, 3, 6, 6, 6, 6, 3, 3, 3], [3, 7]],
    ["a task that comes", [0, 0, 0, 6, 6], [3]],
    ["a task that goes", [6, 6, 6, 0, 0], [3]],
    // The first three windows are learnt from: mean 4, deviation 1.63: from 9.9 jobs on.
    ["a spread as before", [2, 4, 6, 9, 3], []],
    ["more than thrice the spread", [2, 4, 6, 10], [3]],
    // Windows of the change itself are forgotten, so three have to pass again.
    ["changes in a row", [6, 6, 6, 3, 9, 2, 7], [3]],
  ])("%s", (_what, counts, expected) => expect(changes(counts)).toEqual(expected));
  test("in one of several tasks is enough", () => {
    const workload = new WorkloadChange(2);
    const window = (a: number, b: number) => {
      for (let i = 0; i < a; i++) workload.released(0);
      for (let i = 0; i < b; i++) workload.released(1);
      return workload.closeWindow();
    };
    expect([window(5, 5), window(5, 5), window(5, 5), window(5, 9)]).toEqual([false, false, false, true]);
  });
});

describe("weights", () => {
  const WINDOW_NS = 1000;
  /**
   * In each window of 1000 ns: r runs [0, 100) of it; q, which has then waited for one layer of its own, against p, which needs
   * `share` of its slack: q's score is alpha (it has no deadline), p's the share. Energy adds 1 to both.
   */
  const contests = (shares: readonly number[], more: readonly number[] = []): SmallWorld => {
    const at = (offsetNs: number) => shares.map((_, window) => window * WINDOW_NS + offsetNs);
    return {
      tasks: [
        { id: "r", layersNs: [100], atNs: at(0), deadlineNs: 100 },
        { id: "q", layersNs: [100], atNs: at(0) },
        ...shares.map((share, window) => ({
          id: `p${window}`,
          layersNs: [90],
          atNs: [window * WINDOW_NS + 100],
          deadlineNs: 90 / share,
        })),
        { id: "extra", layersNs: [1], atNs: more },
      ],
    };
  };
  /** Whether p won, window by window. */
  const urgentWon = (world: SmallWorld, given = {}): readonly boolean[] => {
    const { starts } = run(world, sdrm3, { windowMs: WINDOW_NS / 1e6, ...given });
    return starts.filter(([, task]) => task.startsWith("p")).map(([timeNs]) => timeNs % WINDOW_NS === 100);
  };

  test("stay as given with tuning=off", () => {
    expect(urgentWon(contests([0.9, 0.9, 0.9, 0.9]), { tuning: "off" })).toEqual([false, false, false, false]);
    expect(urgentWon(contests([0.9, 0.9]), { tuning: "off", alpha: 0.8 })).toEqual([true, true]);
  });
  test("are tried one window each: the start, then down and up in alpha, then in beta", () => {
    // alpha is 1, 0.5, 1.5, 1, 1: p wins against 0.5 only.
    expect(urgentWon(contests([0.9, 0.9, 0.9, 0.9, 0.9]))).toEqual([false, true, false, false, false]);
    expect(urgentWon(contests([0.4, 0.4, 0.4]), { radius: 0.4 })).toEqual([false, true, false]);
  });
  test("are not moved by a window in which nothing ended", () => {
    const world = contests([0.9, 0.9, 0.9]);
    const skip = (timeNs: number) => (timeNs < WINDOW_NS ? timeNs : timeNs + 5 * WINDOW_NS);
    const tasks = world.tasks.map((task) => ({ ...task, atNs: task.atNs!.map(skip) }));
    expect(urgentWon({ tasks })).toEqual([false, true, false]);
  });
  test("stay at the best once found, until the workload changes: then the search goes on from there", () => {
    const shares = new Array<number>(14).fill(0.9);
    // p in time costs less: the step leads from alpha 1 to 0.5, which was the best. Extra jobs in window 8 start a search
    // from there: 0.5, 0, 1, then beta.
    const extra = [8300, 8310, 8320, 8330];
    const no = false;
    const won = [no, true, no, no, no, true, true, true, true, true, true, no, true, true];
    expect(urgentWon(contests(shares, extra), { steps: 1 })).toEqual(won);
    expect(urgentWon(contests(shares), { steps: 1 })).toEqual(won.with(11, true));
  });
});
