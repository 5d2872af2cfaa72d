/** One line of a mapping in MAESTRO's notation: from text and back. */
import type { DataflowDimension, Directive } from "./system.ts";

const mapPattern = /^\s*(Temporal|Spatial)Map\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*([KCRS]|[YX]'?)\s*;?\s*$/;
/** The kind of a cluster (`P` or `L`) has no effect and may be left out. */
const clusterPattern = /^\s*Cluster\s*\(\s*(\d+)\s*(?:,\s*[PL]\s*)?\)\s*;?\s*$/;

/** Reads `TemporalMap(size,step) v`, `SpatialMap(size,step) v` or `Cluster(size)`; undefined for anything else. */
export function parseDirective(text: string): Directive | undefined {
  const cluster = clusterPattern.exec(text);
  if (cluster !== null) return positive({ kind: "cluster", size: Number(cluster[1]) });
  const map = mapPattern.exec(text);
  if (map === null) return undefined;
  const kind = map[1] === "Temporal" ? "temporal" : "spatial";
  return positive({ kind, size: Number(map[2]), step: Number(map[3]), dimension: map[4] as DataflowDimension });
}

/** The directive as `parseDirective` reads it. */
export function formatDirective(directive: Directive): string {
  if (directive.kind === "cluster") return `Cluster(${directive.size})`;
  const word = directive.kind === "temporal" ? "TemporalMap" : "SpatialMap";
  return `${word}(${directive.size},${directive.step}) ${directive.dimension}`;
}

/** Sizes and steps are at least 1 and small enough to be exact. */
function positive(directive: Directive): Directive | undefined {
  const numbers = directive.kind === "cluster" ? [directive.size] : [directive.size, directive.step];
  return numbers.every((value) => value >= 1 && Number.isSafeInteger(value)) ? directive : undefined;
}
