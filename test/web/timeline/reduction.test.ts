import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunTimeline } from "../../../src/records/run-timeline.ts";
import { BAR_COLUMNS, type Reduction, reduce, type View } from "../../../src/web/timeline/reduction.ts";
import { timelineOf } from "./random-timeline.ts";

/** One lane, in ns: a0 0 to 40, b0 40 to 43, a1 46 to 48, b1 90 to 100. */
const hand = timelineOf({
  tasks: ["a", "b"],
  accelerators: ["npu"],
  lanes: [
    [
      [0, 40, 0, 0],
      [0, 3, 1, 0],
      [3, 2, 0, 1],
      [42, 10, 1, 1],
    ],
  ],
  deadlineNs: 10,
});

describe("a reduced timeline", () => {
  test("keeps slices of two pixels or more, and adds up narrower ones by column and task", () => {
    const { lanes } = reduce(hand, { fromNs: 0, toNs: 100, columns: 10 });
    expect(lanes).toEqual([
      {
        bars: [0],
        shares: [
          { column: 4, taskIndex: 0, busyNs: 2 },
          { column: 4, taskIndex: 1, busyNs: 3 },
          { column: 9, taskIndex: 1, busyNs: 10 },
        ],
      },
    ]);
  });

  test("splits a narrow slice between the columns that it touches", () => {
    const { lanes } = reduce(hand, { fromNs: 42, toNs: 62, columns: 4 });
    expect(lanes[0]!.shares).toEqual([
      { column: 0, taskIndex: 0, busyNs: 1 },
      { column: 0, taskIndex: 1, busyNs: 1 },
      { column: 1, taskIndex: 0, busyNs: 1 },
    ]);
  });

  test("marks the only late job in the column where it ended", () => {
    const { misses } = reduce(hand, { fromNs: 0, toNs: 100, columns: 10 });
    expect(misses).toEqual([{ column: 4, late: 1, dropped: 0, job: 0 }]);
  });

  test("marks a miss at the very end of the view in the last column", () => {
    const { misses } = reduce(hand, { fromNs: 0, toNs: 40, columns: 8 });
    expect(misses).toMatchObject([{ column: 7, late: 1 }]);
  });

  test("has only the tasks that are shown", () => {
    const { lanes, misses } = reduce(hand, { fromNs: 0, toNs: 100, columns: 50 }, (taskIndex) => taskIndex === 1);
    expect(lanes[0]!.bars).toEqual([3]);
    expect(new Set(lanes[0]!.shares.map(({ taskIndex }) => taskIndex))).toEqual(new Set([1]));
    expect(misses).toEqual([]);
  });

  test("of a lane without slices is empty", () => {
    const empty = timelineOf({ tasks: ["a"], accelerators: ["npu"], lanes: [[]], deadlineNs: 1 });
    expect(reduce(empty, { fromNs: 0, toNs: 1, columns: 3 })).toEqual({
      lanes: [{ bars: [], shares: [] }],
      misses: [],
    });
  });
});

const slice = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 200 }), fc.nat(2), fc.nat(40));
const timelines = fc
  .record({ lanes: fc.array(fc.array(slice, { maxLength: 60 }), { minLength: 1, maxLength: 3 }), late: fc.nat(120) })
  .map(({ lanes, late }) =>
    timelineOf({
      tasks: ["a", "b", "c"],
      accelerators: lanes.map((_, i) => `npu${i}`),
      lanes,
      deadlineNs: late,
      isDropped: (taskIndex, jobIndex) => (taskIndex + jobIndex) % 7 === 0,
    }),
  );
const views = fc
  .record({ from: fc.nat(4000), length: fc.integer({ min: 1, max: 6000 }), columns: fc.integer({ min: 1, max: 300 }) })
  .map(({ from, length, columns }): View => ({ fromNs: from, toNs: from + length, columns }));

describe("whatever the timeline and the view", () => {
  test("the busy time of each task on each lane is that of its slices in the view", () => {
    fc.assert(
      fc.property(timelines, views, (timeline, view) => {
        const { lanes } = reduce(timeline, view);
        for (const [lane, { bars, shares }] of lanes.entries()) {
          for (const taskIndex of timeline.tasks.keys()) {
            const ofTask = (row: number) => timeline.jobs.taskIndex[timeline.slices.job[row]!] === taskIndex;
            const drawn =
              sum(bars.filter(ofTask).map((row) => busyIn(timeline, view, row))) +
              sum(shares.filter((share) => share.taskIndex === taskIndex).map(({ busyNs }) => busyNs));
            const all = rowsOf(timeline, lane).filter(ofTask);
            expect(drawn).toBeCloseTo(sum(all.map((row) => busyIn(timeline, view, row))), 6);
          }
        }
      }),
    );
  });

  test("no column is more than full", () => {
    fc.assert(
      fc.property(timelines, views, (timeline, view) => {
        const columnNs = (view.toNs - view.fromNs) / view.columns;
        for (const { shares } of reduce(timeline, view).lanes) {
          const used = new Map<number, number>();
          for (const { column, busyNs } of shares) used.set(column, (used.get(column) ?? 0) + busyNs);
          for (const busyNs of used.values()) expect(busyNs).toBeLessThanOrEqual(columnNs * (1 + 1e-9));
        }
      }),
    );
  });

  test("every miss in the view is marked in its column", () => {
    fc.assert(
      fc.property(timelines, views, (timeline, view) => {
        const { misses } = reduce(timeline, view);
        const { jobs } = timeline;
        const inView = [...jobs.endNs.keys()].filter(
          (job) => jobs.outcome[job] !== 0 && jobs.endNs[job]! >= view.fromNs && jobs.endNs[job]! <= view.toNs,
        );
        expect(sum(misses.map(({ late, dropped }) => late + dropped))).toBe(inView.length);
        for (const job of inView) {
          const share = (jobs.endNs[job]! - view.fromNs) / (view.toNs - view.fromNs);
          const column = Math.min(view.columns - 1, Math.floor(share * view.columns));
          expect(misses.some((mark) => mark.column === column)).toBe(true);
        }
      }),
    );
  });

  test("there are never more shapes than pixels allow", () => {
    fc.assert(
      fc.property(timelines, views, (timeline, view) => {
        for (const lane of reduce(timeline, view).lanes) expect(shapesOf(lane)).toBeLessThanOrEqual(mostShapes(view));
      }),
    );
  });
});

const shapesOf = ({ bars, shares }: Reduction["lanes"][number]): number => bars.length + shares.length;
const mostShapes = ({ columns }: View): number => columns / BAR_COLUMNS + 2 + columns * 3;

const rowsOf = ({ slices }: RunTimeline, lane: number): readonly number[] =>
  [...slices.startNs.keys()].slice(slices.laneStart[lane]!, slices.laneStart[lane + 1]!);

const busyIn = ({ slices }: RunTimeline, { fromNs, toNs }: View, row: number): number =>
  Math.max(0, Math.min(slices.endNs[row]!, toNs) - Math.max(slices.startNs[row]!, fromNs));

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
