// Hot: every ready job, at every decision.
/**
 * SDRM3 as in the Dysta artifact: one accelerator, urgency + alpha x starvation, with its selection (selection.ts).
 * Source: docs/references.md#dysta-policies.
 * Adaptation: on several accelerators the chosen job gets the one that runs its next layer soonest; jobs that none of the
 * idle ones can run are passed over, and a layer's latency is its mean. Latencies below 1 ns count as 1 in divisors.
 */
import type { ReadyJob } from "../../../src/core/scheduler.ts";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { slack, starvationOf, toGo, weightParameters } from "../../../src/schedulers/dream/map-score-terms.ts";
import { fastestForLayer, oneLayer } from "../../../src/schedulers/selection.ts";
import { lateDrop } from "../../../src/schedulers/shared-parameters.ts";
import { dystaChoice } from "./selection.ts";

export const sdrm3Dysta = defineScheduler({
  name: "sdrm3-dysta",
  summary: "SDRM3 as the Dysta artifact has it: urgency of at most 1 + starvation, one accelerator",
  source: "Dysta artifact github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling (Sparse-DySta, MICRO 2023)",
  parameters: { alpha: weightParameters.alpha, lateDrop },
  create(_platform, { alpha, lateDrop }) {
    const score = (job: ReadyJob, nowNs: number): number =>
      urgency(toGo(job), slack(job, nowNs)) + alpha * starvationOf(job, nowNs);
    return {
      lateDrop,
      decide(view, decisions) {
        const job = dystaChoice(view, score);
        if (job !== undefined) decisions.run(job, fastestForLayer(view, job)!, oneLayer);
      },
    };
  },
});

/** At most 1, also without slack; past the deadline it is negative, without limit. */
function urgency(toGoNs: number, slackNs: number): number {
  // 0 / 0 as well.
  if (slackNs === 0) return 1;
  const share = toGoNs / slackNs;
  return share > 1 ? 1 : share;
}
