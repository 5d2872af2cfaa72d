// Hot: looked up for every ready job at every decision.
/**
 * The parts of MapScore that depend only on the layer: how well each accelerator suits it. They are computed once for
 * each layer and then looked up, because costs do not change during a run. They are those of a job of scale 1, whichever job
 * comes first.
 */
import type { AcceleratorView, Platform, ReadyJob } from "../../core/scheduler.ts";

/** All lists are indexed [of(job) + accelerator.index]. */
export class LayerPreferences {
  /** Latencies of all accelerators that can run the layer, summed, over this one's: at least 1; 0 if it cannot run it. */
  readonly latency: number[] = [];
  /** The same for energy. */
  readonly energy: number[] = [];
  /** Energy of the layer, by which that of a context switch is divided; Infinity if energies are not known. */
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
    const { task, variantIndex, layerIndex } = job;
    this.#offsets[task.index]![variantIndex]![layerIndex] = offset;
    const costs = task.layerCosts(variantIndex);
    const latenciesNs = accelerators.map((accelerator) => costs.latencyNs(layerIndex, accelerator));
    const isAble = latenciesNs.map((ns) => ns < Infinity);
    const energiesPj = comparable(
      accelerators.map((accelerator) => costs.energyPj(layerIndex, accelerator)),
      isAble,
    );
    this.latency.push(...preferences(latenciesNs.map(orOne), isAble));
    this.energy.push(...preferences(energiesPj.map(orOne), isAble));
    this.energyPj.push(...energiesPj.map(orInfinity));
    return offset;
  }
}

/** The energies of a layer; all NaN if one of an accelerator that can run it is not known. */
const comparable = (energiesPj: readonly number[], isAble: readonly boolean[]): readonly number[] =>
  energiesPj.some((pj, a) => isAble[a] && Number.isNaN(pj)) ? energiesPj.map(() => Number.NaN) : energiesPj;

/** At least 1, so that it can divide. Energies that are not known count as equal. */
const orOne = (cost: number): number => (Number.isNaN(cost) ? 1 : Math.max(cost, 1));

/** A context switch counts nothing against an energy that is not known. */
const orInfinity = (pj: number): number => (Number.isNaN(pj) ? Infinity : pj);

/** The summed costs of all accelerators that can run the layer, over the cost of each. */
function preferences(costs: readonly number[], isAble: readonly boolean[]): number[] {
  const sum = costs.reduce((total, cost, a) => (isAble[a] ? total + cost : total), 0);
  return costs.map((cost, a) => (isAble[a] ? sum / cost : 0));
}
