// Hot: several calls for each ready job that a decision looks at.
/** RELIEF's laxities of the ready jobs, and their order. */
import type { AcceleratorView, ReadyJob, View } from "../../core/scheduler.ts";
import { cheapest, comesBefore } from "../selection.ts";

export class Laxities {
  readonly areHopelessLast: boolean;
  /** By slot: time that forwarded jobs have taken from the job's next layer, ns. */
  readonly heldBackNs: number[] = [];

  constructor(areHopelessLast: boolean) {
    this.areHopelessLast = areHopelessLast;
  }

  /** A new layer starts with all of its laxity. */
  restart(job: ReadyJob): void {
    this.heldBackNs[job.slot] = 0;
  }

  isAhead(a: ReadyJob, b: ReadyJob, nowNs: number): boolean {
    return comesBefore(this.keyNs(a, nowNs), a, this.keyNs(b, nowNs), b);
  }

  /** What the order goes by. */
  keyNs(job: ReadyJob, nowNs: number): number {
    const laxityNs = this.ofNs(job, nowNs);
    return this.areHopelessLast && laxityNs <= 0 ? Infinity : laxityNs;
  }

  ofNs({ deadlineNs, minRemainingNs, slot }: ReadyJob, nowNs: number): number {
    // Infinite without a deadline, even for a job that no accelerator can run.
    return deadlineNs === Infinity ? Infinity : deadlineNs - nowNs - minRemainingNs - this.heldBackNs[slot]!;
  }
}

/** Time of the job's next layer, with the switch to it. */
export const layerNs = (job: ReadyJob, accelerator: AcceleratorView): number =>
  job.switchNs(accelerator) + job.latencyNs(accelerator);

/** The idle accelerator that ends the job's next layer first. */
export const placeOf = (job: ReadyJob, { idleAccelerators }: View): AcceleratorView | undefined =>
  cheapest(idleAccelerators, job, layerNs);
