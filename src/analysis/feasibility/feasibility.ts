/**
 * Bounds that hold for a scenario on a system under every scheduler: load, fastest paths, the least violation rate and
 * the rates that capacity allows. docs/feasibility.md proves each claim. If nothing is found to be impossible, a
 * scheduler that meets all deadlines need not exist.
 */
import { branchesOf } from "../../core/branches.ts";
import type { CostTable } from "../../core/costs.ts";
import type { Model } from "../../core/model.ts";
import { compile, type Program } from "../../core/program.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import type { LinearSolver } from "../solver/index.ts";
import { type FastestPath, fastestPaths } from "./fastest-path.ts";
import { fastestValues, leastSum } from "./job-work.ts";
import { leastPeakLoad } from "./least-load.ts";
import type { LeastViolations } from "./least-violations.ts";
import { jobRatesPerS, type PhaseRates, phaseRates } from "./rates.ts";
import { violationsOfSeed } from "./violations-of-seed.ts";
import { type WorkClasses, workClasses } from "./work-classes.ts";

export interface Feasibility {
  /** `impossible`: no scheduler can meet all deadlines. `overloaded`: more work arrives than can be done. */
  readonly verdict: "impossible" | "overloaded" | "not ruled out";
  readonly seed: number;
  /** Whether other seeds release other jobs, or jobs with other work. If so, `violations` holds for this seed only. */
  readonly dependsOnSeed: boolean;
  /** Lower bound on the mean load of the busiest accelerator, however the work is spread. 1: all of its time. */
  readonly leastPeakLoad: number;
  /** Largest factor on all rates for which the capacity suffices; undefined without work. */
  readonly largestRateFactor: number | undefined;
  /** The same bound for each phase; empty without phases. */
  readonly phases: readonly PhaseLoad[];
  /** In task order. */
  readonly fastestPaths: readonly FastestPath[];
  /** Undefined if there are too many jobs to check one by one. */
  readonly violations: LeastViolations | undefined;
  /** Lower bound on violations / jobs, over the released jobs with a deadline; undefined if none is known, or not all. */
  readonly leastViolationRate: number | undefined;
}

export interface PhaseLoad extends PhaseRates {
  readonly leastPeakLoad: number;
}

export interface FeasibilityOptions {
  /** For the prices that prove bounds. */
  readonly solver: LinearSolver;
  /** Seed of the draws, by which jobs are released; default 1. */
  readonly seed?: number;
}

export function feasibility(
  scenario: Scenario,
  system: System,
  costs: CostTable,
  { seed = 1, solver }: FeasibilityOptions,
): Feasibility {
  const program = compile(scenario, system, costs);
  const classes = scenario.tasks.map((task) => workClasses(scenario, task, system, costs, "mean"));
  const leastClasses = scenario.tasks.map((task) => workClasses(scenario, task, system, costs, "least"));
  const peakLoad = (jobsPerS: readonly number[]) => peakLoadOf(classes, jobsPerS, system, solver);
  const peak = peakLoad(jobRatesPerS(scenario));
  const phases = scenario.phases.length === 0 ? [] : phaseRates(scenario);
  const violations = violationsOfSeed(program, costs, leastClasses, seed, peak.prices, solver);
  return {
    verdict: verdictOf(violations, peak.load),
    seed,
    dependsOnSeed: dependsOnSeed(program),
    leastPeakLoad: peak.load,
    largestRateFactor: peak.load > 0 ? 1 / peak.load : undefined,
    phases: phases.map((phase) => ({ ...phase, leastPeakLoad: peakLoad(phase.jobsPerS).load })),
    fastestPaths: fastestPaths(
      scenario,
      leastClasses.map(
        ([{ work }]) => leastSum(work, work.certain, fastestValues(work)) + (system.decisionOverheadNs ?? 0),
      ),
    ),
    violations,
    leastViolationRate: violations?.areAll && violations.jobs > 0 ? violations.violations / violations.jobs : undefined,
  };
}

/** `Feasibility.leastPeakLoad` alone; Infinity if a task cannot run on any accelerator. */
export function offeredLoad(scenario: Scenario, system: System, costs: CostTable, solver: LinearSolver): number {
  const classes = scenario.tasks.map((task) => workClasses(scenario, task, system, costs, "mean"));
  return peakLoadOf(classes, jobRatesPerS(scenario), system, solver).load;
}

/** Each class of a task's jobs comes at its share of the task's rate. */
function peakLoadOf(
  classes: readonly WorkClasses[],
  jobsPerS: readonly number[],
  { accelerators }: System,
  solver: LinearSolver,
) {
  const works = classes.flatMap((ofTask) => ofTask.map(({ work }) => work));
  const jobsPerNs = classes.flatMap((ofTask, task) => ofTask.map(({ share }) => (jobsPerS[task]! * share) / 1e9));
  return leastPeakLoad(works, jobsPerNs, accelerators.length, solver);
}

/** Whether other seeds release other jobs, or jobs with other work. If not, the runs of all seeds are the same. */
export const dependsOnSeed = ({
  scenario,
  system,
  spreads,
}: Pick<Program, "scenario" | "system" | "spreads">): boolean =>
  spreads !== undefined ||
  system.estimateError !== undefined ||
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
    case "closed":
      return release.think === "exponential";
    default:
      return true;
  }
}

const isUnsure = (probability: number): boolean => probability > 0 && probability < 1;

const modelHasDraws = ({ variants }: Model): boolean =>
  variants.some((variant) => branchesOf(variant).some(({ chance }) => isUnsure(chance)));
