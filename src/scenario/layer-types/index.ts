/** All layer types of the model format, by their names in files. */
import { attention } from "./attention.ts";
import { conv, depthwiseConv } from "./convolutions.ts";
import type { LayerType } from "./layer-type.ts";
import { elementwise, globalPool, pool, reshape, upsample } from "./memory-bound.ts";
import { fc, gemm, matmul } from "./products.ts";
import { gru, lstm } from "./recurrent.ts";
import { transposedConv } from "./transposed-convolution.ts";

export const layerTypes: ReadonlyMap<string, LayerType> = new Map(
  Object.entries({
    conv,
    "depthwise-conv": depthwiseConv,
    "transposed-conv": transposedConv,
    fc,
    gemm,
    matmul,
    attention,
    lstm,
    gru,
    pool,
    "global-pool": globalPool,
    elementwise,
    upsample,
    reshape,
  }),
);
