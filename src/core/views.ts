// Hot: policies call these several times a decision.
/** What a policy sees of accelerators, tasks and jobs: getters over the core's arrays, with nothing to write to. */
import type { JobPool } from "./job-pool.ts";
import type { Lanes } from "./lanes.ts";
import type { Program, TaskProgram } from "./program.ts";
import type { AcceleratorView, RunningJob, TaskView } from "./scheduler.ts";
import type { Accelerator } from "./system.ts";

export class AcceleratorHandle implements AcceleratorView {
  readonly index: number;
  readonly id: string;
  readonly units: number;
  readonly canCheckpoint: boolean;
  readonly canKill: boolean;
  readonly #lanes: Lanes;

  constructor(index: number, accelerator: Accelerator, lanes: Lanes) {
    this.index = index;
    this.id = accelerator.id;
    this.units = accelerator.units;
    this.canCheckpoint = accelerator.preemption.includes("checkpoint");
    this.canKill = accelerator.preemption.includes("kill");
    this.#lanes = lanes;
  }

  get freeUnits(): number {
    return this.#lanes.freeUnits[this.index]!;
  }
}

export class TaskHandle implements TaskView {
  readonly index: number;
  readonly id: string;
  readonly modelName: string;
  readonly priority: number;
  readonly ratePerS: number | undefined;
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
  readonly variantNames: readonly string[];
  readonly deadlineNs: number;
  readonly #program: Program;
  readonly #task: TaskProgram;

  constructor(index: number, program: Program) {
    const compiled = program.tasks[index]!;
    const { task } = compiled;
    this.index = index;
    this.id = task.id;
    this.modelName = task.model.name;
    this.priority = task.priority;
    this.ratePerS = rateOf(program, index);
    this.parents = compiled.parents;
    this.children = compiled.children;
    this.probability = compiled.probability;
    this.variantNames = task.model.variants.map((variant) => variant.name);
    this.deadlineNs = task.deadlineNs;
    this.#program = program;
    this.#task = compiled;
  }

  isolatedNs(accelerator: AcceleratorView, variantIndex = 0): number {
    return this.#program.remainingNs[this.#at(accelerator, variantIndex)]!;
  }

  isolatedPj(accelerator: AcceleratorView, variantIndex = 0): number {
    return this.#program.remainingPj[this.#at(accelerator, variantIndex)]!;
  }

  #at(accelerator: AcceleratorView, variantIndex: number): number {
    const { columns, fullColumn } = this.#program;
    return this.#task.firstRow[variantIndex]! * columns + fullColumn[accelerator.index]!;
  }
}

/** Rate of a task's root, jobs per second. */
function rateOf(program: Program, taskIndex: number): number | undefined {
  const { release } = program.tasks[taskIndex]!.task;
  if (release.kind === "after") return rateOf(program, release.taskIndexes[0]!);
  if (release.kind === "periodic") return release.fps;
  return release.kind === "poisson" ? release.ratePerS : undefined;
}

/** One per slot, made once. */
export class JobHandle implements RunningJob {
  readonly slot: number;
  readonly #pool: JobPool;
  readonly #lanes: Lanes;
  readonly #program: Program;
  readonly #tasks: readonly TaskView[];
  readonly #accelerators: readonly AcceleratorView[];

  constructor(
    slot: number,
    pool: JobPool,
    lanes: Lanes,
    program: Program,
    tasks: readonly TaskView[],
    accelerators: readonly AcceleratorView[],
  ) {
    this.slot = slot;
    this.#pool = pool;
    this.#lanes = lanes;
    this.#program = program;
    this.#tasks = tasks;
    this.#accelerators = accelerators;
  }

  get task(): TaskView {
    return this.#tasks[this.#pool.taskIndex[this.slot]!]!;
  }
  get jobIndex(): number {
    return this.#pool.jobIndex[this.slot]!;
  }
  get releaseNs(): number {
    return this.#pool.releaseNs[this.slot]!;
  }
  get deadlineNs(): number {
    return this.#pool.deadlineNs[this.slot]!;
  }
  get priority(): number {
    return this.#pool.priority[this.slot]!;
  }
  get variantIndex(): number {
    return this.#pool.variantIndex[this.slot]!;
  }
  get layerIndex(): number {
    return this.#pool.row[this.slot]! - this.#firstRow;
  }
  get layersLeft(): number {
    return this.#pool.endRow[this.slot]! - this.#pool.row[this.slot]!;
  }
  get hasStarted(): boolean {
    return !Number.isNaN(this.#pool.startNs[this.slot]!);
  }
  get lastRanNs(): number {
    return this.#pool.lastRanNs[this.slot]!;
  }
  get lastAccelerator(): AcceleratorView | undefined {
    return this.#accelerators[this.#pool.lastAccelerator[this.slot]!];
  }
  get layerProgress(): number {
    return this.#pool.progress[this.slot]!;
  }

  latencyNs(accelerator: AcceleratorView, units?: number): number {
    return this.#program.latencyNs[this.#at(accelerator, units)]!;
  }
  energyPj(accelerator: AcceleratorView, units?: number): number {
    return this.#program.energyPj[this.#at(accelerator, units)]!;
  }
  blockNs(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingNs(accelerator, units);
    return this.#blockOf(this.#program.latencyNs, layers, this.#at(accelerator, units));
  }
  blockPj(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingPj(accelerator, units);
    return this.#blockOf(this.#program.energyPj, layers, this.#at(accelerator, units));
  }
  remainingNs(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    return less(this.#program.remainingNs[at]!, this.#pool.progress[this.slot]!, this.#program.latencyNs[at]!);
  }
  remainingPj(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    return less(this.#program.remainingPj[at]!, this.#pool.progress[this.slot]!, this.#program.energyPj[at]!);
  }
  get meanLatencyNs(): number {
    return this.#program.meanLatencyNs[this.#pool.row[this.slot]!]!;
  }
  get meanRemainingNs(): number {
    const row = this.#pool.row[this.slot]!;
    const { meanRemainingNs, meanLatencyNs } = this.#program;
    return less(meanRemainingNs[row]!, this.#pool.progress[this.slot]!, meanLatencyNs[row]!);
  }
  get minRemainingNs(): number {
    const row = this.#pool.row[this.slot]!;
    const { minRemainingNs } = this.#program;
    const layerNs = minRemainingNs[row]! - minRemainingNs[row + 1]!;
    return less(minRemainingNs[row]!, this.#pool.progress[this.slot]!, layerNs);
  }
  get isolatedNs(): number {
    return this.#program.tasks[this.#pool.taskIndex[this.slot]!]!.isolatedNs[this.variantIndex]!;
  }
  get spentPj(): number {
    return this.#pool.energyPj[this.slot]!;
  }
  switchNs(accelerator: AcceleratorView): number {
    return this.#lanes.switchNs(this.slot, accelerator.index);
  }
  switchPj(accelerator: AcceleratorView): number {
    return this.#lanes.switchPj(this.slot, accelerator.index);
  }

  get accelerator(): AcceleratorView {
    return this.#accelerators[this.#lanes.acceleratorOf[this.#lane]!]!;
  }
  get runningUnits(): number {
    return this.#lanes.units[this.#lane]!;
  }
  get dispatchedNs(): number {
    return this.#lanes.dispatchedNs[this.#lane]!;
  }
  get layerEndNs(): number {
    return this.#lanes.endNs[this.#lane]!;
  }
  get progressNow(): number {
    return this.#lanes.progressNow(this.#lane);
  }
  get isStopping(): boolean {
    return this.#lanes.isStopping(this.#lane);
  }

  get #lane(): number {
    return this.#pool.lane[this.slot]!;
  }
  get #firstRow(): number {
    return this.#program.tasks[this.#pool.taskIndex[this.slot]!]!.firstRow[this.variantIndex]!;
  }
  #blockOf(costs: Float64Array, layers: number, at: number): number {
    const { columns } = this.#program;
    const endAt = at + layers * columns;
    let sum = 0;
    for (let layerAt = at; layerAt < endAt; layerAt += columns) sum += costs[layerAt]!;
    return less(sum, this.#pool.progress[this.slot]!, costs[at]!);
  }
  #at(accelerator: AcceleratorView, units: number | undefined): number {
    const { columns, fullColumn, firstColumn } = this.#program;
    const column = units === undefined ? fullColumn[accelerator.index]! : firstColumn[accelerator.index]! + units - 1;
    return this.#pool.row[this.slot]! * columns + column;
  }
}

/** What is left of a sum when a share of its first layer is done; Infinity (nothing can run it) stays Infinity. */
function less(whole: number, progress: number, layer: number): number {
  return progress === 0 || whole === Infinity ? whole : whole - progress * layer;
}
