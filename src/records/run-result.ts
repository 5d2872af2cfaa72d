/** The result of one run: the record behind result.json, tables, CSV and comparisons. Times are ms, energy is mJ. */
import type { ParameterValues } from "../core/scheduler.ts";

/** By metric name, in catalogue order; null: nothing to measure. */
export type ResultValues = Readonly<Record<string, number | null>>;
/** By the curve's name; null: nothing to measure. */
export type ResultCurves = Readonly<Record<string, readonly { readonly x: number; readonly y: number }[] | null>>;

/** The content of result.json. Times are ms, energies mJ, shares 0 to 1. */
export interface RunResult {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: { readonly name: string; readonly params: ParameterValues };
  readonly seed: number;
  readonly durationMs: number;
  readonly warmupMs: number;
  /** Differences between the run and the files of its scenario and system; absent: none. */
  readonly variation?: Variation;
  /** All files that were read for the run. */
  readonly inputs: readonly InputFile[];
  readonly metrics: ResultValues;
  readonly curves: ResultCurves;
  readonly tasks: readonly TaskResult[];
  readonly accelerators: readonly AcceleratorResult[];
  /** By start; empty without phases. A job belongs to the phase in which its frame was nominally released. */
  readonly phases: readonly PhaseResult[];
  /** Where the costs have no energy, by accelerator, whether or not anything ran there; absent: nowhere. */
  readonly unknownEnergy?: readonly UnknownEnergy[];
  /** Caveats about the numbers. */
  readonly warnings: readonly string[];
  /** SHA-256 of the result, the same on every machine; see docs/output.md. */
  readonly resultHash: string;
}

/** Values that replace those in the files; see docs/formats.md. */
export interface Variation {
  /** By path in the system's file, such as `accelerators[0].pes`. */
  readonly system?: Readonly<Record<string, unknown>>;
  /** By path in the scenario's file, such as `tasks.ht.fps`. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  /** Factor above 0 on the rates of all tasks, or of some tasks by id. */
  readonly rateScale?: number | Readonly<Record<string, number>>;
}

/** A file that was read for a run. */
export interface InputFile {
  /** `data`: a cost table or release times that a system or scenario names. */
  readonly role: "scenario" | "model" | "system" | "scheduler" | "data";
  /**
   * `built-in`: the path starts at rtmm's own folder. `file`: at the folder that rtmm was called in. `command`: it is no
   * path but the command of a scheduler.
   */
  readonly from: "built-in" | "file" | "command";
  readonly path: string;
  readonly sha256: string;
}

/** Models whose energy the costs of an accelerator do not know, or not of all their layers. */
export interface UnknownEnergy {
  /** Its id. */
  readonly accelerator: string;
  readonly models: readonly string[];
}

/** `id`, `model`, `curves` and every task-scoped metric by name; `reads` where the task reads others. */
export type TaskResult = {
  readonly id: string;
  readonly model: string;
  readonly curves: ResultCurves;
  readonly reads?: readonly ReadResult[];
} & Readonly<Record<string, unknown>>;

/** How old it was what the completed jobs of a task read of another one, at their completion. */
export interface ReadResult {
  /** Id of the task that was read. */
  readonly task: string;
  /** Completed jobs, and those of them that found nothing finished. */
  readonly reads: number;
  readonly emptyReads: number;
  /** null: all of them found nothing. */
  readonly ageMeanMs: number | null;
  readonly ageP50Ms: number | null;
  readonly ageP99Ms: number | null;
  readonly ageMaxMs: number | null;
}

/** The results of one phase's jobs. */
export interface PhaseResult {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Metrics of the phase's jobs. Those of accelerators and of the whole run are null. */
  readonly metrics: ResultValues;
  readonly tasks: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[];
}

/** `id` and every accelerator-scoped metric by name. */
export type AcceleratorResult = { readonly id: string } & Readonly<Record<string, unknown>>;
