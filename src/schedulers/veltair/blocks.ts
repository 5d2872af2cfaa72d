// Hot: asked for at every decision.
/** Blocks of layers (Veltair): how long they get, and where they run. */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";

/** The most layers of what is left, at least one, that take at most `thresholdNs` on an accelerator. */
export function layersWithin(thresholdNs: number, job: ReadyJob, accelerator: AcceleratorView): number {
  const { layersLeft } = job;
  if (job.remainingNs(accelerator) <= thresholdNs) return layersLeft;
  let most = 1;
  let tooMany = 2;
  while (tooMany < layersLeft && job.blockNs(tooMany, accelerator) <= thresholdNs) {
    most = tooMany;
    tooMany *= 2;
  }
  tooMany = Math.min(tooMany, layersLeft);
  while (tooMany - most > 1) {
    const middle = (most + tooMany) >>> 1;
    if (job.blockNs(middle, accelerator) <= thresholdNs) most = middle;
    else tooMany = middle;
  }
  return most;
}

/** Where a block runs: what `find` found last. */
export class Placement {
  accelerator: AcceleratorView | undefined = undefined;
  units = 0;
  #ns = 0;
  #isFastEnough = false;

  /** The least capable idle accelerator that takes at most `shareNs`, else the fastest; false where none can run it. */
  find(idleAccelerators: readonly AcceleratorView[], job: ReadyJob, layers: number, shareNs: number): boolean {
    this.accelerator = undefined;
    this.#isFastEnough = false;
    for (const accelerator of idleAccelerators) this.#offer(accelerator, job, layers, shareNs);
    return this.accelerator !== undefined;
  }

  #offer(accelerator: AcceleratorView, job: ReadyJob, layers: number, shareNs: number): void {
    for (let units = 1; units <= accelerator.freeUnits; units++) {
      const ns = job.blockNs(layers, accelerator, units);
      if (ns === Infinity) continue;
      if (ns <= shareNs) {
        if (!this.#isFastEnough || ns > this.#ns) this.#take(accelerator, units, ns, true);
        return;
      }
      if (!this.#isFastEnough && (this.accelerator === undefined || ns < this.#ns)) {
        this.#take(accelerator, units, ns, false);
      }
    }
  }

  #take(accelerator: AcceleratorView, units: number, ns: number, isFastEnough: boolean): void {
    this.accelerator = accelerator;
    this.units = units;
    this.#ns = ns;
    this.#isFastEnough = isFastEnough;
  }
}
