// Hot: scores every ready job at every decision.
/** RELIEF's choice from a queue that is read whole. */
import type { AcceleratorView, Candidate, ReadyJob, Reason, View } from "../../core/scheduler.ts";
import { type Laxities, layerNs, placeOf } from "./laxities.ts";

/** The ready jobs by laxity, with what forwarded jobs have taken from it. */
export interface LaxityOrder {
  /** The job of least laxity that an idle accelerator can run. */
  first(view: View): ReadyJob | undefined;
  /** The first job whose layer has just ended and that may stay where it is. */
  forwarded(view: View): ReadyJob | undefined;
  /** Takes the time of a forwarded layer from the laxity of the jobs that it overtakes. */
  holdBack(view: View, forwarded: ReadyJob, takenNs: number): void;
}

export class LaxityQueue implements LaxityOrder {
  readonly #laxities: Laxities;

  constructor(laxities: Laxities) {
    this.#laxities = laxities;
  }

  first(view: View): ReadyJob | undefined {
    let first: ReadyJob | undefined;
    for (const job of view.readyJobs) {
      if (placeOf(job, view) === undefined) continue;
      if (first === undefined || this.#laxities.isAhead(job, first, view.nowNs)) first = job;
    }
    return first;
  }

  forwarded(view: View): ReadyJob | undefined {
    let first: ReadyJob | undefined;
    for (const job of view.readyJobs) {
      if (!job.hasStarted || job.lastRanNs !== view.nowNs || placeOf(job, view) !== job.lastAccelerator) continue;
      if (first !== undefined && !this.#laxities.isAhead(job, first, view.nowNs)) continue;
      if (this.#leastAheadNs(job, view) >= layerNs(job, job.lastAccelerator!)) first = job;
    }
    return first;
  }

  holdBack({ readyJobs, nowNs }: View, forwarded: ReadyJob, takenNs: number): void {
    const overtaken = [...readyJobs].filter(
      (job) => job !== forwarded && this.#laxities.isAhead(job, forwarded, nowNs),
    );
    for (const { slot } of overtaken) this.#laxities.heldBackNs[slot]! += takenNs;
  }

  reason(first: ReadyJob, view: View): Reason {
    const able = [...view.readyJobs].filter((job) => job !== first && placeOf(job, view) !== undefined);
    const candidates = [first, ...able].map((job): Candidate => {
      const laxityNs = this.#laxities.ofNs(job, view.nowNs);
      return {
        job,
        accelerator: placeOf(job, view)!,
        score: this.#laxities.keyNs(job, view.nowNs),
        terms: { laxityNs },
      };
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
      if (other === job || !this.#laxities.isAhead(other, job, nowNs)) continue;
      const laxityNs = this.#laxities.ofNs(other, nowNs);
      if (laxityNs > 0 && laxityNs < leastNs) leastNs = laxityNs;
    }
    return leastNs;
  }
}
