/** Runs without a disk, as in a browser. */
import type { RunResult } from "../records/run-result.ts";
import { type BuiltInFiles, MemoryFiles } from "./memory-files.ts";
import { namedRun, runIn } from "./run-in.ts";
import type { RunRequest } from "./run-request.ts";

/** A run whose files are all in memory. */
export interface MemoryRunRequest extends RunRequest, BuiltInFiles {}

/**
 * Runs one scenario with one scheduler on one system, in this thread. The result is the same as the command line's, to the
 * hash. Throws InputError, RequestError or SchedulerError, and AuditError if an audit finds something.
 */
export async function run(request: MemoryRunRequest): Promise<RunResult> {
  const named = namedRun(request, ["builtIns"]);
  return runIn(new MemoryFiles(named.caller, request.builtIns), named);
}
