/** A file of another tool where it does not belong: the message says which importer reads it. */
import { describe, expect, test } from "vitest";
import { call, folderWith } from "./call.ts";

const topology = "Layer, M, N, K,\nfc, 1, 2, 3,\n";
const onnx = Uint8Array.from([8, 7, 18, 2, 112, 116, 58, 0, 0]);
const scenario = "name: s\ndurationMs: 10\ntasks:\n  - { id: a, model: net.csv, fps: 100 }\n";
const files = {
  "net.csv": topology,
  "net.onnx": onnx,
  "s.yaml": scenario,
  "broken.csv": "Layer, M, N, K,\nfc, 1, x, 3,\n",
};

const answered = async (...argv: string[]) => {
  const { code, stderr } = await call(argv, { cwd: folderWith(files) });
  return [code, stderr];
};

const read = "net.csv: this is a topology of SCALE-Sim; rtmm import scalesim reads it\n";

describe("a file of another tool", () => {
  test.each([
    ["run", "net.csv"],
    ["run", "vr-gaming", "-S", "net.csv"],
    ["validate", "net.csv"],
    ["import", "profile", "net.csv"],
    ["import", "maestro", "net.csv", "-o", "out"],
    ["import", "onnx", "net.csv"],
  ])("given to %s %s", async (...argv) => {
    expect(await answered(...argv)).toEqual([2, read]);
  });

  test("named by a scenario", async () => {
    expect(await answered("run", "s.yaml", "-S", "dream-2-os-os-4k")).toEqual([2, read]);
  });

  test("that is binary", async () => {
    expect(await answered("run", "net.onnx")).toEqual([
      2,
      "net.onnx: this is an ONNX network; rtmm import onnx reads it\n",
    ]);
  });

  test("keeps its own problems in its own importer", async () => {
    const [code, text] = await answered("import", "scalesim", "broken.csv");
    expect([code, text]).toEqual([2, expect.stringMatching(/^broken\.csv:2:8: /)]);
  });
});
