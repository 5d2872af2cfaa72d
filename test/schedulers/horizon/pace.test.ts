/** What `horizon` learns of the times of layers, worked out by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AcceleratorView, Platform, ReadyJob, RunningJob } from "../../../src/core/scheduler.ts";
import { horizon } from "../../../src/schedulers/horizon/horizon.ts";
import { Pace } from "../../../src/schedulers/horizon/pace.ts";
import { Work } from "../../../src/schedulers/horizon/work-table.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run } from "../../worlds.ts";

const accelerators = [{ index: 0 }, { index: 1 }] as unknown as readonly AcceleratorView[];
const ESTIMATES_NS = [12, 10];

/** One task of two layers, estimated at 12 ns each on the first accelerator and 10 on the second. */
function learning(isLearning = true): { readonly work: Work; readonly pace: Pace } {
  const costs = {
    length: 2,
    latencyNs: (_layer: number, { index }: AcceleratorView) => ESTIMATES_NS[index]!,
    energyPj: () => 1,
    minRemainingNs: () => 20,
  };
  const platform = { accelerators, tasks: [{ index: 0, variantNames: ["original"], layerCosts: () => costs }] };
  const work = new Work(platform as unknown as Platform, 0);
  return { work, pace: new Pace(work, isLearning) };
}

const job = (given: Partial<ReadyJob> = {}): ReadyJob => ({
  ...({ slot: 0, task: { index: 0 }, layerIndex: 0, variantIndex: 0, minRemainingNs: 20 } as ReadyJob),
  ...{ layerProgress: 0, lastRanNs: 0 },
  ...{ blockNs: (_layers: number, { index }: AcceleratorView) => ESTIMATES_NS[index]!, switchNs: () => 3 },
  ...given,
});

describe("the pace of a model on an accelerator", () => {
  /** Its first layer starts at 100, after a switch of 3 ns, on the second accelerator, and ends at 118. */
  function slow(given?: Partial<ReadyJob>, isLearning?: boolean): Work {
    const { work, pace } = learning(isLearning);
    pace.released(job());
    pace.dispatched(job(), accelerators[1]!, 100);
    pace.dispatched(job({ layerIndex: 1, lastRanNs: 118, ...given }), accelerators[0]!, 130);
    return work;
  }
  test("is what its layers take of their estimates, moves apart", () => {
    const { pace, layers } = slow();
    expect([...pace]).toEqual([1, 1.5]); // 15 of 10
    expect([...layers.latencyNs]).toEqual([12, 15, 12, 15]);
    expect([...layers.leastNs]).toEqual([12, 12]);
    expect([...layers.leftNs]).toEqual([24, 12]);
    expect([...layers.stretch]).toEqual([1.2, 1.2]); // 24 of 20
    expect(layers.latencyGain[1]).toBeCloseTo(Math.log(12 / 15), 12);
  });
  test("changes what is left of a job, and its next layer", () => {
    const work = slow();
    expect(work.remainingNs(job())).toBeCloseTo(24, 12);
    expect(work.nextNs(job(), accelerators[1]!)).toBe(15 + 3);
  });
  test("says nothing of a layer that was stopped", () =>
    expect([...slow({ layerProgress: 0.5 }).pace]).toEqual([1, 1]));
  test("stays as estimated where a difference is rounding", () =>
    expect([...slow({ lastRanNs: 113 }).pace]).toEqual([1, 1]));
  test("stays as estimated if it is not to be learned", () => expect([...slow({}, false).pace]).toEqual([1, 1]));
  test("is a mean over layers by their estimates, also of the last layer", () => {
    const { work, pace } = learning();
    pace.released(job());
    pace.dispatched(job(), accelerators[1]!, 100); // until 118: 15 of 10
    pace.dispatched(job({ lastRanNs: 118 }), accelerators[1]!, 120);
    pace.completed(job({ layerIndex: 1 }), 135); // 12 of 10
    expect(work.pace[1]).toBeCloseTo(1.35, 12);
  });
  test("moves the expected end of a running layer", () => {
    const { work, pace } = learning();
    const running = { ...job(), layerEndNs: 113 } as RunningJob;
    pace.released(job());
    pace.dispatched(job(), accelerators[1]!, 100);
    expect(pace.endNs(running)).toBe(113);
    work.setPace(1, 2);
    expect(pace.endNs(running)).toBe(100 + 3 + 20);
  });
});

test("jobs go where they end first, once a wrong estimate has been seen to be wrong", () => {
  const taskOf = (seed: number) =>
    run(
      {
        accelerators: 2,
        tasks: [{ id: "a", layersNs: [[100, 120]], atNs: [0, 200, 400, 600], deadlineNs: 150 }],
        system: { estimateError: 0.4 },
        seed,
      },
      horizon,
      { configurations: "edf/1" },
    );
  const property = fc.property(fc.nat(1000), (seed) => {
    const places = taskOf(seed).starts.map(([, , accelerator]) => accelerator);
    // Each accelerator deceives at most once; whoever is found slower than the other's estimate is left.
    expect(places.slice(2).every((place) => place === places[2])).toBe(true);
    expect(taskOf(seed).ends.every(([, , how]) => how === "done")).toBe(true);
  });
  fc.assert(property, propertyRuns(30));
});
