/** Operators as layers: what the file says, and the work that rtmm counts in it, by hand. */
import { describe, expect, test } from "vitest";
import type { ConvolutionLayer } from "../../../src/core/layer.ts";
import type { ModelText, NodeText } from "./builder.ts";
import { imported, layerLines, one } from "./worlds.ts";

type Sizes = readonly number[];

describe("a layer and its multiply-accumulates", () => {
  test.each<[string, ModelText, string, number]>([
    [
      "a convolution, padded as rtmm does by default",
      one("Conv", [1, 3, 8, 8], { w: [16, 3, 3, 3] }, { attributes: { pads: [1, 1, 1, 1] } }),
      "{ name: op, type: conv, out: 16, kernel: 3 }",
      16 * 3 * 9 * 64,
    ],
    [
      "without padding, with stride and dilation",
      one("Conv", [1, 3, 9, 11], { w: [16, 3, 3, 1] }, { attributes: { strides: [2, 1], dilations: [2, 1] } }),
      "{ name: op, type: conv, out: 16, kernel: [ 3, 1 ], stride: [ 2, 1 ], padding: valid, dilation: [ 2, 1 ] }",
      16 * 3 * 3 * 3 * 11,
    ],
    [
      // Rows: 4 = ceil(8 / 2), but TensorFlow pads (0, 1) where PyTorch pads (1, 1): both leave 4.
      "padded at one end as TensorFlow does",
      one("Conv", [1, 3, 8, 8], { w: [4, 3, 3, 3] }, { attributes: { strides: [2, 2], pads: [0, 0, 1, 1] } }),
      "{ name: op, type: conv, out: 4, kernel: 3, stride: 2 }",
      4 * 3 * 9 * 16,
    ],
    [
      "with a padding that rtmm cannot write, which becomes part of the input",
      one("Conv", [1, 3, 8, 8], { w: [4, 3, 3, 3] }, { attributes: { pads: [2, 0, 1, 0] } }),
      "{ name: op, type: conv, input: [ 3, 11, 8 ], out: 4, kernel: 3, padding: valid }",
      4 * 3 * 9 * 9 * 6,
    ],
    [
      "in groups",
      one("Conv", [1, 8, 4, 4], { w: [16, 2, 1, 1] }, { attributes: { group: 4 } }),
      "{ name: op, type: conv, out: 16, kernel: 1, groups: 4 }",
      16 * 2 * 16,
    ],
    [
      "each channel apart",
      one("Conv", [1, 8, 4, 4], { w: [16, 1, 3, 3] }, { attributes: { group: 8, pads: [1, 1, 1, 1] } }),
      "{ name: op, type: depthwise-conv, kernel: 3, multiplier: 2 }",
      16 * 9 * 16,
    ],
    [
      "of one axis",
      one("Conv", [1, 8, 10], { w: [4, 8, 3] }, { attributes: { pads: [1, 1] } }),
      "{ name: op, type: conv, out: 4, kernel: [ 3, 1 ] }",
      4 * 8 * 3 * 10,
    ],
    [
      "of several images",
      one("Conv", [5, 3, 8, 8], { w: [4, 3, 3, 3] }),
      `{ name: op, type: conv, K: 4, C: 3, Y': 6, X': 6, R: 3, S: 3, N: 5 }`,
      5 * 4 * 3 * 9 * 36,
    ],
    [
      "of three axes",
      one("Conv", [1, 2, 4, 5, 6], { w: [3, 2, 2, 3, 3] }),
      `{ name: op, type: conv, K: 3, C: 4, Y': 3, X': 4, R: 3, S: 3, N: 3 }`,
      3 * 2 * 2 * 9 * 3 * 3 * 4,
    ],
    [
      "a transposed convolution",
      one(
        "ConvTranspose",
        [1, 8, 7, 7],
        { w: [8, 4, 3, 3] },
        { attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] } },
      ),
      "{ name: op, type: transposed-conv, out: 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1 }",
      49 * 8 * 4 * 9,
    ],
    ["a product of one row", one("Gemm", [1, 64], { w: [64, 10] }), "{ name: op, type: fc, out: 10 }", 640],
    [
      "a product of several rows",
      one("Gemm", [5, 64], { w: [10, 64] }, { attributes: { transB: 1 } }),
      "{ name: op, type: gemm, out: 10 }",
      5 * 640,
    ],
    ["tokens times weights", one("MatMul", [2, 7, 64], { w: [64, 10] }), "{ name: op, type: gemm, out: 10 }", 14 * 640],
    [
      "weights of each group",
      one("MatMul", [3, 7, 64], { w: [3, 64, 10] }),
      "{ name: op, type: gemm, out: 10, groups: 3 }",
      3 * 7 * 640,
    ],
    [
      "weights of 4 bits",
      one("MatMulNBits", [1, 9, 64], { w: [32, 2, 16] }, { domain: "com.microsoft", attributes: { K: 64, N: 32 } }),
      "{ name: op, type: gemm, out: 32 }",
      9 * 64 * 32,
    ],
    [
      "an LSTM",
      one("LSTM", [3, 1, 32], { w: [1, 256, 32], r: [1, 256, 64] }, { attributes: { hidden_size: 64 } }),
      "{ name: op, type: lstm, hidden: 64 }",
      3 * 256 * 96,
    ],
    [
      "an RNN, as one product",
      one("RNN", [3, 1, 32], { w: [1, 64, 32], r: [1, 64, 64] }, { attributes: { hidden_size: 64 } }),
      "{ name: op, type: gemm, input: [ 96, 3, 1 ], out: 64 }",
      3 * 64 * 96,
    ],
    [
      "a pool",
      one("MaxPool", [1, 8, 13, 13], {}, { attributes: { kernel_shape: [3, 3], strides: [2, 2] } }),
      "{ name: op, type: pool, kernel: 3, stride: 2 }",
      0,
    ],
    ["a pool over all", one("GlobalAveragePool", [1, 8, 5, 5]), "{ name: op, type: global-pool }", 0],
    ["a normalisation", one("LayerNormalization", [1, 7, 64], { w: [64] }), "{ name: op, type: elementwise }", 0],
    ["an activation with no layer before it", one("Relu", [1, 8, 5, 5]), "{ name: op, type: elementwise }", 0],
  ])("%s", (_, text, line, macs) => {
    const result = imported(text);
    expect(layerLines(result.yaml)).toEqual([line]);
    expect(result.macs).toBe(macs);
    expect(result.report.totals[0]).toMatchObject({ layers: 1, macs });
  });
});

describe("several layers", () => {
  const activations = (
    op: string,
    inputs: Readonly<Record<string, Sizes>>,
    rest: Partial<NodeText> = {},
  ): ModelText => ({
    nodes: [{ op, name: "op", inputs: Object.keys(inputs), outputs: ["y"], ...rest }],
    inputs,
  });

  test("an LSTM of both directions is two layers, which read the same", () => {
    const attributes = { hidden_size: 64, direction: "bidirectional" };
    const { yaml, macs } = imported(one("LSTM", [3, 1, 32], { w: [2, 256, 32], r: [2, 256, 64] }, { attributes }));
    expect(layerLines(yaml)).toEqual([
      "{ name: op.forward, type: lstm, hidden: 64 }",
      "{ name: op.reverse, type: lstm, from: input, hidden: 64 }",
    ]);
    expect(macs).toBe(2 * 3 * 256 * 96);
  });

  test("queries that share keys multiply them once for each head", () => {
    const rest = { domain: "com.microsoft", attributes: { num_heads: 8, kv_num_heads: 2 } };
    const { layers, macs } = imported(
      activations("GroupQueryAttention", { q: [1, 4, 512], k: [1, 4, 128], v: [1, 4, 128] }, rest),
    );
    expect(layers.map(({ name }) => name)).toEqual(["op.scores", "op.softmax", "op.context"]);
    expect(macs).toBe(2 * 8 * 4 * 4 * 64);
    // Keys of two heads, each 4 x 64, beside queries of eight.
    expect(layers[0]!.inputElements).toBe(8 * 4 * 64 + 2 * 4 * 64);
  });

  test("attention that projects its input has the weights of queries, keys and values", () => {
    const rest = { domain: "com.microsoft", attributes: { num_heads: 4 } };
    const { layers, macs } = imported(one("Attention", [1, 10, 64], { w: [64, 192], b: [192] }, rest));
    expect(layers.map(({ name }) => name)).toEqual(["op.qkv", "op.scores", "op.softmax", "op.context"]);
    expect((layers[0] as ConvolutionLayer).weightElements).toBe(64 * 192);
    expect(macs).toBe(10 * 64 * 192 + 2 * 4 * 10 * 10 * 16);
  });

  test("a product of two activations has no weights", () => {
    const { layers, macs } = imported(activations("MatMul", { a: [1, 4, 9, 16], b: [1, 4, 16, 9] }));
    expect(layers[0]).toMatchObject({
      groups: 4,
      outputRows: 9,
      inputChannels: 16,
      outputChannels: 9,
      weightElements: 0,
    });
    expect(macs).toBe(4 * 9 * 16 * 9);
  });

  test("Einsum finds rows, columns and groups by its labels", () => {
    const rest = { attributes: { equation: "bhid,bjhd->bhij" } };
    const { layers } = imported(activations("Einsum", { a: [2, 4, 5, 8], b: [2, 6, 4, 8] }, rest));
    expect(layers[0]).toMatchObject({ groups: 8, outputRows: 5, inputChannels: 8, outputChannels: 6 });
  });
});

describe("what layers read", () => {
  const conv = (name: string, input: string, weights: string): NodeText => ({
    op: "Conv",
    name,
    inputs: [input, weights],
    outputs: [name],
  });

  test("a layer names what it reads unless that is the layer before it", () => {
    const { yaml } = imported({
      inputs: { x: [1, 8, 4, 4] },
      nodes: [
        conv("a", "x", "w"),
        conv("b", "a", "w"),
        { op: "Add", name: "sum", inputs: ["b", "a"], outputs: ["sum"] },
        conv("c", "a", "w"),
        { op: "Concat", inputs: ["sum", "c"], outputs: ["both"], attributes: { axis: 1 } },
        conv("d", "both", "w2"),
      ],
      initializers: { w: [8, 8, 1, 1], w2: [4, 16, 1, 1] },
    });
    expect(layerLines(yaml)).toEqual([
      "{ name: a, type: conv, out: 8, kernel: 1 }",
      "{ name: b, type: conv, out: 8, kernel: 1 }",
      "{ name: sum, type: elementwise, from: [ a, b ] }",
      "{ name: c, type: conv, from: a, out: 8, kernel: 1 }",
      "{ name: d, type: conv, from: [ sum, c ], out: 4, kernel: 1 }",
    ]);
  });

  test("a shape that no name gives is written", () => {
    const { yaml } = imported({
      inputs: { x: [1, 8, 4, 4] },
      nodes: [
        conv("a", "x", "w"),
        { op: "Reshape", inputs: ["a", "shape"], outputs: ["tokens"] },
        { op: "MatMul", name: "b", inputs: ["tokens", "w2"], outputs: ["b"] },
      ],
      initializers: { w: [8, 8, 1, 1], shape: { dims: [3], ints: [1, 16, 8] }, w2: [8, 4] },
    });
    expect(layerLines(yaml)[1]).toBe("{ name: b, type: gemm, input: [ 8, 16, 1 ], out: 4 }");
  });

  test("names are as the file has them, but for brackets, and never the model's input or twice the same", () => {
    const { layers } = imported({
      inputs: { x: [1, 8, 4, 4] },
      nodes: [
        conv("input", "x", "w"),
        { ...conv("a[0]", "input", "w"), outputs: ["p"] },
        { ...conv("a_0_", "p", "w"), outputs: ["q"] },
        { op: "Conv", inputs: ["q", "w"], outputs: ["/layer/Conv output"] },
      ],
      initializers: { w: [8, 8, 1, 1] },
    });
    expect(layers.map(({ name }) => name)).toEqual(["input-2", "a_0_", "a_0_-2", "/layer/Conv output"]);
  });
});
