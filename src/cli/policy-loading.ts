/** Loads a user's policies in this process within a limit. */
import { setTimeout } from "node:timers/promises";
import { RequestError } from "../input/request-error.ts";
import type { PolicyPulse } from "../run/policy-pulse.ts";

/** The file may still be loading, for example waiting for a timer. */
export class LoadingOverdue extends RequestError {}

/**
 * Rejects with LoadingOverdue if the loading does not end within the limit of the pulse. The watchdog ends a loop at the top level of a file,
 * which leaves its import pending; a timer notices that, and a file that waits.
 */
export async function loadWithinLimit<Loaded>(
  path: string,
  load: () => Promise<Loaded>,
  pulse: PolicyPulse,
): Promise<Loaded> {
  const loaded = new AbortController();
  pulse.enterLoading(path);
  try {
    return await Promise.race([load(), overdueAfterLimit(pulse, loaded.signal)]);
  } finally {
    loaded.abort();
    pulse.reset();
  }
}

/** Its timer does not keep the process alive: a file that waits for nothing is found at once by whoever sees that. */
async function overdueAfterLimit(pulse: PolicyPulse, signal: AbortSignal): Promise<never> {
  await setTimeout(pulse.limitMs, undefined, { ref: false, signal });
  throw new LoadingOverdue(pulse.overdueText());
}
