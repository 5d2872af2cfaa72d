/**
 * Shortest job first, by the estimated time that is left. Source: textbook; SJF in PREMA (HPCA 2020).
 * With `granularity=layer` it is shortest remaining time first, preemptive at layer boundaries.
 * Adaptation: on several accelerators the estimate is the mean over them.
 */
import type { ReadyJob } from "../core/scheduler.ts";
import { ranked } from "./ranked.ts";

export const sjf = ranked({
  name: "sjf",
  summary: "shortest (remaining) job first",
  source: "textbook; SJF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  rank: remaining,
});

function remaining(job: ReadyJob): number {
  return job.meanRemainingNs;
}
