// Hot: every ready job, at every decision.
/**
 * SDRM3 as a later peer has it: one accelerator, urgency + alpha x starvation. Source: the Dysta artifact (Sparse-DySta,
 * MICRO 2023), reference/dysta/README.md section 3.4. Its selection is kept: while the best score so far is negative,
 * every later job replaces it, so of jobs that are all late and barely waited the most recent goes first.
 * Adaptation: on several accelerators the chosen job gets the one that runs its next layer soonest; jobs that none of the
 * idle ones can run are passed over, and a layer's latency is its mean. Latencies below 1 ns count as 1 in divisors.
 */
import type { ReadyJob, Scheduler, View } from "../core/scheduler.ts";
import { slack, starvationOf, toGo, weightParameters } from "./map-score.ts";
import { lateDrop } from "./parameters.ts";
import { fastestForLayer } from "./selection.ts";

export const sdrm3Dysta: Scheduler = {
  name: "sdrm3-dysta",
  summary: "SDRM3 as the Dysta artifact has it: urgency of at most 1 + starvation, one accelerator",
  source: "Dysta artifact github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling (Sparse-DySta, MICRO 2023)",
  parameters: [weightParameters[0]!, lateDrop],
  create(_platform, parameters) {
    const alpha = parameters.alpha as number;
    return {
      lateDrop: parameters.lateDrop as boolean,
      decide(view, decisions) {
        const job = chosen(view, alpha);
        if (job !== undefined) decisions.runLayers(job, fastestForLayer(view, job)!, 1);
      },
    };
  },
};

function chosen(view: View, alpha: number): ReadyJob | undefined {
  const { nowNs, readyJobs } = view;
  let best: ReadyJob | undefined;
  let bestScore = 0;
  for (let i = 0; i < readyJobs.length; i++) {
    const job = readyJobs.at(i);
    if (fastestForLayer(view, job) === undefined) continue;
    const score = urgency(toGo(job), slack(job, nowNs)) + alpha * starvationOf(job, nowNs);
    if (best === undefined || score > bestScore || (bestScore < 0 && score !== bestScore)) {
      best = job;
      bestScore = score;
    }
  }
  return best;
}

/** At most 1, also without slack; past the deadline negative without limit. */
function urgency(toGoNs: number, slackNs: number): number {
  // Nothing left to run in no time.
  if (slackNs === 0) return 1;
  const share = toGoNs / slackNs;
  return share > 1 ? 1 : share;
}
