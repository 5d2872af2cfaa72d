/** What each task asks for on average: accelerator time, arithmetic and data. */
import { type CostTable, columnOf } from "../../core/costs.ts";
import { macsOf } from "../../core/layer.ts";
import type { Model } from "../../core/model.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { layerPresence } from "./layer-presence.ts";
import { jobRatesPerS } from "./rates.ts";

/** Of the original variant, skips, exits and loops as expected. */
export interface TaskLoad {
  /** Jobs a second: rate of the root x probability of being triggered. */
  readonly jobsPerS: number;
  readonly macsPerJob: number;
  readonly macsPerS: number;
  /** Weights, inputs and outputs of every layer, each counted once a job: traffic without any reuse between layers. */
  readonly bytesPerJob: number;
  readonly bytesPerS: number;
  /** By accelerator: share of its time (all its units) if it alone ran the task; undefined where it cannot. */
  readonly loads: readonly (number | undefined)[];
}

/** In task order. */
export function taskLoads(scenario: Scenario, system?: System, costs?: CostTable): TaskLoad[] {
  const rates = jobRatesPerS(scenario);
  return scenario.tasks.map(({ model }, taskIndex) => {
    const jobsPerS = rates[taskIndex]!;
    const { macs, bytes } = modelWork(model);
    return {
      jobsPerS,
      macsPerJob: macs,
      macsPerS: macs * jobsPerS,
      bytesPerJob: bytes,
      bytesPerS: bytes * jobsPerS,
      loads: system && costs ? jobTimesNs(model, system, costs).map((ns) => finite((ns * jobsPerS) / 1e9)) : [],
    };
  });
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export interface ModelWork {
  readonly macs: number;
  readonly weightBytes: number;
  /** Weights, inputs and outputs of every layer. */
  readonly bytes: number;
}

/** Of one job of a model's original variant, in expectation; weights counted whole. */
export function modelWork(model: Model, variantIndex = 0): ModelWork {
  const variant = model.variants[variantIndex]!;
  const { expected } = layerPresence(variant, variant.layers.length);
  let macs = 0;
  let weights = 0;
  let elements = 0;
  variant.layers.forEach((layer, index) => {
    const layerWeights = layer.kind === "convolution" ? layer.weightElements : 0;
    macs += expected[index]! * macsOf(layer);
    weights += layerWeights;
    elements += expected[index]! * (layerWeights + layer.inputElements + layer.outputElements);
  });
  return { macs, weightBytes: weights * model.bytesPerElement, bytes: elements * model.bytesPerElement };
}

/** A whole job of the original variant on each accelerator, with all its units; Infinity where it cannot run. */
function jobTimesNs(model: Model, { accelerators }: System, costs: CostTable): number[] {
  const { layers, latencyNs } = costs.models.get(model)!.variants[0]!;
  const { expected } = layerPresence(model.variants[0]!, layers);
  return accelerators.map(({ units }, index) => {
    const column = columnOf(accelerators, index, units);
    return expected.reduce((sum, weight, layer) => {
      const ns = latencyNs[layer * costs.columns + column]!;
      return weight === 0 ? sum : sum + weight * ns;
    }, 0);
  });
}
