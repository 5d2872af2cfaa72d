/** One layer of a model as every cost model sees it: an operator with its sizes. Sizes are elements, not bytes. */

/** A layer of multiply-accumulates. A GEMM is a 1 x 1 convolution over `outputRows` rows and one column. */
export interface ConvolutionLayer {
  readonly kind: "convolution";
  /** Unique within its variant, such as `stage2[1].conv1`. */
  readonly name: string;
  /**
   * `dense`: every output channel reads every input channel (of its group).
   * `depthwise`: `outputChannels` is the channel multiplier, and inputChannels x outputChannels channels come out.
   */
  readonly operator: "dense" | "depthwise";
  readonly batch: number;
  /** Independent groups; channel counts are per group. Attention heads are groups. */
  readonly groups: number;
  /** K: of one group. */
  readonly outputChannels: number;
  /** C: of one group. */
  readonly inputChannels: number;
  /** Y': positions of the filter: output rows after stride and padding, at least 1. Of a transposed convolution, its input rows. */
  readonly outputRows: number;
  /** X' */
  readonly outputColumns: number;
  /** Rows of the output tensor: `outputRows`, but for a transposed convolution. */
  readonly producedRows: number;
  readonly producedColumns: number;
  /** R */
  readonly filterRows: number;
  /** S */
  readonly filterColumns: number;
  readonly strideRows: number;
  readonly strideColumns: number;
  /** Input rows from one filter row to the next. */
  readonly dilationRows: number;
  readonly dilationColumns: number;
  /** Rows of the input tensor that the filter moves over, without padding. */
  readonly inputRows: number;
  readonly inputColumns: number;
  /** Rows of zeros before the first input row. */
  readonly paddingRows: number;
  readonly paddingColumns: number;
  /**
   * Y: input rows that the filter sweeps at stride 1 without padding: outputRows + filterRows - 1.
   * Smaller than the filter only if a layer was imported that way (Q2 of docs/references.md#maestro-quirks).
   */
  readonly sweptRows: number;
  /** X: likewise for columns. */
  readonly sweptColumns: number;
  /** Elements of the whole input tensor, all groups and batch. */
  readonly inputElements: number;
  /** Elements of the whole output tensor, all groups and batch. */
  readonly outputElements: number;
  /** Trained weights (all groups); 0 if both operands are activations, as in attention scores. */
  readonly weightElements: number;
}

/** A layer that only moves data: pooling, element-wise work, normalisation, softmax, resizing. */
export interface MemoryLayer {
  readonly kind: "memory";
  readonly name: string;
  readonly inputElements: number;
  readonly outputElements: number;
}

/** A layer as cost models see it. */
export type Layer = ConvolutionLayer | MemoryLayer;

/** Multiply-accumulates of a layer; 0 for one that only moves data. */
export function macsOf(layer: Layer): number {
  if (layer.kind === "memory") return 0;
  const { batch, groups, outputChannels, inputChannels, outputRows, outputColumns, filterRows, filterColumns } = layer;
  return batch * groups * outputChannels * inputChannels * outputRows * outputColumns * filterRows * filterColumns;
}

/** The independent fields of a convolution. The other fields of a ConvolutionLayer follow from them. */
export interface ConvolutionSizes {
  readonly name: string;
  readonly operator?: "dense" | "depthwise";
  readonly batch?: number;
  readonly groups?: number;
  readonly outputChannels: number;
  readonly inputChannels: number;
  readonly outputRows: number;
  readonly outputColumns: number;
  /** Only of a transposed convolution. */
  readonly producedRows?: number;
  readonly producedColumns?: number;
  readonly filterRows?: number;
  readonly filterColumns?: number;
  readonly strideRows?: number;
  readonly strideColumns?: number;
  readonly dilationRows?: number;
  readonly dilationColumns?: number;
  /** Only where the filter moves over padding, or leaves a rest of the input. */
  readonly inputRows?: number;
  readonly inputColumns?: number;
  readonly paddingRows?: number;
  readonly paddingColumns?: number;
  /** Only for imported layers whose input is smaller than the filter. */
  readonly sweptRows?: number;
  readonly sweptColumns?: number;
  /** Only if a tensor is not what rows and columns imply; elements, all groups and batch. */
  readonly inputElements?: number;
  readonly outputElements?: number;
  readonly weightElements?: number;
}

/** A convolution from its sizes. Fields left out take the values of a plain, unpadded, dense convolution. */
export function convolution(sizes: ConvolutionSizes): ConvolutionLayer {
  const { operator = "dense", batch = 1, groups = 1, filterRows = 1, filterColumns = 1 } = sizes;
  const { outputChannels, inputChannels, outputRows, outputColumns, strideRows = 1, strideColumns = 1 } = sizes;
  const { dilationRows = 1, dilationColumns = 1, paddingRows = 0, paddingColumns = 0 } = sizes;
  const { producedRows = outputRows, producedColumns = outputColumns } = sizes;
  const { inputRows = reach(outputRows, strideRows, filterRows, dilationRows) } = sizes;
  const { inputColumns = reach(outputColumns, strideColumns, filterColumns, dilationColumns) } = sizes;
  const channelsOut = operator === "depthwise" ? outputChannels * inputChannels : outputChannels;
  return {
    kind: "convolution",
    name: sizes.name,
    operator,
    batch,
    groups,
    outputChannels,
    inputChannels,
    outputRows,
    outputColumns,
    producedRows,
    producedColumns,
    filterRows,
    filterColumns,
    strideRows,
    strideColumns,
    dilationRows,
    dilationColumns,
    inputRows,
    inputColumns,
    paddingRows,
    paddingColumns,
    sweptRows: sizes.sweptRows ?? outputRows + filterRows - 1,
    sweptColumns: sizes.sweptColumns ?? outputColumns + filterColumns - 1,
    inputElements: sizes.inputElements ?? batch * groups * inputChannels * inputRows * inputColumns,
    outputElements: sizes.outputElements ?? batch * groups * channelsOut * producedRows * producedColumns,
    weightElements: sizes.weightElements ?? groups * outputChannels * inputChannels * filterRows * filterColumns,
  };
}

/** Inputs from the first to the last that a filter touches at `outputs` positions. */
const reach = (outputs: number, stride: number, filter: number, dilation: number): number =>
  (outputs - 1) * stride + (filter - 1) * dilation + 1;
