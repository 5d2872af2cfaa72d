/** No run refutes a claim of feasibility. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Feasibility, feasibility } from "../../../src/analysis/feasibility/index.ts";
import { loadSolver } from "../../../src/analysis/solver/index.ts";
import { listenToEnds } from "../../../src/core/events.ts";
import { violates } from "../../../src/core/job-outcome.ts";
import { compile } from "../../../src/core/program.ts";
import type { JobRecord } from "../../../src/core/records.ts";
import type { Scheduler } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { anyScheduler } from "../../cheap-schedulers.ts";
import { chaos } from "../../core/chaos.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type SmallWorld, smallScenario } from "../../worlds.ts";
import { claimWorlds, wholeNs } from "../claim-worlds.ts";

const solver = await loadSolver();

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

// Claims take longer than runs, so each is held against two schedulers, and random decisions with preemption and fission.
test.each(claimWorlds)("%s no run refutes what is claimed", (_, world, cases) => {
  const two = fc.tuple(anyScheduler(), anyScheduler());
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
  // Both prices, since 1 minus the one loses digits where the other is small.
  const ties = layers.flatMap(([a, b]) => (a + b > 0 ? [[b / (a + b), a / (a + b)] as const] : []));
  const loadAt = ([p, q]: readonly [number, number]) =>
    layers.reduce((sum, [a, b]) => sum + Math.min(p * a, q * b), 0) / 1e9;
  return Math.max(0, ...ties.map(loadAt));
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
    const { leastPeakLoad } = feasibility(scenario, system, costTable, { solver });
    const exact = exactPeakLoad(world);
    // Prices are as near the best as the solver's tolerance; the bound stays a bound.
    expect(leastPeakLoad).toBeLessThanOrEqual(exact * (1 + 1e-12));
    expect(leastPeakLoad).toBeGreaterThanOrEqual(exact * (1 - 1e-7));
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
