/** Reports rate scales that no scenario of an experiment accepts. */

import { InputError } from "../../../input/input-error.ts";
import type { Problem } from "../../../input/problem.ts";
import type { Report } from "../../../input/report.ts";
import type { RateScale } from "../../../scenario/rate-scale.ts";
import type { ReadingContext } from "./entry-reading.ts";
import type { Entry } from "./variants.ts";

export interface PlacedRateScale {
  readonly scale: RateScale;
  /** Reports problems at the scale. */
  readonly report: Report;
}

/** A scale that only some scenarios accept is not reported. The points that do not load fail. */
export function checkRateScales(
  scales: readonly PlacedRateScale[],
  scenarios: readonly Entry[],
  context: ReadingContext,
): void {
  // All numbers are accepted alike, so one is enough. Scales per task are checked one by one.
  const number = scales.find(({ scale }) => typeof scale === "number" && scale !== 1);
  for (const placed of scales) {
    if (typeof placed.scale === "number" && placed !== number) continue;
    for (const { code, message } of problemsWith(placed.scale, scenarios, context))
      placed.report.problem([], code, message);
  }
}

/** The problems of the first scenario; empty if any scenario accepts the scale. */
function problemsWith(
  rateScale: RateScale,
  scenarios: readonly Entry[],
  { workbench }: ReadingContext,
): readonly Problem[] {
  let first: readonly Problem[] | undefined;
  for (const entry of scenarios) {
    try {
      workbench.scenario(entry.target, { rateScale });
      return [];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      first ??= error.problems;
    }
  }
  return first ?? [];
}
