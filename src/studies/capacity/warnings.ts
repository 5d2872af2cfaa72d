/** Warnings about capacities, each with what to try next. */

import { energyGaps } from "../../cost/index.ts";
import { significant } from "../../output/number-text.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import type { CapacityAnswer, CaseCapacity } from "../../records/capacity.ts";
import { growsWithTime } from "../../run/growing-tasks.ts";
import type { Requirement } from "../../run/requirements/requirement.ts";
import { landmarks } from "./curve.ts";
import type { FactorReading, JobCounts } from "./factor-reading.ts";
import type { CapacityCase, CapacityPlan } from "./plan.ts";
import type { SearchOutcome } from "./run-capacity.ts";

export function capacityWarnings(
  plan: CapacityPlan,
  searches: readonly SearchOutcome[],
  cases: readonly CaseCapacity[],
): readonly string[] {
  return plan.cases.flatMap((loadCase, at) => {
    const own = searches.filter((each) => each.loadCase === loadCase);
    const { answers } = cases[at]!;
    const texts = [
      ...loadCase.setup.warnings,
      ...plan.settings.bounds.flatMap((bound) => sampleWarning(bound, own, loadCase)),
      ...plan.settings.bounds.flatMap((bound, i) => emptyWarning(bound, i, answers, loadCase)),
      ...plan.settings.bounds.flatMap((bound) => oppositeWarning(bound, answers)),
      ...unevenWarning(answers),
      ...overloadWarning(answers),
    ];
    return texts.map((text) => `${loadCase.scenario} on ${loadCase.system}: ${text}`);
  });
}

/** Warns if the run with the fewest jobs has too few of them for the bound or its metric. */
function sampleWarning(
  bound: Requirement,
  searches: readonly SearchOutcome[],
  loadCase: CapacityCase,
): readonly string[] {
  const counts = searches.flatMap(({ curve }) => {
    const { largest } = landmarks(curve);
    return largest === undefined ? [] : countsOf(bound, curve.get(largest)!);
  });
  if (counts.length === 0) return [];
  const { released, completed } = counts.reduce((least, each) => (each.released < least.released ? each : least));
  const needed = neededJobs(bound);
  const jobs = bound.metric.neededJobs === undefined ? released : completed;
  if (needed === undefined || jobs >= needed) return [];
  const durationMs = loadCase.setup.program.scenario.durationNs / 1e6;
  const enough = Math.ceil(((durationMs * needed) / Math.max(1, jobs)) * 1.1);
  const why =
    bound.metric.neededJobs === undefined
      ? `one violation moves it by ${significant(100 / Math.max(1, jobs))} %`
      : `it needs ${needed}`;
  const advice = hasMoreWithTime(bound, loadCase)
    ? `--duration-ms ${enough} gives enough jobs`
    : "a trace or a count, not the duration, says how many jobs come";
  return [`${bound.text} rests on ${jobs} jobs per run at the capacity, and ${why}; ${advice}`];
}

function hasMoreWithTime({ scope }: Requirement, { setup }: CapacityCase): boolean {
  const { scenario } = setup.program;
  return scenario.tasks.some(({ id }, i) => (scope.kind !== "tasks" || scope.id === id) && growsWithTime(scenario, i));
}

function countsOf({ scope }: Requirement, { leastJobs }: FactorReading): readonly JobCounts[] {
  const counts = leastJobs.get(scope.kind === "tasks" ? scope.id : undefined);
  return counts === undefined ? [] : [counts];
}

/** Enough jobs that one violation stays within the allowed share; undefined: any number is enough. */
function neededJobs({ metric, limit }: Requirement): number | undefined {
  if (metric.neededJobs !== undefined) return metric.neededJobs;
  const allowed = metric.name === "slaSatisfaction" ? 1 - limit : metric.name === "deadlineViolationRate" ? limit : 0;
  return allowed > 0 && allowed < 1 ? Math.ceil(1 / allowed - 1e-9) : undefined;
}

const MOST_SHOWN = 2;

/** Warns if the bounds fail at a load below the capacity. */
function unevenWarning(answers: readonly CapacityAnswer[]): readonly string[] {
  const uneven = answers.filter(({ failsBelow }) => failsBelow.length > 0);
  if (uneven.length === 0) return [];
  const texts = uneven.map(({ scheduler, factor, failsBelow }) => {
    const shown = failsBelow.slice(-MOST_SHOWN).map(significant).join(", ");
    const more = failsBelow.length > MOST_SHOWN ? ` and ${failsBelow.length - MOST_SHOWN} smaller` : "";
    return `${scheduler} holds at ${significant(factor!)} and fails at ${shown}${more}`;
  });
  return [`less load is not always easier, so rely on "steady to": ${texts.join("; ")}`];
}

/** Warns if a bound has nothing to measure at any load. */
function emptyWarning(
  bound: Requirement,
  at: number,
  answers: readonly CapacityAnswer[],
  { setup }: CapacityCase,
): readonly string[] {
  const points = answers.flatMap(({ curve }) => curve);
  if (points.length === 0 || points.some(({ values }) => values[at]!.mean !== null)) return [];
  const unknown = bound.metric.needs === "energy" ? unknownEnergyText(energyGaps(setup.energies)) : undefined;
  if (unknown !== undefined) return [`${bound.text} never holds, because ${bound.metric.name} is absent: ${unknown}`];
  const why = bound.metric.name === "slaSatisfaction" ? ", for example because no task has a deadline" : "";
  return [`${bound.text} never holds: at every tried factor, some seed has nothing to measure${why}`];
}

/** Warns of a bound that more load may meet, such as a least energy. If it fails at 1, the search only goes down. */
function oppositeWarning(
  { metric, comparison, text }: Requirement,
  answers: readonly CapacityAnswer[],
): readonly string[] {
  const never = answers.filter(({ verdict }) => verdict === "never holds");
  const asksForLess = comparison.startsWith("<") ? "lower" : "higher";
  if (never.length === 0 || metric.better === asksForLess) return [];
  const names = never.map(({ scheduler }) => scheduler).join(", ");
  return [
    `more load may help to meet ${text}, but if it fails at 1 (${names}), larger factors are not tried; rtmm sweep shows a whole curve`,
  ];
}

/** Warns if more work arrives than can be done: violations appear only after work has piled up. */
function overloadWarning(answers: readonly CapacityAnswer[]): readonly string[] {
  const over = answers.filter(({ utilisation, verdict }) => verdict === "found" && (utilisation ?? 0) > 1);
  if (over.length === 0) return [];
  const names = over.map(({ scheduler }) => scheduler).join(", ");
  return [
    `at the capacity of ${names}, more work arrives than can be done; drops, and jobs not yet late at the end of the run, hide it; try a longer --duration-ms`,
  ];
}
