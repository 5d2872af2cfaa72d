/** Signals to rtmm as a process: what was finished is kept, and the exit code names the signal. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Capacity } from "../../src/records/capacity.ts";
import type { Comparison } from "../../src/records/comparison.ts";
import { repository } from "../repository.ts";
import { folderWith, small } from "./call.ts";

const files = {
  ...small,
  "slow.mjs": `export default {
  name: "slow", summary: "s", source: "mine", parameters: [],
  create: () => {
    for (const end = performance.now() + 50; performance.now() < end; );
    return { lateDrop: false, decide(view, decisions) { decisions.run(view.readyJobs.first, view.idleAccelerators[0]); } };
  },
};
`,
  "study.yaml":
    "name: study\nscenarios: [small.yaml]\nsystems: [soc.yaml]\nschedulers: [./slow.mjs]\nseeds: {from: 1, count: 2000}\n",
};

const linesOf = (path: string): number => (existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0);

/** Of a sweep that gets the signals once it has kept some points. */
async function sweepStoppedBy(...signals: readonly NodeJS.Signals[]) {
  const cwd = folderWith(files);
  const points = join(cwd, "out/points.jsonl");
  const command = [join(repository, "bin/rtmm.js"), "sweep", "study.yaml", "-o", "out", "-j", "1"];
  const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  const stderr = textFrom(child.stderr);
  const ended = once(child, "close");
  while (linesOf(points) < 2 && child.exitCode === null) await delay(20);
  for (const signal of signals) child.kill(signal);
  const [code, killedBy] = await ended;
  return { code, killedBy, stderr: stderr(), kept: linesOf(points), isLocked: existsSync(join(cwd, "out/sweep.lock")) };
}

test.skipIf(process.platform === "win32").each([
  [["SIGINT"], 130, "interrupted"],
  [["SIGTERM"], 143, "interrupted by SIGTERM"],
  [["SIGHUP"], "SIGHUP", "interrupted by SIGHUP"],
  // As systemd sends them, and batch systems that signal a process and its group.
  [["SIGTERM", "SIGHUP"], 143, "interrupted by SIGTERM"],
  [["SIGTERM", "SIGTERM"], 143, "interrupted by SIGTERM"],
] as const)(
  "a sweep that gets %j keeps its points, gives its folder free and ends with %s",
  async (signals, code, text) => {
    const stopped = await sweepStoppedBy(...signals);
    expect(stopped.isLocked).toBe(false);
    // Of two pending signals, the system delivers either first.
    expect(signals.length === 1 ? [code] : [143, "SIGHUP"]).toContain(stopped.code ?? stopped.killedBy);
    expect(stopped.stderr).toContain(`${stopped.kept} of 2000 points are saved in out; continue with --resume`);
    if (signals.length === 1) expect(stopped.stderr).toMatch(new RegExp(`\n${text}\n$`));
  },
  30_000,
);

/** What has come from a stream so far. */
function textFrom(stream: Readable): () => string {
  let all = "";
  stream.on("data", (text) => {
    all += text;
  });
  return () => all;
}

/** Of a command with a slow policy, which gets the signal once each of its threads has begun several runs. */
async function stoppedBy(signal: NodeJS.Signals, argv: readonly string[], threads: number) {
  const begin = "create: () => {\n    process.stderr.write('begun in ' + threadId + '\\n');";
  const noisy = `import { threadId } from "node:worker_threads";\n${files["slow.mjs"].replace("create: () => {", begin)}`;
  const command = [join(repository, "bin/rtmm.js"), ...argv];
  const cwd = folderWith({ ...files, "slow.mjs": noisy });
  const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const written = { stdout: textFrom(child.stdout), stderr: textFrom(child.stderr) };
  const ended = once(child, "close");
  while (busyThreads(written.stderr()) < threads && child.exitCode === null) await delay(20);
  child.kill(signal);
  const [code] = await ended;
  return { code, stdout: written.stdout(), stderr: written.stderr() };
}

/** Threads that have begun at least four runs. */
function busyThreads(stderr: string): number {
  const runs = new Map<string, number>();
  for (const [, thread] of stderr.matchAll(/begun in (\d+)/g)) runs.set(thread!, (runs.get(thread!) ?? 0) + 1);
  return [...runs.values()].filter((count) => count >= 4).length;
}

const slow = ["small", "-S", "soc", "-s", "./slow.mjs", "--seeds", "400", "-f", "json"];

describe.skipIf(process.platform === "win32").each([
  ["SIGINT", 130, "1"],
  ["SIGINT", 130, "2"],
  ["SIGTERM", 143, "1"],
  ["SIGTERM", 143, "2"],
] as const)("%s", (signal, expectedCode, jobs) => {
  test(`leaves a comparison its whole seeds, with -j ${jobs}`, async () => {
    const argv = ["compare", ...slow, "-b", "fcfs", "-m", "uxCost", "-j", jobs];
    const { code, stdout, stderr } = await stoppedBy(signal, argv, Number(jobs));
    expect(code).toBe(expectedCode);
    const { seeds, runs }: Comparison = JSON.parse(stdout);
    expect(seeds).toEqual(Array.from({ length: seeds.length }, (_, i) => i + 1));
    expect(runs).toHaveLength(2 * seeds.length);
    expect(stderr).toContain(`not finished: compared ${seeds.length} of 400 seeds in 1 case`);
  }, 30_000);
});

test.skipIf(process.platform === "win32")(
  "Ctrl-C leaves a search the capacity that it has come to, here and in threads",
  async () => {
    const argv = ["capacity", "small", "-S", "soc", "-s", "edf,./slow.mjs", "-f", "json", "-j", "2"];
    const { code, stdout } = await stoppedBy("SIGINT", argv, 1);
    expect(code).toBe(130);
    const { cases }: Capacity = JSON.parse(stdout);
    expect(cases[0]!.answers.map(({ verdict }) => verdict)).toContain("interrupted");
  },
  30_000,
);

test("a policy that ends the process does not get its exit code for rtmm's", async () => {
  const cwd = folderWith({
    ...files,
    "slow.mjs": files["slow.mjs"].replace("create: () => {", "create: () => {\n    process.exit(0);"),
  });
  const command = [join(repository, "bin/rtmm.js"), "run", "small", "-S", "soc", "-s", "./slow.mjs"];
  const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  const stderr = textFrom(child.stderr);
  const [code] = await once(child, "close");
  expect([code, stderr()]).toEqual([1, expect.stringContaining("for example by process.exit() in a policy")]);
}, 30_000);

test.skipIf(process.platform === "win32")(
  "a run whose policy never returns ends at once by SIGTERM",
  async () => {
    const forever = files["slow.mjs"].replace("return {", "for (;;); return {");
    const cwd = folderWith({ ...files, "slow.mjs": `process.stderr.write("begins\\n");\n${forever}` });
    const command = [join(repository, "bin/rtmm.js"), "run", "small", "-S", "soc", "-s", "./slow.mjs"];
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    await once(child.stderr, "data");
    const ended = once(child, "exit");
    await delay(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  },
  30_000,
);

test.skipIf(process.platform === "win32")(
  "what is said after Ctrl-C is not lost where the policy was writing",
  async () => {
    const writing = files["slow.mjs"].replace(
      "create: () => {",
      "create: () => {\n    for (;;) process.stderr.write('.');",
    );
    const cwd = folderWith({ ...files, "slow.mjs": writing });
    const command = [join(repository, "bin/rtmm.js"), "run", "small", "-S", "soc", "-s", "./slow.mjs"];
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    const stderr = textFrom(child.stderr);
    const ended = once(child, "close");
    while (stderr() === "") await delay(20);
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(stderr().replaceAll(".", "")).toBe("interrupted\n");
  },
  30_000,
);
