/** State that the steps of loading a scenario share. */
import type { Rate } from "../core/scenario.ts";
import type { Report } from "../input/report.ts";
import type { ModelCache } from "./load-model.ts";
import { rateIn } from "./rate.ts";
import type { Resolver } from "./resolver.ts";
import type { ScenarioFile, TaskFile } from "./scenario-file.ts";

export interface ScenarioContext {
  readonly scenario: ScenarioFile;
  /** Path of the scenario's file. */
  readonly path: string;
  readonly report: Report;
  readonly resolver: Resolver;
  readonly models: ModelCache;
  /** Tasks by id; the first one of an id. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/** The field of a task, if the schema found no problem with it. */
export function soundField<K extends keyof TaskFile>(
  { scenario, report }: ScenarioContext,
  taskIndex: number,
  key: K,
): TaskFile[K] | undefined {
  return report.isSound(["tasks", taskIndex, key]) ? scenario.tasks[taskIndex]?.[key] : undefined;
}

/** The rate that a task's own fields give it, if the schema found no problem with them. */
export const soundRate = (context: ScenarioContext, taskIndex: number): Rate | undefined =>
  rateIn({ fps: soundField(context, taskIndex, "fps"), periodMs: soundField(context, taskIndex, "periodMs") });
