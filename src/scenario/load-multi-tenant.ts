/** Checks the generator of a scenario file, and loads the models that it names. */
import type { Model } from "../core/model.ts";
import type { MultiTenant } from "./multi-tenant.ts";
import { nsFromMs } from "./ns-from-ms.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { GeneratorFile } from "./scenario-file.ts";
import { namedModel, reportSharedNames } from "./task-models.ts";

/** Undefined after problems. */
export function multiTenant(context: ScenarioContext, file: GeneratorFile): MultiTenant | undefined {
  const { report, scenario } = context;
  if (!report.isSound(["generate"])) return undefined;
  const { kind, tasks, batches, priorities = [1], windowMs, deadlineMs } = file;
  if (report.isSound(["durationMs"]) && windowMs > scenario.durationMs)
    report.problem(
      ["generate", "windowMs"],
      "TOO_BIG",
      `windowMs must be at most durationMs (${scenario.durationMs}), got ${windowMs}`,
    );
  return {
    kind,
    tasks,
    models: modelsOf(context, file),
    batches,
    priorities,
    windowNs: nsFromMs(windowMs),
    deadlineNs: deadlineMs === "none" ? Infinity : deadlineMs * 1e6,
  };
}

/** [model][batch]; complete if no problem was reported. */
function modelsOf(context: ScenarioContext, { models, batches }: GeneratorFile): Model[][] {
  const found = models.map((name, i) => {
    const place = ["generate", "models", i];
    return { place, models: (batches ?? [undefined]).map((batch) => namedModel(context, name, place, batch)) };
  });
  reportSharedNames(
    context,
    found.map(({ place, models: [first] }) => [first, place]),
  );
  reportRepeated(
    context,
    found.map(({ models: [first] }) => first),
  );
  return found.map((each) => each.models.filter((model) => model !== undefined));
}

/** A model that is named twice would be twice as likely, which is rarely intended. */
function reportRepeated({ report }: ScenarioContext, models: readonly (Model | undefined)[]): void {
  for (const [i, model] of models.entries())
    if (model !== undefined && models.indexOf(model) < i)
      report.problem(["generate", "models", i], "DUPLICATE_ID", `model "${model.name}" is already named above`);
}
