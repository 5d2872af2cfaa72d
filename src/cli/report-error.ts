/** Prints the error that stopped a command and returns its exit code. */
import { inspect, stripVTControlCharacters } from "node:util";
import { SolverError } from "../analysis/solver/index.ts";
import { SchedulerError } from "../core/errors.ts";
import { formatProblems } from "../input/format-problems.ts";
import { IncomparableError } from "../input/incomparable-error.ts";
import { InputError } from "../input/input-error.ts";
import { RequestError } from "../input/request-error.ts";
import type { Color } from "./color.ts";
import { type ExitCode, exitCode, stoppedBy } from "./exit-codes.ts";
import { Interruption, type StopSignal } from "./interruption.ts";
import type { OutputStream } from "./streams.ts";

export interface ReportOptions {
  readonly color: Color;
  readonly stack: "shown" | "hidden";
}

export function reportError(error: unknown, stderr: OutputStream, { color, stack }: ReportOptions): ExitCode {
  const { text, code } = describe(error, color);
  stderr.write(`${text}\n`);
  if (stack === "shown") stderr.write(`${inspect(error)}\n`);
  return code;
}

function describe(error: unknown, color: Color): { readonly text: string; readonly code: ExitCode } {
  if (error instanceof InputError) return { text: formatProblems(error.problems, { color }), code: exitCode.usage };
  if (error instanceof RequestError) return { text: `error: ${error.message}`, code: exitCode.usage };
  if (error instanceof IncomparableError) return { text: `error: ${error.message}`, code: exitCode.incomparable };
  if (error instanceof SchedulerError || error instanceof SolverError)
    return { text: `error: ${error.message}`, code: exitCode.failed };
  if (error instanceof Interruption) return { text: stopText[error.by], code: stoppedBy[error.by] };
  const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  return { text: `internal error, please report it: ${message} (--debug shows where)`, code: exitCode.failed };
}

const stopText: Readonly<Record<StopSignal, string>> = {
  SIGINT: "interrupted",
  SIGTERM: "interrupted by SIGTERM",
  SIGHUP: "interrupted by SIGHUP",
};
