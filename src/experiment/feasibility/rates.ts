/** Jobs a second that each task releases on average. */
import type { Arrival, Scenario } from "../../core/scenario.ts";
import { parentsOf } from "../../scenario/parents-of.ts";

/** In task order. Phases are not looked at. */
export function jobRatesPerS(scenario: Scenario): number[] {
  return scenario.tasks.map((_, taskIndex) => {
    const chain = [...ancestorsOf(scenario, taskIndex)];
    const rates = chain.flatMap((index) => {
      const { release } = scenario.tasks[index]!;
      return release.kind === "after" ? [] : [arrivalRatePerS(release, scenario.durationNs)];
    });
    return Math.min(...rates) * triggerProbability(scenario, taskIndex);
  });
}

/** Probability that a frame of the roots reaches a task: its own draw, and those of all tasks above it. */
function triggerProbability(scenario: Scenario, taskIndex: number): number {
  return [...ancestorsOf(scenario, taskIndex)].reduce((product, index) => {
    const { release } = scenario.tasks[index]!;
    return release.kind === "after" ? product * release.probability : product;
  }, 1);
}

/** The task itself and all tasks above it, each once. */
export function ancestorsOf(scenario: Scenario, taskIndex: number, found = new Set<number>()): Set<number> {
  if (found.has(taskIndex)) return found;
  found.add(taskIndex);
  for (const parent of parentsOf(scenario.tasks[taskIndex]!)) ancestorsOf(scenario, parent, found);
  return found;
}

/** Averaged over the duration where the process has no rate of its own. */
export function arrivalRatePerS(arrival: Arrival, durationNs: number): number {
  const perS = (jobs: number) => (durationNs > 0 ? (jobs * 1e9) / durationNs : 0);
  switch (arrival.kind) {
    case "periodic":
      return arrival.fps;
    case "poisson":
      return arrival.ratePerS;
    case "one-shot":
      return perS(arrival.count);
    case "trace":
      return perS(arrival.releases.filter(({ releaseNs }) => releaseNs < durationNs).length);
    default:
      return arrival satisfies never;
  }
}
