/**
 * First come, first served, with each task pinned to one accelerator offline. Source: static FCFS in DREAM (ASPLOS 2023).
 * Adaptation: the paper does not say how tasks are pinned. Here the heaviest task (by its least load) comes first; each goes
 * to the accelerator whose load (rate x latency of a whole job) is then least.
 */
import type { AcceleratorView, Candidate, Platform, Reason, TaskView, View } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { runFirstPlaced } from "./ranked.ts";
import type { Place } from "./selection.ts";
import { granularity, lateDrop, layersOf } from "./shared-parameters.ts";

export const fcfsStatic = defineScheduler({
  name: "fcfs-static",
  summary: "first come, first served, each task pinned offline to one accelerator",
  source: "static FCFS baseline of DREAM (ASPLOS 2023)",
  parameters: { granularity: granularity("model"), lateDrop },
  create(platform, { granularity, lateDrop }) {
    const layers = layersOf(granularity);
    const pinnedTo = pins(platform);
    const place: Place = ({ idleAccelerators }, job) => {
      const accelerator = pinnedTo[job.task.index];
      return accelerator !== undefined && idleAccelerators.includes(accelerator) ? accelerator : undefined;
    };
    const decide = runFirstPlaced(layers, place, {
      chosen: (index, view) => choiceReason(index, view, pinnedTo),
      waits: pinnedElsewhere,
    });
    return { lateDrop, inOrder: { layers, decide, pinnedTo: ({ index }) => pinnedTo[index] }, decide };
  },
});

const pinnedElsewhere: Reason = { rule: "every ready job's accelerator busy, or none able to run it" };

/** `chosen` is the job's place in order; candidates behind it are those pinned to an idle accelerator. */
function choiceReason(chosen: number, { readyJobs }: View, pinnedTo: Pins): Reason {
  const candidates = [...readyJobs].slice(chosen).flatMap((job): Candidate[] => {
    const accelerator = pinnedTo[job.task.index];
    if (accelerator === undefined || accelerator.freeUnits === 0) return [];
    return [{ job, accelerator, score: job.releaseNs, terms: { releaseNs: job.releaseNs } }];
  });
  return { rule: "first come, on the accelerator of its task", best: "least", candidates };
}

/** The accelerator of each task; undefined if none can run it. */
type Pins = readonly (AcceleratorView | undefined)[];

function pins({ tasks, accelerators }: Platform): Pins {
  const loads = accelerators.map(() => 0);
  const pinnedTo: AcceleratorView[] = [];
  const leastLoad = (task: TaskView) => Math.min(...accelerators.map((accelerator) => load(task, tasks, accelerator)));
  const byWeight = [...tasks].sort((a, b) => leastLoad(b) - leastLoad(a) || a.index - b.index);
  for (const task of byWeight) {
    const after = accelerators.map((accelerator, index) => loads[index]! + load(task, tasks, accelerator));
    const best = after.indexOf(Math.min(...after));
    if (after[best] === Infinity) continue;
    loads[best] = after[best]!;
    pinnedTo[task.index] = accelerators[best]!;
  }
  return pinnedTo;
}

/**
 * Share of an accelerator that a task needs; Infinity if it cannot run there. Without a rate, one job per second
 * counts.
 */
function load(task: TaskView, tasks: readonly TaskView[], accelerator: AcceleratorView): number {
  const latencyNs = task.isolatedNs(accelerator);
  return latencyNs === Infinity ? Infinity : ((task.ratePerS ?? 1) * reach(task, tasks) * latencyNs) / 1e9;
}

/** Probability that a frame reaches a task. */
function reach(task: TaskView, tasks: readonly TaskView[]): number {
  return task.parents.reduce((share, parent) => share * reach(tasks[parent]!, tasks), task.probability);
}
