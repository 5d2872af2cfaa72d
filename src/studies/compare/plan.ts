/** Everything a comparison runs, loaded and checked before the first run. */

import { findScenarios } from "../../files/find-scenarios.ts";
import type { Library } from "../../files/library.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Case } from "../../records/comparison.ts";
import { prepare } from "../../run/prepare.ts";
import type { RunRequest, RunSetup } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import { type Contender, contendersOf } from "./contenders.ts";
import type { CompareSettings } from "./settings.ts";

export interface ComparisonPlan {
  readonly settings: CompareSettings;
  readonly contenders: readonly PlannedContender[];
  readonly baseline: PlannedContender;
  readonly cases: readonly PlannedCase[];
}

/** With a setup of the first case and seed: its scheduler and parameters hold for all of them. */
export type PlannedContender = Contender & { readonly setup: RunSetup };

export interface PlannedCase extends Case {
  readonly request: Requests;
  /** Of the first seed. */
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
  const { all, baseline } = await contendersOf(settings, library);
  const systemPaths = [...new Set(systems.map((system) => library.find("system", system)))];
  const scenarioPaths = findScenarios(scenarios, library);
  const requests = systemPaths.flatMap((system) =>
    scenarioPaths.map((scenario) => requestsOf(settings, scenario, system)),
  );
  const cases: PlannedCase[] = [];
  for (const request of requests) cases.push(await planCase(request, seeds[0]!, all[0]!, workbench));
  const contenders = await plannedContenders(all, (contender) => requests[0]!(seeds[0]!, contender), workbench);
  return { settings, cases, contenders, baseline: contenders[all.indexOf(baseline)]! };
}

/** `firstRun`: of the first case and seed by a contender. */
export async function plannedContenders(
  all: readonly Contender[],
  firstRun: (contender: Contender) => RunRequest,
  workbench: Workbench<Library>,
): Promise<readonly PlannedContender[]> {
  const planned: PlannedContender[] = [];
  for (const contender of all) planned.push({ ...contender, setup: await prepare(firstRun(contender), workbench) });
  return planned;
}

/** Of a seed by a contender. */
type Requests = (seed: number, contender: Contender) => RunRequest;

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
  any: Contender,
  workbench: Workbench<Library>,
): Promise<PlannedCase> {
  const setup = await prepare(request(seed, any), workbench);
  const { scenario, system } = setup.program;
  return { scenario: scenario.name, system: system.name, setup, request };
}
