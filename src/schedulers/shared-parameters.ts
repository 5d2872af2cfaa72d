/** Parameters that many policies share. */
import type { BooleanParameter, TextParameter } from "./define-scheduler.ts";

/** Declares whether jobs that have not started are dropped once their deadline has passed. */
export const lateDrop: BooleanParameter = {
  kind: "boolean",
  summary: "drop a job that has not started when its deadline has passed",
  default: true,
};

/** How much runs before the policy decides again. */
export const granularity = (byDefault: "layer" | "model"): TextParameter => ({
  kind: "text",
  summary: "what one decision runs: layer, model, or a number of layers (block)",
  default: byDefault,
});

/** Layers that one decision runs. Throws RangeError for anything but layer, model or a whole number of at least 1. */
export function layersOf(granularity: string): number {
  if (granularity === "layer") return 1;
  if (granularity === "model") return Infinity;
  const layers = Number(granularity);
  if (Number.isInteger(layers) && layers >= 1) return layers;
  throw new RangeError(`granularity must be layer, model or a number of layers, got "${granularity}"`);
}
