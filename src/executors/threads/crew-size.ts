/** Decides how many threads share the points: as many as have enough to do to be worth their start. */

/** A worker thread costs about 0.1 s to start, and its code is cold. */
const WORTH_MS = 300;
/** No estimate is made before this much time is spent: the first points also load files, and their code is cold. */
const SAMPLE_MS = 250;
/** While this thread runs a point, it hands out none. */
const LONG_MS = 100;

export class CrewSize {
  /** This thread included. Never falls. */
  members = 1;
  readonly #most: number;
  readonly #expected: number | undefined;
  #done = 0;
  #spentMs = 0;
  #pointMs = 0;
  #lastTwoMs: readonly [number, number] = [0, 0];

  /** `expected`: about how many points there are in all; undefined: nobody knows. */
  constructor(most: number, expected: number | undefined) {
    this.#most = most;
    this.#expected = expected;
  }

  /** A point took this thread so long; at least `left` are to come. Returns whether there are more members now. */
  grows(ms: number, left: number): boolean {
    this.#done += 1;
    this.#spentMs += ms;
    this.#lastTwoMs = [this.#lastTwoMs[1], ms];
    // Code gets faster: the last points count most.
    this.#pointMs = this.#done === 1 ? ms : (this.#pointMs + ms) / 2;
    if (this.#spentMs < SAMPLE_MS) return false;
    const before = this.members;
    const worth = Math.floor((this.#pointMs * this.#toCome(left)) / WORTH_MS);
    this.members = Math.max(before, Math.min(this.#most, worth));
    return this.members > before;
  }

  /** Whether this thread had better hand out points than run some itself: others would wait for it. */
  get areLong(): boolean {
    return this.#most > 1 && Math.min(...this.#lastTwoMs) >= LONG_MS;
  }

  /** If the total is unknown, as many points as have ended may follow. */
  #toCome(left: number): number {
    return Math.max(left, this.#expected === undefined ? this.#done : this.#expected - this.#done);
  }
}
