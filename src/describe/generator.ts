/** What draws a scenario's tasks anew for each seed, in words and for JSON. */
import type { MultiTenant } from "../scenario/multi-tenant.ts";
import { msOrNull, msText } from "./short-figures.ts";

/** `seed`: of the tasks that are shown. */
export function generatorText(generator: MultiTenant, seed: number): string {
  const { tasks, batches, priorities, windowNs, deadlineNs } = generator;
  const drawn = [
    `${tasks} tasks of one job, each of ${namesOf(generator).join(", ")}`,
    ...(batches === undefined ? [] : [`at batch ${batches.join(", ")}`]),
    `with priority ${priorities.join(", ")}`,
    `released in 0-${msText(windowNs)} ms`,
    deadlineNs === Infinity ? "without deadline" : `due after ${msText(deadlineNs)} ms`,
  ];
  return `${drawn.join("; ")}: all drawn anew for each seed; below are those of seed ${seed}`;
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

/** Without batch. */
const namesOf = ({ models }: MultiTenant): readonly string[] =>
  models.map(([model]) => model!.name.replace(/@\d+$/, ""));
