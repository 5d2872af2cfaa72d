/** What the reproduction of a paper's comparison is told as: the record behind its tables, JSON and results files. */
import type { InputFile } from "./run-result.ts";

export interface Reproduction {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** As the command line names it. */
  readonly paper: string;
  readonly title: string;
  /** `full`: with the defaults that the results files are made with. */
  readonly extent: "full" | "quick" | "custom";
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly claims: readonly Claim[];
  /** What differs in the set-up from the paper's, as far as that is known; claims count them from 1. */
  readonly differences: readonly string[];
  readonly tables: readonly FigureTable[];
  readonly scenarios: readonly string[];
  readonly systems: readonly string[];
  readonly schedulers: readonly ComparedScheduler[];
  readonly inputs: readonly InputFile[];
}

export interface Claim {
  /** Short: it stands in a column. */
  readonly what: string;
  /** What the paper says; a word where it gives no number; null where we know of none. */
  readonly claimed: number | string | null;
  /** null: nothing to measure. */
  readonly ours: number | null;
  /** 95 % confidence interval of ours, paired, over seeds; null: one seed, or not of that kind. */
  readonly interval: Interval | null;
  readonly unit: FigureUnit;
  /** Places in `differences`, from 1. */
  readonly differences: readonly number[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A scheduler that takes part. */
export interface ComparedScheduler {
  /** Names it in the tables. */
  readonly label: string;
  /** As `rtmm compare --schedulers` takes it; of a tuned one, what is tuned. */
  readonly scheduler: string;
}

export interface FigureTable {
  readonly name: string;
  readonly title: string;
  /** `files`: too long for a terminal. */
  readonly place: "everywhere" | "files";
  readonly columns: readonly FigureColumn[];
  /** Keys are names of columns; null: nothing to measure. */
  readonly rows: readonly Readonly<Record<string, Figure>>[];
}

export interface FigureColumn {
  readonly name: string;
  readonly heading: string;
  readonly unit: FigureUnit;
}

/** Numbers have six significant digits: those say enough, and are the same on every machine. */
export type Figure = string | number | null;

/** `share`: 0 to 1, shown in percent. `score`: 0 to 1. `points`: 0 to 100. `ratio`: any number. */
export type FigureUnit = "text" | "share" | "score" | "points" | "ratio" | "count";
