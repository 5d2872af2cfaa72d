/** Groups accelerators that are alike for every layer: what one can do, another of its type can do in its place. */
import type { CostTable } from "../../core/costs.ts";
import type { Accelerator } from "../../core/system.ts";

export interface AcceleratorTypes {
  /** By accelerator. */
  readonly typeOf: readonly number[];
  /** Accelerators of each type. */
  readonly counts: readonly number[];
}

export function acceleratorTypes(accelerators: readonly Accelerator[], costs: CostTable): AcceleratorTypes {
  const types = new Map<string, number>();
  const counts: number[] = [];
  let column = 0;
  const typeOf = accelerators.map((accelerator) => {
    const key = JSON.stringify([
      accelerator.units,
      accelerator.operatingPoints ?? [],
      accelerator.preemption,
      ...columnsOf(costs, column, accelerator.units),
    ]);
    column += accelerator.units;
    const type = types.get(key) ?? types.size;
    types.set(key, type);
    counts[type] = (counts[type] ?? 0) + 1;
    return type;
  });
  return { typeOf, counts };
}

/** All that the costs say of some columns, as text, in which Infinity and NaN differ. */
function columnsOf(costs: CostTable, first: number, count: number): string[] {
  const texts: string[] = [];
  for (const { variants } of costs.models.values()) {
    for (const { layers, latencyNs, energyPj, tiles, spreads } of variants) {
      const columns = latencyNs.length / layers;
      for (let layer = 0; layer < layers; layer++) {
        for (let at = layer * columns + first; at < layer * columns + first + count; at++) {
          const spread = spreads?.[at];
          texts.push(`${latencyNs[at]} ${energyPj[at]} ${tiles?.[at]} ${spread && JSON.stringify(spread)}`);
        }
      }
    }
  }
  return texts;
}
