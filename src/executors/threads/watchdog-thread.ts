/**
 * The thread of `watchdog.ts`. It ends the process of a policy, or sends this process the signal that ends a simulation:
 * only a signal reaches a thread that never returns to its event loop.
 */
import { workerData } from "node:worker_threads";
import { PolicyPulse } from "../../run/policy-pulse.ts";
import { endProcess } from "../end-process.ts";
import { PolicyWatch } from "../policy-watch.ts";

const pulse = new PolicyPulse(workerData as SharedArrayBuffer);
const watch = new PolicyWatch(pulse);

setInterval(() => {
  if (!watch.isOverdue()) return;
  pulse.isOverdue = true;
  if (pulse.pid === 0) process.kill(process.pid, "SIGINT");
  else endProcess(pulse.pid);
}, watch.intervalMs);
