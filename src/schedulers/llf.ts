/**
 * Least laxity first. Source: Mok 1983.
 * Adaptation: laxity = deadline - now - remaining time with each layer on its fastest accelerator; decided at layer
 * boundaries, where the order of waiting jobs does not depend on `now`.
 */
import type { ReadyJob } from "../core/scheduler.ts";
import { ranked } from "./ranked.ts";

export const llf = ranked({
  name: "llf",
  summary: "least laxity first, preemptive at layer boundaries",
  source: "Mok, Fundamental design problems of distributed systems for the hard real-time environment, MIT 1983",
  granularity: "layer",
  rank: laxityAtTimeZero,
  reason: { rule: "least laxity", term: "laxityNs", of: (job, nowNs) => laxityAtTimeZero(job) - nowNs },
});

function laxityAtTimeZero(job: ReadyJob): number {
  // Infinite without a deadline, even for a job that no accelerator can run.
  return job.deadlineNs === Infinity ? Infinity : job.deadlineNs - job.minRemainingNs;
}
