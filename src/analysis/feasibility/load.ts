/** The mean load of each task: accelerator time, arithmetic and data. */
import type { CostTable } from "../../core/costs.ts";
import { type Layer, macsOf } from "../../core/layer.ts";
import type { Model, Variant } from "../../core/model.ts";
import { compile, type Program } from "../../core/program.ts";
import { closedRootOf, type Scenario } from "../../core/scenario.ts";
import type { System } from "../../core/system.ts";
import { weightsOf } from "../../core/weight-sharing.ts";
import { runProbabilities } from "./layers-run.ts";
import { jobRatesPerS } from "./rates.ts";
import { meanScale } from "./work-classes.ts";

/** The mean load of a task in its original variant, with expectations over skips, exits and loops. */
export interface TaskLoad {
  /** Rate of the root x probability that the task is triggered, averaged over phases; undefined below a closed loop. */
  readonly jobsPerS: number | undefined;
  /** This and the next three are undefined where a table measures the model, whose layers are then not known; those a second also without a rate. */
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
  return scenario.tasks.map((task, taskIndex) => {
    const jobsPerS = closedRootOf(scenario, taskIndex) === undefined ? rates[taskIndex] : undefined;
    const scale = meanScale(scenario, task);
    const work = modelWork(task.model);
    const macs = work && work.macs * scale;
    const bytes = work && work.bytes * scale;
    return {
      jobsPerS,
      macsPerJob: macs,
      macsPerS: product(macs, jobsPerS),
      bytesPerJob: bytes,
      bytesPerS: product(bytes, jobsPerS),
      loads: program ? jobTimesNs(program, taskIndex).map((ns) => loadOf(ns * scale, jobsPerS)) : [],
    };
  });
}

/** Undefined if one of them is not known. */
const product = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a * b;

/** Undefined if no rate is known, or if the accelerator cannot run the job. */
function loadOf(ns: number, jobsPerS: number | undefined): number | undefined {
  const load = product(ns, jobsPerS);
  return load !== undefined && Number.isFinite(load) ? load / 1e9 : undefined;
}

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
