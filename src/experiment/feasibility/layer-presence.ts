/** How likely each layer of a variant is run at all, given its skips, exits and loops. */
import type { Variant } from "../../core/model.ts";

/**
 * Per layer of a cost table with `layers` rows. `least`: 1 where every job runs the layer, else 0. `expected`: its
 * probability. A table for the whole model of a variant with dynamic behaviour holds an expectation: its least is 0.
 */
export interface LayerPresence {
  readonly least: readonly number[];
  readonly expected: readonly number[];
}

export function layerPresence(variant: Variant, layers: number): LayerPresence {
  if (layers !== variant.layers.length) {
    const isFixed = variant.skips.length + variant.exits.length + variant.loops.length === 0;
    return { least: Array(layers).fill(isFixed ? 1 : 0), expected: Array(layers).fill(1) };
  }
  const expected = Array.from({ length: layers }, (_, layer) => probabilityOf(variant, layer));
  return { least: expected.map((probability) => (probability < 1 ? 0 : 1)), expected };
}

function probabilityOf({ skips, exits, loops }: Variant, layer: number): number {
  const kept = skips.filter((skip) => skip.firstLayer <= layer && layer < skip.endLayer);
  const passed = exits.filter((exit) => exit.afterLayer < layer);
  const reached = loops.map(({ firstLayer, layersPerStep, stepProbabilities }) => {
    const step = Math.floor((layer - firstLayer) / layersPerStep);
    return step < 0 || step >= stepProbabilities.length ? 1 : atLeast(stepProbabilities, step);
  });
  const survivals = [...kept, ...passed].map(({ probability }) => 1 - probability);
  return [...survivals, ...reached].reduce((product, probability) => product * probability, 1);
}

/** Probability of more than `step` steps. Shorter sums first: no step is certain by rounding alone. */
function atLeast(stepProbabilities: readonly number[], step: number): number {
  if (step === 0) return 1;
  const shorter = stepProbabilities.slice(0, step);
  return shorter.every((probability) => probability === 0) ? 1 : 1 - shorter.reduce((sum, p) => sum + p, 0);
}
