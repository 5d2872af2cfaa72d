/** What does not change during a run, as a message. */
import type { AcceleratorView, LayerCosts, Platform, TaskView } from "../core/scheduler.ts";
import type { CostsRecord, PlatformRecord, TaskRecord, VariantRecord, WireNumber } from "./wire.ts";

/** Equal costs are there once, however many tasks have them. */
export function platformRecord({ accelerators, tasks }: Platform): PlatformRecord {
  const costs = new CostList(accelerators);
  const taskRecords = tasks.map((task) => taskRecord(task, accelerators, costs));
  return {
    accelerators: accelerators.map(({ id, units, canCheckpoint, canKill }) => ({ id, units, canCheckpoint, canKill })),
    tasks: taskRecords,
    costs: costs.records,
  };
}

function taskRecord(task: TaskView, accelerators: readonly AcceleratorView[], costs: CostList): TaskRecord {
  const { id, modelName, priority, ratePerS, deadlineNs, parents, children, probability, variantNames } = task;
  const variant = (name: string, index: number): VariantRecord => ({
    name,
    costs: costs.indexOf(task.layerCosts(index)),
    isolatedNs: accelerators.map((accelerator) => wire(task.isolatedNs(accelerator, index))),
    isolatedPj: accelerators.map((accelerator) => wire(task.isolatedPj(accelerator, index))),
  });
  return {
    id,
    model: modelName,
    priority,
    ratePerS: ratePerS ?? null,
    deadlineNs: wire(deadlineNs),
    parents,
    children,
    probability,
    variants: variantNames.map(variant),
  };
}

export const wire = (value: number): WireNumber => (Number.isFinite(value) ? value : null);

class CostList {
  readonly records: CostsRecord[] = [];
  readonly #known = new Map<string, number>();
  /** Each accelerator with each number of its units. */
  readonly #columns: readonly (readonly [AcceleratorView, number])[];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#columns = accelerators.flatMap((each) =>
      Array.from({ length: each.units }, (_, unit) => [each, unit + 1] as const),
    );
  }

  indexOf(costs: LayerCosts): number {
    const record = this.#recordOf(costs);
    const text = JSON.stringify(record);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.records.length);
    return this.records.push(record) - 1;
  }

  #recordOf(costs: LayerCosts): CostsRecord {
    const layers = Array.from({ length: costs.length }, (_, layer) => layer);
    const table = (value: (layer: number, accelerator: AcceleratorView, units: number) => number) =>
      layers.map((layer) => this.#columns.map(([accelerator, units]) => wire(value(layer, accelerator, units))));
    const list = (value: (layer: number) => number) => layers.map((layer) => wire(value(layer)));
    return {
      latencyNs: table((...at) => costs.latencyNs(...at)),
      energyPj: table((...at) => costs.energyPj(...at)),
      tiles: table((...at) => costs.tiles(...at)) as readonly (readonly number[])[],
      remainingNs: table((...at) => costs.remainingNs(...at)),
      remainingPj: table((...at) => costs.remainingPj(...at)),
      meanLatencyNs: list((layer) => costs.meanLatencyNs(layer)),
      minLatencyNs: list((layer) => costs.minLatencyNs(layer)),
      meanRemainingNs: list((layer) => costs.meanRemainingNs(layer)),
      minRemainingNs: list((layer) => costs.minRemainingNs(layer)),
    };
  }
}
