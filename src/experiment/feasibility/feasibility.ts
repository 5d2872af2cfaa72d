/**
 * What can be said about a scenario on a system before any policy is chosen: load, least work, fastest paths, the
 * least violation rate that follows, and how far the rates would have to come down. docs/feasibility.md says why each
 * claim holds. Nothing found impossible does not mean that a policy exists.
 */
import type { CostTable } from "../../core/costs.ts";
import { compile } from "../../core/program.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { type FastestPath, fastestPaths } from "./fastest-path.ts";
import { type JobWork, jobWork, shortestNs } from "./job-work.ts";
import { leastPeakLoad, pricesOfMostMet } from "./least-load.ts";
import { type LeastViolations, leastViolations } from "./least-violations.ts";
import { jobRatesPerS } from "./rates.ts";
import { type ReleasedJobs, releasedJobs } from "./released-jobs.ts";

export interface Feasibility {
  /** `impossible`: no policy can meet all deadlines. `overloaded`: on average more work comes in than can be done. */
  readonly verdict: "impossible" | "overloaded" | "not ruled out";
  readonly seed: number;
  /** Whether other seeds release other jobs, so that `violations` holds for this one only. */
  readonly dependsOnSeed: boolean;
  /** Phases change the scenario; what is said is about the scenario without them. */
  readonly ignoresPhases: boolean;
  /** Load of the busiest accelerator if the work is spread best, 1 = all of its time, on average; a lower bound. */
  readonly leastPeakLoad: number;
  /** Factor on all rates up to which capacity suffices; undefined where there is no work. */
  readonly largestRateFactor: number | undefined;
  /** In task order. */
  readonly fastestPaths: readonly FastestPath[];
  /** Undefined where there are too many jobs to look at. */
  readonly violations: LeastViolations | undefined;
  /** Lower bound on violations / released jobs, of jobs with a deadline; undefined where there is none. */
  readonly leastViolationRate: number | undefined;
}

export interface FeasibilityOptions {
  /** Whose draws the jobs are released by; default 1. */
  readonly seed?: number;
}

export function feasibility(
  whole: Scenario,
  system: System,
  costs: CostTable,
  { seed = 1 }: FeasibilityOptions = {},
): Feasibility {
  const scenario: Scenario = { ...whole, phases: [] };
  const program = compile(scenario, system, costs);
  const works = scenario.tasks.map(({ model }) => jobWork(model, system, costs));
  const shortest = works.map(shortestNs);
  const jobsPerNs = jobRatesPerS(scenario).map((ratePerS) => ratePerS / 1e9);
  const peak = leastPeakLoad(works, jobsPerNs, system.accelerators.length, roundingNs(system));
  const released = releasedJobs(program, seed, shortest);
  const violations =
    released && leastViolations(released, works, pricesToTry(peak.prices, released, works), roundingNs(system));
  return {
    verdict: verdictOf(violations, peak.load),
    seed,
    dependsOnSeed: scenario.tasks.some(hasDraws),
    ignoresPhases: whole.phases.length > 0,
    leastPeakLoad: peak.load,
    largestRateFactor: peak.load > 0 ? 1 / peak.load : undefined,
    fastestPaths: fastestPaths(scenario, shortest),
    violations,
    leastViolationRate: violations && violations.jobs > 0 ? violations.violations / violations.jobs : undefined,
  };
}

function verdictOf(violations: LeastViolations | undefined, peakLoad: number): Feasibility["verdict"] {
  if (violations !== undefined && violations.violations > 0) return "impossible";
  return peakLoad > 1 ? "overloaded" : "not ruled out";
}

function hasDraws({ release }: Scenario["tasks"][number]): boolean {
  switch (release.kind) {
    case "after":
      return release.probability > 0 && release.probability < 1;
    case "periodic":
      return release.jitterNs > 0;
    case "trace":
      return false;
    default:
      return true;
  }
}

/** The last piece of a layer that was checkpointed is rounded to whole ns, which may save half of one. */
const roundingNs = ({ accelerators }: System): number =>
  accelerators.some(({ preemption }) => preemption.includes("checkpoint")) ? 0.5 : 0;

/** Good prices for the whole scenario, and even ones, which are good for short windows on like accelerators. */
function pricesToTry(
  peakPrices: Float64Array,
  released: readonly ReleasedJobs[],
  works: readonly JobWork[],
): readonly Float64Array[] {
  const counts = released.map(
    ({ deadlineNs, doneNs }) => deadlineNs.filter((ns, k) => ns < Infinity && doneNs[k]! <= ns).length,
  );
  const spanNs = spanOf(released);
  const even = peakPrices.map(() => 1 / peakPrices.length);
  if (!(spanNs > 0) || counts.every((count) => count === 0)) return [even, peakPrices];
  const met = pricesOfMostMet(works, counts, spanNs, peakPrices.length);
  return met.some((price) => price > 0) ? [even, peakPrices, met] : [even, peakPrices];
}

/** From the first start to the last deadline. */
function spanOf(released: readonly ReleasedJobs[]): number {
  let firstNs = Infinity;
  let lastNs = -Infinity;
  for (const { startNs, deadlineNs } of released) {
    for (const ns of startNs) if (ns < firstNs) firstNs = ns;
    for (const ns of deadlineNs) if (ns < Infinity && ns > lastNs) lastNs = ns;
  }
  return lastNs - firstNs;
}
