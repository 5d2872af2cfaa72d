/** What an output format is. */
import type { TextOptions } from "./text-table.ts";

/** Turns a record into text. */
export interface Format<Shown> {
  /** As users write it after `--format`. */
  readonly name: string;
  /** Text of a record. */
  render(shown: Shown, options: TextOptions): string;
}
