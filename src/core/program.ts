/**
 * Turns checked scenario, system and cost tables into the flat arrays that the simulation runs on.
 *
 * A row is one layer of one variant of one model; each variant ends with a row of zeros ("nothing left"), so that
 * sums over what is left need no special case. Costs are indexed [row * columns + column], see costs.ts.
 */
import { type Branch, BranchTable, branchesOf } from "./branches.ts";
import { type CostTable, costsOf, type ModelCosts, type VariantCosts } from "./costs.ts";
import { sumUp } from "./expectations.ts";
import type { Model } from "./model.ts";
import { parentsOf, type Scenario, type Task } from "./scenario.ts";
import type { System } from "./system.ts";

/** Scenario, system and costs as flat arrays: all that a run needs but scheduler and seed. */
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
  /** Off-chip traffic, bytes; 0: none is modelled. */
  readonly offChipBytes: Float64Array;
  /** Jumps of skips, exits and loops. */
  readonly branches: BranchTable;
  /** From a row to the end of its variant, in expectation, [row * columns + column]. */
  readonly remainingNs: Float64Array;
  readonly remainingPj: Float64Array;
  /** Over accelerators (with all units) that can run it, [row]; Infinity where none can. */
  readonly meanLatencyNs: Float64Array;
  readonly minLatencyNs: Float64Array;
  readonly meanRemainingNs: Float64Array;
  readonly minRemainingNs: Float64Array;
  /** Live activations before, and in the middle of, a layer; [row]. */
  readonly boundaryBytes: Float64Array;
  readonly liveBytes: Float64Array;
  readonly tasks: readonly TaskProgram[];
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
   * A whole job of each variant on its fastest single accelerator, in expectation, ns; where none can run all of it,
   * each layer where it is fastest.
   */
  readonly isolatedNs: readonly number[];
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
}

/** What cannot be simulated with these costs, in words; empty: everything can. */
export function unsupported(scenario: Scenario, costs: CostTable): string[] {
  return distinctModels(scenario).flatMap((model) =>
    model.variants.flatMap((variant, index) => {
      const name = model.variants.length === 1 ? `model "${model.name}"` : `variant ${variant.name} of "${model.name}"`;
      const branches = branchesOf(variant);
      const { layers } = costsOf(costs, model).variants[index]!;
      if (branches.length > 0 && layers !== variant.layers.length) {
        return [`${name} is measured as a whole, so its skips, exits and lengths cannot be simulated`];
      }
      if (layers !== variant.layers.length && hasSwitchesToLayers(model, costs)) {
        return [`${name} is measured as a whole and others by layers, so no job can change to it at a switch point`];
      }
      if (canBeEmpty(branches, layers)) return [`${name} may skip all of its layers; at least one must always run`];
      const isSkipped = (point: readonly number[]) => branches.some((branch) => jumpsOver(branch, point[index]!));
      return model.switchPoints?.some(isSkipped) ? [`${name} has a switch point at a layer that may be skipped`] : [];
    }),
  );
}

/** A variant whose layers have rows of their own, beside which another's single row has no layer to go on with. */
const hasSwitchesToLayers = (model: Model, costs: CostTable): boolean =>
  model.switchPoints !== undefined &&
  costsOf(costs, model).variants.some(({ layers }, index) => layers === model.variants[index]!.layers.length);

/** A job that changes its variant there would not know whether anything is left to run. */
const jumpsOver = ({ layer, target, exitIndex }: Branch, at: number): boolean =>
  exitIndex < 0 && layer <= at && at < target;

/** Whether jumps alone may lead from the first layer to the end. */
function canBeEmpty(branches: readonly Branch[], layers: number): boolean {
  const reached = new Set([0]);
  for (const { layer, target, exitIndex } of branches) if (exitIndex < 0 && reached.has(layer)) reached.add(target);
  return reached.has(layers);
}

/** Compiles a run; throws RangeError for a model that the cost table does not hold. */
export function compile(scenario: Scenario, system: System, costs: CostTable): Program {
  const modelCosts = distinctModels(scenario).map((model) => costsOf(costs, model));
  const rows = modelCosts.reduce((sum, { variants }) => sum + variants.reduce((n, { layers }) => n + layers + 1, 0), 0);
  const program = emptyProgram(scenario, system, costs.columns, rows);
  const placed = placeVariants(modelCosts);
  const branches = new BranchTable(rows, placed);
  const wholes = new Map<Model, VariantWhole[]>();
  for (const { model, costs, firstRow } of placed) {
    const whole = fillVariant(program, branches, firstRow, costs);
    wholes.set(model, [...(wholes.get(model) ?? []), whole]);
  }
  const tasks = scenario.tasks.map((task, index) => taskProgram(program, scenario, index, wholes.get(task.model)!));
  return { ...program, tasks, branches, isComplete: program.latencyNs.every(Number.isFinite) };
}

/** Each variant with its first row and what may happen in it, by rising row. */
function placeVariants(modelCosts: readonly ModelCosts[]) {
  let firstRow = 0;
  return modelCosts.flatMap(({ model, variants }) =>
    variants.map((costs, index) => {
      const variant = model.variants[index]!;
      const isMeasuredWhole = costs.layers !== variant.layers.length;
      const placed = { model, costs, firstRow, branches: isMeasuredWhole ? [] : branchesOf(variant) };
      firstRow += costs.layers + 1;
      return placed;
    }),
  );
}

/** One variant's place among the rows, and what a whole job of it is expected to take. */
interface VariantWhole {
  readonly firstRow: number;
  readonly endRow: number;
  readonly ns: Float64Array;
  readonly pj: Float64Array;
  /** With each layer where it is fastest, ns. */
  readonly spreadNs: number;
}

const distinctModels = (scenario: Scenario) => [...new Set(scenario.tasks.map((task) => task.model))];

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
    offChipBytes: perColumn(),
    branches: new BranchTable(rows, []),
    remainingNs: perColumn(),
    remainingPj: perColumn(),
    meanLatencyNs: perRow(),
    minLatencyNs: perRow(),
    meanRemainingNs: perRow(),
    minRemainingNs: perRow(),
    boundaryBytes: perRow(),
    liveBytes: perRow(),
    tasks: [],
  };
}

/** Copies one variant's costs to its rows and sums them up from the back. */
function fillVariant(program: Program, branches: BranchTable, firstRow: number, costs: VariantCosts): VariantWhole {
  const { columns } = program;
  const start = firstRow * columns;
  program.latencyNs.set(costs.latencyNs, start);
  program.energyPj.set(costs.energyPj, start);
  if (costs.tiles !== undefined) program.tiles.set(costs.tiles, start);
  if (costs.offChipBytes !== undefined) program.offChipBytes.set(costs.offChipBytes, start);
  program.boundaryBytes.set(costs.boundaryBytes, firstRow);
  program.liveBytes.set(costs.liveBytes, firstRow);
  const rows = { first: firstRow, end: firstRow + costs.layers };
  const perColumn = (values: Float64Array, sums: Float64Array) =>
    Float64Array.from({ length: columns }, (_, column) =>
      sumUp(branches, rows, (row) => values[row * columns + column]!, { sums, stride: columns, offset: column }),
    );
  const ns = perColumn(program.latencyNs, program.remainingNs);
  const pj = perColumn(program.energyPj, program.remainingPj);
  return { firstRow, endRow: rows.end, ns, pj, spreadNs: fillOverAccelerators(program, branches, rows) };
}

/** Means and minima over accelerators with all their units; a whole job's time with each layer where it is fastest. */
function fillOverAccelerators(program: Program, branches: BranchTable, rows: { first: number; end: number }): number {
  const { columns, fullColumn, latencyNs } = program;
  const { meanLatencyNs, minLatencyNs, meanRemainingNs, minRemainingNs } = program;
  const latencies = (row: number) => Array.from(fullColumn, (column) => latencyNs[row * columns + column]!);
  for (let row = rows.first; row < rows.end; row++) {
    const finite = latencies(row).filter(Number.isFinite);
    const isAble = finite.length > 0;
    meanLatencyNs[row] = isAble ? finite.reduce((sum, ns) => sum + ns, 0) / finite.length : Infinity;
    minLatencyNs[row] = Math.min(...latencies(row));
  }
  const toRow = { stride: 1, offset: 0 };
  sumUp(branches, rows, (row) => meanLatencyNs[row]!, { sums: meanRemainingNs, ...toRow });
  return sumUp(branches, rows, (row) => minLatencyNs[row]!, { sums: minRemainingNs, ...toRow });
}

function taskProgram(
  program: Program,
  scenario: Scenario,
  taskIndex: number,
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
    isolatedNs: wholes.map((whole) => isolatedNs(program, whole)),
    parents: parentsOf(task),
    children: scenario.tasks.flatMap((child, index) => (isParentOf(child) ? [index] : [])),
    probability: task.release.kind === "after" ? task.release.probability : 1,
  };
}

function isolatedNs({ fullColumn }: Program, { ns, spreadNs }: VariantWhole): number {
  const alone = Math.min(...Array.from(fullColumn, (column) => ns[column]!));
  return Number.isFinite(alone) ? alone : spreadNs;
}
