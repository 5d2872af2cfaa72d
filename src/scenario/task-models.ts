/** The models that tasks run: by name, by path, or written in place. */
import type { Model } from "../core/model.ts";
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import { modelAt, modelFrom } from "./load-model.ts";
import type { ModelFile } from "./model-file.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** By task; undefined where a problem was reported. */
export function modelsOf(context: ScenarioContext): readonly (Model | undefined)[] {
  const inline = new Map<ModelFile, Model | undefined>();
  const models = context.scenario.tasks.map((task, i) => modelOf(context, task?.model, i, inline));
  reportSharedNames(context, models);
  return models;
}

function modelOf(
  context: ScenarioContext,
  model: string | ModelFile | undefined,
  taskIndex: number,
  inline: Map<ModelFile, Model | undefined>,
): Model | undefined {
  if (typeof model === "string") return namedModel(context, model, taskIndex);
  if (typeof model !== "object" || model === null) return undefined;
  // A YAML alias is the same object again, so it is the same model.
  if (!inline.has(model)) inline.set(model, modelFrom(model, context.report.within(["tasks", taskIndex, "model"])));
  return inline.get(model);
}

function namedModel(
  { report, resolver, path, models }: ScenarioContext,
  name: string,
  taskIndex: number,
): Model | undefined {
  const place = ["tasks", taskIndex, "model"];
  if (!report.isSound(place)) return undefined;
  const file = resolver.resolve("model", name, path);
  if (file !== undefined) return modelAt(file, resolver, models, report.problems, report.at(place));
  const hint = didYouMean(name, resolver.names("model", path));
  report.problem(place, "UNKNOWN_NAME", `unknown model ${quote(name)}${hint}`);
  return undefined;
}

/** Tables and results tell models apart by their names. */
function reportSharedNames({ report }: ScenarioContext, models: readonly (Model | undefined)[]): void {
  const byName = new Map<string, Model>();
  for (const [i, model] of models.entries()) {
    if (model === undefined) continue;
    const other = byName.get(model.name);
    if (other === undefined) byName.set(model.name, model);
    else if (other !== model)
      report.problem(
        ["tasks", i, "model"],
        "DUPLICATE_ID",
        `another model of this scenario is also named "${model.name}"`,
      );
  }
}
