/** Numbers that follow from a graph before any data: shapes decide them, and they decide shapes. */
import { describe, expect, test } from "vitest";
import type { Attribute, TensorText } from "./builder.ts";
import { ints, type Sizes, scalar, walk } from "./walked.ts";

describe("known numbers", () => {
  test("a reshape follows from a shape, through gather, arithmetic and concat", () => {
    const { steps } = walk({
      inputs: { x: [2, 12, 8, 64] },
      nodes: [
        { op: "Transpose", inputs: ["x"], outputs: ["t"], attributes: { perm: [0, 2, 1, 3] } },
        { op: "Shape", inputs: ["t"], outputs: ["s"] },
        { op: "Gather", inputs: ["s", "zero"], outputs: ["batch"], attributes: { axis: 0 } },
        { op: "Gather", inputs: ["s", "two"], outputs: ["heads"], attributes: { axis: 0 } },
        { op: "Mul", inputs: ["heads", "size"], outputs: ["features"] },
        { op: "Unsqueeze", inputs: ["batch", "axes"], outputs: ["batch1"] },
        { op: "Unsqueeze", inputs: ["features", "axes"], outputs: ["features1"] },
        { op: "Concat", inputs: ["batch1", "open", "features1"], outputs: ["target"], attributes: { axis: 0 } },
        { op: "Reshape", inputs: ["t", "target"], outputs: ["y"] },
      ],
      initializers: { zero: scalar(0), two: scalar(2), size: scalar(64), axes: ints(0), open: ints(-1) },
    });
    expect(steps.at(-1)!.results[0]!.dims).toEqual([2, 8, 768]);
  });

  test("one size that the data decides leaves the others known, and fits in where it is the only one", () => {
    const { steps } = walk({
      inputs: { x: [4, 6], mask: [10] },
      nodes: [
        { op: "NonZero", inputs: ["mask"], outputs: ["n"] },
        { op: "Shape", inputs: ["n"], outputs: ["s"] },
        { op: "Slice", inputs: ["s", "one", "two"], outputs: ["count"] },
        { op: "Concat", inputs: ["count", "six"], outputs: ["target"], attributes: { axis: 0 } },
        { op: "Reshape", inputs: ["x", "target"], outputs: ["y"] },
        { op: "Expand", inputs: ["x", "target"], outputs: ["z"] },
      ],
      initializers: { one: ints(1), two: ints(2), six: ints(6) },
    });
    expect(steps[0]!.results[0]!.dims).toEqual([1, undefined]);
    expect(steps[4]!.results[0]!.dims).toEqual([4, 6]);
  });

  test.each<[string, string, readonly (Sizes | TensorText)[], Readonly<Record<string, Attribute>>, readonly number[]]>([
    ["integers divide towards 0", "Div", [ints(7, -7), ints(2)], {}, [3, -3]],
    ["a remainder has the sign of the divisor", "Mod", [ints(7, -7), ints(4)], {}, [3, 1]],
    ["comparisons", "Less", [ints(1, 5), ints(3)], {}, [1, 0]],
    ["Where", "Where", [ints(1, 0), ints(5, 6), ints(7)], {}, [5, 7]],
    ["Slice with a step", "Slice", [ints(0, 1, 2, 3, 4, 5), ints(1), ints(6), ints(0), ints(2)], {}, [1, 3, 5]],
    ["Gather from the end", "Gather", [ints(4, 5, 6), ints(-1, 0)], { axis: 0 }, [6, 4]],
    ["Transpose", "Transpose", [{ dims: [2, 3], ints: [1, 2, 3, 4, 5, 6] }], {}, [1, 4, 2, 5, 3, 6]],
    ["Tile", "Tile", [ints(1, 2), ints(2)], {}, [1, 2, 1, 2]],
    ["Expand", "Expand", [{ dims: [2, 1], ints: [1, 2] }, ints(2, 2)], {}, [1, 1, 2, 2]],
    ["a product", "ReduceProd", [{ dims: [2, 3], ints: [1, 2, 3, 4, 5, 6] }], { axes: [1] }, [6, 120]],
    ["NonZero", "NonZero", [{ dims: [2, 2], ints: [1, 0, 3, 4] }], {}, [0, 1, 1, 0, 0, 1]],
    ["ScatterND", "ScatterND", [ints(1, 2, 3), { dims: [2, 1], ints: [0, 2] }, ints(8, 9)], {}, [8, 2, 9]],
    [
      "Concat along the second axis",
      "Concat",
      [
        { dims: [2, 1], ints: [1, 2] },
        { dims: [2, 2], ints: [3, 4, 5, 6] },
      ],
      { axis: 1 },
      [1, 3, 4, 2, 5, 6],
    ],
  ])("%s", (_, op, weights, attributes, expected) => {
    const initializers = Object.fromEntries(weights.map((weight, i) => [`w${i}`, weight]));
    const { steps, faults } = walk({
      nodes: [{ op, inputs: Object.keys(initializers), outputs: ["y"], attributes }],
      initializers,
    });
    expect(faults).toEqual([]);
    expect(steps[0]!.results[0]!.numbers()).toEqual(expected);
  });
});
