/** Loads the files of an import as a run would, and counts what their models have. */
import { modelWork } from "../analysis/feasibility/index.ts";
import type { Model } from "../core/model.ts";
import type { Library } from "../files/library.ts";
import type { ImportedFile, ImportedKind } from "../import/index.ts";
import type { ModelTotals } from "../records/import-report.ts";
import { Workbench } from "../run/workbench.ts";
import { loadModel } from "../scenario/load-model.ts";
import { possibleModels } from "../scenario/multi-tenant.ts";

/**
 * The totals of the models, as rtmm counts them. Throws InputError if a file does not load, RequestError if a table that
 * comes with its scenario does not give the scenario's models their costs.
 */
export function checkImported(
  imported: readonly ImportedFile[],
  paths: readonly string[],
  library: Library,
): readonly ModelTotals[] {
  const pathsOf = (kind: ImportedKind) => paths.filter((_, i) => imported[i]!.kind === kind);
  const bench = new Workbench(library);
  const models = pathsOf("model").map((path) => loadModel(path, library));
  const scenarios = pathsOf("scenario").map((path) => bench.scenario(path).value);
  const systems = pathsOf("system").map((path) => bench.system(path).value);
  if (pathsOf("table").length > 0)
    for (const system of systems) {
      bench.costs(models, system);
      for (const scenario of scenarios) bench.costs(possibleModels(scenario), system);
    }
  return models.map(totalsOf);
}

/** Of a measured model only the name is known. */
function totalsOf(model: Model): ModelTotals {
  const work = modelWork(model);
  if (work === undefined) return { model: model.name };
  const { macs, weightBytes } = work;
  const layers = model.variants[0]!.layers.length;
  return { model: model.name, layers, macs, weights: weightBytes / model.bytesPerElement };
}
