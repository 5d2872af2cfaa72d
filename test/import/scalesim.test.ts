/** SCALE-Sim's topologies: worked by hand, real files, and what becomes of damaged ones. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importScaleSim, type ScaleSimOptions } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceFiles, referencePath, withReference } from "../shared.ts";
import { importProblems, macsOfModel, modelsOf, resaved } from "./imported-files.ts";

const convolutionHeader =
  "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,";

const imported = (text: string, options: ScaleSimOptions = {}) =>
  importScaleSim([{ text, file: "topologies/Net.csv" }], options);
const topology = (...rows: string[]): string => [convolutionHeader, ...rows, ""].join("\n");
const layersOf = (text: string, options: ScaleSimOptions = {}) => parse(imported(text, options).files[0]!.text).layers;
const macs = (text: string, options: ScaleSimOptions = {}): number[] =>
  [...modelsOf(imported(text, options)).values()].map(macsOfModel);
const problems = (text: string) => importProblems(() => imported(text));

describe("convolutions", () => {
  test("enter by their sizes; the file's title stays, and the id is kebab-case", () => {
    const { files, report } = imported(topology("Conv1, 10, 12, 3, 5, 4, 8, 1,"));
    expect(files.map(({ kind, fileName }) => [kind, fileName])).toEqual([["model", "net.yaml"]]);
    expect(parse(files[0]!.text)).toEqual({
      name: "net",
      title: "Net",
      source: "Net.csv",
      layers: [{ name: "Conv1", type: "conv", K: 8, C: 4, Y: 10, X: 12, R: 3, S: 5 }],
    });
    // 8 x 8 outputs, 8 filters of 4 x 3 x 5 weights.
    const weights = 8 * 4 * 3 * 5;
    expect(report.totals).toEqual([{ model: "net", layers: 1, macs: 64 * weights, weights }]);
    expect(report).toMatchObject({ taken: ["1 layer of net from Net.csv"], left: [] });
  });

  test("a first row whose name is in brackets is a layer, and no section of a configuration", () => {
    expect(macs("[stem] conv1, 10, 12, 3, 5, 4, 8, 1,\n")).toEqual([64 * 8 * 4 * 3 * 5]);
  });

  test("a last window that crosses the edge is dropped and told, or counted as SCALE-Sim 3 does", () => {
    const text = topology("Conv1,224,224,11,11,3,96,4,");
    expect(macs(text)).toEqual([54 * 54 * 96 * 3 * 121]);
    expect(imported(text).report.left).toMatchObject([
      { what: "last window that crosses the edge of its input", count: 1, first: { line: 2, column: 1 } },
    ]);
    expect(macs(text, { lastWindow: "counted" })).toEqual([55 * 55 * 96 * 3 * 121]);
    expect(imported(text, { lastWindow: "counted" }).report.left).toEqual([]);
  });

  test("strides of rows and columns, and a batch, are honoured where the file has them", () => {
    const header =
      "Layer name,IFMAP height,IFMAP width,Filter height,Filter width,Channels,Num filter,Stride height,Stride width,Batch Size,";
    expect(layersOf(`${header}\na,9,9,3,3,2,4,2,3,5,\n`)).toEqual([
      { name: "a", type: "conv", K: 4, C: 2, Y: 9, X: 9, R: 3, S: 3, stride: [2, 3], N: 5 },
    ]);
  });

  test("columns may come in any order, in any case, and the two widths of DeepBench are rows and columns", () => {
    const shuffled =
      "Strides,num filters,CHANNEL,filter width,Filter Height,IFMAP Width,IFMAP Width,Layer\n2,8,3,5,4,20,30,a\n";
    expect(layersOf(shuffled)).toEqual([{ name: "a", type: "conv", K: 8, C: 3, Y: 20, X: 30, R: 4, S: 5, stride: 2 }]);
  });

  test("a table without a header has SCALE-Sim's order", () => {
    expect(layersOf("a,10,12,3,5,4,8,1,\n")).toEqual(layersOf(topology("a,10,12,3,5,4,8,1,")));
  });
});

describe("depthwise convolutions", () => {
  test("DP in the name makes a filter for each channel, as SCALE-Sim does", () => {
    // 4 channels, each with 2 filters of 3 x 3, at 8 x 8 places.
    const text = topology("DP1,10,10,3,3,4,2,1,");
    expect(layersOf(text)).toEqual([{ name: "DP1", type: "depthwise-conv", K: 2, C: 4, Y: 10, X: 10, R: 3, S: 3 }]);
    expect(macs(text)).toEqual([64 * 4 * 2 * 9]);
  });

  test("one filter whose channels all go on is depthwise; its work stays that of the file", () => {
    const text = topology("a,10,10,3,3,32,1,1,", "b,8,8,1,1,32,64,1,");
    expect(layersOf(text)[0]).toEqual({ name: "a", type: "depthwise-conv", C: 32, Y: 10, X: 10, R: 3, S: 3 });
    expect(macs(text)).toEqual([64 * 32 * 9 + 64 * 32 * 64]);
    expect(layersOf(topology("a,10,10,3,3,32,1,1,", "b,8,8,1,1,1,64,1,"))[0]).toMatchObject({ type: "conv", K: 1 });
  });

  test("one channel marked dw is taken as written and told, or gets the channels of its neighbours", () => {
    const text = topology("a,10,10,1,1,3,32,1,", "b_dw,10,10,3,3,1,1,1,#dw", "c,8,8,1,1,32,64,1,");
    expect(layersOf(text)[1]).toMatchObject({ type: "conv", K: 1, C: 1 });
    expect(imported(text).report.left).toMatchObject([{ count: 1, first: { line: 3, column: 1 } }]);
    expect(layersOf(text, { depthwise: "whole" })[1]).toMatchObject({ type: "depthwise-conv", C: 32 });
    expect(imported(text, { depthwise: "whole" }).report.left).toEqual([]);
  });
});

describe("products", () => {
  test("M, N and K are rows, columns and the sum", () => {
    const text = "Layer,M,N,K,\r\nQKT,7,5,3,\r\n";
    expect(layersOf(text)).toEqual([{ name: "QKT", type: "gemm", out: 5, rows: 7, in: 3 }]);
    expect(macs(text)).toEqual([7 * 5 * 3]);
  });

  test("sparsity is left out and told; 1:1 is dense", () => {
    const { report, files } = imported("Layer Name, M, N, K, Sparsity,\na,3,5,16,3:4,\nb,1,5,16,1:1,\nc,1,5,16,1:4,");
    expect(report.left).toMatchObject([{ what: "sparsity", count: 2, first: { line: 2 } }]);
    expect(files[0]!.text).toContain("in: 16 } # 3:4 sparse in the file\n");
  });
});

describe("files of several networks, and templates", () => {
  test("a row with a name alone begins another network", () => {
    const text = topology(
      "Alpha Go",
      "a,3,3,1,1,1,1,1,",
      ",,,,,,,,",
      "Beta,,,",
      "a,3,3,1,1,1,2,1,",
      "a,3,3,1,1,1,3,1,",
    );
    expect([...modelsOf(imported(text)).keys()]).toEqual(["alpha-go", "beta"]);
    expect(imported(text).report.totals.map((each) => each.macs)).toEqual([9, 18 + 27]);
  });

  test("letters need a value", () => {
    const text = topology("gate, 1, B, 1, 1, H, H, 1,");
    expect(problems(text)).toEqual([
      ["UNKNOWN_NAME", 2, 10],
      ["UNKNOWN_NAME", 2, 19],
      ["UNKNOWN_NAME", 2, 22],
    ]);
    expect(
      macs(text, {
        defined: new Map([
          ["B", 4],
          ["H", 8],
        ]),
      }),
    ).toEqual([4 * 64]);
  });

  test("layers of one name get different ones", () => {
    const names = layersOf(topology("a,3,3,1,1,1,1,1,", "a,3,3,1,1,1,1,1,", "input,3,3,1,1,1,1,1,"));
    expect(names.map(({ name }: { name: string }) => name)).toEqual(["a", "a-2", "input-2"]);
  });
});

describe("what is wrong is reported at its place", () => {
  test.each([
    ["an empty file", "", [["EMPTY_FILE", 1, 1]]],
    ["a header alone", `${convolutionHeader}\n`, [["EMPTY_FILE", 1, 1]]],
    ["columns of something else", "a,b,c\n1,2,3\n", [["MISSING_COLUMN", 1, 1]]],
    ["a missing column", "Layer,M,N\na,1,2\n", [["MISSING_COLUMN", 1, 1]]],
    ["a row that was cut off", topology("a,3,3,1,1,1"), [["WRONG_LENGTH", 2, 1]]],
    ["an empty cell", topology("a,3,3,,1,1,1,1,"), [["WRONG_LENGTH", 2, 1]]],
    ["a missing comma", topology("a,3,3,1,1,16\t 8,1,"), [["WRONG_LENGTH", 2, 11]]],
    ["a fraction", topology("a,3.5,3,1,1,1,1,1,"), [["WRONG_TYPE", 2, 3]]],
    ["a negative size", topology("a,-3,3,1,1,1,1,1,"), [["WRONG_TYPE", 2, 3]]],
    ["a stride of 0", topology("a,3,3,1,1,1,1,0,"), [["NOT_POSITIVE", 2, 15]]],
    ["a size beyond all reason", topology("a,9999999999,3,1,1,1,1,1,"), [["TOO_BIG", 2, 3]]],
    ["a filter larger than its input", topology("a, 3,3, 5,1,1,1,1,"), [["TOO_BIG", 2, 9]]],
    ["a sparsity that is none", "Layer,M,N,K,Sparsity,\na,1,1,1,half,\n", [["WRONG_TYPE", 2, 9]]],
  ])("%s", (_, text, expected) => expect(problems(text)).toEqual(expected));

  test("rows that are no layers may be skipped, and are told", () => {
    const text = topology("a,3,3,1,1,1,1,1,", "FC, 1, 1, 1, ,1 2, 2, 1,", "b,3,3,5,1,1,1,1,", "c,3,3,1,1,1,2,1,");
    expect(problems(text)).toEqual([
      ["WRONG_LENGTH", 3, 15],
      ["TOO_BIG", 4, 7],
    ]);
    const { report } = imported(text, { brokenRows: "skip" });
    expect(report.totals).toMatchObject([{ layers: 2, macs: 9 + 18 }]);
    expect(report.left).toMatchObject([
      {
        what: "row that is no layer",
        count: 2,
        why: 'this row has no "Filter Width"; is a comma missing in "1 2"?',
        first: { line: 3 },
      },
    ]);
  });

  test("columns that SCALE-Sim does not read, and cells without a header, are told", () => {
    const { left } = imported(`${convolutionHeader},Eh,\na,3,3,1,1,1,1,1,,110,7\n`).report;
    expect(left.map(({ what, count }) => [what, count])).toEqual([
      ['cell of column "Eh"', 1],
      ["cell without a header", 1],
    ]);
  });
});

describe("any text gives files that load, or problems with places", () => {
  const cell = fc.oneof(fc.nat(40).map(String), fc.constantFrom("", "a", "1:2", "#dw", "-1", "2.5", '"x', "DP"));
  const rows = fc.array(fc.array(cell, { maxLength: 10 }), { maxLength: 6 });
  const header = fc.constantFrom(convolutionHeader, "Layer,M,N,K,", "Layer;M;N;K", "[general]", "");
  test("of random cells", () => {
    fc.assert(
      fc.property(header, rows, (first, cells) => {
        const text = [first, ...cells.map((row) => row.join(","))].join("\n");
        try {
          const result = imported(text);
          for (const [name, model] of modelsOf(result))
            expect(result.report.totals).toContainEqual(
              expect.objectContaining({ model: name, macs: macsOfModel(model) }),
            );
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          for (const { line } of error.problems) expect(line).toBeGreaterThan(0);
        }
      }),
      propertyRuns(200),
    );
  });
});

withReference("files/scalesim", () => {
  const files = referenceFiles("files/scalesim");
  const textOf = (file: string) => readFileSync(referencePath("files/scalesim", file), "utf8");

  test("AlexNet has the multiply-accumulates of its file", () => {
    const text = textOf("alexnet.csv");
    expect(macs(text)).toEqual([801_320_064]);
    expect(macs(text, { lastWindow: "counted" })).toEqual([805_118_496]);
  });

  describe.each(files)("%s", (file) => {
    test.each(["dropped", "counted"] as const)(
      "has the work that a plain reading counts, last windows %s",
      (lastWindow) => {
        expect(macs(textOf(file), { lastWindow })).toEqual([plainCount(textOf(file), lastWindow)]);
      },
    );

    test.each(resaved)("comes in with %s as it is", (_, save) => {
      expect(imported(save(textOf(file))).files).toEqual(imported(textOf(file)).files);
    });

    test("comes in with semicolons and with tabs as it is", () => {
      for (const separator of [";", "\t"])
        expect(imported(textOf(file).replaceAll(",", separator)).files).toEqual(imported(textOf(file)).files);
    });

    test("cut off anywhere, it loads or says where it ends", () => {
      const text = textOf(file);
      for (let end = 0; end < text.length; end += Math.ceil(text.length / 40)) {
        const found = importProblems(() => modelsOf(imported(text.slice(0, end))));
        for (const [, line] of found) expect(line).toBeGreaterThan(0);
      }
    });
  });
});

/** Sums over the lines of a topology, by position. */
function plainCount(text: string, lastWindow: "dropped" | "counted"): number {
  const round = lastWindow === "counted" ? Math.ceil : Math.floor;
  const [header = "", ...lines] = text.split("\n");
  return lines.reduce((sum, line) => {
    const [a = 0, b = 0, c = 0, d = 1, channels = 1, filters = 1, stride = 1] = line.split(",").slice(1).map(Number);
    if (a === 0) return sum;
    if (/,\s*M\s*,/.test(header)) return sum + a * b * c;
    return sum + (round((a - c) / stride) + 1) * (round((b - d) / stride) + 1) * c * d * channels * filters;
  }, 0);
}

test.each([
  ["LayerID, Total Cycles, Stall Cycles,\n0, 1, 0,\n", /rtmm import profile takes them/],
  ["Layer,\tCycles,\t% Utilization,\nConv1,\t1,\t1,\n", /rtmm import profile takes them/],
  ["LayerID, Avg IFMAP SRAM BW,\n0, 1,\n", /rtmm takes COMPUTE_REPORT\.csv/],
  ["Layer name, IFMAP Height Intraline Factor,\nConv1, 1,\n", /a layout of memories/],
  ["Layer name, Height,\nConv1, 1,\n", /a topology has the columns of a convolution/],
])("another table of SCALE-Sim says what it is: %s", (text, message) => {
  expect(() => imported(text)).toThrow(message);
});
