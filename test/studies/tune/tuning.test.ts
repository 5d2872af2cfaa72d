/** What a search is measured by, its grid, and what may be searched. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scheduler, SchedulerParameter } from "../../../src/core/scheduler.ts";
import { gridPoints } from "../../../src/studies/tune/grid.ts";
import { searchSpace } from "../../../src/studies/tune/search-space.ts";
import type { TuneSettings } from "../../../src/studies/tune/settings.ts";
import { gain, gridOutcome } from "../../../src/studies/tune/tuning-of.ts";

const at = (value: number) => ({ params: { a: value }, value });
/** Where no neighbour was better than a step. */
const path = (...values: number[]) =>
  values.map((value, step) => ({ step, ...at(value), bestValue: Math.min(...values.slice(0, step + 1)) }));

describe("gain", () => {
  test("is the share by which the objective got better", () => {
    expect(gain(at(4), at(3), "lower")).toBe(0.25);
    expect(gain(at(4), at(5), "lower")).toBe(-0.25);
    expect(gain(at(4), at(5), "higher")).toBe(0.25);
    expect(gain(at(4), at(4), "lower")).toBe(0);
  });

  test("over 0 is unknown, unless nothing changed", () => {
    expect(gain(at(0), at(1), "higher")).toBeNull();
    expect(gain(at(0), at(0), "higher")).toBe(0);
  });
});

describe("gridOutcome", () => {
  test("counts the steps until the path is at most 5 % behind the grid's best", () => {
    const grid = [at(3), at(2), at(2), at(4)];
    const outcome = gridOutcome(grid, path(4, 2.2, 2.09, 2), at(2), "lower");
    expect(outcome).toEqual({ points: grid, best: at(2), gain: 0, stepsToWithin5Percent: 2 });
  });

  test("counts a neighbour that was tried on the way", () => {
    const steps = path(4, 3).map((step) => (step.step === 1 ? { ...step, bestValue: 2 } : step));
    expect(gridOutcome([at(2)], steps, at(2), "lower")).toMatchObject({ gain: 0, stepsToWithin5Percent: 1 });
  });

  test("of a metric that is to be high looks upwards", () => {
    const steps = [5, 9.6].map((value, step) => ({ step, ...at(value), bestValue: value }));
    expect(gridOutcome([at(1), at(10)], steps, at(9.6), "higher")).toMatchObject({
      best: at(10),
      stepsToWithin5Percent: 1,
    });
  });

  test("knows a path that never came near, and one that was ahead of the grid from the start", () => {
    expect(gridOutcome([at(1)], path(4, 2), at(2), "lower")).toMatchObject({ stepsToWithin5Percent: null, gain: -1 });
    expect(gridOutcome([at(2)], path(1), at(1), "lower")).toMatchObject({ stepsToWithin5Percent: 0, gain: 0.5 });
  });
});

describe("gridPoints", () => {
  test("has nine values a parameter, both bounds included, the last parameter fastest", () => {
    const points = gridPoints([
      { min: 0, max: 2 },
      { min: 1, max: 9 },
    ]);
    expect(points).toHaveLength(81);
    expect(points.slice(0, 3)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    expect(points.at(-1)).toEqual([2, 9]);
  });

  test("of whole numbers has each once", () => {
    expect(gridPoints([{ min: 1, max: 3, isInteger: true }])).toEqual([[1], [2], [3]]);
  });

  test("stays within the bounds, whatever they are", () => {
    const bound = fc
      .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
      .map(([min, range]) => ({ min, max: min + range }));
    fc.assert(
      fc.property(bound, ({ min, max }) => {
        for (const [value] of gridPoints([{ min, max }])) {
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max + Math.abs(max) * 1e-12);
        }
      }),
    );
  });
});

describe("searchSpace", () => {
  const number = (name: string, more: object = {}): SchedulerParameter => ({
    kind: "number",
    name,
    summary: "",
    default: 1,
    min: 0,
    max: 2,
    ...more,
  });
  const scheduler: Scheduler = {
    name: "toy",
    summary: "",
    source: "",
    parameters: [
      number("alpha"),
      { kind: "number", name: "open", summary: "", default: 1, min: 0 },
      { kind: "boolean", name: "lateDrop", summary: "", default: true },
      number("beta", { default: 0.5 }),
      number("count", { isInteger: true, max: 9 }),
    ],
    create: () => ({ lateDrop: true, decide: () => {} }),
  };
  const settings = { searched: undefined, start: {} } as unknown as TuneSettings;
  const space = (given: Partial<TuneSettings>) => searchSpace(scheduler, { ...settings, ...given });
  const names = (given: Partial<TuneSettings>) => space(given).parameters.map(({ name }) => name);

  test("is of the first two numbers that have a range, from their defaults", () => {
    expect(names({})).toEqual(["alpha", "beta"]);
    expect(space({}).start).toEqual([1, 0.5]);
  });

  test("is of a number without a range, or of a part of one, between the bounds that it is given", () => {
    const bounds = (...searched: string[]) =>
      space({ searched }).parameters.map(({ name, min, max }) => [name, min, max]);
    expect(bounds("open=0.5..3", "beta")).toEqual([
      ["open", 0.5, 3],
      ["beta", 0, 2],
    ]);
    expect(bounds("alpha=0.5..1.5")).toEqual([["alpha", 0.5, 1.5]]);
    expect(bounds("alpha=0.5..1.5", "alpha")).toEqual([["alpha", 0, 2]]);
  });

  test("is of what is asked for or started from", () => {
    expect(names({ searched: ["count"] })).toEqual(["count"]);
    expect(names({ start: { count: 3 } })).toEqual(["count", "alpha"]);
    expect(space({ start: { count: 3 } }).start).toEqual([3, 1]);
  });

  test.each([
    [{ searched: ["alpah"] }, 'no parameter "alpah"; did you mean "alpha"?'],
    [{ searched: ["open"] }, '"open" of "toy" has no range of its own; give one: --search open=from..to'],
    [{ searched: ["open=-1..3"] }, 'the range of "open" must be two numbers from 0 as from..to, got "-1..3"'],
    [{ searched: ["count=1..2.5"] }, "must be two whole numbers from 0 to 9"],
    [{ searched: ["lateDrop"] }, '"lateDrop" of "toy" cannot be searched'],
    [{ searched: ["alpha"], start: { beta: 1 } }, '--start gives "beta", which is not searched'],
    [{ start: { alpha: 3 } }, 'the start of "alpha" must be a number from 0 to 2, got 3'],
    [{ start: { count: 1.5 } }, 'the start of "count" must be a whole number from 0 to 9, got 1.5'],
  ])("refuses %j", (given, message) => expect(() => space(given as Partial<TuneSettings>)).toThrow(message));

  test("refuses a scheduler without ranges", () => {
    expect(() => searchSpace({ ...scheduler, parameters: [] }, settings)).toThrow("has no number with a range");
  });
});
