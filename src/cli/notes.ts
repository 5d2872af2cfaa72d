/** What commands say on stderr beside their data. */
import type { RunResult } from "../core/result.ts";
import { formatProblems } from "../input/format-problems.ts";
import type { Problem } from "../input/problem.ts";
import { wrapped } from "../output/wrapped.ts";
import type { Invocation } from "./command.ts";

/** Warnings about files that were loaded. */
export function noteInputWarnings(warnings: readonly Problem[], { note, errorColor }: Invocation): void {
  if (warnings.length > 0) note(formatProblems(warnings, { color: errorColor }));
}

/** Warnings about a result, and its hash; `prefix` says of which of several. */
export function noteResult({ warnings, resultHash }: RunResult, prefix: string, { note }: Invocation): void {
  for (const warning of warnings) note(wrapped(`warning: ${prefix}${warning}`, "  "));
  note(`${prefix}result ${resultHash}`);
}
