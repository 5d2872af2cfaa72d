/** What an output format is. */
import type { RunResult } from "../core/result.ts";
import type { TextOptions } from "./text-table.ts";

export interface ResultFormat {
  /** As users write it after `--format`. */
  readonly name: string;
  render(results: readonly RunResult[], options: TextOptions): string;
}
