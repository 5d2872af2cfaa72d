/** Bounds that no scheduler can beat, as a program asks for them. */
import { setImmediate } from "node:timers/promises";
import { RequestError } from "../input/request-error.ts";
import type { Bounds } from "../records/bounds.ts";
import { Brought, type LoadOptions, type Source } from "../request/brought.ts";
import { checkMs, checkRequest } from "../request/checks.ts";
import type { Variations } from "../request/run-request.ts";
import { defaultSettings } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { type BoundSettings, boundCases } from "../studies/bound/bound-cases.ts";
import { type Seeds, seedList } from "./many-runs.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** Everything but the scenarios has a default: the command line's. */
export interface BoundRequest extends LoadOptions, OnMachine, Variations {
  /** Names of built-in scenarios and suites, paths of files, or files in memory. */
  readonly scenarios: Source | readonly Source[];
  /** Likewise (hda-2-ws-os-4k). */
  readonly systems?: Source | readonly Source[];
  /** Bounds hold for the draws of one seed; a number of seeds or a list (1). */
  readonly seeds?: Seeds;
  /** Jobs are released this long, ms, above 0 (as each scenario says). */
  readonly durationMs?: number;
  /** Jobs released before it are not measured, ms, 0 or more (0). */
  readonly warmupMs?: number;
  /** Ends the work; its reason is thrown. */
  readonly signal?: AbortSignal;
}

const keys: readonly string[] = [
  ...["scenarios", "systems", "seeds", "durationMs", "warmupMs", "set", "rateScale", "estimateError"],
  ...["files", "warn", "cwd", "signal"],
];

/** Proves what no scheduler can do better, like `rtmm bound`. Throws InputError, RequestError or SolverError. */
export async function bound(request: BoundRequest): Promise<Bounds> {
  checkRequest(request, keys);
  const brought = new Brought(request);
  const settings = settingsOf(request, brought);
  return boundCases(settings, new Workbench(openLibrary(request, brought)), async () => {
    await setImmediate();
    request.signal?.throwIfAborted();
  });
}

function settingsOf(request: BoundRequest, brought: Brought): BoundSettings {
  const { scenarios, systems = defaultSettings.system, seeds = 1, durationMs } = request;
  const { warmupMs = defaultSettings.warmupMs, set = defaultSettings.set } = request;
  const { rateScale = defaultSettings.rateScale, estimateError } = request;
  if (scenarios === undefined) throw new RequestError('the request needs "scenarios"');
  if (durationMs !== undefined) checkMs("durationMs", durationMs);
  return {
    scenarios: listed(scenarios).map((source) => brought.file(source, "scenario")),
    systems: listed(systems).map((source) => brought.file(source, "system")),
    seeds: seedList(seeds),
    durationMs,
    warmupMs,
    variation: variationOf({ set, rateScale, estimateError }),
  };
}

const listed = (sources: Source | readonly Source[]): readonly Source[] =>
  Array.isArray(sources) ? sources : [sources as Source];
