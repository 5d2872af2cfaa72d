/** Many runs at once: the overhead of worker threads, and how well they share the cores. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { InlineExecutor } from "../dist/executors/inline-executor.js";
import { ThreadExecutor } from "../dist/executors/threads/thread-executor.js";
import { Library } from "../dist/files/library.js";
import { Workbench } from "../dist/run/workbench.js";
import { print, rounds } from "./table.js";

const ROUNDS = 3;
const SEEDS = 10;
const cwd = process.cwd();
const library = new Library(cwd);

/** Points of VR gaming with `edf`. A case has SEEDS points, and each case has another bandwidth. */
function sourceOf(count, durationMs) {
  return {
    count,
    caseSize: SEEDS,
    request: (index) => ({
      scenario: library.find("scenario", "vr-gaming"),
      system: library.find("system", "hda-2-ws-os-4k"),
      scheduler: "edf",
      parameters: {},
      seed: 1 + (index % SEEDS),
      durationMs,
      warmupMs: 0,
      variation: { system: { "memory.bandwidthGBs": 64 + Math.floor(index / SEEDS) } },
    }),
  };
}

function inThisThread(source) {
  return secondsOf(new InlineExecutor(new Workbench(new Library(cwd))), source);
}

async function inThreads(jobs, source) {
  const executor = new ThreadExecutor(jobs, { cwd });
  // A first run starts the threads, because the comparison excludes that; `startUp` measures it.
  await executor.run(sourceOf(4 * SEEDS, 50), ignore);
  const seconds = await secondsOf(executor, source);
  await executor.close();
  return seconds;
}

const ignore = () => undefined;

/** Wall-clock seconds, and CPU seconds of all threads. The latter are valid on a busy machine too. */
async function secondsOf(executor, source) {
  const start = process.hrtime.bigint();
  const before = process.cpuUsage();
  await executor.run(source, ignore);
  const { user, system } = process.cpuUsage(before);
  return { clock: Number(process.hrtime.bigint() - start) / 1e9, cpu: (user + system) / 1e6 };
}

/**
 * Two processes that share nothing, with half of the points each: the most that the machine allows. They run this file.
 */
async function inTwoProcesses(count, durationMs) {
  const children = [0, 1].map(() =>
    spawn(process.execPath, [fileURLToPath(import.meta.url), String(count / 2), String(durationMs)]),
  );
  const outputs = await Promise.all(
    children.map(async (child) => {
      let text = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      await once(child, "close");
      return JSON.parse(text);
    }),
  );
  return { clock: Math.max(...outputs.map(({ clock }) => clock)), cpu: outputs[0].cpu + outputs[1].cpu };
}

/** The shortest of the rounds of each measurement, and how many there were. They alternate, so that all meet the same noise. */
async function shortest(measurements) {
  const best = measurements.map(() => ({ clock: Infinity, cpu: Infinity }));
  let done = 0;
  for (const round of rounds(ROUNDS)) {
    done = round + 1;
    for (const [i, measured] of measurements.entries()) {
      const { clock, cpu } = await measured();
      best[i] = { clock: Math.min(best[i].clock, clock), cpu: Math.min(best[i].cpu, cpu) };
    }
  }
  return { best, done };
}

/** Start of the threads, and their first points, which load files and compute costs. */
async function startUp() {
  const rows = [["threads", "rounds", "ms", "CPU ms"]];
  for (const jobs of [1, 2]) {
    const executors = [];
    const started = () => {
      const run = (...given) => {
        executors.push(new ThreadExecutor(jobs, { cwd }));
        return executors.at(-1).run(...given);
      };
      return secondsOf({ run }, sourceOf(jobs, 1));
    };
    const { best, done } = await shortest([started]);
    const [{ clock, cpu }] = best;
    for (const each of executors) await each.close();
    rows.push([jobs, done, (clock * 1e3).toFixed(0), (cpu * 1e3).toFixed(0)]);
  }
  print(`start of worker threads and their first points, the shortest of the rounds`, rows);
}

export async function manyPoints() {
  await startUp();
  for (const [count, durationMs] of [
    [60, 15_000],
    [150, 6_000],
    [1000, 300],
  ]) {
    const source = sourceOf(count, durationMs);
    const { best, done } = await shortest([
      () => inThisThread(source),
      () => inThreads(1, source),
      () => inThreads(2, source),
      () => inTwoProcesses(count, durationMs),
    ]);
    const [here, one, two, processes] = best;
    const row = (name, { clock, cpu }) => [
      name,
      (count / clock).toFixed(1),
      (one.clock / clock).toFixed(2),
      ((cpu * 1e3) / count).toFixed(2),
    ];
    print(`${count} points of VR gaming, ${durationMs / 1000} s each, ${SEEDS} seeds per case, shortest of ${done}`, [
      ["where", "points/s", "times one thread", "CPU ms per point"],
      row("this thread", here),
      row("one worker thread", one),
      row("two worker threads", two),
      row("two processes, half each", processes),
    ]);
  }
  await memory();
}

async function memory() {
  const executor = new ThreadExecutor(2, { cwd });
  const rows = [["points", "memory of the process, MB"]];
  for (const count of [2000, 4000, 8000]) {
    await executor.run(sourceOf(count, 100), ignore);
    rows.push([count, (process.memoryUsage.rss() / 2 ** 20).toFixed(0)]);
  }
  await executor.close();
  print("memory after many more points in two threads", rows);
}

// With arguments, one of the two processes above. Without, the whole measurement.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, durationMs] = process.argv.slice(2).map(Number);
  if (count === undefined) await manyPoints();
  else {
    await inThisThread(sourceOf(4 * SEEDS, 50));
    console.log(JSON.stringify(await inThisThread(sourceOf(count, durationMs))));
  }
}
