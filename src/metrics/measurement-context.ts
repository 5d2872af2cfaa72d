/** What a measurement needs besides the jobs: isolated times, worst-case energies, accuracies, idle power. */
import { type CostTable, columnOf, costsOf, type VariantCosts } from "../core/costs.ts";
import type { Scenario, Task } from "../core/scenario.ts";
import type { Accelerator, System } from "../core/system.ts";
import { accuracyLoss, accuracyScore, exitAccuracies } from "./accuracy.ts";
import type { Feature } from "./outcome.ts";

/** What metrics need to know about a run besides its jobs. */
export interface MeasurementContext {
  readonly durationNs: number;
  /** Jobs whose frame was released before it are left out. */
  readonly warmupNs: number;
  readonly tasks: readonly TaskContext[];
  readonly accelerators: readonly AcceleratorContext[];
  /** By start, without phases that no frame falls into; empty if the scenario has none. */
  readonly phases: readonly PhaseContext[];
  /** What the scenario has beside plain tasks; left out: nothing. */
  readonly features?: ReadonlySet<Feature>;
}

/** Jobs belong to the phase in which their frame was nominally released. */
export interface PhaseContext {
  readonly name: string;
  readonly fromNs: number;
  readonly toNs: number;
}

/** What metrics need to know about a task. */
export interface TaskContext {
  readonly id: string;
  readonly modelName: string;
  /** Whether it waits for other tasks. */
  readonly isDependent: boolean;
  /**
   * A whole job of the most energy-hungry variant on its most energy-hungry accelerator, with nothing skipped. NaN:
   * one of the energies is not known, so it may be any of them.
   */
  readonly worstEnergyPj: number;
  /** Original first. */
  readonly variants: readonly VariantContext[];
  /** Tasks that it reads; left out: none. */
  readonly reads?: readonly number[];
  /** Set where others read it. */
  readonly isRead?: true;
  /** Set where people see what it makes. */
  readonly isDisplay?: true;
}

/** What metrics need to know about a variant. */
export interface VariantContext {
  /** A whole job on its fastest single accelerator, with nothing skipped. */
  readonly isolatedNs: number;
  /** XRBench's score, 0 to 1. */
  readonly accuracyScore: number;
  /** Relative loss against the original variant, 0 to 1; undefined if there is nothing to compare. */
  readonly accuracyLoss: number | undefined;
  /** The same for a job that takes an exit, in the order of the variant's exits. */
  readonly exits: readonly Pick<VariantContext, "accuracyScore" | "accuracyLoss">[];
}

/** What metrics need to know about an accelerator. */
export interface AcceleratorContext {
  readonly id: string;
  readonly units: number;
  readonly idlePowerMw: number;
}

/** Throws a RangeError for a model that is not in the cost table. */
export function measurementContext(
  scenario: Scenario,
  system: System,
  costs: CostTable,
  options: { readonly warmupNs?: number } = {},
): MeasurementContext {
  const wholes = wholeColumns(system.accelerators);
  return {
    durationNs: scenario.durationNs,
    warmupNs: options.warmupNs ?? 0,
    tasks: scenario.tasks.map((task, index) => ({
      ...taskContext(task, costs, wholes),
      ...(task.reads !== undefined && { reads: task.reads }),
      ...(scenario.tasks.some(({ reads }) => reads?.includes(index) === true) && { isRead: true }),
      ...(task.isDisplay !== undefined && { isDisplay: task.isDisplay }),
    })),
    accelerators: system.accelerators.map(({ id, units, idlePowerMw }) => ({ id, units, idlePowerMw })),
    phases: phaseContexts(scenario),
    features: featuresOf(scenario),
  };
}

function featuresOf({ tasks }: Scenario): ReadonlySet<Feature> {
  const features = new Set<Feature>();
  for (const { reads, isDisplay, queue } of tasks) {
    if (reads !== undefined) features.add("reads");
    if (isDisplay !== undefined) features.add("display");
    if (queue !== undefined) features.add("queues");
  }
  return features;
}

/** The time before the first phase is called "start". */
function phaseContexts({ phases, durationNs }: Scenario): readonly PhaseContext[] {
  if (phases.length === 0) return [];
  const starts = [{ name: "start", startNs: 0 }, ...phases];
  return starts
    .map(({ name, startNs }, i) => ({ name, fromNs: startNs, toNs: starts[i + 1]?.startNs ?? durationNs }))
    .filter(({ fromNs, toNs }) => fromNs < toNs);
}

/** Column of each accelerator with all its units. */
const wholeColumns = (accelerators: readonly Accelerator[]): number[] =>
  accelerators.map((accelerator, index) => columnOf(accelerators, index, accelerator.units));

function taskContext(task: Task, costs: CostTable, wholes: readonly number[]): TaskContext {
  const { model } = task;
  const { variants } = costsOf(costs, model);
  return {
    id: task.id,
    modelName: model.name,
    isDependent: task.release.kind === "after",
    worstEnergyPj: Math.max(...variants.map((variant) => worstEnergyPj(variant, costs.columns, wholes))),
    variants: variants.map((variant, variantIndex) => ({
      isolatedNs: isolatedNs(variant, costs.columns, wholes),
      accuracyScore: accuracyScore(model, variantIndex),
      accuracyLoss: accuracyLoss(model, variantIndex),
      exits: exitAccuracies(model, variantIndex),
    })),
  };
}

/** If no accelerator can run the whole model, each layer takes the accelerator that is fastest for it. */
function isolatedNs(costs: VariantCosts, columns: number, wholes: readonly number[]): number {
  const alone = Math.min(...wholes.map((column) => columnSum(costs.latencyNs, columns, column)));
  if (Number.isFinite(alone)) return alone;
  return sumOver(costs.layers, (layer) =>
    Math.min(...wholes.map((column) => costs.latencyNs[layer * columns + column] ?? Infinity)),
  );
}

/** If no accelerator can run the whole model, each layer takes the most energy-hungry one that can run it. */
function worstEnergyPj(costs: VariantCosts, columns: number, wholes: readonly number[]): number {
  const { layers, latencyNs, energyPj } = costs;
  const able = wholes.filter((column) => Number.isFinite(columnSum(latencyNs, columns, column)));
  if (able.length > 0) return Math.max(...able.map((column) => columnSum(energyPj, columns, column)));
  const canRun = (layer: number, column: number) => Number.isFinite(latencyNs[layer * columns + column]);
  const energy = (layer: number, column: number) => energyPj[layer * columns + column] ?? 0;
  return sumOver(layers, (layer) =>
    Math.max(0, ...wholes.filter((column) => canRun(layer, column)).map((column) => energy(layer, column))),
  );
}

/** Over all layers. */
function columnSum(values: Float64Array, columns: number, column: number): number {
  let sum = 0;
  for (let at = column; at < values.length; at += columns) sum += values[at]!;
  return sum;
}

function sumOver(layers: number, value: (layer: number) => number): number {
  let sum = 0;
  for (let layer = 0; layer < layers; layer++) sum += value(layer);
  return sum;
}
