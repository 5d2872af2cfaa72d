/** Operators of ONNX that get no layer of their own: what they ride along on, and what is told of them. */
import { describe, expect, test } from "vitest";
import type { ModelText, NodeText } from "./builder.ts";
import { imported, one } from "./worlds.ts";

describe("operators without a layer of their own", () => {
  const behindConv = (nodes: readonly NodeText[], initializers: ModelText["initializers"] = {}): ModelText => ({
    inputs: { x: [1, 8, 4, 4] },
    nodes: [{ op: "Conv", name: "conv", inputs: ["x", "w"], outputs: ["c"] }, ...nodes],
    initializers: { w: [8, 8, 1, 1], ...initializers },
  });

  test.each<[string, readonly NodeText[], ModelText["initializers"]]>([
    ["a bias", [{ op: "Add", inputs: ["c", "b"], outputs: ["y"] }], { b: [8, 1, 1] }],
    [
      "a batch normalisation",
      [{ op: "BatchNormalization", inputs: ["c", "b", "b", "b", "b"], outputs: ["y"] }],
      { b: [8] },
    ],
    [
      "x times its sigmoid",
      [
        { op: "Sigmoid", inputs: ["c"], outputs: ["s"] },
        { op: "Mul", inputs: ["c", "s"], outputs: ["y"] },
      ],
      {},
    ],
    [
      "GELU from its parts",
      [
        { op: "Div", inputs: ["c", "root"], outputs: ["d"] },
        { op: "Erf", inputs: ["d"], outputs: ["e"] },
        { op: "Add", inputs: ["e", "one"], outputs: ["f"] },
        { op: "Mul", inputs: ["c", "f"], outputs: ["g"] },
        { op: "Mul", inputs: ["g", "half"], outputs: ["y"] },
      ],
      { root: [], one: [], half: [] },
    ],
    [
      "quantisation between layers",
      [
        { op: "QuantizeLinear", inputs: ["c", "scale", "zero"], outputs: ["q"] },
        { op: "DequantizeLinear", inputs: ["q", "scale", "zero"], outputs: ["y"] },
      ],
      { scale: [], zero: { dims: [], type: 2 } },
    ],
  ])("%s rides along", (_, nodes, initializers) => {
    const { layers, report } = imported(behindConv(nodes, initializers));
    expect(layers).toHaveLength(1);
    expect(report.taken.join("\n")).toMatch(new RegExp(`^${nodes.length} operators? riding along`, "m"));
    expect(report.left).toEqual([]);
  });

  test("a mask rides along on the scores that it hides; a gate and a sum of two layers do not", () => {
    const masked = imported({
      inputs: { q: [1, 4, 9, 16], k: [1, 4, 16, 9], mask: [1, 1, 9, 9] },
      nodes: [
        { op: "MatMul", name: "scores", inputs: ["q", "k"], outputs: ["s"] },
        { op: "Add", inputs: ["s", "mask"], outputs: ["m"] },
        { op: "Softmax", name: "softmax", inputs: ["m"], outputs: ["y"] },
      ],
    });
    expect(masked.layers.map(({ name }) => name)).toEqual(["scores", "softmax"]);
    const gated = imported(
      behindConv([
        { op: "GlobalAveragePool", name: "pool", inputs: ["c"], outputs: ["p"] },
        { op: "Sigmoid", inputs: ["p"], outputs: ["s"] },
        { op: "Mul", name: "gate", inputs: ["c", "s"], outputs: ["y"] },
      ]),
    );
    expect(gated.layers.map(({ name }) => name)).toEqual(["conv", "pool", "gate"]);
    expect(gated.layers[2]).toMatchObject({ inputElements: 8 * 16 + 8, outputElements: 8 * 16 });
  });

  test("a layer normalisation that was taken apart is one layer", () => {
    const { layers, report } = imported({
      inputs: { x: [1, 4, 64] },
      nodes: [
        { op: "MatMul", name: "product", inputs: ["x", "w"], outputs: ["p"] },
        { op: "ReduceMean", inputs: ["p"], outputs: ["mean"], attributes: { axes: [-1] } },
        { op: "Sub", inputs: ["p", "mean"], outputs: ["centred"] },
        { op: "Pow", inputs: ["centred", "two"], outputs: ["squared"] },
        { op: "ReduceMean", inputs: ["squared"], outputs: ["variance"], attributes: { axes: [-1] } },
        { op: "Add", inputs: ["variance", "epsilon"], outputs: ["sum"] },
        { op: "Sqrt", inputs: ["sum"], outputs: ["deviation"] },
        { op: "Div", name: "norm", inputs: ["centred", "deviation"], outputs: ["n"] },
        { op: "Mul", inputs: ["n", "gamma"], outputs: ["g"] },
        { op: "Add", inputs: ["g", "gamma"], outputs: ["y"] },
      ],
      initializers: { w: [64, 10], two: [], epsilon: [], gamma: [10] },
    });
    expect(layers).toMatchObject([{ name: "product" }, { name: "norm", inputElements: 40, outputElements: 40 }]);
    expect(report.taken).toContain(
      "6 operators as parts of normalisations, which are one layer each: ReduceMean 2, Add, Pow, Sqrt, Sub",
    );
  });

  test("so is one whose difference from the mean is computed twice", () => {
    const { layers } = imported({
      inputs: { x: [1, 4, 64] },
      nodes: [
        { op: "MatMul", name: "product", inputs: ["x", "w"], outputs: ["p"] },
        { op: "ReduceMean", inputs: ["p"], outputs: ["mean"], attributes: { axes: [-1] } },
        { op: "Sub", inputs: ["p", "mean"], outputs: ["centred"] },
        { op: "Sub", inputs: ["p", "mean"], outputs: ["again"] },
        { op: "Pow", inputs: ["again", "two"], outputs: ["squared"] },
        { op: "ReduceMean", inputs: ["squared"], outputs: ["variance"], attributes: { axes: [-1] } },
        { op: "Add", inputs: ["variance", "epsilon"], outputs: ["sum"] },
        { op: "Sqrt", inputs: ["sum"], outputs: ["deviation"] },
        { op: "Div", name: "norm", inputs: ["centred", "deviation"], outputs: ["y"] },
      ],
      initializers: { w: [64, 10], two: [], epsilon: [] },
    });
    expect(layers.map(({ name }) => name)).toEqual(["product", "norm"]);
  });

  test("so is a root mean square normalisation, by the inverse of the root", () => {
    const { layers } = imported({
      inputs: { x: [1, 4, 64], r: [1, 4, 64] },
      nodes: [
        { op: "Add", name: "residual", inputs: ["x", "r"], outputs: ["h"] },
        { op: "Mul", inputs: ["h", "h"], outputs: ["squared"] },
        { op: "ReduceMean", inputs: ["squared"], outputs: ["mean"], attributes: { axes: [-1] } },
        { op: "Add", inputs: ["mean", "epsilon"], outputs: ["sum"] },
        { op: "Sqrt", inputs: ["sum"], outputs: ["root"] },
        { op: "Reciprocal", inputs: ["root"], outputs: ["inverse"] },
        { op: "Mul", name: "norm", inputs: ["h", "inverse"], outputs: ["n"] },
      ],
      initializers: { epsilon: [] },
    });
    expect(layers).toMatchObject([{ name: "residual" }, { name: "norm", inputElements: 256 }]);
  });

  test("weights that are computed from weights are weights", () => {
    const { layers, report } = imported({
      inputs: { x: [1, 4, 64] },
      nodes: [
        { op: "DequantizeLinear", inputs: ["q", "scale"], outputs: ["d"] },
        { op: "Transpose", inputs: ["d"], outputs: ["t"] },
        { op: "MatMul", name: "product", inputs: ["x", "t"], outputs: ["y"] },
      ],
      initializers: { q: { dims: [10, 64], type: 3 }, scale: [] },
    });
    expect(layers).toMatchObject([{ name: "product", weightElements: 640 }]);
    expect(report.taken.join("\n")).toContain("2 operators computed ahead");
  });

  test("bytes of an element are those of most weights, as they are stored", () => {
    const { model } = imported({
      inputs: { x: [1, 4, 64] },
      nodes: [
        { op: "DequantizeLinear", inputs: ["q", "scale"], outputs: ["d"] },
        { op: "MatMul", inputs: ["x", "d"], outputs: ["y"] },
        { op: "MatMul", inputs: ["y", "w"], outputs: ["z"] },
      ],
      initializers: { q: { dims: [64, 10], type: 3 }, scale: [], w: [10, 4] },
    });
    expect(model.bytesPerElement).toBe(1);
    expect(imported(one("Gemm", [1, 64], { w: [64, 10] })).model.bytesPerElement).toBe(4);
    const small = one(
      "MatMulNBits",
      [1, 9, 64],
      { w: [32, 2, 16] },
      { domain: "com.microsoft", attributes: { K: 64, N: 32, bits: 4 } },
    );
    expect(imported(small).model.bytesPerElement).toBe(0.5);
  });

  test("an operator that rtmm does not know is told, and the shape that the file states goes on", () => {
    const { layers, report } = imported({
      ...behindConv([
        { op: "Fancy", name: "mine", domain: "org.me", inputs: ["c"], outputs: ["f"] },
        { op: "Conv", name: "next", inputs: ["f", "w"], outputs: ["y"] },
      ]),
      valueInfo: { f: [1, 8, 2, 2] },
    });
    expect(layers.map(({ name }) => name)).toEqual(["conv", "next"]);
    expect(layers[1]).toMatchObject({ outputRows: 2 });
    expect(report.left).toEqual([
      {
        what: "org.me.Fancy",
        count: 1,
        why: 'not an operator that rtmm knows, first "mine"',
        first: { file: "net.onnx" },
      },
    ]);
  });

  test("without a stated shape the layers behind it are told too", () => {
    const { report } = imported(
      behindConv([
        { op: "Fancy", name: "mine", inputs: ["c"], outputs: ["f"] },
        { op: "Conv", name: "next", inputs: ["f", "w"], outputs: ["y"] },
      ]),
    );
    expect(report.left.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'Fancy: not an operator that rtmm knows, first "mine"',
      'Conv: sizes that it works on depend on the data, first "next"',
    ]);
  });
});
