/** XSched's LAX keeps a list of each priority in a long queue. It decides exactly as if it read every job. */
import fc from "fast-check";
import { test } from "vitest";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { xschedLaxParameters, xschedLaxPolicy } from "../../../src/schedulers/xsched/xsched-lax.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { toldBy } from "../../told-by.ts";
import { anyLongQueue, overloadedWorld } from "../long-queues.ts";

const xschedLaxWith = (longQueue: number) =>
  defineScheduler({
    name: "xsched-lax",
    summary: "",
    source: "",
    parameters: xschedLaxParameters,
    create: (_platform, parameters) => xschedLaxPolicy(parameters, longQueue),
  });

const anyParameters = fc.record({
  reserve: fc.constantFrom(0, 0.7, 1, 3),
  scope: fc.constantFrom("accelerator", "system"),
  mechanism: fc.constantFrom("none", "drain", "checkpoint", "kill", "dynamic"),
  lateDrop: fc.boolean(),
});

test("a run has the same events and totals whether jobs are indexed or read one by one", () => {
  const property = fc.property(overloadedWorld, anyParameters, anyLongQueue, (world, given, longQueue) =>
    expectSame(toldBy(world, xschedLaxWith(longQueue), given), toldBy(world, xschedLaxWith(Infinity), given)),
  );
  fc.assert(property, propertyRuns(400));
});
