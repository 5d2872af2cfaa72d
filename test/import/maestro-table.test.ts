/** Tables of layers of GAMMA, by hand. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importMaestro } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";

const imported = (text: string) => importMaestro([{ text, file: "my/net.csv" }]);
const layersOf = (text: string) => parse(imported(text).files[0]!.text).layers;

describe("a table of GAMMA", () => {
  test("has convolutions, depthwise ones, products and fully connected layers, told by the last cell", () => {
    const text = "K,C,Y,X,R,S,T\n64,3,226,226,3,3,1\n1,32,114,114,3,3,2\n512,768,64,1,1,1,3\n10,20,1,1,1,1,0\n";
    expect(layersOf(text)).toEqual([
      { name: "L1", type: "conv", K: 64, C: 3, Y: 226, X: 226, R: 3, S: 3 },
      { name: "L2", type: "depthwise-conv", K: 1, C: 32, Y: 114, X: 114, R: 3, S: 3 },
      { name: "L3", type: "gemm", out: 768, rows: 512, in: 64 },
      { name: "L4", type: "conv", K: 10, C: 20, Y: 1, X: 1, R: 1, S: 1 },
    ]);
    expect(imported(text).report.totals).toMatchObject([
      { macs: 64 * 3 * 9 * 224 * 224 + 32 * 9 * 112 * 112 + 512 * 768 * 64 + 200 },
    ]);
  });

  test.each(["M,N,K,0,0,0,T\n512,64,32,1,1,1,3\n", "O,I,0,0,0,0,T\n256,128,1,1,1,1,0\r\n\r\n"])(
    "may have the header of its only type: %s",
    (text) => {
      expect(layersOf(text)).toHaveLength(1);
    },
  );

  test.each([
    ["32,32,16,16.1,1,1\n", 2, 1, /7 numbers, this row has 6/],
    ["32,32,16,16.5,1,1,1\n", 2, 10, /whole number, got "16.5"/],
    ["32,32,16,16,1,1,7\n", 2, 17, /0 \(FC\), 1 \(CONV\)/],
    ["", 1, 1, /no layer below the header/],
  ])("%s is told at its place", (row, line, column, message) => {
    const attempt = () => imported(`K,C,Y,X,R,S,T\n${row}`);
    expect(attempt).toThrow(InputError);
    try {
      attempt();
    } catch (error) {
      expect((error as InputError).problems[0]).toMatchObject({
        line,
        column,
        message: expect.stringMatching(message),
      });
    }
  });
});
