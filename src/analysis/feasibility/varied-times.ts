/** Costs in the times that can be drawn for them, where times vary from job to job. */
import type { VariantCosts } from "../../core/costs.ts";
import { drawnNs, isRelative, leastNs, type Spread } from "../../core/spread.ts";

/** In the least times that any job can draw: for statements about all jobs. */
export const inLeastTimes = (costs: VariantCosts): VariantCosts =>
  costs.spreads === undefined ? costs : withTimes(costs, leastNs);

/**
 * In times whose mean no scheduler can beat. Where a layer varies in the same proportion on all accelerators, that is the
 * nominal latency. Elsewhere a job may move on once a layer turns out to be long, so the least times take its place.
 */
export function inMeanTimes(costs: VariantCosts): VariantCosts {
  const { spreads, layers, latencyNs } = costs;
  if (spreads === undefined) return costs;
  const columns = latencyNs.length / layers;
  const areAlike = Array.from({ length: layers }, (_, layer) =>
    varyAlike(spreads.filter((_, at) => Math.floor(at / columns) === layer && latencyNs[at]! < Infinity)),
  );
  return withTimes(costs, (spread, nominalNs, at) =>
    areAlike[Math.floor(at / columns)] ? nominalNs : leastNs(spread, nominalNs),
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
