// Hot: policies call these several times a decision.
/** What a policy sees of accelerators, tasks and jobs: getters over the core's state, with nothing to write to. */
import { type Lane, stop } from "./lane.ts";
import type { Lanes } from "./lanes.ts";
import { type LiveJob, switchPointOf } from "./live-job.ts";
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
    return this.#task.wholeNs[variantIndex]![this.#program.fullColumn[accelerator.index]!]!;
  }

  isolatedPj(accelerator: AcceleratorView, variantIndex = 0): number {
    return this.#task.wholePj[variantIndex]![this.#program.fullColumn[accelerator.index]!]!;
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
  readonly #job: LiveJob;
  readonly #lanes: Lanes;
  readonly #program: Program;
  readonly #tasks: readonly TaskView[];
  readonly #accelerators: readonly AcceleratorView[];

  constructor(
    job: LiveJob,
    lanes: Lanes,
    program: Program,
    tasks: readonly TaskView[],
    accelerators: readonly AcceleratorView[],
  ) {
    this.slot = job.slot;
    this.#job = job;
    this.#lanes = lanes;
    this.#program = program;
    this.#tasks = tasks;
    this.#accelerators = accelerators;
  }

  get task(): TaskView {
    return this.#tasks[this.#job.taskIndex]!;
  }
  get jobIndex(): number {
    return this.#job.jobIndex;
  }
  get releaseNs(): number {
    return this.#job.releaseNs;
  }
  get deadlineNs(): number {
    return this.#job.deadlineNs;
  }
  get priority(): number {
    return this.#job.priority;
  }
  get canChooseVariant(): boolean {
    return !this.#job.hasStarted || switchPointOf(this.#job) !== undefined;
  }
  get variantIndex(): number {
    return this.#job.variantIndex;
  }
  get layerIndex(): number {
    return this.#job.row - this.#firstRow;
  }
  get layersLeft(): number {
    return this.#job.endRow - this.#job.row;
  }
  get hasStarted(): boolean {
    return this.#job.hasStarted;
  }
  get lastRanNs(): number {
    return this.#job.lastRanNs;
  }
  get lastAccelerator(): AcceleratorView | undefined {
    return this.#accelerators[this.#job.lastAccelerator];
  }
  get layerProgress(): number {
    return this.#job.progress;
  }

  latencyNs(accelerator: AcceleratorView, units?: number): number {
    return this.#program.latencyNs[this.#at(accelerator, units)]!;
  }
  energyPj(accelerator: AcceleratorView, units?: number): number {
    return this.#program.energyPj[this.#at(accelerator, units)]!;
  }
  blockNs(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingNs(accelerator, units);
    const { latencyNs, remainingNs } = this.#program;
    return this.#blockOf(latencyNs, remainingNs, layers, this.#at(accelerator, units));
  }
  blockPj(layers: number, accelerator: AcceleratorView, units?: number): number {
    if (layers >= this.layersLeft) return this.remainingPj(accelerator, units);
    const { energyPj, remainingPj } = this.#program;
    return this.#blockOf(energyPj, remainingPj, layers, this.#at(accelerator, units));
  }
  remainingNs(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    return less(this.#program.remainingNs[at]!, this.#job.progress, this.#program.latencyNs[at]!);
  }
  remainingPj(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    return less(this.#program.remainingPj[at]!, this.#job.progress, this.#program.energyPj[at]!);
  }
  remainingNowNs(accelerator: AcceleratorView, units?: number): number {
    const leftNs = this.remainingNs(accelerator, units);
    return this.#isRunning ? this.#lessDone(leftNs, this.latencyNs(accelerator, units)) : leftNs;
  }
  get meanLatencyNs(): number {
    return this.#program.meanLatencyNs[this.#job.row]!;
  }
  get meanRemainingNs(): number {
    const row = this.#job.row;
    const { meanRemainingNs, meanLatencyNs } = this.#program;
    return less(meanRemainingNs[row]!, this.#job.progress, meanLatencyNs[row]!);
  }
  get meanRemainingNowNs(): number {
    const leftNs = this.meanRemainingNs;
    return this.#isRunning ? this.#lessDone(leftNs, this.meanLatencyNs) : leftNs;
  }
  get minRemainingNs(): number {
    const row = this.#job.row;
    const { minRemainingNs } = this.#program;
    if (this.#job.progress === 0) return minRemainingNs[row]!;
    return less(minRemainingNs[row]!, this.#job.progress, this.#program.minLatencyNs[row]!);
  }
  get isolatedNs(): number {
    return this.#job.task.isolatedNs[this.#job.variantIndex]!;
  }
  get spentPj(): number {
    return this.#job.energyPj;
  }
  switchNs(accelerator: AcceleratorView): number {
    return this.#lanes.context.ns(this.#job, accelerator.index);
  }
  switchPj(accelerator: AcceleratorView): number {
    return this.#lanes.context.pj(this.#job, accelerator.index);
  }

  get accelerator(): AcceleratorView {
    return this.#accelerators[this.#lane.acceleratorIndex]!;
  }
  get runningUnits(): number {
    return this.#lane.units;
  }
  get dispatchedNs(): number {
    return this.#lane.dispatchedNs;
  }
  get layerEndNs(): number {
    return this.#lanes.endNs[this.#lane.index]!;
  }
  get progressNow(): number {
    this.#lanes.settle(this.#lane);
    return this.#lane.progressNow;
  }
  get isStopping(): boolean {
    const { lane } = this.#job;
    return lane !== undefined && lane.stop !== stop.none;
  }

  get #isRunning(): boolean {
    return this.#job.lane !== undefined;
  }
  /** What is left now, of what is left at the last checkpoint or layer end. */
  #lessDone(leftNs: number, layerNs: number): number {
    if (leftNs === Infinity) return leftNs;
    return Math.max(0, leftNs - (this.progressNow - this.#job.progress) * layerNs);
  }
  get #lane(): Lane {
    return this.#job.lane!;
  }
  get #firstRow(): number {
    return this.#job.task.firstRow[this.#job.variantIndex]!;
  }
  #blockOf(costs: Float64Array, remaining: Float64Array, layers: number, at: number): number {
    const { columns, branches } = this.#program;
    const endAt = at + layers * columns;
    // Where every layer runs, what is left before it less what is left after it is the block: one subtraction.
    let sum = branches.isEmpty && remaining[at]! < Infinity ? remaining[at]! - remaining[endAt]! : Number.NaN;
    if (Number.isNaN(sum)) {
      sum = 0;
      for (let layerAt = at; layerAt < endAt; layerAt += columns) sum += costs[layerAt]!;
    }
    return less(sum, this.#job.progress, costs[at]!);
  }
  tiles(accelerator: AcceleratorView, units?: number): number {
    return this.#program.tiles[this.#at(accelerator, units)]!;
  }
  #at(accelerator: AcceleratorView, units: number | undefined): number {
    const { columns, fullColumn, firstColumn } = this.#program;
    const column = units === undefined ? fullColumn[accelerator.index]! : firstColumn[accelerator.index]! + units - 1;
    return this.#job.row * columns + column;
  }
}

/** What is left of a sum when a share of its first layer is done; Infinity (nothing can run it) stays Infinity. */
function less(whole: number, progress: number, layer: number): number {
  return progress === 0 || whole === Infinity ? whole : whole - progress * layer;
}
