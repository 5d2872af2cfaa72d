/**
 * XRBench's runtime, in its two forms. Source: Kwon et al., MLSys 2023, section 4, and its artifact: at each event it goes
 * through the tasks in alphabetical order of model name. The oldest job of each starts, whole, on the best idle
 * accelerator. It repeats this until nothing starts. A job that has not started by its deadline is dropped.
 * Adaptation: two tasks with one model keep file order.
 */
import type { AcceleratorView, Candidate, ReadyJob, Reason, Scheduler, TaskView, View } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { cheapest, noneCanRun, remainingEdp, remainingLatency } from "./selection.ts";
import { lateDrop } from "./shared-parameters.ts";

export const xrbenchLatency = greedy({
  name: "xrbench-latency",
  summary: "XRBench's greedy runtime: whole models, on the idle accelerator of least latency",
  costName: "latency",
  cost: remainingLatency,
});

export const xrbenchEdp = greedy({
  name: "xrbench-edp",
  summary: "XRBench's greedy runtime: whole models, on the idle accelerator of least energy-delay product",
  costName: "energy-delay product",
  cost: remainingEdp,
});

interface GreedyForm {
  readonly name: string;
  readonly summary: string;
  readonly costName: string;
  readonly cost: (job: ReadyJob, accelerator: AcceleratorView) => number;
}

function greedy({ costName, cost, ...about }: GreedyForm): Scheduler {
  return defineScheduler({
    ...about,
    source: "Kwon et al., XRBench, MLSys 2023, section 4; artifact github.com/XRBench/XRBench-MLSys2023",
    parameters: { lateDrop },
    create({ tasks }, { lateDrop }) {
      const pass = new Pass(tasks, cost);
      return {
        lateDrop,
        decide(view, decisions) {
          const job = pass.nextJob(view);
          if (job === undefined) return decisions.because(noneCanRun);
          decisions.run(job, cheapest(view.idleAccelerators, job, cost)!);
          if (decisions.explains) decisions.because(placementReason(job, view, costName, cost));
        },
      };
    },
  });
}

/** A pass over the tasks in order, which may span several calls of one instant. */
class Pass {
  readonly #inOrder: readonly TaskView[];
  readonly #cost: GreedyForm["cost"];
  #nowNs = -1;
  #next = 0;
  #hasStarted = false;

  constructor(tasks: readonly TaskView[], cost: GreedyForm["cost"]) {
    this.#inOrder = [...tasks].sort(byModelName);
    this.#cost = cost;
  }

  /** The next job to start; undefined once a whole pass has started nothing. */
  nextJob(view: View): ReadyJob | undefined {
    if (view.nowNs !== this.#nowNs) this.#next = 0;
    this.#nowNs = view.nowNs;
    if (this.#next === 0) this.#hasStarted = false;
    for (;;) {
      if (this.#next === this.#inOrder.length) {
        this.#next = 0;
        if (!this.#hasStarted) return undefined;
        this.#hasStarted = false;
      }
      const job = oldestOf(view, this.#inOrder[this.#next++]!);
      if (job === undefined || cheapest(view.idleAccelerators, job, this.#cost) === undefined) continue;
      this.#hasStarted = true;
      return job;
    }
  }
}

/** The turn determines the job; the choice is where it runs. */
function placementReason(job: ReadyJob, view: View, costName: string, cost: GreedyForm["cost"]): Reason {
  const chosen = cheapest(view.idleAccelerators, job, cost);
  const others = view.idleAccelerators.filter((idle) => idle !== chosen && cost(job, idle) < Infinity);
  const candidates = [chosen!, ...others].map((accelerator): Candidate => {
    const terms = { remainingNs: job.remainingNs(accelerator), remainingPj: job.remainingPj(accelerator) };
    return { job, accelerator, score: cost(job, accelerator), terms };
  });
  return { rule: `oldest job of the model whose turn it is, at the least ${costName}`, best: "least", candidates };
}

/** By code units, because a locale must not change results. */
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
