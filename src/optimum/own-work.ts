/** The least time and energy of what is left of one job, with its own draws, on whichever accelerators it runs. */
import type { Program } from "../core/program.ts";
import { drawnNs } from "../core/spread.ts";

export interface OwnJob {
  readonly taskIndex: number;
  readonly jobIndex: number;
  readonly scale: number;
}

/** How a layer is timed for a bound. `halved`: checkpoints may save part of a ns at each tile end, never more than half. */
export type Timing = "exact" | "halved";

export class OwnWork {
  readonly #program: Program;
  readonly #seed: number;
  readonly #job: OwnJob;
  readonly #timing: Timing;
  /** By variant, then layer; NaN: not computed yet. The last element of each is the end of the job. */
  readonly #restNs: readonly Float64Array[];
  readonly #restPj: readonly Float64Array[];

  constructor(program: Program, seed: number, job: OwnJob, timing: Timing) {
    this.#program = program;
    this.#seed = seed;
    this.#job = job;
    this.#timing = timing;
    const { firstRow, endRow } = program.tasks[job.taskIndex]!;
    const unknown = () => firstRow.map((first, v) => new Float64Array(endRow[v]! - first + 1).fill(Number.NaN));
    this.#restNs = unknown();
    this.#restPj = unknown();
  }

  /** Of the whole job, in the variant that is best for it, ns. */
  get wholeNs(): number {
    return this.#leastOverVariants((v, layer) => this.restNs(v, layer));
  }

  /** Likewise, pJ; unknown energies count as 0. */
  get wholePj(): number {
    return this.#leastOverVariants((v, layer) => this.restPj(v, layer));
  }

  #leastOverVariants(rest: (variantIndex: number, layer: number) => number): number {
    const { firstRow } = this.#program.tasks[this.#job.taskIndex]!;
    return Math.min(...firstRow.map((_, v) => rest(v, this.#jumped(v, 0))));
  }

  /** From a layer that the job has reached to its end, each layer where it is fastest, ns. */
  restNs(variantIndex: number, layer: number): number {
    return this.#rest(this.#restNs, variantIndex, layer, (row) => this.#leastNs(row));
  }

  /** Likewise, each layer where it takes least energy, pJ. */
  restPj(variantIndex: number, layer: number): number {
    return this.#rest(this.#restPj, variantIndex, layer, (row) => this.#leastPj(row));
  }

  #rest(known: readonly Float64Array[], v: number, layer: number, leastOf: (row: number) => number): number {
    const rest = known[v]!;
    if (layer >= rest.length - 1) return 0;
    if (Number.isNaN(rest[layer])) {
      const from = (variant: number, at: number): number =>
        at >= known[variant]!.length - 1
          ? 0
          : leastOf(this.#rowOf(variant, at)) + this.#rest(known, variant, this.nextLayer(variant, at), leastOf);
      rest[layer] = Math.min(from(v, layer), ...this.#switches(v, layer).map(([to, at]) => from(to, at)));
    }
    return rest[layer]!;
  }

  /** Variant and layer of each way in which a waiting job may continue; where it is comes first. */
  waysOn(variantIndex: number, layer: number, hasStarted: boolean): readonly (readonly [number, number])[] {
    if (hasStarted) return [[variantIndex, layer], ...this.#switches(variantIndex, layer)];
    const { firstRow } = this.#program.tasks[this.#job.taskIndex]!;
    const others = firstRow.map((_, v) => [v, this.#jumped(v, 0)] as const).filter(([v]) => v !== variantIndex);
    return [[variantIndex, layer], ...others];
  }

  /** Variants and layers in which a job at a switch point may continue instead. */
  #switches(v: number, layer: number): readonly (readonly [number, number])[] {
    const { switchPoints = [] } = this.#program.tasks[this.#job.taskIndex]!.task.model;
    const point = switchPoints.find((each) => each[v] === layer);
    if (point === undefined) return [];
    return point.flatMap((at, to) => (to === v ? [] : [[to, this.#jumped(to, at)] as const]));
  }

  /** The layer that the job runs after one that it ran; the number of layers: none. */
  nextLayer(variantIndex: number, layer: number): number {
    return this.#next(variantIndex, layer + 1, "ran");
  }

  #jumped(variantIndex: number, layer: number): number {
    return this.#next(variantIndex, layer, "jumped");
  }

  #next(v: number, layer: number, by: "ran" | "jumped"): number {
    const { taskIndex, jobIndex } = this.#job;
    const first = this.#rowOf(v, 0);
    return this.#program.branches.next(first + layer, by, this.#seed, taskIndex, jobIndex).row - first;
  }

  #rowOf(v: number, layer: number): number {
    return this.#program.tasks[this.#job.taskIndex]!.firstRow[v]! + layer;
  }

  #leastNs(row: number): number {
    const { columns } = this.#program;
    let leastNs = Infinity;
    for (let column = 0; column < columns; column++) leastNs = Math.min(leastNs, this.#fastestNs(row, column));
    return this.#timing === "halved" ? leastNs / 2 : leastNs;
  }

  /** At the fastest operating point of the accelerator. */
  #fastestNs(row: number, column: number): number {
    const { scale } = this.#job;
    const speed = Math.max(...this.#pointsOf(column).map((point) => point.speed));
    const ns = this.#ownNs(row, column);
    return scale === 1 && speed === 1 ? ns : Math.round((ns * scale) / speed);
  }

  #ownNs(row: number, column: number): number {
    const { latencyNs, spreads, columns, tasks } = this.#program;
    const { taskIndex, jobIndex } = this.#job;
    const at = row * columns + column;
    const spread = spreads?.[at];
    if (spread === undefined) return latencyNs[at]!;
    const { firstRow, endRow } = tasks[taskIndex]!;
    const v = firstRow.findIndex((first, i) => first <= row && row < endRow[i]!);
    return drawnNs(spread, latencyNs[at]!, this.#seed, taskIndex, jobIndex, row - firstRow[v]!);
  }

  #leastPj(row: number): number {
    const { columns } = this.#program;
    let leastPj = Infinity;
    for (let column = 0; column < columns; column++) leastPj = Math.min(leastPj, this.#thriftiestPj(row, column));
    return leastPj === Infinity ? 0 : leastPj;
  }

  #thriftiestPj(row: number, column: number): number {
    const { latencyNs, energyPj, columns } = this.#program;
    if (latencyNs[row * columns + column] === Infinity) return Infinity;
    const factor = Math.min(...this.#pointsOf(column).map(({ energyFactor }) => energyFactor));
    const pj = energyPj[row * columns + column]! * this.#job.scale * factor;
    return Number.isNaN(pj) ? 0 : pj;
  }

  #pointsOf(column: number): readonly { readonly speed: number; readonly energyFactor: number }[] {
    const { firstColumn, system } = this.#program;
    const accelerator = firstColumn.findLastIndex((first) => first <= column);
    return system.accelerators[accelerator]!.operatingPoints ?? asCosted;
  }

  /** What `layers` layers from one on take on a column as costed, in their own times: ns, pJ, and the layer after them. */
  block(variantIndex: number, layer: number, layers: number, column: number): Block {
    const { energyPj, columns } = this.#program;
    const { scale } = this.#job;
    const end = this.#restNs[variantIndex]!.length - 1;
    let [ns, pj, at] = [0, 0, layer];
    for (let left = layers; left > 0 && at < end; left -= 1) {
      const row = this.#rowOf(variantIndex, at);
      ns += Math.round(this.#ownNs(row, column) * scale);
      pj += energyPj[row * columns + column]! * scale;
      at = this.nextLayer(variantIndex, at);
    }
    return { ns, pj, layerAfter: at };
  }
}

const asCosted = [{ speed: 1, energyFactor: 1 }];

export interface Block {
  readonly ns: number;
  readonly pj: number;
  readonly layerAfter: number;
}
