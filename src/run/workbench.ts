/** Loads what runs need, and shares it among them. */
import type { CostTable } from "../core/costs.ts";
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import { buildCostTable, CostError, type CostProblem, LayerCostCache } from "../cost/index.ts";
import { didYouMean } from "../input/closest.ts";
import { RequestError } from "../input/request-error.ts";
import type { InputFile, Variation } from "../records/run-result.ts";
import type { ModelCache } from "../scenario/load-model.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import type { LoadedScenario } from "../scenario/multi-tenant.ts";
import { loadSystem } from "../system/load-system.ts";
import { InputRecorder } from "./input-recorder.ts";
import { keyOf } from "./key-of.ts";
import { Recent } from "./recent.ts";
import type { RunFiles } from "./run-files.ts";
import type { RunCase } from "./run-setup.ts";

/** Enough for every file of a comparison. A sweep may use any number of files one after the other. */
const MOST_FILES = 256;
/** A case holds the costs of all its layers: several MB for large models. */
const MOST_CASES = 64;

export interface Loaded<Value> {
  readonly value: Value;
  /** Every file that was read for it. */
  readonly inputs: readonly InputFile[];
}

/** `Files` is the caller's own type of files, which may offer more than a run needs. */
export class Workbench<Files extends RunFiles = RunFiles> {
  readonly files: Files;
  readonly #models: ModelCache = new Map();
  #layerCosts: LayerCostCache | undefined;
  readonly #scenarios = new Recent<Loaded<LoadedScenario>>(MOST_FILES);
  readonly #systems = new Recent<Loaded<System>>(MOST_FILES);
  readonly #cases = new Recent<RunCase>(MOST_CASES);

  constructor(files: Files) {
    this.files = files;
  }

  /** Throws an InputError with all problems of the file and of the files that it names. */
  scenario(path: string, { scenario: overrides, rateScale }: Variation = {}): Loaded<LoadedScenario> {
    return this.#scenarios.get(keyOf([path, overrides, rateScale]), () =>
      this.#load("scenario", path, (recorder) => {
        return loadScenario(path, recorder, this.#models, { overrides, rateScale });
      }),
    );
  }

  /** Throws as `scenario` does. */
  system(path: string, { system: overrides }: Variation = {}): Loaded<System> {
    return this.#systems.get(keyOf([path, overrides]), () =>
      this.#load("system", path, (recorder) => loadSystem(path, recorder, overrides)),
    );
  }

  /** What all runs of a scenario on a system share. Runs of the same case have the same `key`. */
  runCase(key: string, make: () => RunCase): RunCase {
    return this.#cases.get(key, make);
  }

  /** Throws RequestError if the system cannot run the models. */
  costs(models: readonly Model[], system: System): CostTable {
    this.#layerCosts ??= new LayerCostCache(undefined, this.files.preparedCosts?.());
    try {
      return buildCostTable(models, system, this.#layerCosts);
    } catch (error) {
      if (!(error instanceof CostError)) throw error;
      throw new RequestError(error.problems.map((problem) => costMessage(problem, system)).join("\n"));
    }
  }

  #load<Value>(role: "scenario" | "system", path: string, load: (recorder: InputRecorder) => Value): Loaded<Value> {
    const recorder = new InputRecorder(this.files);
    recorder.note(role, path);
    const value = load(recorder);
    return { value, inputs: recorder.inputs() };
  }
}

function costMessage({ rowPlace, code, known, layerName, variantName, message }: CostProblem, system: System): string {
  const where = rowPlace ?? `system "${system.name}"`;
  const unknown = code === "UNKNOWN_LAYER" ? layerName : code === "UNKNOWN_VARIANT" ? variantName : undefined;
  return `${where}: ${message}${unknown === undefined ? "" : nearestHint(unknown, known ?? [])}`;
}

/** A repeated layer has a cost per round: `name[0]`, `name[1]`, … */
function nearestHint(unknown: string, known: readonly string[]): string {
  const rounds = known.filter((name) => name.startsWith(`${unknown}[`));
  if (rounds.length === 0) return didYouMean(unknown, known);
  return `; it is repeated: ${rounds[0]} to ${rounds.at(-1)}`;
}
