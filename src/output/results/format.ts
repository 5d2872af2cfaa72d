/** What a format of results is. */
import type { Metric } from "../../metrics/metric.ts";
import type { RunResult } from "../../records/run-result.ts";
import type { Format } from "../format.ts";
import type { TextOptions } from "../text-table.ts";

/** How results are shown. */
export interface ResultOptions extends TextOptions {
  /** Metrics that tables show; absent: the headline. CSV and JSON have all of them. */
  readonly metrics?: readonly Metric[] | undefined;
}

/** Turns the results of one or several runs into text. */
export interface ResultFormat extends Format<readonly RunResult[]> {
  /** Text of one or several results. */
  render(results: readonly RunResult[], options: ResultOptions): string;
}
