/**
 * `node bench/reproduce.js [rounds] [papers…]`: how much faster `rtmm reproduce` is with two threads. Two processes with one
 * thread each, at the same time, do twice the work: their rate is the most that the machine allows.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "./table.js";

const [rounds = "1", ...given] = process.argv.slice(2);
const papers = given.length > 0 ? given : ["all"];
const report =
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); console.error("cpu", user + system); })';

/** Wall-clock and CPU seconds of one call, and the folder with its results. */
async function reproduced(jobs) {
  const folder = mkdtempSync(join(tmpdir(), "rtmm-bench-"));
  const preload = `data:text/javascript,${encodeURIComponent(report)}`;
  const words = ["--import", preload, "bin/rtmm.js", "reproduce", ...papers, "-j", String(jobs), "-o", folder];
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`rtmm reproduce failed: ${stderr}`);
  // Threads load the module above, too: the last line is that of the process, whose figure is of all its threads.
  const cpu =
    Number(
      stderr
        .match(/cpu (\d+)/g)
        .at(-1)
        .slice(4),
    ) / 1e6;
  return { clock: Number(process.hrtime.bigint() - start) / 1e9, cpu, folder };
}

async function inTwoProcesses() {
  const both = await Promise.all([reproduced(1), reproduced(1)]);
  return { clock: Math.max(...both.map(({ clock }) => clock)) / 2, cpu: (both[0].cpu + both[1].cpu) / 2 };
}

const contentOf = (folder) => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

for (let round = 1; round <= Number(rounds); round++) {
  const load = loadavg()[0].toFixed(1);
  const [one, two, processes] = [await reproduced(1), await reproduced(2), await inTwoProcesses()];
  const isSame = JSON.stringify(contentOf(one.folder)) === JSON.stringify(contentOf(two.folder));
  const row = (name, { clock, cpu }) => [name, clock.toFixed(1), cpu.toFixed(1), (one.clock / clock).toFixed(2)];
  print(`rtmm reproduce ${papers.join(" ")}, load before ${load}, ${isSame ? "same bytes" : "OTHER BYTES"}`, [
    ["where", "s", "CPU s", "times the rate of one"],
    row("-j 1", one),
    row("-j 2", two),
    row("two processes with -j 1, for one of them", processes),
  ]);
}
