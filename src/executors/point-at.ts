/** Makes a point from its source. */
import type { Point, PointSource } from "./point.ts";

/** undefined if the point needs no run. */
export function pointAt(source: PointSource, index: number): Point | undefined {
  const request = source.request(index);
  const { wanted } = source;
  return request && { index, request, ...(wanted !== undefined && { wanted }) };
}
