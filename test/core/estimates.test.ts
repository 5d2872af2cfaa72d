/** Estimates that are wrong: policies see other latencies than the layers have. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { purpose, uniform } from "../../src/core/draws.ts";
import { estimatesOf } from "../../src/core/estimates.ts";
import { compile } from "../../src/core/program.ts";
import type { RunningJob } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { sjf } from "../../src/schedulers/sjf.ts";
import { anyScheduler } from "../cheap-schedulers.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../worlds.ts";
import { chaos } from "./chaos.ts";
import { firstComeFirst, scheduler } from "./planned.ts";
import { withSpreads } from "./random-spreads.ts";
import { randomDynamicWorld, randomWorld } from "./random-worlds.ts";

const programOf = (world: SmallWorld) => {
  const { scenario, system, costTable } = smallScenario(world);
  return compile(scenario, system, costTable);
};
const withError = (world: SmallWorld, estimateError: number): SmallWorld => ({
  ...world,
  system: { ...world.system, estimateError },
});

/** Factor of the first variant of the model of a task on an accelerator, for errors of up to 20 %. */
const factor = (task: number, accelerator = 0, seed = 1): number =>
  1 + 0.2 * (2 * uniform(seed, task, 0, purpose.estimate, accelerator) - 1);

describe("estimates that are wrong by up to 20 %", () => {
  const two: SmallWorld = {
    tasks: [
      { id: "a", layersNs: [[10_000, 30_000], 20_000] },
      { id: "b", layersNs: [40_000] },
    ],
    accelerators: 2,
  };
  test("have one factor for each model on each accelerator, for all its layers", () => {
    const { latencyNs, wholeNs, isolatedNs } = (() => {
      const estimates = estimatesOf(programOf(withError(two, 0.2)), 1);
      const [a] = estimates.tasks;
      return { latencyNs: [...estimates.latencyNs], wholeNs: [...a!.wholeNs[0]!], isolatedNs: a!.isolatedNs[0] };
    })();
    const a0 = [10_000, 20_000].map((ns) => Math.round(ns * factor(0)));
    const a1 = [30_000, 20_000].map((ns) => Math.round(ns * factor(0, 1)));
    const b = [factor(1), factor(1, 1)].map((each) => Math.round(40_000 * each));
    // Each variant ends with a row of zeros.
    expect(latencyNs).toEqual([a0[0], a1[0], a0[1], a1[1], 0, 0, ...b, 0, 0]);
    expect(wholeNs).toEqual([a0[0]! + a0[1]!, a1[0]! + a1[1]!]);
    expect(isolatedNs).toBe(Math.min(...wholeNs));
  });
  test("change with the seed", () => {
    const latencies = (seed: number) => [...estimatesOf(programOf(withError(two, 0.2)), seed).latencyNs];
    expect(latencies(2)).not.toEqual(latencies(1));
  });
  test("mislead a policy that goes by them; the layers take their own time", () => {
    const seed = Array.from({ length: 50 }, (_, i) => i).find((i) => 100 * factor(0, 0, i) > 110 * factor(1, 0, i))!;
    const world: SmallWorld = {
      tasks: [
        { id: "a", layersNs: [100], deadlineNs: 100 },
        { id: "b", layersNs: [110], deadlineNs: 300 },
      ],
      seed,
    };
    expect(run(world, sjf).ends.map(([timeNs, job]) => [timeNs, job])).toEqual([
      [100, "a#0"],
      [210, "b#0"],
    ]);
    const misled = run(withError(world, 0.2), sjf, { lateDrop: false });
    expect(misled.ends.map(([timeNs, job]) => [timeNs, job])).toEqual([
      [110, "b#0"],
      [210, "a#0"],
    ]);
    // A policy that goes by deadlines alone is not misled.
    expect(run(withError(world, 0.2), edf).ends).toEqual(run(world, edf).ends);
  });
  test("are all that a policy sees of a running layer", () => {
    const seen: unknown[] = [];
    const watcher = scheduler({
      preempt(view) {
        const [job] = view.runningJobs as readonly RunningJob[];
        if (job !== undefined && view.nowNs === 400)
          seen.push([
            job.latencyNs(job.accelerator),
            job.remainingNowNs(job.accelerator),
            job.layerEndNs,
            job.isolatedNs,
          ]);
      },
      decide(view, decisions) {
        firstComeFirst(view, decisions);
        decisions.wakeAt(400);
      },
    });
    const world: SmallWorld = { tasks: [{ id: "a", layersNs: [1000] }] };
    run(withError(world, 0.2), watcher);
    const estimateNs = Math.round(1000 * factor(0));
    expect(estimateNs).not.toBe(1000);
    expect(seen).toHaveLength(1);
    const [[latencyNs, leftNs, endNs, isolatedNs]] = seen as [[number, number, number, number]];
    expect([latencyNs, isolatedNs]).toEqual([estimateNs, estimateNs]);
    expect(leftNs).toBeCloseTo(estimateNs - 400, 6);
    expect(Math.abs(endNs - estimateNs)).toBeLessThanOrEqual(1);
  });
});

const anyWorld = withSpreads(fc.oneof(randomWorld, randomDynamicWorld));

test("no layer takes another time because estimates are wrong, whatever a policy decides", () => {
  const property = fc.property(
    anyWorld,
    anyScheduler(chaos),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    (world, policy, estimateError) => {
      const program = programOf(withError(world, estimateError));
      const seed = world.seed ?? 1;
      const audit = createAudit(program, { seed, lateDrop: true });
      const { values } = resolveParameters(policy, { lateDrop: true });
      expect(audit.finish(simulate(program, policy, values, { seed, observer: audit.observer }))).toEqual([]);
    },
  );
  fc.assert(property, propertyRuns(300));
});

test("estimates are never further off than said, and an error of 0 is none", () => {
  const property = fc.property(anyWorld, fc.double({ min: 0, max: 1, noNaN: true }), (world, estimateError) => {
    const program = programOf(withError(world, estimateError));
    const { latencyNs } = estimatesOf(program, world.seed ?? 1);
    latencyNs.forEach((ns, at) => {
      const nominalNs = program.latencyNs[at]!;
      if (nominalNs === Infinity) expect(ns).toBe(Infinity);
      else expect(Math.abs(ns - nominalNs)).toBeLessThanOrEqual(estimateError * nominalNs + 0.5);
    });
    const exact = programOf(withError(world, 0));
    expect(estimatesOf(exact, 1)).toBe(exact);
  });
  fc.assert(property, propertyRuns(200));
});
