/** The files that the points of a sweep read, each once. */
import type { InputFile } from "../../../records/run-result.ts";

export class InputSet {
  readonly #files = new Map<string, InputFile>();

  note(inputs: readonly InputFile[]): void {
    for (const input of inputs) this.#files.set(JSON.stringify([input.role, input.from, input.path]), input);
  }

  /** In order of first mention. */
  all(): readonly InputFile[] {
    return [...this.#files.values()];
  }
}
