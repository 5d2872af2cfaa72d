// Hot: a scan a decision of the ready jobs that have less left than the chosen one's value.
/**
 * Dysta: the least value = remaining + beta x (urgency + penalty), a layer at a time. Source: the artifact of Fan et al.,
 * Sparse-DySta, MICRO 2023 (github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling), as described in
 * ../shared/reference/dysta/README.md, 3.6, without its sparsity factor (1 where a job's layers are as estimated).
 * The value adds a time and a ratio, so it depends on the unit of time (`unitMs`).
 * Adaptation: several accelerators: the remaining time is the mean over them, the isolated time that of the fastest; the
 * job goes to the idle one that ends its layer first; running jobs count as active. A job without a deadline
 * has a slack of 2^53 ns (104 days), all that the core can tell: it comes after those with one.
 */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { estimatedNs } from "../prema/predictor.ts";
import { arrivedBefore, placeFastest } from "../selection.ts";
import { granularity, lateDrop, layersOf } from "../shared-parameters.ts";

const MAX_SLACK_NS = Number.MAX_SAFE_INTEGER;

export const dysta = defineScheduler({
  name: "dysta",
  summary: "least remaining time, corrected by slack and by relative wait, a layer at a time",
  source: "Fan et al., Sparse-DySta, MICRO 2023, as its artifact does it",
  parameters: {
    granularity: granularity("layer"),
    beta: { kind: "number", summary: "weight of urgency and penalty against remaining time", default: 0.01, min: 0 },
    unitMs: { kind: "number", summary: "unit in which the value counts time, ms", default: 1, min: 0.000001 },
    lateDrop,
  },
  create(_platform, { granularity, beta, unitMs, lateDrop }) {
    const layers = layersOf(granularity);
    const block = { layers };
    const unitNs = unitMs * 1e6;
    const place = placeFastest(layers);
    return {
      lateDrop,
      rank: remainingNs,
      decide(view, decisions) {
        const { readyJobs, nowNs } = view;
        const active = readyJobs.length + view.accelerators.length - view.idleAccelerators.length;
        let best: ReadyJob | undefined;
        let bestAccelerator: AcceleratorView | undefined;
        let bestValue = Infinity;
        for (let i = 0; i < readyJobs.length; i++) {
          const job = readyJobs.at(i);
          const remaining = remainingNs(job) / unitNs;
          // The value is no less than what remains, which the rest of the list has more of.
          if (remaining > bestValue) break;
          const value = remaining + beta * (urgencyNs(job, nowNs) / unitNs + penalty(job, nowNs, active));
          const isLess = value < bestValue || (value === bestValue && best !== undefined && arrivedBefore(job, best));
          const accelerator = isLess ? place(view, job) : undefined;
          if (accelerator === undefined) continue;
          best = job;
          bestAccelerator = accelerator;
          bestValue = value;
        }
        if (best !== undefined) decisions.run(best, bestAccelerator!, block);
      },
    };
  },
});

function remainingNs(job: ReadyJob): number {
  return job.meanRemainingNs;
}

/** The part of the slack that is not needed to finish: what makes a job less urgent. */
function urgencyNs(job: ReadyJob, nowNs: number): number {
  return Math.max(0, Math.min(job.deadlineNs - nowNs, MAX_SLACK_NS) - remainingNs(job));
}

/** Wait since the job last ran, relative to its isolated time, shared among the active jobs. */
function penalty(job: ReadyJob, nowNs: number, active: number): number {
  return (nowNs - job.lastRanNs) / estimatedNs(job) / active;
}
