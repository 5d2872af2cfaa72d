/** The generator that draws a scenario's tasks for each seed, in words and for JSON. */
import type { MultiTenant } from "../scenario/multi-tenant.ts";
import { msOrNull, msText } from "./short-figures.ts";

/** `seed`: the one whose tasks are shown. */
export function generatorText(generator: MultiTenant, seed: number): string {
  const { tasks, batches, priorities, windowNs, deadlineNs } = generator;
  const drawn = [
    `${tasks} tasks of one job each; model ${namesOf(generator).join(", ")}`,
    ...(batches === undefined ? [] : [`batch ${batches.join(", ")}`]),
    `priority ${priorities.join(", ")}`,
    `released in 0-${msText(windowNs)} ms`,
    deadlineNs === Infinity ? "no deadline" : `deadline after ${msText(deadlineNs)} ms`,
  ];
  return `${drawn.join("; ")}. Each seed draws its own tasks; those of seed ${seed} are below.`;
}

export function generatorRecord(generator: MultiTenant): object {
  const { kind, tasks, batches, priorities, windowNs, deadlineNs } = generator;
  return {
    kind,
    tasks,
    models: namesOf(generator),
    batches: batches ?? null,
    priorities,
    windowMs: windowNs / 1e6,
    deadlineMs: msOrNull(deadlineNs),
  };
}

/** Names of the models, without their batch. */
const namesOf = ({ models }: MultiTenant): readonly string[] =>
  models.map(([model]) => model!.name.replace(/@\d+$/, ""));
