/** Where a value comes from: the layers that made it, past everything that has no layer of its own. */
import type { Value } from "../value.ts";

export interface Origin {
  /** Indexes of layers, ascending. */
  readonly layers: readonly number[];
  /** Whether parts of it come straight from the model's input, or from another input of the graph. */
  readonly isInput: boolean;
  readonly isOtherInput: boolean;
}

export const nowhere: Origin = { layers: [], isInput: false, isOtherInput: false };

export class Origins {
  readonly #known = new Map<Value, Origin>();

  set(value: Value, origin: Origin): void {
    this.#known.set(value, origin);
  }

  of(value: Value): Origin {
    return this.#known.get(value) ?? joined((value.items ?? []).map((item) => this.of(item)));
  }

  joined(values: readonly Value[]): Origin {
    return joined(values.map((value) => this.of(value)));
  }
}

function joined(origins: readonly Origin[]): Origin {
  if (origins.length === 1) return origins[0]!;
  return {
    layers: [...new Set(origins.flatMap(({ layers }) => layers))].sort((a, b) => a - b),
    isInput: origins.some(({ isInput }) => isInput),
    isOtherInput: origins.some(({ isOtherInput }) => isOtherInput),
  };
}

export const isSameOrigin = (a: Origin, b: Origin): boolean =>
  a.layers.join() === b.layers.join() && a.isInput === b.isInput && a.isOtherInput === b.isOtherInput;
