/** All runs of a comparison, loaded and checked before the first one starts. */

import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Case } from "../../records/comparison.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunRequest, RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { readSchedulerEntries, type SchedulerEntry } from "./scheduler-entries.ts";
import type { CompareSettings } from "./settings.ts";

export interface ComparisonPlan {
  readonly settings: CompareSettings;
  readonly schedulers: readonly PlannedScheduler[];
  readonly baseline: PlannedScheduler;
  readonly cases: readonly PlannedCase[];
}

/** A scheduler with its setup for the first case and seed. All other cases use the same scheduler and parameters. */
export type PlannedScheduler = SchedulerEntry & { readonly setup: RunSetup };

export interface PlannedCase extends Case {
  readonly request: Requests;
  /** Setup of the first seed. */
  readonly setup: RunSetup;
}

/** Throws InputError or RequestError. */
export async function planComparison(
  settings: CompareSettings,
  workbench: Workbench<Library>,
): Promise<ComparisonPlan> {
  const { files: library } = workbench;
  const { scenarios, systems, seeds } = settings;
  if (scenarios.length === 0) throw new RequestError("name a scenario or suite; `rtmm list scenarios` shows them all");
  const { all, baseline } = await readSchedulerEntries(settings, library);
  const systemPaths = [...new Set(systems.map((system) => library.find("system", system)))];
  const scenarioPaths = findScenarios(scenarios, library);
  const requests = systemPaths.flatMap((system) =>
    scenarioPaths.map((scenario) => requestsOf(settings, scenario, system)),
  );
  const cases: PlannedCase[] = [];
  for (const request of requests) cases.push(await planCase(request, seeds[0]!, all[0]!, workbench));
  const schedulers = await plannedSchedulers(all, (scheduler) => requests[0]!(seeds[0]!, scheduler), workbench);
  return { settings, cases, schedulers, baseline: schedulers[all.indexOf(baseline)]! };
}

/** `firstRun`: the request of a scheduler's run in the first case with the first seed. */
export async function plannedSchedulers(
  all: readonly SchedulerEntry[],
  firstRun: (scheduler: SchedulerEntry) => RunRequest,
  workbench: Workbench<Library>,
): Promise<readonly PlannedScheduler[]> {
  const planned: PlannedScheduler[] = [];
  for (const scheduler of all) planned.push({ ...scheduler, setup: await prepare(firstRun(scheduler), workbench) });
  return planned;
}

/** The request of a scheduler's run with a seed. */
type Requests = (seed: number, scheduler: SchedulerEntry) => RunRequest;

const requestsOf =
  ({ durationMs, warmupMs, variation }: CompareSettings, scenario: string, system: string): Requests =>
  (seed, { scheduler, parameters }) => ({
    scenario,
    system,
    scheduler,
    parameters,
    seed,
    durationMs,
    warmupMs,
    variation,
  });

async function planCase(
  request: Requests,
  seed: number,
  any: SchedulerEntry,
  workbench: Workbench<Library>,
): Promise<PlannedCase> {
  const setup = await prepare(request(seed, any), workbench);
  const { scenario, system } = setup.program;
  return { scenario: scenario.name, system: system.name, setup, request };
}
