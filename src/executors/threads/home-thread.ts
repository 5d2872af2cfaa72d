/** Chooses the thread that computes the costs of a case. Other threads may run its points later. */
import type { PointSource } from "../point.ts";

/** The same index for every source whose first point has the same scenario and system. */
export function homeThread(points: PointSource, threads: number): number {
  for (let index = 0; index < points.count; index += 1) {
    const request = points.request(index);
    if (request !== undefined) return hashOf(`${request.scenario} ${request.system}`) % threads;
  }
  return 0;
}

const hashOf = (text: string): number =>
  [...text].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 65_521, 0);
