/** Times that vary from job to job. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { purpose, uniform } from "../../src/core/draws.ts";
import { compile } from "../../src/core/program.ts";
import type { Segment } from "../../src/core/records.ts";
import type { RunningJob, Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { drawnNs, type Spread } from "../../src/core/spread.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { anyScheduler } from "../cheap-schedulers.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { firstComeFirst, planned, type Step, scheduler, workOf } from "./planned.ts";
import { randomSpread, withSpreads } from "./random-spreads.ts";
import { randomDynamicWorld, randomWorld } from "./random-worlds.ts";

/** The draw of layer 0 of job 0 of the first task with seed 1. */
const u = uniform(1, 0, 0, purpose.layerTime, 0);
const upTo = (highNs: number): Spread => ({ kind: "range", lowNs: 0, highNs });
const only = (...latenciesNs: number[]): Spread => ({ kind: "samples", latenciesNs });

describe("a drawn time", () => {
  const timeOf = (spread: Spread) => drawnNs(spread, 1000, 1, 0, 0, 0);
  test("is that at the quantile of the draw", () => {
    expect(timeOf({ kind: "uniform", plusMinus: 0.2 })).toBe(Math.round(800 + 400 * u));
    expect(timeOf({ kind: "range", lowNs: 300, highNs: 700 })).toBe(Math.round(300 + 400 * u));
    expect(timeOf(only(10, 20, 30, 40))).toBe(10 * Math.ceil(4 * u));
  });
  test("of a sum is at one quantile for all parts", () => {
    const parts = [{ latencyNs: 5 }, { latencyNs: 50, spread: upTo(100) }, { latencyNs: 500, spread: upTo(1000) }];
    expect(timeOf({ kind: "sum", parts })).toBe(5 + Math.round(100 * u) + Math.round(1000 * u));
  });
  test("per job is the same for all layers", () => {
    const spread: Spread = { kind: "uniform", plusMinus: 1, per: "job" };
    const [first, second] = [0, 1].map((layer) => drawnNs(spread, 1e9, 1, 0, 0, layer));
    expect(second).toBe(first);
    expect(drawnNs(spread, 1e9, 1, 0, 1, 0)).not.toBe(first);
    const perLayer: Spread = { kind: "uniform", plusMinus: 1 };
    expect(drawnNs(perLayer, 1e9, 1, 0, 0, 1)).not.toBe(drawnNs(perLayer, 1e9, 1, 0, 0, 0));
  });
  test.each<[string, Spread, number, number]>([
    ["uniform", { kind: "uniform", plusMinus: 0.3 }, 0.3 / Math.sqrt(3), 0.005],
    ["lognormal", { kind: "lognormal", cv: 0.5 }, 0.5, 0.02],
  ])("%s has the nominal latency as its mean, and its coefficient of variation", (_, spread, cv, within) => {
    const times = Array.from({ length: 40_000 }, (_, job) => drawnNs(spread, 1e6, 7, 0, job, 0));
    const mean = times.reduce((sum, ns) => sum + ns, 0) / times.length;
    const variance = times.reduce((sum, ns) => sum + (ns - mean) ** 2, 0) / (times.length - 1);
    expect(Math.abs(mean / 1e6 - 1)).toBeLessThan(0.01);
    expect(Math.abs(Math.sqrt(variance) / mean - cv)).toBeLessThan(within);
  });
});

describe("a layer that varies", () => {
  /** Nominally 100 ns; with seed 1, the first job takes u x 400 on a0 and u x 800 on a1. */
  const world: SmallWorld = {
    tasks: [{ id: "a", layersNs: [[100, 100]], spreads: [upTo(400), upTo(800)] }],
    accelerators: 2,
  };
  const onA0 = Math.round(400 * u);
  const onA1 = Math.round(800 * u);
  test("takes the time at the same quantile, wherever it runs", () => {
    expect(workOf(world, [{ atNs: 0, run: "a#0" }])).toEqual([[0, onA0, "a#0.0", 0]]);
    expect(workOf(world, [{ atNs: 0, run: "a#0", on: 1 }])).toEqual([[0, onA1, "a#0.0", 1]]);
  });
  test("takes the energy of its costs, however long it takes", () => {
    expect(run(world, planned([{ atNs: 0, run: "a#0" }])).jobs[0]).toMatchObject({ energyPj: 100, isolatedNs: onA0 });
  });
  test("keeps the share that is done over a checkpoint, also on an accelerator of other times", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 40, checkpoint: "a#0" },
      { atNs: 40, run: "a#0", on: 1 },
    ];
    const restNs = onA1 - Math.floor((40 / onA0) * onA1);
    expect(workOf(world, steps)).toEqual([
      [0, 40, "a#0.0", 0],
      [40, 40 + restNs, "a#0.0", 1],
    ]);
  });
  test("takes the same time again after a kill", () => {
    const steps: Step[] = [
      { atNs: 0, run: "a#0" },
      { atNs: 40, kill: "a#0" },
      { atNs: 40, run: "a#0" },
    ];
    expect(workOf(world, steps).at(-1)).toEqual([40, 40 + onA0, "a#0.0", 0]);
  });
  test("runs slower at a slower operating point", () => {
    const accelerator = { operatingPoints: [{ name: "half", speed: 0.5, energyFactor: 1 }] };
    expect(workOf({ ...world, accelerator }, [{ atNs: 0, run: "a#0" }])).toEqual([[0, 2 * onA0, "a#0.0", 0]]);
  });
});

/** What a policy sees of the running job at some times: progress, and what is left and the end as predicted. */
function seenAt(times: readonly number[], world: SmallWorld): readonly unknown[] {
  const seen: unknown[] = [];
  const watcher = scheduler({
    preempt(view, decisions) {
      const later = times.filter((timeNs) => timeNs > view.nowNs);
      if (later.length > 0) decisions.wakeAt(later[0]!);
      const [job] = view.runningJobs as readonly RunningJob[];
      if (job === undefined || !times.includes(view.nowNs)) return;
      seen.push([view.nowNs, job.progressNow, job.remainingNowNs(job.accelerator), job.layerEndNs]);
    },
    decide(view, decisions) {
      firstComeFirst(view, decisions);
      decisions.wakeAt(times[0]!);
    },
  });
  run(world, watcher);
  return seen;
}

describe("policies", () => {
  const world = (actualNs: number): SmallWorld => ({
    tasks: [{ id: "a", layersNs: [100], spreads: [only(actualNs)] }],
  });
  test("see the nominal progress, and nothing left once a layer overruns", () => {
    expect(seenAt([50, 100, 150], world(200))).toEqual([
      [50, 0.5, 50, 100],
      [100, 1, 0, 100],
      [150, 1, 0, 150],
    ]);
  });
  test("see a whole end, and not one more by rounding", () => {
    // (1 - 0.7) x 10 ns are 3.0000000000000004 in binary fractions.
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [10], spreads: [only(10)] }] };
    expect(seenAt([7], world)).toEqual([[7, 0.7, expect.closeTo(3, 9), 10]]);
  });
  test("see no sooner that a layer will be short", () => {
    expect(seenAt([25], world(50))).toEqual([[25, 0.25, 75, 100]]);
  });
  test("see the nominal progress of a checkpoint", () => {
    const seen: number[] = [];
    const looks = planned([
      { atNs: 0, run: "a#0" },
      { atNs: 50, checkpoint: "a#0" },
    ]);
    const watching: Scheduler = {
      ...looks,
      create(...given) {
        const policy = looks.create(...given);
        return {
          ...policy,
          decide(view, decisions) {
            const job = view.readyJobs.first;
            if (view.nowNs === 50) {
              seen.push(job.layerProgress, job.remainingNs(view.accelerators[0]!), job.meanRemainingNs);
              return decisions.run(job, view.idleAccelerators[0]);
            }
            policy.decide(view, decisions);
          },
        };
      },
    };
    const { jobs } = run(world(200), watching);
    expect(seen).toEqual([0.5, 50, 50]);
    expect(jobs[0]!.completionNs).toBe(200);
  });
});

/** The time of each whole layer, by task, job and layer. */
function timesOf(segments: readonly Segment[]): ReadonlyMap<string, number> {
  const whole = segments.filter(({ progressBefore, end }) => progressBefore === 0 && end === "completed");
  return new Map(whole.map((s) => [`${s.taskIndex}/${s.jobIndex}/${s.layerIndex}`, s.endNs - s.startNs]));
}

test("every policy meets the same times: they belong to the job and the layer", () => {
  const world = fc.tuple(randomWorld, randomSpread).map(
    ([drawn, spread]): SmallWorld => ({
      ...drawn,
      units: [1],
      contextSwitch: "off",
      tasks: drawn.tasks.map((task) => ({ ...task, spreads: [spread], layersNs: task.layersNs.map(() => 40) })),
    }),
  );
  const two = fc.tuple(anyScheduler(), anyScheduler());
  const property = fc.property(world, two, (drawn, [one, other]) => {
    const [first, second] = [one, other].map((each) => timesOf(run(drawn, each, { lateDrop: false }).segments));
    const common = [...first!.keys()].filter((key) => second!.has(key));
    expect(common.map((key) => first!.get(key))).toEqual(common.map((key) => second!.get(key)));
    expect(common.length).toBeGreaterThan(0);
  });
  fc.assert(property, propertyRuns(200));
});

test("times that always are the nominal ones change nothing", () => {
  const property = fc.property(fc.oneof(randomWorld, randomDynamicWorld), anyScheduler(chaos), (world, policy) => {
    const plain = run(world, policy);
    const same: Spread = { kind: "uniform", plusMinus: 0 };
    const varied = run({ ...world, tasks: world.tasks.map((task) => ({ ...task, spreads: [same] })) }, policy);
    expect(varied.segments).toEqual(plain.segments);
    expect(varied.totals).toEqual(plain.totals);
  });
  fc.assert(property, propertyRuns(300));
});

test("every rule of the audit holds where times vary, whatever a policy decides", () => {
  const property = fc.property(
    withSpreads(fc.oneof(randomWorld, randomDynamicWorld)),
    anyScheduler(chaos),
    (world, policy) => {
      const { scenario, system, costTable } = smallScenario(world);
      const program = compile(scenario, system, costTable);
      const seed = world.seed ?? 1;
      const audit = createAudit(program, { seed, lateDrop: true });
      const { values } = resolveParameters(policy, { lateDrop: true });
      expect(audit.finish(simulate(program, policy, values, { seed, observer: audit.observer }))).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(300));
});

test("the audit finds a layer that did not take its drawn time", () => {
  const world: SmallWorld = { tasks: [{ id: "a", layersNs: [100], spreads: [upTo(1000)] }] };
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const { values } = resolveParameters(fcfs, {});
  const ofOtherSeed = createAudit(program, { seed: 2, lateDrop: true });
  const totals = simulate(program, fcfs, values, { seed: 1, observer: ofOtherSeed.observer });
  expect(ofOtherSeed.finish(totals)).toContain('job 0 of task "a" took a wrong time for layer 0 at 0 ns');
});

describe("Graham's anomaly", () => {
  /** Nothing is stopped, and urgent can run on a0 alone. short nominally takes 50 ns. */
  const world = (shortNs: number): SmallWorld => ({
    accelerators: 2,
    tasks: [
      { id: "short", layersNs: [50], deadlineNs: 60, spreads: [only(shortNs)] },
      { id: "other", layersNs: [60], deadlineNs: 70 },
      { id: "long", layersNs: [100], atNs: [10], deadlineNs: 300 },
      { id: "urgent", layersNs: [[40, Infinity]], atNs: [45], deadlineNs: 60 },
    ],
  });
  test("a job that runs shorter makes another one late", () => {
    // At 50 urgent waits and is due before long: it runs until 90, and is due at 105. long runs on a1 from 60.
    expect(run(world(50), edf).starts).toEqual([
      [0, "short", 0],
      [0, "other", 1],
      [50, "urgent", 0],
      [60, "long", 1],
    ]);
    expect(run(world(50), edf).jobs.filter(({ completionNs, deadlineNs }) => completionNs! > deadlineNs)).toEqual([]);
    // At 30 only long waits. It holds a0 until 130, and urgent, which comes at 45, cannot run anywhere else.
    const shorter = run(world(30), edf, { lateDrop: false });
    expect(shorter.starts).toEqual([
      [0, "short", 0],
      [0, "other", 1],
      [30, "long", 0],
      [130, "urgent", 0],
    ]);
    expect(shorter.jobs.find(({ taskIndex }) => taskIndex === 3)).toMatchObject({ completionNs: 170, deadlineNs: 105 });
  });
});
