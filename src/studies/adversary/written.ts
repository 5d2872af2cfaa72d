/** A genome as `rtmm run` takes it: values that replace those of files, and files of its own. */
import type { FoundTask } from "../../records/adversary.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import { type Genome, rootOf, type TaskGene } from "./genome.ts";

/** A scenario whose fields are all replaced. */
export const CARRIER = "vr-gaming";

export interface WrittenScenario {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly durationMs: number;
  readonly tasks: readonly FoundTask[];
}

export interface ScenarioWords {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** How a file names a model. */
  modelOf(task: TaskGene): string;
}

/** Fields with their usual values are left out. */
export function writtenScenario({ durationMs, tasks }: Genome, words: ScenarioWords): WrittenScenario {
  const ids = taskIds(tasks);
  const { name, title, source, modelOf } = words;
  return {
    name,
    title,
    source,
    durationMs,
    tasks: tasks.map((task, index) => ({
      id: ids[index]!,
      model: modelOf(task),
      ...(task.priority !== 1 && { priority: task.priority }),
      ...(task.parent === null ? rootFields(task) : childFields(task, index, tasks, ids)),
    })),
  };
}

const rootFields = ({ fps, offsetMs, jitterMs, deadlinePeriods }: TaskGene) => ({
  fps,
  ...(offsetMs !== 0 && { offsetMs }),
  ...(jitterMs !== 0 && { jitterMs }),
  ...(deadlinePeriods !== 1 && { deadlineMs: deadlineMs(deadlinePeriods, fps) }),
});

/** A task that follows another has its root's deadline, unless it says its own. */
function childFields(task: TaskGene, index: number, tasks: readonly TaskGene[], ids: readonly string[]) {
  const { parent, probability, deadlinePeriods } = task;
  const root = rootOf(tasks, index);
  const after = probability === 1 ? ids[parent!]! : { task: ids[parent!]!, probability };
  return {
    after,
    ...(deadlinePeriods !== root.deadlinePeriods && { deadlineMs: deadlineMs(deadlinePeriods, root.fps) }),
  };
}

/** To the µs, as a person would write it. */
const deadlineMs = (periods: number, fps: number): number => Math.max(0.001, Math.round((periods * 1e6) / fps) / 1e3);

/** The model's name, with a number from the second task of a model on. */
export function taskIds(tasks: readonly TaskGene[]): readonly string[] {
  const ids: string[] = [];
  for (const { modelName } of tasks) {
    let id = modelName;
    for (let number = 2; ids.includes(id); number += 1) id = `${modelName}-${number}`;
    ids.push(id);
  }
  return ids;
}

/** A run of a genome without files of its own: the values of a built-in scenario and of the system are replaced. */
export function requestOf(genome: Genome, carrier: string): Omit<RunRequest, "scheduler" | "parameters" | "seed"> {
  const scenario = writtenScenario(genome, { name: "searched", title: "", source: "", modelOf: ({ model }) => model });
  const { accelerators, path } = genome.system;
  return {
    scenario: carrier,
    system: path,
    durationMs: undefined,
    warmupMs: 0,
    variation: {
      scenario: { ...scenario, title: null, source: null },
      ...(accelerators !== null && { system: { accelerators } }),
    },
  };
}
