/**
 * Least laxity first. Source: Mok 1983.
 * Adaptation: laxity = deadline - now - remaining time with each layer on its fastest accelerator; decided at layer
 * boundaries, where the order of waiting jobs does not depend on `now`. With a `mechanism`, a waiting job also stops a
 * running layer, but only at events: the source compares laxities at every moment, and jobs of equal laxity would stop
 * each other without end. With `mechanism=kill`, the whole job counts as remaining. A killed job would else be more
 * urgent than the job it was killed for.
 */
import type { ReadyJob } from "../core/scheduler.ts";
import { type OrderRules, preemptiveOrder } from "./preemptive-order.ts";

export const llf = preemptiveOrder({
  name: "llf",
  summary: "least laxity first, preemptive at layer boundaries",
  source: "Mok, Fundamental design problems of distributed systems for the hard real-time environment, MIT 1983",
  granularity: "layer",
  mechanism: "none",
  rules: (mechanism) =>
    mechanism === "kill"
      ? byLaxity(wholeJobLaxity, wholeJobLaxity)
      : byLaxity(
          (job) => laxityAtTimeZero(job, job.minRemainingNs),
          (job) => laxityAtTimeZero(job, job.minRemainingNowNs),
        ),
});

type Laxity = (job: ReadyJob) => number;

/** `byNow` also counts what a running job has done of its layer. */
function byLaxity(ofWaiting: Laxity, byNow: Laxity): OrderRules {
  return {
    order: {
      rank: ofWaiting,
      reason: { rule: "least laxity", term: "laxityNs", of: (job, nowNs) => byNow(job) - nowNs },
    },
    outranks: (waiting, running) => ofWaiting(waiting) < byNow(running),
    givesWayBefore: (a, b) => byNow(a) > byNow(b),
  };
}

const wholeJobLaxity: Laxity = (job) => laxityAtTimeZero(job, job.isolatedNs);

function laxityAtTimeZero({ deadlineNs }: ReadyJob, remainingNs: number): number {
  // Infinite without a deadline, even for a job that no accelerator can run.
  return deadlineNs === Infinity ? Infinity : deadlineNs - remainingNs;
}
