/** Tools end every line; a file that does not end with a line end may have been cut on its way. */
import type { ProblemList } from "../input/problem-list.ts";
import type { SourceFile } from "./imported.ts";
import { Reporter } from "./reporter.ts";

/** A cut number is a number, too, so nothing else would tell. */
export function warnOfUnfinishedLine({ file, text }: SourceFile, problems: ProblemList): void {
  if (text === "" || /\n\s*$/.test(text)) return;
  const lines = text.split("\n");
  const last = lines.at(-1)!;
  new Reporter(text, file, problems).warn(
    { text: last, line: lines.length, column: 1 },
    "UNFINISHED_LINE",
    "the file does not end with a line end; is it complete?",
  );
}
