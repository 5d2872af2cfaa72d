/** The mean load of each task: accelerator time, arithmetic and data. */
import type { CostTable } from "../../core/costs.ts";
import { type Layer, macsOf } from "../../core/layer.ts";
import type { Model, Variant } from "../../core/model.ts";
import { compile, type Program } from "../../core/program.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { weightsOf } from "../../core/weight-sharing.ts";
import { runProbabilities } from "./layers-run.ts";
import { jobRatesPerS } from "./rates.ts";

/** The mean load of a task in its original variant, with expectations over skips, exits and loops. */
export interface TaskLoad {
  /** Rate of the root x probability that the task is triggered, averaged over phases. */
  readonly jobsPerS: number;
  /** This and the next three are undefined where a table measures the model, whose layers are then not known. */
  readonly macsPerJob: number | undefined;
  readonly macsPerS: number | undefined;
  /** Weights, inputs and outputs of every layer, each once per job: the traffic without any reuse between layers. */
  readonly bytesPerJob: number | undefined;
  readonly bytesPerS: number | undefined;
  /** Share of each accelerator's time (all units, full speed) if it alone ran the task; undefined if it cannot. */
  readonly loads: readonly (number | undefined)[];
}

/** In task order. */
export function taskLoads(scenario: Scenario, system?: System, costs?: CostTable): TaskLoad[] {
  const rates = jobRatesPerS(scenario);
  const program = system && costs && compile(scenario, system, costs);
  return scenario.tasks.map(({ model }, taskIndex) => {
    const jobsPerS = rates[taskIndex]!;
    const { macs, bytes } = modelWork(model) ?? {};
    return {
      jobsPerS,
      macsPerJob: macs,
      macsPerS: macs && macs * jobsPerS,
      bytesPerJob: bytes,
      bytesPerS: bytes && bytes * jobsPerS,
      loads: program ? jobTimesNs(program, taskIndex).map((ns) => finite((ns * jobsPerS) / 1e9)) : [],
    };
  });
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

export interface ModelWork {
  /** Expectation for one job. */
  readonly macs: number;
  /** MACs of a job that runs all layers. */
  readonly mostMacs: number;
  /** Weights that several steps share count once. */
  readonly weightBytes: number;
  /** Weights, inputs and outputs of all layers of one job, in expectation. */
  readonly bytes: number;
}

/** Work of one variant of a model; undefined if its layers are not known, because a table measures it. */
export function modelWork(model: Model, variantIndex = 0): ModelWork | undefined {
  const variant = model.variants[variantIndex]!;
  if (variant.layers.length === 0) return undefined;
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

/** Weight elements by layer, without those that a layer before it has: the steps of a loop share their weights. */
export function ownWeightElements(variant: Variant): number[] {
  return variant.layers.map((layer, index) => (weightsOf(variant, index) === index ? weightElementsOf(layer) : 0));
}

/** Expected time of a whole job of the original variant, by accelerator; Infinity if it cannot run there. */
function jobTimesNs({ system, tasks, fullColumn }: Program, taskIndex: number): number[] {
  const [wholeNs] = tasks[taskIndex]!.wholeNs;
  return system.accelerators.map(({ operatingPoints }, a) => {
    const speed = operatingPoints?.length ? Math.max(...operatingPoints.map((point) => point.speed)) : 1;
    return wholeNs![fullColumn[a]!]! / speed;
  });
}
