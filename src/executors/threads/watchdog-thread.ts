/**
 * The thread of `watchdog.ts`. It ends the process of a policy, or what the main thread runs: that never returns to its
 * event loop, so it hears no message. A signal ends a simulation, and the debugger's interface the loading of a file.
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
  if (pulse.isLoading) void endLoading();
  else if (pulse.pid === 0) process.kill(process.pid, "SIGINT");
  else endProcess(pulse.pid);
}, watch.intervalMs);

/** A module is loaded by Node itself, outside every `vm` script that a signal would end. */
async function endLoading(): Promise<void> {
  // Loaded where it is needed: not every build of Node has it.
  const { Session } = await import("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution");
  session.disconnect();
}
