/** Loads the files of an import as a run would, and counts what their models have. */
import { modelWork } from "../analysis/feasibility/index.ts";
import type { Model } from "../core/model.ts";
import type { Library } from "../files/library.ts";
import type { ImportedFile } from "../import/index.ts";
import type { ModelTotals } from "../records/import-report.ts";
import { loadModel } from "../scenario/load-model.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import { loadSystem } from "../system/load-system.ts";

/** The totals of the models, as rtmm counts them. Throws InputError if a file does not load. */
export function checkImported(
  imported: readonly ImportedFile[],
  paths: readonly string[],
  library: Library,
): readonly ModelTotals[] {
  return imported.flatMap(({ kind }, i) => {
    const path = paths[i]!;
    if (kind === "scenario") loadScenario(path, library);
    if (kind === "system") loadSystem(path, library);
    return kind === "model" ? [totalsOf(loadModel(path, library))] : [];
  });
}

/** Of a measured model only the name is known. */
function totalsOf(model: Model): ModelTotals {
  const work = modelWork(model);
  if (work === undefined) return { model: model.name };
  const { macs, weightBytes } = work;
  const layers = model.variants[0]!.layers.length;
  return { model: model.name, layers, macs, weights: weightBytes / model.bytesPerElement };
}
