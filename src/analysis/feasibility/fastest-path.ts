/** The shortest time from a frame's release to the end of a task, and the time that the task's deadline allows. */
import { rateSpans } from "../../core/phases.ts";
import { parentsOf, periodOf, type Scenario, type Task } from "../../core/scenario.ts";
import { ancestorsOf } from "./rates.ts";

export interface FastestPath {
  /** From the nominal release of the root frame, ns: all parents first, each layer where it is fastest. */
  readonly fastestNs: number;
  /** Shortest and longest deadline over the phases, from the same instant, ns; Infinity: no deadline. */
  readonly shortestDeadlineNs: number;
  readonly deadlineNs: number;
  /** No scheduler can meet the deadline of any job of the task, in any phase, even on an idle system. */
  readonly isHopeless: boolean;
  /** By how much the path exceeds the deadline, ns; undefined if the path fits. */
  readonly excessNs: number | undefined;
  /** Rate of the roots at which the path fits; undefined if it fits already, or if the deadline is not their period. */
  readonly fittingFps: number | undefined;
}

/** In task order. `shortestNs`: shortest time of one job, by task. */
export function fastestPaths(scenario: Scenario, shortestNs: readonly number[]): FastestPath[] {
  return scenario.tasks.map(({ release }, taskIndex) => {
    const fastestNs = earliestDoneNs(scenario, shortestNs, taskIndex);
    const deadlines = deadlinesNs(scenario, taskIndex);
    const deadlineNs = Math.max(...deadlines);
    const isHopeless = !hasOwnDeadlines(release) && isAlwaysLate(fastestNs, deadlineNs);
    return {
      fastestNs,
      shortestDeadlineNs: Math.min(...deadlines),
      deadlineNs,
      isHopeless,
      excessNs: isHopeless ? fastestNs - deadlineNs : undefined,
      fittingFps: isHopeless ? fittingFps(scenario, taskIndex, fastestNs) : undefined,
    };
  });
}

/** Release and deadline are each rounded to whole ns. That may add 1 ns to the time between them. */
const isAlwaysLate = (fastestNs: number, deadlineNs: number): boolean => Math.floor(fastestNs) > Math.ceil(deadlineNs);

/** Whether jobs of the task have deadlines from a trace. */
const hasOwnDeadlines = (release: Task["release"]): boolean =>
  release.kind === "trace" && release.releases.some(({ deadlineNs }) => deadlineNs !== undefined);

/** Relative to the task's frame, which is its latest root's. Roots with different offsets have the same period. */
function earliestDoneNs(scenario: Scenario, shortestNs: readonly number[], taskIndex: number): number {
  const paths = pathsFromRoots(scenario, shortestNs, taskIndex);
  const offsets = [...paths.keys()].map((root) => offsetNs(scenario, root));
  const latestNs = Math.max(...offsets);
  const isOnOneGrid = scenario.phases.length === 0 || offsets.every((offset) => offset === latestNs);
  // Each frame is rounded to whole ns by itself.
  if (isOnOneGrid) return Math.max(...[...paths.values()].map((ns, i) => ns + Math.floor(offsets[i]! - latestNs)));
  // After a phase, frame k of one root may be any number of periods earlier than the other's, so only the latest
  // counts.
  return Math.min(...paths.values());
}

/** For each root above a task, the longest chain from the root's release to the end of the task, ns. */
function pathsFromRoots(
  scenario: Scenario,
  shortestNs: readonly number[],
  taskIndex: number,
  known = new Map<number, ReadonlyMap<number, number>>(),
): ReadonlyMap<number, number> {
  const found = known.get(taskIndex);
  if (found !== undefined) return found;
  const paths = new Map<number, number>();
  const parents = parentsOf(scenario.tasks[taskIndex]!);
  if (parents.length === 0) paths.set(taskIndex, shortestNs[taskIndex]!);
  for (const parent of parents) {
    for (const [root, pathNs] of pathsFromRoots(scenario, shortestNs, parent, known)) {
      paths.set(root, Math.max(paths.get(root) ?? 0, pathNs + shortestNs[taskIndex]!));
    }
  }
  known.set(taskIndex, paths);
  return paths;
}

function offsetNs({ tasks }: Scenario, root: number): number {
  const { release } = tasks[root]!;
  return release.kind === "periodic" ? release.offsetNs : 0;
}

/** The task's deadlines in the phases that release its frames, relative to the frame. */
function deadlinesNs(scenario: Scenario, taskIndex: number): readonly number[] {
  const { deadlineNs, deadlineIsPeriod } = scenario.tasks[taskIndex]!;
  const periods = deadlineIsPeriod ? rootPeriodsNs(scenario, taskIndex) : [];
  return periods.length === 0 ? [deadlineNs] : periods;
}

function rootPeriodsNs(scenario: Scenario, taskIndex: number): number[] {
  return [...ancestorsOf(scenario, taskIndex)].flatMap((index) => {
    const { release } = scenario.tasks[index]!;
    if (release.kind !== "periodic") return [];
    return rateSpans(scenario, index, release)
      .filter(({ isEnabled, fromNs, toNs }) => isEnabled && toNs > fromNs && fromNs < scenario.durationNs)
      .map(periodOf);
  });
}

function fittingFps(scenario: Scenario, taskIndex: number, fastestNs: number): number | undefined {
  if (!Number.isFinite(fastestNs)) return undefined;
  const { deadlineNs, deadlineIsPeriod } = scenario.tasks[taskIndex]!;
  const periods = rootPeriodsNs(scenario, taskIndex);
  const isPeriod = periods.every((periodNs) => Math.abs(deadlineNs - periodNs) <= 1e-9 * periodNs);
  return periods.length > 0 && (deadlineIsPeriod || isPeriod) ? 1e9 / fastestNs : undefined;
}
