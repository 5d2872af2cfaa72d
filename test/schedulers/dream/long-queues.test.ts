/** With many jobs waiting, the DREAM schedulers read groups of them. They decide exactly as if they read every job. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReadyJob } from "../../../src/core/scheduler.ts";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { dreamPolicy } from "../../../src/schedulers/dream/dream-policy.ts";
import { mapScoreParameters } from "../../../src/schedulers/dream/map-score-terms.ts";
import { tuningParameters } from "../../../src/schedulers/dream/online-tuning.ts";
import { SmartDrop, smartDropParameters } from "../../../src/schedulers/dream/smart-drop.ts";
import { supernetSwitching } from "../../../src/schedulers/dream/supernet-switching.ts";
import { lateDrop } from "../../../src/schedulers/shared-parameters.ts";
import { propertyRuns } from "../../property-runs.ts";
import { toldBy } from "../../told-by.ts";
import { anyLongQueue, overloadedWorld } from "../long-queues.ts";

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
    ...([overloadedWorld, anyMechanism, parameters, anyLongQueue] as const),
    (world, mechanisms, given, longQueue) => {
      const told = (longest: number) => toldBy(world, dreamWith(mechanisms, longest), given);
      expect(told(longQueue)).toEqual(told(Infinity));
    },
  );
  fc.assert(property, propertyRuns(600));
});
