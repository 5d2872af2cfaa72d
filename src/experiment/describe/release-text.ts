/** How a task is released, in words. */
import type { Task } from "../../core/scenario.ts";
import { significant } from "../../output/number-text.ts";

export function releaseText({ release }: Task): string {
  switch (release.kind) {
    case "periodic":
      return [
        `${significantOf(release.fps)} fps`,
        ...(release.offsetNs > 0 ? [`offset ${msText(release.offsetNs)} ms`] : []),
        ...(release.jitterNs > 0 ? [`jitter ${msText(release.jitterNs)} ms`] : []),
      ].join(", ");
    case "poisson":
      return `Poisson, ${significantOf(release.ratePerS)}/s`;
    case "one-shot":
      return `${release.count} at random in ${msText(release.fromNs)}-${msText(release.toNs)} ms`;
    case "trace":
      return `${release.releases.length} given times`;
    case "after":
      return release.probability === 1 ? "each frame" : `p = ${significantOf(release.probability)}`;
    default:
      return release satisfies never;
  }
}

/** Whole numbers as they are. */
export const significantOf = (value: number): string => (Number.isInteger(value) ? String(value) : significant(value));

/** ns as ms, as a person reads it; Infinity: none. */
export const msText = (ns: number): string => (ns === Infinity ? "none" : significantOf(ns / 1e6));

/** Infinity, which JSON lacks, is null. */
export const msOrNull = (ns: number): number | null => (Number.isFinite(ns) ? ns / 1e6 : null);
