// Hot: looked up for every ready job at every decision.
/**
 * The parts of MapScore that depend only on the layer: how well each accelerator suits it. They are computed once for
 * each layer and then looked up, because costs do not change during a run.
 */
import type { AcceleratorView, Platform, ReadyJob } from "../../core/scheduler.ts";

/** All lists are indexed [of(job) + accelerator.index]. */
export class LayerPreferences {
  /** Latencies of all accelerators that can run the layer, summed, over this one's: at least 1; 0 if it cannot run it. */
  readonly latency: number[] = [];
  /** The same for energy. */
  readonly energy: number[] = [];
  /** Divisor for the energy of a context switch. */
  readonly energyPj: number[] = [];
  /** By task, variant, layer; undefined: not computed yet. */
  readonly #offsets: readonly (readonly number[][])[];
  readonly #accelerators: readonly AcceleratorView[];

  constructor({ tasks, accelerators }: Platform) {
    this.#offsets = tasks.map((task) => task.variantNames.map(() => []));
    this.#accelerators = accelerators;
  }

  /** Where the values of a job's next layer begin. */
  of(job: ReadyJob): number {
    return this.#offsets[job.task.index]![job.variantIndex]![job.layerIndex] ?? this.#add(job);
  }

  #add(job: ReadyJob): number {
    const accelerators = this.#accelerators;
    const offset = this.latency.length;
    this.#offsets[job.task.index]![job.variantIndex]![job.layerIndex] = offset;
    const isAble = accelerators.map((accelerator) => job.latencyNs(accelerator) < Infinity);
    const latenciesNs = accelerators.map((accelerator) => Math.max(job.latencyNs(accelerator), 1));
    const energiesPj = accelerators.map((accelerator) => Math.max(job.energyPj(accelerator), 1));
    this.latency.push(...preferences(latenciesNs, isAble));
    this.energy.push(...preferences(energiesPj, isAble));
    this.energyPj.push(...energiesPj);
    return offset;
  }
}

/** The summed costs of all accelerators that can run the layer, over the cost of each. */
function preferences(costs: readonly number[], isAble: readonly boolean[]): number[] {
  const sum = costs.reduce((total, cost, a) => (isAble[a] ? total + cost : total), 0);
  return costs.map((cost, a) => (isAble[a] ? sum / cost : 0));
}
