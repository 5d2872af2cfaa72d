// Hot: scores every ready job at every decision.
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
import type { AcceleratorView, Candidate, ReadyJob, Reason, View } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { arrivedBefore, cheapest, noneCanRun, oneLayer } from "./selection.ts";
import { lateDrop } from "./shared-parameters.ts";

export const relief = defineScheduler({
  name: "relief",
  summary: "least laxity first, but a job stays on its accelerator where the jobs ahead of it have time for that",
  source: "Gupta and Dwarkadas, RELIEF, HPCA 2024, as in its artifact",
  parameters: {
    hopeless: {
      kind: "choice",
      summary: "where jobs without laxity left go: first, as others by laxity, or last (RELIEF-LAX)",
      default: "first",
      choices: ["first", "last"],
    },
    lateDrop,
  },
  create(_platform, { hopeless, lateDrop }) {
    const queue = new LaxityQueue(hopeless === "last");
    return {
      lateDrop,
      jobReleased: (job) => queue.restart(job),
      decide(view, decisions) {
        const forwarded = queue.forwarded(view);
        const job = forwarded ?? queue.first(view);
        if (job === undefined) return decisions.because(noneCanRun);
        const accelerator = placeOf(job, view)!;
        decisions.run(job, accelerator, oneLayer);
        if (decisions.explains) {
          decisions.because(forwarded ? queue.forwardReason(job, accelerator, view) : queue.reason(job, view));
        }
        if (forwarded) queue.holdBack(view, job, layerNs(job, accelerator));
        queue.restart(job);
      },
    };
  },
});

/** The ready jobs by laxity, with what forwarded jobs have taken from it. */
class LaxityQueue {
  readonly #areHopelessLast: boolean;
  /** By slot: time that forwarded jobs have taken from the job's next layer, ns. */
  readonly #heldBackNs: number[] = [];

  constructor(areHopelessLast: boolean) {
    this.#areHopelessLast = areHopelessLast;
  }

  /** A new layer starts with all of its laxity. */
  restart(job: ReadyJob): void {
    this.#heldBackNs[job.slot] = 0;
  }

  /** The job of least laxity that an idle accelerator can run. */
  first(view: View): ReadyJob | undefined {
    let first: ReadyJob | undefined;
    for (const job of view.readyJobs) {
      if (placeOf(job, view) === undefined) continue;
      if (first === undefined || this.#isAhead(job, first, view.nowNs)) first = job;
    }
    return first;
  }

  /** The first job whose layer has just ended and that may stay where it is. */
  forwarded(view: View): ReadyJob | undefined {
    let first: ReadyJob | undefined;
    for (const job of view.readyJobs) {
      if (!job.hasStarted || job.lastRanNs !== view.nowNs || placeOf(job, view) !== job.lastAccelerator) continue;
      if (first !== undefined && !this.#isAhead(job, first, view.nowNs)) continue;
      if (this.#leastAheadNs(job, view) >= layerNs(job, job.lastAccelerator!)) first = job;
    }
    return first;
  }

  /** Takes the time of a forwarded layer from the laxity of the jobs that it overtakes. */
  holdBack({ readyJobs, nowNs }: View, forwarded: ReadyJob, takenNs: number): void {
    const overtaken = [...readyJobs].filter((job) => job !== forwarded && this.#isAhead(job, forwarded, nowNs));
    for (const { slot } of overtaken) this.#heldBackNs[slot]! += takenNs;
  }

  reason(first: ReadyJob, view: View): Reason {
    const able = [...view.readyJobs].filter((job) => job !== first && placeOf(job, view) !== undefined);
    const candidates = [first, ...able].map((job): Candidate => {
      const laxityNs = this.#laxityNs(job, view.nowNs);
      return { job, accelerator: placeOf(job, view)!, score: this.#keyNs(job, view.nowNs), terms: { laxityNs } };
    });
    return { rule: "least laxity", best: "least", candidates };
  }

  forwardReason(job: ReadyJob, accelerator: AcceleratorView, view: View): Reason {
    const leastAheadNs = this.#leastAheadNs(job, view);
    const terms = { layerNs: layerNs(job, accelerator), ...(leastAheadNs < Infinity && { leastAheadNs }) };
    return { rule: "stays where it is: the jobs ahead have time for that", candidates: [{ job, accelerator, terms }] };
  }

  /** The least laxity, of those above 0, of the jobs ahead; Infinity if there are none. */
  #leastAheadNs(job: ReadyJob, { readyJobs, nowNs }: View): number {
    let leastNs = Infinity;
    for (const other of readyJobs) {
      if (other === job || !this.#isAhead(other, job, nowNs)) continue;
      const laxityNs = this.#laxityNs(other, nowNs);
      if (laxityNs > 0 && laxityNs < leastNs) leastNs = laxityNs;
    }
    return leastNs;
  }

  #isAhead(a: ReadyJob, b: ReadyJob, nowNs: number): boolean {
    const [aNs, bNs] = [this.#keyNs(a, nowNs), this.#keyNs(b, nowNs)];
    return aNs < bNs || (aNs === bNs && arrivedBefore(a, b));
  }

  /** What the order goes by. */
  #keyNs(job: ReadyJob, nowNs: number): number {
    const laxityNs = this.#laxityNs(job, nowNs);
    return this.#areHopelessLast && laxityNs <= 0 ? Infinity : laxityNs;
  }

  #laxityNs({ deadlineNs, minRemainingNs, slot }: ReadyJob, nowNs: number): number {
    // Infinite without a deadline, even for a job that no accelerator can run.
    return deadlineNs === Infinity ? Infinity : deadlineNs - nowNs - minRemainingNs - this.#heldBackNs[slot]!;
  }
}

const layerNs = (job: ReadyJob, accelerator: AcceleratorView): number =>
  job.switchNs(accelerator) + job.latencyNs(accelerator);

/** The idle accelerator that ends the job's next layer first. */
const placeOf = (job: ReadyJob, { idleAccelerators }: View): AcceleratorView | undefined =>
  cheapest(idleAccelerators, job, layerNs);
