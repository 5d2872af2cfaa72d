/** Problems and statistics of Timeloop, by hand and in the forms that its own repositories have. */
import { describe, expect, test } from "vitest";
import { importTimeloop, type TimeloopOptions } from "../../src/import/index.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { importProblems, macsOfModel, modelsOf, resaved } from "./imported-files.ts";

const shape = `  shape:
    name: CNN_Layer
    coefficients: [ { default: 1, name: Wstride }, { default: 1, name: Hstride }, { default: 1, name: Wdilation } ]
    data_spaces:
    - { name: Weights, projection: [ [ [C] ], [ [M] ], [ [R] ], [ [S] ], [ [G] ] ] }
    - name: Inputs
      projection:
      - - - N
      - - - C
      - [ [R, Wdilation], [P, Wstride] ]
      - [ [S, Hdilation], [Q, Hstride] ]
      - [ [G] ]
    - { name: Outputs, projection: [ [ [N] ], [ [M] ], [ [Q] ], [ [P] ], [ [G] ] ], read_write: true }
    dimensions: [C, M, R, S, N, P, Q, G]
`;
const problem = (instance: string): string => `problem:\n  version: 0.4\n  instance: ${instance}\n${shape}`;

/** As `layer_shapes` of the exercises has it. */
const included = (instance: string): string =>
  `{{include_text('../problem_base.yaml')}}\nproblem:\n  <<<: *problem_base\n  instance: ${instance}\n`;

const statsOf = (cycles: number, computes: number, fj: string): string => `Operational Intensity Stats
---------------------------
=== mac ===
    Cycles                  : 1

Summary Stats
-------------
GFLOPs (@1GHz): 247.33
Utilization: 75.00%
Cycles: ${cycles}
Energy: 0.00 uJ
EDP(J*cycle): 5.10e+00
Area: 0.00 mm^2

Computes = ${computes}
fJ/Compute
    mac                                           = 1.00
    Total                                         = ${fj}

`;

const imported = (texts: Readonly<Record<string, string>>, options: TimeloopOptions = {}) =>
  importTimeloop(
    Object.entries(texts).map(([file, text]) => ({ file, text })),
    options,
  );

/** Its layers, without the lines above. */
const layersOf = (text: string): string | undefined =>
  imported({ "net/a.yaml": text }).files[0]!.text.split("layers:\n")[1]?.trim();

describe("a problem is a layer", () => {
  test.each([
    [
      "a strided convolution",
      problem("{ C: 3, M: 64, P: 55, Q: 54, R: 11, S: 9, Wstride: 4, Hstride: 2 }"),
      "type: conv, K: 64, C: 3, Y': 55, X': 54, R: 11, S: 9, stride: [ 4, 2 ]",
    ],
    [
      "a batch",
      problem("{ C: 8, M: 4, P: 5, Q: 5, R: 1, S: 1, N: 2 }"),
      "type: conv, K: 4, C: 8, Y': 5, X': 5, R: 1, S: 1, N: 2",
    ],
    [
      "groups",
      problem("{ C: 8, M: 4, P: 5, Q: 5, R: 3, S: 3, G: 2 }"),
      "type: conv, K: 8, C: 16, Y': 5, X': 5, R: 3, S: 3, groups: 2",
    ],
    [
      "a depthwise convolution",
      problem("{ C: 1, M: 1, P: 5, Q: 5, R: 3, S: 3, G: 16 }"),
      "type: depthwise-conv, K: 1, C: 16, Y': 5, X': 5, R: 3, S: 3",
    ],
    ["rows of features", problem("{ C: 64, M: 32, P: 100 }"), "type: gemm, rows: 100, in: 64, out: 32"],
    [
      "products of groups",
      problem("{ C: 64, M: 100, P: 100, G: 4 }"),
      "type: matmul, rows: 100, in: 64, out: 100, groups: 4",
    ],
    [
      "a shape that another file has",
      included("{C: 3, M: 64, P: 55, Q: 55, R: 11, S: 11, HStride: 4, WStride: 4}"),
      "type: conv, K: 64, C: 3, Y': 55, X': 55, R: 11, S: 11, stride: 4",
    ],
    [
      "a named shape, with the sizes beside it",
      "problem:\n  shape: cnn-layer\n  R: 3\n  S: 3\n  P: 4\n  Q: 5\n  C: 6\n  K: 7\n  N: 1\n",
      "type: conv, K: 7, C: 6, Y': 4, X': 5, R: 3, S: 3",
    ],
    [
      "a product by its tensors",
      "problem:\n  shape:\n    data-spaces:\n    - { name: A, projection: [ [ [M] ], [ [K] ] ] }\n    - { name: B, projection: [N, K] }\n    - { name: Z, projection: [ [ [M] ], [ [N] ] ], read-write: True }\n  instance: { M: 2, N: 3, K: 5 }\n",
      "type: gemm, rows: 2, in: 5, out: 3",
    ],
    [
      "windows in one dimension",
      "problem:\n  shape:\n    data_spaces:\n    - { name: Weights, projection: [ [ [S] ] ] }\n    - { name: Inputs, projection: [ [ [S], [Q] ] ] }\n    - { name: Outputs, projection: [ [ [Q] ] ], read_write: True }\n  instance: { S: 3, Q: 9 }\n",
      "type: conv, K: 1, C: 1, Y': 9, X': 1, R: 3, S: 1",
    ],
  ])("%s", (_, text, fields) => {
    expect(layersOf(text)).toBe(`- { name: a, ${fields} }`);
    for (const [how, save] of resaved) expect([how, layersOf(save(text))]).toEqual([how, `- { name: a, ${fields} }`]);
  });

  test("multiply-accumulates are those of the loops", () => {
    const result = imported({
      "net/1.yaml": problem("{ C: 3, M: 2, P: 5, Q: 4, R: 3, S: 3, N: 2, G: 2, Wstride: 2 }"),
    });
    // 2 images x 20 outputs x 2 groups x 2 filters x 3 channels x 9.
    expect(result.report.totals).toEqual([{ model: "net", layers: 1, macs: 4320, weights: 108 }]);
    expect(macsOfModel(modelsOf(result).get("net")!)).toBe(4320);
  });

  test("problems of a folder are a network, in the order of their numbers", () => {
    const text = problem("{ C: 2, M: 2 }");
    const { files, report } = imported({
      "a/l1.yaml": text,
      "a/l10.yaml": text,
      "a/l2.yaml": text,
      "b/x.yaml": text,
      "b/c.yaml": text,
    });
    expect(files.map(({ text }) => [...text.matchAll(/name: ([lxc]\d*),/g)].map(([, name]) => name))).toEqual([
      ["l1", "l2", "l10"],
      ["x", "c"],
    ]);
    expect(report.taken).toEqual(["3 layers of a from 3 problems of a", "2 layers of b from 2 problems of b"]);
  });

  test("densities and dilations are told", () => {
    const text = problem("{ C: 2, M: 2, R: 3, Q: 2, Wdilation: 2, densities: { Weights: 0.5 } }");
    expect(imported({ "net/a.yaml": text }).report.left.map(({ what }) => what)).toEqual(["densities", "dilation"]);
  });
});

describe("statistics", () => {
  const problems = { "net/l1.yaml": problem("{ C: 2, M: 5 }"), "net/l2.yaml": problem("{ C: 4, M: 5 }") };
  const stats = {
    "out/2/timeloop-mapper.stats.txt": statsOf(30, 20, "500.00"),
    "out/1/timeloop-mapper.stats.txt": statsOf(100, 10, "2500.00"),
  };
  const table = (result: ReturnType<typeof imported>) => result.files.find(({ kind }) => kind === "table")!.text;

  test("have the cycles and energies of the problems", () => {
    const result = imported(
      { ...problems, ...stats },
      { clockGHz: 0.5, rates: { byName: new Map(), fallback: 30 }, name: "chip" },
    );
    expect(table(result)).toBe(
      "model,accelerator,layer,latencyMs,energyPj\nnet,accelerator,l1,0.0002,25\nnet,accelerator,l2,0.00006,10\n",
    );
    expect(result.files.map(({ fileName }) => fileName)).toEqual([
      "net.yaml",
      "chip-system.csv",
      "chip-system.yaml",
      "chip.yaml",
    ]);
  });

  test("without problems are layers of their own", () => {
    expect(table(imported(stats, { clockGHz: 1, model: "mine" }))).toBe(
      "model,accelerator,layer,latencyMs,energyPj\nmine,accelerator,1,0.0001,25\nmine,accelerator,2,0.00003,10\n",
    );
  });

  test("of a sparse design count the computes of the dense problem", () => {
    const text = statsOf(10, 10, "2500.00")
      .replace("Computes =", "Algorithmic Computes =")
      .replace("fJ/Compute", "fJ/Algorithmic-Compute");
    const sparse = `${text}Actual Computes = 3\nfJ/Compute\n    Total = 9000.00\n`;
    expect(table(imported({ "s.stats.txt": sparse }, { clockGHz: 1 }))).toContain(",0.00001,25\n");
  });

  test("of other problems are told at their count", () => {
    const swapped = {
      "out/1.txt": stats["out/2/timeloop-mapper.stats.txt"],
      "out/2.txt": stats["out/1/timeloop-mapper.stats.txt"],
    };
    expect(importProblems(() => imported({ ...problems, ...swapped }, { clockGHz: 1 }))).toEqual([
      ["WRONG_LENGTH", 15, 1],
      ["WRONG_LENGTH", 15, 1],
    ]);
  });

  test.each([
    ["without a clock", { ...problems, ...stats }, {}, /--clock-ghz/],
    [
      "fewer than problems",
      { ...problems, "s.txt": statsOf(1, 10, "1.00") },
      { clockGHz: 1 },
      /2 problems and 1 result/,
    ],
    ["of two networks", { ...problems, "b/x.yaml": problem("{ C: 2 }"), ...stats }, { clockGHz: 1 }, /of one network/],
  ])("%s are refused", (_, texts, options, message) => {
    expect(() => imported(texts, options)).toThrow(message);
    expect(() => imported(texts, options)).toThrow(RequestError);
  });
});

test.each([
  ["no problem", "architecture:\n  version: 0.4\n", ["MISSING_KEY", 1, 1]],
  ["no size", problem("{ H: 4 }"), ["MISSING_KEY", 3, 13]],
  ["a size of 0", problem("{ C: 0 }"), ["NOT_POSITIVE", 3, 18]],
  ["a size that is no number", problem("{ C: x }"), ["NOT_POSITIVE", 3, 18]],
  ["a fraction", problem("{ C: 1.5 }"), ["NOT_POSITIVE", 3, 18]],
  ["a shape with one tensor", "problem:\n  instance: { C: 1 }\n  shape: { data_spaces: [] }\n", ["UNSUPPORTED", 3, 10]],
  [
    "a dimension of one tensor",
    problem("{ C: 2 }").replace("[ [M] ], [ [R] ]", "[ [M] ], [ [Z] ], [ [R] ]"),
    ["UNSUPPORTED", 5, 5],
  ],
  ["no YAML", "problem: [\n", ["YAML_SYNTAX", 2, 1]],
  ["statistics that end early", statsOf(1, 1, "1.00").slice(0, -60), ["PROFILE_SYNTAX", 6, 1]],
])("%s is told at its place", (_, text, place) => {
  expect(importProblems(() => imported({ "net/a.yaml": text }, { clockGHz: 1 }))).toEqual([place]);
});
