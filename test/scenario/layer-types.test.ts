/** Layers by hand-worked numbers, mostly on an input of 8 channels, 16 rows, 16 columns. convolutions.test.ts has those. */
import { describe, expect, test } from "vitest";
import { macsIn, namesIn, problemsInLayers, variantOf } from "./one-model.ts";

test("fc with as many inputs as it reads is the same as without, and needs no input", () => {
  expect(macsIn("- { type: fc, out: 10, in: 2048 }")).toEqual([["fc1", 20_480]]);
  expect(macsIn("- { type: fc, out: 10, in: 5 }", "")).toEqual([["fc1", 50]]);
});

test("fc flattens its input into one row", () => {
  expect(macsIn("- { type: fc, out: 10 }\n- { type: fc, out: 3 }")).toEqual([
    ["fc1", 20_480],
    ["fc2", 30],
  ]);
});

describe("gemm", () => {
  test("has a row a token", () => {
    expect(macsIn("- { type: gemm, out: 5 }")).toEqual([["gemm1", 256 * 8 * 5]]);
  });
  test("with rows and in needs no input, and the layer after it reads what it leaves", () => {
    expect(macsIn("- { type: gemm, out: 5, rows: 7, in: 3 }\n- { type: gemm, out: 2 }", "")).toEqual([
      ["gemm1", 105],
      ["gemm2", 70],
    ]);
  });
  test("may regroup the elements that it reads", () => {
    expect(macsIn("- { type: gemm, out: 5, rows: 512, in: 4 }")).toEqual([["gemm1", 512 * 4 * 5]]);
  });
  test("with groups has weights for each of them", () => {
    const [layer] = variantOf("- { type: gemm, out: 5, groups: 2 }").layers;
    expect(layer).toMatchObject({ groups: 2, inputChannels: 4, weightElements: 2 * 4 * 5, outputElements: 2560 });
    expect(macsIn("- { type: gemm, out: 5, groups: 2 }")).toEqual([["gemm1", 2 * 256 * 4 * 5]]);
  });
});

describe("a layer that says what it reads", () => {
  test.each([
    ["matmul, rows: 8, in: 8, out: 8, groups: 2", 1024],
    ["lstm, hidden: 2, in: 3, steps: 1", 40],
    ["gemm, rows: 3, in: 4, out: 5, groups: 2", 120],
  ])("{ type: %s } needs no input", (fields, macs) => {
    expect(macsIn(`- { name: a, type: ${fields} }`, "")[0]![1]).toBe(macs);
  });
  test("needs none for attention, with dim, queries and keys: q, k, v, scores, context, o", () => {
    const macs = macsIn("- { type: attention, heads: 2, dim: 4, queries: 3, keys: 5 }", "").map(([, each]) => each);
    expect(macs).toEqual([48, 80, 80, 60, 0, 60, 48]);
  });
  test("is one of a list of independent ones, while nothing in the file states an input", () => {
    const layers = "- { type: gemm, out: 256, rows: 256, in: 768 }\n- { type: gemm, out: 256, rows: 1, in: 768 }";
    expect(macsIn(layers, "").map(([, macs]) => macs)).toEqual([50_331_648, 196_608]);
  });
  test.each([
    ["gemm, out: 2, in: 9", "in"],
    ["gemm, out: 2, rows: 4", "rows"],
    ["gemm, out: 2, rows: 4, in: 8", "in"],
    ["gemm, out: 2, rows: 256, in: 8, groups: 2", "in"],
    ["gemm, out: 2, rows: 8, in: 8, input: [3, 5, 5]", "in"],
    ["matmul, out: 2, rows: 256, in: 9", "in"],
    ["fc, out: 2, in: 2047", "in"],
  ])("is refused where that contradicts what it reads: { type: %s }", (fields, field) => {
    const layers = `- { type: ${fields} }`;
    const [problem, ...others] = problemsInLayers(layers);
    const column = layers.indexOf(` ${field}:`) + field.length + 6;
    expect(problem).toMatchObject({ code: "BAD_SHAPE", line: 4, column });
    expect(problem!.message).toMatch(/it takes \d+ .*elements, but it reads \[/);
    expect(others).toEqual([]);
  });
  test("is refused after a layer with an input, and after one that it names", () => {
    const named =
      "- { name: a, type: gemm, out: 4, rows: 4, in: 4 }\n- { type: gemm, out: 2, rows: 9, in: 9, from: a }";
    const stated = "- { type: conv, out: 4, kernel: 1, input: [4, 2, 2] }\n- { type: gemm, out: 2, rows: 9, in: 9 }";
    for (const layers of [named, stated])
      expect(problemsInLayers(layers, "")).toMatchObject([{ code: "BAD_SHAPE", line: 5 }]);
  });
  test("matmul may read both operands", () => {
    expect(macsIn("- { type: matmul, rows: 2, in: 3, out: 4 }", "input: [18, 1, 1]")).toEqual([["matmul1", 24]]);
  });
});

test("matmul multiplies two activations, without weights", () => {
  // 2 groups of [256, 4] x [4, 10]
  const [layer] = variantOf("- { type: matmul, out: 10, groups: 2 }").layers;
  expect(layer).toMatchObject({ groups: 2, inputChannels: 4, weightElements: 0, outputElements: 2 * 256 * 10 });
  expect(layer).toMatchObject({ inputElements: 2 * (256 * 4 + 4 * 10) });
  expect(macsIn("- { type: matmul, out: 10, groups: 2 }")).toEqual([["matmul1", 20_480]]);
});

describe("attention", () => {
  test("expands into its matrix products", () => {
    // 8 features, 6 tokens, 2 heads of 4
    expect(macsIn("- { name: a, type: attention, heads: 2 }", "input: [8, 6, 1]")).toEqual([
      ["a.q", 384],
      ["a.k", 384],
      ["a.v", 384],
      ["a.scores", 2 * 6 * 4 * 6],
      ["a.softmax", 0],
      ["a.context", 2 * 6 * 6 * 4],
      ["a.o", 384],
    ]);
  });
  test("has only the projections it is told", () => {
    const names = ["attention1.q", "attention1.scores", "attention1.softmax", "attention1.context"];
    expect(namesIn("- { type: attention, heads: 2, projections: q }", "input: [8, 6, 1]")).toEqual(names);
  });
  test("reads other keys than queries, through other features", () => {
    expect(macsIn("- { type: attention, heads: 1, dim: 4, queries: 2, keys: 3 }", "input: [8, 6, 1]")).toEqual([
      ["attention1.q", 2 * 8 * 4],
      ["attention1.k", 3 * 8 * 4],
      ["attention1.v", 3 * 8 * 4],
      ["attention1.scores", 2 * 4 * 3],
      ["attention1.softmax", 0],
      ["attention1.context", 2 * 3 * 4],
      ["attention1.o", 2 * 4 * 8],
    ]);
  });
  test("leaves the shape it reads", () => {
    const layers = "- { type: attention, heads: 2 }\n- { type: conv, out: 1, kernel: 1 }";
    expect(variantOf(layers, "input: [8, 3, 2]").layers.at(-1)).toMatchObject({ outputRows: 3, outputColumns: 2 });
  });
  test("heads that do not divide the features are reported", () => {
    expect(problemsInLayers("- { type: attention, heads: 3 }")).toMatchObject([
      { code: "BAD_SHAPE", line: 4, column: 31 },
    ]);
  });
});

describe("lstm and gru", () => {
  test("have one GEMM a step, of all gates over input and hidden state", () => {
    expect(macsIn("- { type: lstm, hidden: 5 }", "input: [3, 2, 1]")).toEqual([
      ["lstm1[0]", 4 * 5 * 8],
      ["lstm1[1]", 4 * 5 * 8],
    ]);
    expect(macsIn("- { type: gru, hidden: 5, steps: 1, in: 2 }", "input: [3, 2, 1]")).toEqual([["gru1[0]", 105]]);
  });
  test("with a distribution of steps are a loop over the longest", () => {
    const { layers, loops } = variantOf("- { type: lstm, hidden: 1, steps: { 2: 0.25, 4: 0.75 } }");
    expect(layers).toHaveLength(4);
    expect(loops).toEqual([{ firstLayer: 0, layersPerStep: 1, stepProbabilities: [0, 0.25, 0, 0.75] }]);
  });
  test("leave a sequence of hidden states", () => {
    expect(macsIn("- { type: lstm, hidden: 5 }\n- { type: gemm, out: 2 }", "input: [3, 2, 1]")[2]).toEqual([
      "gemm1",
      20,
    ]);
  });
});

describe("memory-bound layers", () => {
  test.each([
    ["pool, kernel: 2", 2048, 512],
    ["pool, kernel: 3, stride: 2, padding: same", 2048, 512],
    ["pool, kernel: 3", 2048, 200],
    ["pool, kernel: 3, stride: 1, dilation: 2", 2048, 8 * 144],
    ["global-pool", 2048, 8],
    ["elementwise", 2048, 2048],
    ["elementwise, operands: 2", 4096, 2048],
    ["upsample", 2048, 8192],
    ["upsample, scale: [1, 3]", 2048, 6144],
  ])("{ type: %s } reads %d elements and writes %d", (fields, inputElements, outputElements) => {
    const [layer] = variantOf(`- { type: ${fields} }`).layers;
    expect(layer).toMatchObject({ kind: "memory", inputElements, outputElements });
  });
  test("move a batch of them", () => {
    const [layer] = variantOf("- { type: elementwise }", "input: [8, 16, 16]\nbatch: 2").layers;
    expect(layer).toMatchObject({ inputElements: 4096, outputElements: 4096 });
  });
});

test("reshape costs nothing and changes what the next layer reads", () => {
  expect(macsIn("- { type: reshape, shape: [256, 8, 1] }\n- { type: gemm, out: 2 }")).toEqual([["gemm1", 8 * 256 * 2]]);
});

describe("shapes that cannot be", () => {
  test.each([
    ["- { type: conv, out: 4, kernel: 17, padding: valid }", 35],
    ["- { type: conv, out: 4, kernel: 1, groups: 3 }", 46],
    ["- { type: reshape, shape: [3, 3, 3] }", 29],
    ["- { type: matmul, out: 2, groups: 3 }", 37],
    ["- { type: pool, kernel: 20 }", 27],
  ])("%s is reported at its field", (layers, column) => {
    const [problem, ...others] = problemsInLayers(layers);
    expect(problem).toMatchObject({ code: "BAD_SHAPE", line: 4 });
    expect(problem!.column).toBeGreaterThan(8);
    expect(problem!.column).toBeLessThanOrEqual(column);
    expect(others).toEqual([]);
  });
  test("are reported once in a repeat block, and nothing is said about the layers after them", () => {
    const layers = "- { repeat: 5, layers: [{ type: pool, kernel: 20 }, { type: conv, out: 2, kernel: 3 }] }";
    expect(problemsInLayers(layers)).toHaveLength(1);
  });
});
