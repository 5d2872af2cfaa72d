/** Convolutions of all types: their fields, shapes and work. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvolutionLayer, Layer } from "../../src/core/layer.ts";
import { propertyRuns } from "../property-runs.ts";
import { macsIn, problemsInLayers, variantOf } from "./one-model.ts";

const convolutionIn = (layer: Layer): ConvolutionLayer => layer as ConvolutionLayer;

describe("conv", () => {
  test("keeps rows and columns by default", () => {
    // 4 out x 8 in x 3 x 3 x 16 x 16
    expect(macsIn("- { type: conv, out: 4, kernel: 3 }")).toEqual([["conv1", 73_728]]);
  });
  test("has elements of its whole input and output, and weights", () => {
    const [layer] = variantOf("- { type: conv, out: 4, kernel: 3, stride: 2 }").layers;
    expect(layer).toMatchObject({ inputElements: 8 * 256, outputElements: 4 * 64, weightElements: 4 * 8 * 9 });
    expect(layer).toMatchObject({ outputRows: 8, outputColumns: 8, sweptRows: 10, strideRows: 2 });
  });
  test.each([
    ["same", 8, "an odd size is rounded up", 15],
    ["valid", 7, "(16 - 3) / 2 + 1, rounded down", 16],
    ["1", 8, "(16 + 2 - 3) / 2 + 1, rounded down", 16],
    ["[2, 0]", 9, "(16 + 4 - 3) / 2 + 1, rounded down", 16],
  ])("with padding %s has %d rows: %s", (padding, rows, _why, size) => {
    const layers = `- { type: conv, out: 1, kernel: 3, stride: 2, padding: ${padding} }`;
    expect(variantOf(layers, `input: [1, ${size}, 16]`).layers[0]).toMatchObject({ outputRows: rows });
  });
  test("dilation widens the window, not the work", () => {
    // A 3 x 3 kernel dilated by 2 covers 5 x 5: 12 x 12 come out.
    expect(macsIn("- { type: conv, out: 1, kernel: 3, dilation: 2, padding: valid }")).toEqual([
      ["conv1", 8 * 9 * 144],
    ]);
  });
  test("groups divide the work", () => {
    expect(macsIn("- { type: conv, out: 4, kernel: 1, groups: 2 }")).toEqual([["conv1", 2 * 2 * 4 * 256]]);
  });
  test("a kernel of two sizes is rows by columns", () => {
    const [layer] = variantOf("- { type: conv, out: 1, kernel: [1, 3], stride: [1, 2], padding: valid }").layers;
    expect(layer).toMatchObject({ filterRows: 1, filterColumns: 3, outputRows: 16, outputColumns: 7 });
  });
  test("a batch multiplies work and activations, not weights", () => {
    const [layer] = variantOf("- { type: conv, out: 4, kernel: 1 }", "input: [8, 16, 16]\nbatch: 3").layers;
    expect(layer).toMatchObject({ batch: 3, inputElements: 3 * 2048, outputElements: 3 * 1024, weightElements: 32 });
  });
});

describe("conv by its sizes", () => {
  test("with Y and X has an unpadded input of that size", () => {
    const [layer] = variantOf("- { type: conv, K: 32, C: 32, Y: 160, X: 100, R: 3, S: 3 }", "").layers;
    expect(layer).toMatchObject({ outputRows: 158, outputColumns: 98, sweptRows: 160, sweptColumns: 100 });
    expect(layer).toMatchObject({ inputElements: 32 * 160 * 100 });
  });
  test("with Y' and X' has an output of that size", () => {
    const [layer] = variantOf(`- { type: conv, K: 4, C: 2, Y': 5, X': 7, R: 3, S: 1, stride: 2, N: 2 }`, "").layers;
    expect(layer).toMatchObject({ batch: 2, outputRows: 5, outputColumns: 7, inputElements: 2 * 2 * 11 * 13 });
  });
  test("keeps an input smaller than the filter, as MAESTRO's files have it", () => {
    const [layer] = variantOf("- { type: conv, K: 1024, C: 320, Y: 2, X: 2, R: 4, S: 4 }", "").layers;
    expect(layer).toMatchObject({ sweptRows: 2, sweptColumns: 2, outputRows: 1, outputColumns: 1 });
  });
  test("groups divide K and C", () => {
    expect(macsIn("- { type: conv, K: 8, C: 4, Y: 2, X: 2, groups: 4 }", "")).toEqual([["conv1", 4 * 2 * 1 * 4]]);
  });
  test("depthwise-conv takes K for its multiplier", () => {
    const [layer] = variantOf("- { type: depthwise-conv, K: 2, C: 4, Y: 3, X: 3 }", "").layers;
    expect(layer).toMatchObject({ operator: "depthwise", outputElements: 8 * 9, weightElements: 8 });
  });
  test("the layer after it reads what it leaves", () => {
    expect(macsIn("- { type: conv, K: 2, C: 1, Y: 3, X: 3, R: 2, S: 2 }\n- { type: fc, out: 1 }", "")[1]).toEqual([
      "fc1",
      8,
    ]);
  });
});

test("depthwise-conv takes its outputs as out or multiplier, and its channels as groups", () => {
  const macs = (fields: string) => macsIn(`- { type: depthwise-conv, kernel: 1, ${fields} }`)[0]![1];
  expect(["out: 16", "multiplier: 2", "out: 16, multiplier: 2, groups: 8"].map(macs)).toEqual(Array(3).fill(16 * 256));
  for (const fields of ["out: 12", "out: 8, multiplier: 2", "groups: 4"])
    expect(problemsInLayers(`- { type: depthwise-conv, kernel: 1, ${fields} }`)).toMatchObject([{ code: "BAD_SHAPE" }]);
});

test("depthwise-conv filters each channel by itself", () => {
  const [layer] = variantOf("- { type: depthwise-conv, kernel: 3, stride: 2, multiplier: 2 }").layers;
  expect(layer).toMatchObject({ operator: "depthwise", inputChannels: 8, outputChannels: 2, outputElements: 16 * 64 });
  expect(macsIn("- { type: depthwise-conv, kernel: 3, stride: 2, multiplier: 2 }")).toEqual([
    ["depthwise-conv1", 9216],
  ]);
});

describe("transposed-conv", () => {
  const outputOf = (fields: string, input = "[4, 8, 8]") => {
    const [layer] = variantOf(`- { type: transposed-conv, out: 4, ${fields} }`, `input: ${input}`).layers;
    const { producedRows, producedColumns } = convolutionIn(layer!);
    return [producedRows, producedColumns];
  };

  test("works over its input and by default leaves an output stride times as large", () => {
    const [layer] = variantOf("- { type: transposed-conv, out: 4, kernel: 3 }").layers;
    expect(layer).toMatchObject({ outputRows: 16, outputElements: 4 * 32 * 32, inputElements: 2048 });
    expect(macsIn("- { type: transposed-conv, out: 4, kernel: 3 }")).toEqual([["transposed-conv1", 73_728]]);
  });
  test.each([
    ["kernel: 4, padding: 1", 16, "7 x 2 - 2 + 3 + 1"],
    ["kernel: 4, padding: valid", 18, "7 x 2 + 3 + 1"],
    ["kernel: 3, padding: 1, outputPadding: 1", 16, "7 x 2 - 2 + 2 + 1 + 1"],
    ["kernel: 3, outputPadding: 1", 18, "7 x 2 + 2 + 1 + 1, nothing cut off"],
    ["kernel: 3, padding: 0, dilation: 3", 21, "7 x 2 + 3 x 2 + 1"],
    ["kernel: 3, stride: 1, padding: 0, dilation: 2, outputPadding: 1", 13, "7 + 2 x 2 + 1 + 1"],
    ["kernel: 9, stride: 3, padding: 4, outputPadding: 2", 24, "7 x 3 - 8 + 8 + 2 + 1"],
    ["kernel: 2, stride: 5, padding: same", 40, "8 x 5"],
  ])("{ %s } leaves %d rows of 8: %s", (fields, size) => {
    expect(outputOf(fields)).toEqual([size, size]);
  });
  test("takes rows and columns apart", () => {
    const fields = "kernel: [2, 3], stride: [2, 3], padding: [0, 1], dilation: [1, 2], outputPadding: [1, 0]";
    expect(outputOf(fields, "[4, 5, 6]")).toEqual([4 * 2 + 1 + 1 + 1, 5 * 3 - 2 + 4 + 1]);
  });
  test("groups divide its work and its weights", () => {
    const [layer] = variantOf("- { type: transposed-conv, out: 6, kernel: 2, groups: 2 }").layers;
    expect(layer).toMatchObject({ groups: 2, inputChannels: 4, outputChannels: 3, weightElements: 2 * 4 * 3 * 4 });
    expect(macsIn("- { type: transposed-conv, out: 6, kernel: 2, groups: 2 }")).toEqual([
      ["transposed-conv1", (256 * 4 * 8 * 6) / 2],
    ]);
  });
  test("is depthwise with a group a channel", () => {
    expect(macsIn("- { type: transposed-conv, out: 8, kernel: 3, groups: 8 }")).toEqual([
      ["transposed-conv1", 256 * 9 * 8],
    ]);
  });
  test("the layer after it reads what it leaves", () => {
    const layers =
      "- { type: transposed-conv, out: 4, kernel: 4, padding: valid }\n- { type: conv, out: 1, kernel: 1 }";
    expect(variantOf(layers, "input: [4, 8, 8]").layers[1]).toMatchObject({ outputRows: 18, outputColumns: 18 });
  });
  test.each([
    ["kernel: 3, padding: 20", "padding", "BAD_SHAPE"],
    ["kernel: 3, outputPadding: 2", "outputPadding", "TOO_BIG"],
    ["kernel: 3, padding: same, outputPadding: 1", "outputPadding", "KEYS_EXCLUDE"],
    ["kernel: 3, groups: 3", "groups", "BAD_SHAPE"],
    ["kernel: 3, outputPadding: -1", "outputPadding", "NEGATIVE"],
  ])("{ %s } is reported at %s", (fields, field, code) => {
    const layers = `- { type: transposed-conv, out: 4, ${fields} }`;
    const [problem, ...others] = problemsInLayers(layers);
    expect(problem).toMatchObject({ code, line: 4, column: layers.indexOf(`${field}:`) + field.length + 5 });
    expect(others).toEqual([]);
  });
  test("undoes the convolution of the same window: of what that reads, it leaves all but the rest", () => {
    const sizes = fc.record({
      input: fc.integer({ min: 1, max: 60 }),
      kernel: fc.integer({ min: 1, max: 7 }),
      stride: fc.integer({ min: 1, max: 4 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(sizes, ({ input, ...window }) => {
        const reach = (window.kernel - 1) * window.dilation + 1;
        fc.pre(reach <= input + 2 * window.padding);
        const fields = Object.entries(window)
          .map(([key, value]) => `${key}: ${value}`)
          .join(", ");
        const head = `input: [4, ${input}, ${input}]`;
        const forward = convolutionIn(variantOf(`- { type: conv, out: 4, ${fields} }`, head).layers[0]!).outputRows;
        const rest = (input + 2 * window.padding - reach) % window.stride;
        const back = outputOf(`${fields}, outputPadding: ${rest}`, `[4, ${forward}, ${forward}]`);
        expect(back).toEqual([input, input]);
      }),
      propertyRuns(60),
    );
  });
});
