/** Which column of a SCALE-Sim topology is which, whatever the version and the author called it. */
import { type Cell, plainHeader } from "../cells.ts";
import type { Reporter } from "../reporter.ts";

/** `convolution`: input, filter, channels, filters, stride. `product`: M, N and K of a GEMM. */
export type TopologyKind = "convolution" | "product";

export type Column = ConvolutionColumn | ProductColumn | "name" | "batch" | "sparsity";
type ConvolutionColumn = (typeof convolutionColumns)[number] | "strideColumns";
type ProductColumn = (typeof productColumns)[number];

const convolutionColumns = [
  "inputRows",
  "inputColumns",
  "filterRows",
  "filterColumns",
  "channels",
  "filters",
  "stride",
] as const;
const productColumns = ["M", "N", "K"] as const;

export interface TopologyColumns {
  readonly kind: TopologyKind;
  /** By column: its index. */
  readonly indexOf: ReadonlyMap<Column, number>;
  /** Headers of columns that SCALE-Sim does not know, by index. */
  readonly others: ReadonlyMap<number, Cell>;
  readonly hasHeader: boolean;
}

/** In the words of the files, for messages. */
export const columnWords: Readonly<Record<Column, string>> = {
  name: "Layer name",
  inputRows: "IFMAP Height",
  inputColumns: "IFMAP Width",
  filterRows: "Filter Height",
  filterColumns: "Filter Width",
  channels: "Channels",
  filters: "Num Filter",
  stride: "Strides",
  strideColumns: "Stride Width",
  batch: "Batch Size",
  sparsity: "Sparsity",
  M: "M",
  N: "N",
  K: "K",
};

/** Headers in the spelling of `plainHeader`. */
const headers: ReadonlyMap<string, Column> = new Map([
  ...["layername", "layer", "name", "l"].map((header) => [header, "name"] as const),
  ...["ifmapheight", "ifmaph", "inputheight"].map((header) => [header, "inputRows"] as const),
  ...["ifmapwidth", "ifmapw", "inputwidth"].map((header) => [header, "inputColumns"] as const),
  ...["filterheight", "filterh"].map((header) => [header, "filterRows"] as const),
  ...["filterwidth", "filterw"].map((header) => [header, "filterColumns"] as const),
  ...["channels", "channel", "numchannels", "numchannel"].map((header) => [header, "channels"] as const),
  ...["numfilter", "numfilters", "filters", "numfilt"].map((header) => [header, "filters"] as const),
  ...["strides", "stride", "strideheight"].map((header) => [header, "stride"] as const),
  ["stridewidth", "strideColumns"],
  ...["batchsize", "batch"].map((header) => [header, "batch"] as const),
  ...["sparsity", "sparsityratio"].map((header) => [header, "sparsity"] as const),
  ...productColumns.map((header) => [header.toLowerCase(), header] as const),
]);

/** Reads the header; a table without one has SCALE-Sim's order. Undefined after a problem. */
export function topologyColumns(rows: readonly (readonly Cell[])[], reporter: Reporter): TopologyColumns | undefined {
  const [first = []] = rows;
  if (first.length > 1 && /^\d+$/.test(first[1]?.text ?? "")) return unnamedColumns(first);
  const indexOf = new Map<Column, number>();
  const others = new Map<number, Cell>();
  for (const [index, cell] of first.entries()) {
    const column = headers.get(plainHeader(cell.text));
    // DeepBench's tables call both sizes of the input a width; SCALE-Sim goes by the order.
    if (column === "inputColumns" && indexOf.has(column) && !indexOf.has("inputRows")) {
      indexOf.set("inputRows", indexOf.get("inputColumns")!);
      indexOf.set("inputColumns", index);
    } else if (column !== undefined && !indexOf.has(column)) indexOf.set(column, index);
    else if (cell.text !== "") others.set(index, cell);
  }
  const kind: TopologyKind = productColumns.every((column) => indexOf.has(column)) ? "product" : "convolution";
  return isComplete(kind, indexOf, first, reporter) ? { kind, indexOf, others, hasHeader: true } : undefined;
}

function unnamedColumns(first: readonly Cell[]): TopologyColumns {
  const filled = first.filter(({ text }) => text !== "").length;
  const kind: TopologyKind = filled < 8 ? "product" : "convolution";
  const order: readonly Column[] = ["name", ...requiredOf(kind), "sparsity"];
  return { kind, indexOf: new Map(order.map((column, index) => [column, index])), others: new Map(), hasHeader: false };
}

function isComplete(
  kind: TopologyKind,
  indexOf: ReadonlyMap<Column, number>,
  header: readonly Cell[],
  reporter: Reporter,
): boolean {
  const missing = requiredOf(kind).filter((column) => !indexOf.has(column));
  if (missing.length === 0) return true;
  const at = header[0] ?? { text: "", line: 1, column: 1 };
  const names = missing.map((column) => `"${columnWords[column]}"`).join(", ");
  const advice = 'a topology has the columns of a convolution ("IFMAP Height", …, "Strides"), or M, N and K';
  const other = otherTable(header.map(({ text }) => plainHeader(text)));
  const message = other ?? `${missing.length === 1 ? "column" : "columns"} ${names} missing; ${advice}`;
  reporter.report(at, "MISSING_COLUMN", message);
  return false;
}

/** What it is if it is another table of SCALE-Sim. */
function otherTable(header: readonly string[]): string | undefined {
  if (header.includes("ifmapheightintralinefactor"))
    return "this is a layout of memories, not a topology; rtmm has none";
  if (header.includes("cycles") || (header.includes("layerid") && header.includes("totalcycles")))
    return "these are results, not a topology: rtmm import profile takes them, with --clock-ghz";
  return header.includes("layerid") ? "this is a report, not a topology; rtmm takes COMPUTE_REPORT.csv" : undefined;
}

export const requiredOf = (kind: TopologyKind): readonly Column[] =>
  kind === "product" ? productColumns : convolutionColumns;
