/** The points of a full grid over the ranges of parameters. */
import type { Bound, Point } from "../../schedulers/dream/neighbour-search.ts";

/** As the papers' comparison with an exhaustive search: 9 x 9. */
const POINTS_PER_PARAMETER = 9;
export const MOST_GRID_PARAMETERS = 2;

/** Evenly spaced from min to max, both included, the last parameter fastest; whole numbers each once. */
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
