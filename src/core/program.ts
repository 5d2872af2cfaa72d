/**
 * Turns checked scenario, system and cost tables into the flat arrays that the simulation runs on.
 *
 * A row is one layer of one variant of one model; each variant ends with a row of zeros ("nothing left"), so that
 * sums over what is left need no special case. Costs are indexed [row * columns + column], see costs.ts.
 */
import type { CostTable, ModelCosts, VariantCosts } from "./costs.ts";
import type { Scenario, Task } from "./scenario.ts";
import type { System } from "./system.ts";

export interface Program {
  readonly scenario: Scenario;
  readonly system: System;
  readonly columns: number;
  /** First column of each accelerator; its column for u units is firstColumn + u - 1. */
  readonly firstColumn: Int32Array;
  /** Units of each accelerator. */
  readonly units: Int32Array;
  /** Column of each accelerator with all its units. */
  readonly fullColumn: Int32Array;
  readonly latencyNs: Float64Array;
  /** Whether every accelerator can run every layer. */
  readonly isComplete: boolean;
  readonly energyPj: Float64Array;
  /** Tiles of each layer; 0: stops at any whole ns. */
  readonly tiles: Float64Array;
  /** Sums from a row to the end of its variant, [row * columns + column]. */
  readonly remainingNs: Float64Array;
  readonly remainingPj: Float64Array;
  /** Over accelerators (with all units) that can run it, [row]; Infinity where none can. */
  readonly meanLatencyNs: Float64Array;
  readonly meanRemainingNs: Float64Array;
  readonly minRemainingNs: Float64Array;
  /** Live activations before, and in the middle of, a layer; [row]. */
  readonly boundaryBytes: Float64Array;
  readonly liveBytes: Float64Array;
  readonly tasks: readonly TaskProgram[];
}

export interface TaskProgram {
  readonly task: Task;
  /** Row of each variant's first layer. */
  readonly firstRow: readonly number[];
  /** Row after each variant's last layer. */
  readonly endRow: readonly number[];
  /** A whole job of each variant on its fastest single accelerator, ns. */
  readonly isolatedNs: readonly number[];
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
}

/** What the core cannot simulate yet, in words; empty: everything is understood. */
export function unsupported(scenario: Scenario): string[] {
  const reasons: string[] = [];
  if (scenario.phases.length > 0) reasons.push(`scenario "${scenario.name}" has phases`);
  for (const model of new Set(scenario.tasks.map((task) => task.model))) {
    const has = (what: "skips" | "exits" | "loops") => model.variants.some((variant) => variant[what].length > 0);
    if (model.variants.length > 1) reasons.push(`model "${model.name}" has supernet variants`);
    if (has("skips")) reasons.push(`model "${model.name}" has layers that may be skipped`);
    if (has("exits")) reasons.push(`model "${model.name}" has early exits`);
    if (has("loops")) reasons.push(`model "${model.name}" has a variable number of steps`);
  }
  return reasons;
}

/** Compiles a run; throws RangeError for a model that the cost table does not hold. */
export function compile(scenario: Scenario, system: System, costs: CostTable): Program {
  const modelCosts = distinctModels(scenario).map((model) => costsOf(costs, model));
  const rows = modelCosts.reduce((sum, { variants }) => sum + variants.reduce((n, { layers }) => n + layers + 1, 0), 0);
  const program = emptyProgram(scenario, system, costs.columns, rows);
  const firstRows = new Map<ModelCosts["model"], number[]>();
  let row = 0;
  for (const { model, variants } of modelCosts) {
    firstRows.set(model, []);
    for (const variant of variants) {
      firstRows.get(model)!.push(row);
      fillVariant(program, row, variant);
      row += variant.layers + 1;
    }
  }
  const tasks = scenario.tasks.map((task, taskIndex) =>
    taskProgram(program, scenario, taskIndex, firstRows.get(task.model)!, costsOf(costs, task.model)),
  );
  return { ...program, tasks, isComplete: program.latencyNs.every(Number.isFinite) };
}

const distinctModels = (scenario: Scenario) => [...new Set(scenario.tasks.map((task) => task.model))];

function costsOf(costs: CostTable, model: ModelCosts["model"]): ModelCosts {
  const found = costs.models.get(model);
  if (found === undefined) throw new RangeError(`no costs for model ${model.name}`);
  return found;
}

function emptyProgram(scenario: Scenario, system: System, columns: number, rows: number): Program {
  const units = Int32Array.from(system.accelerators, (accelerator) => accelerator.units);
  const firstColumn = units.map((_, index) => units.slice(0, index).reduce((sum, n) => sum + n, 0));
  const perColumn = () => new Float64Array(rows * columns);
  const perRow = () => new Float64Array(rows);
  return {
    scenario,
    system,
    columns,
    firstColumn,
    units,
    fullColumn: firstColumn.map((column, index) => column + units[index]! - 1),
    latencyNs: perColumn(),
    isComplete: false,
    energyPj: perColumn(),
    tiles: perColumn(),
    remainingNs: perColumn(),
    remainingPj: perColumn(),
    meanLatencyNs: perRow(),
    meanRemainingNs: perRow(),
    minRemainingNs: perRow(),
    boundaryBytes: perRow(),
    liveBytes: perRow(),
    tasks: [],
  };
}

/** Copies one variant's costs to its rows and sums them up from the back. */
function fillVariant(program: Program, firstRow: number, costs: VariantCosts): void {
  const { columns } = program;
  const start = firstRow * columns;
  program.latencyNs.set(costs.latencyNs, start);
  program.energyPj.set(costs.energyPj, start);
  if (costs.tiles !== undefined) program.tiles.set(costs.tiles, start);
  program.boundaryBytes.set(costs.boundaryBytes, firstRow);
  program.liveBytes.set(costs.liveBytes, firstRow);
  for (let row = firstRow + costs.layers - 1; row >= firstRow; row--) {
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      program.remainingNs[at] = program.latencyNs[at]! + program.remainingNs[at + columns]!;
      program.remainingPj[at] = program.energyPj[at]! + program.remainingPj[at + columns]!;
    }
    const latencies = [...program.fullColumn].map((column) => program.latencyNs[row * columns + column]!);
    const finite = latencies.filter(Number.isFinite);
    const isAble = finite.length > 0;
    program.meanLatencyNs[row] = isAble ? finite.reduce((sum, ns) => sum + ns, 0) / finite.length : Infinity;
    program.meanRemainingNs[row] = program.meanLatencyNs[row]! + program.meanRemainingNs[row + 1]!;
    program.minRemainingNs[row] = Math.min(...latencies) + program.minRemainingNs[row + 1]!;
  }
}

function taskProgram(
  program: Program,
  scenario: Scenario,
  taskIndex: number,
  firstRow: readonly number[],
  costs: ModelCosts,
): TaskProgram {
  const task = scenario.tasks[taskIndex]!;
  const isParentOf = (child: Task) => child.release.kind === "after" && child.release.taskIndexes.includes(taskIndex);
  return {
    task,
    firstRow,
    endRow: firstRow.map((row, variant) => row + costs.variants[variant]!.layers),
    isolatedNs: firstRow.map((row) =>
      Math.min(...[...program.fullColumn].map((column) => program.remainingNs[row * program.columns + column]!)),
    ),
    parents: task.release.kind === "after" ? task.release.taskIndexes : [],
    children: scenario.tasks.flatMap((child, index) => (isParentOf(child) ? [index] : [])),
    probability: task.release.kind === "after" ? task.release.probability : 1,
  };
}
