/** What a policy sees of the costs of a variant's layers. */
import type { Program } from "../program.ts";
import type { AcceleratorView, LayerCosts } from "../scheduler.ts";

export class LayerCostsHandle implements LayerCosts {
  readonly length: number;
  readonly #program: Program;
  readonly #firstRow: number;

  /** `program`: as policies see it. The variant has its rows from the first up to the end. */
  constructor(program: Program, firstRow: number, endRow: number) {
    this.length = endRow - firstRow;
    this.#program = program;
    this.#firstRow = firstRow;
  }

  latencyNs(layerIndex: number, accelerator: AcceleratorView, units?: number): number {
    return this.#program.latencyNs[this.#at(layerIndex, accelerator, units)]!;
  }
  energyPj(layerIndex: number, accelerator: AcceleratorView, units?: number): number {
    return this.#program.energyPj[this.#at(layerIndex, accelerator, units)]!;
  }
  tiles(layerIndex: number, accelerator: AcceleratorView, units?: number): number {
    return this.#program.tiles[this.#at(layerIndex, accelerator, units)]!;
  }
  remainingNs(layerIndex: number, accelerator: AcceleratorView, units?: number): number {
    return this.#program.remainingNs[this.#at(layerIndex, accelerator, units)]!;
  }
  remainingPj(layerIndex: number, accelerator: AcceleratorView, units?: number): number {
    return this.#program.remainingPj[this.#at(layerIndex, accelerator, units)]!;
  }
  meanLatencyNs(layerIndex: number): number {
    return this.#program.meanLatencyNs[this.#firstRow + layerIndex]!;
  }
  minLatencyNs(layerIndex: number): number {
    return this.#program.minLatencyNs[this.#firstRow + layerIndex]!;
  }
  meanRemainingNs(layerIndex: number): number {
    return this.#program.meanRemainingNs[this.#firstRow + layerIndex]!;
  }
  minRemainingNs(layerIndex: number): number {
    return this.#program.minRemainingNs[this.#firstRow + layerIndex]!;
  }

  #at(layerIndex: number, accelerator: AcceleratorView, units: number | undefined): number {
    const { columns, fullColumn, firstColumn } = this.#program;
    const column = units === undefined ? fullColumn[accelerator.index]! : firstColumn[accelerator.index]! + units - 1;
    return (this.#firstRow + layerIndex) * columns + column;
  }
}
