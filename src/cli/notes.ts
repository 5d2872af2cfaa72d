/** Remarks that commands write to stderr. */

import { formatProblems } from "../input/format-problems.ts";
import type { Problem } from "../input/problem.ts";
import { wrapped } from "../output/lines.ts";
import { counted } from "../output/words.ts";
import type { RunResult } from "../records/run-result.ts";
import { JOURNAL_FILE } from "../studies/adversary/folder-names.ts";
import type { SearchFolder } from "../studies/adversary/search-folder.ts";
import type { Invocation } from "./command.ts";

/** Prints each warning about loaded files once, even if a file was loaded several times. */
export function noteInputWarnings(warnings: readonly Problem[], { note, errorColor }: Invocation): void {
  const distinct = [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
  if (distinct.length > 0) note(formatProblems(distinct, { color: errorColor }));
}

/** Of the journal of a search; what they were of is tried again. */
export function noteUnreadable({ journal }: SearchFolder, shown: string, { note }: Invocation): void {
  if (journal.unreadable === 0) return;
  note(`ignored ${counted(journal.unreadable, "line")} of ${shown}/${JOURNAL_FILE}: no evaluations`);
}

/** Prints warnings about results, and result hashes. With several results, each hash is cut to half its length. */
export function noteResults(results: readonly RunResult[], { note }: Invocation): void {
  const warnings = results.flatMap((result) => result.warnings);
  if (results.length === 1) for (const warning of warnings) note(wrapped(`warning: ${warning}`, "  "));
  else if (warnings.length > 0)
    note(`${warnings.length} warnings: use --format json, or run one scenario, to see them`);
  if (results.length === 1) note(`result ${results[0]!.resultHash}`);
  else for (const { scenario, resultHash } of results) note(`result ${resultHash.slice(0, 32)} ${scenario}`);
}
