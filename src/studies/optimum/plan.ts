/** The runs that a search for an optimum begins with, loaded and checked. */
import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Metric } from "../../metrics/metric.ts";
import type { DecisionModel } from "../../optimum/decision-model.ts";
import type { OptimumPlan, Rival } from "../../optimum/find-optimum.ts";
import type { Variation } from "../../records/run-result.ts";
import { prepare } from "../../run/prepare.ts";
import type { Workbench } from "../../run/workbench.ts";
import { readSchedulerEntries, type SchedulerSettings } from "../compare/scheduler-entries.ts";

export interface OptimumSettings extends Omit<SchedulerSettings, "baseline"> {
  /** Name or path. */
  readonly scenario: string;
  readonly system: string;
  readonly metric: Metric;
  readonly model: DecisionModel;
  /** The search stops once it has visited so many. */
  readonly states: number;
  readonly seed: number;
  /** undefined: the scenario's own duration. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  readonly variation?: Variation | undefined;
}

/** Ends within about ten seconds. */
export const DEFAULT_STATES = 50_000;
export const MOST_STATES = 100_000_000;

/** Throws InputError or RequestError. */
export async function planOptimum(settings: OptimumSettings, workbench: Workbench<Library>): Promise<OptimumPlan> {
  const { files: library } = workbench;
  const { metric, model, states, seed, durationMs, warmupMs, variation } = settings;
  const scenarios = findScenarios([settings.scenario], library);
  if (scenarios.length > 1)
    throw new RequestError(`optimum takes one scenario, not the ${scenarios.length} of ${settings.scenario}`);
  const common = { scenario: scenarios[0]!, system: library.find("system", settings.system) };
  const { all } = await readSchedulerEntries({ ...settings, baseline: undefined }, library);
  const presence = settings.schedulers === undefined ? "default" : "asked";
  const rivals: Rival[] = [];
  for (const { label, scheduler, parameters } of all) {
    const request = { ...common, scheduler, parameters, seed, durationMs, warmupMs, variation };
    rivals.push({ label, presence, setup: await prepare(request, workbench) });
  }
  return { rivals: rivals as [Rival, ...Rival[]], metric, model, states };
}
