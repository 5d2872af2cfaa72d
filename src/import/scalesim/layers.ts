/** From rows of a topology to rtmm's layers, with what there is to say about each. */
import type { LeftOuts } from "../left-out.ts";
import type { ConvolutionRow, Topology, TopologyRow } from "./topology.ts";

/**
 * What to do where the filter does not end at the edge of the input. `dropped`: only whole windows count, as in a
 * convolution without padding (and in SCALE-Sim 1). `counted`: SCALE-Sim 2 and 3 count one more.
 */
export type LastWindow = "dropped" | "counted";

/** `file`: sizes as the file has them. `whole`: a row of one channel of a depthwise layer gets all channels. */
export type DepthwiseRows = "file" | "whole";

export interface LayerOptions {
  readonly lastWindow: LastWindow;
  readonly depthwise: DepthwiseRows;
}

export interface ImportedLayer {
  /** Fields of rtmm's layer, without its name. */
  readonly fields: Readonly<Record<string, string | number | readonly number[]>>;
  readonly remark?: string;
  readonly macs: number;
  readonly weights: number;
}

export function layersOf(topology: Topology, options: LayerOptions, file: string, left: LeftOuts): ImportedLayer[] {
  return topology.rows.map((row, index) => {
    if (row.sparsity !== undefined) left.add("sparsity", "rtmm's costs are those of dense weights", file, row.at);
    const remarks = row.sparsity === undefined ? [] : [`${row.sparsity} sparse in the file`];
    const layer =
      row.kind === "product"
        ? { fields: { type: "gemm", out: row.N, rows: row.M, in: row.K, ...batchOf(row) }, ...productTotals(row) }
        : convolutionOf(row, operatorOf(topology.rows, index, options), options, file, left, remarks);
    return remarks.length === 0 ? layer : { ...layer, remark: remarks.join("; ") };
  });
}

const productTotals = ({ M, N, K, batch }: TopologyRow & { kind: "product" }) => ({
  macs: batch * M * N * K,
  weights: N * K,
});

const batchOf = ({ batch }: TopologyRow): { readonly N?: number } => (batch === 1 ? {} : { N: batch });

interface Operator {
  readonly isDepthwise: boolean;
  readonly channels: number;
  readonly remark?: string;
  /** One channel of a depthwise layer, whose other channels the file does not count. */
  readonly isOneChannel?: boolean;
}

/** The three ways in which topologies write a depthwise convolution: docs/import.md#scale-sim. */
function operatorOf(rows: readonly TopologyRow[], index: number, { depthwise }: LayerOptions): Operator {
  const row = rows[index] as ConvolutionRow;
  const { channels, filters } = row;
  // SCALE-Sim makes a layer of each channel of a row with DP in its name.
  if (row.name.includes("DP")) return { isDepthwise: true, channels, remark: "DP: a filter for each channel" };
  const read = channelsReadBy(rows[index + 1]);
  if (channels > 1 && filters === 1 && row.filterRows * row.filterColumns > 1 && read === channels)
    return { isDepthwise: true, channels, remark: "one filter in the file, all channels go on: depthwise" };
  if (!row.isMarkedDepthwise || channels > 1 || filters > 1) return { isDepthwise: false, channels };
  const before = rows[index - 1];
  const all = before?.kind === "convolution" ? (before.filters > 1 ? before.filters : read) : read;
  if (depthwise === "file" || all === undefined || all === 1)
    return { isDepthwise: false, channels, isOneChannel: true, remark: "one channel of a depthwise convolution" };
  return { isDepthwise: true, channels: all, remark: "one channel in the file" };
}

const channelsReadBy = (row: TopologyRow | undefined): number | undefined =>
  row?.kind === "convolution" ? row.channels : undefined;

function convolutionOf(
  row: ConvolutionRow,
  operator: Operator,
  { lastWindow }: LayerOptions,
  file: string,
  left: LeftOuts,
  remarks: string[],
): ImportedLayer {
  if (operator.remark !== undefined) remarks.push(operator.remark);
  if (operator.isOneChannel === true)
    left.add(
      "depthwise convolution of which the file counts one channel",
      "taken as in the file; --depthwise whole takes the channels of its neighbours",
      file,
      row.at,
    );
  const rows = windows(row.inputRows, row.filterRows, row.strideRows, lastWindow);
  const columns = windows(row.inputColumns, row.filterColumns, row.strideColumns, lastWindow);
  if (rows.hasPart || columns.hasPart) noteLastWindow(row, lastWindow, file, left, remarks);
  const { channels, isDepthwise } = operator;
  const weights = row.filters * channels * row.filterRows * row.filterColumns;
  return {
    fields: {
      type: isDepthwise ? "depthwise-conv" : "conv",
      ...(isDepthwise && row.filters === 1 ? {} : { K: row.filters }),
      C: channels,
      ...(rows.isCounted ? { "Y'": rows.count } : { Y: row.inputRows }),
      ...(columns.isCounted ? { "X'": columns.count } : { X: row.inputColumns }),
      R: row.filterRows,
      S: row.filterColumns,
      ...strideOf(row),
      ...batchOf(row),
    },
    macs: row.batch * rows.count * columns.count * weights,
    weights,
  };
}

function strideOf({ strideRows, strideColumns }: ConvolutionRow): { readonly stride?: number | readonly number[] } {
  if (strideRows !== strideColumns) return { stride: [strideRows, strideColumns] };
  return strideRows === 1 ? {} : { stride: strideRows };
}

interface Windows {
  readonly count: number;
  /** The filter's last step would cross the edge of the input. */
  readonly hasPart: boolean;
  readonly isCounted: boolean;
}

function windows(input: number, filter: number, stride: number, lastWindow: LastWindow): Windows {
  const steps = (input - filter) / stride;
  const hasPart = !Number.isInteger(steps);
  const isCounted = hasPart && lastWindow === "counted";
  return { count: (isCounted ? Math.ceil(steps) : Math.floor(steps)) + 1, hasPart, isCounted };
}

function noteLastWindow(
  row: ConvolutionRow,
  lastWindow: LastWindow,
  file: string,
  left: LeftOuts,
  remarks: string[],
): void {
  if (lastWindow === "counted") {
    remarks.push(`${row.inputRows} x ${row.inputColumns} in the file; its last windows cross the edge`);
    return;
  }
  const why = "only whole windows are outputs; --last-window counted takes one more, as SCALE-Sim 2 and 3 do";
  left.add("last window that crosses the edge of its input", why, file, row.at);
}
