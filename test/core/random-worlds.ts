/** Random small worlds and a policy that decides at random, for invariants that hold whatever a policy does. */
import fc from "fast-check";
import type { Policy, Scheduler } from "../../src/core/scheduler.ts";
import type { SmallTask, SmallWorld } from "../worlds.ts";

interface Shape {
  readonly units: readonly number[];
  readonly tasks: readonly TaskShape[];
  readonly contextSwitch: "on" | "off";
  readonly seed: number;
}

interface TaskShape {
  readonly layers: readonly (readonly number[])[];
  readonly periodNs: number;
  readonly offsetNs: number;
  readonly jitter: number;
  readonly deadlineShare: number;
  readonly priority: number;
  readonly parentPick: number;
  readonly probability: number;
  readonly bytes: number;
  readonly tiles: number;
}

const taskShape: fc.Arbitrary<TaskShape> = fc.record({
  layers: fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  }),
  periodNs: fc.integer({ min: 20, max: 300 }),
  offsetNs: fc.integer({ min: 0, max: 50 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  deadlineShare: fc.double({ min: 0.2, max: 4, noNaN: true }),
  priority: fc.integer({ min: 1, max: 9 }),
  parentPick: fc.integer({ min: -4, max: 3 }),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.integer({ min: 0, max: 20 }),
  tiles: fc.integer({ min: 0, max: 5 }),
});

export const randomWorld: fc.Arbitrary<SmallWorld> = fc
  .record<Shape>({
    units: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    tasks: fc.array(taskShape, { minLength: 1, maxLength: 5 }),
    contextSwitch: fc.constantFrom("on", "off"),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .map(toWorld);

function toWorld({ units, tasks, contextSwitch, seed }: Shape): SmallWorld {
  return {
    units,
    seed,
    contextSwitch,
    memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
    durationNs: 1500,
    tasks: tasks.map((shape, index) => toTask(shape, index)),
  };
}

/** A task may wait for one or two of those before it: joins need one root, so a second parent is the parent's child. */
function toTask(shape: TaskShape, index: number): SmallTask {
  const parent = shape.parentPick < 0 || index === 0 ? undefined : shape.parentPick % index;
  return {
    id: `t${index}`,
    layersNs: shape.layers,
    tiles: shape.layers.map(() => shape.tiles),
    boundaryBytes: shape.layers.map((_, layer) => (layer === 0 ? 0 : shape.bytes)),
    liveBytes: shape.layers.map(() => 2 * shape.bytes),
    deadlineNs: shape.periodNs * shape.deadlineShare,
    priority: shape.priority,
    release:
      parent === undefined
        ? {
            kind: "periodic",
            fps: 1e9 / shape.periodNs,
            offsetNs: shape.offsetNs,
            jitterNs: shape.jitter * shape.periodNs,
          }
        : { kind: "after", taskIndexes: [parent], probability: shape.probability },
  };
}

/** Runs, splits, preempts, kills and drops at random, from its own little generator: legal, and nothing else. */
export const chaos: Scheduler = {
  name: "chaos",
  summary: "decides at random",
  source: "test",
  parameters: [
    { kind: "number", name: "salt", summary: "", default: 1 },
    { kind: "boolean", name: "lateDrop", summary: "", default: true },
  ],
  create(_platform, { salt, lateDrop }): Policy {
    let state = (salt as number) | 1;
    const draw = (n: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    return {
      lateDrop: lateDrop as boolean,
      preempt(view, decisions) {
        for (const job of view.runningJobs) {
          const how = (["checkpoint", "kill", "drain"] as const)[draw(12)];
          // A kill now and then: always killing would never end.
          if (how !== undefined && !job.isStopping && (how !== "kill" || draw(4) === 0)) decisions.preempt(job, how);
        }
        if (draw(4) === 0) decisions.wakeAt(view.nowNs + 1 + draw(30));
      },
      decide(view, decisions) {
        const job = view.readyJobs.at(draw(view.readyJobs.length));
        if (draw(30) === 0) return decisions.drop(job);
        const able = view.idleAccelerators.filter((a) => Number.isFinite(job.remainingNs(a)));
        const accelerator = able[draw(able.length)]!;
        decisions.runOnUnits(job, accelerator, 1 + draw(accelerator.freeUnits), 1 + draw(4));
      },
    };
  },
};
