/** Reads RKNN's table of layers: measured by `eval_perf` on a chip of Rockchip, or estimated in cycles by the compiler. */
import type { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import type { SourceFile } from "../imported.ts";
import { type Place, Reporter } from "../reporter.ts";
import { leftIf, NS_PER_US, type Profile, type ProfileLayer, type ReadOptions } from "./profile.ts";

const headerPattern = /^\s*ID\s+OpType\s+DataType\s+Target\s+InputShape\s+OutputShape\s+Cycles\(DDR\/NPU\/Total\)/;
/** The number of the row, operator, type, unit, shapes, cycles; and what follows. */
const rowPattern = /^\s*(\d+)\s+(\S+)\s+\S+\s+(\S+)\s+\S+\s+\S+\s+\d+\/\d+\/(\d+)(?:\s+(.*))?$/;

/** Whether a text has such a table. */
export const isRknn = (text: string): boolean => text.split("\n").some((line) => headerPattern.test(contentOf(line)));

export function readRknn({ file, text }: SourceFile, problems: ProblemList, options: ReadOptions): readonly Profile[] {
  const reporter = new Reporter(text, file, problems);
  const lines = text
    .replace(/\s+$/, "")
    .split(/\r\n|\n|\r/)
    .map((line, i): Place => ({ text: contentOf(line), line: i + 1, column: 1 }));
  const start = lines.findIndex((line) => headerPattern.test(line.text));
  const isMeasured = /Time ?\(us\)/.test(lines[start]!.text);
  if (!isMeasured && options.clockGHz === undefined)
    throw new RequestError(`${file} has cycles; say how long one is: --clock-ghz <GHz>`);
  const rows = rowsOf(lines.slice(start + 1), isMeasured, reporter);
  // The compiler counts no cycles for what it leaves to the CPU.
  const known = isMeasured ? rows : rows.filter(({ unit }) => unit === "NPU");
  if (known.length === 0) reporter.report(lines[start]!, "PROFILE_SYNTAX", "there is no layer below this header");
  return [
    {
      file,
      format: "rknn",
      layers: known.map((row) => layerOf(row, options.clockGHz)),
      runs: 1,
      remarks: isMeasured ? [] : ["cycles as the compiler estimates them"],
      left: leftIf(rows.length - known.length, "operator on the CPU", "the compiler does not estimate its time"),
    },
  ];
}

/** Without what the logger writes before it. */
const contentOf = (line: string): string => line.replace(/^\s*[DIWE] RKNN(?:API)?: \[[^\]]*\] ?/, "");

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly cycles: number;
  /** If the table was measured. */
  readonly us: number | undefined;
}

/** Rules stand between the header and the rows, and behind them. */
function rowsOf(lines: readonly Place[], isMeasured: boolean, reporter: Reporter): readonly Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    if (/^\s*-*\s*$/.test(line.text) && rows.length === 0) continue;
    const found = rowPattern.exec(line.text);
    if (found === null) return rows;
    const [, id, operator, unit, cycles, rest = ""] = found;
    const time = /^([\d.]+)(?:\s|$)/.exec(rest)?.[1];
    if (isMeasured && time === undefined) reporter.report(line, "PROFILE_SYNTAX", "this row has no Time(us)");
    // Long names are left out, or stand last, as `Conv:/model.0/conv/Conv`.
    const name = /\s(\S+:\S+)\s*$/.exec(rest)?.[1] ?? `${operator}:${id}`;
    rows.push({ name, unit: unit!, cycles: Number(cycles), us: isMeasured ? Number(time ?? 0) : undefined });
  }
  if (rows.length > 0) reporter.warn(lines.at(-1)!, "NO_EFFECT", "the table ends with the file; is it whole?");
  return rows;
}

const layerOf = ({ name, unit, us, cycles }: Row, clockGHz = 1): ProfileLayer => ({
  name,
  time: { meanNs: us === undefined ? cycles / clockGHz : us * NS_PER_US },
  accelerator: unit,
});
