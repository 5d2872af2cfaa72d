/** Jobs of more or less work than their model's costs say, worked out by hand. */
import { describe, expect, test } from "vitest";
import type { ReadyJob } from "../../src/core/scheduler.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, greedy, planned, scheduler, work } from "./planned.ts";

/** Layers of 10 and 21 ns, 1 pJ a ns; jobs at 0, 100 and 200 ns. */
const world: SmallWorld = {
  tasks: [
    {
      id: "a",
      layersNs: [10, 21],
      release: {
        kind: "trace",
        releases: [{ releaseNs: 0 }, { releaseNs: 100, scale: 2.5 }, { releaseNs: 200, scale: 0.1 }],
      },
      deadlineNs: 60,
    },
    { id: "b", layersNs: [8], release: { kind: "after", taskIndexes: [0], probability: 1 }, deadlineNs: 500 },
  ],
};

test("a job's scale multiplies time and energy of each of its layers; its deadline and its dependents stay", () => {
  const result = run(world, greedy);
  expect(work(world, result)).toEqual([
    [0, 10, "a#0.0", 0],
    [10, 31, "a#0.1", 0],
    [31, 39, "b#0.0", 0],
    [100, 125, "a#1.0", 0],
    [125, 178, "a#1.1", 0], // 52.5 ns
    [178, 186, "b#1.0", 0],
    [200, 201, "a#2.0", 0],
    [201, 203, "a#2.1", 0], // 2.1 ns
    [203, 211, "b#2.0", 0],
  ]);
  const own = result.jobs.filter(({ taskIndex }) => taskIndex === 0);
  expect(own.map((job) => [job.scale, job.deadlineNs, job.energyPj, job.isolatedNs])).toEqual([
    [undefined, 60, 31, undefined],
    [2.5, 160, 77.5, 78],
    [0.1, 260, expect.closeTo(3.1, 9), 3],
  ]);
});

test("policies know it", () => {
  const seen: unknown[] = [];
  const look = (job: ReadyJob) => [job.meanLatencyNs, job.meanRemainingNs, job.minRemainingNs, job.isolatedNs];
  run(
    world,
    scheduler({
      decide(view, decisions) {
        const job = view.readyJobs.first;
        const [a0] = view.idleAccelerators;
        if (job.task.id === "a") {
          expect([job.blockNs(1, a0), job.blockNs(2, a0), job.remainingNowNs(a0), job.meanRemainingNowNs]).toEqual([
            job.latencyNs(a0),
            job.remainingNs(a0),
            job.remainingNs(a0),
            job.meanRemainingNs,
          ]);
          seen.push([job.latencyNs(a0), job.remainingNs(a0), job.energyPj(a0), job.remainingPj(a0), ...look(job)]);
        }
        decisions.run(job, a0, { layers: 1 });
      },
    }),
  );
  expect(seen.slice(0, 4)).toEqual([
    [10, 31, 10, 31, 10, 31, 31, 31],
    [21, 21, 21, 21, 21, 21, 21, 31],
    [25, 77.5, 25, 77.5, 25, 77.5, 77.5, 77.5],
    [52.5, 52.5, 52.5, 52.5, 52.5, 52.5, 52.5, 77.5],
  ]);
});

const once = (scale: number) => ({ kind: "trace", releases: [{ releaseNs: 0, scale }] }) as const;

describe("of a job that is twice the work", () => {
  test("tiles are twice as long, and a checkpoint keeps those that are done", () => {
    const tiled: SmallWorld = { tasks: [{ id: "a", layersNs: [100], tiles: [4], release: once(2) }] };
    const result = run(
      tiled,
      planned([
        { atNs: 0, run: "a#0" },
        { atNs: 60, checkpoint: "a#0" },
        { atNs: 130, run: "a#0" },
      ]),
    );
    expect(result.segments.map((each) => [each.startNs, each.endNs, each.progressAfter, each.energyPj])).toEqual([
      [0, 100, 0.5, 100],
      [130, 230, 1, 100],
    ]);
  });
  test("half is lost with a kill after half the time", () => {
    const killed = run(
      { tasks: [{ id: "a", layersNs: [100], release: once(2) }] },
      planned([
        { atNs: 0, run: "a#0" },
        { atNs: 100, kill: "a#0" },
        { atNs: 100, run: "a#0" },
      ]),
    );
    expect([killed.totals.endNs, killed.jobs[0]!.energyPj]).toEqual([300, 300]);
  });
  test("an operating point divides the time, and units of an accelerator do", () => {
    const operatingPoints = [{ name: "fast", speed: 4, energyFactor: 3 }];
    const fast = run(
      { tasks: [{ id: "a", layersNs: [101], release: once(2) }], accelerator: { operatingPoints } },
      greedy,
    );
    expect([fast.totals.endNs, fast.jobs[0]!.energyPj]).toEqual([51, 606]);
    expect(fast.totals.peakPowerMw).toBe(12);
    const one = planned([{ atNs: 0, run: "a#0", units: 1 }]);
    expect(run({ tasks: [{ id: "a", layersNs: [50], release: once(2) }], units: [2] }, one).totals.endNs).toBe(200);
  });
  test("traffic is twice as much, so the demand for bandwidth is the same for twice as long", () => {
    const shared = (scale: number): SmallWorld => ({
      accelerators: 2,
      tasks: [
        { id: "a", layersNs: [100], offChipBytes: [100], release: once(scale) },
        { id: "b", layersNs: [400], offChipBytes: [400] },
      ],
      system: { contention: "on" },
    });
    const ends = (scale: number) => run(shared(scale), greedy).ends;
    // Each asks for the whole bandwidth and gets half of it, until a is done.
    expect(ends(1)).toEqual([
      [200, "a#0", "done"],
      [500, "b#0", "done"],
    ]);
    expect(ends(2)).toEqual([
      [400, "a#0", "done"],
      [600, "b#0", "done"],
    ]);
  });
  test("activations that a switch moves are the model's", () => {
    const moved: SmallWorld = {
      accelerators: 2,
      contextSwitch: "on",
      tasks: [{ id: "a", layersNs: [10, 10], boundaryBytes: [0, 7], release: once(2) }],
    };
    const result = run(
      moved,
      planned([
        { atNs: 0, run: "a#0", on: 0, layers: 1 },
        { atNs: 20, run: "a#0", on: 1 },
      ]),
    );
    expect(result.ends).toEqual([[20 + 14 + 20, "a#0", "done"]]);
  });
});

test("the next job on an accelerator has its own work again", () => {
  const two: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [10, 10], release: once(3) },
      { id: "b", layersNs: [10, 10] },
    ],
  };
  expect(run(two, greedy).segments.map(({ startNs, endNs, energyPj }) => [endNs - startNs, energyPj])).toEqual([
    [30, 30],
    [30, 30],
    [10, 10],
    [10, 10],
  ]);
});

describe("of a job of twice the work, whose layer takes half as long again as its nominal 100 ns", () => {
  const seen: unknown[] = [];
  const world: SmallWorld = {
    tasks: [
      {
        id: "a",
        layersNs: [100],
        spreads: [{ kind: "samples", latenciesNs: [150] }],
        release: once(2),
        deadlineNs: 999,
      },
    ],
  };
  const look = scheduler({
    preempt(view, decisions) {
      decisions.wakeAt(view.nowNs + 100);
      const job = view.runningJobs[0];
      if (job !== undefined)
        seen.push([
          view.nowNs,
          job.progressNow,
          job.remainingNowNs(job.accelerator),
          job.minRemainingNowNs,
          job.layerEndNs,
        ]);
    },
    decide(view, decisions) {
      decisions.wakeAt(view.nowNs + 100);
      firstComeFirst(view, decisions);
    },
  });
  const { segments, jobs } = run(world, look);

  test("it takes 300 ns and twice the energy of its costs", () => {
    expect(segments.map(({ startNs, endNs, energyPj }) => [startNs, endNs, energyPj])).toEqual([[0, 300, 200]]);
    expect(jobs.map(({ scale, isolatedNs }) => [scale, isolatedNs])).toEqual([[2, 300]]);
  });
  test("policies expect 200 ns, and then no more is left", () => {
    expect(seen).toEqual([
      [100, 0.5, 100, 100, 200],
      [200, 1, 0, 0, 200],
    ]);
  });
});

test("a wrong estimate of a job of twice the work is wrong in proportion", () => {
  const seenOf = (scale: number) => {
    const seen: number[] = [];
    const look = scheduler({
      preempt(view, decisions) {
        decisions.wakeAt(view.nowNs + 10 * scale);
        const [job] = view.runningJobs;
        if (job === undefined) return;
        seen.push(job.remainingNowNs(job.accelerator), job.minRemainingNowNs, job.layerEndNs);
      },
      decide(view, decisions) {
        const job = view.readyJobs.first;
        seen.push(job.latencyNs(view.accelerators[0]!), job.minRemainingNs, job.isolatedNs);
        decisions.wakeAt(view.nowNs + 10 * scale);
        firstComeFirst(view, decisions);
      },
    });
    run({ tasks: [{ id: "a", layersNs: [1000, 500], release: once(scale) }], system: { estimateError: 0.3 } }, look);
    return seen;
  };
  const [plain, twice] = [seenOf(1), seenOf(2)];
  expect(plain[0]).not.toBe(1000);
  expect(plain.length).toBeGreaterThan(300);
  // The end of a layer is a whole ns.
  expect(twice.map((ns, i) => Math.abs(ns - 2 * plain[i]!) <= 1)).toEqual(plain.map(() => true));
});

test("loads of weights stay as they are", () => {
  const weights = { bandwidthGBs: 1, energyPjPerByte: 1, overlap: "off" } as const;
  const loading: SmallWorld = {
    tasks: [{ id: "a", layersNs: [10], weightBytes: [40], release: once(3) }],
    accelerator: { weights },
  };
  expect(run(loading, greedy).segments.map(({ endNs, energyPj }) => [endNs, energyPj])).toEqual([[70, 70]]);
});

test("an energy that is not known stays so at any scale, and no work takes none", () => {
  const unknown: SmallWorld = {
    tasks: [{ id: "a", layersNs: [10], energyPj: [[Number.NaN]], release: once(3) }],
    system: { decisionOverheadNs: 5 },
  };
  const killed = run(
    unknown,
    planned([
      { atNs: 0, run: "a#0" },
      { atNs: 3, kill: "a#0" },
      { atNs: 5, run: "a#0" },
    ]),
  );
  expect(killed.segments.map(({ endNs, energyPj }) => [endNs, energyPj])).toEqual([
    [3, 0], // Stopped while it waited.
    [40, Number.NaN],
  ]);
  expect(run(unknown, greedy).jobs.map(({ energyPj }) => energyPj)).toEqual([Number.NaN]);
});
