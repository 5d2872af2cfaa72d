/** Planaria keeps the hopeless jobs of a long queue in order. It decides exactly as if it read every job. */
import fc from "fast-check";
import { test } from "vitest";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { planariaParameters, planariaPolicy } from "../../../src/schedulers/planaria/planaria.ts";
import { expectSame } from "../../expect-same.ts";
import { propertyRuns } from "../../property-runs.ts";
import { toldBy } from "../../told-by.ts";
import { anyLongQueue, overloadedWorld } from "../long-queues.ts";

const planariaWith = (longQueue: number) =>
  defineScheduler({
    name: "planaria",
    summary: "",
    source: "",
    parameters: planariaParameters,
    create: (platform, parameters) => planariaPolicy(platform, parameters, longQueue),
  });

test("a run has the same events and totals whether jobs are indexed or read one by one", () => {
  const property = fc.property(overloadedWorld, fc.boolean(), anyLongQueue, (world, lateDrop, longQueue) =>
    expectSame(
      toldBy(world, planariaWith(longQueue), { lateDrop }),
      toldBy(world, planariaWith(Infinity), { lateDrop }),
    ),
  );
  fc.assert(property, propertyRuns(250));
});
