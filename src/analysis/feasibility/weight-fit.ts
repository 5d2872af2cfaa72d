/** Which models' weights fit together into the memories of a system's accelerators. */

import { type CostTable, columnOf, costsOf, type VariantCosts } from "../../core/costs.ts";
import { modelsOf, type Scenario } from "../../core/scenario.ts";
import { sum } from "../../core/sum.ts";
import type { System } from "../../core/system.ts";

/** The weights of a scenario's models on one accelerator. */
export interface WeightFit {
  readonly acceleratorId: string;
  /** Undefined: it holds one model at a time. */
  readonly bytes: number | undefined;
  /** Every variant of every model that the accelerator can run some of. */
  readonly models: readonly ModelWeights[];
  /** The largest groups of models, in their original variants, whose weights fit together; undefined: too many to try. */
  readonly groups: readonly (readonly string[])[] | undefined;
}

export interface ModelWeights {
  readonly modelName: string;
  readonly variantName: string;
  readonly isOriginal: boolean;
  /** Of the memory, in whole bytes a layer. NaN: not known. */
  readonly bytes: number;
  /** Of all its layers once, ns. */
  readonly loadNs: number;
  /** `layers`: it is larger than the memory, or has several layers of unknown sizes, and its layers come and go. */
  readonly keptBy: "model" | "layers";
}

/** Of each accelerator with a memory for weights. */
export function weightFits(scenario: Scenario, system: System, costs: CostTable): readonly WeightFit[] {
  const { accelerators } = system;
  return accelerators.flatMap(({ id, units, weights }, index) => {
    if (weights === undefined) return [];
    const column = columnOf(accelerators, index, units);
    const models = modelsOf(scenario).flatMap((model) =>
      costsOf(costs, model).variants.flatMap((variant, v) => {
        const found = weightsIn(variant, costs.columns, column, weights.bytes);
        return found === undefined ? [] : [{ modelName: model.name, isOriginal: v === 0, ...found }];
      }),
    );
    return [{ acceleratorId: id, bytes: weights.bytes, models, groups: groupsOf(models, weights.bytes) }];
  });
}

/** Undefined if the accelerator can run none of it, or if it has no weights. */
function weightsIn(
  { variantName, layers, loads }: VariantCosts,
  columns: number,
  column: number,
  capacityBytes: number | undefined,
): Omit<ModelWeights, "modelName" | "isOriginal"> | undefined {
  if (loads === undefined) return undefined;
  let bytes = 0;
  let heldBytes = 0;
  let loadNs = 0;
  for (let layer = 0; layer < layers; layer++) {
    const at = layer * columns + column;
    if (loads.weightsOf[layer] !== layer) continue;
    bytes += Math.ceil(loads.bytes[at]!);
    heldBytes += fittingBytes(Math.ceil(loads.bytes[at]!), capacityBytes ?? 0);
    loadNs += loads.ns[at]!;
  }
  if (bytes === 0 && loadNs === 0) return undefined;
  const keptBy = heldBytes > (capacityBytes ?? Infinity) ? "layers" : "model";
  return { variantName, bytes, loadNs, keptBy };
}

/** Beyond so many there are too many groups to look at. */
const MOST_MODELS = 12;

function groupsOf(all: readonly ModelWeights[], capacityBytes: number | undefined): WeightFit["groups"] {
  const models = all.filter(({ isOriginal, keptBy }) => isOriginal && keptBy === "model");
  const names = models.map(({ modelName }) => modelName);
  if (capacityBytes === undefined) return names.map((name) => [name]);
  if (sum(models.map(({ bytes }) => bytes)) <= capacityBytes) return [names].filter(isSome);
  if (models.length > MOST_MODELS) return undefined;
  return largestGroups(
    models.map(({ bytes }) => fittingBytes(bytes, capacityBytes)),
    capacityBytes,
  ).map((group) => group.map((index) => names[index]!));
}

const isSome = (names: readonly string[]): boolean => names.length > 0;

/** Nothing fits beside weights of unknown size. */
const fittingBytes = (bytes: number, capacityBytes: number): number => (Number.isNaN(bytes) ? capacityBytes : bytes);

/** Groups of indexes that fit, and that no further one fits into. */
function largestGroups(bytes: readonly number[], capacityBytes: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const indexes = [...bytes.keys()];
  const extend = (group: readonly number[], heldBytes: number, next: number): void => {
    for (let index = next; index < bytes.length; index++)
      if (heldBytes + bytes[index]! <= capacityBytes) extend([...group, index], heldBytes + bytes[index]!, index + 1);
    const isLargest = indexes.every((index) => group.includes(index) || heldBytes + bytes[index]! > capacityBytes);
    if (isLargest) groups.push([...group]);
  };
  extend([], 0, 0);
  return groups.sort((a, b) => a[0]! - b[0]! || b.length - a.length);
}
