/** What feasibility claims is never refuted by a run. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CostTable, ModelCosts } from "../../src/core/costs.ts";
import { listenToEnds } from "../../src/core/events.ts";
import type { Model } from "../../src/core/model.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { feasibility } from "../../src/experiment/feasibility/index.ts";
import { violates } from "../../src/metrics/deadlines.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { chaos, randomDynamicWorld, randomWorld } from "../core/random-worlds.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

/** Cost tables hold whole ns; these worlds divide by shares of units. */
function wholeNs(table: CostTable): CostTable {
  const rounded = ([model, costs]: [Model, ModelCosts]): [Model, ModelCosts] => {
    const variants = costs.variants.map((variant) => ({ ...variant, latencyNs: variant.latencyNs.map(Math.round) }));
    return [model, { model, variants }];
  };
  return { ...table, models: new Map([...table.models].map(rounded)) };
}

/** What a system may do to its jobs: two operating points, a power cap, contention, time for each decision. */
const effects = fc.record({
  hasPoints: fc.boolean(),
  powerCapMw: fc.option(fc.double({ min: 0.1, max: 9, noNaN: true }), { nil: undefined }),
  decisionOverheadNs: fc.integer({ min: 0, max: 7 }),
  contention: fc.constantFrom("on", "off"),
  bytes: fc.integer({ min: 0, max: 400 }),
});

const operatingPoints = [
  { name: "fast", speed: 1.7, energyFactor: 1.4 },
  { name: "slow", speed: 0.6, energyFactor: 0.7 },
];

/** Skips, exits, lengths, variants and phases, on systems with effects. */
const randomFullWorld: fc.Arbitrary<SmallWorld> = fc
  .tuple(randomDynamicWorld, effects)
  .map(([world, { hasPoints, powerCapMw, decisionOverheadNs, contention, bytes }]) => ({
    ...world,
    tasks: world.tasks.map((task) => ({ ...task, offChipBytes: task.layersNs.map((_, i) => bytes * (i % 2)) })),
    system: { contention, decisionOverheadNs, ...(powerCapMw !== undefined && { powerCapMw }) },
    ...(hasPoints && { accelerator: { operatingPoints } }),
  }));

/** The last task waits for two roots of one rate, each with its own offset. */
const randomJoin: fc.Arbitrary<SmallWorld> = randomWorld
  .filter(({ tasks }) => tasks.length >= 3)
  .chain((world) =>
    fc
      .tuple(fc.double({ min: 0, max: 90, noNaN: true }), fc.double({ min: 0, max: 90, noNaN: true }))
      .map((offsets) => {
        const root = (offsetNs: number) => ({ kind: "periodic" as const, fps: 1e9 / 130, offsetNs, jitterNs: 0 });
        const releases = [root(offsets[0]), root(offsets[1])];
        const join = { kind: "after" as const, taskIndexes: [0, 1], probability: 0.8 };
        const last = world.tasks.length - 1;
        return {
          ...world,
          tasks: world.tasks.map((task, i) => ({
            ...task,
            release: i === last ? join : (releases[i] ?? task.release!),
          })),
        };
      }),
  );

function claimAndRun(world: SmallWorld, scheduler: Scheduler, given: Readonly<Record<string, number | boolean>>) {
  const { scenario, system, costTable } = smallScenario(world);
  const costs = wholeNs(costTable);
  const seed = world.seed ?? 1;
  const jobs: JobRecord[] = [];
  simulate(compile(scenario, system, costs), scheduler, resolveParameters(scheduler, given).values, {
    seed,
    observer: listenToEnds((job) => jobs.push(job)),
  });
  return { claim: feasibility(scenario, system, costs, { seed }), jobs };
}

function expectClaimToHold(world: SmallWorld, scheduler: Scheduler, given: Readonly<Record<string, number | boolean>>) {
  const { claim, jobs } = claimAndRun(world, scheduler, given);
  const violations = jobs.filter(violates).length;
  expect(jobs.filter(({ deadlineNs }) => deadlineNs < Infinity).length).toBe(claim.violations!.jobs);
  expect(violations).toBeGreaterThanOrEqual(claim.violations!.violations);
  if (claim.verdict === "impossible") expect(violations).toBeGreaterThan(0);
  claim.fastestPaths.forEach(({ isHopeless }, task) => {
    if (isHopeless) expect(jobs.filter((job) => job.taskIndex === task).every(violates)).toBe(true);
  });
}

/** The same, and both roots change together at a time. */
const randomPhasedJoin: fc.Arbitrary<SmallWorld> = fc
  .tuple(randomJoin, fc.array(fc.integer({ min: 60, max: 300 }), { minLength: 1, maxLength: 3 }), fc.integer())
  .map(([world, periods, salt]) => ({
    ...world,
    tasks: world.tasks.map((task) => ({ ...task, deadlineIsPeriod: true })),
    phases: periods.map((periodNs, i) => {
      const isEnabled = ((salt >> i) & 1) === 0;
      const change = (taskIndex: number) => ({ taskIndex, fps: 1e9 / periodNs, isEnabled });
      return { name: `p${i}`, startNs: 170 * (i + 1), changes: [change(0), change(1)] };
    }),
  }));

describe.each(schedulers.map((scheduler) => ({ name: scheduler.name, scheduler })))("$name", ({ scheduler }) => {
  test("violates at least as many deadlines as claimed unavoidable", () => {
    const property = fc.property(randomWorld, fc.boolean(), (world, lateDrop) => {
      expectClaimToHold(world, scheduler, { lateDrop });
    });
    fc.assert(property, { numRuns: 150 });
  });

  test("violates at least as many where jobs are dynamic, phases pass and systems have effects", () => {
    const property = fc.property(randomFullWorld, fc.boolean(), (world, lateDrop) => {
      expectClaimToHold(world, scheduler, { lateDrop });
    });
    fc.assert(property, { numRuns: 60 });
  });
});

test("random decisions, preemption and fission included, violate at least as many as claimed", () => {
  const property = fc.property(randomWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expectClaimToHold(world, chaos, { salt, lateDrop });
  });
  fc.assert(property, { numRuns: 1500 });
});

test("random decisions violate at least as many where jobs are dynamic, phases pass and systems have effects", () => {
  const property = fc.property(randomFullWorld, fc.integer(), fc.boolean(), (world, salt, lateDrop) => {
    expectClaimToHold(world, chaos, { salt, lateDrop });
  });
  fc.assert(property, { numRuns: 1500 });
});

test("where a task waits for two roots, runs violate at least as many as claimed", () => {
  const worlds = fc.oneof(randomJoin, randomPhasedJoin);
  const property = fc.property(worlds, fc.constantFrom(chaos, ...schedulers), (world, scheduler) => {
    expectClaimToHold(world, scheduler, { lateDrop: true });
  });
  fc.assert(property, { numRuns: 500 });
});

test("no job completes sooner than its fastest path", () => {
  const worlds = fc.oneof(randomWorld, randomFullWorld, randomPhasedJoin);
  const property = fc.property(worlds, fc.integer(), (world, salt) => {
    const { claim, jobs } = claimAndRun(world, chaos, { salt, lateDrop: false });
    for (const { completionNs, frameReleaseNs, taskIndex } of jobs) {
      if (completionNs === undefined) continue;
      expect(completionNs - frameReleaseNs).toBeGreaterThanOrEqual(claim.fastestPaths[taskIndex]!.fastestNs);
    }
  });
  fc.assert(property, { numRuns: 1500 });
});

/** With two accelerators the best price of the first is one at which some layer costs the same on both. */
function exactPeakLoad({ tasks }: SmallWorld): number {
  const layers = tasks.flatMap(({ layersNs }) => layersNs as readonly (readonly [number, number])[]);
  const ties = layers.flatMap(([a, b]) => (a + b > 0 ? [b / (a + b)] : []));
  const loadAt = (price: number) => layers.reduce((sum, [a, b]) => sum + Math.min(price * a, (1 - price) * b), 0) / 1e9;
  return Math.max(...[0, 1, ...ties].map(loadAt));
}

test("on two accelerators the least peak load is exact", () => {
  const latency = fc.integer({ min: 0, max: 1e6 });
  const layers = fc.array(fc.tuple(latency, latency), { minLength: 1, maxLength: 12 });
  const property = fc.property(fc.array(layers, { minLength: 1, maxLength: 4 }), (tasks) => {
    const release = { kind: "periodic" as const, fps: 1, offsetNs: 0, jitterNs: 0 };
    const world: SmallWorld = {
      accelerators: 2,
      preemption: ["drain"],
      tasks: tasks.map((layersNs, i) => ({ id: `t${i}`, layersNs, release, deadlineNs: 1e9 })),
    };
    const { scenario, system, costTable } = smallScenario(world);
    expect(feasibility(scenario, system, costTable).leastPeakLoad).toBeCloseTo(exactPeakLoad(world), 12);
  });
  fc.assert(property, { numRuns: 500 });
});

test("the random worlds are of all kinds: impossible in part, wholly, and not", () => {
  const rates = fc.sample(randomWorld, { numRuns: 300, seed: 7 }).map((world) => {
    const { scenario, system, costTable } = smallScenario(world);
    return feasibility(scenario, system, wholeNs(costTable), { seed: world.seed ?? 1 }).leastViolationRate ?? 0;
  });
  expect(rates.filter((rate) => rate === 0).length).toBeGreaterThan(20);
  expect(rates.filter((rate) => rate > 0 && rate < 1).length).toBeGreaterThan(20);
});
