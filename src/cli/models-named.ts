/** The models that a name or a path on the command line means: a model, or those of a scenario. */
import type { Model } from "../core/model.ts";
import type { Library } from "../files/library.ts";
import { subjectsNamed } from "../files/subject.ts";
import type { Workbench } from "../run/workbench.ts";
import { loadModel } from "../scenario/load-model.ts";
import { possibleModels } from "../scenario/multi-tenant.ts";

/** Returns each model once. */
export function modelsNamed(name: string, workbench: Workbench<Library>): readonly Model[] {
  const [subject] = subjectsNamed(name, ["model", "scenario"], workbench.files);
  if (subject!.kind === "model") return [loadModel(subject!.name, workbench.files)];
  return possibleModels(workbench.scenario(subject!.name).value);
}
