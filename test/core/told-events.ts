/** Runs of small worlds and the events that they tell. */
import { listenTo, type Observer, type RunEvent } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { RunTotals } from "../../src/core/records.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

export function simulated(world: SmallWorld, policy: Scheduler, observer: Observer, given = {}): RunTotals {
  const { scenario, system, costTable } = smallScenario(world);
  const { values } = resolveParameters(policy, given);
  return simulate(compile(scenario, system, costTable), policy, values, { seed: world.seed ?? 1, observer });
}

export function eventsOf(world: SmallWorld, policy: Scheduler, given = {}): RunEvent[] {
  const events: RunEvent[] = [];
  simulated(
    world,
    policy,
    listenTo((event) => events.push(event)),
    given,
  );
  return events;
}
