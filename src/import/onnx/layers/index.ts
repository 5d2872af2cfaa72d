/** What becomes of each operator: layers, work that rides along on a layer, or nothing. */
import { alongAxis, nary, unary } from "../shapes/element-wise.ts";
import { gemmOperands, products } from "../shapes/products.ts";
import { reductions } from "../shapes/reductions.ts";
import { convolutions } from "../shapes/windows.ts";
import { attentionDrafts } from "./attention.ts";
import { convolutionDrafts, transposedDrafts } from "./convolutions.ts";
import type { LayerRule } from "./layer-rule.ts";
import { globalPoolDrafts, poolDrafts, reductionDrafts, resizeDrafts, wholeDrafts } from "./memory.ts";
import { einsumDrafts, gemmDrafts, matMulDrafts, nBitsDrafts } from "./products.ts";
import { recurrentDrafts } from "./recurrent.ts";

const each = (ops: Iterable<string>, rule: LayerRule) => Object.fromEntries([...ops].map((op) => [op, rule]));

/** A scale and a shift of each channel, known before the run: part of the layer before. */
const scales = ["BatchNormalization", "Affine", "Scaler", "BiasAdd"];

const skips = alongAxis.filter((op) => op.startsWith("Skip") || op === "BiasSoftmax");

/** Operators that always become layers. */
export const layerRules: ReadonlyMap<string, LayerRule> = new Map(
  Object.entries({
    ...each(
      alongAxis.filter((op) => !scales.includes(op)),
      wholeDrafts(),
    ),
    ...each(skips, wholeDrafts(2)),
    ...each(Object.keys(convolutions), convolutionDrafts),
    ConvTranspose: transposedDrafts,
    ...each(Object.keys(products), matMulDrafts),
    ...each(Object.keys(gemmOperands), gemmDrafts),
    MatMulNBits: nBitsDrafts,
    Einsum: einsumDrafts,
    ...each(["Attention", "MultiHeadAttention", "GroupQueryAttention"], attentionDrafts),
    ...each(["LSTM", "GRU", "RNN"], recurrentDrafts),
    ...each(["MaxPool", "AveragePool", "LpPool", "QLinearAveragePool"], poolDrafts),
    ...each(["GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "QLinearGlobalAveragePool"], globalPoolDrafts),
    ...each([...reductions, "ArgMax", "ArgMin", "TopK"], reductionDrafts),
    ...each(["Resize", "Upsample", "GridSample", "RoiAlign", "MaxRoiPool", "MaxUnpool"], resizeDrafts),
  }),
);

/** Operators that ride along on the layer before them, and are an elementwise layer where there is none. */
export const ridingOps: ReadonlySet<string> = new Set([
  ...[...unary, ...nary, ...scales],
  ...["QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear"],
]);

/** Operators that rename, select or rearrange elements, or make them from nothing: rtmm gives them no cost. */
export const freeOps: ReadonlySet<string> = new Set([
  ...["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "SpaceToDepth", "DepthToSpace", "Identity", "Dropout"],
  ...["Concat", "QLinearConcat", "Split", "Slice", "DynamicSlice", "Gather", "GatherElements", "GatherND", "Scatter"],
  ...["ScatterElements", "ScatterND", "TensorScatter", "Expand", "Tile", "Pad", "Compress", "OneHot", "CenterCropPad"],
  ...["Col2Im", "AffineGrid", "Constant", "ConstantOfShape", "Shape", "Size", "Range", "EyeLike", "Cast", "CastLike"],
  ...["RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial"],
  ...["SequenceConstruct", "SequenceEmpty", "SequenceAt", "SequenceInsert", "SequenceErase", "SequenceLength"],
  ...["SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement", "OptionalHasElement"],
  ...["HannWindow", "HammingWindow", "BlackmanWindow", "MelWeightMatrix", "NonZero", "BitCast"],
]);
