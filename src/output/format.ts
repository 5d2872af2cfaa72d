/** What an output format is. */
import type { Metric } from "../metrics/metric.ts";
import type { RunResult } from "../records/run-result.ts";
import type { TextOptions } from "./text-table.ts";

export interface Format<Shown> {
  /** As users write it after `--format`. */
  readonly name: string;
  render(shown: Shown, options: TextOptions): string;
}

export interface ResultOptions extends TextOptions {
  /** Which metrics tables for people show; absent: the few that most people come for. CSV and JSON have all of them. */
  readonly metrics?: readonly Metric[] | undefined;
}

export interface ResultFormat extends Format<readonly RunResult[]> {
  render(results: readonly RunResult[], options: ResultOptions): string;
}
