/** Requests of a trace, before they are rows of a replay. */
import type { Place } from "../reporter.ts";

export interface Arrival {
  /** What the trace calls the task; empty: the trace has one task. */
  readonly task: string;
  /** Whole ns since the zero of the trace's clock. */
  readonly timeNs: bigint;
  /** Work relative to the task's model; absent: 1. */
  readonly scale?: number;
  readonly at: Place;
}

/** How to read the rows of a trace. */
export interface RowMapping {
  readonly time: string;
  readonly timeFormat: "iso" | "s" | "ms" | "us" | "ns";
  /** A column in the same unit to subtract: the time is that of the end. */
  readonly before?: string;
  /** Absent: all rows are of one task. */
  readonly task?: string;
  /** Columns with what one of each is worth; work is their sum. Absent: every row is one job of the model. */
  readonly scale?: ReadonlyMap<string, number>;
}

/** What people publish, told by its columns. */
export type TraceFormat =
  | "azure-llm"
  | "azure-functions"
  | "azure-functions-2021"
  | "burstgpt"
  | "vidur"
  | "mooncake"
  | "bailian"
  | "rows";
