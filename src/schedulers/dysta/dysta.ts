// Hot: a scan a decision of the ready jobs that have less left than the chosen one's value.
/**
 * Dysta: the least value = remaining + beta x (urgency + penalty) goes first, a layer at a time. Source: the artifact of
 * Fan et al., Sparse-DySta, MICRO 2023 (github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling), without its sparsity factor,
 * which is 1 if a job's layers take as long as estimated. The value adds a time and a ratio, so it depends on `unitMs`.
 * Adaptation: several accelerators: the remaining time is the mean over them, the isolated time is that of the fastest.
 * The job goes to the idle one that ends its layer first. Running jobs count as active. A job without a deadline has a
 * slack of 2^53 ns (104 days), the most that time can be here, and so comes after those with one.
 */
import type { ReadyJob, View } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { arrivedBefore, noneCanRun, type Place, placeFastest } from "../selection.ts";
import { granularity, lateDrop, layersOf } from "../shared-parameters.ts";
import { DystaValue } from "./dysta-value.ts";

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
    const place = placeFastest(layers);
    const value = new DystaValue(beta, unitMs * 1e6);
    return {
      lateDrop,
      rank: (job) => job.meanRemainingNs,
      decide(view, decisions) {
        value.begin(view);
        const job = leastValue(view, value, place);
        if (job === undefined) return decisions.because(noneCanRun);
        decisions.run(job, place(view, job)!, block);
        if (decisions.explains) decisions.because(value.reason(view, job, place));
      },
    };
  },
});

/** Of the jobs that an idle accelerator can run. */
function leastValue(view: View, value: DystaValue, place: Place): ReadyJob | undefined {
  const { readyJobs } = view;
  let best: ReadyJob | undefined;
  let bestValue = Infinity;
  for (let i = 0; i < readyJobs.length; i++) {
    const job = readyJobs.at(i);
    // A value is at least the remaining time, and jobs further down the list have more of that.
    if (value.remaining(job) > bestValue) break;
    const own = value.of(job);
    const isLess = own < bestValue || (own === bestValue && best !== undefined && arrivedBefore(job, best));
    if (!isLess || place(view, job) === undefined) continue;
    best = job;
    bestValue = own;
  }
  return best;
}
