// Hot: runs at every decision.
/** Chooses where a Veltair block runs, and keeps the last choice. */
import type { AcceleratorView, Candidate, ReadyJob, Reason } from "../../core/scheduler.ts";

export class Placement {
  accelerator: AcceleratorView | undefined = undefined;
  units = 0;
  #latencyNs = 0;
  #isFastEnough = false;

  /** Chooses the least capable accelerator that takes at most `shareNs`, or else the fastest; false if none can run the block. */
  find(idleAccelerators: readonly AcceleratorView[], job: ReadyJob, layers: number, shareNs: number): boolean {
    this.accelerator = undefined;
    this.#isFastEnough = false;
    for (const accelerator of idleAccelerators) this.#consider(accelerator, job, layers, shareNs);
    return this.accelerator !== undefined;
  }

  #consider(accelerator: AcceleratorView, job: ReadyJob, layers: number, shareNs: number): void {
    for (let units = 1; units <= accelerator.freeUnits; units++) {
      const latencyNs = job.blockNs(layers, accelerator, units);
      if (latencyNs === Infinity) continue;
      if (latencyNs <= shareNs) {
        if (!this.#isFastEnough || latencyNs > this.#latencyNs) this.#take(accelerator, units, latencyNs, true);
        return;
      }
      if (!this.#isFastEnough && (this.accelerator === undefined || latencyNs < this.#latencyNs)) {
        this.#take(accelerator, units, latencyNs, false);
      }
    }
  }

  #take(accelerator: AcceleratorView, units: number, latencyNs: number, isFastEnough: boolean): void {
    this.accelerator = accelerator;
    this.units = units;
    this.#latencyNs = latencyNs;
    this.#isFastEnough = isFastEnough;
  }

  /** Explains the choice of `find` among these accelerators, with the speed of the others. */
  reason(idleAccelerators: readonly AcceleratorView[], job: ReadyJob, layers: number, shareNs: number): Reason {
    const others = idleAccelerators.filter((idle) => idle !== this.accelerator);
    const alone = others.flatMap((idle) => {
      const placement = new Placement();
      return placement.find([idle], job, layers, shareNs) ? [placement] : [];
    });
    const candidates = [this, ...alone].map((found): Candidate => {
      const terms = { layers, units: found.units, blockNs: found.#latencyNs, shareNs };
      // An accelerator that is too slow does not compete with one that is fast enough.
      const score = found.#isFastEnough === this.#isFastEnough ? { score: found.#latencyNs } : {};
      return { job, accelerator: found.accelerator!, ...score, terms };
    });
    return this.#isFastEnough
      ? { rule: "least capable accelerator that is fast enough for the block's share", best: "most", candidates }
      : { rule: "fastest accelerator, as none is fast enough for the block's share", best: "least", candidates };
  }
}
