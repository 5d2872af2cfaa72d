/** `--set` and `--rate-scale`: the same files with other values. */
import type { Command } from "commander";
import { parseRateScale, parseSetting, type VariationSettings } from "../../run/variation.ts";
import { collected } from "./run-options.ts";

export interface VariationOptions {
  readonly set?: readonly string[];
  readonly rateScale?: string;
}

export const declareVariation = (declaration: Command): Command =>
  declaration
    .option(
      "--set <place=value>",
      "another value, such as system.accelerators[0].pes=2048 or scenario.tasks.ht.fps=90; may be repeated",
      collected,
    )
    .option(
      "--rate-scale <factor|task=factor,…>",
      "rates of all tasks times this, or of some; may be repeated for others",
      (text: string, before: string | undefined) => (before === undefined ? text : `${before},${text}`),
    );

/** What was given; the rest is left out. Throws RequestError. */
export function variationFromOptions({ set = [], rateScale }: VariationOptions): Partial<VariationSettings> {
  return {
    ...(set.length > 0 && { set: Object.fromEntries(set.map(parseSetting)) }),
    ...(rateScale !== undefined && { rateScale: parseRateScale(rateScale) }),
  };
}
