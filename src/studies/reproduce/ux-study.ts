/** DREAM's and SDRM3's comparison: UXCost in every scenario on every system, some schedulers tuned for each of them. */

import { findScenarios } from "../../files/find-scenarios.ts";
import type { ReproductionScheduler } from "../../records/reproduction.ts";
import type { Tuning } from "../../records/tuning.ts";
import { metricNamed } from "../../run/metric-named.ts";
import type { RanComparison } from "../compare/run-comparison.ts";
import { tuneDefaults } from "../tune/settings.ts";
import { planTuning, tune } from "../tune/tune.ts";
import { tuningOf } from "../tune/tuning-of.ts";
import type { Bench } from "./paper.ts";
import { ran } from "./ran.ts";

export interface StudySettings {
  readonly suite: string;
  readonly systems: readonly string[];
  readonly entrants: readonly Contestant[];
  readonly tuned: TunedScheduler;
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
}

/** `tuned`: runs with the weights that the search has found for the case, on another seed. */
export interface Contestant extends ReproductionScheduler {
  readonly weights?: "tuned";
}

export interface TunedScheduler {
  readonly scheduler: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of the search; no comparison has them. */
  readonly seeds: readonly number[];
  readonly grid: "on" | "off";
}

/** One scenario on one system. */
export interface UxCase {
  readonly scenario: string;
  readonly system: string;
  readonly ran: RanComparison;
}

export interface StudyCase extends UxCase {
  readonly tuning: Tuning;
}

export async function study(settings: StudySettings, bench: Bench): Promise<readonly StudyCase[]> {
  const cases: StudyCase[] = [];
  for (const system of settings.systems) {
    for (const scenario of findScenarios([settings.suite], bench.workbench.files)) {
      cases.push(await studyCase(scenario, system, settings, bench));
    }
  }
  return cases;
}

async function studyCase(
  scenarioPath: string,
  systemName: string,
  settings: StudySettings,
  bench: Bench,
): Promise<StudyCase> {
  const tuning = await tuned(scenarioPath, systemName, settings, bench);
  const entrants = settings.entrants.map((entrant) => withWeights(entrant, tuning));
  const { seeds, durationMs } = settings;
  const all = await ran({ scenarios: [scenarioPath], systems: [systemName], entrants, seeds, durationMs }, bench);
  const { scenario, system } = all.cases[0]!;
  return { scenario, system, ran: all, tuning };
}

async function tuned(
  scenario: string,
  systemName: string,
  { tuned: { scheduler, parameters, seeds, grid }, durationMs }: StudySettings,
  { workbench, around }: Bench,
): Promise<Tuning> {
  const { steps, radius, objective } = tuneDefaults;
  const system = workbench.files.find("system", systemName);
  const request = { scenario, system, scheduler, parameters, durationMs, warmupMs: 0 };
  const searched = ["alpha", "beta"];
  const plan = await planTuning(
    { request, searched, start: {}, steps, radius, seeds, grid },
    metricNamed(objective),
    workbench,
  );
  // Once around the whole search: it is thousands of short runs, and each time has its price.
  const found = around(() => tune(plan, (run) => run()));
  if (found.failure !== undefined) throw found.failure.error;
  return tuningOf(plan, found, found.found!);
}

function withWeights({ label, scheduler, weights }: Contestant, { found }: Tuning): ReproductionScheduler {
  if (weights === undefined) return { label, scheduler };
  const parameters = Object.entries(found.params).map(([name, value]) => `${name}=${value}`);
  return { label, scheduler: `${scheduler}${scheduler.includes(":") ? "+" : ":"}${parameters.join("+")}` };
}
