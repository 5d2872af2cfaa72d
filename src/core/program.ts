/** Compiles a checked scenario, system and cost table to the flat arrays of the simulation. */
import { BranchTable, branchesOf } from "./branches.ts";
import { type CostRows, emptyRows, fillVariant, type VariantWhole } from "./cost-rows.ts";
import { type CostTable, costsOf, type ModelCosts } from "./costs.ts";
import type { Model } from "./model.ts";
import type { Segment } from "./records.ts";
import { modelsOf, parentsOf, type Scenario, type Task } from "./scenario.ts";
import type { Spread } from "./spread.ts";
import type { System } from "./system.ts";
import { type WeightRows, weightRowsOf } from "./weight-rows.ts";

export { unsupported } from "./unsupported.ts";

/** Scenario, system and costs as flat arrays: all that a run needs besides scheduler and seed. */
export interface Program extends CostRows {
  readonly scenario: Scenario;
  readonly system: System;
  /** First column of each accelerator; its column for u units is firstColumn + u - 1. */
  readonly firstColumn: Int32Array;
  /** Units of each accelerator. */
  readonly units: Int32Array;
  /** Whether every accelerator can run every layer. */
  readonly isComplete: boolean;
  /** Jumps of skips, exits and loops. */
  readonly branches: BranchTable;
  /** How times vary around `latencyNs`, [row * columns + column]; absent: no layer varies. */
  readonly spreads?: readonly (Spread | undefined)[];
  readonly tasks: readonly TaskProgram[];
  /** What loading weights takes; absent: no accelerator has a memory for them. */
  readonly weights?: WeightRows;
}

/** A task in a program. */
export interface TaskProgram {
  readonly task: Task;
  /** Row of each variant's first layer. */
  readonly firstRow: readonly number[];
  /** Row after each variant's last layer. */
  readonly endRow: readonly number[];
  /** Expected latency and energy of a whole job of each variant, [column]. */
  readonly wholeNs: readonly Float64Array[];
  readonly wholePj: readonly Float64Array[];
  /**
   * A whole job of each variant on its fastest single accelerator, in expectation, ns; if none can run all of it,
   * each layer on its fastest accelerator.
   */
  readonly isolatedNs: readonly number[];
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
}

/** A layer of a job, as segments name it. */
type JobLayer = Pick<Segment, "taskIndex" | "variantIndex" | "layerIndex">;

/** Row of a layer in the costs. */
export const rowOf = ({ tasks }: Program, { taskIndex, variantIndex, layerIndex }: JobLayer): number =>
  tasks[taskIndex]!.firstRow[variantIndex]! + layerIndex;

/** Index of the costs of a layer where it runs, on so many units. */
export function costIndexOf(program: Program, layer: JobLayer & Pick<Segment, "acceleratorIndex" | "units">): number {
  return rowOf(program, layer) * program.columns + program.firstColumn[layer.acceleratorIndex]! + layer.units - 1;
}

/** The root that a task comes from: that of its first parent, or itself. */
export function rootOf(program: Program, taskIndex: number): number {
  const [parent] = program.tasks[taskIndex]!.parents;
  return parent === undefined ? taskIndex : rootOf(program, parent);
}

/** Compiles a run. Throws RangeError for a model that is not in the cost table. */
export function compile(scenario: Scenario, system: System, costs: CostTable): Program {
  const variants = variantsOf(modelsOf(scenario).map((model) => costsOf(costs, model)));
  const rowCount = variants.reduce((sum, variant) => sum + variant.costs.layers + 1, 0);
  const units = Int32Array.from(system.accelerators, (accelerator) => accelerator.units);
  const firstColumn = units.map((_, index) => units.slice(0, index).reduce((sum, n) => sum + n, 0));
  const fullColumn = firstColumn.map((column, index) => column + units[index]! - 1);
  const rows = emptyRows(rowCount, costs.columns, fullColumn);
  const branches = new BranchTable(rowCount, variants);
  const wholes = new Map<Model, VariantWhole[]>();
  for (const { model, costs, firstRow } of variants) {
    const whole = fillVariant(rows, branches, firstRow, costs);
    wholes.set(model, [...(wholes.get(model) ?? []), whole]);
  }
  const tasks = scenario.tasks.map((task, index) => taskProgram(scenario, index, fullColumn, wholes.get(task.model)!));
  const isComplete = rows.latencyNs.every(Number.isFinite);
  const spreads = spreadsOf(variants, rowCount * costs.columns, costs.columns);
  const weights = weightRowsOf(variants, rowCount, costs.columns);
  const program = { ...rows, scenario, system, firstColumn, units, isComplete, branches, tasks };
  if (spreads === undefined && weights === undefined) return program;
  return { ...program, ...(spreads !== undefined && { spreads }), ...(weights !== undefined && { weights }) };
}

function spreadsOf(variants: ReturnType<typeof variantsOf>, length: number, columns: number): Program["spreads"] {
  if (variants.every(({ costs }) => costs.spreads === undefined)) return undefined;
  const spreads = new Array<Spread | undefined>(length).fill(undefined);
  for (const { costs, firstRow } of variants) {
    for (const [i, spread] of (costs.spreads ?? []).entries()) spreads[firstRow * columns + i] = spread;
  }
  return spreads;
}

/** Each variant with its first row and its branches, by rising row. */
function variantsOf(modelCosts: readonly ModelCosts[]) {
  let firstRow = 0;
  return modelCosts.flatMap(({ model, variants }) =>
    variants.map((costs, index) => {
      const variant = model.variants[index]!;
      const isMeasuredWhole = costs.layers !== variant.layers.length;
      const withRows = { model, costs, firstRow, branches: isMeasuredWhole ? [] : branchesOf(variant) };
      firstRow += costs.layers + 1;
      return withRows;
    }),
  );
}

function taskProgram(
  scenario: Scenario,
  taskIndex: number,
  fullColumn: Int32Array,
  wholes: readonly VariantWhole[],
): TaskProgram {
  const task = scenario.tasks[taskIndex]!;
  const isParentOf = (child: Task) => child.release.kind === "after" && child.release.taskIndexes.includes(taskIndex);
  return {
    task,
    firstRow: wholes.map(({ firstRow }) => firstRow),
    endRow: wholes.map(({ endRow }) => endRow),
    wholeNs: wholes.map(({ ns }) => ns),
    wholePj: wholes.map(({ pj }) => pj),
    isolatedNs: wholes.map((whole) => isolatedNs(fullColumn, whole)),
    parents: parentsOf(task),
    children: scenario.tasks.flatMap((child, index) => (isParentOf(child) ? [index] : [])),
    probability: task.release.kind === "after" ? task.release.probability : 1,
  };
}

/** A whole job on its fastest single accelerator; see TaskProgram. */
export function isolatedNs(fullColumn: Int32Array, { ns, spreadNs }: Pick<VariantWhole, "ns" | "spreadNs">): number {
  const alone = Math.min(...Array.from(fullColumn, (column) => ns[column]!));
  return Number.isFinite(alone) ? alone : spreadNs;
}
