/** The models that tasks run: by name, by path, or inline. */
import type { Model } from "../core/model.ts";
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import { sortedJson } from "../input/sorted-json.ts";
import { modelAt, modelFrom } from "./load-model.ts";
import type { ModelFile } from "./model-file.ts";
import { type ScenarioContext, soundField } from "./scenario-context.ts";

/** By task; undefined after a problem was reported. */
export function modelsOf(context: ScenarioContext): readonly (Model | undefined)[] {
  const inline: InlineModels = new Map();
  const models = context.scenario.tasks.map((task, i) => modelOf(context, task?.model, i, inline));
  reportSharedNames(
    context,
    models.map((model, i) => [model, ["tasks", i, "model"]]),
  );
  return models;
}

/** By the text of the inline model, and its batch. */
type InlineModels = Map<string, Map<number, Model | undefined>>;

function modelOf(
  context: ScenarioContext,
  model: string | ModelFile | undefined,
  taskIndex: number,
  inline: InlineModels,
): Model | undefined {
  const place = ["tasks", taskIndex, "model"];
  const batch = soundField(context, taskIndex, "batch");
  if (typeof model === "string") return namedModel(context, model, place, batch);
  if (typeof model !== "object" || model === null) return undefined;
  // Tools that write no aliases write the model again for each task; both are the same model.
  const text = sortedJson(model);
  const known = inline.get(text) ?? new Map<number, Model | undefined>();
  inline.set(text, known);
  const key = batch ?? model.batch ?? 1;
  if (!known.has(key)) known.set(key, modelFrom(model, context.report.within(place), batch));
  return known.get(key);
}

/** The model that a name or path means, with its own batch or another. */
export function namedModel(
  { report, resolver, path, models }: ScenarioContext,
  name: string,
  place: readonly (string | number)[],
  batch: number | undefined,
): Model | undefined {
  if (!report.isSound(place)) return undefined;
  const file = resolver.resolve("model", name, path);
  if (file !== undefined) return modelAt(file, resolver, models, report.problems, report.at(place), batch);
  const hint = didYouMean(name, resolver.names("model", path)) || ownModelHint(name);
  report.problem(place, "UNKNOWN_NAME", `unknown model ${quote(name)}${hint}`);
  return undefined;
}

/** Where no model has a name like it, one of the user's own is meant. */
const ownModelHint = (name: string): string =>
  `; a model of yours is a file beside this one, ${name}.yaml (with "layers: measured" if a table has its costs)`;

/** Tables and results identify models by their names, so names must be unique. */
export function reportSharedNames(
  { report }: ScenarioContext,
  models: readonly (readonly [model: Model | undefined, place: readonly (string | number)[]])[],
): void {
  const byName = new Map<string, Model>();
  for (const [model, place] of models) {
    if (model === undefined) continue;
    const other = byName.get(model.name);
    if (other === undefined) byName.set(model.name, model);
    else if (other !== model)
      report.problem(
        place,
        "DUPLICATE_ID",
        `another model of this scenario is also named "${model.name}" and is not the same; give one of them another name`,
      );
  }
}
