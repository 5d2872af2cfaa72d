/** How problems read: code frames, hints, colour. */
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
import { closest } from "../../src/input/closest.ts";
import { codeFrame } from "../../src/input/code-frame.ts";
import { formatProblems } from "../../src/input/format-problems.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles, problemsOf } from "./memory-files.ts";

describe("a code frame", () => {
  test("marks the place below its line", () => {
    expect(codeFrame("a\n  fps: -5\n", 2, 8, 2)).toBe("  2 |   fps: -5\n    |        ^^");
  });
  test("widens tabs and stays aligned", () => {
    expect(codeFrame("\tfps:\t-5", 1, 7, 2)).toBe("  1 |   fps:  -5\n    |         ^^");
  });
  test("leaves out the carriage return", () => {
    expect(codeFrame("a\r\nb\r\n", 1, 1)).toBe("  1 | a\n    | ^");
  });
  test("cuts a long line around the place", () => {
    const frame = codeFrame(`${"x".repeat(500)}!${"y".repeat(500)}`, 1, 501);
    const [line, carets] = frame.split("\n") as [string, string];
    expect(line.length).toBeLessThan(115);
    expect(line.indexOf("!")).toBe(carets.indexOf("^"));
    expect(line).toMatch(/^ {2}1 \| …x+!y+…$/);
  });
  test("marks no more than the line has", () => {
    expect(codeFrame("ab\ncd", 1, 2, 400)).toBe("  1 | ab\n    |  ^");
  });
  test("lets no control character reach the terminal", () => {
    expect(codeFrame("a\u001b[31mb", 1, 1)).toBe("  1 | a·[31mb\n    | ^");
  });
  test("beyond the last line is empty", () => {
    expect(codeFrame("a", 7, 1)).toBe("  7 |\n    | ^");
  });
});

describe("the closest name", () => {
  test.each([
    ["unett", ["unet", "vnet"], "unet"],
    ["ritent", ["ritnet", "res8"], "ritnet"],
    ["RITNET", ["ritnet"], "ritnet"],
    ["fbnet", ["fbnet-c"], "fbnet-c"],
    ["unet", ["ritnet"], undefined],
    ["x", ["a", "b"], undefined],
    ["fps", ["fps"], "fps"],
  ])("to %s of %s is %s", (written, names, expected) => {
    expect(closest(written, names)).toBe(expected);
  });
  test("is quickly found for absurdly long names", () => {
    expect(closest("a".repeat(1e6), ["b", "a".repeat(1e6 - 100)])).toBeUndefined();
  });
});

const problem = (line: number, severity: Problem["severity"] = "error"): Problem => {
  const place = { file: "a.yaml", line, column: 5 };
  return {
    code: "NEGATIVE",
    message: "x must be 0 or more, got -1",
    severity,
    ...place,
    frame: codeFrame("  x: -1", 1, 6, 2),
  };
};

describe("problems as text", () => {
  test("have place, message and frame", () => {
    expect(formatProblems([problem(3)], { color: "never" })).toBe(
      "a.yaml:3:5: x must be 0 or more, got -1\n  1 |   x: -1\n    |      ^^",
    );
  });
  test("say when they are only warnings", () => {
    expect(formatProblems([problem(3, "warning")], { color: "never" })).toContain("a.yaml:3:5: warning: x must");
  });
  test("are coloured only where asked", () => {
    expect(formatProblems([problem(3)], { color: "never" })).not.toContain("\u001b");
    expect(formatProblems([problem(3)], { color: "always" })).toContain("\u001b[1ma.yaml:3:5:\u001b[22m");
  });
  test("are counted beyond fifty", () => {
    const text = formatProblems(
      Array.from({ length: 60 }, (_, i) => problem(i)),
      { color: "never" },
    );
    expect(text.endsWith("… and 10 more problems")).toBe(true);
  });
  test("without a place name the file", () => {
    const { line: _line, column: _column, ...rest } = problem(1);
    const text = formatProblems([{ ...rest, line: undefined, column: undefined, frame: "" }], { color: "never" });
    expect(text).toBe("a.yaml: x must be 0 or more, got -1");
  });
  test("are the message of an InputError", () => {
    expect(new InputError([problem(1)]).message).toContain("a.yaml:1:5: x must be 0 or more");
  });
});

test.each([
  ["deconv", "transposed-conv"],
  ["ConvTranspose2d", "transposed-conv"],
  ["Conv2D", "conv"],
  ["DepthwiseConv2D", "depthwise-conv"],
  ["Linear", "fc"],
  ["max_pool", "pool"],
  ["AdaptiveAvgPool2d", "global-pool"],
  ["batch-norm", "elementwise"],
])("a type of layer of another tool is answered with ours: %s", (type, ours) => {
  const text = `name: m\ninput: [3, 8, 8]\nlayers: [{ type: ${type}, out: 4, kernel: 3 }]\n`;
  const [problem] = problemsOf(() => loadModel("m.yaml", memoryFiles({ "m.yaml": text })));
  expect(problem!.message).toBe(`unknown type "${type}"; did you mean "${ours}"?`);
});

test("a three-dimensional kernel is told how to write it, which has the work of the layer", () => {
  const text = (layer: string) => `name: m\ninput: [4, 10, 12]\nlayers: [${layer}]\n`;
  const load = (layer: string) => loadModel("m.yaml", memoryFiles({ "m.yaml": text(layer) }));
  const [problem] = problemsOf(() => load("{ type: conv, out: 6, kernel: [3, 3, 3] }"));
  expect(problem!.message).toContain("with C = channels x planes of the kernel and N = output planes");
  const [layer] = load("{ type: conv, K: 6, C: 12, Y': 10, X': 12, R: 3, S: 3, N: 8 }").variants[0]!.layers;
  expect(macsOf(layer!)).toBe(6 * 4 * 27 * 8 * 10 * 12);
});

test("fields of other tools are answered with ours, and padding by side with how to write it", () => {
  const layer = "{ type: conv, out_channels: 4, kernel_size: 3, padding: [0, 0, 1, 1] }";
  const text = `name: m\ninput: [3, 8, 8]\nlayers: [${layer}]\n`;
  const messages = problemsOf(() => loadModel("m.yaml", memoryFiles({ "m.yaml": text }))).map(({ message }) => message);
  expect(messages).toContain('unknown key "out_channels" in layers[0]; did you mean "out"?');
  expect(messages).toContain('unknown key "kernel_size" in layers[0]; did you mean "kernel"?');
  expect(messages).toContainEqual(
    expect.stringMatching(/^padding takes at most 2 entries: rows and columns, each on both/),
  );
});
