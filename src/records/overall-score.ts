/** XRBench's score over several results. */
import { overallXrbenchScore } from "../metrics/xrbench.ts";
import type { RunResult } from "./run-result.ts";

/** XRBench's score of several scenarios. */
export interface OverallScore {
  /** Mean of the scenarios' XRBench scores; null if none has one, or if one is not known for want of energies. */
  readonly xrbenchScore: number | null;
  /** Number of scenarios in the mean. */
  readonly scenarios: number;
}

/** Scenarios have equal weights. Those with nothing to score are left out; one that is not known makes the mean unknown. */
export function overallScore(results: readonly RunResult[]): OverallScore {
  if (results.some(isUnknown)) return { xrbenchScore: null, scenarios: 0 };
  const scores = results.flatMap(({ metrics }) => metrics.xrbenchScore ?? []);
  return { xrbenchScore: overallXrbenchScore(scores) ?? null, scenarios: scores.length };
}

const isUnknown = ({ metrics, unknownEnergy }: RunResult): boolean =>
  unknownEnergy !== undefined && metrics.xrbenchScore === null && (metrics.released ?? 0) > 0;
