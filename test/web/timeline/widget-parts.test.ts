import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { darkColors, lightColors } from "../../../src/figures/look.ts";
import { fateText, jobDetails, jobRow, sliceDetails } from "../../../src/web/timeline/details.ts";
import { missAt, sliceAt } from "../../../src/web/timeline/hit.ts";
import { laneNames } from "../../../src/web/timeline/layout.ts";
import { nextMiss } from "../../../src/web/timeline/misses.ts";
import { contrast, taskKeys } from "../../../src/web/timeline/task-keys.ts";
import { around, atEnd, atStart, lengthOf, moved, type Span, within, zoomed } from "../../../src/web/timeline/view.ts";
import { timelineOf } from "./random-timeline.ts";

const run: Span = { fromNs: 0, toNs: 1_000_000 };

describe("the view of a timeline", () => {
  test("moves by a share of itself, and stops at the ends of the run", () => {
    const view = { fromNs: 100_000, toNs: 300_000 };
    expect(moved(run, view, 0.5)).toEqual({ fromNs: 200_000, toNs: 400_000 });
    expect(moved(run, view, -4)).toEqual({ fromNs: 0, toNs: 200_000 });
    expect(atStart(run, view)).toEqual({ fromNs: 0, toNs: 200_000 });
    expect(atEnd(run, view)).toEqual({ fromNs: 800_000, toNs: 1_000_000 });
  });

  test("zooms around an instant that stays where it is", () => {
    expect(zoomed(run, { fromNs: 0, toNs: 400_000 }, 0.5, 0.25)).toEqual({ fromNs: 50_000, toNs: 250_000 });
  });

  test("shows an interval with as much room on either side", () => {
    expect(around(run, { fromNs: 400_000, toNs: 500_000 })).toEqual({ fromNs: 300_000, toNs: 600_000 });
  });

  test("is inside the run whatever one does, and never shorter than 100 ns", () => {
    const spans = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }));
    fc.assert(
      fc.property(spans, fc.double({ min: 0.001, max: 100, noNaN: true }), ([fromNs, length], factor) => {
        const view = within(run, { fromNs, toNs: fromNs + length });
        for (const next of [view, zoomed(run, view, factor), moved(run, view, factor), around(run, view)]) {
          expect(next.fromNs).toBeGreaterThanOrEqual(-1e-6);
          expect(next.toNs).toBeLessThanOrEqual(1_000_000 + 1e-6);
          expect(lengthOf(next)).toBeGreaterThanOrEqual(100 - 1e-6);
        }
      }),
    );
  });
});

/** Two lanes, in ms: a0 0 to 10 and b0 20 to 40 (late), and a1 5 to 6 (dropped). */
const hand = timelineOf({
  tasks: ["a", "b"],
  accelerators: ["ws", "os"],
  lanes: [
    [
      [0, 10e6, 0, 0],
      [10e6, 20e6, 1, 0],
    ],
    [[5e6, 1e6, 0, 1]],
  ],
  deadlineNs: 15e6,
  isDropped: (taskIndex, jobIndex) => taskIndex === 0 && jobIndex === 1,
});

describe("what is below the pointer", () => {
  const near = { reachNs: 1e6, isShown: undefined };

  test("is the slice at that instant, or the nearest one within reach", () => {
    expect(sliceAt(hand, 0, 3e6, near)).toBe(0);
    expect(sliceAt(hand, 0, 10.5e6, near)).toBe(0);
    expect(sliceAt(hand, 0, 19.5e6, near)).toBe(1);
    expect(sliceAt(hand, 0, 15e6, near)).toBeUndefined();
    expect(sliceAt(hand, 1, 5.5e6, near)).toBe(2);
  });

  test("is no slice of a task that is not shown", () => {
    expect(sliceAt(hand, 0, 3e6, { ...near, isShown: (taskIndex) => taskIndex === 1 })).toBeUndefined();
  });

  test("is the nearest mark of a miss within reach", () => {
    const marks = [
      { column: 10, late: 1, dropped: 0, job: 4 },
      { column: 20, late: 0, dropped: 1, job: 7 },
    ];
    expect(missAt(marks, 18, 8)).toBe(7);
    expect(missAt(marks, 12, 8)).toBe(4);
    expect(missAt(marks, 40, 8)).toBeUndefined();
  });
});

describe("what a timeline says of a job", () => {
  test("names where and when it ran, its latency, deadline and energy", () => {
    expect(sliceDetails(hand, 1)).toEqual([
      ["on", "ws"],
      ["layers", "0 to 1"],
      ["start", "20.000 ms"],
      ["end", "40.000 ms"],
      ["took", "20.000 ms"],
    ]);
    expect(jobDetails(hand, 2)).toEqual([
      ["released", "20.000 ms"],
      ["completed", "40.000 ms"],
      ["latency", "20.000 ms"],
      ["deadline", "35.000 ms"],
      ["energy", "20.00 mJ"],
    ]);
  });

  test("says how it ended", () => {
    expect([0, 1, 2].map((row) => fateText(hand, row))).toEqual([
      "in time, 5.000 ms left",
      "dropped",
      "late by 5.000 ms",
    ]);
  });

  test("finds its row by task and index", () => {
    expect(jobRow(hand, { task: "b", job: 0 })).toBe(2);
    expect(jobRow(hand, { task: "b", job: 1 })).toBeUndefined();
  });
});

describe("the next miss", () => {
  const view = { fromNs: 0, toNs: 40e6 };

  test("is the nearest one in that direction, and begins again at the other end", () => {
    const search = { view, isShown: undefined };
    expect(nextMiss(hand, undefined, { ...search, direction: "after" })).toBe(1);
    expect(nextMiss(hand, 1, { ...search, direction: "after" })).toBe(2);
    expect(nextMiss(hand, 2, { ...search, direction: "after" })).toBe(1);
    expect(nextMiss(hand, undefined, { ...search, direction: "before" })).toBe(2);
  });

  test("is none of a task that is not shown", () => {
    const search = { view, isShown: (taskIndex: number) => taskIndex === 1, direction: "after" } as const;
    expect(nextMiss(hand, 2, search)).toBe(2);
  });
});

test("tasks have letters that are readable on their colours", () => {
  for (const colors of [lightColors, darkColors]) {
    const keys = taskKeys(
      Array.from({ length: 30 }, (_, i) => `task${i}`),
      colors,
    );
    expect(new Set(keys.slice(0, 26).map(({ letter }) => letter)).size).toBe(26);
    expect(keys[26]!.letter).toBe("");
    for (const { color, ink } of keys) expect(contrast(color, ink)).toBeGreaterThanOrEqual(4.5);
  }
});

test("black on white has the greatest contrast", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
});

test("a row is named after its accelerator, and its lane where there are several", () => {
  const lanes = [0, 1].map((lane) => ({ accelerator: "npu", lane, units: 2 }));
  const others = [{ accelerator: "dsp", lane: 0, units: 1 }];
  expect(laneNames({ ...hand, lanes: [...lanes, ...others] })).toEqual(["npu/0", "npu/1", "dsp"]);
});
