/** A thread that stops policies which never return from a call in this thread. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageFolder } from "../../files/package-folder.ts";
import { PolicyPulse } from "../../run/policy-pulse.ts";

/** Threads run JavaScript: the built file, also when the sources run. */
const threadFile = join(packageFolder, "dist/program/watchdog-thread.cjs");

/** Starts it. It does not keep the process alive. The pulse must be told of each call of the policy. */
export function startWatchdog(limitMs: number): PolicyPulse {
  const pulse = new PolicyPulse();
  pulse.limitMs = limitMs;
  new Worker(threadFile, { workerData: pulse.memory }).unref();
  return pulse;
}
