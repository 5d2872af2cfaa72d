/** What an output format is. */
import type { RunResult } from "../records/run-result.ts";
import type { TextOptions } from "./text-table.ts";

export interface Format<Shown> {
  /** As users write it after `--format`. */
  readonly name: string;
  render(shown: Shown, options: TextOptions): string;
}

export type ResultFormat = Format<readonly RunResult[]>;
