/** The factors that a search may look at: a geometric grid around 1, the same for every search of one tolerance. */

export interface FactorGrid {
  /** Neighbours differ by at most the tolerance. */
  readonly stepsPerDoubling: number;
  /** Steps from 1, below 0. */
  readonly lowest: number;
  readonly highest: number;
}

/** Doublings and halvings that are looked at: 1/1024 to 1024. */
const MOST_DOUBLINGS = 10;

/** `tolerance`: a share, above 0. */
export function factorGrid(tolerance: number): FactorGrid {
  const stepsPerDoubling = Math.ceil(Math.LN2 / Math.log1p(tolerance));
  return {
    stepsPerDoubling,
    lowest: -MOST_DOUBLINGS * stepsPerDoubling,
    highest: MOST_DOUBLINGS * stepsPerDoubling,
  };
}

/** Seven digits: the same on every machine, and short enough to be given to --rate-scale. */
const DIGITS = 7;

export const factorAt = ({ stepsPerDoubling }: FactorGrid, step: number): number =>
  Number((2 ** (step / stepsPerDoubling)).toPrecision(DIGITS));

/** Steps that multiply by `factor`, rounded. */
export const stepsOf = ({ stepsPerDoubling }: FactorGrid, factor: number): number =>
  Math.round(Math.log2(factor) * stepsPerDoubling);
