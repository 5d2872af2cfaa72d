/** Jobs a second that each task surely releases: in each phase, and on average. */
import { isEnabledAt, meanGaps, probabilityAt, rateSpans } from "../../core/phases.ts";
import { type Arrival, parentsOf, type Scenario } from "../../core/scenario.ts";

/** Mean rates over the whole duration, in task order. */
export function jobRatesPerS(scenario: Scenario): number[] {
  const phases = phaseRates(scenario);
  const [first] = phases;
  if (phases.length === 1 || !(scenario.durationNs > 0)) return [...first!.jobsPerS];
  return scenario.tasks.map((_, task) => {
    const jobs = phases.reduce((sum, { fromNs, toNs, jobsPerS }) => sum + jobsPerS[task]! * (toNs - fromNs), 0);
    return jobs / scenario.durationNs;
  });
}

export interface PhaseRates {
  /** `start`: the time before the first phase. */
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
  /** In task order. */
  readonly jobsPerS: readonly number[];
}

/** By start, without phases of no length. A scenario without phases has one, `start`. */
export function phaseRates(scenario: Scenario): PhaseRates[] {
  const { durationNs, phases } = scenario;
  const starts = [{ name: "start", startNs: 0 }, ...phases.filter(({ startNs }) => startNs < durationNs)];
  return starts
    .map(({ name, startNs }, i) => ({ name, fromNs: startNs, toNs: starts[i + 1]?.startNs ?? durationNs }))
    .filter(({ fromNs, toNs }, i) => i === starts.length - 1 || toNs > fromNs)
    .map((phase) => ({ ...phase, jobsPerS: scenario.tasks.map((_, task) => rateAt(scenario, task, phase.fromNs)) }));
}

/** Rate of the slowest root x probability that all triggers up to the task's own let a frame through. */
function rateAt(scenario: Scenario, taskIndex: number, timeNs: number): number {
  const chain = [...ancestorsOf(scenario, taskIndex)];
  const rates = chain.flatMap((index) => {
    const { release } = scenario.tasks[index]!;
    return release.kind === "after" ? [] : [rootRateAt(scenario, index, release, timeNs)];
  });
  const dependents = chain.filter((index) => parentsOf(scenario.tasks[index]!).length > 0);
  const probability = dependents.reduce((product, index) => product * probabilityAt(scenario, index, timeNs), 1);
  return Math.min(...rates) * probability;
}

function rootRateAt(scenario: Scenario, taskIndex: number, arrival: Arrival, timeNs: number): number {
  if (!isEnabledAt(scenario, taskIndex, timeNs)) return 0;
  if (arrival.kind === "poisson") return meanGaps(scenario, taskIndex, arrival).find(({ toNs }) => timeNs < toNs)!.fps;
  if (arrival.kind !== "periodic") return arrivalRatePerS(arrival, scenario.durationNs);
  const spans = rateSpans(scenario, taskIndex, arrival);
  return spans.findLast(({ fromNs }) => fromNs <= timeNs)!.fps;
}

/** The task itself and all tasks that it waits for, directly or not, each once. */
export function ancestorsOf(scenario: Scenario, taskIndex: number, found = new Set<number>()): Set<number> {
  if (found.has(taskIndex)) return found;
  found.add(taskIndex);
  for (const parent of parentsOf(scenario.tasks[taskIndex]!)) ancestorsOf(scenario, parent, found);
  return found;
}

/** The arrival's own rate, or its number of jobs over the duration. */
function arrivalRatePerS(arrival: Arrival, durationNs: number): number {
  const perS = (jobs: number) => (durationNs > 0 ? (jobs * 1e9) / durationNs : 0);
  switch (arrival.kind) {
    case "periodic":
      return arrival.fps;
    case "poisson":
      return arrival.ratePerS;
    case "one-shot":
      return perS(arrival.count);
    // It brings as much as the system takes: no rate is certain.
    case "closed":
      return 0;
    case "trace":
      return perS(arrival.releases.filter(({ releaseNs }) => releaseNs < durationNs).length);
    default:
      return arrival satisfies never;
  }
}
