/** Turns finished runs into the record of a comparison. */

import { presentMetrics, metrics as wholeCatalogue } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";
import type {
  Case,
  CaseComparison,
  ComparedRun,
  Comparison,
  GeomeanComparison,
  MetricComparison,
} from "../../records/comparison.ts";
import { distinctInputs } from "../../records/distinct-inputs.ts";
import type { RunResult } from "../../records/run-result.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { ComparisonPlan } from "./plan.ts";
import { rankWarnings } from "./rank-warnings.ts";
import type { ComparisonRuns } from "./run-comparison.ts";
import { type CaseValues, caseStandings, geomeanStandings, hasAllRatios, type MetricContext } from "./standings.ts";

/** At least one seed of one case must have finished. */
export function comparisonOf(plan: ComparisonPlan, runs: ComparisonRuns, asked: readonly Metric[]): Comparison {
  const { schedulers, seeds, results } = runs;
  const metrics = askedOf(asked, results);
  const cases = runs.cases.map(({ scenario, system }) => ({ scenario, system }));
  const labels = schedulers.map(({ label }) => label);
  const compared = metrics.map((metric) =>
    metricComparison(metric, cases, labels, schedulers.indexOf(plan.baseline), results),
  );
  const byName = (name: string) => compared.find((each) => each.name === name);
  const { durationMs, warmupMs, variation } = plan.settings;
  return {
    schemaVersion: 1,
    rtmmVersion,
    baseline: plan.baseline.label,
    seeds,
    durationMs: durationMs ?? null,
    warmupMs,
    ...(variation !== undefined && { variation }),
    schedulers: schedulers.map(({ label, setup }) => ({ label, name: setup.scheduler.name, params: setup.parameters })),
    cases,
    metrics: compared,
    runs: results.flatMap((ofSeed) =>
      ofSeed.flatMap((ofCase) => ofCase.map((result, index) => comparedRun(result, labels[index]!, metrics))),
    ),
    inputs: distinctInputs(results.flat(2).flatMap(({ inputs }) => inputs)),
    warnings: [
      ...rankWarnings(byName("uxCost"), byName("uxCostGuarded")),
      ...sameForAllSeeds(runs),
      ...warningsOf(runs, metrics),
    ],
  };
}

/** Of the whole catalogue, what the runs have; else what was asked for. */
function askedOf(asked: readonly Metric[], results: ComparisonRuns["results"]): readonly Metric[] {
  if (asked.length < wholeCatalogue.length) return asked;
  const present = presentMetrics((name) =>
    results.some((ofSeed) => ofSeed.flat().some(({ metrics }) => name in metrics)),
  );
  return asked.filter((metric) => present.includes(metric));
}

function comparedRun(result: RunResult, scheduler: string, metrics: readonly Metric[]): ComparedRun {
  const { scenario, system, seed, resultHash } = result;
  const values = metrics.map(({ name }) => [name, result.metrics[name] ?? null]);
  return { scenario, system, scheduler, seed, metrics: Object.fromEntries(values), resultHash };
}

function metricComparison(
  metric: Metric,
  cases: readonly Case[],
  labels: readonly string[],
  baselineIndex: number,
  results: ComparisonRuns["results"],
): MetricComparison {
  const { name, title, unit, better } = metric;
  const context: MetricContext = { labels, baselineIndex, metric };
  const values = cases.map((_, at): CaseValues => {
    return labels.map((_, index) => results.map((ofSeed) => ofSeed[at]![index]!.metrics[name] ?? null));
  });
  const ofCases = cases.map((each, at): CaseComparison => {
    return { ...each, schedulers: caseStandings(context, values[at]!) };
  });
  return { name, title, unit, better, cases: ofCases, geomeans: geomeansOf(context, cases, values) };
}

/** Over the scenarios of each system and, if there are several systems, over all cases. */
function geomeansOf(
  context: MetricContext,
  cases: readonly Case[],
  values: readonly CaseValues[],
): GeomeanComparison[] {
  const systems = [...new Set(cases.map(({ system }) => system))];
  const ofSystems = systems.map((system) => cases.flatMap((each, at) => (each.system === system ? [at] : [])));
  const groups = systems.length === 1 ? ofSystems : [...ofSystems, cases.map((_, at) => at)];
  return groups
    .filter((group) => group.length > 1)
    .map((group) => {
      const usable = group.filter((at) => hasAllRatios(context, values[at]!));
      return {
        over: usable.map((at) => cases[at]!),
        leftOut: group.filter((at) => !usable.includes(at)).map((at) => cases[at]!),
        schedulers: geomeanStandings(
          context,
          usable.map((at) => values[at]!),
        ),
      };
    });
}

/** If nothing is random, more seeds add no information. */
function sameForAllSeeds({ results, cases, seeds }: ComparisonRuns): readonly string[] {
  if (seeds.length < 2) return [];
  const textOf = (ofCase: readonly RunResult[]) => JSON.stringify(ofCase.map(({ metrics }) => metrics));
  const fixed = cases.filter((_, at) => new Set(results.map((ofSeed) => textOf(ofSeed[at]!))).size === 1);
  if (fixed.length === 0) return [];
  const names = [...new Set(fixed.map(({ scenario }) => scenario))].join(", ");
  return [`nothing that matters is random in ${names}: all seeds give the same values, and intervals have no width`];
}

/** Warnings of the files, and about metrics that need more jobs than the run with the fewest completed. */
function warningsOf({ cases, results }: ComparisonRuns, metrics: readonly Metric[]): readonly string[] {
  const demanding = metrics.filter(({ neededJobs }) => neededJobs !== undefined);
  return cases.flatMap(({ scenario, system, setup }, at) => {
    const completed = Math.min(...results.flatMap((ofSeed) => ofSeed[at]!.map((run) => run.metrics.completed ?? 0)));
    const small = demanding
      .filter(({ neededJobs }) => completed < neededJobs!)
      .map(({ name, neededJobs }) => `${name} rests on as few as ${completed} of the ${neededJobs} jobs that it needs`);
    return [...setup.warnings, ...small].map((text) => `${scenario} on ${system}: ${text}`);
  });
}
