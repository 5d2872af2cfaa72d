/** Counts operators by name. */

export class Tally {
  readonly #counts = new Map<string, number>();

  add(op: string): void {
    this.#counts.set(op, (this.#counts.get(op) ?? 0) + 1);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Most frequent first. */
  get entries(): readonly (readonly [op: string, count: number])[] {
    return [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }

  /** `Conv 62, Add 20, Relu`, with `and 3 more` after the first `most`. */
  text(most = 8): string {
    const shown = this.entries.slice(0, most).map(([op, count]) => (count === 1 ? op : `${op} ${count}`));
    const more = this.entries.length - shown.length;
    return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }
}
