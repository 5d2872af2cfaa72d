/** The least time that a job needs on the accelerators, whatever the scheduler does with it. */
import { type CostTable, costsOf, type VariantCosts } from "../../core/costs.ts";
import type { Model } from "../../core/model.ts";
import type { Accelerator, System } from "../../core/system.ts";
import { type LayerTimes, layerTimes } from "./layer-times.ts";
import { certainLayers, expectedLayers, type LayersRun, type Sections, sectionsOf } from "./layers-run.ts";
import { type DrawnJob, inLeastTimes, inMeanTimes, inOwnTimes, mostRoundingNs } from "./varied-times.ts";

/** The work of a model's jobs. */
export interface JobWork {
  /** Number of accelerators. */
  readonly accelerators: number;
  /** Whether times are drawn for each job. If so, `times` are the least or the mean ones. */
  readonly isVaried: boolean;
  readonly sections: Sections;
  /** By variant. */
  readonly times: readonly LayerTimes[];
  /** The layers that every job runs, and those of an average job. */
  readonly certain: LayersRun;
  readonly expected: LayersRun;
}

/** Which times: the least that any job can draw, or those whose mean no scheduler can beat. */
export type TimesOf = "least" | "mean";

/** Of jobs that are at least `scale` times the work that the costs are for; without it, of jobs that are just that. */
export function jobWork(
  model: Model,
  { accelerators }: System,
  costs: CostTable,
  of: TimesOf,
  scale?: number,
): JobWork {
  const { variants } = costsOf(costs, model);
  const rows = variants.map(({ layers }) => layers);
  const roundingNs = scale === undefined ? 0 : mostRoundingNs(accelerators, scale);
  const inTimes = of === "least" ? inLeastTimes : (variant: VariantCosts) => inMeanTimes(variant, roundingNs);
  return {
    accelerators: accelerators.length,
    isVaried: variants.some(({ spreads }) => spreads !== undefined),
    sections: sectionsOf(model),
    times: variants.map((variant) => layerTimes(inTimes(variant), accelerators, scale)),
    certain: certainLayers(model, rows),
    expected: expectedLayers(model, rows),
  };
}

/** The work in the times that one job draws, at its own scale; left out: jobs are as the costs say. */
export const ownWork = (
  work: JobWork,
  variants: readonly VariantCosts[],
  accelerators: readonly Accelerator[],
  job: DrawnJob,
  scale?: number,
): JobWork => ({
  ...work,
  times: variants.map((variant) => layerTimes(inOwnTimes(variant, job), accelerators, scale)),
});

/** Whether every job runs all layers of its variant, each in the same time. */
export const isStatic = ({ certain, isVaried }: JobWork): boolean =>
  !isVaried && certain.variants.every(({ shares }) => shares.every((share) => share === 1));

/** One value per layer, by variant, then row. */
export type LayerValues = readonly Float64Array[];

/** Least time from a layer's start to its end, on the accelerator that is fastest for it, ns. */
export const fastestValues = ({ times }: JobWork): LayerValues =>
  times.map(({ fastestNs, savingNs }) => fastestNs.map((ns, layer) => lessSaving(ns, savingNs[layer]!)));

/**
 * Least cost of a layer if a ns of accelerator a costs prices[a]. Whatever mix of accelerators runs the layer, the sum
 * of time x price over all of them is at least this.
 */
export function pricedValues({ times }: JobWork, prices: Float64Array): LayerValues {
  const highest = Math.max(...prices);
  return times.map(({ workNs, savingNs }) =>
    savingNs.map((ns, layer) => lessSaving(cheapest(workNs, layer, prices).cost, ns * highest)),
  );
}

/** Each piece of a layer takes at least 1 ns, and rounding saves less than 1 ns of it, so never more than half. */
const lessSaving = (value: number, saving: number): number => Math.max(value / 2, value - saving);

/** Least sum of values over the layers that a job runs. It may change its variant at each switch point. */
export const leastSum = ({ sections }: JobWork, run: LayersRun, values: LayerValues): number =>
  leastVariants(sections, run, values).sum;

/** The variant to run each section in for the least sum, and that sum. */
function leastVariants(sections: Sections, run: LayersRun, values: LayerValues) {
  const variants: number[] = [];
  let sum = 0;
  for (let s = sections.length - 1; s >= 0; s--) {
    const sums = run.variants.map(({ shares, mayEnd }, v) => {
      const { start, end } = rowsOf(sections, run, s, v);
      return weightedSum(values[v]!, shares, start, end) + (mayEnd[s] ? 0 : sum);
    });
    sum = Math.min(...sums);
    variants.unshift(sums.indexOf(sum));
  }
  return { sum, variants };
}

function rowsOf(sections: Sections, { variants }: LayersRun, section: number, v: number) {
  return { start: sections[section]![v]!, end: sections[section + 1]?.[v] ?? variants[v]!.shares.length };
}

/** A layer that no job runs adds 0, even if its value is infinite. */
function weightedSum(values: Float64Array, shares: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let row = start; row < end && row < shares.length; row++) {
    if (shares[row]! > 0) sum += shares[row]! * values[row]!;
  }
  return sum;
}

/** Adds to `loadNs`, by accelerator, the load of `jobs` average jobs, each layer where it is cheapest. */
export function addCheapestLoad(work: JobWork, prices: Float64Array, jobs: number, loadNs: Float64Array): void {
  const { sections, expected } = work;
  const cheapestOf = work.times.map(({ workNs, fastestNs }) =>
    Array.from(fastestNs, (_, layer) => cheapest(workNs, layer, prices)),
  );
  const { variants } = leastVariants(
    sections,
    expected,
    cheapestOf.map((layers) => Float64Array.from(layers, ({ cost }) => cost)),
  );
  for (const [s, v] of variants.entries()) {
    const { shares, mayEnd } = expected.variants[v]!;
    const { start, end } = rowsOf(sections, expected, s, v);
    for (let row = start; row < end && row < shares.length; row++) {
      if (shares[row] === 0) continue;
      const { accelerator } = cheapestOf[v]![row]!;
      const ns = jobs * shares[row]! * work.times[v]!.workNs[row * work.accelerators + accelerator]!;
      loadNs[accelerator] = loadNs[accelerator]! + ns;
    }
    if (mayEnd[s]) return;
  }
}

/** The accelerator on which a layer is cheapest, and its cost there. Ties go to the one that needs least time. */
function cheapest(workNs: Float64Array, layer: number, prices: Float64Array) {
  let accelerator = 0;
  let cost = Infinity;
  let leastNs = Infinity;
  for (let a = 0; a < prices.length; a++) {
    const ns = workNs[layer * prices.length + a]!;
    const here = ns === Infinity ? Infinity : prices[a]! * ns;
    if (here < cost || (here === cost && ns < leastNs)) [accelerator, cost, leastNs] = [a, here, ns];
  }
  return { cost, accelerator };
}
