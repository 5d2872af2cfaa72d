/** What a search changes: the tasks of a scenario, and the system that it runs on. Plain data, so equal ones have equal JSON. */
import type { AcceleratorFields } from "./ranges/ranges.ts";

export interface Genome {
  readonly durationMs: number;
  /** At least one. Parents come before the tasks that follow them. */
  readonly tasks: readonly TaskGene[];
  readonly system: SystemGene;
}

export interface TaskGene {
  /** As a built-in scenario would name it: see `ModelChoice`. */
  readonly model: string;
  /** Names the task. */
  readonly modelName: string;
  /** Of a root task; a task that follows another keeps it for later. */
  readonly fps: number;
  readonly offsetMs: number;
  readonly jitterMs: number;
  /** In periods of its root. */
  readonly deadlinePeriods: number;
  readonly priority: number;
  /** Index of the task that it follows; null: it is a root. */
  readonly parent: number | null;
  /** With which it follows a job of its parent; a root keeps it for later. */
  readonly probability: number;
}

export interface SystemGene {
  readonly name: string;
  /** Path of its file. */
  readonly path: string;
  /** null: as in the file. */
  readonly accelerators: readonly AcceleratorFields[] | null;
}

/** The root that a task comes from: itself, if it follows none. */
export function rootOf(tasks: readonly TaskGene[], index: number): TaskGene {
  const { parent } = tasks[index]!;
  return parent === null ? tasks[index]! : rootOf(tasks, parent);
}

/** Without a task. Those that followed it follow its parent, or become roots of its rate. */
export function withoutTask(tasks: readonly TaskGene[], index: number): readonly TaskGene[] {
  const gone = tasks[index]!;
  return renumbered(
    tasks.map((task) =>
      task.parent !== index
        ? task
        : gone.parent === null
          ? { ...task, parent: null, fps: gone.fps, offsetMs: gone.offsetMs, jitterMs: gone.jitterMs }
          : { ...task, parent: gone.parent },
    ),
    [index],
  );
}

/** Without a task and those that follow it, directly or through others. */
export function withoutFamily(tasks: readonly TaskGene[], index: number): readonly TaskGene[] {
  const gone = [index];
  for (const [at, { parent }] of tasks.entries()) if (parent !== null && gone.includes(parent)) gone.push(at);
  return renumbered(tasks, gone);
}

/** No task that stays follows one that goes. */
function renumbered(tasks: readonly TaskGene[], gone: readonly number[]): readonly TaskGene[] {
  const before = (index: number): number => gone.filter((each) => each < index).length;
  return tasks
    .filter((_, index) => !gone.includes(index))
    .map((task) => (task.parent === null ? task : { ...task, parent: task.parent - before(task.parent) }));
}
