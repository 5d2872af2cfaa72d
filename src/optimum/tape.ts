/** The choices of one path through a tree, for a depth-first search that starts every path anew. */
export class Tape {
  readonly #taken: number[] = [];
  readonly #counts: number[] = [];
  #next = 0;
  #known = 0;

  /** Begins a path: the choices taken so far come first. */
  rewind(): void {
    this.#next = 0;
    this.#known = this.#taken.length;
  }

  /** Whether this path has left all that were taken before it. */
  get isNew(): boolean {
    return this.#next >= this.#known;
  }

  /** One of `count` alternatives, 0 to count - 1; at a new place the first. */
  choose(count: number): number {
    if (count === 1) return 0;
    if (this.#next === this.#taken.length) {
      this.#taken.push(0);
      this.#counts.push(count);
    }
    const taken = this.#taken[this.#next]!;
    this.#next += 1;
    return taken;
  }

  /** Goes on to the next path. False: there is none. */
  advance(): boolean {
    while (this.#taken.length > 0) {
      const last = this.#taken.length - 1;
      this.#taken[last]! += 1;
      if (this.#taken[last]! < this.#counts[last]!) return true;
      this.#taken.pop();
      this.#counts.pop();
    }
    return false;
  }
}
