/**
 * RELIEF: least laxity, relaxed so that a job stays where its activations are. Source: Gupta and Dwarkadas, RELIEF, HPCA
 * 2024, as in its artifact (github.com/Sacusa/gem5-SALAM, branch HPCA_2024, benchmarks/scheduler/sw/runtime.c, policies ELF
 * and ELFD): when a node has ended, its child goes to the front of the queue if, of the nodes that it overtakes, the first
 * with laxity left has at least as much as the child takes; their laxities then shrink by that time.
 * Adaptation: a node is a layer, and its deadline is the job's less the least time of the layers after it.
 * Adaptation: the artifact has a queue for each type of accelerator, of which a node needs one. Here one list serves all:
 * a job is forwarded if the idle accelerator that ends its next layer first (switch included) is the one that it was on.
 * Adaptation: a job that is not forwarded at once is looked at again after each dispatch of the same instant.
 * Adaptation: with `hopeless=last` (RELIEF-LAX, ELFD) laxity is looked at when deciding, not when a node becomes ready.
 */
import type { Platform, Policy } from "../../core/scheduler.ts";
import { defineScheduler, type ParameterDeclarations, type ValuesOf } from "../define-scheduler.ts";
import { LONG_QUEUE, LongQueue } from "../long-queue.ts";
import { noneCanRun, oneLayer } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";
import { Laxities, layerNs, placeOf } from "./laxities.ts";
import { LaxityIndex } from "./laxity-index.ts";
import { LaxityQueue } from "./laxity-queue.ts";

export const reliefParameters = {
  hopeless: {
    kind: "choice",
    summary: "where jobs without laxity left go: first, as others by laxity, or last (RELIEF-LAX)",
    default: "first",
    choices: ["first", "last"],
  },
  lateDrop,
} satisfies ParameterDeclarations;

export const relief = defineScheduler({
  name: "relief",
  summary: "least laxity first, but a job stays on its accelerator where the jobs ahead of it have time for that",
  source: "Gupta and Dwarkadas, RELIEF, HPCA 2024, as in its artifact",
  parameters: reliefParameters,
  create: (platform, parameters) => reliefPolicy(platform, parameters, LONG_QUEUE),
});

/** `longQueue`: number of waiting jobs above which they are indexed, at least 2. It changes the speed only. */
export function reliefPolicy(
  platform: Platform,
  { hopeless, lateDrop }: ValuesOf<typeof reliefParameters>,
  longQueue: number,
): Policy {
  const laxities = new Laxities(hopeless === "last");
  const whole = new LaxityQueue(laxities);
  const index = new LaxityIndex(laxities);
  const queue = new LongQueue(index, longQueue);
  let isExact = areWhole(platform);
  return {
    lateDrop,
    jobReleased(job) {
      laxities.restart(job);
      queue.released(job);
      if (!isExact || Number.isInteger(job.scale)) return;
      isExact = false;
      queue.clear();
    },
    jobEnded: (job) => queue.ended(job),
    decide(view, decisions) {
      const jobs = isExact && !decisions.explains && queue.isIndexed(view) ? index : whole;
      const forwarded = jobs.forwarded(view);
      const job = forwarded ?? jobs.first(view);
      if (job === undefined) return decisions.because(noneCanRun);
      const accelerator = placeOf(job, view)!;
      decisions.run(job, accelerator, oneLayer);
      if (decisions.explains) {
        decisions.because(forwarded ? whole.forwardReason(job, accelerator, view) : whole.reason(job, view));
      }
      if (forwarded) jobs.holdBack(view, job, layerNs(job, accelerator));
      queue.runs(job);
      laxities.restart(job);
    },
  };
}

/** Whether all that is left of jobs of scale 1 takes whole ns: then the index is exact, in whatever order it subtracts. */
function areWhole({ tasks }: Platform): boolean {
  return tasks.every((task) =>
    task.variantNames.every((_, variant) => {
      const costs = task.layerCosts(variant);
      const layers = Array.from({ length: costs.length }, (_, layer) => costs.minRemainingNs(layer));
      return layers.every((ns) => ns === Infinity || Number.isInteger(ns));
    }),
  );
}
