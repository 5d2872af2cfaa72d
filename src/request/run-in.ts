/** One run, through any files. */
import { eventKinds } from "../core/events.ts";
import { nameHint } from "../input/closest.ts";
import { quote, show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunResult } from "../records/run-result.ts";
import { AuditError } from "../run/audit/audit-error.ts";
import { type RunOptions, runOnce } from "../run/run-once.ts";
import type { RunSetup } from "../run/run-setup.ts";
import { checkRequest, checkWord } from "./checks.ts";
import type { Place } from "./place.ts";
import { prepareIn } from "./prepare-in.ts";
import { type RunRequest, runKeys } from "./run-request.ts";

export async function runIn(request: RunRequest, place: Place): Promise<RunResult> {
  checkRun(request, place.keys);
  const { setup } = await prepareIn(request, place);
  return audited(setup, request);
}

/** `moreKeys`: those of its kind. Throws RequestError. */
export function checkRun(request: RunRequest, moreKeys: readonly string[]): void {
  checkRequest(request, [...runKeys, ...moreKeys]);
  const { audit, observer = {}, progress } = request;
  checkWord("audit", audit, ["on", "off"]);
  if (progress !== undefined && typeof progress !== "function")
    throw new RequestError(`progress must be a function, got ${show(progress)}`);
  const kinds: readonly string[] = eventKinds;
  // An observer of events that there are not would hear nothing.
  const unknown = Object.keys(observer).find((kind) => !kinds.includes(kind));
  if (unknown !== undefined) throw new RequestError(`there is no event ${quote(unknown)}${nameHint(unknown, kinds)}`);
}

/** Throws AuditError if an audit finds something. */
export function audited(setup: RunSetup, options: RunOptions): RunResult {
  const { result, findings } = runOnce(setup, options);
  if (findings.length > 0) throw new AuditError(findings);
  return result;
}
