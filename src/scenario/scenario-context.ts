/** What the steps of loading one scenario share. */
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
  /** Tasks by id; of those with the same id, the first. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/** The field of a task where the schema found nothing wrong with it. */
export function soundField<K extends keyof TaskFile>(
  { scenario, report }: ScenarioContext,
  taskIndex: number,
  key: K,
): TaskFile[K] | undefined {
  return report.isSound(["tasks", taskIndex, key]) ? scenario.tasks[taskIndex]?.[key] : undefined;
}
