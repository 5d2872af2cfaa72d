/** Reading: weights are skipped, and broken bytes are told. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory, importOnnx } from "../../../src/import/index.ts";
import { InputError } from "../../../src/input/input-error.ts";
import { RequestError } from "../../../src/input/request-error.ts";
import { propertyRuns } from "../../property-runs.ts";
import { type ModelText, onnxModel } from "./builder.ts";
import { one, problemsOf } from "./worlds.ts";

/** A source that counts what is read of it. */
function counting(source: ByteSource) {
  const counted = { bytes: 0, source: { size: source.size, read } };
  function read(start: number, length: number): Uint8Array {
    const bytes = source.read(start, length);
    counted.bytes += bytes.length;
    return bytes;
  }
  return counted;
}

describe("weights", () => {
  test("are not read", () => {
    const raw = new Uint8Array(4_000_000);
    const bytes = onnxModel({
      ...one("MatMul", [1, 1000]),
      nodes: [{ op: "MatMul", inputs: ["x", "w"], outputs: ["y"] }],
      initializers: { w: { dims: [1000, 1000], raw } },
    });
    const { bytes: read } = importCounted(bytesInMemory(bytes));
    expect(read).toBeLessThan(100_000);
  });

  test("of 3 GB take no memory and no time", () => {
    const gigabytes = 3e9;
    const head = onnxModel({ ...one("MatMul", [1, 30_000]), nodes: [], inputs: {} });
    // A second part of the graph, which protobuf joins with the first: a weight of 3 GB, then a product that reads it.
    const weight = new BinaryWriter();
    weight.tag(1, WireType.Varint).int64(30_000).tag(1, WireType.Varint).int64(25_000);
    weight.tag(2, WireType.Varint).int64(1).tag(8, WireType.LengthDelimited).string("w");
    weight.tag(9, WireType.LengthDelimited).int64(gigabytes);
    const tensor = weight.finish();
    const rest = graphBytes(
      onnxModel({ inputs: { x: [1, 30_000] }, nodes: [{ op: "MatMul", inputs: ["x", "w"], outputs: ["y"] }] }),
    );
    const graph = new BinaryWriter();
    graph.tag(5, WireType.LengthDelimited).int64(tensor.length + gigabytes);
    const opening = graph.raw(tensor).finish();
    const model = new BinaryWriter();
    model
      .raw(head)
      .tag(7, WireType.LengthDelimited)
      .int64(opening.length + gigabytes + rest.length);
    const before = model.raw(opening).finish();
    const source = withHole(before, gigabytes, rest);
    const { bytes, result } = importCounted(source);
    expect(bytes).toBeLessThan(200_000);
    expect(result.report.totals).toMatchObject([{ macs: 750e6, weights: 750e6 }]);
  });
});

function importCounted(source: ByteSource) {
  const counted = counting(source);
  const result = importOnnx({ bytes: counted.source, file: "net.onnx" });
  return { bytes: counted.bytes, result };
}

/** Fields of the graph in a model. */
function graphBytes(model: Uint8Array): Uint8Array {
  const start = model.indexOf(0x3a);
  return model.subarray(start + 2);
}

/** Bytes, then many zeros that exist nowhere, then more bytes. */
const withHole = (before: Uint8Array, hole: number, after: Uint8Array): ByteSource => ({
  size: before.length + hole + after.length,
  read(start, length) {
    const end = Math.min(start + length, this.size);
    const bytes = new Uint8Array(end - start);
    for (let at = start; at < end; at += 1) {
      if (at < before.length) bytes[at - start] = before[at]!;
      else if (at >= before.length + hole) bytes[at - start] = after[at - before.length - hole]!;
    }
    return bytes;
  },
});

const whole: ModelText = {
  inputs: { x: [1, 3, 8, 8] },
  outputs: { y: [1, 10] },
  valueInfo: { c: [1, 4, 6, 6] },
  nodes: [
    { op: "Conv", name: "conv", inputs: ["x", "f"], outputs: ["c"], attributes: { group: 1, auto_pad: "NOTSET" } },
    { op: "Shape", inputs: ["c"], outputs: ["s"] },
    { op: "Gather", inputs: ["s", "zero"], outputs: ["b"], attributes: { axis: 0 } },
    { op: "Unsqueeze", inputs: ["b", "axes"], outputs: ["b1"] },
    { op: "Concat", inputs: ["b1", "open"], outputs: ["target"], attributes: { axis: 0 } },
    { op: "Reshape", inputs: ["c", "target"], outputs: ["r"] },
    { op: "Gemm", name: "head", inputs: ["r", "g"], outputs: ["y"], attributes: { alpha: { float: 1 } } },
  ],
  initializers: {
    f: { dims: [4, 3, 3, 3], raw: new Uint8Array(4 * 108) },
    g: [144, 10],
    zero: { dims: [], ints: [0] },
    axes: { dims: [1], ints: [0] },
    open: { dims: [1], ints: [-1] },
  },
};
const wholeBytes = onnxModel(whole);

/** An import, or the two errors that a user can do something about. */
function importsOrTells(bytes: Uint8Array): "imported" | "told" {
  try {
    importOnnx({ bytes: bytesInMemory(bytes), file: "net.onnx" });
    return "imported";
  } catch (error) {
    if (error instanceof InputError || error instanceof RequestError) return "told";
    throw error;
  }
}

describe("broken files", () => {
  test("the whole one is imported", () => expect(importsOrTells(wholeBytes)).toBe("imported"));

  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /^ONNX_SYNTAX .*it has no graph \(byte 0\)/],
    ["a text", new TextEncoder().encode("name: a\nlayers: measured\n"), /^ONNX_SYNTAX not an ONNX model/],
    ["a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), /^ONNX_SYNTAX/],
    [
      "a pointer of Git LFS",
      new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
      /^ONNX_SYNTAX not an ONNX model but a pointer of Git LFS: fetch the file itself with git lfs pull$/,
    ],
    ["a TFLite model", new TextEncoder().encode("\u001c\0\0\0TFL3\u0014\0"), /not an ONNX model but a TFLite model$/],
    ["zeros", new Uint8Array(1000), /^ONNX_SYNTAX/],
    ["an empty graph", onnxModel({ nodes: [] }), /its graph has no operators/],
    ["the first half", wholeBytes.subarray(0, wholeBytes.length / 2), /field 7 has \d+ bytes, but only \d+ follow/],
    [
      "a weight with a size below 0",
      onnxModel({ ...one("Relu", [1, 8]), initializers: { w: [-5] } }),
      /the tensor "w" has a negative size/,
    ],
    [
      "numbers that do not fill their shape",
      onnxModel({
        inputs: { x: [1, 8] },
        nodes: [{ op: "Reshape", inputs: ["x", "s"], outputs: ["y"] }],
        initializers: { s: { dims: [3], ints: [2, 4] } },
      }),
      /the tensor "s" has 16 bytes, but its shape takes 24/,
    ],
  ])("%s", (_, bytes, message) => {
    const problems = problemsOf(bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  test("a field that claims more than the file has allocates nothing", () => {
    const writer = new BinaryWriter();
    writer.tag(7, WireType.LengthDelimited).uint64(2 ** 52);
    const counted = counting(bytesInMemory(writer.finish()));
    expect(() => importOnnx({ bytes: counted.source, file: "net.onnx" })).toThrow(/field 7 has 4503599627370496 bytes/);
    expect(counted.bytes).toBeLessThan(100);
  });

  test("a shape of a billion elements is computed with, not allocated", () => {
    const text = { ...one("ConstantOfShape", [1]), initializers: { s: { dims: [3], ints: [1000, 1000, 1000] } } };
    const nodes = [
      { op: "ConstantOfShape", inputs: ["s"], outputs: ["c"] },
      { op: "Add", inputs: ["x", "c"], outputs: ["y"] },
    ];
    expect(importsOrTells(onnxModel({ ...text, nodes }))).toBe("imported");
  });

  test("graphs inside graphs without end are told", () => {
    let nodes: ModelText["nodes"] = [{ op: "Relu", inputs: ["x"], outputs: ["y"] }];
    for (let depth = 0; depth < 40; depth += 1)
      nodes = [{ op: "If", inputs: ["x"], outputs: ["y"], attributes: { then_branch: { graph: { nodes } } } }];
    expect(problemsOf(onnxModel({ inputs: { x: [1] }, nodes }))[0]).toMatch(
      /graphs inside graphs are more than 32 deep/,
    );
  });

  test("cut anywhere, it is told or still a network", () => {
    for (let length = 0; length < wholeBytes.length; length += 1) importsOrTells(wholeBytes.subarray(0, length));
    expect(importsOrTells(wholeBytes.subarray(0, wholeBytes.length - 1))).toBe("told");
  });

  test("with any bytes changed, it is told or still a network", () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: wholeBytes.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = wholeBytes.slice();
        for (const [at, value] of list) bytes[at] = value;
        importsOrTells(bytes);
      }),
      propertyRuns(1000),
    );
  });

  test("with a piece lost or doubled, it is told or still a network", () => {
    const at = fc.nat({ max: wholeBytes.length - 1 });
    fc.assert(
      fc.property(at, at, fc.boolean(), (a, b, isDoubled) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const parts = isDoubled
          ? [
              [0, to],
              [from, undefined],
            ]
          : [
              [0, from],
              [to, undefined],
            ];
        importsOrTells(Uint8Array.from(parts.flatMap(([start, end]) => [...wholeBytes.subarray(start, end)])));
      }),
      propertyRuns(500),
    );
  });

  test("any bytes are told", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(importsOrTells(bytes)).toBe("told");
      }),
      propertyRuns(500),
    );
  });
});
