/** CPU time of worker threads: to start one, and of its first and second case. */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { PointThread } from "../dist/executors/threads/point-thread.js";
import { Library } from "../dist/files/library.js";
import { print, rounds } from "./table.js";

const ROUNDS = 5;

export async function threadStart() {
  const library = new Library(process.cwd());
  const request = (system) => ({
    scenario: library.find("scenario", "vr-gaming"),
    system: library.find("system", system),
    scheduler: "edf",
    parameters: {},
    seed: 1,
    durationMs: 300,
    warmupMs: 0,
  });
  const least = [Infinity, Infinity, Infinity];
  let done = 0;
  for (const round of rounds(ROUNDS)) {
    done = round + 1;
    const alone = cpuMs();
    // It has nothing to wait for, so it ends once it has started.
    await once(new Worker("./dist/program/point-worker.cjs", { workerData: { cwd: process.cwd() } }), "exit");
    const begin = cpuMs();
    const start = begin - alone;
    const thread = new PointThread({ cwd: process.cwd() });
    const run = (point) => thread.run([point], throwFailure, new AbortController().signal);
    await run({ index: 0, request: request("hda-2-ws-os-4k") });
    const first = cpuMs();
    await run({ index: 1, request: request("hda-2-ws-os-8k") });
    const second = cpuMs();
    [start, first - begin - start, second - first].forEach((ms, i) => {
      least[i] = Math.min(least[i], ms);
    });
    await thread.close();
  }
  const row = least.map((ms) => ms.toFixed(0));
  print(`a worker thread, CPU ms, least of ${done}`, [["start", "first case", "second case"], row]);
}

function throwFailure({ kind, failure }) {
  if (kind === "failed") throw new Error(failure.message);
}

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}
