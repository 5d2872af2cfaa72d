/** Random small worlds in which a task waits for two roots. */
import fc from "fast-check";
import type { SmallWorld } from "../worlds.ts";
import { randomWorld } from "./random-worlds.ts";

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

export const randomJoins = fc.oneof(randomJoin, randomPhasedJoin);
