/** Where costs know energies: profilers of latency give none. What is not known is NaN in the cost table. */
import type { CostTable } from "../core/costs.ts";
import type { Model } from "../core/model.ts";
import type { Accelerator } from "../core/system.ts";

/** What the costs of a model on an accelerator that can run any of it know of its energy. */
export interface KnownEnergy {
  readonly acceleratorId: string;
  readonly modelName: string;
  /** Of the layers that can run there, at any number of units. */
  readonly known: "all" | "some" | "none";
}

/** By accelerator, then model. */
export function knownEnergies(costs: CostTable, accelerators: readonly Accelerator[]): readonly KnownEnergy[] {
  let firstColumn = 0;
  return accelerators.flatMap(({ id, units }) => {
    const columns = { first: firstColumn, end: firstColumn + units };
    firstColumn = columns.end;
    return [...costs.models.keys()].flatMap((model) => {
      const known = knowledgeOf(costs, model, columns);
      return known === undefined ? [] : [{ acceleratorId: id, modelName: model.name, known }];
    });
  });
}

/** Undefined if none of these columns can run any layer. */
function knowledgeOf(
  { columns, models }: CostTable,
  model: Model,
  own: { readonly first: number; readonly end: number },
): KnownEnergy["known"] | undefined {
  let known = 0;
  let unknown = 0;
  for (const { layers, latencyNs, energyPj } of models.get(model)!.variants) {
    for (let layer = 0; layer < layers; layer++) {
      for (let at = layer * columns + own.first; at < layer * columns + own.end; at++) {
        if (latencyNs[at] === Infinity) continue;
        if (Number.isNaN(energyPj[at])) unknown += 1;
        else known += 1;
      }
    }
  }
  if (known + unknown === 0) return undefined;
  return unknown === 0 ? "all" : known === 0 ? "none" : "some";
}
