/** One worker thread: when it has nothing to do. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { PointThread } from "../../../src/executors/threads/point-thread.ts";
import { packageFolder } from "../../../src/files/package-folder.ts";
import { requestOf, world } from "./worlds.ts";

let thread: PointThread | undefined;
afterEach(() => thread?.close());

const ignore = (): void => undefined;
const { signal } = new AbortController();
const points = [{ index: 0, request: requestOf("edf") }];

test("a thread is free once all of its calls are over, and whoever waits for that is told", async () => {
  thread = new PointThread({ cwd: world() });
  const stop = new AbortController();
  const hanging = [{ index: 0, request: requestOf("hangs.mjs") }];
  const calls = [thread.run(points, ignore, signal), thread.run(hanging, ignore, stop.signal)];
  const told: string[] = [];
  const waiting = ["one", "two"].map((who) => thread!.untilFree(signal).then(() => told.push(who)));
  await calls[0];
  await setImmediate();
  expect(told).toEqual([]);
  stop.abort(new Error("enough"));
  await calls[1];
  await Promise.all(waiting);
  expect(told).toEqual(["one", "two"]);
});

test("who is told first may keep it busy, and the others go on waiting", async () => {
  thread = new PointThread({ cwd: world() });
  const ended: string[] = [];
  const taken = async (who: string) => {
    await thread!.untilFree(signal);
    ended.push(`${who} begins`);
    await thread!.run(points, ignore, signal);
    ended.push(`${who} ends`);
  };
  const first = thread.run(points, ignore, signal);
  await Promise.all([first, taken("one"), taken("two")]);
  expect(ended).toEqual(["one begins", "one ends", "two begins", "two ends"]);
});

test("nobody waits for a thread once the signal is aborted", async () => {
  thread = new PointThread({ cwd: world() });
  const stop = new AbortController();
  const hanging = thread.run([{ index: 0, request: requestOf("hangs.mjs") }], ignore, stop.signal);
  const waiting = thread.untilFree(stop.signal);
  stop.abort(new Error("Ctrl-C"));
  await waiting;
  await thread.untilFree(stop.signal);
  await hanging;
});

test("what a thread requires is no ES module: Node 20 dies of a thread that is ended while it requires one", () => {
  const file = JSON.stringify(join(packageFolder, "dist/program/point-worker.cjs"));
  const script = `new (require("node:worker_threads").Worker)(${file}, { workerData: { cwd: "." } })`;
  const { status, stderr } = spawnSync(process.execPath, ["--no-experimental-require-module", "-e", script]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
});
