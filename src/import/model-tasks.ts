/** A scenario for models that come without one: a task for each. */
import type { ImportedFile, ImportOptions } from "./imported.ts";
import { type Rates, rateOfEach } from "./rates.ts";
import { onOneLine, yamlFile } from "./yaml-file.ts";

export interface ModelTasks {
  /** Id and title of the scenario. */
  readonly name: string;
  readonly title: string;
  readonly models: readonly ImportedFile[];
  /** Where the models lie, as seen from the scenario: `./imported`. */
  readonly folder: string;
  readonly rates: Rates;
  /** What the models were made of, and which format that is. */
  readonly sources: readonly string[];
  readonly format: string;
}

const durationMs = 10_000;

/** Throws RequestError if a rate is of no model, or a model has no rate. */
export function modelTasks(given: ModelTasks, options: ImportOptions): ImportedFile {
  const { name, title, models, folder, rates, sources, format } = given;
  const own = rateOfEach(
    rates,
    models.map((model) => [model.name]),
  );
  const tasks = models.flatMap((model, i) => {
    const fps = own[i] ?? rates.fallback;
    return fps === undefined ? [] : [onOneLine({ id: model.name, model: `${folder}/${model.fileName}`, fps })];
  });
  const scenario = { name, title, durationMs, tasks };
  return yamlFile(scenario, { schema: "scenario", sources, format, remarks }, options);
}

const remarks = [
  "What runs: tasks, each of which releases jobs of a model. A job has to be done within a period, unless the task has",
  "a deadlineMs. `after: other-task` in place of fps runs a task once for each job of the other one.",
];
