/** The best schedule of a small case, as a program asks for it. */
import { setImmediate } from "node:timers/promises";
import { RequestError } from "../input/request-error.ts";
import { type DecisionModel, defaultModel } from "../optimum/decision-model.ts";
import { findOptimum } from "../optimum/find-optimum.ts";
import type { Optimum } from "../records/optimum.ts";
import { Brought, type LoadOptions, type Source } from "../request/brought.ts";
import { checkMs, checkRequest, checkWhole, checkWord } from "../request/checks.ts";
import type { Variations } from "../request/run-request.ts";
import { metricNamed } from "../run/metric-named.ts";
import { runOnce } from "../run/run-once.ts";
import { defaultSettings, LARGEST_SEED } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { DEFAULT_STATES, MOST_STATES, type OptimumSettings, planOptimum } from "../studies/optimum/plan.ts";
import { provenBound } from "../studies/optimum/proven-bound.ts";
import { type ComparedEntry, schedulerEntry } from "./compared-entry.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** Everything but the scenario has a default: the command line's. */
export interface OptimumRequest extends LoadOptions, OnMachine, Variations {
  /** Name of a built-in, path of a file, or a file in memory. */
  readonly scenario: Source;
  /** Likewise (hda-2-ws-os-4k). */
  readonly system?: Source;
  /** What is compared with the optimum (the built-in schedulers that the system can run). */
  readonly schedulers?: readonly ComparedEntry[];
  /** Name of the metric that the schedule is the best by (uxCostGuarded). */
  readonly metric?: string;
  /** What a dispatch runs: all of a job, a layer, or a number of layers (model). */
  readonly granularity?: "layer" | "model" | number;
  /** Whether jobs may be dropped (allowed). */
  readonly drops?: "allowed" | "never";
  /** Stops of running work that a schedule may have (0). */
  readonly preemptions?: number;
  /** The search stops after so many states (50 000). */
  readonly states?: number;
  /** Of all random draws: a whole number, 0 to 2^32 - 1 (1). */
  readonly seed?: number;
  /** Jobs are released this long, ms, above 0 (as the scenario says). */
  readonly durationMs?: number;
  /** Jobs released before it are not measured, ms, 0 or more (0). */
  readonly warmupMs?: number;
  /** Ends the search with what it has found. */
  readonly signal?: AbortSignal;
}

const keys: readonly string[] = [
  ...["scenario", "system", "schedulers", "metric", "granularity", "drops", "preemptions", "states", "seed"],
  ...["durationMs", "warmupMs", "set", "rateScale", "estimateError", "files", "warn", "cwd", "signal"],
];

/**
 * Searches the best schedule of a case, like `rtmm optimum`, in this thread. An aborted signal ends the search with what it
 * has. Throws InputError, RequestError or SchedulerError.
 */
export async function optimum(request: OptimumRequest): Promise<Optimum> {
  checkRequest(request, keys);
  const { signal } = request;
  const brought = new Brought(request);
  const settings = settingsOf(request, brought);
  const workbench = new Workbench(openLibrary(request, brought));
  const plan = await planOptimum(settings, workbench);
  const found = await findOptimum(plan, {
    makeRun: runOnce,
    async pause() {
      await setImmediate();
      return signal?.aborted === true ? "stop" : "go on";
    },
    provenBound: (setup) => provenBound(setup, plan.metric.name, workbench, () => {}),
  });
  return found.optimum;
}

function settingsOf(request: OptimumRequest, brought: Brought): OptimumSettings {
  const { scenario, system = defaultSettings.system, schedulers, metric = "uxCostGuarded", durationMs } = request;
  const { states = DEFAULT_STATES, seed = defaultSettings.seed, warmupMs = defaultSettings.warmupMs } = request;
  const { set = defaultSettings.set, rateScale = defaultSettings.rateScale, estimateError } = request;
  if (scenario === undefined) throw new RequestError('the request needs "scenario"');
  checkWhole("states", states, 1, MOST_STATES);
  checkWhole("seed", seed, 0, LARGEST_SEED);
  if (durationMs !== undefined) checkMs("durationMs", durationMs);
  return {
    scenario: brought.file(scenario, "scenario"),
    system: brought.file(system, "system"),
    metric: metricNamed(metric),
    model: modelOf(request),
    schedulers: schedulers?.map((entry) => schedulerEntry(entry, brought)),
    params: [],
    paramsFiles: [],
    states,
    seed,
    durationMs,
    warmupMs,
    variation: variationOf({ set, rateScale, estimateError }),
  };
}

function modelOf(request: OptimumRequest): DecisionModel {
  const { granularity, drops, preemptions } = { ...defaultModel, ...request };
  if (typeof granularity === "number") checkWhole("granularity", granularity, 1, 999_999);
  else checkWord("granularity", granularity, ["layer", "model"]);
  checkWord("drops", drops, ["allowed", "never"]);
  checkWhole("preemptions", preemptions, 0, 1000);
  return { granularity, drops, preemptions };
}
