/** EDF and LLF that stop running layers: the textbook's task sets, on one accelerator where a checkpoint costs nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { hpf } from "../../src/schedulers/hpf.ts";
import { llf } from "../../src/schedulers/llf.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallTask, type SmallWorld } from "../worlds.ts";

const multiples = (periodNs: number, endNs: number): number[] =>
  Array.from({ length: Math.ceil(endNs / periodNs) }, (_, k) => k * periodNs);

const periodic = (id: string, layersNs: readonly number[], periodNs: number, endNs: number): SmallTask => ({
  id,
  layersNs,
  deadlineNs: periodNs,
  atNs: multiples(periodNs, endNs),
});

const isLate = ({ completionNs, deadlineNs }: JobRecord): boolean =>
  completionNs === undefined || completionNs > deadlineNs;

describe("2 of every 5 ns and 7 of every 20", () => {
  const world: SmallWorld = { tasks: [periodic("t1", [2], 5, 2000), periodic("t2", [7], 20, 2000)] };
  test("edf stops the long layer for each job that is due before it", () => {
    const { starts } = run(world, edf, { mechanism: "checkpoint" });
    expect(starts.filter(([startNs]) => startNs < 20)).toEqual([
      [0, "t1", 0],
      [2, "t2", 0],
      [5, "t1", 0],
      [7, "t2", 0],
      [10, "t1", 0],
      [12, "t2", 0],
      [15, "t1", 0],
    ]);
  });
  test("nobody is late if the layer can be stopped, and a quarter of the short jobs if not", () => {
    expect(run(world, edf, { mechanism: "checkpoint" }).jobs.filter(isLate)).toEqual([]);
    // t2 runs from 2 to 9, so the job of 5 ends at 11.
    const late = run(world, edf).jobs.filter(isLate);
    expect(late).toHaveLength(100);
    expect(late[0]).toMatchObject({ taskIndex: 0, jobIndex: 1, completionNs: 11, deadlineNs: 10 });
  });
  test("with mechanism=drain, a layer is finished first", () => {
    const whole = { granularity: "model", mechanism: "drain" };
    const twoLayers: SmallWorld = { tasks: [periodic("t1", [2], 5, 20), periodic("t2", [4, 3], 20, 20)] };
    // At 5, t2's first layer has one ns to go.
    expect(run(twoLayers, edf, whole).starts.slice(0, 4)).toEqual([
      [0, "t1", 0],
      [2, "t2", 0],
      [6, "t1", 0],
      [8, "t2", 0],
    ]);
  });
});

describe("3 of every 7, 3 of every 12 and 5 of every 20, over 420", () => {
  /** The example of SimSo. Response times by a simulation of ticks: jobs, longest, sum. */
  const world: SmallWorld = {
    tasks: [periodic("t1", [3], 7, 420), periodic("t2", [3], 12, 420), periodic("t3", [5], 20, 420)].map((task, i) => ({
      ...task,
      priority: 3 - i,
    })),
  };
  const responses = (...given: Parameters<typeof run> extends [unknown, ...infer Rest] ? Rest : never) => {
    const { jobs } = run(world, ...given);
    expect(jobs.filter(isLate)).toEqual([]);
    return world.tasks.map((_, index) => {
      const times = jobs.flatMap((job) => (job.taskIndex === index ? [job.completionNs! - job.releaseNs] : []));
      return [times.length, Math.max(...times), times.reduce((sum, ns) => sum + ns, 0)];
    });
  };
  test("by edf that stops nothing", () => {
    expect(responses(edf)).toEqual([
      [60, 7, 249],
      [35, 10, 195],
      [21, 11, 159],
    ]);
  });
  test("by edf with checkpoints", () => {
    expect(responses(edf, { mechanism: "checkpoint" })).toEqual([
      [60, 3, 180],
      [35, 8, 194],
      [21, 14, 252],
    ]);
  });
  test("by fixed priority with checkpoints", () => {
    expect(responses(hpf)).toEqual([
      [60, 3, 180],
      [35, 6, 165],
      [21, 20, 309],
    ]);
  });
});

test("edf stops the running job with the latest deadline, and none with the same one", () => {
  const world: SmallWorld = {
    tasks: [
      { id: "soon", layersNs: [50], deadlineNs: 90 },
      { id: "later", layersNs: [50], deadlineNs: 200 },
      { id: "same", layersNs: [10], atNs: [10], deadlineNs: 190 },
      { id: "first", layersNs: [10], atNs: [20], deadlineNs: 60 },
    ],
    accelerators: 2,
  };
  expect(run(world, edf, { mechanism: "checkpoint" }).starts).toEqual([
    [0, "soon", 0],
    [0, "later", 1],
    [20, "first", 1],
    [30, "later", 1],
    [50, "same", 0],
  ]);
});

test("llf compares what is left by now of the running layer", () => {
  // At 20 a's laxity is 100 - 20 - 40; that of b is 65 - 25, no less, and that of c 64 - 25.
  const world = (dueNs: number): SmallWorld => ({
    tasks: [
      { id: "a", layersNs: [60], deadlineNs: 100 },
      { id: "b", layersNs: [25], atNs: [20], deadlineNs: dueNs },
    ],
  });
  expect(run(world(65), llf, { mechanism: "checkpoint" }).starts[1]).toEqual([60, "b", 0]);
  expect(run(world(64), llf, { mechanism: "checkpoint" }).starts[1]).toEqual([20, "b", 0]);
});

/** Layers of whole ns that together take no more than a share of the period. */
const taskSet = fc
  .array(
    fc.record({
      periodNs: fc.integer({ min: 10, max: 120 }),
      share: fc.double({ min: 0.05, max: 1, noNaN: true }),
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((tasks) => {
    const shares = tasks.reduce((sum, { share }) => sum + share, 0);
    return tasks.map(({ periodNs, share, cuts }, i) => {
      const workNs = Math.floor((share / Math.max(1, shares)) * periodNs);
      const ends = [...cuts.map((cut) => Math.round(cut * workNs)), workNs].sort((a, b) => a - b);
      return periodic(
        `t${i}`,
        ends.map((end, layer) => end - (ends[layer - 1] ?? 0)),
        periodNs,
        1500,
      );
    });
  });

test("edf is optimal on one accelerator: implicit deadlines, load of at most 1, free checkpoints: nobody is late", () => {
  const property = fc.property(taskSet, fc.constantFrom("layer", "model"), (tasks, granularity) => {
    expect(run({ tasks }, edf, { granularity, mechanism: "checkpoint" }).jobs.filter(isLate)).toEqual([]);
  });
  fc.assert(property, propertyRuns(200));
});
