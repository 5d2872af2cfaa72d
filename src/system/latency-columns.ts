/** The columns of a table that say how long work takes: one latency, a mean with its variation, a range, or samples. */
import type { TableRow } from "../core/system.ts";
import type { CsvRow } from "../input/csv-row.ts";
import { type CsvTable, parseCsv } from "../input/csv-table.ts";
import { type LoaderFiles, readText } from "../input/file-source.ts";
import type { ProblemList } from "../input/problem-list.ts";
import { amount } from "./amount.ts";

/** ns in one unit; for latencyCycles it depends on the clock. */
const latencyUnits = { latencyNs: 1, latencyUs: 1e3, latencyMs: 1e6, latencyCycles: undefined } as const;
type LatencyColumn = keyof typeof latencyUnits;
const plain = Object.keys(latencyUnits) as LatencyColumn[];
const low = (column: LatencyColumn) => `${column}Low`;
const high = (column: LatencyColumn) => `${column}High`;

/** All that a table may have. */
export const latencyColumns: readonly string[] = [...plain, ...plain.map(low), ...plain.map(high), "cv", "samples"];

/** What a row says: the mean, not rounded, and how times vary around it. */
export interface Latency {
  readonly latencyNs: number;
  readonly spread?: NonNullable<TableRow["spread"]>;
}

/** Where the files of samples are. */
interface SampleFiles {
  /** Of the table. */
  readonly path: string;
  readonly files: LoaderFiles;
  readonly problems: ProblemList;
}

const MOST_CV = 10;

/** Reads the latencies of one table's rows. */
export class LatencyReader {
  readonly #table: CsvTable;
  readonly #samples: SampleFiles;
  /** Samples in the unit of their file, by path; undefined after a problem. */
  readonly #known = new Map<string, Samples | undefined>();
  /** Columns that the table has: of plain latencies, and of ranges. */
  readonly #latency: LatencyColumn | undefined;
  readonly #range: LatencyColumn | undefined;

  constructor(table: CsvTable, samples: SampleFiles) {
    this.#table = table;
    this.#samples = samples;
    const has = (column: string) => table.columns.includes(column);
    this.#latency = this.#oneOf(plain.filter(has));
    this.#range = this.#oneOf(plain.filter((column) => has(low(column)) || has(high(column))));
  }

  /** Whether the header has what rows need; reports what is missing. */
  hasColumns(): boolean {
    const range = this.#range;
    for (const column of range === undefined ? [] : [low(range), high(range)])
      if (!this.#table.columns.includes(column))
        this.#table.headerProblem("MISSING_COLUMN", `a range needs ${column}, too`);
    if (this.#latency !== undefined || range !== undefined || this.#table.columns.includes("samples")) return true;
    const message = `a latency column is missing: one of ${plain.join(", ")}, a range of two such as latencyMsLow and latencyMsHigh, or samples`;
    this.#table.headerProblem("MISSING_COLUMN", message);
    return false;
  }

  /** Undefined after a problem. */
  of(row: CsvRow, clockGHz: number): Latency | undefined {
    const range = this.#range === undefined ? [] : [low(this.#range), high(this.#range)];
    const latency = this.#latency === undefined ? [] : [this.#latency];
    const given = [...latency, ...range, "samples"].filter((column) => row.text(column) !== undefined);
    const kinds = [latency, range, ["samples"]].filter((columns) => columns.some((column) => given.includes(column)));
    if (kinds.length > 1) row.problem(given.at(-1)!, "KEYS_EXCLUDE", `give one of ${given.join(" and ")}`);
    else if (kinds.length === 0) this.#missing(row);
    else if (given[0] === "samples") return this.#sampled(row, clockGHz);
    else if (kinds[0] === range) return ranged(row, this.#range!, clockGHz);
    else return meanWithCv(row, this.#latency!, clockGHz);
    return undefined;
  }

  #oneOf(present: readonly LatencyColumn[]): LatencyColumn | undefined {
    if (present.length > 1)
      this.#table.headerProblem("KEYS_EXCLUDE", `give one latency column, not ${present.join(" and ")}`);
    return present[0];
  }

  #missing(row: CsvRow): void {
    const column = this.#latency ?? (this.#range === undefined ? "samples" : low(this.#range));
    row.problem(column, "MISSING_KEY", `this row has no ${column}`);
  }

  #sampled(row: CsvRow, clockGHz: number): Latency | undefined {
    refuseCv(row, "samples");
    const path = this.#samples.files.locate(row.text("samples")!, this.#samples.path);
    if (!this.#known.has(path)) this.#known.set(path, readSamples(path, row, this.#samples));
    const samples = this.#known.get(path);
    if (samples === undefined) return undefined;
    const scale = latencyUnits[samples.column] ?? 1 / clockGHz;
    const latenciesNs = samples.latencies.map((latency) => latency * scale).sort((a, b) => a - b);
    const latencyNs = latenciesNs.reduce((sum, ns) => sum + ns, 0) / latenciesNs.length;
    const isOne = latenciesNs[0] === latenciesNs.at(-1);
    return { latencyNs, spread: isOne ? "none" : { kind: "samples", latenciesNs } };
  }
}

function ranged(row: CsvRow, column: LatencyColumn, clockGHz: number): Latency | undefined {
  refuseCv(row, "a range");
  const scale = latencyUnits[column] ?? 1 / clockGHz;
  for (const each of [low(column), high(column)])
    if (row.text(each) === undefined) row.problem(each, "MISSING_KEY", `a range needs ${each}, too`);
  const lowest = amount(row, low(column));
  const highest = amount(row, high(column));
  if (lowest === undefined || highest === undefined) return undefined;
  if (lowest > highest)
    row.problem(
      high(column),
      "TOO_SMALL",
      `${high(column)} must be at least ${low(column)}, ${lowest}, got ${highest}`,
    );
  const [lowNs, highNs] = [lowest * scale, highest * scale];
  return { latencyNs: (lowNs + highNs) / 2, spread: lowNs === highNs ? "none" : { kind: "range", lowNs, highNs } };
}

function meanWithCv(row: CsvRow, column: LatencyColumn, clockGHz: number): Latency | undefined {
  const latency = amount(row, column);
  const cv = row.number("cv");
  if (cv !== undefined && cv < 0) row.problem("cv", "NEGATIVE", `cv must be 0 or more, got ${cv}`);
  if (cv !== undefined && cv > MOST_CV) row.problem("cv", "TOO_BIG", `cv must be at most ${MOST_CV}, got ${cv}`);
  if (latency === undefined) return undefined;
  const latencyNs = latency * (latencyUnits[column] ?? 1 / clockGHz);
  if (cv === undefined) return { latencyNs };
  return { latencyNs, spread: cv === 0 ? "none" : { kind: "lognormal", cv } };
}

function refuseCv(row: CsvRow, what: string): void {
  if (row.text("cv") !== undefined) row.problem("cv", "KEYS_EXCLUDE", `cv goes with a mean latency, not with ${what}`);
}

interface Samples {
  readonly column: LatencyColumn;
  readonly latencies: readonly number[];
}

/** One latency a row, in the unit of the header; other columns are ignored. */
function readSamples(path: string, row: CsvRow, { files, problems }: SampleFiles): Samples | undefined {
  const named = (code: Parameters<CsvRow["problem"]>[1], message: string) => row.problem("samples", code, message);
  const text = readText(path, files, problems, named, "csv");
  const columns = { required: [], optional: plain, others: "ignored" } as const;
  const table = text === undefined ? undefined : parseCsv(path, text, columns, problems);
  if (table === undefined) return undefined;
  const present = plain.filter((column) => table.columns.includes(column));
  const [column] = present;
  if (column === undefined || present.length > 1) {
    table.headerProblem("MISSING_COLUMN", `samples need one latency column: one of ${plain.join(", ")}`);
    return undefined;
  }
  const latencies = table.rows.flatMap((sample) => {
    if (sample.text(column) === undefined) sample.problem(column, "MISSING_KEY", `this row has no ${column}`);
    return amount(sample, column) ?? [];
  });
  if (table.rows.length === 0) table.headerProblem("EMPTY_FILE", `${path} has no samples`);
  return latencies.length === 0 ? undefined : { column, latencies };
}
