/** Runs one point. A failure is an outcome. */
import { inspect } from "node:util";
import { SchedulerError } from "../core/errors.ts";
import type { Library } from "../files/library.ts";
import { InputError } from "../input/input-error.ts";
import { RequestError } from "../input/request-error.ts";
import type { RunResult } from "../records/run-result.ts";
import { type Interruptibly, uninterrupted } from "../run/interruptibly.ts";
import { prepare } from "../run/prepare.ts";
import { type RunOptions, runOnce } from "../run/run-once.ts";
import type { RunSetup } from "../run/run-setup.ts";
import type { Workbench } from "../run/workbench.ts";
import type { Point, PointFailure, PointOutcome, WantedResult } from "./point.ts";

export interface PointOptions {
  /** By default, a simulation always runs to its end. */
  readonly interruptibly?: Interruptibly | undefined;
  readonly runOptions?: RunOptions | undefined;
  /** `thrown`: failures are thrown with their stacks. By default they are outcomes. */
  readonly failures?: "thrown" | undefined;
}

/** Rejects if the simulation is interrupted, or with the failure if failures are thrown. */
export async function runPoint(
  { index, request, wanted }: Point,
  workbench: Workbench<Library>,
  { interruptibly = uninterrupted, runOptions, failures }: PointOptions = {},
): Promise<PointOutcome> {
  const failed = (error: unknown): PointOutcome => {
    if (failures === "thrown") throw error;
    return { kind: "failed", index, failure: failureOf(error, workbench.files) };
  };
  let setup: RunSetup;
  try {
    setup = await prepare(request, workbench);
  } catch (error) {
    return failed(error);
  }
  try {
    return interruptibly((pulse) => {
      try {
        const { result, findings } = runOnce(setup, { ...runOptions, pulse });
        return { kind: "done", index, result: partOf(result, wanted), ...(findings.length > 0 && { findings }) };
      } catch (error) {
        return failed(error);
      }
    }, setup);
  } catch (error) {
    // A policy that never returned.
    if (error instanceof SchedulerError) return failed(error);
    throw error;
  }
}

const partOf = (result: RunResult, wanted: WantedResult | undefined): RunResult =>
  wanted === undefined ? result : { ...result, inputs: [], tasks: [], accelerators: [], phases: [], warnings: [] };

function failureOf(error: unknown, library: Library): PointFailure {
  const failure = (kind: PointFailure["kind"], message: string): PointFailure => {
    return { kind, message: library.portable(message) };
  };
  if (error instanceof InputError || error instanceof RequestError) return failure("input", error.message);
  if (error instanceof SchedulerError) return failure("policy", error.message);
  return failure("internal", inspect(error));
}
