// Hot: runs at every decision.
/** The length of Veltair's blocks of layers. */
import type { AcceleratorView, ReadyJob } from "../../core/scheduler.ts";

/** The most layers, at least one, that take at most `thresholdNs` on an accelerator. */
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
