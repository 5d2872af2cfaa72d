/** From what a user asks for to everything a run needs, loaded and checked. */

import type { ParameterValues, Scheduler } from "../core/scheduler.ts";
import { findScheduler } from "../files/scheduler-file.ts";
import { RequestError } from "../input/request-error.ts";
import type { Variation } from "../records/run-result.ts";
import { resolveParameters } from "../schedulers/parameters.ts";
import { type RunCase, runCaseOf } from "./run-case.ts";
import type { Workbench } from "./workbench.ts";

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

export interface RunSetup extends RunCase {
  readonly scheduler: Scheduler;
  /** Whether a user's file defines the scheduler. */
  readonly schedulerPath: string | undefined;
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly variation: Variation | undefined;
}

/** Throws InputError or RequestError; nothing has run then. */
export async function prepare(request: RunRequest, workbench: Workbench): Promise<RunSetup> {
  const { scheduler, files } = await findScheduler(request.scheduler, workbench.library);
  const parameters = checkedParameters(scheduler, request.parameters);
  const { inputs, ...shared } = runCaseOf(request, workbench);
  return {
    ...shared,
    scheduler,
    schedulerPath: files[0]?.path,
    parameters,
    seed: request.seed,
    inputs: [...inputs, ...files],
    variation: request.variation,
  };
}

function checkedParameters(scheduler: Scheduler, given: RunRequest["parameters"]): ParameterValues {
  const { values, problems } = resolveParameters(scheduler, given);
  if (problems.length > 0) throw new RequestError(problems.map(({ message }) => message).join("\n"));
  return values;
}
