/** What another tool's format cannot hold, collected while a model is written. */

export interface Loss {
  /** What happens to it, such as `padding becomes part of the input`. */
  readonly what: string;
  readonly count: number;
  /** The first layer; absent: it is of the whole model. */
  readonly first?: string;
}

export class Losses {
  readonly #losses = new Map<string, Loss>();

  add(what: string, layerName?: string): void {
    const known = this.#losses.get(what);
    const first = layerName === undefined ? {} : { first: layerName };
    this.#losses.set(what, known === undefined ? { what, count: 1, ...first } : { ...known, count: known.count + 1 });
  }

  list(): readonly Loss[] {
    return [...this.#losses.values()];
  }
}

/** A file of another tool, and what it does not hold of what was asked for. */
export interface Exported {
  readonly text: string;
  readonly losses: readonly Loss[];
}

/** A sentence for each. */
export const lossText = ({ what, count, first }: Loss): string =>
  first === undefined ? what : `${what} (${count === 1 ? first : `${count} layers, first ${first}`})`;
