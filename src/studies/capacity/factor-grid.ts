/** The factors that a search may try: a geometric grid around 1, which depends on the tolerance alone. */

export interface FactorGrid {
  /** Enough that neighbours differ by at most the tolerance. */
  readonly stepsPerDoubling: number;
  /** Step of the smallest factor, negative. Step 0 is the factor 1. */
  readonly lowest: number;
  readonly highest: number;
}

/** Number of doublings and of halvings. Factors go from 1/1024 to 1024. */
const MOST_DOUBLINGS = 10;

/** `tolerance`: share above 0. */
export function factorGrid(tolerance: number): FactorGrid {
  const stepsPerDoubling = Math.ceil(Math.LN2 / Math.log1p(tolerance));
  return {
    stepsPerDoubling,
    lowest: -MOST_DOUBLINGS * stepsPerDoubling,
    highest: MOST_DOUBLINGS * stepsPerDoubling,
  };
}

/** Seven digits are the same on every machine, and short enough for --rate-scale. */
const DIGITS = 7;

export const factorAt = ({ stepsPerDoubling }: FactorGrid, step: number): number =>
  Number((2 ** (step / stepsPerDoubling)).toPrecision(DIGITS));

/** Number of steps that multiply by about `factor`. */
export const stepsOf = ({ stepsPerDoubling }: FactorGrid, factor: number): number =>
  Math.round(Math.log2(factor) * stepsPerDoubling);
