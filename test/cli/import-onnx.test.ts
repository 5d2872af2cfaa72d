/** `rtmm import onnx` as a function of arguments and streams. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ModelText, onnxModel } from "../import/onnx/builder.ts";
import { call, folderWith } from "./call.ts";

const network: ModelText = {
  inputs: { x: ["batch", 3, 8, 8] },
  nodes: [
    { op: "Conv", name: "conv", inputs: ["x", "w"], outputs: ["c"] },
    { op: "Relu", inputs: ["c"], outputs: ["y"] },
  ],
  initializers: { w: { dims: [16, 3, 3, 3], raw: new Uint8Array(4 * 432) } },
};
const files = { "My Net.onnx": onnxModel(network) };

test("writes a model that validates, and reports what it took and the totals", async () => {
  const cwd = folderWith(files);
  const { code, stdout, stderr } = await call(["import", "onnx", "My Net.onnx", "--input", "x=1x3x8x8", "-o", "out"], {
    cwd,
  });
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toContain("took 1 layer from 2 operators of My Net.onnx (opset 17, by test)\n");
  // 16 x 3 x 3 x 3 weights, each at 6 x 6 places.
  expect(stderr).toMatch(/^my-net +1 +0\.01555 +0\.0004320$/m);
  expect(stderr).toContain("wrote out/my-net.yaml");
  expect(readFileSync(join(cwd, "out/my-net.yaml"), "utf8")).toContain("title: My Net\n");
  expect(await call(["validate", "out/my-net.yaml"], { cwd })).toMatchObject({ code: 0 });
});

test("prints the model where no folder is named; symbols may stand for sizes", async () => {
  const { code, stdout } = await call(["import", "onnx", "My Net.onnx", "--input", "batch=1"], {
    cwd: folderWith(files),
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# yaml-language-server: .*model\.schema\.json\n/);
});

test("several networks are imported at once", async () => {
  const cwd = folderWith({ ...files, "b.onnx": onnxModel({ ...network, inputs: { x: ["batch", 3, 5, 5] } }) });
  const args = ["import", "onnx", "My Net.onnx", "b.onnx", "--input", "batch=1", "-o", "out"];
  const { stderr } = await call(args, { cwd });
  expect(stderr).toContain("wrote out/my-net.yaml\nwrote out/b.yaml");
});

test.each<[string, readonly string[], string]>([
  ["a file that is not there", ["lost.onnx"], "cannot read lost.onnx"],
  ["a folder", ["."], "it is no file"],
  ["open sizes", ["My Net.onnx"], "say them: --input 'x=1x3x8x8'"],
  ["sizes that are none", ["My Net.onnx", "--input", "x=big"], "Write name=sizes, such as x=1x3x224x224."],
  ["a size without a name", ["My Net.onnx", "--input", "=1x2"], "Write name=sizes"],
  ["another format", ["text.onnx"], "text.onnx: not an ONNX model, or one that is cut off"],
])("%s is told", async (_, args, message) => {
  const cwd = folderWith({ ...files, "text.onnx": "name: a\n" });
  const { code, stdout, stderr } = await call(["import", "onnx", ...args], { cwd });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("has its own help", async () => {
  const { stdout } = await call(["import", "onnx", "--help"]);
  expect(stdout).toContain("--input <name=sizes>");
});
