/** Graphs: order, branches, loops, functions, and what is told of them. */
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/input/input-error.ts";
import type { GraphText, ModelText, NodeText } from "./builder.ts";
import { product, w } from "./products.ts";
import { imported, importText, one } from "./worlds.ts";

describe("order", () => {
  test("is that of the file where it is one, and else one that works", () => {
    const { layers } = imported({
      inputs: { x: [1, 4, 8] },
      nodes: [product("d", "c"), product("a", "x"), product("b", "a"), product("c", "b")],
      initializers: w,
    });
    expect(layers.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  });

  test.each<[string, ModelText, RegExp]>([
    [
      "a circle",
      { inputs: { x: [1, 8] }, nodes: [product("a", "b"), product("b", "a"), product("c", "x")], initializers: w },
      /MatMul "a": 2 nodes wait for each other, so the graph has no order: a, b/,
    ],
    [
      "a node that waits for itself",
      { inputs: { x: [1, 8] }, nodes: [product("a", "a")], initializers: w },
      /MatMul "a": it waits for itself, so the graph has no order/,
    ],
    [
      "a value that nothing makes",
      { inputs: { x: [1, 8] }, nodes: [product("a", "lost")], initializers: w },
      /MatMul "a": it reads "lost", which nothing makes/,
    ],
    [
      "a value that is made twice",
      { inputs: { x: [1, 8] }, nodes: [product("a", "x"), { ...product("b", "x"), outputs: ["a"] }], initializers: w },
      /MatMul "b": "a" is made twice/,
    ],
  ])("%s is told", (_, text, message) => expect(() => importText(text)).toThrow(message));
});

describe("If", () => {
  const branches = (condition: string): NodeText => ({
    op: "If",
    name: "choice",
    inputs: [condition],
    outputs: ["y"],
    attributes: {
      then_branch: { graph: { nodes: [product("short", "x")], outputs: { short: undefined } } },
      else_branch: {
        graph: { nodes: [product("up", "x", "wide"), product("down", "up", "narrow")], outputs: { down: undefined } },
      },
    },
  });
  const after = product("after", "y");

  test("a condition that shapes decide takes its branch", () => {
    const { layers, report } = imported({
      inputs: { x: [1, 4, 8] },
      nodes: [
        { op: "Shape", inputs: ["x"], outputs: ["s"] },
        { op: "Gather", inputs: ["s", "one"], outputs: ["tokens"] },
        { op: "Equal", inputs: ["tokens", "four"], outputs: ["is-four"] },
        branches("is-four"),
        after,
      ],
      initializers: { ...w, one: { dims: [], ints: [1] }, four: { dims: [], ints: [4] } },
    });
    expect(layers.map(({ name }) => name)).toEqual(["short", "after"]);
    expect(report.taken).toContain("the branches of 1 If that shapes and weights decide");
  });

  test("otherwise the branch with more work is taken, and told", () => {
    const { layers, report } = imported({
      inputs: { x: [1, 4, 8], flag: [1] },
      nodes: [branches("flag"), after],
      initializers: w,
    });
    expect(layers.map(({ name }) => name)).toEqual(["up", "down", "after"]);
    expect(report.taken.at(-1)).toBe(
      'the else branch of the If "choice": the data decides it, and this one has more work',
    );
  });

  test("the value of a scalar input may decide it", () => {
    const text = { inputs: { x: [1, 4, 8], flag: [] }, nodes: [branches("flag"), after], initializers: w };
    expect(imported(text, [{ name: "flag", dims: [1] }]).layers.map(({ name }) => name)).toEqual(["short", "after"]);
    expect(imported(text, [{ name: "flag", dims: [0] }]).layers).toHaveLength(3);
  });

  test("a branch that does not fit the inputs is not taken, and its faults are not the file's", () => {
    const wrong: GraphText = { nodes: [product("up", "x", "narrow")], outputs: { up: undefined } };
    const node = branches("flag");
    const { layers, report } = imported({
      inputs: { x: [1, 4, 8], flag: [1] },
      nodes: [{ ...node, attributes: { ...node.attributes, else_branch: { graph: wrong } } }, after],
      initializers: w,
    });
    expect(layers.map(({ name }) => name)).toEqual(["short", "after"]);
    expect(report.taken.at(-1)).toMatch(/the then branch .* the other one does not fit the sizes of the inputs/);
  });
});

describe("Loop and Scan", () => {
  const body: GraphText = {
    inputs: { i: [], go: [], state: [1, 8] },
    nodes: [
      product("step", "state"),
      { op: "Identity", inputs: ["go"], outputs: ["on"] },
      { op: "Identity", inputs: ["step"], outputs: ["kept"] },
    ],
    outputs: { on: undefined, step: undefined, kept: undefined },
  };

  test("the body of a Loop is taken once, and told with the rounds that it has", () => {
    const { layers, report } = imported({
      inputs: { x: [1, 8] },
      nodes: [
        {
          op: "Loop",
          name: "loop",
          inputs: ["ten", "", "x"],
          outputs: ["last", "all"],
          attributes: { body: { graph: body } },
        },
        product("after", "all"),
      ],
      initializers: { ...w, ten: { dims: [], ints: [10] } },
    });
    expect(layers.map(({ name }) => name)).toEqual(["step", "after"]);
    // All ten states: [10, 1, 8].
    expect(layers[1]).toMatchObject({ outputRows: 10 });
    expect(report.left).toMatchObject([{ what: 'body of the Loop "loop"', why: "taken once, without 9 more rounds" }]);
  });

  test("the body of a Scan reads one slice", () => {
    const inner: GraphText = {
      inputs: { state: [8], slice: [8] },
      nodes: [
        { op: "Add", inputs: ["state", "slice"], outputs: ["sum"] },
        { op: "MatMul", name: "step", inputs: ["sum", "w"], outputs: ["out"] },
        { op: "Identity", inputs: ["out"], outputs: ["kept"] },
      ],
      outputs: { out: undefined, kept: undefined },
    };
    const attributes = { body: { graph: inner }, num_scan_inputs: 1 };
    const { layers, report } = imported({
      inputs: { start: [8], x: [5, 8] },
      nodes: [
        { op: "Scan", name: "scan", inputs: ["start", "x"], outputs: ["last", "all"], attributes },
        product("after", "all"),
      ],
      initializers: w,
    });
    expect(layers.at(-1)).toMatchObject({ name: "after", outputRows: 5 });
    expect(report.left).toMatchObject([{ what: 'body of the Scan "scan"', why: "taken once, without 4 more rounds" }]);
  });
});

test("a function of the file is what it is made of, with the attributes of its call", () => {
  const { layers } = imported({
    inputs: { x: [1, 3, 8, 8] },
    nodes: [{ op: "Block", domain: "local", inputs: ["x", "f"], outputs: ["y"], attributes: { s: [2, 2] } }],
    initializers: { f: [4, 3, 2, 2] },
    functions: [
      {
        name: "Block",
        domain: "local",
        inputs: ["in", "weights"],
        outputs: ["out"],
        nodes: [
          {
            op: "Conv",
            name: "conv",
            inputs: ["in", "weights"],
            outputs: ["c"],
            attributes: { strides: { reference: "s" } },
          },
          { op: "Relu", inputs: ["c"], outputs: ["out"] },
        ],
      },
    ],
  });
  expect(layers).toMatchObject([{ name: "conv", strideRows: 2, outputRows: 4 }]);
});

test("a function that calls itself has no end, and is told", () => {
  const nodes = [{ op: "F", domain: "d", inputs: ["a"], outputs: ["b"] }];
  const functions = [{ name: "F", domain: "d", inputs: ["a"], outputs: ["b"], nodes }];
  const text = { inputs: { x: [1, 8] }, nodes: [{ op: "F", domain: "d", inputs: ["x"], outputs: ["y"] }], functions };
  expect(() => importText(text)).toThrow(/functions and graphs are more than 64 deep/);
});

test("functions that multiply without end are told", () => {
  const call = (from: string, to: string): NodeText => ({ op: "F", domain: "d", inputs: [from], outputs: [to] });
  const functions = [
    { name: "F", domain: "d", inputs: ["a"], outputs: ["c"], nodes: [call("a", "b"), call("b", "c")] },
  ];
  expect(() => importText({ inputs: { x: [1, 8] }, nodes: [call("x", "y")], functions })).toThrow(InputError);
});

test("an operator of another domain is not taken for ONNX's of the same name", () => {
  const { report } = imported({
    inputs: { x: [1, 8] },
    nodes: [
      product("a", "x"),
      { op: "Conv", name: "nhwc", domain: "com.ms.internal.nhwc", inputs: ["a"], outputs: ["y"] },
    ],
    initializers: w,
  });
  expect(report.left).toMatchObject([{ what: "com.ms.internal.nhwc.Conv", count: 1 }]);
});

test("the report counts operators by what became of them", () => {
  const { report, yaml } = imported({
    inputs: { x: [1, 3, 8, 8] },
    nodes: [
      { op: "Conv", name: "conv", inputs: ["x", "f"], outputs: ["c"] },
      { op: "Relu", inputs: ["c"], outputs: ["r"] },
      { op: "Shape", inputs: ["r"], outputs: ["s"] },
      { op: "Flatten", inputs: ["r"], outputs: ["t"] },
      { op: "Gemm", name: "head", inputs: ["t", "g"], outputs: ["y"] },
    ],
    initializers: { f: [4, 3, 3, 3], g: { dims: [144, 10], isExternal: true } },
  });
  expect(report.taken).toEqual([
    "2 layers from 5 operators of net.onnx (opset 17, by test)",
    "2 operators as layers: Conv, Gemm",
    "1 operator riding along on other layers: Relu",
    "1 operator at no cost, only renaming or moving data: Flatten",
    "1 operator computed ahead, from weights and shapes alone: Shape",
    "0.001548 M weights in layers; the file has 0.001548 M parameters, some in other files, which were not read",
  ]);
  expect(yaml).toBe(`# yaml-language-server: $schema=../schema/model.schema.json
# Imported from net.onnx (opset 17, by test).
# Graph graph, inputs x [1, 3, 8, 8].
name: net
title: net
source: ONNX, opset 17, by test
bytesPerElement: 4
input: [ 3, 8, 8 ]
layers:
  - { name: conv, type: conv, out: 4, kernel: 3, padding: valid } # Conv with Relu
  - { name: head, type: fc, out: 10 } # Gemm
`);
});

test("a graph that has no layer is told", () => {
  expect(() => importText(one("Identity", [1, 8]))).toThrow("net.onnx has no operator that becomes a layer");
});
