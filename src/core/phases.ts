/** How phases change a task over time. */
import {
  type PeriodicArrival,
  type Phase,
  type PoissonArrival,
  periodOf,
  type Rate,
  type Scenario,
  type Task,
} from "./scenario.ts";

/** A span in which a root releases at one rate. Its frames are counted from `originNs`. */
export interface RateSpan extends Rate {
  readonly fromNs: number;
  readonly toNs: number;
  readonly isEnabled: boolean;
  readonly originNs: number;
}

/** A new rate counts its frames from the start of its phase. Switching a task off and on keeps its old frame grid. */
export function rateSpans(scenario: Scenario, taskIndex: number, arrival: PeriodicArrival): readonly RateSpan[] {
  const spans: RateSpan[] = [];
  let current: Omit<RateSpan, "toNs"> = {
    fromNs: 0,
    isEnabled: true,
    ...rateOf(arrival)!,
    originNs: arrival.offsetNs,
  };
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    spans.push({ ...current, toNs: startNs });
    const rate = rateOf(change) ?? current;
    const isNewRate = !isSameRate(rate, current);
    current = {
      fromNs: startNs,
      isEnabled: change.isEnabled ?? current.isEnabled,
      ...rateOf(isNewRate ? rate : current)!,
      originNs: isNewRate ? startNs : current.originNs,
    };
  }
  return [...spans, { ...current, toNs: Infinity }];
}

/** A span in which the gaps of a Poisson process have one mean. */
export interface GapSpan extends Rate {
  readonly toNs: number;
}

/** By time, without phases that leave the rate as it is; the last one has no end. */
export function meanGaps(scenario: Scenario, taskIndex: number, arrival: PoissonArrival): readonly GapSpan[] {
  const spans: GapSpan[] = [];
  let current = rateOfPoisson(arrival);
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    const rate = rateOf(change) ?? current;
    if (isSameRate(rate, current)) continue;
    spans.push({ ...current, toNs: startNs });
    current = rate;
  }
  return [...spans, { ...current, toNs: Infinity }];
}

const rateOfPoisson = ({ ratePerS, periodNs }: PoissonArrival): Rate =>
  periodNs === undefined ? { fps: ratePerS } : { fps: ratePerS, periodNs };

/** The rate alone; undefined: there is none. */
function rateOf({ fps, periodNs }: Partial<Rate>): Rate | undefined {
  if (fps === undefined) return undefined;
  return periodNs === undefined ? { fps } : { fps, periodNs };
}

/** Whether frame k comes at the same time at both: 100 fps is every 10 ms. */
export const isSameRate = (a: Rate, b: Rate): boolean => a.fps === b.fps || periodOf(a) === periodOf(b);

/** Whether a task is switched on at a time. */
export function isEnabledAt(scenario: Scenario, taskIndex: number, timeNs: number): boolean {
  let isEnabled = true;
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    if (startNs <= timeNs) isEnabled = change.isEnabled ?? isEnabled;
  }
  return isEnabled;
}

/** The earliest time from `timeNs` on at which a task is switched on; Infinity: it stays off. */
export function enabledFrom(scenario: Scenario, taskIndex: number, timeNs: number): number {
  if (scenario.phases.length === 0 || isEnabledAt(scenario, taskIndex, timeNs)) return timeNs;
  const later = scenario.phases.filter(({ startNs }) => startNs > timeNs);
  return later.find(({ startNs }) => isEnabledAt(scenario, taskIndex, startNs))?.startNs ?? Infinity;
}

/** Probability that a frame with that nominal release triggers a dependent task; 0 while the task is switched off. */
export function probabilityAt(scenario: Scenario, taskIndex: number, frameNs: number): number {
  const { release } = scenario.tasks[taskIndex] as Task;
  let probability = release.kind === "after" ? release.probability : 1;
  if (scenario.phases.length === 0) return probability;
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    if (startNs <= frameNs) probability = change.probability ?? probability;
  }
  return isEnabledAt(scenario, taskIndex, frameNs) ? probability : 0;
}

function changesOf(phases: readonly Phase[], taskIndex: number) {
  return phases.flatMap(({ startNs, changes }) => {
    const change = changes.find((each) => each.taskIndex === taskIndex);
    return change === undefined ? [] : [{ startNs, change }];
  });
}
