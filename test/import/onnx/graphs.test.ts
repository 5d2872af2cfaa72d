/** Graphs: order, branches, loops, functions, open sizes, stated shapes. */

import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/input/input-error.ts";
import type { GraphText, ModelText, NodeText } from "./builder.ts";
import { imported, importText, one } from "./worlds.ts";

const product = (name: string, input: string, weights = "w"): NodeText => ({
  op: "MatMul",
  name,
  inputs: [input, weights],
  outputs: [name],
});

const w = { w: [8, 8], wide: [8, 64], narrow: [64, 8] };

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

describe("open sizes", () => {
  const text: ModelText = {
    inputs: { ids: ["batch", "sequence", 8], mask: ["batch", "sequence", 8], extra: [undefined, 8] },
    nodes: [
      { op: "Mul", inputs: ["ids", "mask"], outputs: ["m"] },
      product("a", "m"),
      { op: "MatMul", name: "b", inputs: ["extra", "w"], outputs: ["b"] },
    ],
    initializers: w,
  };

  test("are told with what to type", () => {
    expect(() => importText(text)).toThrow(
      "net.onnx leaves sizes of its inputs open: ids [batch, sequence, 8], mask [batch, sequence, 8], extra [?, 8]; " +
        "say them: --input 'ids=1x<sequence>x8' --input 'extra=1x8'",
    );
  });

  test("follow from the shape of an input, and its symbols from there", () => {
    const given = [
      { name: "ids", dims: [2, 5, 8] },
      { name: "extra", dims: [3, 8] },
    ];
    expect(imported(text, given).layers).toMatchObject([
      {},
      { name: "a", outputRows: 10 },
      { name: "b", outputRows: 3 },
    ]);
  });

  test("may be given by their symbols", () => {
    const given = [
      { name: "batch", dims: [1] },
      { name: "sequence", dims: [7] },
      { name: "extra", dims: [3, 8] },
    ];
    expect(imported(text, given).layers[1]).toMatchObject({ outputRows: 7 });
  });

  test("of sums follow from their terms", () => {
    const sums: ModelText = {
      inputs: { now: ["tokens", 8], all: ["past + tokens", 8] },
      nodes: [product("a", "now"), product("b", "all")],
      initializers: w,
    };
    const given = [
      { name: "past", dims: [10] },
      { name: "tokens", dims: [2] },
    ];
    expect(imported(sums, given).layers).toMatchObject([{ outputRows: 2 }, { outputRows: 12 }]);
  });

  test.each([
    [[{ name: "idz", dims: [1, 2, 8] }], 'net.onnx has no input "idz"; did you mean "ids"?'],
    [[{ name: "ids", dims: [1, 2] }], "--input ids=1x2 has 2 sizes, but net.onnx states [batch, sequence, 8]"],
    [
      [
        { name: "ids", dims: [1, 2, 8] },
        { name: "mask", dims: [1, 3, 8] },
      ],
      '--input gives "sequence" of net.onnx the sizes 2 and 3',
    ],
  ])("that contradict the file are refused", (given, message) =>
    expect(() => importText(text, given)).toThrow(message),
  );
});

describe("shapes that the file states", () => {
  test("are told where its operators leave others", () => {
    const { report } = imported({ ...one("Relu", [1, 8]), valueInfo: { y: [1, 9] } });
    expect(report.left).toMatchObject([
      { what: "stated shape", count: 1, why: 'its operators leave another: "y" is stated as [1, 9], but is [1, 8]' },
    ]);
  });

  test("are not looked at where a size of an input was changed", () => {
    const text = { ...one("Relu", [1, 8]), valueInfo: { y: [1, 8] } };
    const { report, layers } = imported(text, [{ name: "x", dims: [1, 16] }]);
    expect(report.left).toEqual([]);
    expect(layers[0]).toMatchObject({ outputElements: 16 });
  });
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
