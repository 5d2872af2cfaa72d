/** Loads and checks what a request asks for, through any files. */
import { RequestError } from "../input/request-error.ts";
import { prepare } from "../run/prepare.ts";
import type { RunFiles } from "../run/run-files.ts";
import type { RunSetup, RunRequest as SetupByPaths } from "../run/run-setup.ts";
import { defaultSettings } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { Brought } from "./brought.ts";
import type { Place } from "./place.ts";
import type { SetupRequest } from "./run-request.ts";

export interface PreparedRequest {
  readonly request: SetupByPaths;
  readonly setup: RunSetup;
  /** Has all that was loaded. */
  readonly workbench: Workbench;
}

/** Of a request whose keys are checked. Throws InputError or RequestError. */
export async function prepareIn(asked: SetupRequest, place: Place): Promise<PreparedRequest> {
  const request = byPaths(asked, place);
  const workbench = new Workbench(request.files);
  return { request, workbench, setup: await prepare(request, workbench) };
}

function byPaths(asked: SetupRequest, place: Place): SetupByPaths & { readonly files: RunFiles } {
  const { params = {}, seed = defaultSettings.seed, durationMs, warmupMs = defaultSettings.warmupMs } = asked;
  const { set = defaultSettings.set, rateScale = defaultSettings.rateScale, estimateError } = asked;
  const brought = new Brought(asked);
  const scenario = brought.file(asked.scenario, "scenario");
  const system = brought.file(asked.system ?? defaultSettings.system, "system");
  const scheduler = brought.scheduler(asked.scheduler ?? defaultSettings.scheduler);
  const files = place.open(brought);
  return {
    files,
    scenario: findScenario(scenario, files),
    system: files.find("system", system),
    scheduler,
    parameters: params,
    seed,
    durationMs,
    warmupMs,
    variation: variationOf({ set, rateScale, estimateError }),
  };
}

/** Throws RequestError for an unknown name. */
function findScenario(name: string, files: RunFiles): string {
  const isKnown = (kind: "scenario" | "suite") => files.resolve(kind, name, files.commandLine) !== undefined;
  if (isKnown("scenario") || !isKnown("suite")) return files.find("scenario", name);
  throw new RequestError(`"${name}" is a suite: run its scenarios one by one`);
}
