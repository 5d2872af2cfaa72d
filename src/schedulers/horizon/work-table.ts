/**
 * What policies know of the work of all variants of all tasks, as flat arrays: in rows of single layers for decisions, and
 * of blocks for rollouts. A block is a run of layers that prefer the same accelerator.
 */
import type { AcceleratorView, LayerCosts, Platform, ReadyJob } from "../../core/scheduler.ts";

/** Ratios that differ by less count as the same. */
const SAME = 1.05;

/** Costs of one row, by accelerator. Infinity: it cannot run it. */
interface Row {
  readonly latencyNs: number[];
  readonly energyPj: number[];
}

/** Where a variant is in the two tables. */
export interface Extent {
  /** Number of the variant among those of all tasks. */
  readonly number: number;
  readonly firstLayer: number;
  /** Layers of the whole variant, and blocks. */
  readonly layers: number;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Share of the blocks' summed times that a fresh job is expected to need: below 1 if it may skip layers. */
  readonly share: number;
}

export class WorkTable {
  /** [row * accelerators + accelerator]: as estimated times the pace; Infinity: it cannot run it. */
  readonly latencyNs: Float64Array;
  /** Likewise; 0 in a row of which an energy is not known. */
  readonly energyPj: Float64Array;
  /** log(least / this), at most 0. */
  readonly latencyGain: Float64Array;
  readonly energyGain: Float64Array;
  /** [row]: the least latency. */
  readonly leastNs: Float64Array;
  /** [row]: from this row to the end of the job, each row at its least. */
  readonly leftNs: Float64Array;
  /** [row]: `leftNs` relative to its estimate. */
  readonly stretch: Float64Array;
  /** [row]: what it costs to move a job here, as far as it has been seen. */
  readonly moveNs: Float64Array;
  readonly movePj: Float64Array;
  readonly #accelerators: number;
  readonly #estimateNs: Float64Array;
  readonly #estimatedLeftNs: Float64Array;

  constructor(variants: readonly (readonly Row[])[], accelerators: number) {
    const rows = variants.flat();
    this.#accelerators = accelerators;
    this.#estimateNs = Float64Array.from(rows.flatMap(({ latencyNs }) => latencyNs));
    this.#estimatedLeftNs = Float64Array.from(variants.flatMap(leftOf));
    this.latencyNs = this.#estimateNs.slice();
    this.leastNs = Float64Array.from(rows, ({ latencyNs }) => Math.min(...latencyNs));
    this.leftNs = this.#estimatedLeftNs.slice();
    this.stretch = new Float64Array(rows.length).fill(1);
    this.energyPj = Float64Array.from(rows.flatMap(({ energyPj }, i) => comparable(energyPj, rows[i]!.latencyNs)));
    this.latencyGain = gainsOf(this.latencyNs, this.latencyNs, accelerators);
    this.energyGain = gainsOf(this.energyPj, this.latencyNs, accelerators);
    this.moveNs = new Float64Array(rows.length);
    this.movePj = new Float64Array(rows.length);
  }

  /** On an accelerator, the rows of a variant take `pace` times their estimates. */
  setPace(first: number, end: number, a: number, pace: number): void {
    const n = this.#accelerators;
    for (let row = first; row < end; row++) this.latencyNs[row * n + a] = this.#estimateNs[row * n + a]! * pace;
    let leftNs = 0;
    for (let row = end - 1; row >= first; row--) {
      const latenciesNs = this.latencyNs.subarray(row * n, (row + 1) * n);
      this.leastNs[row] = Math.min(...latenciesNs);
      leftNs += this.leastNs[row]!;
      this.leftNs[row] = leftNs;
      const stretch = leftNs / this.#estimatedLeftNs[row]!;
      this.stretch[row] = stretch < Infinity ? stretch : 1; // NaN: nothing can run it
      this.latencyGain.set(gainsOf(latenciesNs, latenciesNs, n), row * n);
    }
  }
}

/** Both tables, and where each variant is in them. */
export class Work {
  readonly layers: WorkTable;
  readonly blocks: WorkTable;
  /** The block of each row of `layers`. */
  readonly blockOfLayer: Int32Array;
  /** [variant * accelerators + accelerator]: factor on the latencies that policies see. */
  readonly pace: Float64Array;
  readonly #accelerators: readonly AcceleratorView[];
  readonly #extents: readonly (readonly Extent[])[];

  /** `blockNs`: time up to which layers that prefer the same accelerator form one block. */
  constructor({ tasks, accelerators }: Platform, blockNs: number) {
    this.#accelerators = accelerators;
    const variants = tasks.map((task) =>
      task.variantNames.map((_, v) => variantOf(task.layerCosts(v), accelerators, blockNs)),
    );
    const all = variants.flat();
    this.layers = new WorkTable(
      all.map(({ layers }) => layers),
      accelerators.length,
    );
    this.blocks = new WorkTable(
      all.map(({ blocks }) => blocks),
      accelerators.length,
    );
    this.pace = new Float64Array(all.length * accelerators.length).fill(1);
    let number = 0;
    let firstLayer = 0;
    let firstBlock = 0;
    const blockOfLayer: number[] = [];
    this.#extents = variants.map((ofTask) =>
      ofTask.map(({ layers, blocks, blockOf, leftNs }) => {
        const share = leftNs / this.blocks.leftNs[firstBlock]!;
        const rows = { firstLayer, layers: layers.length, firstBlock, blocks: blocks.length };
        const extent = { number, ...rows, share: Number.isFinite(share) ? share : 1 };
        for (const block of blockOf) blockOfLayer.push(firstBlock + block);
        number += 1;
        firstLayer += layers.length;
        firstBlock += blocks.length;
        return extent;
      }),
    );
    this.blockOfLayer = Int32Array.from(blockOfLayer);
  }

  /** Notes what it costs to bring a waiting job elsewhere: rollouts reckon with it for the jobs that get there later. */
  learnMove(job: ReadyJob): void {
    let mostNs = 0;
    let mostPj = 0;
    for (let a = 0; a < this.#accelerators.length; a++) {
      const moveNs = job.switchNs(this.#accelerators[a]!);
      if (moveNs <= mostNs) continue;
      mostNs = moveNs;
      mostPj = job.switchPj(this.#accelerators[a]!);
    }
    if (mostNs === 0) return;
    const row = this.blockOfLayer[this.layerOf(job)]!;
    this.blocks.moveNs[row] = mostNs;
    this.blocks.movePj[row] = mostPj;
  }

  /** Where the pace of a job on an accelerator is. */
  paceAt({ task, variantIndex }: ReadyJob, a: number): number {
    return this.of(task.index, variantIndex).number * this.#accelerators.length + a;
  }

  /** `at`: as `paceAt` gives it. */
  setPace(at: number, pace: number): void {
    const { length } = this.#accelerators;
    const number = Math.floor(at / length);
    const { firstLayer, layers, firstBlock, blocks } = this.#extents.flat()[number]!;
    this.pace[at] = pace;
    this.layers.setPace(firstLayer, firstLayer + layers, at - number * length, pace);
    this.blocks.setPace(firstBlock, firstBlock + blocks, at - number * length, pace);
  }

  /** Time of a job's next layer on an accelerator, with what it takes to bring the job there. */
  nextNs(job: ReadyJob, accelerator: AcceleratorView): number {
    return job.blockNs(1, accelerator) * this.pace[this.paceAt(job, accelerator.index)]! + job.switchNs(accelerator);
  }

  /** Time of all that is left of a job, each layer where it is fastest. */
  remainingNs(job: ReadyJob): number {
    return job.minRemainingNs * this.layers.stretch[this.layerOf(job)]!;
  }

  /** Time of a whole job of a variant, its first layer as it is and the others if only this share of them is needed. */
  shortestNs(taskIndex: number, variantIndex: number, leastShare: number): number {
    const { firstLayer, share } = this.of(taskIndex, variantIndex);
    const firstNs = this.layers.leastNs[firstLayer]!;
    return firstNs + Math.max(0, share * this.layers.leftNs[firstLayer]! - firstNs) * leastShare;
  }

  /** Time of a job's next (or running) layer where it is fastest. */
  leastNs(job: ReadyJob): number {
    return this.layers.leastNs[this.layerOf(job)]! * job.scale;
  }

  /** The row of a job's next (or running) layer. */
  layerOf(job: ReadyJob): number {
    return this.of(job.task.index, job.variantIndex).firstLayer + job.layerIndex;
  }

  of(taskIndex: number, variantIndex: number): Extent {
    return this.#extents[taskIndex]![variantIndex]!;
  }
}

function variantOf(costs: LayerCosts, accelerators: readonly AcceleratorView[], blockNs: number) {
  const layers = Array.from(
    { length: costs.length },
    (_, layer): Row => ({
      latencyNs: accelerators.map((accelerator) => costs.latencyNs(layer, accelerator)),
      energyPj: accelerators.map((accelerator) => costs.energyPj(layer, accelerator)),
    }),
  );
  return { layers, ...blocksOf(layers, blockNs), leftNs: costs.minRemainingNs(0) };
}

/** Merges layers in order while each accelerator suits them alike and they take no more than `blockNs` together. */
function blocksOf(layers: readonly Row[], blockNs: number) {
  const blocks: Row[] = [];
  const blockOf: number[] = [];
  let sumNs = 0;
  let first: Row | undefined;
  for (const layer of layers) {
    const { latencyNs, energyPj } = layer;
    const leastNs = Math.min(...latencyNs);
    sumNs += leastNs;
    if (first === undefined || !areAlike(first, layer) || sumNs > blockNs) {
      blocks.push({ latencyNs: latencyNs.map(() => 0), energyPj: energyPj.map(() => 0) });
      sumNs = leastNs;
      first = layer;
    }
    const block = blocks.at(-1)!;
    for (let a = 0; a < latencyNs.length; a++) {
      block.latencyNs[a]! += latencyNs[a]!;
      block.energyPj[a]! += energyPj[a]!;
    }
    blockOf.push(blocks.length - 1);
  }
  return { blocks, blockOf };
}

/** Whether two rows have about the same ratios of latency, and of energy, between all accelerators. */
function areAlike(one: Row, other: Row): boolean {
  return areProportional(one.latencyNs, other.latencyNs) && areProportional(one.energyPj, other.energyPj);
}

function areProportional(ones: readonly number[], others: readonly number[]): boolean {
  const ratios = ones
    .map((each, i) => Math.max(each, 1) / Math.max(others[i]!, 1))
    .filter((ratio) => !Number.isNaN(ratio));
  return ratios.length <= 1 || Math.max(...ratios) <= SAME * Math.min(...ratios);
}

/** Energies of a row; none if one of an accelerator that can run it is not known: what is left could not be compared. */
function comparable(energiesPj: readonly number[], latenciesNs: readonly number[]): readonly number[] {
  const isKnown = energiesPj.every((pj, a) => latenciesNs[a] === Infinity || !Number.isNaN(pj));
  return energiesPj.map((pj) => (isKnown && !Number.isNaN(pj) ? pj : 0));
}

/** From each row of a variant to its end, each at its least. */
function leftOf(rows: readonly Row[]): readonly number[] {
  let leftNs = 0;
  return rows
    .toReversed()
    .map(({ latencyNs }) => {
      leftNs += Math.min(...latencyNs);
      return leftNs;
    })
    .toReversed();
}

/** log(least cost of the row / cost), over the accelerators that can run it; costs below 1 count as 1. */
function gainsOf(costs: Float64Array, latenciesNs: Float64Array, accelerators: number): Float64Array {
  const gains = new Float64Array(costs.length);
  for (let first = 0; first < costs.length; first += accelerators) {
    let least = Infinity;
    for (let at = first; at < first + accelerators; at++) {
      if (latenciesNs[at]! < Infinity) least = Math.min(least, Math.max(costs[at]!, 1));
    }
    for (let at = first; at < first + accelerators; at++) {
      gains[at] = latenciesNs[at]! < Infinity ? Math.log(least / Math.max(costs[at]!, 1)) : -Infinity;
    }
  }
  return gains;
}
