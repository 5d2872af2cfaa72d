/**
 * What can be said about a scenario on a system before any policy is chosen: load, least work, fastest paths, the
 * least violation rate that follows, and how far the rates would have to come down. docs/feasibility.md says why each
 * claim holds. Nothing found impossible does not mean that a policy exists.
 */
import { branchesOf } from "../../core/branches.ts";
import type { CostTable } from "../../core/costs.ts";
import type { Model } from "../../core/model.ts";
import { compile } from "../../core/program.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { type FastestPath, fastestPaths } from "./fastest-path.ts";
import { fastestValues, jobWork, leastSum } from "./job-work.ts";
import { leastPeakLoad } from "./least-load.ts";
import type { LeastViolations } from "./least-violations.ts";
import { jobRatesPerS, type PhaseRates, phaseRates } from "./rates.ts";
import { violationsOfSeed } from "./violations-of-seed.ts";

export interface Feasibility {
  /** `impossible`: no policy can meet all deadlines. `overloaded`: on average more work comes in than can be done. */
  readonly verdict: "impossible" | "overloaded" | "not ruled out";
  readonly seed: number;
  /** Whether other seeds release other jobs, or jobs of other work, so that `violations` holds for this one only. */
  readonly dependsOnSeed: boolean;
  /** Load of the busiest accelerator if the work is spread best, 1 = all of its time, on average; a lower bound. */
  readonly leastPeakLoad: number;
  /** Factor on all rates up to which capacity suffices; undefined where there is no work. */
  readonly largestRateFactor: number | undefined;
  /** The same load while each phase lasts; empty where the scenario has none. */
  readonly phases: readonly PhaseLoad[];
  /** In task order. */
  readonly fastestPaths: readonly FastestPath[];
  /** Undefined where there are too many jobs to look at. */
  readonly violations: LeastViolations | undefined;
  /** Lower bound on violations / released jobs, of jobs with a deadline; undefined where there is none. */
  readonly leastViolationRate: number | undefined;
}

export interface PhaseLoad extends PhaseRates {
  readonly leastPeakLoad: number;
}

export interface FeasibilityOptions {
  /** Whose draws the jobs are released by; default 1. */
  readonly seed?: number;
}

export function feasibility(
  scenario: Scenario,
  system: System,
  costs: CostTable,
  { seed = 1 }: FeasibilityOptions = {},
): Feasibility {
  const program = compile(scenario, system, costs);
  const works = scenario.tasks.map(({ model }) => jobWork(model, system, costs));
  const peakLoad = (jobsPerS: readonly number[]) => {
    const jobsPerNs = jobsPerS.map((rate) => rate / 1e9);
    return leastPeakLoad(works, jobsPerNs, system.accelerators.length);
  };
  const peak = peakLoad(jobRatesPerS(scenario));
  const phases = scenario.phases.length === 0 ? [] : phaseRates(scenario);
  const violations = violationsOfSeed(program, works, seed, peak.prices);
  return {
    verdict: verdictOf(violations, peak.load),
    seed,
    dependsOnSeed: dependsOnSeed(scenario),
    leastPeakLoad: peak.load,
    largestRateFactor: peak.load > 0 ? 1 / peak.load : undefined,
    phases: phases.map((phase) => ({ ...phase, leastPeakLoad: peakLoad(phase.jobsPerS).load })),
    fastestPaths: fastestPaths(
      scenario,
      works.map((work) => leastSum(work, work.least, fastestValues(work)) + (system.decisionOverheadNs ?? 0)),
    ),
    violations,
    leastViolationRate: violations && violations.jobs > 0 ? violations.violations / violations.jobs : undefined,
  };
}

/** The same lower bound on the load of the busiest accelerator alone: 1 = all of its time, Infinity where a task cannot run. */
export function offeredLoad(scenario: Scenario, system: System, costs: CostTable): number {
  const works = scenario.tasks.map(({ model }) => jobWork(model, system, costs));
  const jobsPerNs = jobRatesPerS(scenario).map((rate) => rate / 1e9);
  return leastPeakLoad(works, jobsPerNs, system.accelerators.length).load;
}

/** Whether other seeds release other jobs, or jobs of other work; where not, every run with them is the same. */
export const dependsOnSeed = (scenario: Scenario): boolean =>
  scenario.tasks.some((_, taskIndex) => hasDraws(scenario, taskIndex));

function verdictOf(violations: LeastViolations | undefined, peakLoad: number): Feasibility["verdict"] {
  if (violations !== undefined && violations.violations > 0) return "impossible";
  return peakLoad > 1 ? "overloaded" : "not ruled out";
}

function hasDraws({ tasks, phases }: Scenario, taskIndex: number): boolean {
  const { release, model } = tasks[taskIndex]!;
  const changes = phases.flatMap((phase) => phase.changes.filter((change) => change.taskIndex === taskIndex));
  if (modelHasDraws(model)) return true;
  switch (release.kind) {
    case "after":
      return [release, ...changes].some(({ probability }) => isUnsure(probability ?? 1));
    case "periodic":
      return release.jitterNs > 0;
    case "trace":
      return false;
    default:
      return true;
  }
}

const isUnsure = (probability: number): boolean => probability > 0 && probability < 1;

const modelHasDraws = ({ variants }: Model): boolean =>
  variants.some((variant) => branchesOf(variant).some(({ chance }) => isUnsure(chance)));
