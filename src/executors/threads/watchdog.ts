/** A thread that stops policies which never return from a call in this thread. */
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { PolicyPulse } from "../../run/policy-pulse.ts";

const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/executors/threads/watchdog-thread.js" : "./watchdog-thread.js",
  import.meta.url,
);

/** Starts it. It does not keep the process alive. The pulse must be told of each call of the policy. */
export function startWatchdog(limitMs: number): PolicyPulse {
  const pulse = new PolicyPulse();
  pulse.limitMs = limitMs;
  new Worker(fileURLToPath(threadFile), { workerData: pulse.memory }).unref();
  return pulse;
}
