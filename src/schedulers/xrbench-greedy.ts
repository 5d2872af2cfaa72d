/**
 * XRBench's runtime, in its two forms. Source: Kwon et al., MLSys 2023, section 4, and its artifact: at each event the
 * tasks are looked at in alphabetical order of model name; the oldest request of each starts, whole, on the best idle
 * accelerator; again, until nothing starts. A request that has not started by its deadline is dropped.
 * Adaptation: two tasks with one model keep file order.
 */
import type { AcceleratorView, ReadyJob, Scheduler, TaskView, View } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { cheapest, remainingEdp, remainingLatency } from "./selection.ts";
import { lateDrop } from "./shared-parameters.ts";

export const xrbenchLatency = greedy(
  "xrbench-latency",
  "XRBench's greedy runtime: whole models, on the idle accelerator of least latency",
  remainingLatency,
);

export const xrbenchEdp = greedy(
  "xrbench-edp",
  "XRBench's greedy runtime: whole models, on the idle accelerator of least energy-delay product",
  remainingEdp,
);

function greedy(
  name: string,
  summary: string,
  cost: (job: ReadyJob, accelerator: AcceleratorView) => number,
): Scheduler {
  return defineScheduler({
    name,
    summary,
    source: "Kwon et al., XRBench, MLSys 2023, section 4; artifact github.com/XRBench/XRBench-MLSys2023",
    parameters: { lateDrop },
    create({ tasks }, { lateDrop }) {
      const inOrder = [...tasks].sort(byModelName);
      // A pass over the tasks may span several calls of one instant.
      let nowNs = -1;
      let next = 0;
      let startedInPass = false;
      return {
        lateDrop,
        decide(view, decisions) {
          if (view.nowNs !== nowNs) next = 0;
          nowNs = view.nowNs;
          if (next === 0) startedInPass = false;
          for (;;) {
            if (next === inOrder.length) {
              next = 0;
              if (!startedInPass) return;
              startedInPass = false;
            }
            const job = oldestOf(view, inOrder[next++]!);
            const accelerator = job && cheapest(view.idleAccelerators, job, cost);
            if (accelerator === undefined) continue;
            startedInPass = true;
            return decisions.run(job!, accelerator);
          }
        },
      };
    },
  });
}

/** By code units: no locale may show in a result. */
function byModelName(a: TaskView, b: TaskView): number {
  if (a.modelName === b.modelName) return a.index - b.index;
  return a.modelName < b.modelName ? -1 : 1;
}

function oldestOf(view: View, task: TaskView): ReadyJob | undefined {
  for (let i = 0; i < view.readyJobs.length; i++) {
    if (view.readyJobs.at(i).task === task) return view.readyJobs.at(i);
  }
  return undefined;
}
