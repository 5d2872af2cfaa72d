/** What the time of a job on accelerators was spent on. */
import type { SegmentEnded } from "../core/events.ts";

/** Parts of a segment, ns. They sum to its length. */
export interface SegmentParts {
  readonly overheadNs: number;
  readonly switchInNs: number;
  readonly weightWaitNs: number;
  readonly contentionNs: number;
  readonly switchOutNs: number;
  readonly computingNs: number;
}

/** A segment that was stopped may end before what it began with is over, so each part takes at most what is left. */
export function partsOf(segment: SegmentEnded): SegmentParts {
  let left = segment.endNs - segment.startNs;
  const take = (ns = 0): number => {
    const taken = Math.min(ns, left);
    left -= taken;
    return taken;
  };
  const switchOutNs = take(segment.switchOutNs);
  const overheadNs = take(segment.overheadNs);
  const switchInNs = take(segment.switchInNs);
  const weightWaitNs = take(segment.load?.waitNs);
  const contentionNs = take(segment.lagNs);
  return { overheadNs, switchInNs, weightWaitNs, contentionNs, switchOutNs, computingNs: left };
}

/** Sums over the segments of a job. A kill undoes all that was done before it. */
export class BusyTime {
  overheadNs = 0;
  switchingNs = 0;
  loadingNs = 0;
  contentionNs = 0;
  computingNs = 0;
  lostNs = 0;

  add(segment: SegmentEnded): void {
    const parts = partsOf(segment);
    this.overheadNs += parts.overheadNs;
    this.switchingNs += parts.switchInNs + parts.switchOutNs;
    this.loadingNs += parts.weightWaitNs;
    this.contentionNs += parts.contentionNs;
    this.computingNs += parts.computingNs;
    if (segment.end === "kill") this.#lose();
  }

  get totalNs(): number {
    return this.#doneNs + this.lostNs;
  }

  get #doneNs(): number {
    return this.overheadNs + this.switchingNs + this.loadingNs + this.contentionNs + this.computingNs;
  }

  #lose(): void {
    this.lostNs += this.#doneNs;
    this.overheadNs = 0;
    this.switchingNs = 0;
    this.loadingNs = 0;
    this.contentionNs = 0;
    this.computingNs = 0;
  }
}
