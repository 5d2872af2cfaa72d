/** What a run of a world tells. */
import { listenTo, type Observer, type RunEvent } from "../src/core/events.ts";
import { compile } from "../src/core/program.ts";
import type { ParameterValues, Scheduler } from "../src/core/scheduler.ts";
import { simulate } from "../src/core/simulate.ts";
import { resolveParameters } from "../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "./worlds.ts";

/** Its events and totals, reasons left out: with them every policy is asked, and indexes nothing. */
export function toldBy(world: SmallWorld, scheduler: Scheduler, given: ParameterValues) {
  const events: RunEvent[] = [];
  const { decisionExplained: _, ...observer }: Observer = listenTo((event) => events.push(event));
  const { scenario, system, costTable } = smallScenario(world);
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(compile(scenario, system, costTable), scheduler, values, { seed: world.seed ?? 1, observer });
  return { events, totals };
}
