/**
 * Shortest job first, by the estimated time that is left. Source: textbook; SJF in PREMA (HPCA 2020).
 * With `granularity=layer` this is shortest remaining time first, preemptive at layer boundaries. With a `mechanism`, a
 * waiting job stops a running one that has more left.
 * Adaptation: on several accelerators the estimate is the mean over them, and the longest running job is stopped first.
 */
import { preemptiveOrder } from "./preemptive-order.ts";

export const sjf = preemptiveOrder({
  name: "sjf",
  summary: "shortest (remaining) job first",
  source: "textbook; SJF baseline of PREMA (HPCA 2020)",
  granularity: "model",
  mechanism: "none",
  rules: () => ({
    order: {
      rank: (job) => job.meanRemainingNs,
      reason: { rule: "least time left", term: "remainingNs", of: (job) => job.meanRemainingNowNs },
    },
    outranks: (waiting, running) => waiting.meanRemainingNs < running.meanRemainingNowNs,
    givesWayBefore: (a, b) => a.meanRemainingNowNs > b.meanRemainingNowNs,
  }),
});
