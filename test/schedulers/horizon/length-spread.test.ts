/** What `horizon` learns of the lengths of jobs, worked out by hand. */
import { describe, expect, test } from "vitest";
import type { AcceleratorView, Platform, ReadyJob } from "../../../src/core/scheduler.ts";
import { LengthSpread } from "../../../src/schedulers/horizon/length-spread.ts";
import { Work } from "../../../src/schedulers/horizon/work-table.ts";

const accelerators = [{ index: 0 }, { index: 1 }] as unknown as readonly AcceleratorView[];

const latencyNs = ({ index }: AcceleratorView): number => (index === 0 ? 12 : 10);

/** Two layers of 10 ns at their least; `expectedNs` of them are expected to run. */
function spreadOf(expectedNs: number, deviations: number): LengthSpread {
  const costs = {
    length: 2,
    latencyNs: (_layer: number, accelerator: AcceleratorView) => latencyNs(accelerator),
    energyPj: () => 1,
    minRemainingNs: () => expectedNs,
  };
  const tasks = [{ index: 0, variantNames: ["original"], layerCosts: () => costs }];
  const platform = { accelerators, tasks } as unknown as Platform;
  return new LengthSpread(platform, new Work(platform, 0), deviations);
}

const job = (expectedNs: number): ReadyJob =>
  ({
    slot: 0,
    task: { index: 0 },
    minRemainingNs: expectedNs,
    layerIndex: 0,
    layerProgress: 0,
    scale: 1,
    variantIndex: 0,
  }) as unknown as ReadyJob;

/** A job that runs so many of its layers. */
function complete(lengths: LengthSpread, layers: number, expectedNs: number): void {
  lengths.released(job(expectedNs));
  for (let layer = 0; layer < layers; layer++) lengths.dispatched(job(expectedNs));
  lengths.completed(job(expectedNs));
}

describe("the spread of a task's lengths", () => {
  test("is 0 where every layer runs", () => {
    const lengths = spreadOf(20, 1);
    complete(lengths, 2, 20);
    expect(lengths.spread[0]).toBe(0);
    expect(lengths.leastShare[0]).toBe(1);
  });
  test("is half of what may come on top, before any job has ended", () => {
    // 20 / 16 - 1 = 0.25
    const lengths = spreadOf(16, 1);
    expect(lengths.spread[0]).toBeCloseTo(0.125, 12);
    expect(lengths.leastShare[0]).toBeCloseTo(0.875, 12);
  });
  test("follows the jobs that end; the expectation counts as two of them", () => {
    const lengths = spreadOf(16, 2);
    complete(lengths, 2, 16); // 20 of 16: 0.25 more
    const deviation = Math.sqrt((2 * 0.125 ** 2 + 0.25 ** 2) / 3);
    expect(lengths.spread[0]).toBeCloseTo(2 * deviation, 12);
    complete(lengths, 1, 16); // 10 of 16: 0.375 less
    const next = Math.sqrt((2 * 0.125 ** 2 + 0.25 ** 2 + 0.375 ** 2) / 4);
    expect(lengths.spread[0]).toBeCloseTo(2 * next, 12);
  });
  test("learns nothing from a job in another variant", () => {
    const lengths = spreadOf(16, 1);
    lengths.released(job(16));
    lengths.variantChosen(job(16));
    lengths.completed(job(16));
    expect(lengths.spread[0]).toBeCloseTo(0.125, 12);
  });
  test("never takes a job for shorter than 30 % of what is expected", () => {
    const lengths = spreadOf(16, 10);
    complete(lengths, 2, 16);
    expect(lengths.leastShare[0]).toBe(0.3);
  });
  test("is not reckoned with at 0 deviations", () => {
    const lengths = spreadOf(16, 0);
    complete(lengths, 1, 16);
    expect(lengths.spread[0]).toBe(0);
    expect(lengths.leastShare[0]).toBe(1);
  });
});
