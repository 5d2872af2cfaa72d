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

test("an input may be of one of several networks; what is said of all holds for the others", async () => {
  const cwd = folderWith({ ...files, "b.onnx": onnxModel(network), "c.onnx": onnxModel(network) });
  const inputs = ["--input", "x=1x3x8x8", "--input", "My Net:x=1x3x4x4", "--input", "c.onnx:x=1x3x3x3"];
  const { stderr } = await call(["import", "onnx", "My Net.onnx", "b.onnx", "c.onnx", ...inputs, "-o", "out"], { cwd });
  // 432 weights, each at 2 x 2, 6 x 6 and 1 place.
  expect(stderr).toMatch(/^my-net +1 +0\.001728 /m);
  expect(stderr).toMatch(/^b +1 +0\.01555 /m);
  expect(stderr).toMatch(/^c +1 +0\.0004320 /m);
});

test("networks are a project: rtmm init --from onnx", async () => {
  const cwd = folderWith({ ...files, "b.onnx": onnxModel(network) });
  const words = ["init", "set", "--from", "onnx", "My Net.onnx", "b.onnx", "--input", "batch=1", "--fps", "30,60"];
  const { code, stderr } = await call(words, { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining("PEs, which is enough for these rates")]);
  expect(readFileSync(join(cwd, "set/scenario.yaml"), "utf8")).toContain(`tasks:
  - { id: my-net, model: ./imported/my-net.yaml, fps: 30 }
  - { id: b, model: ./imported/b.yaml, fps: 60 }
`);
});

test.each<[string, readonly string[], string]>([
  ["a file that is not there", ["lost.onnx"], "there is no file lost.onnx"],
  ["a folder", ["."], "is a folder, not a file"],
  ["open sizes", ["My Net.onnx"], "say them: --input 'x=1x3x8x8'"],
  ["sizes that are none", ["My Net.onnx", "--input", "x=big"], "Write name=sizes, such as x=1x3x224x224."],
  ["a size without a name", ["My Net.onnx", "--input", "=1x2"], "Write name=sizes"],
  ["another format", ["text.onnx"], "text.onnx: not an ONNX model but text: rtmm reads the binary form"],
  ["another format in bytes", ["bytes.onnx"], "bytes.onnx: not an ONNX model, or one that is cut off"],
])("%s is told", async (_, args, message) => {
  const cwd = folderWith({ ...files, "text.onnx": "name: a\n", "bytes.onnx": "\u0007\u0001" });
  const { code, stdout, stderr } = await call(["import", "onnx", ...args], { cwd });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("has its own help", async () => {
  const { stdout } = await call(["import", "onnx", "--help"]);
  expect(stdout).toContain("--input <[file:]name=sizes>");
});
