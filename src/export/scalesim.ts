/** Writes a model as a SCALE-Sim topology. */
import type { Model } from "../core/model.ts";
import { csvText } from "../output/csv-text.ts";
import { type Exported, Losses } from "./losses.ts";
import { type PlainConvolution, plainLayers } from "./plain-convolution.ts";

const convolutionHeader = [
  ...["Layer name", "IFMAP Height", "IFMAP Width", "Filter Height", "Filter Width"],
  ...["Channels", "Num Filter", "Strides"],
];

/** Matrix products as M, N, K; anything else as convolutions. Rows end with a comma, which SCALE-Sim needs. */
export function scalesimText(model: Model): Exported {
  const losses = new Losses();
  const layers = plainLayers(model, losses);
  const areProducts = layers.length > 0 && layers.every(isProduct);
  const header = areProducts ? ["Layer", "M", "N", "K"] : convolutionHeader;
  const rows = layers.map((layer, index) =>
    areProducts ? productRow(layer, losses) : convolutionRow(layer, layers[index + 1], losses),
  );
  return { text: csvText([header, ...rows].map((row) => [...row, ""])), losses: losses.list() };
}

const isProduct = ({ isDepthwise, groups, R, S, columns, strideRows, strideColumns }: PlainConvolution): boolean =>
  !isDepthwise && groups === 1 && R === 1 && S === 1 && columns === 1 && strideRows === 1 && strideColumns === 1;

function productRow(layer: PlainConvolution, losses: Losses): readonly (string | number)[] {
  if (layer.batch > 1) losses.add("items of a batch become rows of one product", layer.name);
  return [layerName(layer, losses), layer.rows * layer.batch, layer.K, layer.C];
}

function convolutionRow(
  layer: PlainConvolution,
  next: PlainConvolution | undefined,
  losses: Losses,
): readonly (string | number)[] {
  const { batch, groups, R, S, strideRows, strideColumns } = layer;
  if (batch > 1) losses.add("only one item of a batch is written", layer.name);
  if (groups > 1) losses.add("groups become one layer of the same work", layer.name);
  if (strideRows !== strideColumns)
    losses.add("rows and columns get one stride, that of rows; the outputs stay", layer.name);
  if (R > layer.rows || S > layer.columns) losses.add("an input smaller than its filter grows to it", layer.name);
  const rows = Math.max(R, layer.rows);
  // Another stride of columns needs another input for as many outputs.
  const outputs = Math.max(0, Math.floor((layer.columns - S) / strideColumns)) + 1;
  const columns = strideRows === strideColumns ? Math.max(S, layer.columns) : (outputs - 1) * strideRows + S;
  const operator = operatorOf(layer, next, losses);
  return [operator.name, rows, columns, R, S, operator.channels, operator.filters, strideRows];
}

/**
 * A depthwise layer is written with DP in its name, or with one filter if the next layer reads all channels: SCALE-Sim and
 * rtmm read both. A dense layer that would be read so gets another name, or is told.
 */
function operatorOf(layer: PlainConvolution, next: PlainConvolution | undefined, losses: Losses) {
  const { isDepthwise, C, K, groups, R, S } = layer;
  const name = layerName(layer, losses);
  const hasMark = name.includes("DP");
  const looksDepthwise = C > 1 && K * groups === 1 && R * S > 1 && next !== undefined && channelsOf(next) === C;
  if (isDepthwise) {
    if (hasMark) return { name, channels: C, filters: K };
    if (K === 1 && C > 1 && R * S > 1 && next !== undefined && channelsOf(next) === C)
      return { name, channels: C, filters: 1 };
    losses.add("DP is added to the name of a depthwise layer", layer.name);
    return { name: `${name}_DP`, channels: C, filters: K };
  }
  if (hasMark) losses.add("DP in the name of a dense layer becomes Dp", layer.name);
  if (looksDepthwise) losses.add("a dense layer of one filter is read as a depthwise one", layer.name);
  return { name: name.replaceAll("DP", "Dp"), channels: C, filters: K * groups };
}

/** As the row of the next layer will have it. */
const channelsOf = ({ C }: PlainConvolution): number => C;

/** SCALE-Sim splits lines at every comma. */
function layerName({ name }: PlainConvolution, losses: Losses): string {
  const written = name.replace(/[",;\t|\r\n]+/g, "_").trim();
  if (written !== name) losses.add("a name loses commas and other separators", name);
  return written;
}
