/** What each task asks for on average: accelerator time, arithmetic and data. */
import type { CostTable } from "../../core/costs.ts";
import { type Layer, macsOf } from "../../core/layer.ts";
import type { Model, Variant } from "../../core/model.ts";
import { compile, type Program } from "../../core/program.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { runProbabilities } from "./course.ts";
import { jobRatesPerS } from "./rates.ts";

/** Of the original variant, skips, exits and loops as expected. */
export interface TaskLoad {
  /** Jobs a second: rate of the root x probability of being triggered, averaged over phases. */
  readonly jobsPerS: number;
  readonly macsPerJob: number;
  readonly macsPerS: number;
  /** Weights, inputs and outputs of every layer, each counted once a job: traffic without any reuse between layers. */
  readonly bytesPerJob: number;
  readonly bytesPerS: number;
  /** By accelerator: share of its time (all its units, at full speed) if it alone ran the task; undefined where it cannot. */
  readonly loads: readonly (number | undefined)[];
}

/** In task order. */
export function taskLoads(scenario: Scenario, system?: System, costs?: CostTable): TaskLoad[] {
  const rates = jobRatesPerS(scenario);
  const program = system && costs && compile(scenario, system, costs);
  return scenario.tasks.map(({ model }, taskIndex) => {
    const jobsPerS = rates[taskIndex]!;
    const { macs, bytes } = modelWork(model);
    return {
      jobsPerS,
      macsPerJob: macs,
      macsPerS: macs * jobsPerS,
      bytesPerJob: bytes,
      bytesPerS: bytes * jobsPerS,
      loads: program ? jobTimesNs(program, taskIndex).map((ns) => finite((ns * jobsPerS) / 1e9)) : [],
    };
  });
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export interface ModelWork {
  /** Of one job: in expectation, and if all layers run. */
  readonly macs: number;
  readonly mostMacs: number;
  /** Of the model, each once, however many steps use them. */
  readonly weightBytes: number;
  /** Weights, inputs and outputs of every layer that runs, in expectation. */
  readonly bytes: number;
}

/** Of a variant of a model; without layers all are 0. */
export function modelWork(model: Model, variantIndex = 0): ModelWork {
  const variant = model.variants[variantIndex]!;
  const expected = runProbabilities(variant);
  let macs = 0;
  let mostMacs = 0;
  let elements = 0;
  variant.layers.forEach((layer, index) => {
    mostMacs += macsOf(layer);
    macs += expected[index]! * macsOf(layer);
    elements += expected[index]! * (weightElementsOf(layer) + layer.inputElements + layer.outputElements);
  });
  const weights = ownWeightElements(variant).reduce((sum, each) => sum + each, 0);
  return { macs, mostMacs, weightBytes: weights * model.bytesPerElement, bytes: elements * model.bytesPerElement };
}

const weightElementsOf = (layer: Layer): number => (layer.kind === "convolution" ? layer.weightElements : 0);

/** Of each layer, those that no layer before it has: the steps of a sequence of varying length share theirs. */
export function ownWeightElements({ layers, loops }: Variant): number[] {
  const isLaterStep = (index: number) =>
    loops.some(({ firstLayer, layersPerStep, stepProbabilities }) => {
      const end = firstLayer + layersPerStep * stepProbabilities.length;
      return firstLayer + layersPerStep <= index && index < end;
    });
  return layers.map((layer, index) => (isLaterStep(index) ? 0 : weightElementsOf(layer)));
}

/** A whole job of the original variant, in expectation, on each accelerator; Infinity where it cannot run. */
function jobTimesNs({ system, tasks, fullColumn }: Program, taskIndex: number): number[] {
  const [wholeNs] = tasks[taskIndex]!.wholeNs;
  return system.accelerators.map(({ operatingPoints }, a) => {
    const speed = operatingPoints?.length ? Math.max(...operatingPoints.map((point) => point.speed)) : 1;
    return wholeNs![fullColumn[a]!]! / speed;
  });
}
