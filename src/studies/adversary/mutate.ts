/** Changes one thing of a genome, within the ranges. */
import { type Draws, otherValue } from "./draws.ts";
import { type Genome, type TaskGene, withoutTask } from "./genome.ts";
import { mutateSystem } from "./mutate-system.ts";
import { randomSystem, randomTask } from "./random-genome.ts";
import type { Ranges } from "./ranges/ranges.ts";

/** undefined: it cannot change that, or drew no change. */
type Mutation = (genome: Genome, ranges: Ranges, draws: Draws) => Genome | undefined;

/** A start from scratch if nothing changes in so many tries: the ranges leave next to no choice. */
const MOST_TRIES = 100;

/** Another genome, unless the ranges allow a single one. */
export function mutated(genome: Genome, ranges: Ranges, draws: Draws): Genome {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const changed = draws.oneOf(mutations)(genome, ranges, draws);
    if (changed !== undefined) return changed;
  }
  return genome;
}

const numberOfTask =
  (key: "fps" | "offsetMs" | "jitterMs" | "deadlinePeriods" | "priority" | "probability"): Mutation =>
  (genome, ranges, draws) => {
    const index = draws.index(genome.tasks.length);
    const task = genome.tasks[index]!;
    if (!isInForce(key, task)) return undefined;
    const value = otherValue(ranges[key], task[key], draws);
    return value === undefined ? undefined : withTask(genome, index, { [key]: value });
  };

/** Whether a change would be seen: a root is not triggered, and a task that follows another has no rate. */
function isInForce(key: keyof TaskGene, { parent }: TaskGene): boolean {
  if (key === "probability") return parent !== null;
  return parent === null || (key !== "fps" && key !== "offsetMs" && key !== "jitterMs");
}

const withTask = (genome: Genome, index: number, change: Partial<TaskGene>): Genome => ({
  ...genome,
  tasks: genome.tasks.with(index, { ...genome.tasks[index]!, ...change }),
});

const model: Mutation = (genome, { models }, draws) => {
  const index = draws.index(genome.tasks.length);
  const others = models.filter(({ reference }) => reference !== genome.tasks[index]!.model);
  if (others.length === 0) return undefined;
  const { name, reference } = draws.oneOf(others);
  return withTask(genome, index, { model: reference, modelName: name });
};

/** Makes a task follow another one, or none. */
const parent: Mutation = (genome, { probability }, draws) => {
  if (probability.length === 0) return undefined;
  const index = draws.index(genome.tasks.length);
  const parents = [null, ...genome.tasks.keys()].filter((each) => each === null || each < index);
  const others = parents.filter((each) => each !== genome.tasks[index]!.parent);
  if (others.length === 0) return undefined;
  const chosen = draws.oneOf(others);
  const own = probability.includes(genome.tasks[index]!.probability) ? {} : { probability: draws.oneOf(probability) };
  return withTask(genome, index, { parent: chosen, ...own });
};

const addTask: Mutation = (genome, ranges, draws) => {
  const { tasks } = genome;
  if (!ranges.tasks.includes(tasks.length + 1)) return undefined;
  return { ...genome, tasks: [...tasks, randomTask(ranges, tasks.length, draws)] };
};

const removeTask: Mutation = (genome, ranges, draws) => {
  const { tasks } = genome;
  if (!ranges.tasks.includes(tasks.length - 1)) return undefined;
  return { ...genome, tasks: withoutTask(tasks, draws.index(tasks.length)) };
};

/** Several tasks come or go at once if the numbers between are not allowed. */
const number: Mutation = (genome, ranges, draws) => {
  const count = otherValue(ranges.tasks, genome.tasks.length, draws);
  if (count === undefined) return undefined;
  let { tasks } = genome;
  while (tasks.length > count) tasks = withoutTask(tasks, draws.index(tasks.length));
  while (tasks.length < count) tasks = [...tasks, randomTask(ranges, tasks.length, draws)];
  return { ...genome, tasks };
};

const duration: Mutation = (genome, ranges, draws) => {
  const durationMs = otherValue(ranges.durationMs, genome.durationMs, draws);
  return durationMs === undefined ? undefined : { ...genome, durationMs };
};

const system: Mutation = (genome, ranges, draws) => {
  const chosen = randomSystem(ranges, draws);
  return chosen.path === genome.system.path && genome.system.accelerators === null
    ? undefined
    : { ...genome, system: chosen };
};

const accelerators: Mutation = (genome, ranges, draws) => {
  const changed = mutateSystem(genome.system, ranges, draws);
  return changed === undefined ? undefined : { ...genome, system: changed };
};

/** Rates, deadlines and the system decide most; they come up more often. */
const mutations: readonly Mutation[] = [
  ...[numberOfTask("fps"), numberOfTask("fps"), numberOfTask("deadlinePeriods"), numberOfTask("deadlinePeriods")],
  ...[numberOfTask("offsetMs"), numberOfTask("jitterMs"), numberOfTask("priority"), numberOfTask("probability")],
  ...[model, model, parent, addTask, removeTask, number, duration, system, accelerators, accelerators],
];
