/** Reads the output of TFLite's `benchmark_model`: tables of operators as text or CSV, of all versions. */
import type { ProblemList } from "../../input/problem-list.ts";
import { quote } from "../../input/quote.ts";
import type { LeftOut, SourceFile } from "../imported.ts";
import { type Place, Reporter } from "../reporter.ts";
import { leftIf, msText, NS_PER_MS, NS_PER_US, type Profile, type ProfileLayer } from "./profile.ts";
import { type TfliteHeader, type TfliteOutput, type TfliteTable, type Timings, tfliteOutput } from "./tflite-lines.ts";

/** Whether a text is such an output. */
export const isTflite = (text: string): boolean =>
  /=+ Run Order =+|Inference \(avg\):|^\s*\[?node type\b|\bcount=\d+ .*\bavg=/im.test(text);

/** One for each table of operators of the regular runs; of a file without tables the mean of all runs. */
export function readTflite({ file, text }: SourceFile, problems: ProblemList): readonly Profile[] {
  const reporter = new Reporter(text, file, problems);
  const output = tfliteOutput(text);
  const regular = output.tables.filter(({ part }) => part === "runs");
  const others = output.tables.filter(({ part }) => part !== "runs");
  if (regular.length > 0) return regular.map((table, i) => tableProfile(file, table, i === 0 ? others : [], reporter));
  if (output.inference !== undefined) return [wholeProfile(file, output.inference, others)];
  reporter.report(
    { text: "", line: 1, column: 1 },
    "PROFILE_SYNTAX",
    'there is no table "Run Order", no "Inference (avg)" and no "count=… avg=…" of runs; is this the output of benchmark_model?',
  );
  return [];
}

function wholeProfile(
  file: string,
  { avgUs, count, stdUs }: NonNullable<TfliteOutput["inference"]>,
  others: readonly TfliteTable[],
): Profile {
  return {
    file,
    format: "tflite",
    layers: [],
    whole: { meanNs: avgUs * NS_PER_US },
    runs: count,
    remarks: timingRemarks({ avgUs, count, ...(stdUs === undefined ? {} : { stdUs }) }),
    left: leftTables(file, others),
  };
}

function tableProfile(file: string, table: TfliteTable, others: readonly TfliteTable[], reporter: Reporter): Profile {
  const rows = table.rows.flatMap((place) => rowOf(place, table.header, reporter) ?? []);
  checkOrder(rows, table, reporter);
  const outer = doubledDelegates(rows);
  const kept = rows.filter((row) => !outer.includes(row));
  const sumNs = kept.reduce((sum, row) => sum + row.latencyNs, 0);
  return {
    file,
    format: "tflite",
    layers: kept.map(layerOf),
    runs: table.timings?.count ?? 1,
    remarks: table.timings === undefined ? [] : timingRemarks(table.timings),
    left: [
      ...leftTables(file, others),
      ...leftIf(
        outer.length,
        "node of a delegate",
        "the operators inside it are layers themselves",
        placeIn(file, outer[0]?.at),
      ),
      ...overheadOf(file, table, sumNs),
    ],
  };
}

interface Row {
  readonly at: Place;
  readonly type: string;
  readonly name: string;
  readonly latencyNs: number;
  readonly cdf: number | undefined;
}

/** A layer that is called several times in a run takes the time of all its calls. */
function rowOf(place: Place, header: TfliteHeader, reporter: Reporter): Row | undefined {
  const cells = cellsOf(place.text, header);
  if (cells === undefined) {
    const comma = /\d,\d/.test(place.text) ? "; numbers need a decimal point, not a comma" : "";
    const message = `expected a row of ${header.columns.length} cells below the header in line ${header.line}, got ${quote(place.text)}${comma}`;
    reporter.report(place, "PROFILE_SYNTAX", message);
    return undefined;
  }
  const number = (column: string) => {
    const text = cells[header.columns.indexOf(column)];
    return text === undefined ? undefined : Number.parseFloat(text);
  };
  const avgMs = number("avg ms");
  if (avgMs === undefined || !Number.isFinite(avgMs)) {
    reporter.report(place, "PROFILE_SYNTAX", `this row has no "avg ms"; the header in line ${header.line} needs it`);
    return undefined;
  }
  const calls = Math.max(1, number("times called") ?? 1);
  return { at: place, type: cells[0]!, name: cells.at(-1)!, latencyNs: avgMs * calls * NS_PER_MS, cdf: number("cdf%") };
}

const plainNumber = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;

/** A type may hold blanks and commas, and a name anything: the numbers between them, some in percent, are what is sure. */
function cellsOf(text: string, { kind, columns }: TfliteHeader): readonly string[] | undefined {
  const separator = kind === "text" ? String.raw`\s+` : String.raw`,\s*`;
  const numbers = columns
    .slice(1, -1)
    .map((column) => `(${plainNumber}${column.endsWith("%") ? "%" : ""})`)
    .join(separator);
  const match = new RegExp(`^(.+?)${separator}${numbers}${separator}(.*)$`, "i").exec(text);
  // More cells than the header has, as with decimal commas, would all end up in the type.
  if (kind === "csv" && /,/.test(match?.[1]?.replace(/\([^)]*\)/g, "") ?? "")) return undefined;
  // In CSV the tool writes the commas of a name as tabs.
  return match
    ?.slice(1)
    .map((cell, i, all) => (i === all.length - 1 ? cell.trim().replaceAll("\t", ",") : cell.trim()));
}

/** Tables are complete, and in the order of the run: the shares add up as they say. */
function checkOrder(rows: readonly Row[], { header, isClosed }: TfliteTable, reporter: Reporter): void {
  const last = rows.at(-1);
  if (last === undefined) {
    reporter.report(header, "PROFILE_SYNTAX", "there is no row below this header");
    return;
  }
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    if (before?.cdf === undefined || row.cdf === undefined || row.cdf >= before.cdf - 0.002) return;
    const message = `rows must be in the order of the run, but cdf% falls from ${before.cdf} to ${row.cdf}`;
    reporter.report(row.at, "PROFILE_SYNTAX", message);
  });
  if (isClosed || last.cdf === undefined || last.cdf > 99.8) return;
  reporter.report(last.at, "PROFILE_SYNTAX", `the table ends at ${last.cdf} % of the time; is the file complete?`);
}

const isInner = ({ name }: Row): boolean => name.startsWith("Delegate/");
const delegate = /^TfLite(\w+?)Delegate/;

/** Nodes of delegates whose operators are rows, too: XNNPACK's, if it is there, since it is what lists its operators. */
function doubledDelegates(rows: readonly Row[]): readonly Row[] {
  const sum = (some: readonly Row[]) => some.reduce((total, { latencyNs }) => total + latencyNs, 0);
  const delegates = rows.filter(({ type }) => delegate.test(type));
  const xnnpack = delegates.filter(({ type }) => /xnnpack/i.test(type));
  const outer = xnnpack.length > 0 ? xnnpack : delegates;
  const inner = rows.filter(isInner);
  return inner.length > 0 && sum(inner) <= 1.05 * sum(outer) ? outer : [];
}

const layerOf = (row: Row): ProfileLayer => ({
  name: row.name === "" ? row.type : row.name,
  time: { meanNs: row.latencyNs },
  accelerator: acceleratorOf(row),
});

/** XNNPACK is the CPU as well. */
function acceleratorOf({ type }: Row): string {
  const name = delegate.exec(type)?.[1]?.toUpperCase() ?? "CPU";
  return name === "XNNPACK" ? "CPU" : name;
}

const timingRemarks = ({ count, avgUs, stdUs }: Timings): readonly string[] => {
  const spread = stdUs === undefined ? "" : `, standard deviation ${msText(stdUs * NS_PER_US)}`;
  return count < 2 ? [] : [`${count} runs: mean ${msText(avgUs * NS_PER_US)}${spread}`];
};

/** Only with the operators' sum is it known what is missing. */
function overheadOf(file: string, { timings, header }: TfliteTable, sumNs: number): readonly LeftOut[] {
  const wholeNs = (timings?.avgUs ?? 0) * NS_PER_US;
  const restNs = wholeNs - sumNs;
  if (restNs < 0.001 * wholeNs) return [];
  const why = `a run takes ${msText(wholeNs)}, its operators ${msText(sumNs)}`;
  return leftIf(1, "time between operators", why, placeIn(file, header));
}

function leftTables(file: string, tables: readonly TfliteTable[]): readonly LeftOut[] {
  const reasons = {
    initialisation: ["operator of the initialisation", "it runs once, before the first inference"],
    delegate: ["operator inside a delegate", "the delegate's node has its time"],
    subgraph: ["operator of a subgraph", "the operator that calls the subgraph has its time"],
  } as const;
  return (["initialisation", "delegate", "subgraph"] as const).flatMap((part) => {
    const own = tables.filter((table) => table.part === part);
    const rows = own.reduce((sum, table) => sum + table.rows.length, 0);
    const [what, why] = reasons[part];
    return leftIf(rows, what, why, placeIn(file, own[0]?.rows[0]));
  });
}

const placeIn = (file: string, place: Place | undefined): LeftOut["first"] =>
  place === undefined ? { file } : { file, line: place.line, column: place.column };
