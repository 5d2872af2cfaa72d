/** What an import took, what it left out and why, and totals to compare with what people know of their networks. */

export interface ImportReport {
  /** Sentences with counts, such as `45 layers of kws, measured on cpu, from kws.csv`. */
  readonly taken: readonly string[];
  /** Nothing is dropped without an entry here. */
  readonly left: readonly LeftOut[];
  /** One for each model, by its name. What the format does not say is absent: never 0. */
  readonly totals: readonly ModelTotals[];
  /** What to try next, as sentences. */
  readonly hints?: readonly string[];
}

/** Something in a source that has no counterpart in the written files. */
export interface LeftOut {
  /** Singular or a mass noun: `stride`, `row without a time`. */
  readonly what: string;
  readonly count: number;
  readonly why: string;
  /** The first one. */
  readonly first?: SourcePlace;
}

export interface SourcePlace {
  readonly file: string;
  /** From 1; absent where a position means nothing, as in a binary file. */
  readonly line?: number;
  readonly column?: number;
}

export interface ModelTotals {
  readonly model: string;
  readonly layers?: number;
  readonly macs?: number;
  /** Trained weights, in elements. */
  readonly weights?: number;
  /** Measured: of one job on one accelerator, alone. One for each accelerator. */
  readonly measured?: readonly MeasuredTotal[];
}

export interface MeasuredTotal {
  readonly accelerator: string;
  readonly latencyNs: number;
}
