/** The comparison of DREAM and SDRM3: UXCost in every scenario on every system. Some schedulers are tuned per case. */

import { findScenarios } from "../../../files/find-scenarios.ts";
import type { Library } from "../../../files/library.ts";
import type { ReproductionScheduler } from "../../../records/reproduction.ts";
import type { Variation } from "../../../records/run-result.ts";
import type { Tuning } from "../../../records/tuning.ts";
import { metricNamed } from "../../../run/metric-named.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { tuneDefaults } from "../../tune/settings.ts";
import { planTuning, tune } from "../../tune/tune.ts";
import { tuningOf } from "../../tune/tuning-of.ts";
import { comparisonRuns, runComparisons } from "../comparison-runs.ts";
import type { Bench } from "../paper.ts";

export interface StudySettings {
  readonly suite: string;
  readonly systems: readonly string[];
  readonly schedulers: readonly StudiedScheduler[];
  readonly tuned: TunedScheduler;
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
  /** Absent: nothing differs from the files. */
  readonly variation?: Variation | undefined;
}

/** `tuned`: runs with the weights that the search found for the case, on another seed. */
export interface StudiedScheduler extends ReproductionScheduler {
  readonly weights?: "tuned";
}

export interface TunedScheduler {
  readonly scheduler: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Seeds of the search. The comparison uses other ones. */
  readonly seeds: readonly number[];
  readonly grid: "on" | "off";
}

/** One scenario on one system. */
export interface UxCase {
  readonly scenario: string;
  readonly system: string;
  readonly runs: ComparisonRuns;
}

export interface StudyCase extends UxCase {
  readonly tuning: Tuning;
}

/** One list of cases per study, ordered by system. Each case is a comparison. */
export async function runStudies(
  studies: readonly StudySettings[],
  bench: Bench,
): Promise<readonly (readonly StudyCase[])[]> {
  const planned = studies.flatMap((study) => casesOf(study, bench.workbench.files));
  const cases = await runComparisons(planned, bench, (each) => runCase(each, bench));
  return studies.map((study) => cases.filter((_, index) => planned[index]!.study === study));
}

/** Number of comparisons of the studies. */
export const comparisonsIn = (studies: readonly StudySettings[], library: Library): number =>
  studies.reduce((sum, study) => sum + casesOf(study, library).length, 0);

interface PlannedCase {
  readonly study: StudySettings;
  /** Path of the scenario's file. */
  readonly scenario: string;
  readonly system: string;
}

function casesOf(study: StudySettings, library: Library): readonly PlannedCase[] {
  const scenarios = findScenarios([study.suite], library);
  return study.systems.flatMap((system) => scenarios.map((scenario) => ({ study, scenario, system })));
}

async function runCase(planned: PlannedCase, bench: Bench): Promise<StudyCase> {
  const { seeds, durationMs, variation, schedulers } = planned.study;
  const tuning = await search(planned, bench);
  const runs = await comparisonRuns(
    {
      ...{ seeds, durationMs, variation },
      scenarios: [planned.scenario],
      systems: [planned.system],
      schedulers: schedulers.map((scheduler) => withWeights(scheduler, tuning)),
    },
    bench,
  );
  const { scenario, system } = runs.cases[0]!;
  return { scenario, system, runs, tuning };
}

async function search({ study, scenario, system }: PlannedCase, bench: Bench): Promise<Tuning> {
  const { tuned, durationMs, variation } = study;
  const { scheduler, parameters, seeds, grid } = tuned;
  const { workbench, executor, signal } = bench;
  const { steps, radius, objective } = tuneDefaults;
  const systemPath = workbench.files.find("system", system);
  const request = { scenario, system: systemPath, scheduler, parameters, durationMs, warmupMs: 0, variation };
  const searched = ["alpha", "beta"];
  const settings = { request, searched, start: {}, steps, radius, seeds, grid };
  const plan = await planTuning(settings, metricNamed(objective), workbench);
  const found = await tune(plan, executor, signal);
  if (found.failure !== undefined) throw found.failure.error;
  return tuningOf(plan, found, found.found!);
}

function withWeights({ label, scheduler, weights }: StudiedScheduler, { found }: Tuning): ReproductionScheduler {
  if (weights === undefined) return { label, scheduler };
  const parameters = Object.entries(found.params).map(([name, value]) => `${name}=${value}`);
  return { label, scheduler: `${scheduler}${scheduler.includes(":") ? "+" : ":"}${parameters.join("+")}` };
}
