// Hot: called before every decision.
/**
 * The idle accelerators as arrays. The array of each set is made once and then shared, so that a decision allocates
 * nothing and policies still get plain arrays.
 */
import type { AcceleratorView } from "../scheduler.ts";

/** Sets are numbered in binary. A float64 cannot hold the numbers of more accelerators. */
const MOST_NUMBERED = 52;

export class IdleLists {
  readonly #accelerators: readonly AcceleratorView[];
  readonly #lists = new Map<number, readonly AcceleratorView[]>();
  #set = -1;
  #list: readonly AcceleratorView[] = [];

  constructor(accelerators: readonly AcceleratorView[]) {
    this.#accelerators = accelerators;
  }

  /** Accelerators with a free unit, by index. `freed` is the index of one that counts as such; left out: none does. */
  idle(freeUnits: Int32Array, freed = -1): readonly AcceleratorView[] {
    if (freeUnits.length > MOST_NUMBERED) return this.#build(freeUnits, freed);
    let set = 0;
    for (let a = freeUnits.length - 1; a >= 0; a--) set = set * 2 + (freeUnits[a]! > 0 || a === freed ? 1 : 0);
    if (set === this.#set) return this.#list;
    let list = this.#lists.get(set);
    if (list === undefined) {
      list = this.#build(freeUnits, freed);
      this.#lists.set(set, list);
    }
    this.#set = set;
    this.#list = list;
    return list;
  }

  #build(freeUnits: Int32Array, freed: number): readonly AcceleratorView[] {
    return this.#accelerators.filter(({ index }) => freeUnits[index]! > 0 || index === freed);
  }
}
