/** Joins the segments of a run into slices: time in which a job had a lane without a break. */
import type { Segment } from "../core/records.ts";
import type { Slice } from "./timeline.ts";

/** A slice while it may grow: one or several layers of a job. */
export interface OpenSlice extends Omit<Slice, "endNs"> {
  endNs: number;
  firstLayer: number;
  lastLayer: number;
}

export class Slices {
  /** In the order of their first segments' ends. */
  readonly all: OpenSlice[] = [];
  /** By accelerator and lane. */
  readonly #lastOfLane = new Map<string, OpenSlice>();

  /**
   * Adds the part of the segment within a window. Returns the slice that begins with it; undefined: it is outside, or
   * goes on with a slice. Segments come in the order of their ends.
   */
  add(segment: Segment, fromNs: number, toNs: number): OpenSlice | undefined {
    const startNs = Math.max(segment.startNs, fromNs);
    const endNs = Math.min(segment.endNs, toNs);
    if (startNs >= endNs) return undefined;
    const { taskIndex, jobIndex, acceleratorIndex, lane, units, layerIndex } = segment;
    const key = `${acceleratorIndex}/${lane}`;
    const last = this.#lastOfLane.get(key);
    const isSame = last?.taskIndex === taskIndex && last.jobIndex === jobIndex && last.units === units;
    if (isSame && last.endNs === startNs) {
      last.endNs = endNs;
      last.firstLayer = Math.min(last.firstLayer, layerIndex);
      last.lastLayer = Math.max(last.lastLayer, layerIndex);
      return undefined;
    }
    const place = { taskIndex, jobIndex, acceleratorIndex, lane, units };
    const slice = { ...place, startNs, endNs, firstLayer: layerIndex, lastLayer: layerIndex };
    this.#lastOfLane.set(key, slice);
    this.all.push(slice);
    return slice;
  }
}
