/**
 * XRBench's runtime, in its two forms. Source: Kwon et al., MLSys 2023, section 4, and its artifact: at each event it goes
 * through the tasks in alphabetical order of model name. The oldest job of each starts, whole, on the best idle
 * accelerator. It repeats this until nothing starts. A job that has not started by its deadline is dropped.
 * Adaptation: two tasks with one model keep file order.
 * Adaptation: where the energy of a job on one of the idle accelerators is not known, xrbench-edp goes by latency.
 */
import type { AcceleratorView, Candidate, ReadyJob, Reason, Scheduler, TaskView, View } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import {
  cheapest,
  type JobCost,
  leastEdp,
  noneCanRun,
  remainingEdp,
  remainingEnergy,
  remainingLatency,
} from "./selection.ts";
import { lateDrop } from "./shared-parameters.ts";

export const xrbenchLatency = greedy({
  name: "xrbench-latency",
  summary: "XRBench's greedy runtime: whole models, on the idle accelerator of least latency",
  costName: "latency",
  cost: remainingLatency,
  place: (idle, job) => cheapest(idle, job, remainingLatency),
});

export const xrbenchEdp = greedy({
  name: "xrbench-edp",
  summary: "XRBench's greedy runtime: whole models, on the idle accelerator of least energy-delay product",
  costName: "energy-delay product",
  cost: remainingEdp,
  place: (idle, job) => leastEdp(idle, job, remainingLatency, remainingEnergy),
});

interface GreedyForm {
  readonly name: string;
  readonly summary: string;
  readonly costName: string;
  readonly cost: JobCost;
  /** The idle accelerator of least cost; undefined if none can run the job. */
  readonly place: (idle: View["idleAccelerators"], job: ReadyJob) => AcceleratorView | undefined;
}

function greedy({ costName, cost, place, ...about }: GreedyForm): Scheduler {
  return defineScheduler({
    ...about,
    source: "Kwon et al., XRBench, MLSys 2023, section 4; artifact github.com/XRBench/XRBench-MLSys2023",
    parameters: { lateDrop },
    create({ tasks }, { lateDrop }) {
      const pass = new Pass(tasks, place);
      return {
        lateDrop,
        decide(view, decisions) {
          const job = pass.nextJob(view);
          if (job === undefined) return decisions.because(noneCanRun);
          const accelerator = place(view.idleAccelerators, job)!;
          decisions.run(job, accelerator);
          if (decisions.explains) decisions.because(placementReason(job, accelerator, view, { costName, cost }));
        },
      };
    },
  });
}

/** A pass over the tasks in order, which may span several calls of one instant. */
class Pass {
  readonly #inOrder: readonly TaskView[];
  readonly #place: GreedyForm["place"];
  #nowNs = -1;
  #next = 0;
  #hasStarted = false;

  constructor(tasks: readonly TaskView[], place: GreedyForm["place"]) {
    this.#inOrder = [...tasks].sort(byModelName);
    this.#place = place;
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
      if (job === undefined || this.#place(view.idleAccelerators, job) === undefined) continue;
      this.#hasStarted = true;
      return job;
    }
  }
}

/** The turn determines the job; the choice is where it runs. */
function placementReason(
  job: ReadyJob,
  chosen: AcceleratorView,
  view: View,
  { costName, cost }: Pick<GreedyForm, "costName" | "cost">,
): Reason {
  const able = view.idleAccelerators.filter((idle) => job.remainingNs(idle) < Infinity);
  const isKnown = able.every((idle) => !Number.isNaN(cost(job, idle)));
  const least = isKnown ? costName : "latency, as an energy is not known";
  const candidates = [chosen, ...able.filter((idle) => idle !== chosen)].map((accelerator): Candidate => {
    const remainingPj = job.remainingPj(accelerator);
    const terms = {
      remainingNs: job.remainingNs(accelerator),
      ...(!Number.isNaN(remainingPj) && { remainingPj }),
    };
    return { job, accelerator, score: isKnown ? cost(job, accelerator) : terms.remainingNs, terms };
  });
  return { rule: `oldest job of the model whose turn it is, at the least ${least}`, best: "least", candidates };
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
