/**
 * Dysta: the job of least value = remaining + beta x (urgency + penalty) goes first, one layer at a time. Source: the
 * artifact of Fan et al., Sparse-DySta, MICRO 2023 (github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling), without its
 * sparsity factor, which is 1 if a job's layers take as long as estimated. The value adds a time and a ratio, so it
 * depends on `unitMs`.
 * Adaptation: on several accelerators the remaining time is the mean over them, and the isolated time is that of the
 * fastest. The job goes to the idle accelerator that ends its layer first. Running jobs count as active. A job without
 * a deadline has a slack of 2^53 ns (104 days), the largest possible time, so it comes after jobs with a deadline.
 */
import { defineScheduler } from "../define-scheduler.ts";
import { noneCanRun, placeFastest } from "../selection.ts";
import { granularity, lateDrop, layersOf } from "../shared-parameters.ts";
import { DystaChoice } from "./dysta-choice.ts";

export const dysta = defineScheduler({
  name: "dysta",
  summary: "least remaining time, corrected by slack and by relative wait, a layer at a time",
  source: "Fan et al., Sparse-DySta, MICRO 2023, as in its artifact",
  parameters: {
    granularity: granularity("layer"),
    beta: { kind: "number", summary: "weight of urgency and penalty against remaining time", default: 0.01, min: 0 },
    unitMs: { kind: "number", summary: "unit in which the value counts time, ms", default: 1, min: 0.000001 },
    lateDrop,
  },
  create(_platform, { granularity, beta, unitMs, lateDrop }) {
    const layers = layersOf(granularity);
    const block = { layers };
    const choice = new DystaChoice(beta, unitMs * 1e6, placeFastest(layers));
    return {
      lateDrop,
      rank: (job) => job.meanRemainingNs,
      decide(view, decisions) {
        choice.find(view);
        const { job, accelerator } = choice;
        if (job === undefined) return decisions.because(noneCanRun);
        decisions.run(job, accelerator!, block);
        if (decisions.explains) decisions.because(choice.reason(view));
      },
    };
  },
});
