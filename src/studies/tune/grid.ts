/** The points of a full grid over the ranges of parameters. */
import type { Bound, Point } from "../../schedulers/dream/neighbour-search.ts";

/** The papers compare with an exhaustive search of 9 x 9 points. */
const POINTS_PER_PARAMETER = 9;
export const MOST_GRID_PARAMETERS = 2;

/** Evenly spaced from min to max, both included. The last parameter varies fastest. Whole numbers occur once each. */
export function gridPoints(bounds: readonly Bound[]): readonly Point[] {
  return bounds.reduce<readonly Point[]>(
    (points, bound) => points.flatMap((point) => valuesOf(bound).map((value) => [...point, value])),
    [[]],
  );
}

function valuesOf({ min, max, isInteger }: Bound): readonly number[] {
  const steps = POINTS_PER_PARAMETER - 1;
  const values = Array.from({ length: POINTS_PER_PARAMETER }, (_, i) => min + ((max - min) * i) / steps);
  return isInteger === true ? [...new Set(values.map(Math.round))] : values;
}
