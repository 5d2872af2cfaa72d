/** Operators whose inputs do not fit each other are told by name and by what they read. */
import { describe, expect, test } from "vitest";
import { type Case, ints, type Sizes, walk } from "./walked.ts";

describe("contradictions are told with the operator and what it reads", () => {
  test.each<[string, string, readonly Sizes[], Case, string]>([
    [
      "channels",
      "Conv",
      [[1, 4, 8, 8]],
      { weights: [[8, 3, 3, 3]] },
      "its input has 4 channels, but its weights take 3 in 1 groups",
    ],
    [
      "a window that is too large",
      "Conv",
      [[1, 3, 2, 8]],
      { weights: [[8, 3, 3, 3]] },
      "its window of 3 does not fit in 2 with its padding",
    ],
    [
      "columns and rows",
      "MatMul",
      [
        [4, 5],
        [6, 7],
      ],
      {},
      "it multiplies 5 columns with 6 rows",
    ],
    ["elements", "Reshape", [[4, 5]], { weights: [ints(3, -1)] }, "its 20 elements do not fit the shape [3, -1]"],
    [
      "broadcasting",
      "Add",
      [
        [4, 5],
        [4, 6],
      ],
      {},
      "the shapes of its inputs contradict each other",
    ],
    ["an axis", "Concat", [[4, 5]], { attributes: { axis: 2 } }, "there is no axis 2 in 2 dimensions"],
    [
      "a stride of 0",
      "MaxPool",
      [[1, 1, 4]],
      { attributes: { kernel_shape: [2], strides: [0] } },
      "kernel, strides and dilations must be at least 1",
    ],
    ["a lost input", "Shape", [], {}, "its input 1 is missing"],
  ])("%s", (_, op, inputs, rest, message) => {
    const { faults } = walk({
      nodes: [
        {
          op,
          name: "here",
          inputs: [...inputs.map((_, i) => `x${i}`), ...(rest.weights ?? []).map((_, i) => `w${i}`)],
          outputs: ["y"],
          attributes: rest.attributes ?? {},
        },
      ],
      inputs: Object.fromEntries(inputs.map((sizes, i) => [`x${i}`, sizes])),
      initializers: Object.fromEntries((rest.weights ?? []).map((weight, i) => [`w${i}`, weight])),
    });
    expect(faults).toEqual([{ name: "here", op, message: expect.stringContaining(message) }]);
  });
});
