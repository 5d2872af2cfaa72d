/** States that a search has been in, with what had been spent by then. */

/** What counts at the end, as far as it is known; each number the less the better. */
export type Spent = readonly number[];

export class StatesSeen {
  readonly #spentAt = new Map<string, Spent[]>();

  /** Whether the state was reached before without spending more of anything. If not, it is remembered. */
  isNoBetter(state: string, spent: Spent): boolean {
    const known = this.#spentAt.get(state);
    if (known === undefined) {
      this.#spentAt.set(state, [spent]);
      return false;
    }
    if (known.some((each) => isAtMost(each, spent))) return true;
    this.#spentAt.set(state, [...known.filter((each) => !isAtMost(spent, each)), spent]);
    return false;
  }
}

const isAtMost = (a: Spent, b: Spent): boolean => a.every((value, i) => value <= b[i]!);
