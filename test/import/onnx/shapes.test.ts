/** Shapes that operators leave, by hand from the definitions of ONNX's operators. */
import { describe, expect, test } from "vitest";
import { inputsOf } from "../../../src/import/onnx/graph/graph-inputs.ts";
import { walkGraph } from "../../../src/import/onnx/graph/walk-graph.ts";
import { workOf } from "../../../src/import/onnx/layers/map-steps.ts";
import type { Dims } from "../../../src/import/onnx/value.ts";
import { bytesInMemory } from "../../../src/import/onnx/wire/byte-source.ts";
import { decodeModel } from "../../../src/import/onnx/wire/decode-model.ts";
import { type Attribute, type ModelText, onnxModel, type TensorText } from "./builder.ts";

type Sizes = readonly number[];

function walk(text: ModelText) {
  const model = decodeModel(bytesInMemory(onnxModel(text)));
  const { values } = inputsOf(model.graph, [], "net.onnx");
  return walkGraph(model, values, { stated: "ignored", workOf });
}

interface Case {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Of initialisers, after the inputs: shapes, or numbers that are read. */
  readonly weights?: readonly (Sizes | TensorText)[];
  readonly outputs?: number;
  readonly opset?: number;
  readonly domain?: string;
}

const ints = (...numbers: readonly number[]): TensorText => ({ dims: [numbers.length], ints: numbers });
const scalar = (number: number): TensorText => ({ dims: [], ints: [number] });
const without: Sizes = [-1];

function shapesOf(op: string, inputs: readonly Sizes[], rest: Case = {}): readonly (Dims | undefined)[] {
  const { attributes = {}, weights = [], outputs = 1, opset = 17, domain } = rest;
  const names = inputs.map((sizes, i) => (sizes === without ? "" : `x${i}`));
  const weightNames = weights.map((weight, i) => (weight === without ? "" : `w${i}`));
  const { steps, faults } = walk({
    opset,
    nodes: [
      {
        op,
        inputs: [...names, ...weightNames],
        outputs: Array.from({ length: outputs }, (_, i) => `y${i}`),
        attributes,
        ...(domain !== undefined && { domain }),
      },
    ],
    inputs: Object.fromEntries(inputs.flatMap((sizes, i) => (sizes === without ? [] : [[`x${i}`, sizes]]))),
    initializers: Object.fromEntries(weights.flatMap((weight, i) => (weight === without ? [] : [[`w${i}`, weight]]))),
  });
  expect(faults).toEqual([]);
  return steps[0]!.results.slice(0, outputs).map(({ dims }) => dims);
}

describe("one output", () => {
  test.each<[string, string, readonly Sizes[], Case, Dims]>([
    // 1 + (224 + 2·3 - 7) / 2 = 112, rounded down.
    [
      "a strided convolution",
      "Conv",
      [[1, 3, 224, 224]],
      { weights: [[64, 3, 7, 7]], attributes: { strides: [2, 2], pads: [3, 3, 3, 3] } },
      [1, 64, 112, 112],
    ],
    [
      "a dilated one of one axis",
      "Conv",
      [[2, 8, 100]],
      { weights: [[16, 8, 3]], attributes: { dilations: [4] } },
      [2, 16, 92],
    ],
    ["groups", "Conv", [[1, 32, 10, 10]], { weights: [[64, 4, 1, 1]], attributes: { group: 8 } }, [1, 64, 10, 10]],
    [
      "SAME_UPPER",
      "Conv",
      [[1, 3, 7, 8]],
      { weights: [[4, 3, 3, 3]], attributes: { auto_pad: "SAME_UPPER", strides: [2, 2] } },
      [1, 4, 4, 4],
    ],
    [
      "VALID",
      "Conv",
      [[1, 3, 7, 8]],
      { weights: [[4, 3, 3, 3]], attributes: { auto_pad: "VALID", pads: [9, 9, 9, 9] } },
      [1, 4, 5, 6],
    ],
    [
      "pads that differ",
      "Conv",
      [[1, 3, 7, 8]],
      { weights: [[4, 3, 3, 3]], attributes: { pads: [0, 1, 2, 0] } },
      [1, 4, 7, 7],
    ],
    ["three axes", "Conv", [[1, 2, 4, 5, 6]], { weights: [[3, 2, 2, 2, 2]] }, [1, 3, 3, 4, 5]],
    ["a quantised convolution", "QLinearConv", [[1, 3, 8, 8]], { weights: [[], [], [16, 3, 3, 3]] }, [1, 16, 6, 6]],
    ["ConvInteger", "ConvInteger", [[1, 3, 8, 8]], { weights: [[16, 3, 3, 3]] }, [1, 16, 6, 6]],
    // (7 - 1)·2 - 2·1 + 3 + 1
    [
      "a transposed convolution",
      "ConvTranspose",
      [[1, 8, 7, 7]],
      { weights: [[8, 4, 3, 3]], attributes: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] } },
      [1, 4, 14, 14],
    ],
    [
      "its output_shape",
      "ConvTranspose",
      [[1, 8, 7, 7]],
      { weights: [[8, 4, 3, 3]], attributes: { strides: [2, 2], output_shape: [15, 15] } },
      [1, 4, 15, 15],
    ],
    [
      "its groups",
      "ConvTranspose",
      [[1, 8, 5]],
      { weights: [[8, 3, 2]], attributes: { strides: [2], group: 4 } },
      [1, 12, 10],
    ],
    [
      "its SAME_UPPER",
      "ConvTranspose",
      [[1, 8, 7, 7]],
      { weights: [[8, 4, 3, 3]], attributes: { strides: [3, 3], auto_pad: "SAME_UPPER" } },
      [1, 4, 21, 21],
    ],
    ["a pool", "MaxPool", [[1, 8, 13, 13]], { attributes: { kernel_shape: [3, 3], strides: [2, 2] } }, [1, 8, 6, 6]],
    [
      "a pool that hangs over",
      "MaxPool",
      [[1, 8, 14, 14]],
      { attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 } },
      [1, 8, 7, 7],
    ],
    // The third window would begin in the padding behind the input.
    [
      "a pool whose last window would start outside",
      "AveragePool",
      [[1, 1, 4]],
      { attributes: { kernel_shape: [1], strides: [3], pads: [0, 1], ceil_mode: 1 } },
      [1, 1, 2],
    ],
    ["a pool over all", "GlobalAveragePool", [[2, 8, 5, 6]], {}, [2, 8, 1, 1]],
    [
      "matrices with broadcast",
      "MatMul",
      [
        [8, 1, 5, 6],
        [3, 6, 7],
      ],
      {},
      [8, 3, 5, 7],
    ],
    ["a vector times a matrix", "MatMul", [[6], [3, 6, 7]], {}, [3, 7]],
    ["a matrix times a vector", "MatMul", [[3, 5, 6], [6]], {}, [3, 5]],
    ["MatMulInteger", "MatMulInteger", [[5, 6]], { weights: [[6, 7]] }, [5, 7]],
    ["QLinearMatMul", "QLinearMatMul", [[2, 5, 6]], { weights: [[], [], [6, 7]] }, [2, 5, 7]],
    [
      "weights of 4 bits",
      "MatMulNBits",
      [[1, 9, 64]],
      { domain: "com.microsoft", weights: [[32, 2, 16]], attributes: { K: 64, N: 32, bits: 4, block_size: 32 } },
      [1, 9, 32],
    ],
    ["Gemm, both turned", "Gemm", [[6, 5]], { weights: [[7, 6]], attributes: { transA: 1, transB: 1 } }, [5, 7]],
    [
      "Einsum",
      "Einsum",
      [
        [2, 4, 5, 8],
        [2, 6, 4, 8],
      ],
      { attributes: { equation: "bhid, bjhd -> bhij" } },
      [2, 4, 5, 6],
    ],
    [
      "Einsum with an ellipsis",
      "Einsum",
      [
        [2, 3, 5, 8],
        [8, 6],
      ],
      { attributes: { equation: "...ik,kj->...ij" } },
      [2, 3, 5, 6],
    ],
    [
      "Einsum without a result",
      "Einsum",
      [
        [5, 8],
        [8, 6],
      ],
      { attributes: { equation: "ik,kj" } },
      [5, 6],
    ],
    [
      "broadcasting",
      "Add",
      [
        [8, 1, 6],
        [7, 1],
      ],
      {},
      [8, 7, 6],
    ],
    [
      "Where",
      "Where",
      [
        [3, 1],
        [1, 4],
        [2, 1, 1],
      ],
      {},
      [2, 3, 4],
    ],
    ["Softmax", "Softmax", [[2, 3]], {}, [2, 3]],
    ["a reduction", "ReduceMean", [[2, 3, 4]], { attributes: { axes: [-1] } }, [2, 3, 1]],
    [
      "a reduction without its axes",
      "ReduceSum",
      [[2, 3, 4]],
      { weights: [ints(0, 2)], attributes: { keepdims: 0 } },
      [3],
    ],
    ["a reduction of all", "ReduceMax", [[2, 3, 4]], { attributes: { keepdims: 0 } }, []],
    ["ArgMax", "ArgMax", [[2, 3, 4]], { attributes: { axis: 1, keepdims: 0 } }, [2, 4]],
    ["Reshape with 0 and -1", "Reshape", [[2, 3, 4, 5]], { weights: [ints(0, -1, 5)] }, [2, 12, 5]],
    ["Flatten", "Flatten", [[2, 3, 4]], { attributes: { axis: 2 } }, [6, 4]],
    ["Flatten at the end", "Flatten", [[2, 3]], { attributes: { axis: 2 } }, [6, 1]],
    ["Squeeze", "Squeeze", [[1, 3, 1, 4]], { weights: [ints(0, -2)] }, [3, 4]],
    ["Squeeze of all", "Squeeze", [[1, 3, 1, 4]], {}, [3, 4]],
    ["Unsqueeze of old", "Unsqueeze", [[3, 4]], { opset: 11, attributes: { axes: [0, 3] } }, [1, 3, 4, 1]],
    ["Unsqueeze", "Unsqueeze", [[3, 4]], { weights: [ints(-1)] }, [3, 4, 1]],
    ["Transpose", "Transpose", [[2, 3, 4]], { attributes: { perm: [2, 0, 1] } }, [4, 2, 3]],
    ["Transpose by default", "Transpose", [[2, 3, 4]], {}, [4, 3, 2]],
    ["DepthToSpace", "DepthToSpace", [[1, 12, 5, 6]], { attributes: { blocksize: 2 } }, [1, 3, 10, 12]],
    ["SpaceToDepth", "SpaceToDepth", [[1, 3, 10, 12]], { attributes: { blocksize: 2 } }, [1, 12, 5, 6]],
    [
      "Concat",
      "Concat",
      [
        [2, 3],
        [2, 5],
      ],
      { attributes: { axis: -1 } },
      [2, 8],
    ],
    [
      "a quantised Concat",
      "QLinearConcat",
      [[], [], [1, 3, 4], [], [], [1, 5, 4], [], []],
      { domain: "com.microsoft", attributes: { axis: 1 } },
      [1, 8, 4],
    ],
    [
      "Slice, ends far away",
      "Slice",
      [[10, 20]],
      { weights: [ints(2, -5), ints(9223372036854775000, 99), ints(0, 1)] },
      [8, 5],
    ],
    ["Slice backwards", "Slice", [[10]], { weights: [ints(-1), ints(-9223372036854775000), ints(0), ints(-3)] }, [4]],
    ["Slice of old", "Slice", [[10, 20]], { opset: 9, attributes: { starts: [1], ends: [5], axes: [1] } }, [10, 4]],
    [
      "Gather",
      "Gather",
      [[5, 6]],
      { weights: [{ dims: [2, 3], ints: [0, 1, 2, 3, 4, 0] }], attributes: { axis: 0 } },
      [2, 3, 6],
    ],
    ["Gather of one", "Gather", [[5, 6]], { weights: [scalar(1)], attributes: { axis: 1 } }, [5]],
    ["GatherND", "GatherND", [[4, 5, 6]], { weights: [[7, 2]] }, [7, 6]],
    ["Expand", "Expand", [[3, 1]], { weights: [ints(2, 1, 6)] }, [2, 3, 6]],
    ["Tile", "Tile", [[2, 3]], { weights: [ints(2, 4)] }, [4, 12]],
    ["Pad", "Pad", [[1, 3, 4, 4]], { weights: [ints(0, 0, 1, 2, 0, 0, 3, 4)] }, [1, 3, 8, 10]],
    ["Resize to sizes", "Resize", [[1, 3, 4, 4]], { weights: [without, without, ints(1, 3, 9, 5)] }, [1, 3, 9, 5]],
    ["OneHot", "OneHot", [[2, 3]], { weights: [scalar(10), [2]] }, [2, 3, 10]],
    ["ConstantOfShape", "ConstantOfShape", [], { weights: [ints(2, 3)] }, [2, 3]],
    ["Range", "Range", [], { weights: [scalar(2), scalar(11), scalar(3)] }, [3]],
    ["NonZero of what is known", "NonZero", [], { weights: [{ dims: [2, 2], ints: [1, 0, 3, 4] }] }, [2, 3]],
    ["an embedding", "Gather", [], { weights: [[1000, 64], { dims: [1, 3], ints: [1, 2, 3] }] }, [1, 3, 64]],
    ["a DFT of half a signal", "DFT", [[1, 400, 1]], { attributes: { onesided: 1, axis: 1 } }, [1, 201, 2]],
    [
      "GridSample",
      "GridSample",
      [
        [1, 3, 8, 8],
        [1, 5, 6, 2],
      ],
      {},
      [1, 3, 5, 6],
    ],
    [
      "RoiAlign",
      "RoiAlign",
      [[1, 16, 8, 8], [7, 4], [7]],
      { attributes: { output_height: 3, output_width: 2 } },
      [7, 16, 3, 2],
    ],
  ])("%s", (_, op, inputs, rest, expected) => expect(shapesOf(op, inputs, rest)).toEqual([expected]));
});

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

describe("known numbers", () => {
  test("a reshape follows from a shape, through gather, arithmetic and concat", () => {
    const { steps } = walk({
      inputs: { x: [2, 12, 8, 64] },
      nodes: [
        { op: "Transpose", inputs: ["x"], outputs: ["t"], attributes: { perm: [0, 2, 1, 3] } },
        { op: "Shape", inputs: ["t"], outputs: ["s"] },
        { op: "Gather", inputs: ["s", "zero"], outputs: ["batch"], attributes: { axis: 0 } },
        { op: "Gather", inputs: ["s", "two"], outputs: ["heads"], attributes: { axis: 0 } },
        { op: "Mul", inputs: ["heads", "size"], outputs: ["features"] },
        { op: "Unsqueeze", inputs: ["batch", "axes"], outputs: ["batch1"] },
        { op: "Unsqueeze", inputs: ["features", "axes"], outputs: ["features1"] },
        { op: "Concat", inputs: ["batch1", "open", "features1"], outputs: ["target"], attributes: { axis: 0 } },
        { op: "Reshape", inputs: ["t", "target"], outputs: ["y"] },
      ],
      initializers: { zero: scalar(0), two: scalar(2), size: scalar(64), axes: ints(0), open: ints(-1) },
    });
    expect(steps.at(-1)!.results[0]!.dims).toEqual([2, 8, 768]);
  });

  test("one size that the data decides leaves the others known, and fits in where it is the only one", () => {
    const { steps } = walk({
      inputs: { x: [4, 6], mask: [10] },
      nodes: [
        { op: "NonZero", inputs: ["mask"], outputs: ["n"] },
        { op: "Shape", inputs: ["n"], outputs: ["s"] },
        { op: "Slice", inputs: ["s", "one", "two"], outputs: ["count"] },
        { op: "Concat", inputs: ["count", "six"], outputs: ["target"], attributes: { axis: 0 } },
        { op: "Reshape", inputs: ["x", "target"], outputs: ["y"] },
        { op: "Expand", inputs: ["x", "target"], outputs: ["z"] },
      ],
      initializers: { one: ints(1), two: ints(2), six: ints(6) },
    });
    expect(steps[0]!.results[0]!.dims).toEqual([1, undefined]);
    expect(steps[4]!.results[0]!.dims).toEqual([4, 6]);
  });

  test.each<[string, string, readonly (Sizes | TensorText)[], Readonly<Record<string, Attribute>>, readonly number[]]>([
    ["integers divide towards 0", "Div", [ints(7, -7), ints(2)], {}, [3, -3]],
    ["a remainder has the sign of the divisor", "Mod", [ints(7, -7), ints(4)], {}, [3, 1]],
    ["comparisons", "Less", [ints(1, 5), ints(3)], {}, [1, 0]],
    ["Where", "Where", [ints(1, 0), ints(5, 6), ints(7)], {}, [5, 7]],
    ["Slice with a step", "Slice", [ints(0, 1, 2, 3, 4, 5), ints(1), ints(6), ints(0), ints(2)], {}, [1, 3, 5]],
    ["Gather from the end", "Gather", [ints(4, 5, 6), ints(-1, 0)], { axis: 0 }, [6, 4]],
    ["Transpose", "Transpose", [{ dims: [2, 3], ints: [1, 2, 3, 4, 5, 6] }], {}, [1, 4, 2, 5, 3, 6]],
    ["Tile", "Tile", [ints(1, 2), ints(2)], {}, [1, 2, 1, 2]],
    ["Expand", "Expand", [{ dims: [2, 1], ints: [1, 2] }, ints(2, 2)], {}, [1, 1, 2, 2]],
    ["a product", "ReduceProd", [{ dims: [2, 3], ints: [1, 2, 3, 4, 5, 6] }], { axes: [1] }, [6, 120]],
    ["NonZero", "NonZero", [{ dims: [2, 2], ints: [1, 0, 3, 4] }], {}, [0, 1, 1, 0, 0, 1]],
    ["ScatterND", "ScatterND", [ints(1, 2, 3), { dims: [2, 1], ints: [0, 2] }, ints(8, 9)], {}, [8, 2, 9]],
    [
      "Concat along the second axis",
      "Concat",
      [
        { dims: [2, 1], ints: [1, 2] },
        { dims: [2, 2], ints: [3, 4, 5, 6] },
      ],
      { axis: 1 },
      [1, 3, 4, 2, 5, 6],
    ],
  ])("%s", (_, op, weights, attributes, expected) => {
    const initializers = Object.fromEntries(weights.map((weight, i) => [`w${i}`, weight]));
    const { steps, faults } = walk({
      nodes: [{ op, inputs: Object.keys(initializers), outputs: ["y"], attributes }],
      initializers,
    });
    expect(faults).toEqual([]);
    expect(steps[0]!.results[0]!.numbers()).toEqual(expected);
  });
});

describe("contradictions are told with the operator and what it reads", () => {
  test.each<[string, string, readonly Sizes[], Case, string]>([
    [
      "channels",
      "Conv",
      [[1, 4, 8, 8]],
      { weights: [[8, 3, 3, 3]] },
      "its input has 4 channels, but its weights take 3 in 1 groups",
    ],
    [
      "a window that is too large",
      "Conv",
      [[1, 3, 2, 8]],
      { weights: [[8, 3, 3, 3]] },
      "its window of 3 does not fit in 2 with its padding",
    ],
    [
      "columns and rows",
      "MatMul",
      [
        [4, 5],
        [6, 7],
      ],
      {},
      "it multiplies 5 columns with 6 rows",
    ],
    ["elements", "Reshape", [[4, 5]], { weights: [ints(3, -1)] }, "its 20 elements do not fit the shape [3, -1]"],
    [
      "broadcasting",
      "Add",
      [
        [4, 5],
        [4, 6],
      ],
      {},
      "the shapes of its inputs contradict each other",
    ],
    ["an axis", "Concat", [[4, 5]], { attributes: { axis: 2 } }, "there is no axis 2 in 2 dimensions"],
    [
      "a stride of 0",
      "MaxPool",
      [[1, 1, 4]],
      { attributes: { kernel_shape: [2], strides: [0] } },
      "kernel, strides and dilations must be at least 1",
    ],
    ["a lost input", "Shape", [], {}, "its input 1 is missing"],
  ])("%s", (_, op, inputs, rest, message) => {
    const { faults } = walk({
      nodes: [
        {
          op,
          name: "here",
          inputs: [...inputs.map((_, i) => `x${i}`), ...(rest.weights ?? []).map((_, i) => `w${i}`)],
          outputs: ["y"],
          attributes: rest.attributes ?? {},
        },
      ],
      inputs: Object.fromEntries(inputs.map((sizes, i) => [`x${i}`, sizes])),
      initializers: Object.fromEntries((rest.weights ?? []).map((weight, i) => [`w${i}`, weight])),
    });
    expect(faults).toEqual([{ name: "here", op, message: expect.stringContaining(message) }]);
  });
});
