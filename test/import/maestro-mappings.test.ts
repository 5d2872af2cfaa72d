/** Hardware files and mappings in the forms of MAESTRO's own repository: rtmm's systems and directives. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AnalyticCosts } from "../../src/core/system.ts";
import { importMaestro } from "../../src/import/index.ts";
import { importProblems } from "./imported-files.ts";
import { conv, directivesIn, hardware, imported, network, plain, systemIn, withHardware } from "./maestro-net.ts";

const dataflow = (...lines: string[]): string => `Dataflow { ${lines.join("; ")}; }`;
const mapped = (mapping: string, dimensions = plain, stride = "") =>
  conv("a", dimensions, stride).replace(/ }$/, ` ${mapping} }`);
const directivesOf = (mapping: string, dimensions?: string, stride?: string) =>
  directivesIn(systemIn(withHardware(network(mapped(mapping, dimensions, stride)))));

describe("hardware", () => {
  test("alone is a system with a dataflow of rtmm's, which is told", () => {
    const result = importMaestro([{ text: hardware, file: "hw.m" }], { dataflow: "os" });
    const [accelerator] = systemIn(result).accelerators;
    expect(accelerator).toMatchObject({
      pes: 256,
      clockGHz: 1,
      globalBufferBytes: 3000,
      costs: {
        kind: "data-centric",
        dataflow: { name: "os" },
        offChip: { bandwidthGBs: 50 },
      },
    });
    expect((accelerator!.costs as AnalyticCosts).nocElementsPerCycle[0]).toBe(1000);
    expect(result.report.left.map(({ what }) => what)).toEqual(["l1_size_cstr", "dataflow"]);
  });

  test("that is wrong is reported at its place", () => {
    const found = (text: string) => importProblems(() => importMaestro([{ text, file: "hw.m" }]));
    expect(found("noc_bw_cstr: 5\n")).toEqual([["MISSING_KEY", 1, 1]]);
    expect(found("num_pes: 5\nnum_pes: 6\n")).toEqual([["DUPLICATE_KEY", 2, 1]]);
    expect(found("num_pes: many")).toEqual([["WRONG_TYPE", 1, 10]]);
    expect(found("num_pes: 8")).toEqual([["TOO_SMALL", 1, 1]]);
    expect(found("num_pess: 8\nnoc_bw_cstr: 1")[0]).toEqual(["UNKNOWN_KEY", 1, 1]);
  });
});

describe("mappings", () => {
  test("the inputs of one filter position are one output, and a whole filter needs no directive", () => {
    const mapping = dataflow(
      "SpatialMap(1,1) K",
      "TemporalMap(64,64) C",
      "TemporalMap(Sz(R),Sz(R)) R",
      "TemporalMap(Sz(R),1) Y",
      "TemporalMap(3,1) X",
      "Cluster(64, P)",
      "SpatialMap(1,1) C",
    );
    const expected = ["SpatialMap(1,1) K", "TemporalMap(64,64) C", "TemporalMap(1,1) Y'", "TemporalMap(1,1) X'"];
    expect(directivesOf(mapping)).toEqual([...expected, "Cluster(64)", "SpatialMap(1,1) C"]);
  });

  test("a tile of n outputs that moves by n is one of outputs; other tiles stay as they are", () => {
    const tiles = (x: string) => directivesOf(dataflow("SpatialMap(1,1) K", `TemporalMap(${x}) X`))[1];
    expect(tiles("10,8")).toBe("TemporalMap(8,8) X'");
    expect(tiles("10,7")).toBe("TemporalMap(10,7) X");
    // At stride 2, inputs of two outputs are 5, and the next two begin 4 further.
    const strided = (x: string) =>
      directivesOf(dataflow("SpatialMap(1,1) K", `TemporalMap(${x}) X`), plain, "Stride { X: 2, Y: 2 }")[1];
    expect(strided("5,4")).toBe("TemporalMap(2,2) X'");
    expect(strided("4,4")).toBe("TemporalMap(4,4) X");
  });

  test("where a level cuts the filter, its inputs stay inputs", () => {
    const rows = dataflow("SpatialMap(1,1) K", "Cluster(Sz(R), P)", "SpatialMap(1,1) Y", "SpatialMap(1,1) R");
    expect(directivesOf(rows, "K: 8, C: 4, R: 1, S: 1, Y: 10, X: 10")).toEqual([
      "SpatialMap(1,1) K",
      "Cluster(1)",
      "SpatialMap(1,1) Y",
      "SpatialMap(1,1) R",
    ]);
  });

  test("a GEMM's M, N and K are rows, outputs and inputs", () => {
    const gemm = `Layer g { Type: GEMM Dimensions { M: 16, N: 32, K: 64 } ${dataflow("SpatialMap(2,2) M", "TemporalMap(8,8) K", "TemporalMap(4,4) N")} }`;
    expect(directivesIn(systemIn(withHardware(network(gemm))))).toEqual([
      "SpatialMap(2,2) Y'",
      "TemporalMap(8,8) C",
      "TemporalMap(4,4) K",
    ]);
  });

  test("the system runs the mapping of most layers; a layer without one has that of the layer before", () => {
    const [first, second] = [dataflow("SpatialMap(1,1) K"), dataflow("SpatialMap(1,1) C")];
    const result = withHardware(network(mapped(first), mapped(second), conv("b", plain)));
    expect(directivesIn(systemIn(result))).toEqual(["SpatialMap(1,1) C"]);
    expect(Object.keys(parse(result.files[1]!.text).dataflows)).toEqual(["map", "map-2"]);
    expect(result.report.left).toMatchObject([{ what: "layer with another mapping", count: 1 }, {}]);
  });

  test("a dataflow serves a layer whose own differs only in tiles of whole dimensions", () => {
    const [wide, narrow] = [
      dataflow("SpatialMap(1,1) K", "TemporalMap(64,64) C", "TemporalMap(1,1) Y"),
      dataflow("SpatialMap(1,1) K"),
    ];
    const single = "K: 8, C: 4, R: 1, S: 1, Y: 1, X: 1";
    const result = withHardware(network(mapped(wide), mapped(wide), mapped(narrow, single)));
    expect(result.report.left.map(({ what }) => what)).toEqual(["l1_size_cstr"]);
    expect(Object.keys(parse(result.files[1]!.text).dataflows)).toEqual(["map"]);
    const other = withHardware(network(mapped(wide), mapped(wide), mapped(narrow, single.replace("Y: 1", "Y: 2"))));
    expect(other.report.left.map(({ what }) => what)).toEqual(["layer with another mapping", "l1_size_cstr"]);
    // A tile that covers its dimension and moves by less still repeats, and costs more.
    const sliding = dataflow("SpatialMap(1,1) K", "TemporalMap(8,1) X");
    const sizes = "K: 8, C: 4, R: 1, S: 1, Y: 7, X: 7";
    const repeated = withHardware(network(mapped(dataflow("SpatialMap(1,1) K"), sizes), mapped(sliding, sizes)));
    expect(repeated.report.left[0]).toMatchObject({ what: "layer with another mapping", count: 1 });
  });

  test("what rtmm cannot express is left out and told; without a mapping left, the system has rtmm's", () => {
    const result = withHardware(network(mapped(dataflow("SpatialMap(1,1) G"))));
    expect(result.report.left[0]).toMatchObject({
      what: "mapping of a layer",
      why: "a: its mapping spreads groups over PEs",
    });
    expect(systemIn(result).accelerators[0]!.costs).toMatchObject({ dataflow: { name: "ws" } });
  });

  test("without hardware they are left out and told", () => {
    expect(imported(network(mapped(dataflow("SpatialMap(1,1) K")))).report.left).toMatchObject([
      { what: "dataflow", count: 1, why: "a system needs the hardware file as well" },
    ]);
  });

  test("without hardware it does not matter that their layers have several", () => {
    const several = network(mapped(dataflow("SpatialMap(1,1) K")), mapped(dataflow("SpatialMap(1,1) C")));
    expect(imported(several).report.left.map(({ what }) => what)).toEqual(["dataflow"]);
  });

  test("files that hold dataflows alone need the hardware file", () => {
    const alone = dataflow("SpatialMap(1,1) K", "TemporalMap(Sz(C),Sz(C)) C");
    expect(() => imported(alone)).toThrow("net.m needs the hardware file of the same system; name both");
  });

  test("have the primes of Y' and X' in any of the forms that editors give them", () => {
    const written = (prime: string) =>
      network(mapped(dataflow(`SpatialMap(1,1) Y${prime}`, `TemporalMap(1,1) X${prime}`)));
    const plainPrime = withHardware(written("'"));
    for (const prime of ["\u2019", "\u2018", "\u2032"]) expect(withHardware(written(prime))).toEqual(plainPrime);
  });

  test("files that hold dataflows alone go with flat hardware, with Sz where no layer is needed", () => {
    const text = dataflow(
      "SpatialMap(1,1) K",
      "TemporalMap(4,4) C",
      "TemporalMap(Sz(R),1) Y",
      "TemporalMap(Sz(S),1) X",
    );
    const expected = ["SpatialMap(1,1) K", "TemporalMap(4,4) C", "TemporalMap(1,1) Y'", "TemporalMap(1,1) X'"];
    expect(directivesIn(systemIn(withHardware(text)))).toEqual(expected);
    const open = text.replace("(4,4) C", "(Sz(R),4) C");
    expect(importProblems(() => withHardware(open))).toEqual([["BAD_DIRECTIVE", 1, 1]]);
  });

  test("a cluster that needs more PEs than there are is reported", () => {
    const wide = network(mapped(dataflow("SpatialMap(1,1) K", "Cluster(512, P)", "SpatialMap(1,1) C")));
    expect(importProblems(() => withHardware(wide))).toEqual([["TOO_SMALL", 1, 1]]);
  });
});
