/**
 * `node bench/policy-process.js`: decisions per second of a trivial policy in Python, and what a message and its answer
 * take by themselves: over blocking pipes, as rtmm talks, and by a thread in between that this one waits for.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { Library } from "../dist/files/library.js";
import { PolicyProcess } from "../dist/files/policy-process.js";
import { prepare } from "../dist/run/prepare.js";
import { runOnce } from "../dist/run/run-once.js";
import { Workbench } from "../dist/run/workbench.js";
import { print } from "./table.js";

const ROUND_TRIPS = 20_000;
const ROUNDS = 3;
/** About 10^5 decisions. */
const DURATION_MS = 6000;

const python = fileURLToPath(new URL("../python", import.meta.url));
const echo =
  "import sys\nfor line in sys.stdin.buffer:\n    sys.stdout.buffer.write(line)\n    sys.stdout.buffer.flush()\n";
const message = JSON.stringify({
  message: "decide",
  nowNs: 123_456_789,
  jobs: [{ job: 2, on: -1, layer: 7, left: 3 }],
});
const policies = {
  "the first job": "decisions.run(view.ready_jobs[0], view.idle_accelerators[0], layers=1)",
  "earliest deadline first":
    "decisions.run(min(view.ready_jobs, key=lambda job: job.deadline_ns), view.idle_accelerators[0], layers=1)",
};

async function main() {
  const rows = [["policy in Python, vr-gaming", "decisions", "decisions/s"]];
  for (const [name, decide] of Object.entries(policies)) rows.push([name, ...(await decisionRate(decide))]);
  print("Decisions", rows);
  const pipes = best(pipeRate);
  const thread = await threadRate();
  print("A message of 90 bytes and its echo", [
    ["way", "round trips/s"],
    ["blocking pipes", whole(pipes)],
    ["a thread in between (Atomics.wait)", whole(thread)],
  ]);
}

/** The best of some rounds: noise only ever slows down. */
const best = (rate) => Math.max(...Array.from({ length: ROUNDS }, rate));
const whole = (value) => Math.round(value).toLocaleString("en-US").replaceAll(",", " ");

async function decisionRate(decide) {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-bench-"));
  const head = `import sys\nsys.path.insert(0, ${JSON.stringify(python)})\nfrom rtmm import Policy, serve\n`;
  const body = `class Bench(Policy):\n    name = "bench"\n    def decide(self, view, decisions):\n        ${decide}\n`;
  writeFileSync(join(folder, "bench.py"), `${head}${body}serve(Bench)\n`);
  const library = new Library(folder);
  const request = { system: library.find("system", "hda-2-ws-os-4k"), scenario: library.find("scenario", "vr-gaming") };
  const times = { seed: 1, durationMs: DURATION_MS, warmupMs: 0, parameters: {} };
  const setup = await prepare({ ...request, ...times, scheduler: "exec:python3 bench.py" }, new Workbench(library));
  let decisions = 0;
  const rate = best(() => {
    const startMs = performance.now();
    decisions = runOnce(setup).totals.decisions;
    return (decisions * 1000) / (performance.now() - startMs);
  });
  return [whole(decisions), whole(rate)];
}

function pipeRate() {
  const child = PolicyProcess.start({ words: ["python3", "-c", echo], cwd: tmpdir() });
  child.send(message);
  child.receive();
  const startMs = performance.now();
  for (let i = 0; i < ROUND_TRIPS; i += 1) {
    child.send(message);
    child.receive();
  }
  const rate = (ROUND_TRIPS * 1000) / (performance.now() - startMs);
  child.close();
  return rate;
}

const ASKED = 0;
const ANSWERED = 1;

async function threadRate() {
  const memory = new SharedArrayBuffer(8);
  const turns = new Int32Array(memory);
  const worker = new Worker(new URL(import.meta.url), { workerData: memory });
  await new Promise((resolve) => worker.once("message", resolve));
  let rate = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    for (let i = 0; i < ROUND_TRIPS; i += 1) {
      Atomics.add(turns, ASKED, 1);
      Atomics.notify(turns, ASKED);
      Atomics.wait(turns, ANSWERED, Atomics.load(turns, ASKED) - 1);
    }
    rate = Math.max(rate, (ROUND_TRIPS * 1000) / (performance.now() - startMs));
  }
  await worker.terminate();
  return rate;
}

/** Passes each message to the process over Node's own streams, and tells the other thread that the answer is there. */
async function talkForOthers(memory) {
  const { parentPort } = await import("node:worker_threads");
  const turns = new Int32Array(memory);
  const child = spawn("python3", ["-c", echo], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdout.on("data", () => {
    Atomics.add(turns, ANSWERED, 1);
    Atomics.notify(turns, ANSWERED);
  });
  parentPort.postMessage("ready");
  for (let asked = 0; ; asked += 1) {
    const { async, value } = Atomics.waitAsync(turns, ASKED, asked);
    if (async) await value;
    child.stdin.write(`${message}\n`);
  }
}

if (isMainThread) await main();
else await talkForOthers(workerData);
