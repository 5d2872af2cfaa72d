/** A random start of a search. */
import type { Draws } from "./draws.ts";
import type { Genome, SystemGene, TaskGene } from "./genome.ts";
import type { Ranges } from "./ranges/ranges.ts";

/** A task follows another as often as not, if it may. */
const FOLLOWS_SHARE = 0.5;

export function randomGenome(ranges: Ranges, draws: Draws): Genome {
  const tasks: TaskGene[] = [];
  const count = draws.oneOf(ranges.tasks);
  while (tasks.length < count) tasks.push(randomTask(ranges, tasks.length, draws));
  return { durationMs: draws.oneOf(ranges.durationMs), tasks, system: randomSystem(ranges, draws) };
}

/** `index`: of the task, behind those that it may follow. */
export function randomTask(ranges: Ranges, index: number, draws: Draws): TaskGene {
  const { name, reference } = draws.oneOf(ranges.models);
  const canFollow = index > 0 && ranges.probability.length > 0;
  return {
    model: reference,
    modelName: name,
    fps: draws.oneOf(ranges.fps),
    offsetMs: draws.oneOf(ranges.offsetMs),
    jitterMs: draws.oneOf(ranges.jitterMs),
    deadlinePeriods: draws.oneOf(ranges.deadlinePeriods),
    priority: draws.oneOf(ranges.priority),
    parent: canFollow && draws.share() < FOLLOWS_SHARE ? draws.index(index) : null,
    probability: canFollow ? draws.oneOf(ranges.probability) : 1,
  };
}

/** As its file says; mutations change its accelerators. */
export function randomSystem({ systems }: Ranges, draws: Draws): SystemGene {
  const { name, path } = draws.oneOf(systems);
  return { name, path, accelerators: null };
}
