/** Turns settings into run requests. */
import { basename, join } from "node:path";
import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import type { OutputPaths } from "../../files/run-outputs.ts";
import { isPath } from "../../input/is-path.ts";
import { RequestError } from "../../input/request-error.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunRequest, RunSetup } from "../../run/run-setup.ts";
import type { Settings } from "../../run/settings.ts";
import { variationOf } from "../../run/variation.ts";
import type { Workbench } from "../../run/workbench.ts";

/** One request per scenario, in the given order. Throws RequestError or InputError. */
export function requestsOf(settings: Settings, library: Library): readonly RunRequest[] {
  const { scenarios, system, scheduler, params, seed, durationMs, warmupMs } = settings;
  if (scenarios.length === 0) throw new RequestError("name a scenario or suite; `rtmm list scenarios` shows them all");
  const systemPath = library.find("system", system);
  const variation = variationOf(settings);
  return findScenarios(scenarios, library).map((scenario) => ({
    scenario,
    system: systemPath,
    scheduler,
    parameters: params,
    seed,
    durationMs,
    warmupMs,
    variation,
  }));
}

/** Loads and checks all of them before the first one runs. */
export async function prepareAll(
  requests: readonly RunRequest[],
  workbench: Workbench<Library>,
): Promise<readonly RunSetup[]> {
  const setups: RunSetup[] = [];
  for (const request of requests) setups.push(await prepare(request, workbench));
  return setups;
}

/** The output paths of each run: the folder itself for a single scenario, else one folder per scenario inside it. */
export function outputPathsOf(
  { out, jobs, trace }: Settings,
  setups: readonly RunSetup[],
  library: Library,
): readonly OutputPaths[] {
  const folder = out === undefined ? undefined : library.absolute(out);
  const fileAt = (path: string | undefined) => (path === undefined ? undefined : library.absolute(path));
  if (setups.length === 1) return [{ folder, jobs: fileAt(jobs), trace: fileAt(trace) }];
  if (jobs !== undefined) {
    throw new RequestError("--jobs takes one scenario; --out writes the jobs of each scenario to a folder of its own");
  }
  if (trace !== undefined) throw new RequestError("--trace takes one scenario: run each one with a file of its own");
  const names = setups.map(({ program }) => program.scenario.name);
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((each) => each === name).length;
    const own = before === 0 ? name : `${name}-${before + 1}`;
    return { folder: folder === undefined ? undefined : join(folder, own), jobs: undefined, trace: undefined };
  });
}

/** Settings with every default filled in, as a configuration file has them. */
export function effectiveSettings(
  settings: Settings,
  requests: readonly RunRequest[],
  setups: readonly RunSetup[],
  library: Library,
): Readonly<Record<keyof Settings, unknown>> {
  const { system, metrics = null, out, jobs, trace, estimateError = null } = settings;
  const durations = new Set(setups.map(({ program }) => program.scenario.durationNs / 1e6));
  const scheduler = setups[0]!.schedulerPath;
  return {
    scenarios: requests.map((request) => nameOf(request.scenario, library)),
    system: nameOf(library.find("system", system), library),
    scheduler: scheduler === undefined ? nameOfScheduler(setups[0]!) : library.absolute(scheduler),
    params: setups[0]!.parameters,
    seed: settings.seed,
    durationMs: durations.size === 1 ? [...durations][0] : null,
    warmupMs: settings.warmupMs,
    format: settings.format,
    metrics,
    out: out === undefined ? null : library.absolute(out),
    jobs: jobs === undefined ? null : library.absolute(jobs),
    trace: trace === undefined ? null : library.absolute(trace),
    audit: settings.audit,
    require: settings.require,
    set: settings.set,
    rateScale: settings.rateScale,
    estimateError,
  };
}

/** Its command, or its name. */
export const nameOfScheduler = ({ scheduler, inputs }: RunSetup): string =>
  inputs.find(({ from }) => from === "command")?.path ?? scheduler.name;

/** A built-in by its name, a file by its absolute path, so that the configuration may be stored anywhere. */
function nameOf(path: string, library: Library): string {
  const { from } = library.origin(path);
  const name = basename(path).replace(/[.]yaml$/, "");
  return from === "built-in" && !isPath(name) ? name : library.absolute(path);
}
