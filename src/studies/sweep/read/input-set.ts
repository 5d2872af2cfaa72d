/** The distinct files that the points of a sweep read. */
import type { InputFile } from "../../../records/run-result.ts";

export class InputSet {
  readonly #files = new Map<string, InputFile>();

  note(inputs: readonly InputFile[]): void {
    for (const input of inputs) this.#files.set(JSON.stringify([input.role, input.from, input.path]), input);
  }

  /** In the order in which they were first noted. */
  all(): readonly InputFile[] {
    return [...this.#files.values()];
  }
}
