/** Reads what Timeloop computed for a layer: the summary of `timeloop-mapper.stats.txt` or `timeloop-model.stats.txt`. */
import { decimal } from "../../input/decimal.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { type Place, Reporter } from "../reporter.ts";

export interface TimeloopStats {
  readonly file: string;
  readonly cycles: number;
  readonly energyPj: number;
  /** Multiply-accumulates, with the place that says so. */
  readonly computes: number;
  readonly at: Place;
}

/** Whether a text is such a file. */
export const isTimeloopStats = (text: string): boolean => /^Summary Stats\s*\n-+\s*\n/m.test(text);

const PJ_PER_FJ = 1e-3;

/** Undefined after problems. The energy of a compute has more digits than that of the layer, in uJ. */
export function readStats({ file, text }: SourceFile, problems: ProblemList): TimeloopStats | undefined {
  const reporter = new Reporter(text, file, problems);
  const lines = text.split(/\r\n|\n|\r/).map((line, i): Place => ({ text: line, line: i + 1, column: 1 }));
  const start = lines.findIndex((line) => line.text.startsWith("Summary Stats"));
  const summary = lines.slice(start);
  const cycles = valueIn(summary, /^Cycles: (\S+)/);
  const computes = valueIn(summary, /^(?:Algorithmic )?Computes = (\S+)/);
  const each = summary.findIndex((line) => /^fJ\/(Algorithmic-)?Compute$/.test(line.text));
  const eachFj = each < 0 ? undefined : valueIn(summary.slice(each), /^\s+Total\s*= (\S+)/);
  if (cycles === undefined || computes === undefined || eachFj === undefined) {
    const message = "this summary has no Cycles, Computes or Total in fJ/Compute; is the file whole?";
    reporter.report(lines[start]!, "PROFILE_SYNTAX", message);
    return undefined;
  }
  const energyPj = computes.value * eachFj.value * PJ_PER_FJ;
  return { file, cycles: cycles.value, energyPj, computes: computes.value, at: computes.at };
}

/** Of the first line that has it. */
function valueIn(lines: readonly Place[], pattern: RegExp): { readonly value: number; readonly at: Place } | undefined {
  for (const at of lines) {
    const value = decimal(pattern.exec(at.text)?.[1] ?? "");
    if (Number.isFinite(value)) return { value, at };
  }
  return undefined;
}
