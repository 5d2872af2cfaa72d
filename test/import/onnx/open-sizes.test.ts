/** Sizes that an ONNX file leaves open: what is told, how they are given, and shapes that it states. */
import { describe, expect, test } from "vitest";
import type { ModelText } from "./builder.ts";
import { product, w } from "./products.ts";
import { imported, importText, one } from "./worlds.ts";

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
