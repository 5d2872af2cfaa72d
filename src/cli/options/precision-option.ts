/** `--precision` and `--max-seeds`: seeds are added until ratios or means are known well enough. */
import { type Command, InvalidArgumentError } from "commander";
import { FEWEST_SEEDS, MAX_SEEDS, precisionFrom } from "../../analysis/statistics/precision.ts";
import { RequestError } from "../../input/request-error.ts";
import { MOST_SEEDS } from "../../run/settings.ts";
import type { PrecisionAim } from "../../studies/compare/precision.ts";
import { wholeNumber } from "./run-options.ts";

export interface PrecisionOption {
  /** 0.02 is ± 2 %. */
  readonly precision?: number;
  readonly maxSeeds?: number;
}

/** `what`: is to be known that well. */
export function declarePrecision(declaration: Command, what: "ratios" | "means"): Command {
  return declaration
    .option("--precision <percent>", `add seeds until all ${what} are known to ± this, such as 2%`, percentage)
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
  const share = precisionFrom(text);
  if (share !== undefined) return share;
  throw new InvalidArgumentError("It must be a percentage above 0, such as 2%.");
}
