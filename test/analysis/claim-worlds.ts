/** Random small worlds with every effect, for claims about all schedulers. */
import fc from "fast-check";
import type { CostTable, ModelCosts } from "../../src/core/costs.ts";
import type { Model } from "../../src/core/model.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withPipelines,
  withSpreads,
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
export const claimWorlds: readonly [kind: string, worlds: fc.Arbitrary<SmallWorld>, cases: number][] = [
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
