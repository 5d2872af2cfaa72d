/** RELIEF indexes a long queue by laxity. It decides exactly as if it read every job. */
import fc from "fast-check";
import { test } from "vitest";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { reliefParameters, reliefPolicy } from "../../../src/schedulers/relief/relief.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { toldBy } from "../../told-by.ts";
import { anyLongQueue, overloadedWorld } from "../long-queues.ts";

const reliefWith = (longQueue: number) =>
  defineScheduler({
    name: "relief",
    summary: "",
    source: "",
    parameters: reliefParameters,
    create: (platform, parameters) => reliefPolicy(platform, parameters, longQueue),
  });

const anyParameters = fc.record({ hopeless: fc.constantFrom("first", "last"), lateDrop: fc.boolean() });

test("a run has the same events and totals whether jobs are indexed or read one by one", () => {
  const property = fc.property(overloadedWorld, anyParameters, anyLongQueue, (world, given, longQueue) =>
    expectSame(toldBy(world, reliefWith(longQueue), given), toldBy(world, reliefWith(Infinity), given)),
  );
  fc.assert(property, propertyRuns(400));
});
