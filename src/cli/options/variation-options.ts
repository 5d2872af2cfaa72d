/** `--set`, `--rate-scale` and `--estimate-error`: run the same files with changed values. */
import type { Command } from "commander";
import { parseEstimateError, parseRateScale, parseSetting, type VariationSettings } from "../../run/variation.ts";
import { collected } from "./run-options.ts";

export interface VariationOptions {
  readonly set?: readonly string[];
  readonly rateScale?: string;
  readonly estimateError?: string;
}

export const declareVariation = (declaration: Command): Command =>
  declaration
    .option(
      "--set <place=value>",
      "change a value, such as system.accelerators[0].pes=2048 or scenario.tasks.ht.fps=90; may be repeated",
      collected,
    )
    .option(
      "--rate-scale <factor|task=factor,…>",
      "multiply the rates of all tasks, or of some; may be repeated",
      (text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`),
    )
    .option(
      "--estimate-error <share>",
      "let policies see latencies that are wrong by up to so much, such as 20% (system.estimateError)",
    );

/** Only the variations that the command line gives. Throws RequestError for invalid ones. */
export function variationFromOptions({ set = [], ...given }: VariationOptions): Partial<VariationSettings> {
  const { rateScale, estimateError } = given;
  return {
    ...(set.length > 0 && { set: Object.fromEntries(set.map(parseSetting)) }),
    ...(rateScale !== undefined && { rateScale: parseRateScale(rateScale) }),
    ...(estimateError !== undefined && { estimateError: parseEstimateError(estimateError) }),
  };
}
