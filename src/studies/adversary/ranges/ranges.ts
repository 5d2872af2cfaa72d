/** What a search may change. Every range is the list of its values. */
import type { InputFile } from "../../../records/run-result.ts";

export interface Ranges {
  readonly name: string;
  /** Of the file of ranges. */
  readonly path: string;
  readonly models: readonly ModelChoice[];
  readonly systems: readonly SystemChoice[];
  readonly durationMs: Values;
  readonly tasks: Values;
  readonly fps: Values;
  readonly offsetMs: Values;
  readonly jitterMs: Values;
  readonly deadlinePeriods: Values;
  readonly priority: Values;
  /** Empty: no task follows another. */
  readonly probability: Values;
  /** Empty: as the system has. */
  readonly accelerators: Values;
  readonly pes: Values;
  readonly dataflows: readonly string[];
  /** The file of ranges, and every file that it names. */
  readonly inputs: readonly InputFile[];
}

/** In rising order, each once. */
export type Values = readonly number[];

export interface ModelChoice {
  /** Names its tasks. */
  readonly name: string;
  /** Path of its file. */
  readonly path: string;
  /** How a built-in scenario would name it: its name if it is built-in, else its absolute path. */
  readonly reference: string;
}

export interface SystemChoice {
  readonly name: string;
  /** Path of its file. */
  readonly path: string;
  /** As its file says, with one entry for each accelerator. */
  readonly accelerators: readonly AcceleratorFields[];
  /** Whether a table has costs of it: its rows name accelerators, so these stay as they are. */
  readonly isMeasured: boolean;
}

/** An accelerator as a system's file has it. */
export type AcceleratorFields = Readonly<Record<string, unknown>> & { readonly id: string };
