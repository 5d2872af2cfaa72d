/** Counts what an importer leaves out, by kind, with the first place of each. */
import type { LeftOut } from "./imported.ts";
import type { Place } from "./reporter.ts";

export class LeftOuts {
  readonly #entries = new Map<string, LeftOut>();

  /** One more of `what`, which stands at `at`. The first reason stays. */
  add(what: string, why: string, file: string, at?: Place, count = 1): void {
    const known = this.#entries.get(what);
    const place = at === undefined ? {} : { line: at.line, column: at.column };
    const first = { file, ...place };
    this.#entries.set(
      what,
      known === undefined ? { what, count, why, first } : { ...known, count: known.count + count },
    );
  }

  list(): readonly LeftOut[] {
    return [...this.#entries.values()];
  }
}
