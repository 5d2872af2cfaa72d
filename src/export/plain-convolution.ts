/** Layers as plain convolutions without padding, which is all that MAESTRO and SCALE-Sim have. */
import { type ConvolutionLayer, convolution, type Layer } from "../core/layer.ts";
import type { Model } from "../core/model.ts";
import type { Losses } from "./losses.ts";

/** K and C are those of one group; rows and columns those of the input. */
export interface PlainConvolution {
  readonly name: string;
  readonly isDepthwise: boolean;
  readonly batch: number;
  readonly groups: number;
  readonly K: number;
  readonly C: number;
  readonly R: number;
  readonly S: number;
  readonly rows: number;
  readonly columns: number;
  readonly strideRows: number;
  readonly strideColumns: number;
}

/** The layers of the first variant. What a model has beside them is lost. */
export function plainLayers(model: Model, losses: Losses): readonly PlainConvolution[] {
  const [variant] = model.variants;
  if (model.variants.length > 1) losses.add("only the original variant is written");
  if (model.bytesPerElement !== 1) losses.add(`elements of ${model.bytesPerElement} bytes become elements of one`);
  if (model.accuracy !== undefined) losses.add("the accuracy goal is left out");
  if (variant!.skips.length > 0) losses.add("layers that may be skipped always run");
  if (variant!.exits.length > 0) losses.add("early exits are left out");
  if (variant!.loops.length > 0) losses.add("every sequence has its most steps");
  return variant!.layers.flatMap((layer) => {
    if (layer.kind === "convolution") return [plainConvolution(layer, losses)];
    losses.add("a layer that only moves data is left out", layer.name);
    return [];
  });
}

function plainConvolution(layer: ConvolutionLayer, losses: Losses): PlainConvolution {
  const plain: PlainConvolution = {
    name: layer.name,
    isDepthwise: layer.operator === "depthwise",
    batch: layer.batch,
    groups: layer.groups,
    K: layer.outputChannels,
    C: layer.inputChannels,
    R: layer.filterRows,
    S: layer.filterColumns,
    rows: inputOf(layer.inputRows, layer.outputRows, layer.filterRows, layer.strideRows),
    columns: inputOf(layer.inputColumns, layer.outputColumns, layer.filterColumns, layer.strideColumns),
    strideRows: layer.strideRows,
    strideColumns: layer.strideColumns,
  };
  const words = lossOf(layer, plain);
  if (words !== undefined) losses.add(words, layer.name);
  return plain;
}

/** The input if it gives these outputs without padding; else the least one that does. */
function inputOf(input: number, outputs: number, filter: number, stride: number): number {
  return outputsOf(input, filter, stride) === outputs ? input : (outputs - 1) * stride + filter;
}

/** An input smaller than the filter gives one. */
const outputsOf = (input: number, filter: number, stride: number): number =>
  input < filter ? 1 : Math.floor((input - filter) / stride) + 1;

/** Work and outputs stay in every case. */
function lossOf(layer: ConvolutionLayer, plain: PlainConvolution): string | undefined {
  if (layer.weightElements === 0) return "an operand that is an activation becomes weights";
  if (layer.producedRows !== layer.outputRows || layer.producedColumns !== layer.outputColumns)
    return "a transposed convolution becomes a plain one of the same work";
  if (layer.dilationRows > 1 || layer.dilationColumns > 1) return "dilation is dropped, the work stays";
  if (
    plain.rows !== layer.inputRows ||
    plain.columns !== layer.inputColumns ||
    layer.paddingRows + layer.paddingColumns > 0
  )
    return "padding becomes part of the input";
  return sameLayer(layer, rebuilt(plain)) ? undefined : "an input or output that its sizes do not give is dropped";
}

/** As a model with these sizes has it. */
function rebuilt(plain: PlainConvolution): ConvolutionLayer {
  const outputRows = outputsOf(plain.rows, plain.R, plain.strideRows);
  const outputColumns = outputsOf(plain.columns, plain.S, plain.strideColumns);
  return convolution({
    name: plain.name,
    operator: plain.isDepthwise ? "depthwise" : "dense",
    batch: plain.batch,
    groups: plain.groups,
    outputChannels: plain.K,
    inputChannels: plain.C,
    outputRows,
    outputColumns,
    filterRows: plain.R,
    filterColumns: plain.S,
    strideRows: plain.strideRows,
    strideColumns: plain.strideColumns,
    inputRows: plain.rows,
    inputColumns: plain.columns,
    sweptRows: plain.rows < plain.R ? plain.rows : outputRows + plain.R - 1,
    sweptColumns: plain.columns < plain.S ? plain.columns : outputColumns + plain.S - 1,
  });
}

const sameLayer = (a: Layer, b: Layer): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key as keyof Layer] === b[key as keyof Layer]);
};
