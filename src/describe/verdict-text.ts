/** What was found about a scenario on a system, and the levers, in sentences. */

import type { FastestPath, Feasibility } from "../analysis/feasibility/index.ts";
import type { Scenario } from "../core/scenario.ts";
import { readable, significant } from "../output/number-text.ts";
import { msText } from "./short-figures.ts";

export function verdictText(scenario: Scenario, found: Feasibility): string[] {
  return [
    verdict(found),
    ...scenario.tasks.flatMap(({ id }, i) => taskText(id, i, found)),
    capacity(found),
    ...phaseTexts(found),
  ];
}

function verdict(found: Feasibility): string {
  const { violations, leastViolationRate = 0, seed } = found;
  const draws = found.dependsOnSeed ? ` (with the draws of seed ${seed})` : "";
  switch (found.verdict) {
    case "impossible": {
      const share = readable(leastViolationRate, "share");
      return `No policy can meet all deadlines: at least ${violations!.violations} of ${violations!.jobs} jobs (${share} %) must be dropped or late${draws}.`;
    }
    case "overloaded":
      return "No policy can keep up for long: on average more work comes in than the accelerators can do.";
    case "not ruled out":
      return violations === undefined
        ? "There are too many jobs to look at one by one, so the least violation rate is not known."
        : `Nothing found that rules out meeting all deadlines${draws}; whether a policy does is for a run to show.`;
    default:
      return found.verdict satisfies never;
  }
}

function taskText(id: string, task: number, { fastestPaths, violations }: Feasibility): string[] {
  const path = fastestPaths[task]!;
  if (path.isHopeless) return [`${id}: ${hopelessText(path)}`];
  const hopeless = violations?.hopelessByTask[task] ?? 0;
  if (hopeless === 0) return [];
  return [`${id}: ${hopeless} of ${violations!.jobsByTask[task]} jobs are late even where nothing else runs.`];
}

function hopelessText({ fastestNs, deadlineNs, excessNs, fittingFps }: FastestPath): string {
  if (fastestNs === Infinity) return "every job violates: a layer has no accelerator that can run it.";
  const late = `every job is late even where nothing else runs: its fastest path takes ${msText(fastestNs)} ms, its deadline is ${msText(deadlineNs)} ms`;
  const less = `${msText(excessNs!)} ms less work or more time`;
  return fittingFps === undefined
    ? `${late}. It can be met with ${less}.`
    : `${late}. It can be met at ≤ ${flooredFps(fittingFps)} fps, or with ${less}.`;
}

/** Rounded down: at the rate that is printed it fits. */
const flooredFps = (fps: number): string => {
  const step = fps >= 10 ? 10 : 1000;
  return String(Math.floor(fps * step) / step);
};

function capacity({ leastPeakLoad, largestRateFactor }: Feasibility): string {
  if (largestRateFactor === undefined) return "There is no work.";
  if (leastPeakLoad === Infinity) return "Capacity: a task has no accelerator that can run it.";
  const least = `Capacity: spread as well as possible, the work keeps the busiest accelerator at least ${readable(leastPeakLoad, "share")} % busy on average`;
  const factor = significant(Math.floor(largestRateFactor * 1000) / 1000);
  return leastPeakLoad > 1
    ? `${least}; it suffices up to ${factor} x the rates, or with accelerators ${significant(leastPeakLoad)} x as fast.`
    : `${least}; it suffices up to ${factor} x the rates.`;
}

function phaseTexts({ phases }: Feasibility): string[] {
  return phases.map(({ name, fromNs, toNs, leastPeakLoad }) => {
    const when = `${name}, ${msText(fromNs)} to ${msText(toNs)} ms`;
    const busy = `the busiest accelerator is at least ${readable(leastPeakLoad, "share")} % busy`;
    return `${when}: ${busy}${leastPeakLoad > 1 ? ", so work piles up" : ""}.`;
  });
}
