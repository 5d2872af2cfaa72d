/** The least that a job asks of the accelerators, whatever a policy does with it. */
import { type CostTable, costsOf } from "../../core/costs.ts";
import type { Model } from "../../core/model.ts";
import type { System } from "../../core/system.ts";
import { type Course, expectedCourse, leastCourse, type Stretches, stretchesOf } from "./course.ts";
import { type LayerTimes, layerTimes } from "./layer-times.ts";

/** Of the jobs of a model. */
export interface JobWork {
  readonly accelerators: number;
  readonly stretches: Stretches;
  /** By variant. */
  readonly times: readonly LayerTimes[];
  /** What every job runs, and what jobs run on average. */
  readonly least: Course;
  readonly expected: Course;
}

export function jobWork(model: Model, { accelerators }: System, costs: CostTable): JobWork {
  const found = costsOf(costs, model);
  const rows = found.variants.map(({ layers }) => layers);
  return {
    accelerators: accelerators.length,
    stretches: stretchesOf(model),
    times: found.variants.map((variant) => layerTimes(variant, accelerators)),
    least: leastCourse(model, rows),
    expected: expectedCourse(model, rows),
  };
}

/** Whether all jobs run all layers of their variants. */
export const isAlike = ({ least }: JobWork): boolean =>
  least.variants.every(({ weights }) => weights.every((weight) => weight === 1));

/** Of each layer, by variant, then row. */
export type LayerValues = readonly Float64Array[];

/** The time from a layer's start to its end where it is fastest. */
export const fastestValues = ({ times }: JobWork): LayerValues =>
  times.map(({ fastestNs, savingNs }) => fastestNs.map((ns, layer) => lessSaving(ns, savingNs[layer]!)));

/**
 * What a layer costs where it is cheapest, when a ns of accelerator a is priced prices[a]: whatever mix of accelerators
 * runs it, time x price over all of them is at least this.
 */
export function pricedValues({ times }: JobWork, prices: Float64Array): LayerValues {
  const highest = Math.max(...prices);
  return times.map(({ workNs, savingNs }) =>
    savingNs.map((ns, layer) => lessSaving(cheapest(workNs, layer, prices).price, ns * highest)),
  );
}

/** Each piece of work takes at least 1 ns, and rounding saves less than one of it. */
const lessSaving = (value: number, saving: number): number => Math.max(value / 2, value - saving);

/** Least sum of values over the layers that a job runs: it starts in any variant, and may change at each switch point. */
export const leastSum = ({ stretches }: JobWork, course: Course, values: LayerValues): number =>
  leastWay(stretches, course, values).sum;

function leastWay(stretches: Stretches, course: Course, values: LayerValues) {
  /** By stretch, from the last: the variant that is best in it. */
  const variants: number[] = [];
  let sum = 0;
  for (let s = stretches.length - 1; s >= 0; s--) {
    const sums = course.variants.map(({ mayEnd }, v) => {
      const { start, end } = rowsOf(stretches, course, s, v);
      return weightedSum(values[v]!, course.variants[v]!.weights, start, end) + (mayEnd[s] ? 0 : sum);
    });
    sum = Math.min(...sums);
    variants.unshift(sums.indexOf(sum));
  }
  return { sum, variants };
}

function rowsOf(stretches: Stretches, { variants }: Course, stretch: number, v: number) {
  return { start: stretches[stretch]![v]!, end: stretches[stretch + 1]?.[v] ?? variants[v]!.weights.length };
}

/** Nothing of an infinite latency is nothing. */
function weightedSum(values: Float64Array, weights: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let row = start; row < end && row < weights.length; row++) {
    if (weights[row]! > 0) sum += weights[row]! * values[row]!;
  }
  return sum;
}

/** Adds the load of an average job placed where `prices` make it cheapest, `times` over, to that of each accelerator. */
export function addCheapestLoad(work: JobWork, prices: Float64Array, times: number, loadNs: Float64Array): void {
  const { stretches, expected } = work;
  const places = work.times.map(({ workNs, fastestNs }) =>
    Array.from(fastestNs, (_, layer) => cheapest(workNs, layer, prices)),
  );
  const { variants } = leastWay(
    stretches,
    expected,
    places.map((each) => Float64Array.from(each, ({ price }) => price)),
  );
  for (const [s, v] of variants.entries()) {
    const { weights, mayEnd } = expected.variants[v]!;
    const { start, end } = rowsOf(stretches, expected, s, v);
    for (let row = start; row < end && row < weights.length; row++) {
      if (weights[row] === 0) continue;
      const { accelerator } = places[v]![row]!;
      const ns = times * weights[row]! * work.times[v]!.workNs[row * work.accelerators + accelerator]!;
      loadNs[accelerator] = loadNs[accelerator]! + ns;
    }
    if (mayEnd[s]) return;
  }
}

/** Where a layer is cheapest; ties go to where it takes least time. */
function cheapest(workNs: Float64Array, layer: number, prices: Float64Array) {
  let accelerator = 0;
  let price = Infinity;
  let leastNs = Infinity;
  for (let a = 0; a < prices.length; a++) {
    const ns = workNs[layer * prices.length + a]!;
    const priced = ns === Infinity ? Infinity : prices[a]! * ns;
    if (priced < price || (priced === price && ns < leastNs)) [accelerator, price, leastNs] = [a, priced, ns];
  }
  return { price, accelerator };
}
