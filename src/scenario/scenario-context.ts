/** State that the steps of loading a scenario share. */
import type { Report } from "../input/report.ts";
import type { ModelCache } from "./load-model.ts";
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
