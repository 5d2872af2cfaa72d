/** PREMA by readings that have no name: each point for itself, in any combination. */
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { mechanism } from "../../../src/schedulers/preemption-mechanism.ts";
import { premaPolicy } from "../../../src/schedulers/prema/prema.ts";
import { type Reading, readings } from "../../../src/schedulers/prema/readings.ts";
import { periodMs, tokenParameters } from "../../../src/schedulers/prema/token-policy.ts";

/** Our reading of the paper but for some points; with `prema`'s parameters, of which `reading` does nothing. */
export const premaBy = (reading: Partial<Reading>) =>
  defineScheduler({
    name: "prema",
    summary: "PREMA by a test's reading",
    source: "test",
    parameters: { ...tokenParameters, mechanism: mechanism("dynamic"), periodMs },
    create: (platform, { mechanism, periodMs, ...given }) =>
      premaPolicy(platform, given, { ...readings.paper, ...reading }, { mechanism, periodMs }),
  });
