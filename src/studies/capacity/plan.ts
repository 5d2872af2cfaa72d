/** Plans a search for capacities: everything is loaded and checked before the first run. */

import { dependsOnSeed } from "../../analysis/feasibility/index.ts";
import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import { prepare } from "../../run/prepare.ts";
import { assertKnownId } from "../../run/requirements/required-value.ts";
import { assertMeasurable } from "../../run/requirements/runs.ts";
import type { RunRequest, RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { RateScale } from "../../scenario/rate-scale.ts";
import { type PlannedScheduler, plannedSchedulers } from "../compare/plan.ts";
import { readSchedulerEntries, type SchedulerEntry } from "../compare/scheduler-entries.ts";
import { type FactorGrid, factorGrid } from "./factor-grid.ts";
import type { Sampling } from "./factor-reading.ts";
import type { CapacitySettings } from "./settings.ts";

export interface CapacityPlan {
  readonly settings: CapacitySettings;
  readonly grid: FactorGrid;
  readonly schedulers: readonly PlannedScheduler[];
  readonly cases: readonly CapacityCase[];
}

/** A scenario on a system. */
export interface CapacityCase {
  readonly scenario: string;
  readonly system: string;
  readonly sampling: Sampling;
  /** The seeds to run. If nothing is random, only the first one. */
  readonly seeds: readonly number[];
  /** Setup at factor 1 with the first seed. */
  readonly setup: RunSetup;
  /** Whether each seed draws its own tasks. */
  readonly isGenerated: boolean;
  request(factor: number, seed: number, scheduler: SchedulerEntry): RunRequest;
}

/** Throws InputError or RequestError. */
export async function planCapacity(settings: CapacitySettings, workbench: Workbench<Library>): Promise<CapacityPlan> {
  const { files: library } = workbench;
  if (settings.scenarios.length === 0)
    throw new RequestError("name a scenario or suite; `rtmm list scenarios` shows them all");
  refuseEquality(settings);
  const { all } = await readSchedulerEntries({ ...settings, baseline: undefined }, library);
  const systems = [...new Set(settings.systems.map((system) => library.find("system", system)))];
  const scenarios = findScenarios(settings.scenarios, library);
  const cases: CapacityCase[] = [];
  for (const system of systems) {
    for (const scenario of scenarios) cases.push(await planCase(settings, scenario, system, all[0]!, workbench));
  }
  const firstRun = (scheduler: SchedulerEntry) => cases[0]!.request(1, settings.seeds[0]!, scheduler);
  const schedulers = await plannedSchedulers(all, firstRun, workbench);
  return { settings, grid: factorGrid(settings.tolerance), schedulers, cases };
}

/** Only by chance would a search find a load at which a value is exactly equal. */
function refuseEquality({ bounds }: CapacitySettings): void {
  const equality = bounds.find(({ comparison }) => comparison === "==");
  if (equality === undefined) return;
  throw new RequestError(`a bound must use >=, <=, > or <, got "${equality.text}"`);
}

async function planCase(
  settings: CapacitySettings,
  scenario: string,
  system: string,
  any: SchedulerEntry,
  workbench: Workbench<Library>,
): Promise<CapacityCase> {
  const { task, seeds, durationMs, warmupMs, bounds, variation } = settings;
  const rateScale = (factor: number): RateScale => (task === undefined ? factor : { [task]: factor });
  const request: CapacityCase["request"] = (factor, seed, { scheduler, parameters }) => ({
    ...{ scenario, system, scheduler, parameters, seed, durationMs, warmupMs },
    variation: { ...variation, rateScale: rateScale(factor) },
  });
  const setup = await prepare(request(1, seeds[0]!, any), workbench);
  const { program } = setup;
  const tasks = program.scenario.tasks.map(({ id }) => id);
  const accelerators = program.system.accelerators.map(({ id }) => id);
  for (const bound of bounds) assertKnownId(bound, { tasks, accelerators });
  for (const bound of bounds) assertMeasurable(bound, setup);
  const sampling = dependsOnSeed(program) ? "seeds" : "exact";
  return {
    scenario: program.scenario.name,
    system: program.system.name,
    sampling,
    seeds: sampling === "exact" ? seeds.slice(0, 1) : seeds,
    setup,
    isGenerated: workbench.scenario(scenario, variation).value.generator !== undefined,
    request,
  };
}
