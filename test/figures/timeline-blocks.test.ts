/** Blocks of a timeline, in which a picture draws its slices. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blocksOf } from "../../src/figures/run/timeline-blocks.ts";
import type { Slice, Timeline } from "../../src/records/timeline.ts";

describe("blocks of a timeline", () => {
  const anySlices = fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.integer({ min: 1, max: 50 }), fc.nat(20)), {
    minLength: 1,
    maxLength: 80,
  });

  /** Slices of a lane follow each other. */
  function timelineOf(parts: readonly (readonly [number, number, number, number])[]): Timeline {
    const ends = [0, 0, 0];
    const slices = parts.map(([acceleratorIndex, taskIndex, lengthNs, gapNs]): Slice => {
      const startNs = ends[acceleratorIndex]! + gapNs;
      ends[acceleratorIndex] = startNs + lengthNs;
      return { acceleratorIndex, taskIndex, jobIndex: 0, lane: 0, units: 1, startNs, endNs: startNs + lengthNs };
    });
    return { scenario: "s", fromNs: 0, toNs: Math.max(...ends), tasks: [], accelerators: [], slices, misses: [] };
  }

  test("every slice is a block where there is room", () => {
    fc.assert(
      fc.property(anySlices, (parts) => {
        const timeline = timelineOf(parts);
        expect(blocksOf(timeline, 80)).toEqual({ blocks: timeline.slices });
      }),
    );
  });

  test("otherwise there are at most as many as there is room for, in the window, without overlaps", () => {
    fc.assert(
      fc.property(anySlices, fc.integer({ min: 3, max: 40 }), (parts, most) => {
        const timeline = timelineOf(parts);
        const { blocks } = blocksOf(timeline, most);
        expect(blocks.length).toBeLessThanOrEqual(most);
        for (const lane of [0, 1, 2]) {
          const own = blocks.filter(({ acceleratorIndex }) => acceleratorIndex === lane);
          for (const [index, { startNs, endNs }] of own.entries()) {
            expect(startNs).toBeGreaterThanOrEqual(own[index - 1]?.endNs ?? 0);
            expect(endNs).toBeGreaterThan(startNs);
            expect(endNs).toBeLessThanOrEqual(timeline.toNs);
          }
        }
      }),
    );
  });

  test("a step belongs to the task with most of it, and to none if it is mostly idle", () => {
    const timeline = timelineOf([
      [0, 0, 6, 0],
      [0, 1, 4, 0],
      [0, 2, 4, 6],
      [0, 1, 10, 0],
    ]);
    // Three steps of 10 ns: 6 of task 0 and 4 of task 1; 4 of task 2; 10 of task 1.
    expect(blocksOf(timeline, 3)).toEqual({
      resolutionNs: 10,
      blocks: [
        { taskIndex: 0, acceleratorIndex: 0, lane: 0, startNs: 0, endNs: 10 },
        { taskIndex: 1, acceleratorIndex: 0, lane: 0, startNs: 20, endNs: 30 },
      ],
    });
  });
});
