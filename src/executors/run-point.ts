/** Runs one point; whatever goes wrong is part of the outcome. */
import { inspect } from "node:util";
import { SchedulerError } from "../core/errors.ts";
import type { Library } from "../files/library.ts";
import { InputError } from "../input/input-error.ts";
import { RequestError } from "../input/request-error.ts";
import { prepare } from "../run/prepare.ts";
import { runOnce } from "../run/run-once.ts";
import type { Workbench } from "../run/workbench.ts";
import type { Point, PointFailure, PointOutcome } from "./point.ts";

export async function runPoint({ index, request }: Point, workbench: Workbench<Library>): Promise<PointOutcome> {
  try {
    const { result } = runOnce(await prepare(request, workbench));
    return { kind: "done", index, result };
  } catch (error) {
    return { kind: "failed", index, failure: failureOf(error, workbench.files) };
  }
}

function failureOf(error: unknown, library: Library): PointFailure {
  const failure = (kind: PointFailure["kind"], message: string): PointFailure => {
    return { kind, message: library.portable(message) };
  };
  if (error instanceof InputError || error instanceof RequestError) return failure("input", error.message);
  if (error instanceof SchedulerError) return failure("policy", error.message);
  return failure("internal", inspect(error));
}
