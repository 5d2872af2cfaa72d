/** Random small worlds with every effect, for claims about all schedulers. */
import fc from "fast-check";
import type { CostTable, ModelCosts } from "../../src/core/costs.ts";
import type { Model } from "../../src/core/model.ts";
import { randomJoins } from "../core/random-joins.ts";
import { withSpreads } from "../core/random-spreads.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
} from "../core/random-worlds.ts";
import type { SmallWorld } from "../worlds.ts";

/** Rounds the table to whole ns, as real ones are: these worlds divide latencies by numbers of units. */
export function wholeNs(table: CostTable): CostTable {
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

/** Worlds of each kind, and how many of them. */
export const claimWorlds: readonly [kind: string, worlds: fc.Arbitrary<SmallWorld>, cases: number][] = [
  ["in random worlds", randomWorld, 2000],
  ["where jobs are dynamic, phases pass and systems have effects", randomFullWorld, 1500],
  ["where jobs differ in work", randomScaledWorld, 800],
  ["where clients wait for their jobs", randomClosedWorld, 800],
  ["where times vary", withSpreads(fc.oneof(randomWorld, randomFullWorld)), 1000],
  ["where jobs differ in work and times vary", withSpreads(randomScaledWorld), 500],
  ["where clients wait for jobs that queues may refuse", withPipelines(randomClosedWorld), 500],
  ["where a task waits for two roots", randomJoins, 500],
  ["where tasks read each other and have queues", randomPipelines, 500],
];
