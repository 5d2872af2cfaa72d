/**
 * Planaria on one accelerator that is never split, as in the Dysta artifact: score = priority / slack, decided before
 * every layer. Jobs past their deadline go last, the latest arrival first (selection.ts). Source:
 * docs/references.md#dysta-policies.
 * Adaptation: on several accelerators the chosen job gets the one that runs its next layer soonest; jobs that none of
 * the idle ones can run are passed over.
 */
import type { ReadyJob } from "../../../src/core/scheduler.ts";
import { defineScheduler } from "../../../src/schedulers/define-scheduler.ts";
import { fastestForLayer, oneLayer } from "../../../src/schedulers/selection.ts";
import { lateDrop } from "../../../src/schedulers/shared-parameters.ts";
import { dystaChoice } from "./selection.ts";

export const planariaDysta = defineScheduler({
  name: "planaria-dysta",
  summary: "Planaria as the Dysta artifact has it: priority / slack on one unsplit accelerator, a layer at a time",
  source: "Dysta artifact github.com/SamsungLabs/Sparse-Multi-DNN-Scheduling (Sparse-DySta, MICRO 2023)",
  parameters: { lateDrop },
  create(_platform, { lateDrop }) {
    return {
      lateDrop,
      decide(view, decisions) {
        const job = dystaChoice(view, priorityOverSlack);
        if (job !== undefined) decisions.run(job, fastestForLayer(view, job)!, oneLayer);
      },
    };
  },
});

/** Infinite at the deadline, negative after it. */
const priorityOverSlack = (job: ReadyJob, nowNs: number): number => job.priority / (job.deadlineNs - nowNs);
