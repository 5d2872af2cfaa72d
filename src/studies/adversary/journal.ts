/** evaluations.jsonl: what each scenario gave, one line appended as soon as it is known, so that a kill loses next to nothing. */
import { appendFileSync, existsSync } from "node:fs";
import { OutputFile, writable } from "../../files/output-file.ts";
import { lineValue, wholeLines } from "../folder/file-lines.ts";

/** Values by seed; a side that failed says why. */
export type SideValues = { readonly values: readonly number[] } | { readonly refused: string };

export interface JournalLine {
  /** Of the scenario and the scheduler. */
  readonly key: string;
  readonly side: SideValues;
}

export class Journal {
  readonly #path: string;
  readonly #known = new Map<string, SideValues>();
  /** In the order in which they were asked for: the same after an interruption as without one. */
  readonly #asked = new Set<string>();

  /** Lines that were no evaluations. What they were of is tried again. */
  readonly unreadable: number;

  /** Reads what is there. A last line that was cut short is ignored. */
  constructor(path: string) {
    this.#path = path;
    let unreadable = 0;
    for (const text of wholeLines(path)) {
      const line = lineFrom(text);
      if (line === undefined) unreadable += 1;
      else this.#known.set(line.key, line.side);
    }
    this.unreadable = unreadable;
    if (existsSync(path)) this.#rewrite([...this.#known.keys()]);
  }

  get(key: string): SideValues | undefined {
    return this.#known.get(key);
  }

  asked(key: string): void {
    this.#asked.add(key);
  }

  add(key: string, side: SideValues): void {
    this.#known.set(key, side);
    writable(this.#path, () => appendFileSync(this.#path, lineOf(key, side)));
  }

  /** Leaves what this search asked for, in order: the bytes do not depend on interruptions or on threads. */
  putInOrder(): void {
    this.#rewrite([...this.#asked]);
  }

  #rewrite(keys: readonly string[]): void {
    const file = new OutputFile(this.#path);
    for (const key of keys) file.write(lineOf(key, this.#known.get(key)!));
    file.finish();
  }
}

const lineOf = (key: string, side: SideValues): string => `${JSON.stringify({ key, side } satisfies JournalLine)}\n`;

function lineFrom(text: string): JournalLine | undefined {
  const { key, side } = (lineValue(text) ?? {}) as Partial<JournalLine>;
  if (typeof key !== "string" || typeof side !== "object" || side === null) return undefined;
  const isSide = "refused" in side ? typeof side.refused === "string" : Array.isArray(side.values);
  return isSide ? { key, side } : undefined;
}
