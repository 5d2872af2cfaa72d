/** Layers that use the same weights: the steps of a loop are one network that runs again and again. */
import type { Variant } from "./model.ts";

/** The layer whose weights a layer uses: its own, or those of the same layer in the first step of its loop. */
export function weightsOf({ loops }: Variant, layerIndex: number): number {
  let owner = layerIndex;
  // Loops may lie in the steps of others: each pass leads to an earlier layer, or to none.
  for (let i = 0; i < loops.length; ) {
    const { firstLayer, layersPerStep, stepProbabilities } = loops[i]!;
    const isLaterStep =
      owner >= firstLayer + layersPerStep && owner < firstLayer + layersPerStep * stepProbabilities.length;
    if (isLaterStep) owner = firstLayer + ((owner - firstLayer) % layersPerStep);
    i = isLaterStep ? 0 : i + 1;
  }
  return owner;
}
