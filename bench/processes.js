/** Measurements of whole processes: start-up time and peak memory. */
import { spawnSync } from "node:child_process";
import { print, shortestSeconds } from "./table.js";

const ROUNDS = 9;

export function startUp() {
  const bare = shortestSeconds(ROUNDS, () => node(["-e", "0"]));
  const rows = [["command", "ms", "times `node -e 0`"]];
  for (const words of [["--version"], ["--help"], ["list", "metrics"], ["run", "vr-gaming"]]) {
    const seconds = shortestSeconds(ROUNDS, () => node(["bin/rtmm.js", ...words]));
    rows.push([`rtmm ${words.join(" ")}`, (seconds * 1e3).toFixed(0), (seconds / bare).toFixed(2)]);
  }
  print(`start-up (node -e 0: ${(bare * 1e3).toFixed(0)} ms), shortest of ${ROUNDS}`, rows);
}

export function longRunMemory() {
  const words = ["run", "vr-gaming", "--duration-ms", "3600000", "--format", "csv"];
  const report = 'process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))';
  const start = process.hrtime.bigint();
  const { stderr } = node(["--import", `data:text/javascript,${encodeURIComponent(report)}`, "bin/rtmm.js", ...words]);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peakMb = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  print("one hour of VR gaming", [
    ["command", "s", "peak memory, MB"],
    [`rtmm ${words.join(" ")}`, seconds.toFixed(1), peakMb.toFixed(0)],
  ]);
}

function node(words) {
  const result = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`node ${words.join(" ")} failed: ${result.stderr}`);
  return result;
}
