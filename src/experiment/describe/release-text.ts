/** How a task is released, in words. */
import type { Task } from "../../core/scenario.ts";

export function releaseText({ release }: Task): string {
  switch (release.kind) {
    case "periodic":
      return [
        `${shortNumber(release.fps)} fps`,
        ...(release.offsetNs > 0 ? [`offset ${msText(release.offsetNs)} ms`] : []),
        ...(release.jitterNs > 0 ? [`jitter ${msText(release.jitterNs)} ms`] : []),
      ].join(", ");
    case "poisson":
      return `Poisson, ${shortNumber(release.ratePerS)}/s`;
    case "one-shot":
      return `${release.count} at random in ${msText(release.fromNs)}-${msText(release.toNs)} ms`;
    case "trace":
      return `${release.releases.length} given times`;
    case "after":
      return release.probability === 1 ? "each frame" : `p = ${shortNumber(release.probability)}`;
    default:
      return release satisfies never;
  }
}

/** Whole numbers as they are, others to four digits at most: figures that someone wrote. */
export const shortNumber = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** ns as ms, as a person reads it; Infinity: none. */
export const msText = (ns: number): string => (ns === Infinity ? "none" : shortNumber(ns / 1e6));

/** Infinity, which JSON lacks, is null. */
export const msOrNull = (ns: number): number | null => (Number.isFinite(ns) ? ns / 1e6 : null);
