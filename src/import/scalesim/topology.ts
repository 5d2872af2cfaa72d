/** Reads SCALE-Sim topologies: layers of convolutions, or of matrix products. docs/import.md#scale-sim */
import { ProblemList } from "../../input/problem-list.ts";
import { type Cell, cellRows } from "../cells.ts";
import type { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { type Column, columnWords, requiredOf, type TopologyColumns, topologyColumns } from "./columns.ts";

interface LayerBase {
  readonly name: string;
  readonly at: Cell;
  readonly batch: number;
  /** `2:4`, as the file has it; absent: dense. */
  readonly sparsity?: string;
  /** Whether the file marks it as (one channel of) a depthwise convolution. */
  readonly isMarkedDepthwise: boolean;
}

export interface ConvolutionRow extends LayerBase {
  readonly kind: "convolution";
  readonly inputRows: number;
  readonly inputColumns: number;
  readonly filterRows: number;
  readonly filterColumns: number;
  readonly channels: number;
  readonly filters: number;
  readonly strideRows: number;
  readonly strideColumns: number;
}

/** [M, K] times [K, N]. */
export interface ProductRow extends LayerBase {
  readonly kind: "product";
  readonly M: number;
  readonly N: number;
  readonly K: number;
}

export type TopologyRow = ConvolutionRow | ProductRow;

export interface Topology {
  /** Of a row that only has a name, which begins another network; absent: the file has one network. */
  readonly title?: string;
  readonly rows: readonly TopologyRow[];
}

export interface TopologyOptions {
  /** Values of letters that stand for sizes in templates. */
  readonly defined: ReadonlyMap<string, number>;
  /** What becomes of rows that are no layers: problems, or left out. */
  readonly brokenRows: "refuse" | "skip";
}

/** As in rtmm's files. */
const largest = 1_000_000_000;

/** The networks of a topology, in its order. What is wrong goes to the reporter. */
export function readTopology(
  text: string,
  file: string,
  options: TopologyOptions,
  reporter: Reporter,
  left: LeftOuts,
): readonly Topology[] {
  const rows = cellRows(text);
  if (rows.length === 0) {
    reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "the file is empty");
    return [];
  }
  const columns = topologyColumns(rows, reporter);
  if (columns === undefined) return [];
  const reader = (report: Reporter): RowReader => new RowReader(columns, options, report, file, left);
  const read = (cells: readonly Cell[]): TopologyRow[] =>
    options.brokenRows === "refuse" ? reader(reporter).row(cells) : soundRow(cells, text, file, reader, left);
  const networks: { title?: string; rows: TopologyRow[] }[] = [{ rows: [] }];
  for (const cells of columns.hasHeader ? rows.slice(1) : rows) {
    const title = titleOf(cells);
    if (title !== undefined) networks.push({ title, rows: [] });
    else networks.at(-1)!.rows.push(...read(cells));
  }
  const filled = networks.filter((network) => network.rows.length > 0);
  if (filled.length === 0 && reporter.errorCount === 0)
    reporter.report(rows[0]![0]!, "EMPTY_FILE", "the topology has no layers");
  return filled;
}

/** None where the row has problems, the first of which says why it is left out. */
function soundRow(
  cells: readonly Cell[],
  text: string,
  file: string,
  reader: (reporter: Reporter) => RowReader,
  left: LeftOuts,
): TopologyRow[] {
  const problems = new ProblemList();
  const rows = reader(new Reporter(text, file, problems)).row(cells);
  const [problem] = problems.sorted();
  if (problem !== undefined) left.add("row that is no layer", problem.message, file, cells[0]);
  return rows;
}

/** The text of a row that has no other cells. */
function titleOf([name, ...cells]: readonly Cell[]): string | undefined {
  return name !== undefined && name.text !== "" && cells.every(({ text }) => text === "") ? name.text : undefined;
}

class RowReader {
  readonly #columns: TopologyColumns;
  readonly #options: TopologyOptions;
  readonly #reporter: Reporter;
  readonly #file: string;
  readonly #left: LeftOuts;

  constructor(columns: TopologyColumns, options: TopologyOptions, reporter: Reporter, file: string, left: LeftOuts) {
    this.#columns = columns;
    this.#options = options;
    this.#reporter = reporter;
    this.#file = file;
    this.#left = left;
  }

  /** One layer; none after a problem. */
  row(cells: readonly Cell[]): TopologyRow[] {
    const errorsBefore = this.#reporter.errorCount;
    if (!this.#isWhole(cells)) return [];
    const base = this.#base(cells);
    const row = this.#columns.kind === "product" ? this.#product(cells, base) : this.#convolution(cells, base);
    this.#others(cells);
    return this.#reporter.errorCount > errorsBefore ? [] : [row];
  }

  #isWhole(cells: readonly Cell[]): boolean {
    const missing = requiredOf(this.#columns.kind).filter((column) => !this.#cell(cells, column)?.text);
    if (missing.length === 0) return true;
    const names = missing.map((column) => `"${columnWords[column]}"`).join(", ");
    this.#reporter.report(cells.find(({ text }) => text !== "")!, "WRONG_LENGTH", `this row has no ${names}`);
    return false;
  }

  #base(cells: readonly Cell[]): LayerBase {
    const at = this.#cell(cells, "name") ?? cells[0]!;
    const sparsity = this.#sparsity(cells);
    const isMarkedDepthwise =
      /(^|[^a-z])dw([^a-z]|$)/i.test(at.text) || cells.some(({ text }) => /^#\s*dw$/i.test(text));
    const batch = this.#cell(cells, "batch")?.text ? this.#size(cells, "batch") : 1;
    return { name: at.text, at, batch, isMarkedDepthwise, ...(sparsity !== undefined && { sparsity }) };
  }

  #product(cells: readonly Cell[], base: LayerBase): ProductRow {
    const size = (column: Column) => this.#size(cells, column);
    return { kind: "product", ...base, M: size("M"), N: size("N"), K: size("K") };
  }

  #convolution(cells: readonly Cell[], base: LayerBase): ConvolutionRow {
    const size = (column: Column) => this.#size(cells, column);
    const strideRows = size("stride");
    const row: ConvolutionRow = {
      kind: "convolution",
      ...base,
      inputRows: size("inputRows"),
      inputColumns: size("inputColumns"),
      filterRows: size("filterRows"),
      filterColumns: size("filterColumns"),
      channels: size("channels"),
      filters: size("filters"),
      strideRows,
      strideColumns: this.#cell(cells, "strideColumns")?.text ? size("strideColumns") : strideRows,
    };
    this.#checkFilter(cells, row);
    return row;
  }

  #checkFilter(cells: readonly Cell[], row: ConvolutionRow): void {
    for (const [filter, input] of [
      ["filterRows", "inputRows"],
      ["filterColumns", "inputColumns"],
    ] as const) {
      if (row[filter] <= row[input]) continue;
      const message = `the filter of ${row.name} is larger than its input (${row[filter]} > ${row[input]}); SCALE-Sim refuses it as well`;
      this.#reporter.report(this.#cell(cells, filter)!, "TOO_BIG", message);
    }
  }

  /** A whole number from 1, or a letter that was defined; 1 after a problem. */
  #size(cells: readonly Cell[], column: Column): number {
    const cell = this.#cell(cells, column)!;
    const value =
      this.#options.defined.get(cell.text) ?? (/^\d+(\.0*)?$/.test(cell.text) ? Number(cell.text) : undefined);
    const name = columnWords[column];
    if (value === undefined && /^[A-Za-z_]\w*$/.test(cell.text)) {
      const advice = `this is a template: say --define ${cell.text}=<number>`;
      this.#reporter.report(cell, "UNKNOWN_NAME", `${name} is ${cell.text}; ${advice}`);
    } else if (value === undefined)
      this.#reporter.report(cell, "WRONG_TYPE", `${name} must be a whole number, got "${cell.text}"`);
    else if (value < 1) this.#reporter.report(cell, "NOT_POSITIVE", `${name} must be at least 1, got ${cell.text}`);
    else if (value > largest)
      this.#reporter.report(cell, "TOO_BIG", `${name} must be at most ${largest}, got ${cell.text}`);
    else return value;
    return 1;
  }

  /** N:M as written; undefined where it is dense. */
  #sparsity(cells: readonly Cell[]): string | undefined {
    const cell = this.#cell(cells, "sparsity");
    const ratio = /^(\d+)\s*:\s*(\d+)$/.exec(cell?.text ?? "");
    if (cell !== undefined && cell.text !== "" && ratio === null && this.#columns.hasHeader)
      this.#reporter.report(cell, "WRONG_TYPE", `Sparsity must be N:M, such as 2:4, got "${cell.text}"`);
    return ratio === null || ratio[1] === ratio[2] ? undefined : `${ratio[1]}:${ratio[2]}`;
  }

  #others(cells: readonly Cell[]): void {
    for (const [index, header] of this.#columns.others) {
      const cell = cells[index];
      if (cell === undefined || cell.text === "") continue;
      this.#left.add(`cell of column "${header.text}"`, "SCALE-Sim does not read this column", this.#file, cell);
    }
    const known = new Set([...this.#columns.indexOf.values(), ...this.#columns.others.keys()]);
    for (const [index, cell] of cells.entries()) {
      if (known.has(index) || cell.text === "" || cell.text.startsWith("#")) continue;
      this.#left.add("cell without a header", "nothing says what it is", this.#file, cell);
    }
  }

  #cell(cells: readonly Cell[], column: Column): Cell | undefined {
    const index = this.#columns.indexOf.get(column);
    return index === undefined ? undefined : cells[index];
  }
}
