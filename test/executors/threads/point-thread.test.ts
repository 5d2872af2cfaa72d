/** One worker thread: how it is loaded. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageFolder } from "../../../src/files/package-folder.ts";

test("what a thread requires is no ES module: Node 20 dies of a thread that is ended while it requires one", () => {
  const file = JSON.stringify(join(packageFolder, "dist/program/point-worker.cjs"));
  const script = `new (require("node:worker_threads").Worker)(${file}, { workerData: { cwd: "." } })`;
  const { status, stderr } = spawnSync(process.execPath, ["--no-experimental-require-module", "-e", script]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
});
