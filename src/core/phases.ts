/** How phases change a task over time. */
import type { Phase, Scenario, Task } from "./scenario.ts";

/** A span in which a root releases at one rate. Its frames are counted from `originNs`. */
export interface RateSpan {
  readonly fromNs: number;
  readonly toNs: number;
  readonly isEnabled: boolean;
  readonly fps: number;
  readonly originNs: number;
}

/** A new rate counts its frames from the start of its phase. Switching a task off and on keeps its old frame grid. */
export function rateSpans(scenario: Scenario, taskIndex: number, fps: number, offsetNs: number): readonly RateSpan[] {
  const spans: RateSpan[] = [];
  let current = { fromNs: 0, isEnabled: true, fps, originNs: offsetNs };
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    spans.push({ ...current, toNs: startNs });
    const isNewRate = change.fps !== undefined && change.fps !== current.fps;
    current = {
      fromNs: startNs,
      isEnabled: change.isEnabled ?? current.isEnabled,
      fps: change.fps ?? current.fps,
      originNs: isNewRate ? startNs : current.originNs,
    };
  }
  return [...spans, { ...current, toNs: Infinity }];
}

/** Whether a task is switched on at a time. */
export function isEnabledAt(scenario: Scenario, taskIndex: number, timeNs: number): boolean {
  let isEnabled = true;
  for (const { startNs, change } of changesOf(scenario.phases, taskIndex)) {
    if (startNs <= timeNs) isEnabled = change.isEnabled ?? isEnabled;
  }
  return isEnabled;
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
