/** XRBench's score over several results. */
import { overallXrbenchScore } from "../metrics/xrbench.ts";
import type { RunResult } from "./run-result.ts";

/** XRBench's score of several scenarios. */
export interface OverallScore {
  /** Mean of the scenarios' XRBench scores; null if none has one. */
  readonly xrbenchScore: number | null;
  /** Number of scenarios in the mean. */
  readonly scenarios: number;
}

/** Scenarios have equal weights. Those without a score are left out. */
export function overallScore(results: readonly RunResult[]): OverallScore {
  const scores = results.flatMap(({ metrics }) => metrics.xrbenchScore ?? []);
  return { xrbenchScore: overallXrbenchScore(scores) ?? null, scenarios: scores.length };
}
