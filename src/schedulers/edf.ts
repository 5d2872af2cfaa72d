/**
 * Earliest deadline first. Source: Liu and Layland, JACM 1973.
 * Adaptation: preemptive at layer boundaries. With a `mechanism`, a waiting job also stops a running layer, as the source
 * has it: the one with the latest deadline first, if that is later than its own.
 */
import { preemptiveOrder } from "./preemptive-order.ts";

export const edf = preemptiveOrder({
  name: "edf",
  summary: "earliest deadline first, preemptive at layer boundaries",
  source: "Liu and Layland, Scheduling algorithms for multiprogramming in a hard-real-time environment, JACM 1973",
  granularity: "layer",
  mechanism: "none",
  rules: () => ({
    order: { rank: (job) => job.deadlineNs, reason: { rule: "earliest deadline", term: "deadlineNs" } },
    outranks: (waiting, running) => waiting.deadlineNs < running.deadlineNs,
    givesWayBefore: (a, b) => a.deadlineNs > b.deadlineNs,
  }),
});
