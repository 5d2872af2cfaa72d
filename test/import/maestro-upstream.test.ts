/** MAESTRO's own networks: worked by hand, real files, and what becomes of damaged ones. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { formatDirective } from "../../src/core/directive.ts";
import type { Layer } from "../../src/core/layer.ts";
import type { AnalyticCosts, Directive, System } from "../../src/core/system.ts";
import { type AnalyticAccelerator, layerCostModel } from "../../src/cost/layer-cost.ts";
import { importMaestro, type MaestroOptions } from "../../src/import/index.ts";
import { mappedLayers, serves } from "../../src/import/maestro/upstream/layer-mappings.ts";
import { rtmmDataflow, sizesOfLayer } from "../../src/import/maestro/upstream/rtmm-dataflow.ts";
import { readUpstreamWorkload } from "../../src/import/maestro/upstream/workload.ts";
import { Reporter } from "../../src/import/reporter.ts";
import { InputError } from "../../src/input/input-error.ts";
import { ProblemList } from "../../src/input/problem-list.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceFiles, referencePath, withCase, withReference } from "../shared.ts";
import { filesOf, importProblems, macsOfModel, modelsOf, resaved } from "./imported-files.ts";
import { conv, directivesIn, imported, network, plain, systemIn, withHardware } from "./maestro-net.ts";

const layersOf = (text: string, options: MaestroOptions = {}) => parse(imported(text, options).files[0]!.text).layers;
const macs = (text: string, options: MaestroOptions = {}): number[] =>
  [...modelsOf(imported(text, options)).values()].map(macsOfModel);
const problems = (text: string) => importProblems(() => imported(text));

describe("layers", () => {
  test("strides and batch are honoured; no rates are needed, and none make no scenario", () => {
    const text = network(
      conv("first", "K: 8, C: 3, R: 5, S: 5, Y: 33, X: 33", "Stride { X: 4, Y: 4 }"),
      conv("second", "N: 16, K: 4, C: 8, R: 1, S: 1, Y: 8, X: 8"),
    );
    const { files, report } = imported(text);
    expect(files.map(({ kind, fileName }) => [kind, fileName])).toEqual([["model", "n.yaml"]]);
    // 8 x 8 outputs of 8 x 3 x 25 weights, and 16 times 8 x 8 of 4 x 8.
    expect(macs(text)).toEqual([38_400 + 32_768]);
    expect(report.totals).toEqual([{ model: "n", layers: 2, macs: 38_400 + 32_768, weights: 600 + 32 }]);
    expect(report.left).toEqual([]);
  });

  test("a depthwise layer has K filters for each channel", () => {
    const text = network(conv("dw", "K: 2, C: 16, R: 3, S: 3, Y: 10, X: 10", "", "DSCONV"));
    expect(macs(text)).toEqual([64 * 2 * 16 * 9]);
    expect(layersOf(text)).toMatchObject([{ type: "depthwise-conv", K: 2, C: 16 }]);
    expect(macs(network(conv("dw", "C: 16, R: 3, S: 3, Y: 10, X: 10", "", "DSCONV")))).toEqual([64 * 16 * 9]);
  });

  test("a grouped layer has K and C in each of G groups, or C in all of them", () => {
    const text = network(
      conv("a", "K: 8, C: 3, R: 1, S: 1, Y: 10, X: 10"),
      conv("b", "G: 4, K: 2, C: 8, R: 3, S: 3, Y: 10, X: 10", "", "NGCONV"),
    );
    expect(layersOf(text)[1]).toMatchObject({ K: 8, C: 32, groups: 4 });
    expect(macs(text)).toEqual([2400 + 4 * 2 * 8 * 9 * 64]);
    expect(macs(text, { groupChannels: "all" })).toEqual([2400 + 4 * 2 * 2 * 9 * 64]);
    expect(imported(text).report.taken[1]).toContain("1 NGCONV with C of each group");
    expect(imported(text, { groupChannels: "all" }).report.taken).toHaveLength(1);
  });

  test("a GEMM has M rows, N outputs and a sum over K", () => {
    const text = network("Layer g { Type: GEMM Dimensions { M: 16, N: 32, K: 64 } }");
    expect(layersOf(text)).toEqual([{ name: "g", type: "gemm", out: 32, rows: 16, in: 64 }]);
    expect(macs(text)).toEqual([16 * 32 * 64]);
  });

  test("constants stand for sizes, also of dataflows", () => {
    const text = `Constant Len 64;\nConstant One 1\n${network(conv("a", "K: Len, C: One, R: 1, S: 1, Y: 8, X: Len"))}`;
    expect(macs(text)).toEqual([64 * 8 * 64]);
  });

  test("a transposed layer counts as a convolution, and output sizes are taken as they are", () => {
    expect(macs(network(conv("t", plain, "", "TRCONV")))).toEqual([64 * 8 * 4 * 9]);
    const primed = "K: 8, C: 4, R: 3, S: 3, Y': 5, X': 6";
    expect(macs(network(conv("p", primed, "Stride { X: 2, Y: 2 }")))).toEqual([30 * 8 * 4 * 9]);
    expect(macs(network(conv("q", plain, "Stride { X: 2 }")))).toEqual([8 * 4 * 8 * 4 * 9]);
  });
});

describe("texts", () => {
  test("comments of all kinds, braces that touch words and sizes without colons are understood", () => {
    const text = `/* Network x {
  } */ Network n{ // comment
# Layer z { Type: CONV }
Layer my-layer{Type: CONV//x
  /// more
  Dimensions{ K 8,C 4 /* C */,R 3,S 3,Y 10,X 10 }}}`;
    expect(layersOf(text)).toEqual([{ name: "my-layer", type: "conv", K: 8, C: 4, Y: 10, X: 10, R: 3, S: 3 }]);
  });

  test("names stay whole and become distinct", () => {
    const names = layersOf(network(conv("conv2d-1", plain), conv("conv2d-1", plain), conv("a b", plain)));
    expect(names.map(({ name }: { name: string }) => name)).toEqual(["conv2d-1", "conv2d-1-2", "a b"]);
  });

  test.each<[string, string, [string, number, number][]]>([
    ["no type", network(`Layer a { Dimensions { ${plain} } }`), [["MISSING_KEY", 2, 7]]],
    ["a type without costs", network(conv("a", plain, "", "LSTM")), [["UNSUPPORTED", 2, 17]]],
    ["a missing size", network(conv("a", "K: 8, C: 4, R: 3, Y: 10, X: 10")), [["MISSING_KEY", 2, 23]]],
    ["a GEMM without M", network(conv("a", "N: 1, K: 1", "", "GEMM")), [["MISSING_KEY", 2, 23]]],
    ["an unknown constant", network(conv("a", plain.replace("8", "Len"))), [["WRONG_TYPE", 2, 39]]],
    ["a network without layers", "Network n { }", [["MISSING_KEY", 1, 9]]],
    [
      "a file that was cut off",
      network(conv("a", plain)).slice(0, -4),
      [
        ["MAESTRO_SYNTAX", 2, 75],
        ["MAESTRO_SYNTAX", 2, 75],
      ],
    ],
    [
      "rates of some networks",
      `Network a { FPS 3 ${conv("a", "G: 1, ".concat(plain))} }\n${network(conv("b", plain))}`,
      [["MISSING_KEY", 2, 9]],
    ],
  ])("%s is reported at its place", (_, text, expected) => expect(problems(text)).toEqual(expected));
});

describe("the dialect", () => {
  const strided = conv("a", plain, "Stride { X: 2, Y: 2 }");

  test("of a file with FPS is the artifact's, which ignores strides; --dialect maestro honours them", () => {
    const text = `Network n { FPS: 10 ${strided} }`;
    expect(macs(text)).toEqual([64 * 8 * 4 * 9]);
    expect(macs(text, { dialect: "maestro" })).toEqual([16 * 8 * 4 * 9]);
    expect(macs(network(strided))).toEqual([16 * 8 * 4 * 9]);
  });

  test("is MAESTRO's where only MAESTRO can read the file; rates then make a scenario", () => {
    const result = imported(
      `Constant Size 10;\nNetwork n { FPS: 10 ${strided} }\nNetwork m { FPS: 10 Dependency { n } ${strided} }`,
    );
    expect(result.files.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["model n", "model m", "scenario net"]);
    const { tasks } = loadScenario("net.yaml", filesOf(result));
    expect(tasks.map(({ id, deadlineNs }) => [id, deadlineNs])).toEqual([
      ["n", 1e8],
      ["m", 1e8],
    ]);
    expect(macs(`Constant Size 10;\nNetwork n { FPS: 10 ${strided} }`)).toEqual([16 * 8 * 4 * 9]);
  });

  test("of the artifact needs rates", () => {
    const [first] = importProblems(() => imported(network(strided), { dialect: "xrbench" }));
    expect(first).toEqual(["MISSING_KEY", 1, 9]);
  });
});

/** Of a layer on the accelerator of a system with other directives; undefined if it has too few PEs for them. */
function costOn(system: System, directives: readonly Directive[], layer: Layer) {
  const accelerator = system.accelerators[0]! as AnalyticAccelerator;
  const costs = { ...accelerator.costs, dataflow: { name: "own", directives } } as AnalyticCosts;
  return layerCostModel({ ...accelerator, costs })?.(layer, 1);
}

const word = fc.constantFrom(
  ...["Network", "Layer", "Type", "CONV", "GEMM", "Dimensions", "Stride", "Dataflow", "Constant", "Sz", "Cluster"],
  ...["SpatialMap", "K", "R", "Y'", "{", "}", "(", ")", "3", "x-y", "//", "/*", "*/", "\n", "num_pes", "FPS"],
);
test("any text gives files that load, or problems inside the text", () => {
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join(" ");
      try {
        modelsOf(imported(text, { dialect: "maestro" }));
      } catch (error) {
        if (error instanceof RequestError) {
          expect(error.message).toMatch(/contains no Network|needs the/);
          return;
        }
        if (!(error instanceof InputError)) throw error;
        for (const { line, column } of error.problems) {
          const written = text.split("\n")[(line ?? 0) - 1];
          expect(column).toBeLessThanOrEqual((written?.length ?? -1) + 1);
        }
      }
    }),
    propertyRuns(500),
  );
});

const size = fc.integer({ min: 1, max: 40 });
const anyLayer = fc
  .record({
    type: fc.constantFrom("CONV", "DSCONV", "TRCONV", "NGCONV"),
    stride: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    sizes: fc.tuple(size, size, size, size, size, size, size, size),
  })
  .map(({ type, stride: [y, x], sizes: [N, G, K, C, R, S, outY, outX] }) => {
    const [Y, X] = [R + outY - 1, S + outX - 1];
    const groups = type === "NGCONV" ? G : 1;
    return {
      text: conv(
        "a",
        `N: ${N}, G: ${groups}, K: ${K}, C: ${C}, R: ${R}, S: ${S}, Y: ${Y}, X: ${X}`,
        `Stride { Y: ${y} X: ${x} }`,
        type,
      ),
      macs: N * groups * K * C * R * S * Math.ceil(outY / y) * Math.ceil(outX / x),
    };
  });

test("layers of any size have the work of MAESTRO's loops, as the totals say", () => {
  fc.assert(
    fc.property(fc.array(anyLayer, { minLength: 1, maxLength: 5 }), (layers) => {
      const text = network(...layers.map((each) => each.text));
      const expected = layers.reduce((sum, each) => sum + each.macs, 0);
      expect(macs(text)).toEqual([expected]);
      expect(imported(text).report.totals[0]!.macs).toBe(expected);
    }),
    propertyRuns(100),
  );
});

withCase("1-maestro-upstream", (folder) => {
  const textOf = (file: string) => readFileSync(join(folder, file), "utf8");
  test.each([
    ["stride.m", [38_400 + 32_768]],
    ["constant.m", [32_768]],
    ["gemm.m", [32_768]],
    ["groups.m", [36_864]],
    ["mapped.m", [18_432]],
  ])("%s has the work that MAESTRO counts", (file, expected) => expect(macs(textOf(file))).toEqual(expected));

  test("flow.m and hw.m make a system", () => {
    expect(directivesIn(systemIn(withHardware(textOf("flow.m"), textOf("hw.m")))).length).toBe(4);
  });
});

withReference("files/maestro", () => {
  const textOf = (file: string) => readFileSync(referencePath("files/maestro", file), "utf8");
  const files = referenceFiles("files/maestro").filter((file) => file !== "accelerator_1.m");
  const machine = { text: textOf("accelerator_1.m"), file: "accelerator_1.m" };

  test.each([
    ["dnn_model.m", 552_148_096],
    ["Resnet50_model.m", 3_076_901_568],
    ["MobileNetV2_model.m", 504_847_792],
    ["ResNeXt50_model.m", 8_636_792_832],
    ["Transformer_Layers_model.m", 404_750_336],
    ["GEMM_Example.m", 1_000_000],
  ])("%s has %i multiply-accumulates", (file, expected) => expect(macs(textOf(file))).toEqual([expected]));

  describe.each(files)("%s", (file) => {
    const convert = (text: string) => importMaestro([{ text, file }, machine]);

    test("comes in with a system that has costs", () => {
      const result = convert(textOf(file));
      expect(result.files.map(({ kind }) => kind)).toContain("model");
      expect(systemIn(result).accelerators[0]!.pes).toBe(256);
    });

    test("costs the same with the dataflow that serves a layer as with its own", () => {
      const networks = readUpstreamWorkload(textOf(file), new Reporter(textOf(file), file, new ProblemList()));
      const layers = [...modelsOf(convert(textOf(file))).values()].flatMap((model) => model.variants[0]!.layers);
      const all = mappedLayers(networks).flatMap(({ layer, mapping }, i) => {
        const converted = rtmmDataflow(mapping, sizesOfLayer(layer));
        return "directives" in converted ? [{ layer, directives: converted.directives, loaded: layers[i]! }] : [];
      });
      const distinct = [
        ...new Map(all.map((each) => [each.directives.map(formatDirective).join(), each.directives])).values(),
      ];
      const system = systemIn(convert(textOf(file)));
      for (const directives of distinct) {
        for (const each of all.filter((one) => serves(directives, one)).slice(0, 20)) {
          const [shared, own] = [directives, each.directives].map((used) => costOn(system, used, each.loaded));
          expect(shared).toEqual(own);
        }
      }
    });

    test.each(resaved)("comes in with %s as it is", (_, save) => {
      expect(convert(save(textOf(file))).files).toEqual(convert(textOf(file)).files);
    });

    test("cut off anywhere, it loads or says where it ends", () => {
      const text = textOf(file);
      for (let end = 0; end < text.length; end += Math.ceil(text.length / 20)) {
        const part = text.slice(0, end);
        if (!/Network/.test(part.replace(/\/\/.*/g, ""))) continue;
        for (const [, line] of importProblems(() => convert(part))) expect(line).toBeGreaterThan(0);
      }
    });
  });
});
