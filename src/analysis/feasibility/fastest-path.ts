/** The shortest time in which a frame can reach the end of a task, beside the time it is given. */
import { rateSpans } from "../../core/phases.ts";
import { parentsOf, type Scenario, type Task } from "../../core/scenario.ts";
import { ancestorsOf } from "./rates.ts";

export interface FastestPath {
  /** From the nominal release of the (root) frame, ns: all parents first, each layer where it is fastest. */
  readonly fastestNs: number;
  /** From the same instant, ns, least and most over the phases; Infinity: none. */
  readonly shortestDeadlineNs: number;
  readonly deadlineNs: number;
  /** No job of the task can be met, on any policy, however idle the system, in any phase. */
  readonly isHopeless: boolean;
  /** What the chain would have to be shorter by, ns; undefined where it fits. */
  readonly excessNs: number | undefined;
  /** Rate of the roots at which the path fits, where the deadline is their period; undefined otherwise, or where it fits. */
  readonly fittingFps: number | undefined;
}

/** In task order; `shortestNs`: of one job of each task alone. */
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

/** Release and deadline are each rounded to whole ns, which may add one to the time between them. */
const isAlwaysLate = (fastestNs: number, deadlineNs: number): boolean => Math.floor(fastestNs) > Math.ceil(deadlineNs);

/** Each of its jobs may have another time. */
const hasOwnDeadlines = (release: Task["release"]): boolean =>
  release.kind === "trace" && release.releases.some(({ deadlineNs }) => deadlineNs !== undefined);

/** Relative to the task's frame, which is that of its latest root; roots of different offset have the same period. */
function earliestDoneNs(scenario: Scenario, shortestNs: readonly number[], taskIndex: number): number {
  const paths = pathsFromRoots(scenario, shortestNs, taskIndex);
  const offsets = [...paths.keys()].map((root) => offsetNs(scenario, root));
  const latestNs = Math.max(...offsets);
  const isOnOneGrid = scenario.phases.length === 0 || offsets.every((offset) => offset === latestNs);
  // Frames are rounded to whole ns, each on its own.
  if (isOnOneGrid) return Math.max(...[...paths.values()].map((ns, i) => ns + Math.floor(offsets[i]! - latestNs)));
  // After a phase, frame k may be any number of periods earlier at one root than at the other: only the latest counts.
  return Math.min(...paths.values());
}

/** Of each root above a task: the longest chain from its release to the end of the task. */
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

/** From the frame on, in the phases that release one. */
function deadlinesNs(scenario: Scenario, taskIndex: number): readonly number[] {
  const { deadlineNs, deadlineIsPeriod } = scenario.tasks[taskIndex]!;
  const periods = deadlineIsPeriod ? rootPeriodsNs(scenario, taskIndex) : [];
  return periods.length === 0 ? [deadlineNs] : periods;
}

function rootPeriodsNs(scenario: Scenario, taskIndex: number): number[] {
  return [...ancestorsOf(scenario, taskIndex)].flatMap((index) => {
    const { release } = scenario.tasks[index]!;
    if (release.kind !== "periodic") return [];
    return rateSpans(scenario, index, release.fps, release.offsetNs)
      .filter(({ isEnabled, fromNs, toNs }) => isEnabled && toNs > fromNs && fromNs < scenario.durationNs)
      .map(({ fps }) => 1e9 / fps);
  });
}

function fittingFps(scenario: Scenario, taskIndex: number, fastestNs: number): number | undefined {
  if (!Number.isFinite(fastestNs)) return undefined;
  const { deadlineNs, deadlineIsPeriod } = scenario.tasks[taskIndex]!;
  const periods = rootPeriodsNs(scenario, taskIndex);
  const isPeriod = periods.every((periodNs) => Math.abs(deadlineNs - periodNs) <= 1e-9 * periodNs);
  return periods.length > 0 && (deadlineIsPeriod || isPeriod) ? 1e9 / fastestNs : undefined;
}
