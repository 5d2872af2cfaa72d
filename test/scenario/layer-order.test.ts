/** How layers read each other, come again, and are left out. */
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { macsIn, modelOf, namesIn, problemsInLayers, problemsInModel, variantOf } from "./one-model.ts";

describe("names", () => {
  test("default to the type and a number that is not taken", () => {
    const layers =
      "- { type: fc, out: 1 }\n- { name: fc2, type: fc, out: 1 }\n- { type: fc, out: 1 }\n- { type: elementwise }";
    expect(namesIn(layers)).toEqual(["fc1", "fc2", "fc3", "elementwise1"]);
  });
  test("in a repeat block have the block's name and round before them", () => {
    const layers =
      "- { repeat: 2, name: s, layers: [{ type: elementwise }, { name: b, repeat: 2, layers: [{ name: x, type: elementwise }] }] }";
    expect(namesIn(layers)).toEqual([
      "s[0].elementwise1",
      "s[0].b[0].x",
      "s[0].b[1].x",
      "s[1].elementwise1",
      "s[1].b[0].x",
      "s[1].b[1].x",
    ]);
  });
  test("given twice are reported", () => {
    const layers = "- { name: a, type: elementwise }\n- { name: a, type: elementwise }";
    expect(problemsInLayers(layers)).toMatchObject([{ code: "DUPLICATE_ID", line: 5, column: 13 }]);
  });
  test("cannot be `input`", () => {
    expect(problemsInLayers("- { name: input, type: elementwise }")).toMatchObject([{ code: "DUPLICATE_ID" }]);
  });
});

describe("from", () => {
  test("concatenates the channels of several layers", () => {
    const layers =
      "- { name: a, type: conv, out: 4, kernel: 1 }\n- { type: conv, out: 1, kernel: 1, from: [a, input] }";
    expect(macsIn(layers)[1]).toEqual(["conv1", 12 * 256]);
  });
  test("of elementwise gives its operands, of equal or broadcast shapes", () => {
    const layers = "- { name: g, type: global-pool }\n- { type: elementwise, from: [input, g] }";
    expect(variantOf(layers).layers[1]).toMatchObject({ inputElements: 2048 + 8, outputElements: 2048 });
  });
  test("means the same round first, then the latest before", () => {
    // Round 0 reads the outer x (1 channel), round 1 the x of round 0 (2 channels), the last layer that of round 1.
    const layers = `- { name: x, type: conv, out: 1, kernel: 1 }
- repeat: 2
  name: s
  layers:
    - { name: y, type: conv, out: 3, kernel: 1, from: x }
    - { name: x, type: conv, out: 2, kernel: 1 }
- { name: last, type: conv, out: 1, kernel: 1, from: x }`;
    expect(macsIn(layers, "input: [5, 1, 1]")).toEqual([
      ["x", 5],
      ["s[0].y", 3],
      ["s[0].x", 6],
      ["s[1].y", 6],
      ["s[1].x", 6],
      ["last", 2],
    ]);
  });
  test("can name a round, a layer in it, or a whole block", () => {
    const layers = `- repeat: 2
  name: s
  layers:
    - { name: c, type: conv, out: 2, kernel: 1, stride: 2 }
- { type: fc, out: 1, from: "s[0]" }
- { type: fc, out: 1, from: "s[0].c" }
- { type: fc, out: 1, from: s }`;
    expect(macsIn(layers, "input: [1, 4, 4]").slice(2)).toEqual([
      ["fc1", 8],
      ["fc2", 8],
      ["fc3", 2],
    ]);
  });
  test("with a round in it is looked up from the inside out", () => {
    const layers = `- { name: b, repeat: 2, type: conv, out: 2, kernel: 1 }
- repeat: 2
  name: s
  layers:
    - { name: b, repeat: 2, type: conv, out: 3, kernel: 1 }
    - { name: y, type: fc, out: 1, from: "b[0]" }
- { name: z, type: fc, out: 1, from: "s[0].b[1]" }`;
    const macs = new Map(macsIn(layers, "input: [1, 1, 1]"));
    expect(["s[0].y", "s[1].y", "z"].map((name) => macs.get(name))).toEqual([3, 3, 3]);
  });
  test("of an unknown layer is reported with the nearest name, and only there", () => {
    const layers = "- { name: stem, type: elementwise }\n- { type: fc, out: 1, from: stm }\n- { type: fc, out: 1 }";
    const problems = problemsInLayers(layers);
    expect(problems).toMatchObject([{ code: "UNKNOWN_NAME", line: 5, column: 31 }]);
    expect(problems[0]!.message).toContain('did you mean "stem"?');
  });
  test("of layers of different sizes is reported", () => {
    const layers = "- { name: p, type: pool, kernel: 2 }\n- { type: conv, out: 1, kernel: 1, from: [p, input] }";
    expect(problemsInLayers(layers)).toMatchObject([{ code: "BAD_SHAPE", line: 5, column: 44 }]);
  });
  test("has no effect on a layer that gives its own input", () => {
    expect(macsIn("- { type: fc, out: 1, input: [2, 1, 1] }", "")).toEqual([["fc1", 2]]);
  });
  test("is missed where the model says no input", () => {
    expect(problemsInLayers("- { type: fc, out: 1 }", "batch: 1")).toMatchObject([{ code: "MISSING_KEY", line: 4 }]);
  });
});

describe("repeat", () => {
  test("on a layer makes rounds that read each other", () => {
    const layers = "- { name: c, type: conv, out: 2, kernel: 1, repeat: 3, from: input }";
    expect(macsIn(layers, "input: [5, 1, 1]")).toEqual([
      ["c[0]", 10],
      ["c[1]", 4],
      ["c[2]", 4],
    ]);
  });
  test("with a distribution is a loop over the longest", () => {
    const layers =
      "- { type: elementwise }\n- { repeat: { 1: 0.5, 3: 0.5 }, layers: [{ type: elementwise }, { type: fc, out: 4 }] }";
    const { layers: flat, loops } = variantOf(layers);
    expect(flat).toHaveLength(7);
    expect(loops).toEqual([{ firstLayer: 1, layersPerStep: 2, stepProbabilities: [0.5, 0, 0.5] }]);
  });
  test("a distribution that does not sum to 1 is reported", () => {
    const layers = "- { repeat: { 1: 0.5, 3: 0.4 }, layers: [{ type: elementwise }] }";
    expect(problemsInLayers(layers)).toMatchObject([{ code: "BAD_DISTRIBUTION", line: 4, column: 15 }]);
  });
  test("a distribution inside another is not supported", () => {
    const layers = "- { repeat: { 1: 1 }, layers: [{ type: lstm, hidden: 1, steps: { 2: 1 } }] }";
    expect(problemsInLayers(layers)).toMatchObject([{ code: "UNSUPPORTED", line: 4 }]);
  });
  test("more than 100000 layers are reported without writing them out", () => {
    const layers = "- { repeat: 99999, layers: [{ repeat: 99999, layers: [{ type: reshape, shape: [8, 16, 16] }] }] }";
    expect(problemsInLayers(layers)[0]).toMatchObject({ code: "TOO_MANY_LAYERS", line: 4 });
  });
});

describe("dynamic behaviour", () => {
  test("skip on a layer is a gate over all its layers", () => {
    const { skips } = variantOf("- { type: elementwise }\n- { type: attention, heads: 1, skip: 0.25 }");
    expect(skips).toEqual([{ firstLayer: 1, endLayer: 8, probability: 0.25 }]);
  });
  test("skip on a block is a gate a round", () => {
    const { skips } = variantOf("- { repeat: 2, skip: 0.5, layers: [{ type: elementwise }, { type: elementwise }] }");
    expect(skips).toEqual([
      { firstLayer: 0, endLayer: 2, probability: 0.5 },
      { firstLayer: 2, endLayer: 4, probability: 0.5 },
    ]);
  });
  test("exit comes after the last of a layer's layers", () => {
    const { exits } = variantOf("- { type: attention, heads: 1, exit: 0.3, exitAccuracy: 71 }\n- { type: fc, out: 1 }");
    expect(exits).toEqual([{ afterLayer: 6, probability: 0.3, accuracy: 71 }]);
  });
  test("exitAccuracy without exit is reported", () => {
    expect(problemsInLayers("- { type: fc, out: 1, exitAccuracy: 3 }")).toMatchObject([
      { code: "MISSING_KEY", column: 25 },
    ]);
  });
});

describe("variants", () => {
  const supernet = `name: net
input: [8, 1, 1]
variants:
  - { name: large, accuracy: 76, layers: [{ type: fc, out: 4 }] }
  - { name: small, accuracy: 71, input: [2, 1, 1], layers: [{ type: fc, out: 4 }] }
`;
  test("are networks of their own, the original first", () => {
    const { variants } = modelOf(supernet);
    expect(variants).toMatchObject([
      { name: "large", accuracy: 76 },
      { name: "small", accuracy: 71 },
    ]);
    expect(variants.map(({ layers }) => layers[0]?.inputElements)).toEqual([8, 2]);
  });
  test("of one name are reported", () => {
    expect(problemsInModel(supernet.replace("small", "large"))).toMatchObject([
      { code: "DUPLICATE_ID", line: 5, column: 13 },
    ]);
  });
  test("do not go with layers", () => {
    expect(problemsInModel(`${supernet}layers: measured\n`)).toMatchObject([{ code: "KEYS_EXCLUDE", line: 3 }]);
  });
});

test("a measured model has no layers", () => {
  expect(modelOf("name: net\nlayers: measured\n").variants).toEqual([
    { name: "original", layers: [], skips: [], exits: [], loops: [] },
  ]);
});

test("what only layers could use has no effect on a measured model, which is told", () => {
  const warnings: Problem[] = [];
  const text = "name: net\ninput: [3, 8, 8]\nbytesPerElement: 2\nbatch: 4\nlayers: measured\n";
  loadModel("net.yaml", memoryFiles({ "net.yaml": text }, warnings));
  expect(warnings).toMatchObject([
    { code: "NO_EFFECT", severity: "warning", line: 2, column: 1 },
    { code: "NO_EFFECT", severity: "warning", line: 3, column: 1 },
  ]);
});

test("title, source, accuracy and bytes are kept, with their defaults", () => {
  const text =
    'name: net\ntitle: A net\nsource: "Us, 2020"\naccuracy: { metric: mIoU, required: 9 }\nlayers: measured\n';
  const accuracy = { metric: "mIoU", required: 9, better: "higher" };
  expect(modelOf(text)).toMatchObject({
    name: "net",
    title: "A net",
    source: "Us, 2020",
    bytesPerElement: 1,
    accuracy,
  });
});
