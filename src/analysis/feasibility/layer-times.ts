/** The least time of each layer: the accelerator time that it takes, and the time from its start to its end. */
import type { VariantCosts } from "../../core/costs.ts";
import type { Accelerator } from "../../core/system.ts";

export interface LayerTimes {
  /** Least time of the whole accelerator, over its sizes and speeds, [layer * accelerators + accelerator]. */
  readonly workNs: Float64Array;
  /** Least latency, over all accelerators, sizes and speeds, by layer. */
  readonly fastestNs: Float64Array;
  /** The time that rounding may save of both, by layer. Callers never subtract more than half of a time. */
  readonly savingNs: Float64Array;
}

/** Of jobs that are at least `scale` times the work that the costs are for; without it, of jobs that are just that. */
export function layerTimes(costs: VariantCosts, accelerators: readonly Accelerator[], scale?: number): LayerTimes {
  const { layers } = costs;
  const workNs = new Float64Array(layers * accelerators.length).fill(Infinity);
  const fastestNs = new Float64Array(layers).fill(Infinity);
  const savingNs = new Float64Array(layers);
  for (let layer = 0; layer < layers; layer++) {
    const options = runOptions(costs, layer, accelerators, scale ?? 1);
    for (const { accelerator, share, latencyNs } of options) {
      const at = layer * accelerators.length + accelerator;
      workNs[at] = Math.min(workNs[at]!, latencyNs * share);
      fastestNs[layer] = Math.min(fastestNs[layer]!, latencyNs);
    }
    savingNs[layer] = savingOf(options, scale);
  }
  return { workNs, fastestNs, savingNs };
}

/** One way to run a layer: on some units of an accelerator, at one of its operating points. */
export interface RunOption {
  readonly accelerator: number;
  /** Share of the accelerator's units, above 0, up to 1. */
  readonly share: number;
  readonly latencyNs: number;
  /** At the operating point; 0 if it is not known. */
  readonly energyPj: number;
  /** 0: the cost table knows no tiles. */
  readonly tiles: number;
  readonly canCheckpoint: boolean;
}

export function runOptions(
  { layers, latencyNs, energyPj, tiles }: VariantCosts,
  layer: number,
  accelerators: readonly Accelerator[],
  scale: number,
) {
  const columns = latencyNs.length / layers;
  const options: RunOption[] = [];
  let column = layer * columns;
  for (const [accelerator, { units, operatingPoints, preemption }] of accelerators.entries()) {
    const canCheckpoint = preemption.includes("checkpoint");
    for (let i = 1; i <= units; i++, column++) {
      for (const { speed, energyFactor } of operatingPoints?.length ? operatingPoints : atCostSpeed) {
        const ns = latencyNs[column]!;
        if (ns === Infinity) continue;
        const atSpeedNs = speed === 1 && scale === 1 ? ns : Math.round((ns * scale) / speed);
        options.push({
          accelerator,
          share: i / units,
          latencyNs: atSpeedNs,
          energyPj: (energyPj[column]! || 0) * scale * energyFactor,
          tiles: tiles?.[column] ?? 0,
          canCheckpoint,
        });
      }
    }
  }
  return options;
}

const atCostSpeed = [{ speed: 1, energyFactor: 1 }];

/**
 * A checkpoint stops at the end of a tile, at a whole ns rounded down (core/engine/lane.ts). A job that moves at each
 * tile end may save part of a ns each time. Between options that are all alike, it saves nothing in total.
 */
function savingAtCosts(options: readonly RunOption[]): number {
  const kinds = new Set(options.map(({ latencyNs, tiles }) => `${latencyNs} ${tiles}`));
  if (kinds.size < 2) return 0;
  const uneven = options.filter(
    ({ canCheckpoint, latencyNs, tiles }) => canCheckpoint && tiles > 1 && latencyNs % tiles,
  );
  return tileEnds(uneven);
}

/** The time that rounding may save of a layer with these options, ns. Callers never subtract more than half of a time. */
export const savingOf = (options: readonly RunOption[], scale?: number): number =>
  scale === undefined ? savingAtCosts(options) : mostSaving(options);

/** At any scale: latencies that are alike or fit their tiles at one scale may not at another. */
const mostSaving = (options: readonly RunOption[]): number =>
  options.length < 2 ? 0 : tileEnds(options.filter(({ canCheckpoint, tiles }) => canCheckpoint && tiles > 1));

const tileEnds = (options: readonly RunOption[]): number =>
  [...new Set(options.map(({ tiles }) => tiles))].reduce((sum, tiles) => sum + tiles - 1, 0);
