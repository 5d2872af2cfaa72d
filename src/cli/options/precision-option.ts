/** `--precision` and `--max-seeds`: add seeds until ratios or means are precise enough. */
import { type Command, InvalidArgumentError } from "commander";
import { FEWEST_SEEDS, MAX_SEEDS, precisionFrom } from "../../analysis/statistics/precision.ts";
import { RequestError } from "../../input/request-error.ts";
import { MOST_SEEDS } from "../../run/settings.ts";
import type { PrecisionAim } from "../../studies/compare/precision.ts";
import { wholeNumber } from "./run-options.ts";

export interface PrecisionOption {
  /** A share: 0.02 is ± 2 %. */
  readonly precision?: number;
  readonly maxSeeds?: number;
}

/** `what` names the values that must reach the precision. */
export function declarePrecision(declaration: Command, what: "ratios" | "means"): Command {
  return declaration
    .option("--precision <percent>", `add seeds until all ${what} are within ± this, such as 2%`, percentage)
    .option("--max-seeds <n>", `most seeds with --precision (default: ${MAX_SEEDS})`, wholeNumber(2, MOST_SEEDS));
}

/** Returns undefined without `--precision`. */
export function precisionAim({ precision: aim, maxSeeds }: PrecisionOption, seeds: number): PrecisionAim | undefined {
  if (aim === undefined) {
    if (maxSeeds === undefined) return undefined;
    throw new RequestError("--max-seeds needs --precision; without it, use --seeds");
  }
  const most = maxSeeds ?? Math.max(seeds, MAX_SEEDS);
  if (seeds > most) throw new RequestError(`--precision starts with ${seeds} seeds, more than --max-seeds ${most}`);
  if (seeds >= FEWEST_SEEDS) return { aim, maxSeeds: most };
  throw new RequestError(`--precision needs at least ${FEWEST_SEEDS} seeds to start with, got --seeds ${seeds}`);
}

function percentage(text: string): number {
  const share = precisionFrom(text);
  if (share !== undefined) return share;
  throw new InvalidArgumentError("It must be a percentage above 0, such as 2%.");
}
