/**
 * Veltair's layer blocks. Source: Liu et al., VELTAIR, ASPLOS 2022, where blocks of layers share a CPU's cores. Here blocks
 * are served first come, first served, on the least capable idle accelerator that is fast enough.
 * Adaptation: a block is the longest run of layers, at least one, whose latency on the job's reference accelerator (the one
 * that would finish the job soonest) is at most the threshold.
 * Adaptation: the threshold is `blockShare` x the mean latency of the tasks' models on their fastest accelerators. With
 * `threshold=adaptive` it is divided by the live jobs per accelerator if they are more than one, so blocks get shorter
 * under load. The paper adapts a threshold of cores to the load in the same direction.
 * Adaptation: a block's share of the deadline is (deadline - now) x its latency / the job's remaining latency, both on the
 * reference accelerator.
 * Adaptation: least capable means the fewest units of a split accelerator, and the slowest of several accelerators. If none
 * is fast enough, the fastest idle one runs the block.
 * Adaptation: a block arrives when the one before it has ended (`order=block`), or with its job (`order=job`).
 */
import type { AcceleratorView, Platform, ReadyJob, TaskView } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { cheapest, noneCanRun, remainingLatency } from "../selection.ts";
import { lateDrop } from "../shared-parameters.ts";
import { layersWithin } from "./blocks.ts";
import { Placement } from "./placement.ts";

export const veltair = defineScheduler({
  name: "veltair",
  summary: "blocks of layers, first come, first served, on the least capable accelerator that is fast enough",
  source: "Liu et al., VELTAIR, ASPLOS 2022, adapted to accelerators",
  parameters: {
    blockShare: {
      kind: "number",
      summary: "latency threshold of a block without competition, as a share of the mean model's latency",
      default: 1,
      min: 0,
      max: 1000,
    },
    threshold: {
      kind: "choice",
      summary: "whether blocks get shorter with more live jobs per accelerator (adaptive) or not (fixed)",
      default: "adaptive",
      choices: ["adaptive", "fixed"],
    },
    order: {
      kind: "choice",
      summary: "what is served first come, first served: blocks as they become ready, or jobs as they are released",
      default: "block",
      choices: ["block", "job"],
    },
    lateDrop,
  },
  create({ accelerators, tasks }, { blockShare, threshold, order, lateDrop }) {
    const thresholdNs = blockShare * meanModelNs({ accelerators, tasks });
    const isAdaptive = threshold === "adaptive";
    const placement = new Placement();
    const block = { layers: 1, units: 1 };
    let liveJobs = 0;
    return {
      lateDrop,
      ...(order === "block" ? { rank: readySince } : {}),
      jobReleased() {
        liveJobs += 1;
      },
      jobEnded() {
        liveJobs -= 1;
      },
      decide(view, decisions) {
        const load = isAdaptive ? Math.max(1, liveJobs / accelerators.length) : 1;
        for (let i = 0; i < view.readyJobs.length; i++) {
          const job = view.readyJobs.at(i);
          const reference = cheapest(accelerators, job, remainingLatency);
          const layers = reference === undefined ? 1 : layersWithin(thresholdNs / load, job, reference);
          const shareNs = reference === undefined ? 0 : shareOfDeadlineNs(job, layers, reference, view.nowNs);
          if (!placement.find(view.idleAccelerators, job, layers, shareNs)) continue;
          block.layers = layers;
          block.units = placement.units;
          decisions.run(job, placement.accelerator!, block);
          if (decisions.explains) decisions.because(placement.reason(view.idleAccelerators, job, layers, shareNs));
          return;
        }
        decisions.because(noneCanRun);
      },
    };
  },
});

/** Rank: when the job's next block became ready. */
const readySince = (job: ReadyJob): number => job.lastRanNs;

/** The time that a block may take so that the rest can be in time at the speed of the reference accelerator. */
function shareOfDeadlineNs(job: ReadyJob, layers: number, reference: AcceleratorView, nowNs: number): number {
  const remainingNs = Math.max(1, job.remainingNs(reference));
  return ((job.deadlineNs - nowNs) * job.blockNs(layers, reference)) / remainingNs;
}

/** The mean latency of a whole model on its fastest accelerator, over the tasks that can run. */
function meanModelNs({ accelerators, tasks }: Platform): number {
  const fastest = (task: TaskView) => Math.min(...accelerators.map((accelerator) => task.isolatedNs(accelerator)));
  const latencies = tasks.map(fastest).filter(Number.isFinite);
  return latencies.reduce((sum, ns) => sum + ns, 0) / Math.max(1, latencies.length);
}
