/** The shortest time in which a frame can reach the end of a task, beside the time it is given. */
import type { Scenario, Task } from "../../core/scenario.ts";
import { parentsOf } from "../../scenario/parents-of.ts";
import { ancestorsOf } from "./rates.ts";

export interface FastestPath {
  /** From the nominal release of the (root) frame, ns: all parents first, each layer where it is fastest. */
  readonly fastestNs: number;
  /** From the same instant, ns; Infinity: none. */
  readonly deadlineNs: number;
  /** No job of the task can be met, on any policy, however idle the system. */
  readonly isHopeless: boolean;
  /** What the chain would have to be shorter by, ns; undefined where it fits. */
  readonly excessNs: number | undefined;
  /** Rate of the roots at which the path fits, where the deadline is their period; undefined otherwise, or where it fits. */
  readonly fittingFps: number | undefined;
}

/** In task order; `shortestNs`: of one job of each task alone. */
export function fastestPaths(scenario: Scenario, shortestNs: readonly number[]): FastestPath[] {
  const earliest = earliestDone(scenario, shortestNs);
  return scenario.tasks.map(({ deadlineNs, release }, taskIndex) => {
    const fastestNs = earliest[taskIndex]!;
    const isHopeless = !hasOwnDeadlines(release) && isAlwaysLate(fastestNs, deadlineNs);
    return {
      fastestNs,
      deadlineNs,
      isHopeless,
      excessNs: isHopeless ? fastestNs - deadlineNs : undefined,
      fittingFps: isHopeless ? fittingFps(scenario, taskIndex, fastestNs) : undefined,
    };
  });
}

/** Release and deadline are each rounded to whole ns, which may add one to the time between them. */
const isAlwaysLate = (fastestNs: number, deadlineNs: number): boolean => Math.floor(fastestNs) > Math.ceil(deadlineNs);

/** Each of its jobs may have another time. */
const hasOwnDeadlines = (release: Task["release"]): boolean =>
  release.kind === "trace" && release.releases.some(({ deadlineNs }) => deadlineNs !== undefined);

/** Relative to the task's frame, which is that of its latest root; roots of different offset have the same period. */
function earliestDone(scenario: Scenario, shortestNs: readonly number[]): number[] {
  const offsets = scenario.tasks.map((_, taskIndex) => offsetNs(scenario, taskIndex));
  const found: number[] = [];
  const done = (taskIndex: number): number => {
    found[taskIndex] ??= parentsOf(scenario.tasks[taskIndex]!).reduce(
      (latest, parent) =>
        Math.max(latest, done(parent) + offsets[parent]! - offsets[taskIndex]! + shortestNs[taskIndex]!),
      shortestNs[taskIndex]!,
    );
    return found[taskIndex];
  };
  return scenario.tasks.map((_, taskIndex) => done(taskIndex));
}

/** Of the latest of the task's roots; 0 for a single root, whose frame counts from itself. */
function offsetNs(scenario: Scenario, taskIndex: number): number {
  const offsets = [...ancestorsOf(scenario, taskIndex)].flatMap((index) => {
    const { release } = scenario.tasks[index]!;
    return release.kind === "periodic" ? [release.offsetNs] : [];
  });
  return Math.max(0, ...offsets);
}

function fittingFps(scenario: Scenario, taskIndex: number, fastestNs: number): number | undefined {
  const roots = [...ancestorsOf(scenario, taskIndex)].map((index) => scenario.tasks[index]!.release);
  const periods = new Set(roots.flatMap((release) => (release.kind === "periodic" ? [1e9 / release.fps] : [])));
  const [periodNs = 0] = periods;
  const isPeriod = periods.size === 1 && Math.abs(scenario.tasks[taskIndex]!.deadlineNs - periodNs) <= 1e-9 * periodNs;
  return isPeriod && Number.isFinite(fastestNs) ? 1e9 / fastestNs : undefined;
}
