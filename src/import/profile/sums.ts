/** Tables of other tools that sum kernels or operators over a whole capture: no layers, and no time of one run. */
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { Reporter } from "../reporter.ts";

/** The header, what the table is, and what has the times instead. */
const sums: readonly (readonly [header: RegExp, what: string, instead: string])[] = [
  [
    /^"?Time ?\(%\)"?,"?Total Time \(ns\)"?,"?(Instances|Num Calls)"?,/,
    "a summary of Nsight Systems",
    "trtexec --exportProfile or a trace of PyTorch's profiler has them; a range that is one run: --columns model=Range,latencyNs=…",
  ],
  [
    /^ *Name +Self CPU %? /,
    "a table of key_averages() of PyTorch's profiler",
    "the trace of export_chrome_trace has them",
  ],
];

/** Reports such a table; what the user says of its columns counts more. */
export function refuseSums({ file, text }: SourceFile, problems: ProblemList): boolean {
  const lines = text.split(/\r\n|\n|\r/);
  for (const [header, what, instead] of sums) {
    const index = lines.findIndex((line) => header.test(line));
    if (index < 0) continue;
    const place = { text: lines[index]!, line: index + 1, column: 1 };
    const message = `this is ${what}: it sums over a whole capture, without the order of layers or the time of one run; ${instead}`;
    new Reporter(text, file, problems).report(place, "PROFILE_SYNTAX", message);
    return true;
  }
  return false;
}
