/** What commands say on stderr beside their data. */

import { formatProblems } from "../input/format-problems.ts";
import type { Problem } from "../input/problem.ts";
import { wrapped } from "../output/lines.ts";
import type { RunResult } from "../records/run-result.ts";
import type { Invocation } from "./command.ts";

/** Warnings about files that were loaded; a file may have been loaded several times. */
export function noteInputWarnings(warnings: readonly Problem[], { note, errorColor }: Invocation): void {
  const distinct = [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
  if (distinct.length > 0) note(formatProblems(distinct, { color: errorColor }));
}

/** Warnings about results, and their hashes: of several only the first half, so that lines stay short. */
export function noteResults(results: readonly RunResult[], { note }: Invocation): void {
  const warnings = results.flatMap((result) => result.warnings);
  if (results.length === 1) for (const warning of warnings) note(wrapped(`warning: ${warning}`, "  "));
  else if (warnings.length > 0)
    note(`${warnings.length} warnings: --format json has them, as has a run of one scenario`);
  if (results.length === 1) note(`result ${results[0]!.resultHash}`);
  else for (const { scenario, resultHash } of results) note(`result ${resultHash.slice(0, 32)} ${scenario}`);
}
