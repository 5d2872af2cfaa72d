/** Texts that a file writes once and names by a number from then on. */

/** More are written in full each time, so that memory stays bounded. */
const MOST_TEXTS = 10_000;

export interface InternedText {
  /** From 1. */
  readonly id: number;
  readonly text: string;
}

export class InternedTexts {
  readonly #ids = new Map<string, number>();
  #fresh: InternedText[] = [];

  /** Its number; undefined: there are too many, so it has none. */
  idOf(text: string): number | undefined {
    const known = this.#ids.get(text);
    if (known !== undefined || this.#ids.size >= MOST_TEXTS) return known;
    const id = this.#ids.size + 1;
    this.#ids.set(text, id);
    this.#fresh.push({ id, text });
    return id;
  }

  /** Those that have got a number since the last call. */
  takeFresh(): readonly InternedText[] {
    if (this.#fresh.length === 0) return none;
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

const none: readonly InternedText[] = [];
