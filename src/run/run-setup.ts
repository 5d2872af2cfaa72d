/** A run request, and the run that is prepared from it. */
import type { Program } from "../core/program.ts";
import type { ParameterValues, Scheduler } from "../core/scheduler.ts";
import type { KnownEnergy } from "../cost/index.ts";
import type { MeasurementContext } from "../metrics/measurement-context.ts";
import type { InputFile, Variation } from "../records/run-result.ts";
import type { SchedulerOrigin } from "./run-files.ts";

/** A run as requested: paths of files, a scheduler's name or path, and numbers. */
export interface RunRequest {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** As given. Text is converted to the parameter's type. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  /** undefined: the scenario's own duration. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  /** Absent if the files are used unchanged. */
  readonly variation?: Variation | undefined;
}

/** What all runs of a scenario on a system share, regardless of the scheduler. */
export interface RunCase {
  readonly program: Program;
  readonly context: MeasurementContext;
  /** What the costs know of energy, for each model on each accelerator that can run it. */
  readonly energies: readonly KnownEnergy[];
  /** Every file that was read. */
  readonly inputs: readonly InputFile[];
  readonly warnings: readonly string[];
}

/** Everything that one run needs, loaded and checked. */
export interface RunSetup extends RunCase {
  readonly scheduler: Scheduler;
  readonly schedulerOrigin: SchedulerOrigin;
  /** Path of the user's file that defines the scheduler; undefined for other schedulers. */
  readonly schedulerPath: string | undefined;
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly variation: Variation | undefined;
}
