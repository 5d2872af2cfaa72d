/** Which column of a trace is the time, and in which unit: as its name and its first cell tell. */
import type { TimeFormat } from "../../input/time-text.ts";
import { isIso } from "./table.ts";
import type { TraceTable } from "./trace-table.ts";

const names = /^(time[ _]?stamps?|times?|arrivals?([ _]?times?)?|arrived([ _]?at)?|start[ _]?times?|date[ _]?times?)$/i;
const unitAtEnd = /(?:[\s_([]+(ns|us|ms|s|secs?|seconds?)[\])]?|(Ns|Us|Ms))$/;

/** Undefined if no name tells; the first column of a file without names. */
export const timeNameIn = ({ header }: TraceTable): string | undefined =>
  header[0] === "1" ? "1" : header.find((name) => names.test(name.replace(unitAtEnd, "").trim()));

/** By the unit in its name, or a date in its first row; undefined if neither tells. */
export function timeFormatOf(table: TraceTable, name: string): TimeFormat | undefined {
  const unit = unitAtEnd
    .exec(name)
    ?.slice(1)
    .find((each) => each !== undefined)
    ?.toLowerCase();
  if (unit !== undefined) return unit.startsWith("s") ? "s" : (unit as TimeFormat);
  const index = table.header.indexOf(name);
  const [first] = table.rows;
  return index >= 0 && first !== undefined && isIso(first.cells[index] ?? "") ? "iso" : undefined;
}
