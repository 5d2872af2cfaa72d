/** Facts about one entry of `accelerators`: the ids of its accelerators, and the kind of their costs. */
import type { Report } from "../input/report.ts";
import type { AcceleratorFile, CostsName, SystemFile } from "./system-file.ts";

/** `count: 2` makes id0 and id1. */
export function idsOf({ id, count = 1 }: AcceleratorFile, report: Report, i: number): readonly string[] {
  if (!report.isSound(["accelerators", i, "id"]) || !report.isSound(["accelerators", i, "count"])) return [];
  return count === 1 ? [id] : Array.from({ length: count }, (_, copy) => `${id}${copy}`);
}

export const costsNameOf = (file: SystemFile, entry: AcceleratorFile): CostsName =>
  entry.costs ?? file.costs ?? "data-centric";
