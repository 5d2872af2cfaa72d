/** A task's releases, in words. */
import { hasScales, type Rate, type Task, type TraceArrival } from "../core/scenario.ts";
import { counted } from "../output/words.ts";
import { msText, shortNumber } from "./short-figures.ts";

/** `durationNs`: when releases end. */
export function releaseText({ release }: Task, durationNs: number): string {
  switch (release.kind) {
    case "periodic":
      return [
        rateText(release),
        ...(release.offsetNs > 0 ? [`offset ${msText(release.offsetNs)} ms`] : []),
        ...(release.jitterNs > 0 ? [`jitter ${msText(release.jitterNs)} ms`] : []),
      ].join(", ");
    case "poisson":
      return release.periodNs === undefined
        ? `Poisson, ${shortNumber(release.ratePerS)}/s`
        : `Poisson, every ${msText(release.periodNs)} ms on average`;
    case "one-shot":
      return `${release.count} at random in ${msText(release.fromNs)}-${msText(release.toNs)} ms`;
    case "closed":
      return [
        `closed, ${counted(release.clients, "client")}`,
        `think ${msText(release.thinkNs)} ms${release.think === "exponential" ? " (mean)" : ""}`,
        ...(release.offsetNs > 0 ? [`offset ${msText(release.offsetNs)} ms`] : []),
      ].join(", ");
    case "trace":
      return `trace of ${counted(release.releases.length, "job")}${lateText(release, durationNs)}${scaleText(release)}`;
    case "after":
      return release.probability === 1 ? "each frame" : `p = ${shortNumber(release.probability)}`;
    default:
      return release satisfies never;
  }
}

/** As the file has it: frames a second, or the time between them. */
export const rateText = ({ fps, periodNs }: Rate): string =>
  periodNs === undefined ? `${shortNumber(fps)} fps` : `every ${msText(periodNs)} ms`;

function scaleText(release: TraceArrival): string {
  if (!hasScales({ release })) return "";
  const scales = release.releases.map(({ scale = 1 }) => scale);
  const least = scales.reduce((a, b) => Math.min(a, b));
  const most = scales.reduce((a, b) => Math.max(a, b));
  return least === most ? `, work x ${shortNumber(least)}` : `, work x ${shortNumber(least)} to ${shortNumber(most)}`;
}

/** Those that do not come. */
function lateText({ releases }: TraceArrival, durationNs: number): string {
  const late = releases.filter(({ releaseNs }) => releaseNs >= durationNs).length;
  return late === 0 ? "" : `, ${late} after the end`;
}
