// Hot where times vary: once a layer.
/**
 * How the time of a layer varies from job to job. A draw u in [0, 1) belongs to a job and a layer, not to an accelerator
 * or to the order of dispatch: on every accelerator, the layer takes the time at the quantile u of the spread there.
 */
import { purpose, uniform } from "./draws.ts";
import { normalAt } from "./normal-quantile.ts";

/** The distribution of a layer's time around its nominal latency; times are rounded to whole ns once. */
export type Spread = { readonly per?: "job" } & (
  | RelativeSpread
  /** Uniform from lowNs to highNs. */
  | { readonly kind: "range"; readonly lowNs: number; readonly highNs: number }
  /** Each of these times is as likely as the others. At least one, in rising order. */
  | { readonly kind: "samples"; readonly latenciesNs: readonly number[] }
  /** Of a model that is measured as a whole, where its layers vary: all of them at one quantile. */
  | { readonly kind: "sum"; readonly parts: readonly SpreadPart[] }
);

/** In proportion to the nominal latency, which is the mean. */
export type RelativeSpread =
  /** Uniform from 1 - plusMinus to 1 + plusMinus times the nominal latency; 0 to 1. */
  | { readonly kind: "uniform"; readonly plusMinus: number }
  /** Standard deviation / mean is `cv`, above 0. */
  | { readonly kind: "lognormal"; readonly cv: number };

/** A layer of a sum; without a spread, it always takes its nominal latency. */
export interface SpreadPart {
  readonly latencyNs: number;
  readonly spread?: Spread | undefined;
}

/** The time that a layer of a job takes, whole ns. `per: job`: all layers of a job are at one quantile. */
export function drawnNs(
  spread: Spread,
  nominalNs: number,
  seed: number,
  taskIndex: number,
  jobIndex: number,
  layerIndex: number,
): number {
  const u =
    spread.per === "job"
      ? uniform(seed, taskIndex, jobIndex, purpose.jobTime)
      : uniform(seed, taskIndex, jobIndex, purpose.layerTime, layerIndex);
  return Math.round(timeAt(spread, nominalNs, u));
}

/** The time at a quantile, 0 <= u < 1, not rounded. Rises with u. */
function timeAt(spread: Spread, nominalNs: number, u: number): number {
  switch (spread.kind) {
    case "uniform":
      return nominalNs * (1 + spread.plusMinus * (2 * u - 1));
    case "lognormal": {
      const variance = Math.log(1 + spread.cv * spread.cv);
      return nominalNs * Math.exp(Math.sqrt(variance) * normalAt(u) - variance / 2);
    }
    case "range":
      return spread.lowNs + (spread.highNs - spread.lowNs) * u;
    case "samples":
      return spread.latenciesNs[Math.floor(u * spread.latenciesNs.length)]!;
    case "sum":
      return spread.parts.reduce((sum, part) => sum + partAt(part, u), 0);
    default:
      return spread satisfies never;
  }
}

const partAt = ({ latencyNs, spread }: SpreadPart, u: number): number =>
  spread === undefined ? latencyNs : Math.round(timeAt(spread, latencyNs, u));

/** The least time that can be drawn, whole ns: for bounds. */
export function leastNs(spread: Spread, nominalNs: number): number {
  if (spread.kind === "lognormal") return 0;
  if (spread.kind !== "sum") return Math.round(timeAt(spread, nominalNs, 0));
  return spread.parts.reduce(
    (sum, part) => sum + (part.spread ? leastNs(part.spread, part.latencyNs) : part.latencyNs),
    0,
  );
}

/** Whether a layer's times are at every quantile in the same proportion to its nominal latency. */
export const isRelative = ({ kind }: Spread): boolean => kind === "uniform" || kind === "lognormal";
