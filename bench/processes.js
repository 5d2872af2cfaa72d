/** Measurements of whole processes, in CPU time of all their threads: other processes do not change it much. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtIns } from "../dist/files/built-ins.js";
import { Library } from "../dist/files/library.js";
import { prepare } from "../dist/run/prepare.js";
import { runOnce } from "../dist/run/run-once.js";
import { Workbench } from "../dist/run/workbench.js";
import { print, rounds } from "./table.js";

const ROUNDS = 9;
const rtmm = (...words) => ["bin/rtmm.js", ...words];

export function startUp() {
  const commands = [
    ["--version"],
    ["complete", "--", "run", "vr"],
    ["--help"],
    ["list", "metrics"],
    ["run", "vr-gaming"],
  ];
  const { least, done } = inTurn(ROUNDS, [["-e", "0"], ...commands.map((words) => rtmm(...words))]);
  const [bare, ...measured] = least;
  const rows = commands.map((words, i) => {
    const { cpuS } = measured[i];
    return [`rtmm ${words.join(" ")}`, (cpuS * 1e3).toFixed(0), (cpuS / bare.cpuS).toFixed(2)];
  });
  const title = `start-up, least of ${done} (node -e 0: ${(bare.cpuS * 1e3).toFixed(0)} ms of CPU time)`;
  print(title, [["command", "CPU ms", "times `node -e 0`"], ...rows]);
}

/** XRBench's own grid: its seven scenarios on its 26 systems, from files to a finished sweep. */
export function filesToResults() {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-bench-"));
  const systems = builtIns("system").filter(({ name }) => /^(fda|sfda|hda)-/.test(name));
  const experiment = {
    name: "grid",
    scenarios: ["xrbench"],
    systems: systems.map(({ name }) => name),
    schedulers: ["edf"],
  };
  const file = join(folder, "grid.yaml");
  writeFileSync(file, JSON.stringify(experiment));
  // A sweep writes to a new folder only.
  const sweeps = ["1", "2"].map((jobs) => (round) => rtmm("sweep", file, "-o", join(folder, jobs + round), "-j", jobs));
  const { least, done } = inTurn(3, sweeps);
  const rows = least.map(({ cpuS, clockS }, i) => [`-j ${i + 1}`, cpuS, clockS]);
  rmSync(folder, { recursive: true });
  print(`seven scenarios x 26 systems, rtmm sweep, least of ${done}`, [["", "CPU s", "s"], ...rounded(rows, 2)]);
}

const LONG_QUEUE = { file: "bench/long-queue.yaml", system: "fda-1-ws-4k", load: 1.3, durationMs: 10700 };

/** 5000 requests at three loads, with all that a process does before and after. */
export async function requestProcesses() {
  const rows = [];
  for (const load of [0.3, 0.8, LONG_QUEUE.load]) {
    const rateScale = load / LONG_QUEUE.load;
    const durationMs = Math.round(LONG_QUEUE.durationMs / rateScale);
    const layers = await layersOf(rateScale, durationMs);
    const shared = [LONG_QUEUE.file, "-S", LONG_QUEUE.system, "--rate-scale", `${rateScale}`, "-p", "lateDrop=off"];
    const schedulers = ["fcfs", "edf", "prema", "dream-mapscore"];
    const words = schedulers.map((name) => rtmm("run", ...shared, "--duration-ms", `${durationMs}`, "-s", name));
    const { least, done } = inTurn(3, words);
    least.forEach(({ cpuS }, i) => {
      rows.push([schedulers[i], `${(load * 100).toFixed(0)} %`, done, layers, (layers / cpuS / 1e6).toFixed(2)]);
    });
  }
  const headings = ["scheduler", "load", "rounds", "layers", "M layers per CPU s"];
  print("5000 requests, whole processes, the least of the rounds", [headings, ...rows]);
}

/** Every scheduler runs all layers of the requests, sooner or later: counted for `fcfs`. */
async function layersOf(rateScale, durationMs) {
  const library = new Library(process.cwd());
  const request = {
    scenario: LONG_QUEUE.file,
    system: library.find("system", LONG_QUEUE.system),
    scheduler: "fcfs",
    parameters: { lateDrop: false },
    seed: 1,
    durationMs,
    warmupMs: 0,
    variation: { rateScale },
  };
  return runOnce(await prepare(request, new Workbench(library))).totals.layers;
}

export function longRunMemory() {
  const words = ["run", "vr-gaming", "--duration-ms", "3600000", "--format", "csv"];
  const { cpuS, peakMb } = measured(rtmm(...words));
  print("one hour of VR gaming", [
    ["command", "CPU s", "peak memory, MB"],
    [`rtmm ${words.join(" ")}`, cpuS.toFixed(1), peakMb.toFixed(0)],
  ]);
}

const rounded = (rows, digits) =>
  rows.map(([name, ...values]) => [name, ...values.map((each) => each.toFixed(digits))]);

/**
 * The least of each command, all of which run once in every round, and the number of rounds. A command that depends on the
 * round is a function of it.
 */
function inTurn(most, commands) {
  const least = commands.map(() => ({ cpuS: Infinity, clockS: Infinity }));
  let done = 0;
  for (const round of rounds(most)) {
    done = round + 1;
    for (const [i, words] of commands.entries()) {
      const { cpuS, clockS } = measured(typeof words === "function" ? words(round) : words);
      least[i] = { cpuS: Math.min(least[i].cpuS, cpuS), clockS: Math.min(least[i].clockS, clockS) };
    }
  }
  return { least, done };
}

function measured(words) {
  const start = process.hrtime.bigint();
  const all = ["--require", "./bench/cpu-time.cjs", ...words];
  const { status, stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${words.join(" ")} failed: ${stderr}`);
  const [, cpuUs, peakKb] = /\ncpu (\d+) peak (\d+)\n$/.exec(stderr).map(Number);
  return { cpuS: cpuUs / 1e6, clockS: Number(process.hrtime.bigint() - start) / 1e9, peakMb: peakKb / 1024 };
}
