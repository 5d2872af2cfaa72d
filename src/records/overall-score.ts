/** Results that are shown together. */

import { overallXrbenchScore } from "../metrics/xrbench.ts";
import type { RunResult } from "./run-result.ts";

export interface OverallScore {
  /** Mean of the scenarios' XRBench scores; null where none has one. */
  readonly xrbenchScore: number | null;
  /** Scenarios that it is the mean of. */
  readonly scenarios: number;
}

/** XRBench's overall score: each scenario counts the same, those without a score are left out. */
export function overallScore(results: readonly RunResult[]): OverallScore {
  const scores = results.flatMap(({ metrics }) => metrics.xrbenchScore ?? []);
  return { xrbenchScore: overallXrbenchScore(scores) ?? null, scenarios: scores.length };
}
