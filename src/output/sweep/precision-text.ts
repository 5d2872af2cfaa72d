/** Text about the precision of a sweep. */

import type { MissedGroup, SweepPrecision, SweepReport } from "../../records/sweep-report.ts";
import { percentText } from "../number-text.ts";
import { counted } from "../words.ts";
import { coordinatesText } from "./coordinates-text.ts";

/** A few lines: how many groups have reached it, and how many seeds the others would need. */
export function precisionLines(precision: SweepPrecision, { groupCount, constant }: SweepReport): readonly string[] {
  const { aim, maxSeeds, metrics, reached, missed, failed, absent = 0, worst } = precision;
  const failedText = failed === 0 ? [] : [`${failed} with failed points got no more seeds`];
  const missedText = missed === 0 ? [] : [`missed by ${missed} with ${maxSeeds} seeds (--max-seeds)`];
  const all = [
    `± ${percentText(aim)} reached by ${reached} of ${counted(groupCount, "group")}`,
    ...missedText,
    ...failedText,
    ...(absent === 0 ? [] : [`${absent} without a value of ${metrics.join(" or ")}`]),
  ];
  const more = missed > worst.length ? [`${missed - worst.length} more need fewer than these`] : [];
  return [`precision: ${all.join("; ")}`, ...worst.map((group) => worstText(group, Object.keys(constant))), ...more];
}

function worstText({ coordinates, metric, halfWidth, seedsNeeded }: MissedGroup, constant: readonly string[]): string {
  const varying = Object.entries(coordinates).filter(([name]) => !constant.includes(name));
  const place = varying.length === 0 ? "" : `${coordinatesText(Object.fromEntries(varying))}: `;
  return `${place}${metric} is ± ${percentText(halfWidth)}; about ${seedsNeeded} seeds would reach it`;
}
