/** The timeline of a run, worked out by hand and compared with the job records of random runs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WeightMemory } from "../../../src/core/system.ts";
import { micros } from "../../../src/output/trace/chrome.ts";
import { InternedTexts } from "../../../src/output/trace/interned-texts.ts";
import { chaos } from "../../core/chaos.ts";
import { greedy, planned, type Step, scheduler } from "../../core/planned.ts";
import { randomClosedWorld, randomPipelines, randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import type { SmallWorld } from "../../worlds.ts";
import { type ReadTimeline, readChrome } from "./read-back.ts";
import { readPerfetto } from "./read-perfetto.ts";
import { encoded, type TracedRun, tracedRun } from "./trace-of.ts";

const chromeOf = ({ records }: Pick<TracedRun, "records">): ReadTimeline =>
  readChrome(encoded(records, ".json").toString());
const slicesOf = (timeline: ReadTimeline) =>
  timeline.slices.map(({ track, name, ns, endNs }) => [track, name, ns, endNs]);

describe("a timeline", () => {
  test("shows layers within dispatched jobs, and jobs that overlap in lanes of their task", () => {
    const world: SmallWorld = { tasks: [{ id: "t", layersNs: [10, 15], atNs: [0, 20], deadlineNs: 30 }] };
    const timeline = chromeOf(tracedRun(world, greedy));
    expect(slicesOf(timeline)).toEqual([
      ["accelerators: a0", "t #0", 0, 25],
      ["accelerators: a0", "layer0", 0, 10],
      ["tasks: t", "t #0", 0, 25],
      ["accelerators: a0", "layer1", 10, 25],
      ["tasks: t (2)", "t #1", 20, 50],
      ["accelerators: a0", "t #1", 25, 50],
      ["accelerators: a0", "layer0", 25, 35],
      ["accelerators: a0", "layer1", 35, 50],
    ]);
    expect(timeline.instants).toEqual([
      [30, "tasks: t deadlines", "deadline t #0"],
      [50, "tasks: t deadlines", "deadline t #1"],
    ]);
    // 1 pJ a ns is 1 mW.
    expect(timeline.counters.filter(([, name]) => name === "counters: ready jobs")).toEqual([
      [0, "counters: ready jobs", 0],
      [20, "counters: ready jobs", 1],
      [25, "counters: ready jobs", 0],
    ]);
    expect(timeline.counters.filter(([, name]) => name !== "counters: ready jobs")).toEqual([
      [0, "counters: utilisation (%)", 100],
      [0, "counters: power (W)", 0.001],
      [50, "counters: utilisation (%)", 0],
      [50, "counters: power (W)", 0],
    ]);
  });

  test("marks misses, drops and preemptions on tracks of their own", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "t", layersNs: [10], atNs: [0], deadlineNs: 15 },
        { id: "u", layersNs: [7], atNs: [4, 5] },
      ],
    };
    const steps = [
      { atNs: 0, run: "t#0" },
      { atNs: 4, checkpoint: "t#0" },
      { atNs: 4, run: "u#0" },
      { atNs: 11, run: "t#0" },
      { atNs: 17, drop: "u#1" },
    ];
    const timeline = chromeOf(tracedRun(world, planned(steps)));
    expect([...timeline.instants].sort((a, b) => a[0] - b[0])).toEqual([
      [4, "accelerators: a0 preemptions", "checkpoint t #0"],
      [11, "accelerators: a0 context switches", "switch to t #0"],
      [15, "tasks: t deadlines", "deadline t #0"],
      [17, "tasks: t drops and misses", "miss t #0"],
      [17, "tasks: u drops and misses", "drop u #1"],
    ]);
  });

  test("marks loads of weights where they begin", () => {
    const memory: WeightMemory = { bytes: 100, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" };
    const tasks = [{ id: "t", layersNs: [20], weightBytes: [50], atNs: [0, 0] }];
    const timeline = chromeOf(tracedRun({ tasks, accelerator: { weights: memory } }, greedy));
    expect(timeline.instants).toEqual([[0, "accelerators: a0 weight loads", "load t #0"]]);
  });

  test("marks the choice of another variant", () => {
    const world: SmallWorld = { tasks: [{ id: "t", layersNs: [10, 10], lighterNs: [[5], [2, 2, 2]] }] };
    const steps: readonly Step[] = [
      { atNs: 0, choose: "t#0", variant: 2 },
      { atNs: 0, run: "t#0" },
    ];
    const timeline = chromeOf(tracedRun(world, planned(steps)));
    expect(timeline.instants).toEqual([[0, "tasks: t variants", "t #0: lighter2"]]);
    expect(timeline.slices[0]!.details).toMatchObject({ variant: "lighter2", layers: 3 });
  });

  test("counts the bandwidth that layers ask for, at their operating points", () => {
    const tasks = [{ id: "t", layersNs: [10, 5], offChipBytes: [20, 0] }];
    // The cap of 1.5 mW leaves the slower point: 1 pJ a ns is 1 mW at the first, 2 mW at a factor of 2.
    const operatingPoints = [
      { name: "boost", speed: 1, energyFactor: 2 },
      { name: "eco", speed: 0.5, energyFactor: 1 },
    ];
    const bandwidthOf = (world: SmallWorld) =>
      chromeOf(tracedRun(world, greedy)).counters.filter(([, name]) => name === "counters: bandwidth demand (GB/s)");
    expect(bandwidthOf({ tasks }).map(([ns, , value]) => [ns, value])).toEqual([
      [0, 2],
      [10, 0],
    ]);
    const capped: SmallWorld = { tasks, accelerator: { operatingPoints }, system: { powerCapMw: 1.5 } };
    expect(bandwidthOf(capped).map(([ns, , value]) => [ns, value])).toEqual([
      [0, 1],
      [20, 0],
    ]);
    expect(bandwidthOf({ tasks: [{ id: "t", layersNs: [10] }] })).toEqual([]);
  });

  test("has no counter of power, and no energy, where an energy is not known", () => {
    const tasks = [{ id: "t", layersNs: [10, 5], energyPj: [[1], [Number.NaN]] }];
    const timeline = chromeOf(tracedRun({ tasks }, greedy));
    expect(timeline.counters.map(([, name]) => name)).not.toContain("counters: power (W)");
    expect(timeline.slices.map(({ name, details }) => [name, details.energyMj])).toEqual([
      ["t #0", undefined],
      ["layer0", 1e-9],
      ["t #0", undefined],
      ["layer1", undefined],
    ]);
  });

  test("joins parents to children, and writers to readers of their newest value", () => {
    const world: SmallWorld = {
      tasks: [
        { id: "s", layersNs: [10], atNs: [0] },
        { id: "child", layersNs: [5], release: { kind: "after", taskIndexes: [0], probability: 1 } },
        { id: "r", layersNs: [1], atNs: [2, 11, 30], reads: [0] },
      ],
      accelerators: 2,
    };
    expect([...chromeOf(tracedRun(world, greedy)).arrows].sort()).toEqual([
      "s #0 on tasks: s -> child #0 on tasks: child",
      expect.stringMatching(/^s #0 on tasks: s -> r #1 on accelerators: a\d$/),
      expect.stringMatching(/^s #0 on tasks: s -> r #2 on accelerators: a\d$/),
    ]);
  });

  test("says why a job was picked", () => {
    const because = scheduler({
      decide(view, decisions) {
        const job = view.readyJobs.first;
        decisions.run(job, view.idleAccelerators[0]);
        decisions.because({ rule: "the first", best: "least", candidates: [{ job, score: 3, terms: { age: 2 } }] });
      },
    });
    const timeline = chromeOf(tracedRun({ tasks: [{ id: "t", layersNs: [10], deadlineNs: 30 }] }, because));
    expect(timeline.slices[0]!.details).toEqual({
      ...{ task: "t", job: 0, deadlineMs: 0.00003, model: "t", layers: 1, ended: "completed" },
      ...{ why: "the first", why_candidates: 1, why_score: 3, why_age: 2 },
    });
  });
});

/** Every job has a slice on its task's tracks, with what its record says. */
function expectJobs(timeline: ReadTimeline, { jobs, segments }: TracedRun, world: SmallWorld): void {
  const nameOf = (job: { taskIndex: number; jobIndex: number }) => `${world.tasks[job.taskIndex]!.id} #${job.jobIndex}`;
  const byName = (a: readonly unknown[], b: readonly unknown[]) => String(a).localeCompare(String(b));
  const shown = timeline.slices
    .filter(({ track }) => track.startsWith("tasks:"))
    .map(({ name, ns, endNs, details }) => [name, ns, endNs, details.energyMj, details.dropReason]);
  const known = jobs.map((job) => [
    nameOf(job),
    job.releaseNs,
    job.completionNs ?? job.dropNs,
    job.energyPj / 1e9,
    job.dropReason,
  ]);
  expect(shown.sort(byName)).toEqual(known.sort(byName));
  const layers = timeline.slices.filter(({ track, depth }) => track.startsWith("accelerators:") && depth === 1);
  const ran = segments.map(({ layerIndex, startNs, endNs, energyPj }) => [startNs, endNs, layerIndex, energyPj / 1e9]);
  expect(layers.map(({ ns, endNs, details }) => [ns, endNs, details.layer, details.energyMj]).sort(byName)).toEqual(
    ran.sort(byName),
  );
}

/** Slices of accelerators and tasks do not overlap except where they nest, which reading checks. */
function expectOwnTracks({ slices, instants }: ReadTimeline): void {
  const tracks = new Set(slices.map(({ track }) => track));
  expect(instants.filter(([, track]) => tracks.has(track))).toEqual([]);
  expect(slices.filter(({ track, depth }) => depth > (track.startsWith("tasks:") ? 0 : 1))).toEqual([]);
}

function expectCounters({ counters }: ReadTimeline, { totals }: TracedRun, world: SmallWorld): void {
  const valuesOf = (name: string) =>
    counters.filter(([, counter]) => counter === `counters: ${name}`).map(([, , v]) => v);
  const ready = valuesOf("ready jobs");
  expect(Math.min(0, ...ready)).toBe(0);
  expect(ready.at(-1) ?? 0).toBe(0);
  const power = valuesOf("power (W)");
  expect(power.at(-1) ?? 0).toBe(0);
  expect(Math.max(0, ...power) * 1000).toBeCloseTo(totals.peakPowerMw!, 6);
  const units = (world.units ?? [1]).reduce((sum, n) => sum + n, 0);
  const busyNs = totals.accelerators.reduce((sum, accelerator) => sum + accelerator.busyNs, 0);
  expect((areaOf(counters, "utilisation (%)") / 100) * units).toBeCloseTo(busyNs, 3);
}

/** Value times ns, until it is last written. */
function areaOf(counters: ReadTimeline["counters"], name: string): number {
  const steps = counters.filter(([, counter]) => counter === `counters: ${name}`);
  return steps.reduce((sum, [ns, , value], i) => sum + value * ((steps[i + 1]?.[0] ?? ns) - ns), 0);
}

/** One from each parent of a released job, and one from each output that was read, unless its job took no time. */
function expectArrows({ arrows }: ReadTimeline, { jobs, reads }: TracedRun, world: SmallWorld): void {
  const nameOf = (taskIndex: number, jobIndex: number) => `${world.tasks[taskIndex]!.id} #${jobIndex}`;
  const tookTime = new Set(
    jobs
      .filter(({ completionNs, releaseNs }) => completionNs !== undefined && completionNs > releaseNs)
      .map(({ taskIndex, jobIndex }) => nameOf(taskIndex, jobIndex)),
  );
  const arrow = (from: string, to: string) => (tookTime.has(from) ? [`${from} -> ${to}`] : []);
  const fromParents = jobs.flatMap(({ taskIndex, jobIndex, dropReason }) => {
    const { release } = world.tasks[taskIndex]!;
    if (dropReason === "parent" || dropReason === "refused" || release?.kind !== "after") return [];
    return release.taskIndexes.flatMap((parent) => arrow(nameOf(parent, jobIndex), nameOf(taskIndex, jobIndex)));
  });
  const fromOutputs = reads.flatMap((event) =>
    event.reads.flatMap(({ taskIndex, output }) =>
      output === undefined ? [] : arrow(nameOf(taskIndex, output.jobIndex), nameOf(event.taskIndex, event.jobIndex)),
    ),
  );
  const shown = arrows.map((text) => text.replaceAll(/ on [^>]*?(?= ->|$)/g, ""));
  expect(shown.sort()).toEqual([...fromParents, ...fromOutputs].sort());
}

test.each([
  ["worlds", randomWorld],
  ["pipelines", randomPipelines],
  ["closed loops", randomClosedWorld],
])("a timeline shows exactly the jobs and layers of a run, whatever happens: %s", (_, worlds) => {
  const property = fc.property(worlds, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    const traced = tracedRun(world, chaos, { salt, lateDrop });
    const timeline = chromeOf(traced);
    expectJobs(timeline, traced, world);
    expectOwnTracks(timeline);
    expectCounters(timeline, traced, world);
    expectArrows(timeline, traced, world);
    expect(readPerfetto(encoded(traced.records, ".pftrace"))).toEqual(timeline);
  });
  fc.assert(property, propertyRuns(60));
});

test("Perfetto's file has texts that recur once, and is less than half of Chrome's", () => {
  const atNs = Array.from({ length: 500 }, (_, i) => 30 * i);
  const { records } = tracedRun({ tasks: [{ id: "camera", layersNs: [10, 15], atNs, deadlineNs: 30 }] }, greedy);
  const file = encoded(records, ".pftrace");
  expect(file.toString("latin1").match(/layer0/g)).toHaveLength(1);
  expect(file.toString("latin1").match(/energyMj/g)).toHaveLength(1);
  expect(file.length).toBeLessThan(encoded(records, ".json").length / 2);
});

test("names of any characters come back from both files", () => {
  const property = fc.property(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({ unit: "grapheme" }),
    (id, modelName) => {
      const { records } = tracedRun({ tasks: [{ id, modelName, layersNs: [10] }] }, greedy);
      const timeline = readChrome(encoded(records, ".json").toString());
      expect(timeline.slices[0]).toMatchObject({ name: `${id} #0`, details: { task: id, model: modelName } });
      expect(readPerfetto(encoded(records, ".pftrace"))).toEqual(timeline);
    },
  );
  fc.assert(property, propertyRuns(50));
});

test("more texts than are kept by number are written in full", () => {
  const texts = new InternedTexts();
  const ids = Array.from({ length: 20_000 }, (_, i) => texts.idOf(`text ${i}`));
  expect([ids[0], ids[9_999], ids[10_000], texts.idOf("text 5")]).toEqual([1, 10_000, undefined, 6]);
  expect([texts.takeFresh().length, texts.takeFresh().length]).toEqual([10_000, 0]);
});

test("times are µs with every ns", () => {
  expect([0, 1, 999, 1000, 1_234_567_890_123].map(micros)).toEqual([
    "0.000",
    "0.001",
    "0.999",
    "1.000",
    "1234567890.123",
  ]);
  const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const read = (text: string) => BigInt(text.replace(".", ""));
  fc.assert(
    fc.property(whole, (ns) => {
      expect(read(micros(ns))).toBe(BigInt(ns));
    }),
  );
});
