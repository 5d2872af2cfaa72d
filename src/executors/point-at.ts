/** A point of a source, as executors pass it on. */
import type { Point, PointSource } from "./point.ts";

/** undefined: it needs no run. */
export function pointAt(source: PointSource, index: number): Point | undefined {
  const request = source.request(index);
  const { wanted } = source;
  return request && { index, request, ...(wanted !== undefined && { wanted }) };
}
