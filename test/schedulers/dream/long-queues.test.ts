/** With many jobs waiting, the DREAM schedulers read groups of them. They decide exactly as if they read every job. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { listenTo, type Observer, type RunEvent } from "../../../src/core/events.ts";
import { compile } from "../../../src/core/program.ts";
import type { ParameterValues, ReadyJob } from "../../../src/core/scheduler.ts";
import { simulate } from "../../../src/core/simulate.ts";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { dreamPolicy } from "../../../src/schedulers/dream/dream-policy.ts";
import { mapScoreParameters } from "../../../src/schedulers/dream/map-score.ts";
import { tuningParameters } from "../../../src/schedulers/dream/online-tuning.ts";
import { SmartDrop, smartDropParameters } from "../../../src/schedulers/dream/smart-drop.ts";
import { supernetSwitching } from "../../../src/schedulers/dream/supernet-switching.ts";
import { LONG_QUEUE } from "../../../src/schedulers/long-queue.ts";
import { resolveParameters } from "../../../src/schedulers/parameters.ts";
import { lateDrop } from "../../../src/schedulers/shared-parameters.ts";
import {
  randomClosedWorld,
  randomDynamicWorld,
  randomPipelines,
  randomScaledWorld,
  randomWorld,
  withSpreads,
} from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type SmallTask, type SmallWorld, smallScenario } from "../../worlds.ts";

const anyMechanism = fc.record({ drops: fc.boolean(), switches: fc.boolean() });

type Mechanisms = typeof anyMechanism extends fc.Arbitrary<infer T> ? T : never;

/** A DREAM scheduler that groups the waiting jobs where there are more than `longQueue`. */
const dreamWith = (mechanisms: Mechanisms, longQueue: number) =>
  defineScheduler({
    name: "dream",
    summary: "",
    source: "",
    parameters: { ...mapScoreParameters, ...smartDropParameters, lateDrop, ...tuningParameters("off") },
    create(platform, parameters) {
      const supernet = mechanisms.switches ? supernetSwitching(platform) : undefined;
      const minToGo = (job: ReadyJob): number => supernet?.minToGoNs(job) ?? job.minRemainingNs;
      const smartDrop = new SmartDrop(platform, parameters, minToGo);
      return dreamPolicy(platform, parameters, { ...(mechanisms.drops && { smartDrop }), supernet, longQueue });
    },
  });

/** What a run tells, reasons left out. */
function runOf(world: SmallWorld, mechanisms: Mechanisms, longQueue: number, given: ParameterValues) {
  const events: RunEvent[] = [];
  const { decisionExplained: _, ...observer }: Observer = listenTo((event) => events.push(event));
  const { scenario, system, costTable } = smallScenario(world);
  const scheduler = dreamWith(mechanisms, longQueue);
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(compile(scenario, system, costTable), scheduler, values, { seed: world.seed ?? 1, observer });
  return { events, totals };
}

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

/** The world with a memory for weights, estimates that are wrong, or neither. */
const anySystem = fc.tuple(overloaded, fc.option(weightMemory), fc.constantFrom(0, 0, 0.5)).map(
  ([world, weights, estimateError]): SmallWorld => ({
    ...world,
    ...(estimateError > 0 && { system: { estimateError } }),
    ...(weights !== null && {
      accelerator: { weights },
      tasks: world.tasks.map((task) => ({ ...task, weightBytes: task.layersNs.map((_, layer) => 30 + 20 * layer) })),
    }),
  }),
);

/** Weights at the ends of their ranges, so that jobs tie, and any others. */
const anyWeight = fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 2, noNaN: true }));

const parameters = fc.record({
  alpha: anyWeight,
  beta: anyWeight,
  epsilonMs: fc.constantFrom(0.000001, 0.0001),
  urgencyCap: fc.constantFrom("none", "1", "0.25"),
  minHopeless: fc.integer({ min: 1, max: 4 }),
  dropLimit: fc.integer({ min: 0, max: 4 }),
  lateDrop: fc.boolean(),
  tuning: fc.constantFrom("off", "online"),
  windowMs: fc.constant(0.001),
});

test("a run has the same events and totals whether jobs are read in groups or one by one", () => {
  const property = fc.property(
    ...([anySystem, anyMechanism, parameters, fc.constantFrom(2, 3, 8, LONG_QUEUE)] as const),
    (world, mechanisms, given, longQueue) => {
      expect(runOf(world, mechanisms, longQueue, given)).toEqual(runOf(world, mechanisms, Infinity, given));
    },
  );
  fc.assert(property, propertyRuns(600));
});
