/** How a caller may end a simulation early. */
import type { PolicyPulse } from "./policy-pulse.ts";
import type { RunSetup } from "./run-setup.ts";

/**
 * Runs a simulation so that Ctrl-C ends it at once by throwing an error, unless it is over soon. A caller that also stops policies which never
 * return gives it a pulse, which must be told of each call of the policy; such a policy ends with a SchedulerError.
 */
export type Interruptibly = <Result>(
  simulation: (pulse?: PolicyPulse) => Result,
  setup: Pick<RunSetup, "schedulerOrigin" | "scheduler" | "program">,
) => Result;

/** For callers that let every simulation run to its end. */
export const uninterrupted: Interruptibly = (simulation) => simulation();
