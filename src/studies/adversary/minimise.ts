/**
 * Makes a scenario as small as it can be while it still shows the loss: delta debugging by one change at a time. What is left
 * is 1-minimal: no single removal keeps the loss.
 */
import type { Loss } from "../../records/adversary.ts";
import type { Found } from "./anneal.ts";
import type { Evaluation } from "./evaluate.ts";
import { type Genome, rootOf, type TaskGene, withoutFamily, withoutTask } from "./genome.ts";
import { acceleratorsOf, isMeasured } from "./mutate-system.ts";
import type { Ranges } from "./ranges/ranges.ts";

export interface MinimiseSettings {
  readonly ranges: Ranges;
  /** Share of the loss beyond 1 that has to stay, above 0, at most 1. */
  readonly keep: number;
}

export interface Minimised {
  readonly smallest: Found;
  readonly tried: number;
}

/** Removals until none keeps the loss, then plainer values, and again until nothing changes. */
export async function minimise(
  found: Found,
  { ranges, keep }: MinimiseSettings,
  evaluate: (genomes: readonly Genome[]) => Promise<readonly Evaluation[]>,
): Promise<Minimised> {
  let smallest = found;
  let tried = 0;
  for (;;) {
    const smaller = [...removals(smallest.genome, ranges), ...plainer(smallest.genome)];
    const evaluations = await evaluate(smaller);
    tried += smaller.length;
    const at = evaluations.findIndex((each) => each.kind === "compared" && shows(each.loss, found.loss, keep));
    const kept = evaluations[at];
    if (kept?.kind !== "compared") return { smallest, tried };
    smallest = { genome: smaller[at]!, loss: kept.loss, worstSeed: kept.worstSeed };
  }
}

/** Whether a loss is still there: `keep` of what A loses beyond an even result. */
export const shows = (loss: Loss, found: Loss, keep: number): boolean => loss.ratio - 1 >= keep * (found.ratio - 1);

/** Every genome with one thing less, the largest steps first. Each has fewer tasks, accelerators or dependencies, or is shorter. */
export function removals(genome: Genome, { systems }: Pick<Ranges, "systems">): readonly Genome[] {
  const { tasks, system, durationMs } = genome;
  const accelerators = isMeasured(system, systems) ? [] : acceleratorsOf(system, systems);
  const families = [...tasks.keys()].map((index) => withoutFamily(tasks, index));
  const single = [...tasks.keys()].map((index) => withoutTask(tasks, index));
  return [
    ...families.filter(({ length }) => length < tasks.length - 1).map((fewer) => ({ ...genome, tasks: fewer })),
    ...single.map((fewer) => ({ ...genome, tasks: fewer })),
    ...accelerators.map((_, gone) => ({
      ...genome,
      system: { ...system, accelerators: accelerators.filter((_, index) => index !== gone) },
    })),
    ...[...tasks.entries()].flatMap(([index, task]) =>
      task.parent === null ? [] : [{ ...genome, tasks: tasks.with(index, freed(tasks, index)) }],
    ),
    ...(durationMs / 2 >= LEAST_MS ? [{ ...genome, durationMs: Math.ceil(durationMs / 2) }] : []),
  ].filter((each) => each.tasks.length > 0 && each.system.accelerators?.length !== 0);
}

/** A shorter run shows next to nothing. */
const LEAST_MS = 10;

/** A task as a root of the rate that it had. */
function freed(tasks: readonly TaskGene[], index: number): TaskGene {
  const { fps, offsetMs, jitterMs } = rootOf(tasks, index);
  return { ...tasks[index]!, parent: null, fps, offsetMs, jitterMs };
}

/** Every genome with one value that is the usual one, or rounder. */
function plainer(genome: Genome): readonly Genome[] {
  return [...genome.tasks.entries()].flatMap(([index, task]) =>
    plainerTasks(task, rootOf(genome.tasks, index)).map((each) => ({
      ...genome,
      tasks: genome.tasks.with(index, { ...task, ...each }),
    })),
  );
}

function plainerTasks(task: TaskGene, root: TaskGene): readonly Partial<TaskGene>[] {
  const { parent, offsetMs, jitterMs, priority, deadlinePeriods, probability, fps } = task;
  const usualDeadline = parent === null ? 1 : root.deadlinePeriods;
  const round = Number(fps.toPrecision(1));
  return [
    ...(parent === null && offsetMs !== 0 ? [{ offsetMs: 0 }] : []),
    ...(parent === null && jitterMs !== 0 ? [{ jitterMs: 0 }] : []),
    ...(priority !== 1 ? [{ priority: 1 }] : []),
    ...(deadlinePeriods !== usualDeadline ? [{ deadlinePeriods: usualDeadline }] : []),
    ...(parent !== null && probability !== 1 ? [{ probability: 1 }] : []),
    ...(parent === null && fps !== round ? [{ fps: round }] : []),
  ];
}
