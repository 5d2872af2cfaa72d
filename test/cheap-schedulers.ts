/** The built-in schedulers as property tests draw them: none whose runs take minutes while a failure is shrunk. */
import fc from "fast-check";
import type { Scheduler } from "../src/core/scheduler.ts";
import { schedulers } from "../src/schedulers/index.ts";

/** A plan of horizon is tens of rollouts by default; the contract of schedulers tests those. */
const ROLLOUTS = 1;

const cheap = (scheduler: Scheduler): Scheduler =>
  scheduler.name === "horizon" ? withDefault(scheduler, "budget", ROLLOUTS) : scheduler;

function withDefault(scheduler: Scheduler, name: string, value: number): Scheduler {
  const parameters = scheduler.parameters.map((each) =>
    each.name === name && each.kind === "number" ? { ...each, default: value } : each,
  );
  return { ...scheduler, parameters };
}

export const cheapSchedulers: readonly Scheduler[] = schedulers.map(cheap);

/** As a command line names them. */
export const cheapNames: readonly string[] = schedulers.map(({ name }) =>
  name === "horizon" ? `horizon:budget=${ROLLOUTS}` : name,
);

/** Any of them, or of the others given. */
export const anyScheduler = (...others: readonly Scheduler[]): fc.Arbitrary<Scheduler> =>
  fc.constantFrom(...cheapSchedulers, ...others);
