/** Results that are shown together. */
import type { RunResult } from "../core/result.ts";

export interface OverallScore {
  /** Mean of the scenarios' XRBench scores; null where none has one. */
  readonly xrbenchScore: number | null;
  /** Scenarios that it is the mean of. */
  readonly scenarios: number;
}

/** XRBench's overall score: each scenario counts the same, those without a score are left out. */
export function overallScore(results: readonly RunResult[]): OverallScore {
  const scores = results.map(({ metrics }) => metrics.xrbenchScore).filter((score) => typeof score === "number");
  const total = scores.reduce((sum, score) => sum + score, 0);
  return { xrbenchScore: scores.length === 0 ? null : total / scores.length, scenarios: scores.length };
}
