// Hot: every ready job, at every decision.
/**
 * How the Dysta artifact selects the job of highest score: docs/references.md#dysta-selection. While the best score so
 * far is negative, every later job replaces it unless they are equal, so of jobs past their deadline the latest goes.
 */
import type { ReadyJob, View } from "../../../src/core/scheduler.ts";
import { fastestForLayer } from "../../../src/schedulers/selection.ts";

/** Of the ready jobs whose next layer an idle accelerator can run; undefined where there is none. */
export function dystaChoice(view: View, score: (job: ReadyJob, nowNs: number) => number): ReadyJob | undefined {
  const { nowNs, readyJobs } = view;
  let best: ReadyJob | undefined;
  let bestScore = 0;
  for (let i = 0; i < readyJobs.length; i++) {
    const job = readyJobs.at(i);
    const jobScore = score(job, nowNs);
    const isBetter = best === undefined || jobScore > bestScore || (bestScore < 0 && jobScore !== bestScore);
    if (!isBetter || fastestForLayer(view, job) === undefined) continue;
    best = job;
    bestScore = jobScore;
  }
  return best;
}
