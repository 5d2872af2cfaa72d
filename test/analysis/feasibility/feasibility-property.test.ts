/** No run refutes a claim of feasibility. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Feasibility, feasibility } from "../../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import type { CostTable, ModelCosts } from "../../../src/core/costs.ts";
import { listenToEnds } from "../../../src/core/events.ts";
import type { Model } from "../../../src/core/model.ts";
import { compile } from "../../../src/core/program.ts";
import type { JobRecord } from "../../../src/core/records.ts";
import type { Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { violates } from "../../../src/metrics/deadlines.ts";
import { schedulers } from "../../../src/schedulers/index.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import {
  chaos,
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
  withSpreads,
} from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type SmallWorld, smallScenario } from "../../worlds.ts";

const solver = await loadSolver();

/** Rounds the table to whole ns, as real ones are: these worlds divide latencies by numbers of units. */
function wholeNs(table: CostTable): CostTable {
  const rounded = ([model, costs]: [Model, ModelCosts]): [Model, ModelCosts] => {
    const variants = costs.variants.map((variant) => ({ ...variant, latencyNs: variant.latencyNs.map(Math.round) }));
    return [model, { model, variants }];
  };
  return { ...table, models: new Map([...table.models].map(rounded)) };
}

/** Effects of a system: operating points, power cap, contention, decision overhead and a memory for weights. */
const effects = fc.record({
  hasPoints: fc.boolean(),
  powerCapMw: fc.option(fc.double({ min: 0.1, max: 9, noNaN: true }), { nil: undefined }),
  decisionOverheadNs: fc.integer({ min: 0, max: 7 }),
  contention: fc.constantFrom("on", "off"),
  bytes: fc.integer({ min: 0, max: 400 }),
  weights: fc.option(
    fc.record({
      bytes: fc.integer({ min: 1, max: 60 }),
      bandwidthGBs: fc.constantFrom(1, 4),
      energyPjPerByte: fc.constant(0),
      overlap: fc.constantFrom("on", "off"),
    }),
    { nil: undefined },
  ),
});

const operatingPoints = [
  { name: "fast", speed: 1.7, energyFactor: 1.4 },
  { name: "slow", speed: 0.6, energyFactor: 0.7 },
];

/** Dynamic jobs, variants and phases, on systems with effects. */
const randomFullWorld: fc.Arbitrary<SmallWorld> = fc
  .tuple(randomDynamicWorld, effects)
  .map(([world, { hasPoints, powerCapMw, decisionOverheadNs, contention, bytes, weights }]) => ({
    ...world,
    tasks: world.tasks.map((task) => ({
      ...task,
      offChipBytes: task.layersNs.map((_, i) => bytes * (i % 2)),
      weightBytes: task.layersNs.map((_, i) => 7 * (i + 1)),
    })),
    system: { contention, decisionOverheadNs, ...(powerCapMw !== undefined && { powerCapMw }) },
    accelerator: { ...(hasPoints && { operatingPoints }), ...(weights !== undefined && { weights }) },
  }));

/** The last task waits for two roots of equal rate, each with its own offset. */
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

type Given = Readonly<Record<string, number | boolean>>;

/** For a policy: the parts of what is claimed of this world that a run of it shows to be wrong. */
function claimOf(world: SmallWorld): (scheduler: Scheduler, given: Given) => readonly string[] {
  const { scenario, system, costTable } = smallScenario(world);
  const costs = wholeNs(costTable);
  const seed = world.seed ?? 1;
  const claim = feasibility(scenario, system, costs, { seed, solver });
  const program = compile(scenario, system, costs);
  return (scheduler, given) => {
    const jobs: JobRecord[] = [];
    const { values } = resolveParameters(scheduler, given);
    simulate(program, scheduler, values, { seed, observer: listenToEnds((job) => jobs.push(job)) });
    return refuted(claim, jobs).map((part) => `${part} by ${scheduler.name}`);
  };
}

function refuted({ verdict, violations, fastestPaths }: Feasibility, jobs: readonly JobRecord[]): readonly string[] {
  const violated = jobs.filter(violates).length;
  const withDeadline = jobs.filter(({ deadlineNs }) => deadlineNs < Infinity).length;
  const pathOf = (job: JobRecord) => fastestPaths[job.taskIndex]!;
  const took = ({ completionNs = Infinity, frameReleaseNs }: JobRecord) => completionNs - frameReleaseNs;
  const parts = {
    jobs: violations!.areAll ? withDeadline !== violations!.jobs : withDeadline < violations!.jobs,
    violations: violated < violations!.violations,
    verdict: verdict === "impossible" && violated === 0,
    hopeless: jobs.some((job) => pathOf(job).isHopeless && !violates(job)),
    fastestPath: jobs.some((job) => took(job) < pathOf(job).fastestNs),
  };
  return Object.entries(parts).flatMap(([part, isRefuted]) => (isRefuted ? [part] : []));
}

/** The same, with phases that change both roots at once. */
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

/** Worlds of each kind, and how many of them. */
const worlds: readonly [kind: string, worlds: fc.Arbitrary<SmallWorld>, cases: number][] = [
  ["in random worlds", randomWorld, 2000],
  ["where jobs are dynamic, phases pass and systems have effects", randomFullWorld, 1500],
  ["where jobs differ in work", randomScaledWorld, 800],
  ["where clients wait for their jobs", randomClosedWorld, 800],
  ["where times vary", withSpreads(fc.oneof(randomWorld, randomFullWorld)), 1000],
  ["where jobs differ in work and times vary", withSpreads(randomScaledWorld), 500],
  ["where clients wait for jobs that queues may refuse", withPipelines(randomClosedWorld), 500],
  ["where a task waits for two roots", fc.oneof(randomJoin, randomPhasedJoin), 500],
  ["where tasks read each other and have queues", randomPipelines, 500],
];

// Claims take longer than runs, so each is held against two schedulers, and random decisions with preemption and fission.
test.each(worlds)("%s no run refutes what is claimed", (_, world, cases) => {
  const two = fc.tuple(fc.constantFrom(...schedulers), fc.constantFrom(...schedulers));
  const property = fc.property(world, two, fc.integer(), fc.boolean(), (drawn, [one, other], salt, lateDrop) => {
    const refutedBy = claimOf(drawn);
    const all = [refutedBy(one, { lateDrop }), refutedBy(other, { lateDrop }), refutedBy(chaos, { salt, lateDrop })];
    expect(all).toEqual([[], [], []]);
  });
  fc.assert(property, propertyRuns(cases));
});

/** With two accelerators, some layer costs the same on both at the best price of the first. */
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
    expect(feasibility(scenario, system, costTable, { solver }).leastPeakLoad).toBeCloseTo(exactPeakLoad(world), 12);
  });
  fc.assert(property, propertyRuns(500));
});

test("some random worlds have no violations, others some, but not all jobs violate", () => {
  const rates = fc.sample(randomWorld, { numRuns: 300, seed: 7 }).map((world) => {
    const { scenario, system, costTable } = smallScenario(world);
    return feasibility(scenario, system, wholeNs(costTable), { seed: world.seed ?? 1, solver }).leastViolationRate ?? 0;
  });
  expect(rates.filter((rate) => rate === 0).length).toBeGreaterThan(20);
  expect(rates.filter((rate) => rate > 0 && rate < 1).length).toBeGreaterThan(20);
});
