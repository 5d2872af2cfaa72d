/** Stopping work that has begun. Bandwidth 2 bytes a ns, 3 pJ a byte; energy of work is 1 pJ a ns. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { planned, type Step, work, workOf } from "./planned.ts";

/** Task a has 10 live bytes in its first layer, 4 in its second, 6 between them. */
const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [100, 50], boundaryBytes: [0, 6], liveBytes: [10, 4] },
    { id: "b", layersNs: [20], atNs: [30] },
  ],
  memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
  contextSwitch: "on",
};
const withTiles = (tiles: number): SmallWorld => ({ ...world, tasks: [{ ...world.tasks[0]!, tiles: [tiles, tiles] }] });
const jobOf = (steps: readonly Step[], of = world) => run(of, planned(steps)).jobs.find((job) => job.taskIndex === 0)!;

describe("checkpoint", () => {
  const steps: readonly Step[] = [
    { atNs: 0, run: "a#0" },
    { atNs: 30, checkpoint: "a#0" },
    { atNs: 35, run: "b#0" },
    { atNs: 55, run: "a#0" },
  ];
  test("saves the live activations, lets others run, reads them back and goes on where it stopped", () => {
    expect(workOf(world, steps)).toEqual([
      [0, 35, "a#0.0", 0],
      [35, 55, "b#0.0", 0],
      [55, 130, "a#0.0", 0],
      [130, 180, "a#0.1", 0],
    ]);
    expect(run(world, planned(steps)).segments.filter(({ taskIndex }) => taskIndex === 0)).toMatchObject([
      { end: "checkpoint", progressBefore: 0, progressAfter: 0.3, switchInNs: 0, switchOutNs: 5, energyPj: 60 },
      { end: "completed", progressBefore: 0.3, progressAfter: 1, switchInNs: 5, switchOutNs: 0, energyPj: 100 },
      { end: "completed", progressBefore: 0, progressAfter: 1, switchInNs: 0, switchOutNs: 0, energyPj: 50 },
    ]);
  });
  test("is counted on the job, as is the context switch of its resumption", () => {
    expect(jobOf(steps)).toMatchObject({
      startNs: 0,
      completionNs: 180,
      energyPj: 210,
      contextSwitches: 1,
      preemptions: { checkpoint: 1, kill: 0, drain: 0 },
    });
  });
  test("reads back also where nobody ran in between", () => {
    const alone: Step[] = [...steps.slice(0, 2), { atNs: 35, run: "a#0" }, { atNs: 160, run: "b#0" }];
    expect(workOf(world, alone)).toEqual([
      [0, 35, "a#0.0", 0],
      [35, 110, "a#0.0", 0],
      [110, 160, "a#0.1", 0],
      [160, 180, "b#0.0", 0],
    ]);
  });
  test("costs nothing with contextSwitch off", () => {
    const free: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 30, checkpoint: "a#0" },
      { atNs: 30, run: "b#0" },
      { atNs: 50, run: "a#0" },
    ];
    expect(jobOf(free, { ...world, contextSwitch: "off" })).toMatchObject({ completionNs: 170, energyPj: 150 });
  });
  test("saves no more than the accelerator's buffer holds", () => {
    const shorter: Step[] = [...steps.slice(0, 2), { atNs: 32, run: "b#0" }, { atNs: 52, run: "a#0" }];
    expect(jobOf(shorter, { ...world, bufferBytes: [4] })).toMatchObject({ completionNs: 174, energyPj: 174 });
  });
  test("keeps the same share of a layer on an accelerator of another speed", () => {
    const two: SmallWorld = { ...world, accelerators: 2, tasks: [{ ...world.tasks[0]!, layersNs: [[100, 200], 50] }] };
    const moving: Step[] = [...steps.slice(0, 2), { atNs: 35, run: "a#0", on: 1 }];
    expect(workOf(two, moving)).toEqual([
      [0, 35, "a#0.0", 0],
      [35, 180, "a#0.0", 1],
      [180, 230, "a#0.1", 1],
    ]);
  });
  test("at a layer boundary of a long dispatch stops before any of the next layer was done", () => {
    const boundary: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 100, checkpoint: "a#0" },
      { atNs: 100, run: "b#0" },
      { atNs: 120, run: "a#0" },
    ];
    // Another job ran over its 6 bytes: 3 ns to write them, 3 to read them.
    expect(workOf(world, boundary)).toEqual([
      [0, 100, "a#0.0", 0],
      [100, 100, "a#0.1", 0],
      [100, 120, "b#0.0", 0],
      [120, 176, "a#0.1", 0],
    ]);
  });
  test("while the activations are still on their way keeps what was done before", () => {
    const waker = { id: "waker", layersNs: [1], atNs: [60] };
    const twice: Step[] = [
      ...steps,
      { atNs: 57, checkpoint: "a#0" },
      { atNs: 60, drop: "waker#0" },
      { atNs: 60, run: "a#0" },
    ];
    expect(workOf({ ...world, tasks: [...world.tasks, waker] }, twice)).toEqual([
      [0, 35, "a#0.0", 0],
      [35, 55, "b#0.0", 0],
      [55, 57, "a#0.0", 0],
      [60, 135, "a#0.0", 0],
      [135, 185, "a#0.1", 0],
    ]);
  });
  test("any number of times keeps every ns and every pJ of a layer", () => {
    const stops = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { maxLength: 12 });
    const property = fc.property(fc.integer({ min: 1, max: 1_000_000 }), stops, (latencyNs, times) => {
      const of: SmallWorld = { tasks: [{ id: "a", layersNs: [latencyNs] }] };
      const sorted = times.filter((atNs) => atNs < latencyNs).sort((a, b) => a - b);
      const again = sorted.flatMap((atNs): Step[] => [
        { atNs, checkpoint: "a#0" },
        { atNs, run: "a#0" },
      ]);
      const job = jobOf([{ atNs: 0, run: "a#0" }, ...again], of);
      expect(job.completionNs).toBe(latencyNs);
      expect(job.energyPj).toBeCloseTo(latencyNs, 6);
      expect(job.preemptions.checkpoint).toBe(sorted.length);
    });
    fc.assert(property, propertyRuns(200));
  });
});

describe("checkpoint of a layer in tiles", () => {
  const stopAt = (atNs: number, thenNs: number): Step[] => [
    { atNs: 0, run: "a#0" },
    { atNs, checkpoint: "a#0" },
    { atNs: thenNs, run: "a#0" },
  ];
  test("goes on to the end of the tile", () => {
    expect(workOf(withTiles(4), stopAt(30, 55))).toEqual([
      [0, 55, "a#0.0", 0],
      [55, 110, "a#0.0", 0],
      [110, 160, "a#0.1", 0],
    ]);
  });
  test("stops at once at the end of a tile", () => {
    expect(workOf(withTiles(4), stopAt(50, 55))[0]).toEqual([0, 55, "a#0.0", 0]);
  });
  test("in the last tile is a drain: the layer is finished, nothing is saved", () => {
    expect(workOf(withTiles(4), stopAt(76, 100))).toEqual([
      [0, 100, "a#0.0", 0],
      [100, 150, "a#0.1", 0],
    ]);
    expect(jobOf(stopAt(76, 100), withTiles(4)).preemptions).toEqual({ checkpoint: 0, kill: 0, drain: 1 });
  });
  test("of uneven length ends each tile at its share of the layer, rounded down", () => {
    // Tiles of 100 / 3 ns end at 33 and 66.
    expect(workOf(withTiles(3), stopAt(34, 72))).toEqual([
      [0, 71, "a#0.0", 0],
      [72, 111, "a#0.0", 0],
      [111, 161, "a#0.1", 0],
    ]);
  });
});

describe("kill", () => {
  const steps: readonly Step[] = [
    { atNs: 0, run: "a#0" },
    { atNs: 130, kill: "a#0" },
    { atNs: 130, run: "b#0" },
    { atNs: 150, run: "a#0" },
  ];
  test("stops at once, saves nothing, and starts the job over from its first layer", () => {
    expect(workOf(world, steps)).toEqual([
      [0, 100, "a#0.0", 0],
      [100, 130, "a#0.1", 0],
      [130, 150, "b#0.0", 0],
      [150, 250, "a#0.0", 0],
      [250, 300, "a#0.1", 0],
    ]);
  });
  test("leaves the spent energy spent and the first start where it was", () => {
    expect(jobOf(steps)).toMatchObject({
      startNs: 0,
      completionNs: 300,
      energyPj: 280,
      contextSwitches: 0,
      preemptions: { checkpoint: 0, kill: 1, drain: 0 },
    });
  });
  test("of a job that was late does not make it droppable: it has started", () => {
    const late: SmallWorld = { ...world, tasks: [{ ...world.tasks[0]!, deadlineNs: 20 }] };
    const again: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 30, kill: "a#0" },
      { atNs: 30, run: "a#0" },
    ];
    const policy = planned(again);
    const withLateDrop = {
      ...policy,
      create: (...all: Parameters<typeof policy.create>) => ({ ...policy.create(...all), lateDrop: true }),
    };
    expect(run(late, withLateDrop).ends).toEqual([[180, "a#0", "done"]]);
  });
});

describe("drain", () => {
  test("finishes the running layer, then the job is ready again", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 30, drain: "a#0" },
      { atNs: 100, run: "b#0" },
      { atNs: 120, run: "a#0" },
    ];
    expect(workOf(world, steps)).toEqual([
      [0, 100, "a#0.0", 0],
      [100, 120, "b#0.0", 0],
      [120, 176, "a#0.1", 0],
    ]);
    expect(jobOf(steps).preemptions).toEqual({ checkpoint: 0, kill: 0, drain: 1 });
  });
  test("of the last layer ends the job, and is not counted", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 130, drain: "a#0" },
      { atNs: 150, run: "b#0" },
    ];
    expect(jobOf(steps)).toMatchObject({ completionNs: 150, preemptions: { checkpoint: 0, kill: 0, drain: 0 } });
  });
});

describe("fission", () => {
  /** 80 ns on all four units, 160 on two, 320 on one. */
  const fission: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [80, 80], liveBytes: [10, 10], boundaryBytes: [0, 6] },
      { id: "b", layersNs: [80] },
    ],
    units: [4],
    memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
    contextSwitch: "on",
  };
  test("runs jobs side by side on parts of an accelerator", () => {
    const steps: Step[] = [
      { atNs: 0, run: "b#0", units: 1 },
      { atNs: 0, run: "a#0", units: 2, layers: 1 },
      { atNs: 160, run: "a#0", units: 3 },
    ];
    const of: SmallWorld = { ...fission, tasks: [{ ...fission.tasks[0]!, layersNs: [80, 60] }, fission.tasks[1]!] };
    const result = run(of, planned(steps));
    expect(work(of, result)).toEqual([
      [0, 160, "a#0.0", 0],
      [0, 320, "b#0.0", 0],
      [160, 240, "a#0.1", 0],
    ]);
    // Unit-time: 2 x 160 + 3 x 80 + 1 x 320.
    expect(result.totals.accelerators[0]!.busyNs).toBe(880);
  });
  test("resizes a running job by a checkpoint and a new dispatch", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0", units: 4 },
      { atNs: 20, checkpoint: "a#0" },
      { atNs: 25, run: "a#0", units: 2 },
      { atNs: 25, run: "b#0", units: 2 },
    ];
    // 20 of 80 ns done, saved until 25, read until 30; three quarters of 160 ns are left.
    expect(workOf(fission, steps)).toEqual([
      [0, 25, "a#0.0", 0],
      [25, 150, "a#0.0", 0],
      [25, 185, "b#0.0", 0],
      [150, 310, "a#0.1", 0],
    ]);
  });
  test("gives a freed unit to whoever is dispatched next", () => {
    const steps: Step[] = [
      { atNs: 0, run: "b#0", units: 2 },
      { atNs: 160, run: "a#0" },
    ];
    expect(workOf(fission, steps)).toEqual([
      [0, 160, "b#0.0", 0],
      [160, 240, "a#0.0", 0],
      [240, 320, "a#0.1", 0],
    ]);
  });
});
