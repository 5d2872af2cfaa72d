/**
 * Terastal: virtual budgets per layer, found offline, by which an online scheduler chooses an accelerator and a variant.
 * Source: Wu, Song and Bozorgzadeh, Terastal, RTCSA 2026, arXiv 2606.06818. Only its abstract was available to us. It says:
 * offline, a "heterogeneity-aware virtual budget assignment" and the design of layer variants; online, scheduling that
 * chooses accelerator and variant together "under timing and accuracy constraints". No formula is from the paper.
 * Adaptation: a layer's virtual budget is its least latency over the accelerators, plus a share of the job's slack by its
 * latency gap: most less least latency over the accelerators that can run it. With no gaps (or `budget=work`) the share
 * goes by the least latency. If even the fastest path takes longer than the deadline, budgets shrink in proportion.
 * Adaptation: jobs go by their deadlines, or by the virtual deadline of their next layer (`order`), a layer at a time;
 * nothing that runs is stopped.
 * Adaptation: a layer runs on the idle accelerator that ends it first (switch included), if that is by its virtual
 * deadline. If no idle accelerator ends it by then but a busy one will, once its own layer has ended, the job waits
 * (`wait`) and the next job in order is looked at. If no accelerator does, the layer runs where it ends first.
 * Adaptation: the paper's variants belong to a layer and an accelerator. rtmm's belong to a model, so a variant is chosen
 * for a job that has not started: the heaviest one that ends its first layer within its own virtual budget.
 * Adaptation: the accuracy constraint is `lighterShare`, the greatest share of a task's jobs that may run a lighter
 * variant: a policy here sees no accuracies.
 */
import type { Reason } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { oneLayer } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";
import { LighterJobs } from "./lighter-jobs.ts";
import { Mapping } from "./mapping.ts";
import { VirtualBudgets } from "./virtual-budgets.ts";

export const terastal = defineScheduler({
  name: "terastal",
  summary: "earliest deadline first; accelerator and variant by the virtual budget of each layer",
  source: "Wu et al., Terastal, RTCSA 2026, arXiv 2606.06818, by its abstract",
  parameters: {
    budget: {
      kind: "choice",
      summary: "what a layer's share of the slack goes by: its latency gap between accelerators, or its least latency",
      default: "gap",
      choices: ["gap", "work"],
    },
    order: {
      kind: "choice",
      summary: "what comes first: the job's deadline, or the virtual deadline of its next layer",
      default: "job",
      choices: ["job", "layer"],
    },
    wait: {
      kind: "choice",
      summary:
        "when a layer waits for a busy accelerator: to end in its budget, to end sooner than elsewhere, or never",
      default: "budget",
      choices: ["budget", "sooner", "never"],
    },
    lighterShare: {
      kind: "number",
      summary: "greatest share of a task's jobs that may run a lighter variant",
      default: 1,
      min: 0,
      max: 1,
    },
    lateDrop,
  },
  create(platform, { budget, order, wait, lighterShare, lateDrop }) {
    const budgets = new VirtualBudgets(platform, budget);
    const lighterJobs = new LighterJobs(platform, lighterShare);
    const mapping = new Mapping(budgets, wait);
    return {
      lateDrop,
      rank: order === "job" ? (job) => job.deadlineNs : (job) => budgets.virtualDeadlineNs(job),
      jobReleased: (job) => lighterJobs.jobReleased(job),
      decide(view, decisions) {
        for (let i = 0; i < view.readyJobs.length; i++) {
          const job = view.readyJobs.at(i);
          if (!mapping.find(job, lighterJobs.variantsFor(job), view)) continue;
          if (mapping.variantIndex !== job.variantIndex) {
            lighterJobs.chosen(job, mapping.variantIndex);
            decisions.chooseVariant(job, mapping.variantIndex);
            if (decisions.explains) decisions.because(mapping.variantReason(job, view));
          }
          // With the variant, in one call: a variant that has been chosen is not put up for choice again before it runs.
          decisions.run(job, mapping.accelerator!, oneLayer);
          if (decisions.explains) decisions.because(mapping.reason(job, view));
          return;
        }
        decisions.because(nothingBetterNow);
      },
    };
  },
});

const nothingBetterNow: Reason = {
  rule: "every ready job waits for a busy accelerator, or none that is idle can run it",
};
