/** Runs the cases of horizon's comparison: horizon and every other built-in policy, and DREAM tuned for the case. */
import { dependsOnSeed } from "../../../analysis/feasibility/index.ts";
import { type LinearSolver, loadSolver } from "../../../analysis/solver/index.ts";
import { mean } from "../../../analysis/statistics/mean.ts";
import type { InputFile, RunResult } from "../../../records/run-result.ts";
import { runCaseOf } from "../../../run/run-case.ts";
import type { ComparisonRuns } from "../../compare/run-comparison.ts";
import { bySeed, comparisonRuns, inputsOf, metric, type RunSettings, runComparisons } from "../comparison-runs.ts";
import type { Bench } from "../paper.ts";
import { type BoundedRequest, leastGuardedOf } from "./bound.ts";
import { type GridCase, type Upset, variationOf } from "./grid.ts";

export interface HorizonSettings {
  /** The policy that is compared with all others. */
  readonly ours: string;
  /** The other policies, with their defaults. */
  readonly rivals: readonly string[];
  readonly seeds: readonly number[];
  readonly durationMs: number | undefined;
  /** Values of DREAM's weights alpha and beta that are tried in each case; empty: DREAM is not tuned. */
  readonly weights: readonly number[];
  /** Whether lower bounds are proven. */
  readonly bounds: "on" | "off";
}

export interface HorizonCase {
  readonly scenario: string;
  readonly system: string;
  readonly load: number;
  readonly upset: Upset | undefined;
  /** The first one alone if nothing is drawn: all others would give the same. */
  readonly seeds: readonly number[];
  readonly ours: Outcome;
  readonly rivals: readonly Outcome[];
  /** DREAM with the weights that are best in this case; undefined if it was not tuned. */
  readonly tuned: Outcome | undefined;
  /** Guarded UXCost that no policy can go below, as a mean over the seeds; undefined: not known or not asked for. */
  readonly leastGuarded: number | undefined;
  readonly inputs: readonly InputFile[];
}

/** What a policy reaches in a case. */
export interface Outcome {
  /** As for `rtmm compare --schedulers`. */
  readonly policy: string;
  /** By seed; above 0. */
  readonly guardedBySeed: readonly number[];
  /** Guarded UXCost. This and the others are means over the seeds. */
  readonly guarded: number;
  /** Share of jobs that met their deadline. */
  readonly sla: number;
  readonly violations: number;
  readonly energyMj: number;
}

/**
 * In the order of `planned`, without cases that nothing upsets or that have nothing to measure. Upset cases run the first
 * seed, and have neither a bound nor a tuned DREAM.
 */
export async function runCases(
  planned: readonly GridCase[],
  settings: HorizonSettings,
  bench: Bench,
): Promise<readonly HorizonCase[]> {
  const solver = settings.bounds === "on" ? await loadSolver() : undefined;
  const cases = await runComparisons(planned, bench, (each) => runCase(each, settings, solver, bench));
  return cases.filter((each) => each !== undefined);
}

async function runCase(
  planned: GridCase,
  { seeds: given, durationMs, ours, rivals, weights }: HorizonSettings,
  solver: LinearSolver | undefined,
  bench: Bench,
): Promise<HorizonCase | undefined> {
  const { workbench } = bench;
  const variation = variationOf(planned, workbench.scenario(planned.scenario).value);
  if (variation === "none possible") return undefined;
  const { load, upset } = planned;
  const request: BoundedRequest = {
    ...{ scenario: planned.scenario, system: workbench.files.find("system", planned.system) },
    ...{ durationMs, variation, warmupMs: 0 },
  };
  const place = { scenarios: [planned.scenario], systems: [planned.system], durationMs, variation };
  const seeds = seedsOf(request, upset === undefined ? given : given.slice(0, 1), bench);
  const tuned =
    upset === undefined ? await tunedDream({ ...place, seeds: seeds.slice(0, 1) }, weights, bench) : undefined;
  const policies = [ours, ...rivals, ...(tuned === undefined ? [] : [tuned])];
  const runs = await comparisonRuns({ ...place, seeds, schedulers: policies.map(labelled) }, bench);
  const outcomes = policies.map((policy, index) => outcomeOf(runs, policy, index));
  if (!outcomes.every((outcome) => outcome !== undefined)) return undefined;
  const isBounded = solver !== undefined && upset === undefined;
  const { scenario, system } = runs.cases[0]!;
  return {
    ...{ scenario, system, load, upset, seeds },
    ours: outcomes[0]!,
    rivals: outcomes.slice(1, 1 + rivals.length),
    tuned: outcomes[1 + rivals.length],
    leastGuarded: isBounded ? await leastGuardedOf(request, seeds, solver, bench) : undefined,
    inputs: inputsOf([runs]),
  };
}

const labelled = (scheduler: string) => ({ label: scheduler, scheduler });

function seedsOf(request: BoundedRequest, seeds: readonly number[], { workbench }: Bench): readonly number[] {
  const { program } = runCaseOf({ ...request, seed: seeds[0]! }, workbench);
  return dependsOnSeed(program) ? seeds : seeds.slice(0, 1);
}

/** DREAM with the weights of least guarded UXCost; undefined without weights. `at`: with one seed. */
async function tunedDream(
  at: Omit<RunSettings, "schedulers">,
  weights: readonly number[],
  bench: Bench,
): Promise<string | undefined> {
  if (weights.length === 0) return undefined;
  const tried = weights.flatMap((alpha) => weights.map((beta) => `dream:alpha=${alpha}+beta=${beta}`));
  const runs = await comparisonRuns({ ...at, schedulers: tried.map(labelled) }, bench);
  const outcomes = tried.map((policy, index) => outcomeOf(runs, policy, index));
  return leastGuarded(outcomes.filter((outcome) => outcome !== undefined))?.policy;
}

/** The first one if several are equal; undefined if there is none. */
export const leastGuarded = (outcomes: readonly Outcome[]): Outcome | undefined =>
  outcomes.reduce<Outcome | undefined>(
    (least, each) => (least === undefined || each.guarded < least.guarded ? each : least),
    undefined,
  );

const guarded = metric("uxCostGuarded");
const sla = metric("slaSatisfaction");
const energy = metric("energyMj");
const violations = ({ metrics }: RunResult) => metrics.violations;

/** undefined if a run has nothing to measure, so that there are no ratios. */
function outcomeOf(runs: ComparisonRuns, policy: string, index: number): Outcome | undefined {
  const [costs, met, missed, used] = [guarded, sla, violations, energy].map((of) => bySeed(runs, 0, index, of));
  if (costs === undefined || met === undefined || missed === undefined || used === undefined) return undefined;
  if (!costs.every((cost) => cost > 0)) return undefined;
  return {
    ...{ policy, guardedBySeed: costs, guarded: mean(costs) },
    ...{ sla: mean(met), violations: mean(missed), energyMj: mean(used) },
  };
}
