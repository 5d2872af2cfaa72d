/** The search for the largest factor, against curves that are known. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Curve, landmarks, type Reading } from "../../../src/studies/capacity/curve.ts";
import { type FactorGrid, factorAt, factorGrid } from "../../../src/studies/capacity/factor-grid.ts";
import { search } from "../../../src/studies/capacity/search.ts";
import { propertyRuns } from "../../property-runs.ts";

const reading = (holds: boolean, margin: "sure" | "unsure" = "sure"): Reading => ({
  holds,
  surelyHolds: holds && margin === "sure",
  surelyFails: !holds && margin === "sure",
});

interface Searched {
  readonly curve: Curve<Reading>;
  /** Every step that was asked for, in order. */
  readonly asked: readonly number[];
}

async function searched(
  readingAt: (factor: number) => Reading,
  { grid = factorGrid(0.01), atOnce = 1 }: { readonly grid?: FactorGrid; readonly atOnce?: number } = {},
): Promise<Searched> {
  const curve = new Curve<Reading>();
  const asked: number[] = [];
  const look = async (steps: readonly number[]): Promise<readonly Reading[]> => {
    asked.push(...steps);
    return steps.map((step) => readingAt(factorAt(grid, step)));
  };
  await search(curve, look, { grid, atOnce, confidence: "sought" });
  return { curve, asked };
}

const factorOf = (step: number | undefined, grid = factorGrid(0.01)) =>
  step === undefined ? undefined : factorAt(grid, step);

describe("the grid of factors", () => {
  test("has 1 and its doubles, and neighbours within the tolerance", () => {
    const grid = factorGrid(0.01);
    expect(factorAt(grid, 0)).toBe(1);
    expect(factorAt(grid, 3 * grid.stepsPerDoubling)).toBe(8);
    expect(factorAt(grid, -grid.stepsPerDoubling)).toBe(0.5);
    expect(factorAt(grid, 1)).toBeLessThanOrEqual(1.01);
    expect(factorAt(grid, 1)).toBeGreaterThan(1.009);
  });

  test("ends at 1/1024 and 1024", () => {
    const grid = factorGrid(0.5);
    expect([factorAt(grid, grid.lowest), factorAt(grid, grid.highest)]).toEqual([0.0009765625, 1024]);
  });
});

describe("a search", () => {
  test("finds the last factor that holds, next to the first that fails", async () => {
    const { curve } = await searched((factor) => reading(factor <= 4));
    const { largest, failsFrom, steadyTo, failsBelow } = landmarks(curve);
    expect(factorOf(largest)).toBe(4);
    expect(failsFrom).toBe(largest! + 1);
    expect(steadyTo).toBe(largest);
    expect(failsBelow).toEqual([]);
  });

  test("doubles and halves first, then bisects: a handful of factors for a range of a million", async () => {
    const { asked } = await searched((factor) => reading(factor <= 100));
    expect(asked.length).toBeLessThan(35);
  });

  test("asks for no factor twice", async () => {
    const { asked } = await searched((factor) => reading(factor <= 0.3));
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("says that nothing fails where all factors up to the end of the grid hold", async () => {
    const { curve } = await searched(() => reading(true));
    expect(landmarks(curve)).toMatchObject({ failsFrom: undefined, failsBelow: [] });
    expect(factorOf(landmarks(curve).largest)).toBe(1024);
  });

  test("says that nothing holds where no factor down to the end of the grid does", async () => {
    const { curve } = await searched(() => reading(false));
    expect(landmarks(curve)).toMatchObject({ largest: undefined, steadyTo: undefined, sureTo: undefined });
    expect(factorOf(curve.steps()[0])).toBe(0.0009765625);
  });

  test("finds a range above the first failure, and tells where it fails below", async () => {
    // Fails from 1.2 to 1.3, holds again up to 1.5.
    const { curve } = await searched((factor) => reading(factor < 1.2 || (factor > 1.3 && factor < 1.5)));
    const { largest, steadyTo, failsBelow } = landmarks(curve);
    expect(factorOf(largest)).toBeGreaterThan(1.5 / 1.01);
    expect(factorOf(largest)).toBeLessThan(1.5);
    expect(factorOf(steadyTo)).toBeGreaterThan(1.2 / 1.01);
    expect(factorOf(steadyTo)).toBeLessThan(1.2);
    expect(failsBelow.length).toBeGreaterThan(0);
  });

  test("gives the ends of what the seeds cannot tell: surely holding below, surely failing above", async () => {
    const margin = (factor: number) => (factor > 1.8 && factor < 2.4 ? "unsure" : "sure");
    const { curve } = await searched((factor) => reading(factor <= 2, margin(factor)));
    const { largest, sureTo, sureFrom } = landmarks(curve);
    expect(factorOf(largest)).toBe(2);
    expect(factorOf(sureTo)).toBeLessThanOrEqual(1.8);
    expect(factorOf(sureTo)).toBeGreaterThan(1.8 / 1.01);
    expect(factorOf(sureFrom)).toBeGreaterThanOrEqual(2.4);
    expect(factorOf(sureFrom)).toBeLessThan(2.4 * 1.01);
  });

  test("keeps what was seen where a look fails", async () => {
    const curve = new Curve<Reading>();
    const look = async ([step]: readonly number[]): Promise<readonly Reading[]> => {
      if (step! > 0) throw new Error("a policy threw");
      return [reading(true)];
    };
    const settings = { grid: factorGrid(0.01), atOnce: 1, confidence: "sought" } as const;
    await expect(search(curve, look, settings)).rejects.toThrow("a policy threw");
    expect(landmarks(curve)).toMatchObject({ largest: 0, failsFrom: undefined });
  });
});

describe("on any curve", () => {
  const grid = factorGrid(0.05);
  const atOnce = fc.integer({ min: 1, max: 5 });
  const anyStep = fc.integer({ min: grid.lowest, max: grid.highest });

  test("that is monotone, the answer is the last step that holds, however many are asked for at once", async () => {
    await fc.assert(
      fc.asyncProperty(anyStep, atOnce, async (last, count) => {
        const limit = factorAt(grid, last);
        const { curve } = await searched((factor) => reading(factor <= limit), { grid, atOnce: count });
        const { largest, failsFrom, steadyTo, failsBelow } = landmarks(curve);
        expect([largest, steadyTo, failsBelow]).toEqual([last, last, []]);
        expect(failsFrom).toBe(last === grid.highest ? undefined : last + 1);
      }),
      propertyRuns(60),
    );
  });

  test("that is monotone, the interval ends at the last sure step on both sides", async () => {
    const three = fc.tuple(anyStep, anyStep, anyStep).map((steps) => [...steps].sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(three, atOnce, async ([low, last, high], count) => {
        const readingAt = (factor: number): Reading => ({
          holds: factor <= factorAt(grid, last!),
          surelyHolds: factor <= factorAt(grid, low!),
          surelyFails: factor > factorAt(grid, high!),
        });
        const { curve } = await searched(readingAt, { grid, atOnce: count });
        const { sureTo, sureFrom } = landmarks(curve);
        expect([sureTo, sureFrom]).toEqual([low, high === grid.highest ? undefined : high! + 1]);
      }),
      propertyRuns(60),
    );
  });

  test("monotone or not, it holds at the answer, fails at the next step, and nothing is claimed unseen", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), atOnce, async (flips, count) => {
        const verdicts = new Map<number, boolean>();
        const truth = (factor: number): boolean => {
          if (!verdicts.has(factor)) verdicts.set(factor, flips.next().value as boolean);
          return verdicts.get(factor)!;
        };
        const { curve, asked } = await searched((factor) => reading(truth(factor)), { grid, atOnce: count });
        const { largest, failsFrom, steadyTo, failsBelow, sureTo, sureFrom } = landmarks(curve);
        const named = [largest, failsFrom, steadyTo, sureTo, sureFrom, ...failsBelow];
        expect(named.every((step) => step === undefined || asked.includes(step))).toBe(true);
        const seen = curve.steps().map((step) => ({ step, holds: truth(factorAt(grid, step)) }));
        expect(seen.filter(({ holds }) => holds).at(-1)?.step).toBe(largest);
        if (largest === undefined || largest === grid.highest) return;
        expect(failsFrom).toBe(largest + 1);
        expect(failsBelow).toEqual(seen.filter(({ step, holds }) => !holds && step < largest).map(({ step }) => step));
        expect(seen.filter(({ step }) => step <= (steadyTo ?? -Infinity)).every(({ holds }) => holds)).toBe(true);
      }),
      propertyRuns(100),
    );
  });
});
