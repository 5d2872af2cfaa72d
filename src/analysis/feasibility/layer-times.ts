/** What each layer takes at the least: of an accelerator's time, and from its start to its end. */
import type { VariantCosts } from "../../core/costs.ts";
import type { Accelerator } from "../../core/system.ts";

export interface LayerTimes {
  /** Time of a whole accelerator that a layer takes there, at its thriftiest size and speed, [layer * accelerators + a]. */
  readonly workNs: Float64Array;
  /** Of each layer where it is fastest, at any size and speed. */
  readonly fastestNs: Float64Array;
  /** What rounding may save of both, [layer]; never more than half of them. */
  readonly savingNs: Float64Array;
}

export function layerTimes(costs: VariantCosts, accelerators: readonly Accelerator[]): LayerTimes {
  const { layers } = costs;
  const workNs = new Float64Array(layers * accelerators.length).fill(Infinity);
  const fastestNs = new Float64Array(layers).fill(Infinity);
  const savingNs = new Float64Array(layers);
  for (let layer = 0; layer < layers; layer++) {
    const places = placesOf(costs, layer, accelerators);
    for (const { accelerator, share, latencyNs } of places) {
      const at = layer * accelerators.length + accelerator;
      workNs[at] = Math.min(workNs[at]!, latencyNs * share);
      fastestNs[layer] = Math.min(fastestNs[layer]!, latencyNs);
    }
    savingNs[layer] = savingOf(places);
  }
  return { workNs, fastestNs, savingNs };
}

/** One way to run a layer: on some units of an accelerator, at one of its operating points. */
interface Place {
  readonly accelerator: number;
  /** Of the accelerator's units. */
  readonly share: number;
  readonly latencyNs: number;
  readonly tiles: number;
  readonly canCheckpoint: boolean;
}

function placesOf({ layers, latencyNs, tiles }: VariantCosts, layer: number, accelerators: readonly Accelerator[]) {
  const columns = latencyNs.length / layers;
  const places: Place[] = [];
  let column = layer * columns;
  for (const [accelerator, { units, operatingPoints, preemption }] of accelerators.entries()) {
    const canCheckpoint = preemption.includes("checkpoint");
    for (let i = 1; i <= units; i++, column++) {
      for (const { speed } of operatingPoints?.length ? operatingPoints : atCostSpeed) {
        const ns = latencyNs[column]!;
        if (ns === Infinity) continue;
        const atSpeedNs = speed === 1 ? ns : Math.round(ns / speed);
        places.push({
          accelerator,
          share: i / units,
          latencyNs: atSpeedNs,
          tiles: tiles?.[column] ?? 0,
          canCheckpoint,
        });
      }
    }
  }
  return places;
}

const atCostSpeed = [{ speed: 1 }];

/**
 * A checkpoint stops at the end of a tile, at a whole ns rounded down (core/lane.ts). A job that moves on with every tile
 * may save a part of a ns each time; on places that all are alike nothing is saved in sum.
 */
function savingOf(places: readonly Place[]): number {
  const kinds = new Set(places.map(({ latencyNs, tiles }) => `${latencyNs} ${tiles}`));
  if (kinds.size < 2) return 0;
  const uneven = places.filter(
    ({ canCheckpoint, latencyNs, tiles }) => canCheckpoint && tiles > 1 && latencyNs % tiles,
  );
  return [...new Set(uneven.map(({ tiles }) => tiles))].reduce((sum, tiles) => sum + tiles - 1, 0);
}
