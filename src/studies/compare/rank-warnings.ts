/** Whether the published and the guarded UXCost disagree on which scheduler is better (docs/metrics.md#uxcost). */
import type { Case, CaseComparison, MetricComparison } from "../../records/comparison.ts";

/** One line per case in which the two metrics rank a pair of schedulers in opposite order. */
export function rankWarnings(
  published: MetricComparison | undefined,
  guarded: MetricComparison | undefined,
): readonly string[] {
  if (published === undefined || guarded === undefined) return [];
  return published.cases.flatMap((ofCase, index) => {
    const pairs = reversedPairs(meansOf(ofCase), meansOf(guarded.cases[index]!));
    return pairs.length === 0 ? [] : [warning(ofCase, pairs)];
  });
}

type Means = readonly (readonly [label: string, mean: number])[];

const meansOf = ({ schedulers }: CaseComparison): Means =>
  schedulers.flatMap(({ scheduler, mean }) => (mean === null ? [] : [[scheduler, mean] as const]));

/** Pairs: [better by the published form, better by the guarded form]. */
function reversedPairs(published: Means, guarded: Means): readonly (readonly [string, string])[] {
  const guardedMean = new Map(guarded);
  const isLess = (a: string, b: string) => (guardedMean.get(a) ?? NaN) < (guardedMean.get(b) ?? NaN);
  return published.flatMap(([a, meanA]) =>
    published.filter(([b, meanB]) => meanA < meanB && isLess(b, a)).map(([b]) => [a, b] as const),
  );
}

function warning({ scenario, system }: Case, pairs: readonly (readonly [string, string])[]): string {
  const shown = pairs.slice(0, 3).map(([a, b]) => `${a} is ahead of ${b} only in the published form`);
  const more = pairs.length > 3 ? `, and ${pairs.length - 3} more pairs` : "";
  return `${scenario} on ${system}: published and guarded UXCost rank schedulers differently: ${shown.join(", ")}${more}; it dropped more jobs, so believe the guarded form`;
}
