/** Runs with the files of this machine. */

import type { RunResult } from "../records/run-result.ts";
import { namedRun, runIn } from "../request/run-in.ts";
import type { RunRequest } from "../request/run-request.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** A run that may read this machine's files. */
export interface NodeRunRequest extends RunRequest, OnMachine {}

/**
 * Runs one scenario with one scheduler on one system, in this thread. The result is that of `rtmm run`, to the hash.
 * Throws InputError, RequestError or SchedulerError, and AuditError if an audit finds something.
 */
export async function run(request: NodeRunRequest): Promise<RunResult> {
  const named = namedRun(request, ["cwd"]);
  return runIn(openLibrary(request, named.caller), named);
}
