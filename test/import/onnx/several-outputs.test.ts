/** Shapes that operators with several outputs leave, by hand from the definitions of ONNX's operators. */
import { describe, expect, test } from "vitest";
import type { Dims } from "../../../src/import/onnx/value.ts";
import { type Case, ints, type Sizes, shapesOf, without } from "./walked.ts";

describe("several outputs", () => {
  test.each<[string, string, readonly Sizes[], Case, readonly Dims[]]>([
    [
      "Split in equal parts",
      "Split",
      [[7, 2]],
      { outputs: 3 },
      [
        [3, 2],
        [3, 2],
        [1, 2],
      ],
    ],
    [
      "Split as stated",
      "Split",
      [[7, 2]],
      { outputs: 2, weights: [ints(5, 2)] },
      [
        [5, 2],
        [2, 2],
      ],
    ],
    [
      "TopK",
      "TopK",
      [[3, 100]],
      { outputs: 2, weights: [ints(5)] },
      [
        [3, 5],
        [3, 5],
      ],
    ],
    [
      "an LSTM of both directions",
      "LSTM",
      [[50, 2, 32]],
      {
        outputs: 3,
        weights: [
          [2, 256, 32],
          [2, 256, 64],
        ],
        attributes: { hidden_size: 64, direction: "bidirectional" },
      },
      [
        [50, 2, 2, 64],
        [2, 2, 64],
        [2, 2, 64],
      ],
    ],
    [
      "a GRU, batch first",
      "GRU",
      [[2, 50, 32]],
      {
        outputs: 2,
        weights: [
          [1, 192, 32],
          [1, 192, 64],
        ],
        attributes: { hidden_size: 64, layout: 1 },
      },
      [
        [2, 50, 1, 64],
        [2, 1, 64],
      ],
    ],
    [
      "ONNX's own attention with past keys",
      "Attention",
      [[1, 8, 3, 64], [1, 2, 3, 64], [1, 2, 3, 32], without, [1, 2, 10, 64]],
      { opset: 23, outputs: 3 },
      [
        [1, 8, 3, 32],
        [1, 2, 13, 64],
        [1, 2, 13, 32],
      ],
    ],
    [
      "grouped queries, packed",
      "GroupQueryAttention",
      [[1, 4, 768]],
      { domain: "com.microsoft", outputs: 2, attributes: { num_heads: 8, kv_num_heads: 2 } },
      [
        [1, 4, 512],
        [1, 2, 4, 64],
      ],
    ],
    ["a dynamic quantisation", "DynamicQuantizeLinear", [[1, 9]], { outputs: 3 }, [[1, 9], [], []]],
    [
      "SkipLayerNormalization",
      "SkipLayerNormalization",
      [
        [1, 9, 16],
        [1, 9, 16],
      ],
      { domain: "com.microsoft" },
      [[1, 9, 16]],
    ],
  ])("%s", (_, op, inputs, rest, expected) => expect(shapesOf(op, inputs, rest)).toEqual(expected));
});
