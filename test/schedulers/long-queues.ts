/** Worlds with many waiting jobs. */
import fc from "fast-check";
import { LONG_QUEUE } from "../../src/schedulers/long-queue.ts";
import { withSpreads } from "../core/random-spreads.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
} from "../core/random-worlds.ts";
import type { SmallTask, SmallWorld } from "../worlds.ts";

/** Number of waiting jobs above which they are indexed. Random worlds are small, so few will do. */
export const anyLongQueue = fc.constantFrom(2, 3, 8, LONG_QUEUE);

const anyWorld = fc.oneof(
  ...[randomWorld, randomDynamicWorld, randomClosedWorld, randomScaledWorld, randomPipelines, withSpreads(randomWorld)],
);

/** The world with more jobs than it can run. */
const overloaded = fc
  .tuple(anyWorld, fc.constantFrom(1, 2, 6))
  .map(([world, load]): SmallWorld => ({ ...world, tasks: world.tasks.map((task) => moreOften(task, load)) }));

const moreOften = ({ release, ...task }: SmallTask, load: number): SmallTask => ({
  ...task,
  ...(release !== undefined && {
    release: release.kind === "periodic" ? { ...release, fps: release.fps * load } : release,
  }),
});

const weightMemory = fc.record({
  bytes: fc.integer({ min: 1, max: 200 }),
  bandwidthGBs: fc.constantFrom(1, 10),
  energyPjPerByte: fc.integer({ min: 0, max: 5 }),
  overlap: fc.constantFrom("on" as const, "off" as const),
});

/** How many of the tasks have deadlines. */
const anyDeadlines = fc.constantFrom("all", "all", "every second", "none");

/** Overloaded worlds, also with a memory for weights, with estimates that are wrong, and without deadlines. */
export const overloadedWorld = fc
  .tuple(overloaded, fc.option(weightMemory), fc.constantFrom(0, 0, 0.5), anyDeadlines)
  .map(([world, weights, estimateError, deadlines]): SmallWorld => {
    const hasDeadline = (index: number) => deadlines === "all" || (deadlines === "every second" && index % 2 === 0);
    return {
      ...world,
      ...(estimateError > 0 && { system: { estimateError } }),
      ...(weights !== null && { accelerator: { weights } }),
      tasks: world.tasks.map(({ deadlineNs, ...task }, index) => ({
        ...task,
        ...(deadlineNs !== undefined && hasDeadline(index) && { deadlineNs }),
        ...(weights !== null && { weightBytes: task.layersNs.map((_, layer) => 30 + 20 * layer) }),
      })),
    };
  });
