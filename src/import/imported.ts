/** What every importer gives: the files to write, and a report of what was taken and what was left out. */
import type { Problem } from "../input/problem.ts";
import type { ImportReport } from "../records/import-report.ts";

export type { ImportReport, LeftOut, ModelTotals, SourcePlace } from "../records/import-report.ts";

/** A text file of another tool. */
export interface SourceFile {
  readonly text: string;
  /** As problems name it. */
  readonly file: string;
}

/** `table`: costs or samples of a system, as CSV. `arrivals`: releases of a scenario, as CSV. */
export type ImportedKind = "model" | "scenario" | "system" | "table" | "arrivals";

export interface ImportedFile {
  readonly kind: ImportedKind;
  /** An id in kebab-case. */
  readonly name: string;
  /** Unique among the files of one import: `<name>.yaml`, `<name>.csv`. */
  readonly fileName: string;
  readonly text: string;
}

export interface ImportResult {
  /** In the order of writing. They name each other by file name or name, and lie in one folder. */
  readonly files: readonly ImportedFile[];
  readonly report: ImportReport;
}

/** Where the written files find the JSON Schemas: a path or URL without a slash at its end. */
export interface ImportOptions {
  readonly schemaFolder?: string;
}

/** Receives warnings about the sources. */
export type Warn = (problem: Problem) => void;
