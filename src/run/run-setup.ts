/** What a user asks for, and what becomes of it before it runs. */
import type { Program } from "../core/program.ts";
import type { ParameterValues, Scheduler } from "../core/scheduler.ts";
import type { MeasurementContext } from "../metrics/measurement-context.ts";
import type { InputFile, Variation } from "../records/run-result.ts";

/** What a user asks for: paths of files, a scheduler's name or path, and numbers. */
export interface RunRequest {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** As given; text is converted to what the parameter is. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  /** undefined: the scenario's. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
  /** Left out: files as they are. */
  readonly variation?: Variation | undefined;
}

/** What runs of a scenario on a system share, whatever their scheduler. */
export interface RunCase {
  readonly program: Program;
  readonly context: MeasurementContext;
  /** Every file that was read. */
  readonly inputs: readonly InputFile[];
  readonly warnings: readonly string[];
}

/** All that one run needs, loaded and checked. */
export interface RunSetup extends RunCase {
  readonly scheduler: Scheduler;
  /** Whether a user's file defines the scheduler. */
  readonly schedulerPath: string | undefined;
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly variation: Variation | undefined;
}
