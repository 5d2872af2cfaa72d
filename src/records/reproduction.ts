/** The result of `rtmm reproduce`, a comparison of a paper or of rtmm's own: the record behind its tables and files. */
import type { Interval } from "./interval.ts";
import type { InputFile } from "./run-result.ts";

export interface Reproduction {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  /** Its name on the command line. */
  readonly paper: string;
  readonly title: string;
  /** `full`: with the defaults, as in the results files. */
  readonly extent: "full" | "quick" | "custom";
  readonly seeds: readonly number[];
  /** null: each scenario's own. */
  readonly durationMs: number | null;
  readonly claims: readonly Claim[];
  /** Known differences from the paper's set-up; for targets, how they are measured. Claims name them by number, from 1. */
  readonly differences: readonly string[];
  readonly tables: readonly FigureTable[];
  readonly scenarios: readonly string[];
  readonly systems: readonly string[];
  readonly schedulers: readonly ReproductionScheduler[];
  readonly inputs: readonly InputFile[];
}

export interface Claim {
  /** Short enough for a table column. */
  readonly what: string;
  /** The paper's figure; a word if it gives no number; null if we know of none. */
  readonly claimed: number | string | null;
  /** null: nothing to measure. */
  readonly ours: number | null;
  /** Interval of `ours`, paired over seeds, or over cases for targets; null if the claim has none. */
  readonly interval: Interval | null;
  readonly unit: FigureUnit;
  /** Absent: a paper's claim. */
  readonly target?: Target;
  /** Numbers of entries in the reproduction's `differences`, from 1. */
  readonly differences: readonly number[];
}

/** A claim that is to be reached by a policy of rtmm's own. */
export interface Target {
  /** Where ours is to be, seen from `claimed`. `free`: nothing was set, the number is for information. */
  readonly side: "at most" | "at least" | "free";
  /** null: nothing was set, or nothing was measured. */
  readonly isReached: boolean | null;
}

export interface ReproductionScheduler {
  /** Its name in the tables. */
  readonly label: string;
  /** As for `rtmm compare --schedulers`. For a tuned scheduler, the one that was tuned. */
  readonly scheduler: string;
}

export interface FigureTable {
  readonly name: string;
  readonly title: string;
  /** Where it is shown. `files`: only in files, because it is too long for a terminal. */
  readonly place: "everywhere" | "files";
  readonly columns: readonly FigureColumn[];
  /** Keys are the columns' names. */
  readonly rows: readonly Readonly<Record<string, Figure>>[];
}

export interface FigureColumn {
  readonly name: string;
  readonly heading: string;
  readonly unit: FigureUnit;
}

/** null: nothing to measure. Numbers have six significant digits, which are the same on every machine. */
export type Figure = string | number | null;

/** `share`: 0 to 1, shown as a percentage. `score`: 0 to 1. `points`: 0 to 100. `ratio`: any number. */
export type FigureUnit = "text" | "share" | "score" | "points" | "ratio" | "count";
