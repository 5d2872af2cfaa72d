/** MapScore against the formula written out, and its rules in random worlds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../../src/core/program.ts";
import type { AcceleratorView, ReadyJob, Scheduler, View } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { createAudit } from "../../../src/run/audit/audit.ts";
import { dream } from "../../../src/schedulers/dream/dream.ts";
import { dreamMapscore } from "../../../src/schedulers/dream/dream-mapscore.ts";
import { dreamSmartdrop } from "../../../src/schedulers/dream/dream-smartdrop.ts";
import { sdrm3 } from "../../../src/schedulers/dream/sdrm3.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { randomScaledWorld, randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld, smallScenario } from "../../worlds.ts";

const share = fc.double({ min: 0, max: 2, noNaN: true });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** docs/references.md#dream-mapscore, literally. */
function score(view: View, job: ReadyJob, accelerator: AcceleratorView, alpha: number, beta: number): number {
  const costs = job.task.layerCosts(job.variantIndex);
  const latencies = view.accelerators.map((other) => Math.max(costs.latencyNs(job.layerIndex, other), 1));
  const energies = view.accelerators.map((other) => Math.max(costs.energyPj(job.layerIndex, other), 1));
  const urgency = job.meanRemainingNs / Math.max(job.deadlineNs - view.nowNs, 1);
  const starvation = (view.nowNs - job.lastRanNs) / Math.max(job.meanLatencyNs, 1);
  const switching = job.switchPj(accelerator) / Math.max(job.energyPj(accelerator), 1);
  const energy = sum(energies) / energies[accelerator.index]! - switching;
  return urgency * (sum(latencies) / latencies[accelerator.index]!) + alpha * starvation + beta * energy;
}

const plain = (alpha: number, beta: number): Scheduler => ({
  ...dreamMapscore,
  create: () => ({
    lateDrop: true,
    decide(view, decisions) {
      const pairs = [...view.readyJobs].flatMap((job) =>
        view.idleAccelerators.map((idle) => ({ job, idle, score: score(view, job, idle, alpha, beta) })),
      );
      const best = Math.max(...pairs.map((pair) => pair.score));
      const { job, idle } = pairs.find((pair) => pair.score === best)!;
      decisions.run(job, idle, { layers: 1 });
    },
  }),
});

test.each([
  ["any world", randomWorld],
  ["any world with jobs of unlike scales", randomScaledWorld],
])("in %s dream-mapscore decides as the formula written out", (_, worlds) => {
  const property = fc.property(worlds, share, share, (world, alpha, beta) => {
    expect(run(world, dreamMapscore, { alpha, beta }).starts).toEqual(run(world, plain(alpha, beta)).starts);
  });
  fc.assert(property, propertyRuns(200));
});

/** Gives half of the tasks lighter variants: without the last layer, and the first layer alone. */
const withSupernets = (world: SmallWorld): SmallWorld => ({
  ...world,
  tasks: world.tasks.map((task, index) => {
    const { layersNs } = task;
    return index % 2 === 1 || layersNs.length < 2
      ? task
      : { ...task, lighterNs: [layersNs.slice(0, -1), layersNs.slice(0, 1)] };
  }),
});

test.each([dreamMapscore, dreamSmartdrop, dream, sdrm3])("$name keeps every rule that the audit knows", (scheduler) => {
  const property = fc.property(randomWorld, share, (world, alpha) => {
    const { scenario, system, costTable } = smallScenario(withSupernets(world));
    const program = compile(scenario, system, costTable);
    const { values } = resolveParameters(scheduler, { alpha, tuning: "online", windowMs: 0.0002 });
    const seed = world.seed ?? 1;
    const audit = createAudit(program, { seed, lateDrop: true });
    expect(audit.finish(simulate(program, scheduler, values, { seed, observer: audit.observer }))).toEqual([]);
  });
  fc.assert(property, propertyRuns(100));
});

test("random worlds make dream-smartdrop drop frames", () => {
  const dropsIn = (world: SmallWorld) =>
    run(world, dreamSmartdrop, { lateDrop: false }).jobs.filter(({ dropReason }) => dropReason === "policy");
  const worlds = fc.sample(randomWorld, { numRuns: 100, seed: 1 });
  expect(worlds.filter((world) => dropsIn(world).length > 0).length).toBeGreaterThan(10);
});

test("no more frames than the limit are dropped among the recent ones of any task", () => {
  const property = fc.property(
    randomWorld,
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 5 }),
    (world, dropLimit, dropWindow) => {
      const given = { dropLimit, dropWindow, lateDrop: false };
      const { jobs } = run(world, dreamSmartdrop, given);
      for (const [taskIndex] of world.tasks.entries()) {
        const ended = jobs.filter((job) => job.taskIndex === taskIndex);
        for (const [i, job] of ended.entries()) {
          if (job.dropReason !== "policy") continue;
          const recent = ended.slice(Math.max(0, i + 1 - dropWindow), i + 1);
          expect(recent.filter(({ dropReason }) => dropReason !== undefined).length).toBeLessThanOrEqual(dropLimit);
        }
      }
    },
  );
  fc.assert(property, propertyRuns(200));
});
