/** One run, through any files. */
import { eventKinds } from "../core/events.ts";
import { nameHint } from "../input/closest.ts";
import { quote, show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunResult } from "../records/run-result.ts";
import { AuditError } from "../run/audit/audit-error.ts";
import { prepare } from "../run/prepare.ts";
import type { Caller, RunFiles } from "../run/run-files.ts";
import { runOnce } from "../run/run-once.ts";
import { defaultSettings } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { Brought } from "./brought.ts";
import { checkRequest } from "./checks.ts";
import { type RunRequest, runKeys } from "./run-request.ts";

/** A request by names and paths. */
export interface NamedRun {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** With what some of the names mean. */
  readonly caller: Caller;
  readonly request: RunRequest;
}

/** Checks a request; `moreKeys` are those of its kind. Throws RequestError. */
export function namedRun(request: RunRequest, moreKeys: readonly string[]): NamedRun {
  checkRequest(request, [...runKeys, ...moreKeys]);
  checkOptions(request);
  const brought = new Brought(request);
  return {
    scenario: brought.file(request.scenario, "scenario"),
    system: brought.file(request.system ?? defaultSettings.system, "system"),
    scheduler: brought.scheduler(request.scheduler ?? defaultSettings.scheduler),
    caller: brought,
    request,
  };
}

/** An observer of events that there are not would hear nothing. */
function checkOptions({ audit = "off", observer = {} }: RunRequest): void {
  if (audit !== "on" && audit !== "off") throw new RequestError(`audit must be "on" or "off", got ${show(audit)}`);
  const kinds: readonly string[] = eventKinds;
  const unknown = Object.keys(observer).find((kind) => !kinds.includes(kind));
  if (unknown !== undefined) throw new RequestError(`there is no event ${quote(unknown)}${nameHint(unknown, kinds)}`);
}

/** `files`: with those that the request has in memory. */
export async function runIn(files: RunFiles, { scenario, system, scheduler, request }: NamedRun): Promise<RunResult> {
  const { params = {}, seed = defaultSettings.seed, durationMs, warmupMs = defaultSettings.warmupMs } = request;
  const {
    set = defaultSettings.set,
    rateScale = defaultSettings.rateScale,
    estimateError,
    observer,
    audit = "off",
  } = request;
  const setup = await prepare(
    {
      scenario: findScenario(scenario, files),
      system: files.find("system", system),
      scheduler,
      parameters: params,
      seed,
      durationMs,
      warmupMs,
      variation: variationOf({ set, rateScale, estimateError }),
    },
    new Workbench(files),
  );
  const { result, findings } = runOnce(setup, { audit, ...(observer !== undefined && { observer }) });
  if (findings.length > 0) throw new AuditError(findings);
  return result;
}

/** Throws RequestError for an unknown name. */
function findScenario(name: string, files: RunFiles): string {
  const isKnown = (kind: "scenario" | "suite") => files.resolve(kind, name, files.commandLine) !== undefined;
  if (isKnown("scenario") || !isKnown("suite")) return files.find("scenario", name);
  throw new RequestError(`"${name}" is a suite: run its scenarios one by one`);
}
