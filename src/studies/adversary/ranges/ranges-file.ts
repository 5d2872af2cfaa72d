/** Ranges as written in their YAML file, checked against schema/ranges.schema.json. */

export interface RangesFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly models: readonly string[];
  readonly systems: readonly string[];
  readonly durationMs: SpanFile;
  readonly tasks: SpanFile;
  readonly fps: SpanFile;
  readonly offsetMs?: SpanFile;
  readonly jitterMs?: SpanFile;
  readonly deadlinePeriods?: SpanFile;
  readonly priority?: SpanFile;
  readonly probability?: SpanFile;
  readonly accelerators?: SpanFile;
  readonly pes?: SpanFile;
  readonly dataflows?: readonly string[];
}

/** One value, a list of them, or equal steps. */
export type SpanFile =
  | number
  | readonly number[]
  | { readonly from: number; readonly to: number; readonly step?: number };
