/** `--precision` and `--max-seeds`: seeds are added until ratios are known well enough. */
import { type Command, InvalidArgumentError } from "commander";
import type { PrecisionAim } from "../experiment/compare/precision.ts";
import { RequestError } from "../experiment/request-error.ts";
import { MOST_SEEDS } from "../experiment/run/settings.ts";
import { FEWEST_SEEDS } from "../experiment/statistics/precision.ts";
import { decimal } from "../input/decimal.ts";
import { wholeNumber } from "./run-options.ts";

const MAX_SEEDS = 100;

export interface PrecisionOption {
  /** 0.02 is ± 2 %. */
  readonly precision?: number;
  readonly maxSeeds?: number;
}

export function declarePrecision(declaration: Command): Command {
  return declaration
    .option("--precision <percent>", "add seeds until all ratios are known to ± this, such as 2%", percentage)
    .option("--max-seeds <n>", `with --precision: no more seeds (default: ${MAX_SEEDS})`, wholeNumber(2, MOST_SEEDS));
}

/** undefined: none is asked for. */
export function precisionAim({ precision: aim, maxSeeds }: PrecisionOption, seeds: number): PrecisionAim | undefined {
  if (aim === undefined) {
    if (maxSeeds === undefined) return undefined;
    throw new RequestError("--max-seeds is for --precision; --seeds says how many there are without it");
  }
  const most = maxSeeds ?? Math.max(seeds, MAX_SEEDS);
  if (seeds > most) throw new RequestError(`--precision begins with ${seeds} seeds, more than --max-seeds ${most}`);
  if (seeds >= FEWEST_SEEDS) return { aim, maxSeeds: most };
  throw new RequestError(`--precision begins with at least ${FEWEST_SEEDS} seeds, got --seeds ${seeds}`);
}

function percentage(text: string): number {
  const percent = decimal(/^(.*\d) ?%$/.exec(text)?.[1] ?? "");
  if (percent > 0 && percent <= 100) return percent / 100;
  throw new InvalidArgumentError("It must be a percentage above 0, such as 2%.");
}
