/** Earliest deadline first. Source: Liu and Layland, JACM 1973. Adaptation: preemptive at layer boundaries. */
import { ranked } from "./ranked.ts";

export const edf = ranked({
  name: "edf",
  summary: "earliest deadline first, preemptive at layer boundaries",
  source: "Liu and Layland, Scheduling algorithms for multiprogramming in a hard-real-time environment, JACM 1973",
  granularity: "layer",
  rank: (job) => job.deadlineNs,
  reason: { rule: "earliest deadline", term: "deadlineNs" },
});
