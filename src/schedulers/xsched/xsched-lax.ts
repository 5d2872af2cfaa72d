/**
 * LAX, XSched's variant of least laxity first. Source: Shen et al., XSched, OSDI 2025, section 8 (case 2), as in its code
 * (github.com/XpuOS/xsched, sched/src/policy/lax.cpp): a queue has the default priority until it has been ready for its
 * laxity, and its own priority from then on. Queues below the highest priority of all are suspended. A timer ends laxities.
 * Adaptation: a queue is a job. Its laxity, which XSched's users give, is its relative deadline less `reserve` times its
 * least time; without a deadline it never ends. The lax priority is 0, which is XSched's default, for all jobs.
 * Adaptation: jobs of one priority run first come, first served, as on the NPU of case 2, a layer at a time, each on the
 * idle accelerator that ends its layer first. With `mechanism`, a waiting job also stops a running layer (see preemptor.ts).
 * Adaptation: XSched holds back lower priorities on every device, which is `scope=system`. It was used on one device, and on
 * several that idles some, so by default a job holds back only work on the accelerator that it needs.
 */
import type { Policy, Reason, RunningView } from "../../core/scheduler.ts";
import { defineScheduler, type ParameterDeclarations, type ValuesOf } from "../define-scheduler.ts";
import { LONG_QUEUE, LongQueue } from "../long-queue.ts";
import { mechanism } from "../preemption-mechanism.ts";
import { Preemptor } from "../preemptor.ts";
import { fastestForLayer, noneCanRun, oneLayer } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";
import { LaxRules } from "./lax-rules.ts";
import { LevelIndex } from "./level-index.ts";
import { LevelQueue } from "./level-queue.ts";
import { Levels } from "./levels.ts";

const heldBack: Reason = { rule: "work of a higher priority waits or runs" };

export const xschedLaxParameters = {
  reserve: {
    kind: "number",
    summary: "a job has used up its laxity when this many times its least time are left to its deadline",
    default: 1,
    min: 0,
    max: 10,
  },
  scope: {
    kind: "choice",
    summary: "what a job of higher priority holds back: work on the accelerator that it needs, or on all (system)",
    default: "accelerator",
    choices: ["accelerator", "system"],
  },
  lateDrop,
  mechanism: mechanism("none"),
} satisfies ParameterDeclarations;

export const xschedLax = defineScheduler({
  name: "xsched-lax",
  summary: "first come, first served, but jobs that have used up their laxity go first, by priority",
  source: "Shen et al., XSched, OSDI 2025, section 8 (case 2), as in its code (policy LAX)",
  parameters: xschedLaxParameters,
  create: (_platform, parameters) => xschedLaxPolicy(parameters, LONG_QUEUE),
});

/** `longQueue`: number of waiting jobs above which they are indexed, at least 2. It changes the speed only. */
export function xschedLaxPolicy(
  { reserve, scope, lateDrop, mechanism }: ValuesOf<typeof xschedLaxParameters>,
  longQueue: number,
): Policy {
  const levels = new Levels(reserve);
  const whole = new LevelQueue(levels);
  const index = new LevelIndex(levels);
  const queue = new LongQueue(index, longQueue);
  const rules = new LaxRules(levels);
  const orderOf = (view: RunningView) => (queue.isIndexed(view) ? index : whole);
  const isSystemWide = scope === "system";
  const preemptor = mechanism === "none" ? undefined : new Preemptor(rules, mechanism);
  // Without either, a job that becomes critical changes nothing before a layer ends.
  const hasTimer = isSystemWide || preemptor !== undefined;
  return {
    lateDrop,
    jobReleased(job) {
      levels.begin(job);
      queue.released(job);
    },
    jobEnded: (job) => queue.ended(job),
    decide(view, decisions) {
      const order = orderOf(view);
      const job = order.first(view, (each) => fastestForLayer(view, each) !== undefined);
      const isHeldBack = job !== undefined && isSystemWide && rules.isOutranked(job, view, order);
      // Before the job runs: then it waits no more.
      if (hasTimer) decisions.wakeAt(order.nextChangeNs(view));
      if (job === undefined) decisions.because(noneCanRun);
      else if (isHeldBack) {
        if (decisions.explains) decisions.because(heldBack);
      } else {
        decisions.run(job, fastestForLayer(view, job)!, oneLayer);
        if (decisions.explains) decisions.because(rules.choiceReason(job, view));
        queue.runs(job);
      }
    },
    ...(preemptor !== undefined && {
      preempt(view, decisions) {
        rules.begin(orderOf(view), view.nowNs);
        preemptor.preempt(view, decisions);
        decisions.wakeAt(rules.order.nextChangeNs(view));
      },
    }),
  };
}
