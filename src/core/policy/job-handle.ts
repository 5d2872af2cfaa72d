// Hot: policies call these several times per decision.
/** What a policy sees of a job: read-only getters over the engine's state. */
import { type Lane, stop } from "../engine/lane.ts";
import type { Lanes } from "../engine/lanes.ts";
import { type LiveJob, switchPointOf } from "../engine/live-job.ts";
import type { Program } from "../program.ts";
import type { AcceleratorView, RunningJob, TaskView } from "../scheduler.ts";

/** One per slot, created once. */
export class JobHandle implements RunningJob {
  readonly slot: number;
  readonly #job: LiveJob;
  readonly #lanes: Lanes;
  /** As policies see it. */
  readonly #program: Program;
  /** Whether layers end when they are expected to. */
  readonly #knowsEnds: boolean;
  readonly #tasks: readonly TaskView[];
  readonly #accelerators: readonly AcceleratorView[];

  constructor(
    job: LiveJob,
    lanes: Lanes,
    estimates: Program,
    tasks: readonly TaskView[],
    accelerators: readonly AcceleratorView[],
  ) {
    this.slot = job.slot;
    this.#job = job;
    this.#lanes = lanes;
    this.#program = estimates;
    this.#knowsEnds = estimates.spreads === undefined && (estimates.system.estimateError ?? 0) === 0;
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
  get scale(): number {
    return this.#job.scale;
  }
  get canChooseVariant(): boolean {
    return !this.#job.hasStarted || switchPointOf(this.#job) !== undefined;
  }
  get variantIndex(): number {
    return this.#job.variantIndex;
  }
  get layerIndex(): number {
    return this.#job.layerIndex;
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
    return this.#job.seenProgress;
  }

  latencyNs(accelerator: AcceleratorView, units?: number): number {
    return this.#program.latencyNs[this.#at(accelerator, units)]!;
  }
  energyPj(accelerator: AcceleratorView, units?: number): number {
    return this.#program.energyPj[this.#at(accelerator, units)]!;
  }
  tiles(accelerator: AcceleratorView, units?: number): number {
    return this.#program.tiles[this.#at(accelerator, units)]!;
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
    return less(this.#program.remainingNs[at]!, this.#job.seenProgress, this.#program.latencyNs[at]!);
  }
  remainingPj(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    return less(this.#program.remainingPj[at]!, this.#job.seenProgress, this.#program.energyPj[at]!);
  }
  remainingNowNs(accelerator: AcceleratorView, units?: number): number {
    const at = this.#at(accelerator, units);
    const { remainingNs, latencyNs } = this.#program;
    return this.#leftNow(less(remainingNs[at]!, this.#job.seenProgress, latencyNs[at]!), latencyNs[at]!);
  }
  get meanLatencyNs(): number {
    return this.#program.meanLatencyNs[this.#job.row]!;
  }
  get meanRemainingNs(): number {
    const row = this.#job.row;
    const { meanRemainingNs, meanLatencyNs } = this.#program;
    return less(meanRemainingNs[row]!, this.#job.seenProgress, meanLatencyNs[row]!);
  }
  get meanRemainingNowNs(): number {
    return this.#leftNow(this.meanRemainingNs, this.meanLatencyNs);
  }
  get minRemainingNs(): number {
    const row = this.#job.row;
    const { minRemainingNs } = this.#program;
    if (this.#job.seenProgress === 0) return minRemainingNs[row]!;
    return less(minRemainingNs[row]!, this.#job.seenProgress, this.#program.minLatencyNs[row]!);
  }
  get minRemainingNowNs(): number {
    return this.#leftNow(this.minRemainingNs, this.minLatencyNs);
  }
  protected get minLatencyNs(): number {
    return this.#program.minLatencyNs[this.#job.row]!;
  }
  get isolatedNs(): number {
    return this.#program.tasks[this.#job.taskIndex]!.isolatedNs[this.#job.variantIndex]!;
  }
  get spentPj(): number {
    return this.#job.energyPj;
  }
  switchNs(accelerator: AcceleratorView): number {
    return this.#lanes.moveNs(this.#job, accelerator.index);
  }
  switchPj(accelerator: AcceleratorView): number {
    return this.#lanes.movePj(this.#job, accelerator.index);
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
    if (this.#knowsEnds) return this.#lanes.endNs[this.#job.laneIndex]!;
    const lane = this.#lane;
    // A stop on its way is fixed, and no estimate.
    if (lane.stop === stop.checkpoint) return this.#lanes.endNs[lane.index]!;
    this.#lanes.settle(lane);
    return lane.expectedEndNs;
  }
  get progressNow(): number {
    const lane = this.#lane;
    this.#lanes.settle(lane);
    return lane.seenProgressNow;
  }
  get isStopping(): boolean {
    return this.#isRunning && this.#lane.stop !== stop.none;
  }

  get #isRunning(): boolean {
    return this.#job.laneIndex >= 0;
  }
  /** What is left now, from what was left at the last checkpoint or layer end. */
  #leftNow(leftNs: number, layerNs: number): number {
    if (!this.#isRunning || leftNs === Infinity) return leftNs;
    return Math.max(0, leftNs - (this.progressNow - this.#job.seenProgress) * layerNs);
  }
  get #lane(): Lane {
    return this.#lanes.all[this.#job.laneIndex]!;
  }
  #blockOf(costs: Float64Array, remaining: Float64Array, layers: number, at: number): number {
    const { columns, branches } = this.#program;
    const endAt = at + layers * columns;
    // If every layer can run, the block is what is left before it less what is left after it.
    let sum = branches.isEmpty && remaining[at]! < Infinity ? remaining[at]! - remaining[endAt]! : Number.NaN;
    if (Number.isNaN(sum)) {
      sum = 0;
      for (let layerAt = at; layerAt < endAt; layerAt += columns) sum += costs[layerAt]!;
    }
    return less(sum, this.#job.seenProgress, costs[at]!);
  }
  #at(accelerator: AcceleratorView, units: number | undefined): number {
    const { columns, fullColumn, firstColumn } = this.#program;
    const column = units === undefined ? fullColumn[accelerator.index]! : firstColumn[accelerator.index]! + units - 1;
    return this.#job.row * columns + column;
  }
}

/** The rest of a sum when a share of its first layer is done. Infinity (nothing can run it) stays Infinity. */
function less(whole: number, progress: number, layer: number): number {
  return progress === 0 || whole === Infinity ? whole : whole - progress * layer;
}
