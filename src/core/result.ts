/** The record of one run: result.json, tables, CSV and comparisons are made of it. Times are ms, energy is mJ. */
import type { ParameterValues } from "./scheduler.ts";

/** By metric name, in catalogue order; null: nothing to measure. */
export type ResultValues = Readonly<Record<string, number | null>>;
export type ResultCurves = Readonly<Record<string, readonly { readonly x: number; readonly y: number }[] | null>>;

export interface RunResult {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: { readonly name: string; readonly params: ParameterValues };
  readonly seed: number;
  readonly durationMs: number;
  readonly warmupMs: number;
  /** How the run differs from its scenario's and system's files; absent: it does not. */
  readonly variation?: Variation;
  /** Every file that was read for the run, with the scenario, the system and the scheduler's own file among them. */
  readonly inputs: readonly InputFile[];
  readonly metrics: ResultValues;
  readonly curves: ResultCurves;
  readonly tasks: readonly TaskResult[];
  readonly accelerators: readonly AcceleratorResult[];
  /** By start; empty where the scenario has none. A job belongs to the phase in which its frame was released. */
  readonly phases: readonly PhaseResult[];
  /** What a reader should know before trusting the numbers. */
  readonly warnings: readonly string[];
  /** SHA-256 of the results, the same on every machine: see docs/output.md. */
  readonly resultHash: string;
}

/** Differences from the files; see docs/formats.md. */
export interface Variation {
  /** Values by their path in the system's file, such as `accelerators[0].pes`. */
  readonly system?: Readonly<Record<string, unknown>>;
  /** Likewise of the scenario's file, such as `tasks.ht.fps`. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  /** Factor, above 0, on the rates of all tasks, or of some by id. */
  readonly rateScale?: number | Readonly<Record<string, number>>;
}

export interface InputFile {
  /** `data`: a table or release times that a scenario or system names. */
  readonly role: "scenario" | "model" | "system" | "scheduler" | "data";
  /** `built-in`: the path is relative to rtmm's own folder; `file`: to the folder in which rtmm was called. */
  readonly from: "built-in" | "file";
  readonly path: string;
  readonly sha256: string;
}

/** `id`, `model`, `curves` and every task-scoped metric by its name. */
export type TaskResult = { readonly id: string; readonly model: string; readonly curves: ResultCurves } & Readonly<
  Record<string, unknown>
>;

export interface PhaseResult {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of jobs; those of accelerators and of the whole run are null. */
  readonly metrics: ResultValues;
  readonly tasks: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[];
}

/** `id` and every accelerator-scoped metric by its name. */
export type AcceleratorResult = { readonly id: string } & Readonly<Record<string, unknown>>;
