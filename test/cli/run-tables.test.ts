/** `rtmm run`: the tables that it prints, their width and their colour. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";
import { runSmall } from "./in-small.ts";

describe("what tables show", () => {
  const firstCells = (stdout: string): string[] =>
    stdout.split("\n").map((line) => (line.startsWith("  of ") ? line.trim() : line).split(/ {2,}/)[0]!.trim());

  test("the headline, with the utilisation of each accelerator where there are several", async () => {
    const { stdout } = await call(["run", "vr-gaming", "--duration-ms", "100"], { cwd: repository });
    expect(firstCells(stdout)).toEqual([
      "vr-gaming on hda-2-ws-os-4k: edf, seed 1, 100 ms",
      ...["", "task", "ht", "es", "ge", "", "metric"],
      ...["UXCost", "UXCost (guarded)", "SLA satisfaction", "Energy", "p99 response", "XRBench score"],
      ...["Utilisation", "of ws", "of os", ""],
    ]);
  });

  test("motion to photon and ages, where a task is a display and reads", async () => {
    const yaml = small["small.yaml"].replace("id: audio,", "id: audio, display: true, reads: [detect],");
    const { stdout } = await call(["run", "small", "-S", "soc"], { cwd: folderWith({ ...small, "small.yaml": yaml }) });
    expect(stdout).toContain("task   reads   times  empty  mean age ms");
    const cells = firstCells(stdout);
    expect(cells.slice(cells.indexOf("p99 response"), cells.indexOf("Utilisation"))).toEqual([
      "p99 response",
      "p99 motion-to-photon latency",
      "p99 reaction time",
      "p99 age of what is read",
      "XRBench score",
    ]);
  });

  test("the busiest accelerator alone where there are more than four, and none beside a single one", async () => {
    const busiest = await call(["run", "vr-gaming", "-S", "planaria-16", "--duration-ms", "100"], { cwd: repository });
    expect(firstCells(busiest.stdout).filter((cell) => cell.startsWith("of "))).toEqual([]);
    const soc =
      "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu, count: 5 }\n";
    const cwd = folderWith({ ...small, "soc.yaml": soc });
    const { stdout } = await call(["run", "small", "-S", "soc"], { cwd });
    expect(firstCells(stdout).filter((cell) => cell.startsWith("of "))).toEqual(["of npu0"]);
  });

  test("-m all: every metric that says something, and those of accelerators", async () => {
    const { stdout } = await runSmall("-m", "all");
    const cells = firstCells(stdout);
    expect(cells).toContain("Scheduler decisions");
    expect(cells).toContain("accelerator");
    // A count of 0 says nothing.
    expect(cells).not.toContain("Preemptions (kill)");
  });

  test("-m with names: those, in that order, also where one has no value", async () => {
    const { stdout } = await runSmall("-m", "kills,accuracyLoss,uxCost", "-f", "markdown");
    const rows = stdout.split("\n").filter((line) => /^\| (Preemptions \(kill\)|Accuracy loss|UXCost) \|/.test(line));
    expect(rows.map((row) => row.split(" | ").slice(0, 2))).toEqual([
      ["| Preemptions (kill)", "0"],
      ["| Accuracy loss", "-"],
      ["| UXCost", expect.any(String)],
    ]);
  });

  test("-m for several scenarios: a table each, then the overall score", async () => {
    const args = ["run", "ar-gaming", "vr-gaming", "--duration-ms", "100", "-m", "uxCost"];
    const { stdout } = await call(args, { cwd: repository });
    expect(firstCells(stdout).filter((cell) => cell === "UXCost")).toHaveLength(2);
    expect(stdout).toContain("Overall XRBench score: ");
  });

  test("an unknown metric is refused before anything runs", async () => {
    const { code, stdout, stderr } = await runSmall("-m", "uxCots");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('unknown metric "uxCots"; did you mean "uxCost"?');
  });
});

describe("tables fit 80 columns", () => {
  const scenarios = readdirSync(join(repository, "workloads/scenarios")).map((file) => file.replace(".yaml", ""));
  const tooWide = (text: string) => text.split("\n").filter((line) => line.length > 80);

  test.each([...scenarios, "xrbench"])("%s", async (scenario) => {
    const { code, stdout, stderr } = await call(["run", scenario, "-S", "sfda-4-ws-8k", "-s", "xrbench-latency"]);
    expect(code).toBe(0);
    expect(tooWide(stdout)).toEqual([]);
    expect(tooWide(stderr)).toEqual([]);
  });

  test("with the longest names", async () => {
    const long = "n".repeat(60);
    const cwd = folderWith({
      ...small,
      "small.yaml": `name: ${long}\ndurationMs: 4\ntasks:\n  - { id: ${long}, model: a.yaml, fps: 500 }\n`,
    });
    for (const names of [["small"], ["small", "vr-gaming"]]) {
      const system = names.length === 1 ? "soc" : "measured-xr-soc";
      const { stdout } = await call(["run", ...names, "-S", system], { cwd });
      expect(tooWide(stdout)).toEqual([]);
    }
  });
});

describe("colour", () => {
  const ansi = "\u001b[";
  const stdoutOf = async (env: Record<string, string>, terminal: boolean, ...more: string[]) =>
    (await call(["run", "vr-gaming", ...more], { env, terminal })).stdout;

  test("stands on a terminal only", async () => {
    expect(await stdoutOf({}, true)).toContain(ansi);
    expect(await stdoutOf({}, false)).not.toContain(ansi);
  });

  test("is never there with NO_COLOR", async () => {
    expect(await stdoutOf({ NO_COLOR: "1" }, true)).not.toContain(ansi);
    expect(await stdoutOf({ NO_COLOR: "1", FORCE_COLOR: "1" }, true)).not.toContain(ansi);
  });

  test("is forced by FORCE_COLOR, and both give way to --color", async () => {
    expect(await stdoutOf({ FORCE_COLOR: "1" }, false)).toContain(ansi);
    expect(await stdoutOf({ NO_COLOR: "1" }, false, "--color", "always")).toContain(ansi);
    expect(await stdoutOf({ FORCE_COLOR: "1" }, true, "--color", "never")).not.toContain(ansi);
  });
});
