/** Runs one point; whatever goes wrong is part of the outcome. */
import { inspect } from "node:util";
import { SchedulerError } from "../../core/errors.ts";
import { InputError } from "../../input/problem.ts";
import { packageFolder } from "../files/built-ins.ts";
import { RequestError } from "../request-error.ts";
import { runOnce } from "../run/run-once.ts";
import { prepare } from "../run/run-setup.ts";
import type { Workbench } from "../run/workbench.ts";
import type { Point, PointFailure, PointOutcome } from "./point.ts";

export async function runPoint({ index, request }: Point, workbench: Workbench): Promise<PointOutcome> {
  try {
    const { result } = runOnce(await prepare(request, workbench));
    return { kind: "done", index, result };
  } catch (error) {
    return { kind: "failed", index, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): PointFailure {
  const failure = (kind: PointFailure["kind"], message: string): PointFailure => ({ kind, message: portable(message) });
  if (error instanceof InputError || error instanceof RequestError) return failure("input", error.message);
  if (error instanceof SchedulerError) return failure("policy", error.message);
  return failure("internal", inspect(error));
}

/** The same on every machine, wherever rtmm is installed there. */
const portable = (message: string): string => message.replaceAll(packageFolder, "built-in:");
