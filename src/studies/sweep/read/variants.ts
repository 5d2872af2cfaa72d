/** Files and schedulers of an experiment, and their variants by index. */

/** A place or parameter with its values. */
export interface Axis {
  /** Place of an override, or name of a parameter. */
  readonly key: string;
  /** At least one, all different. */
  readonly values: readonly unknown[];
}

/** A file or scheduler with its axes. Every combination of their values is a variant. */
export interface Entry {
  /** Its name in coordinates. Unique among files or schedulers. */
  readonly label: string;
  /** Path of its file, or name of a built-in scheduler. */
  readonly target: string;
  readonly axes: readonly Axis[];
}

export interface Variant extends Pick<Entry, "label" | "target"> {
  /** Keyed by axis, in the order of the axes. */
  readonly values: Readonly<Record<string, unknown>>;
}

export const variantCount = ({ axes }: Pick<Entry, "axes">): number =>
  axes.reduce((product, { values }) => product * values.length, 1);

/** The last axis varies fastest. `index`: 0 to the number of variants - 1. */
export function variantAt({ label, target, axes }: Entry, index: number): Variant {
  let left = index;
  const reversed = axes.toReversed().map(({ key, values }) => {
    const value = values[left % values.length];
    left = Math.floor(left / values.length);
    return [key, value] as const;
  });
  return { label, target, values: Object.fromEntries(reversed.reverse()) };
}

/** All variants of several entries, entry by entry. */
export class Variants {
  readonly count: number;
  readonly #entries: readonly Entry[];
  /** For each entry, the number of variants before it. */
  readonly #starts: readonly number[];

  constructor(entries: readonly Entry[]) {
    let count = 0;
    this.#starts = entries.map((entry) => {
      const start = count;
      count += variantCount(entry);
      return start;
    });
    this.#entries = entries;
    this.count = count;
  }

  at(index: number): Variant {
    const entryIndex = this.#starts.findLastIndex((start) => start <= index);
    return variantAt(this.#entries[entryIndex]!, index - this.#starts[entryIndex]!);
  }
}
