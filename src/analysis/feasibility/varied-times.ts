/** Costs in the times that can be drawn for them, where times vary from job to job. */
import type { VariantCosts } from "../../core/costs.ts";
import { drawnNs, isRelative, leastNs, type Spread } from "../../core/spread.ts";
import type { Accelerator } from "../../core/system.ts";

/** In the least times that any job can draw: for statements about all jobs. */
export const inLeastTimes = (costs: VariantCosts): VariantCosts =>
  costs.spreads === undefined ? costs : withTimes(costs, leastNs);

/**
 * The most that rounding may take from the mean time of a layer, relative to its nominal latency: half a ns when the time
 * is drawn, and up to one at the scale and the operating point.
 */
export function mostRoundingNs(accelerators: readonly Accelerator[], scale: number): number {
  const speeds = accelerators.flatMap(({ operatingPoints = [] }) => operatingPoints.map(({ speed }) => speed));
  return 0.5 + Math.max(1, ...speeds) / scale;
}

/**
 * In times whose mean no scheduler can beat. Where a layer varies in the same proportion on all accelerators, that is the
 * nominal latency. less `roundingNs`. Elsewhere a job may move on once a layer turns out to be long, so the least times take its place.
 */
export function inMeanTimes(costs: VariantCosts, roundingNs = 0): VariantCosts {
  const { spreads, layers, latencyNs } = costs;
  if (spreads === undefined) return costs;
  const columns = latencyNs.length / layers;
  const areAlike = Array.from({ length: layers }, (_, layer) =>
    varyAlike(spreads.filter((_, at) => Math.floor(at / columns) === layer && latencyNs[at]! < Infinity)),
  );
  return withTimes(costs, (spread, nominalNs, at) =>
    areAlike[Math.floor(at / columns)] ? Math.max(0, nominalNs - roundingNs) : leastNs(spread, nominalNs),
  );
}

/** Equal spreads, compared by their text, at the same quantile. */
function varyAlike(spreads: readonly (Spread | undefined)[]): boolean {
  const kinds = new Set(spreads.map((spread) => JSON.stringify(spread)));
  return kinds.size === 1 && spreads[0] !== undefined && isRelative(spreads[0]);
}

/** Whose times are drawn. */
export interface DrawnJob {
  readonly seed: number;
  readonly taskIndex: number;
  readonly jobIndex: number;
}

/** In the times that one job draws. */
export function inOwnTimes(costs: VariantCosts, { seed, taskIndex, jobIndex }: DrawnJob): VariantCosts {
  const columns = costs.latencyNs.length / costs.layers;
  return withTimes(costs, (spread, nominalNs, at) =>
    drawnNs(spread, nominalNs, seed, taskIndex, jobIndex, Math.floor(at / columns)),
  );
}

function withTimes(
  costs: VariantCosts,
  timeOf: (spread: Spread, nominalNs: number, at: number) => number,
): VariantCosts {
  const latencyNs = costs.latencyNs.map((nominalNs, at) => {
    const spread = costs.spreads?.[at];
    return spread === undefined ? nominalNs : timeOf(spread, nominalNs, at);
  });
  return { ...costs, latencyNs };
}
