// Hot: looked up for every ready job at every decision.
/**
 * The parts of MapScore that a layer brings along, whatever the time: which accelerators are good for it. Worked out when a
 * layer is first met, then looked up, because costs do not change during a run.
 */
import type { AcceleratorView, ReadyJob } from "../core/scheduler.ts";

export interface LayerPreferences {
  /** Of all accelerators that can run the layer, the latency or energy over that of one, by accelerator index; 0 where it cannot. */
  readonly latency: Float64Array;
  readonly energy: Float64Array;
  /** Energy of the layer, at least 1 pJ, by accelerator index. */
  readonly energyPj: Float64Array;
}

export class PreferenceTable {
  readonly #accelerators: readonly AcceleratorView[];
  /** [task][variant][layer]. */
  readonly #layers: LayerPreferences[][][] = [];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
  }

  /** Of a job's next layer. */
  of(job: ReadyJob): LayerPreferences {
    return this.#layers[job.task.index]?.[job.variantIndex]?.[job.layerIndex] ?? this.#add(job);
  }

  #add(job: ReadyJob): LayerPreferences {
    const { task, variantIndex, layerIndex } = job;
    const preferences = preferencesOf(job, this.#accelerators);
    this.#layers[task.index] ??= [];
    const variants = this.#layers[task.index]!;
    variants[variantIndex] ??= [];
    variants[variantIndex][layerIndex] = preferences;
    return preferences;
  }
}

function preferencesOf(job: ReadyJob, accelerators: readonly AcceleratorView[]): LayerPreferences {
  const isAble = accelerators.map((accelerator) => job.latencyNs(accelerator) < Infinity);
  const latenciesNs = accelerators.map((accelerator) => Math.max(job.latencyNs(accelerator), 1));
  const energiesPj = accelerators.map((accelerator) => Math.max(job.energyPj(accelerator), 1));
  return {
    latency: preferences(latenciesNs, isAble),
    energy: preferences(energiesPj, isAble),
    energyPj: Float64Array.from(energiesPj),
  };
}

function preferences(costs: readonly number[], isAble: readonly boolean[]): Float64Array {
  const sum = costs.reduce((total, cost, a) => (isAble[a] ? total + cost : total), 0);
  return Float64Array.from(costs, (cost, a) => (isAble[a] ? sum / cost : 0));
}
