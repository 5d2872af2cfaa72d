/** Files and schedulers of an experiment with all the values that they are to have, made by index. */

/** One thing that has several values. */
export interface Axis {
  /** Place of an override, or name of a parameter. */
  readonly key: string;
  /** At least one; no two of them equal. */
  readonly values: readonly unknown[];
}

/** A file or scheduler with values: every combination of them is a variant. */
export interface Entry {
  /** Names it in coordinates; no other file or scheduler has it. */
  readonly label: string;
  /** Path of its file, or name of a built-in scheduler. */
  readonly target: string;
  readonly axes: readonly Axis[];
}

export interface Variant extends Pick<Entry, "label" | "target"> {
  /** By key, in the order of the axes. */
  readonly values: Readonly<Record<string, unknown>>;
}

export const variantCount = ({ axes }: Pick<Entry, "axes">): number =>
  axes.reduce((product, { values }) => product * values.length, 1);

/** The last axis is the fastest. `index`: from 0, below the count. */
export function variantAt({ label, target, axes }: Entry, index: number): Variant {
  let left = index;
  const reversed = axes.toReversed().map(({ key, values }) => {
    const value = values[left % values.length];
    left = Math.floor(left / values.length);
    return [key, value] as const;
  });
  return { label, target, values: Object.fromEntries(reversed.reverse()) };
}

/** All variants of several entries, one entry after the other. */
export class Variants {
  readonly count: number;
  readonly #entries: readonly Entry[];
  /** Of each entry: how many variants come before it. */
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
