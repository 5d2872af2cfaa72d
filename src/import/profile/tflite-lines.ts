/** The lines of a TFLite benchmark's output: headings, tables of operators, and summaries. */
import type { Place } from "../reporter.ts";

/** Which part of the benchmark a table is about. */
export type Part = "initialisation" | "runs" | "delegate" | "subgraph";

export interface TfliteTable {
  readonly part: Part;
  readonly header: TfliteHeader;
  readonly rows: readonly Place[];
  /** Whether something follows that only comes after the last row. */
  readonly isClosed: boolean;
  /** Of the runs that the table is about, in us. */
  readonly timings?: Timings;
}

export interface Timings {
  readonly count: number;
  readonly avgUs: number;
  readonly stdUs?: number;
}

export interface TfliteHeader extends Place {
  readonly kind: "text" | "csv";
  /** In lower case, without brackets, in order. */
  readonly columns: readonly string[];
}

export interface TfliteOutput {
  /** The tables in run order. Those by time and by type repeat them. */
  readonly tables: readonly TfliteTable[];
  /** Of all runs without warm-up, without a table. */
  readonly inference?: Timings & { readonly at: Place };
}

/** What loggers put first: `… benchmark.cc:85] `, `INFO: `, and logcat's `… I tflite  : ` and `I/tflite ( 123): `. */
const logPrefix = /^(?:.*?\.(?:cc|cpp|h):\d+\] ?|\s*INFO: ?|(?:[\d.:\s-]+ )?I[ /]\w+\s*(?:\(\s*\d+\))?\s*: ?)/;
/** Where a text quotes the output, as in Markdown. */
const fence = /^(?:```|~~~)/;

const partOf: readonly (readonly [RegExp, Part])[] = [
  [/Profiling Info for Benchmark Initialization/i, "initialisation"],
  [/Profiling Info for Regular Benchmark Runs/i, "runs"],
  [/^\s*Delegate internal/i, "delegate"],
  [/^\s*Primary graph/i, "runs"],
  [/^\s*Subgraph \(index/i, "subgraph"],
];

export function tfliteOutput(text: string): TfliteOutput {
  const scanner = new Scanner();
  text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .forEach((raw, i) => {
      const whole = raw.replace(/\r$/, "");
      const prefix = logPrefix.exec(whole)?.[0].length ?? 0;
      const content = whole.slice(prefix);
      const indent = /^\s*/.exec(content)![0].length;
      scanner.line({ text: content.trim(), line: i + 1, column: prefix + indent + 1 });
    });
  return scanner.output();
}

interface OpenTable {
  part: Part;
  header: TfliteHeader | undefined;
  rows: Place[];
  isClosed: boolean;
  timings?: Timings;
}

class Scanner {
  readonly #tables: OpenTable[] = [];
  #part: Part = "runs";
  /** Rows are read into it. */
  #open: OpenTable | undefined;
  #last: OpenTable | undefined;
  #counted: (Timings & { readonly at: Place }) | undefined;
  /** Whether a run began whose times have not come yet. */
  #isRunning = false;
  #inference: TfliteOutput["inference"];

  line(place: Place): void {
    const { text } = place;
    const part = partOf.find(([pattern]) => pattern.test(text))?.[1];
    const section = /^=+ (.+?) =+$/.exec(text)?.[1];
    if (part !== undefined) this.#enter(part);
    else if (section !== undefined) this.#section(section);
    else if (/^Number of nodes executed/.test(text)) this.#close();
    else if (fence.test(text)) this.#open = undefined;
    else if (this.#open !== undefined && text !== "") this.#row(place, this.#open);
    else if (this.#open !== undefined && this.#open.rows.length > 0) this.#open = undefined;
    else this.#summary(place);
  }

  output(): TfliteOutput {
    const tables = this.#tables.flatMap(({ header, ...table }) => (header === undefined ? [] : [{ ...table, header }]));
    // Old versions, and output without the line at the end, have the times of the last runs alone.
    const counted = this.#tables.length === 0 && !this.#isRunning ? this.#counted : undefined;
    const inference = this.#inference ?? counted;
    return { tables, ...(inference === undefined ? {} : { inference }) };
  }

  #enter(part: Part): void {
    this.#close();
    this.#part = part;
  }

  #section(title: string): void {
    this.#close();
    if (title !== "Run Order") return;
    this.#open = { part: this.#part, header: undefined, rows: [], isClosed: false };
    this.#last = this.#open;
    this.#tables.push(this.#open);
  }

  #close(): void {
    if (this.#last !== undefined) this.#last.isClosed = true;
    this.#open = undefined;
  }

  #row(place: Place, table: OpenTable): void {
    if (table.header === undefined) table.header = headerOf(place);
    else table.rows.push(place);
  }

  #summary(place: Place): void {
    if (/^Running benchmark for at least/.test(place.text)) this.#isRunning = true;
    const numbers = new Map(
      [...place.text.matchAll(/(\w+)=([\d.]+(?:e[+-]?\d+)?)/g)].map((m) => [m[1]!, Number(m[2])]),
    );
    const avgUs = numbers.get("avg") ?? numbers.get("curr");
    const stdUs = numbers.get("std");
    const count = numbers.get("count");
    if (count !== undefined && avgUs !== undefined) {
      const timings = { count, avgUs, ...(stdUs === undefined ? {} : { stdUs }) };
      const isOfTable = place.text.startsWith("Timings (microseconds)") && this.#last !== undefined;
      if (isOfTable) this.#last!.timings = timings;
      else this.#counted = { ...timings, at: place };
      this.#isRunning = false;
    }
    const mean = /Inference \(avg\): ([\d.]+(?:e[+-]?\d+)?)/.exec(place.text)?.[1];
    if (mean !== undefined) this.#inference = { count: 1, ...this.#counted, avgUs: Number(mean), at: place };
  }
}

/** Undefined if the line is none. */
function headerOf(place: Place): TfliteHeader | undefined {
  const bracketed = [...place.text.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]!.trim().toLowerCase());
  if (bracketed[0] === "node type") return { ...place, kind: "text", columns: bracketed };
  const columns = place.text.split(",").map((cell) => cell.trim().toLowerCase().replaceAll("_", " "));
  return columns[0] === "node type" ? { ...place, kind: "csv", columns } : undefined;
}
