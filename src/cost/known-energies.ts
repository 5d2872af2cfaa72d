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

/** An accelerator, and the models of whose layers there not all have a known energy. */
export interface EnergyGap {
  /** Its id. */
  readonly accelerator: string;
  readonly models: readonly string[];
}

/** By accelerator; empty if all energies are known. */
export function energyGaps(energies: readonly KnownEnergy[]): readonly EnergyGap[] {
  const gaps = new Map<string, string[]>();
  for (const { acceleratorId, modelName, known } of energies) {
    if (known === "all") continue;
    gaps.set(acceleratorId, [...(gaps.get(acceleratorId) ?? []), modelName]);
  }
  return [...gaps].map(([accelerator, models]) => ({ accelerator, models }));
}

/** Which part of a run a value is of; the whole run if neither is given. */
export interface RunPart {
  readonly acceleratorId?: string;
  readonly modelName?: string;
}

/** Whether no run can know an energy in this part, whatever runs where. */
export function knowsNoEnergy(energies: readonly KnownEnergy[], part: RunPart = {}): boolean {
  const own = energies.filter(
    ({ acceleratorId, modelName }) =>
      (part.acceleratorId ?? acceleratorId) === acceleratorId && (part.modelName ?? modelName) === modelName,
  );
  return own.length > 0 && own.every(({ known }) => known === "none");
}
