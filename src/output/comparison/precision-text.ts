/** Text about the precision of a comparison. */

import type { Comparison, LeastPrecise, Precision } from "../../records/comparison.ts";
import { percentText } from "../number-text.ts";
import { caseText } from "../words.ts";

/** If a precision was requested: the seeds that it took, or would take. */
export function precisionText({ aim, seedsNeeded, leastPrecise }: Precision, { seeds }: Comparison): string {
  if (leastPrecise === null) return `precision: no ratio has an interval, so ${percentText(aim)} cannot be reached`;
  if (leastPrecise.halfWidth <= aim) {
    return `precision: ${percentText(aim)} reached with ${seeds.length} seeds: ${widestText(leastPrecise)}`;
  }
  const most = `precision: ${percentText(aim)} not reached with ${seeds.length} seeds`;
  return `${most}: ${widestText(leastPrecise)}; about ${seedsNeeded} seeds would reach it (--max-seeds)`;
}

/** If none was requested and an interval is wide. */
export const hintText = ({ aim, seedsNeeded, leastPrecise }: Precision): string =>
  leastPrecise === null
    ? ""
    : `${widestText(leastPrecise)}; about ${seedsNeeded} seeds would make all ± ${percentText(aim)} (--precision ${100 * aim}%)`;

const widestText = (widest: LeastPrecise): string =>
  `the widest interval is ± ${percentText(widest.halfWidth)}, ${widest.metric} of ${widest.scheduler} in ${caseText(widest)}`;
