/** `--verbose`: what was loaded from where, on stderr alone. */
import { expect, test } from "vitest";
import { call, folderWith, importing, small } from "./call.ts";

const config = "scenarios: [small]\nsystem: soc\nseed: 7\nparams: { granularity: model }\n";

async function verbose(words: readonly string[], cwd: string): Promise<readonly string[]> {
  const { stderr } = await call([...words, "--verbose"], { cwd });
  const lines = stderr.split("\n").filter((line) => line.startsWith("verbose: "));
  return lines.map((line) => line.replace("verbose: ", ""));
}

const about = (lines: readonly string[], topic: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${topic} `)).map((line) => line.slice(topic.length + 1));

test("says which file each name means, by which rule, and what was read", async () => {
  const cwd = folderWith({ ...small, "settings.yaml": config });
  const lines = await verbose(["run", "--config", "settings.yaml"], cwd);
  expect(about(lines, "found")).toEqual([
    'scenario "small": small.yaml (file beside settings.yaml)',
    'system "soc": soc.yaml (file beside settings.yaml)',
    'scheduler "edf" (comes with rtmm)',
  ]);
  const read = about(lines, "read");
  expect(read).toContain("a.yaml (YAML, 25 bytes, 2 lines)");
  expect(read).toContain("soc.csv (CSV, 75 bytes, 4 lines)");
  expect(read.map((line) => line.split(" ")[0]).sort()).toEqual([
    "a.yaml",
    "b.yaml",
    "c.yaml",
    "settings.yaml",
    "small.yaml",
    "soc.csv",
    "soc.yaml",
  ]);
});

test("says where settings are from, what was prepared, where it runs and how long that took", async () => {
  const cwd = folderWith({ ...small, "settings.yaml": config.replace("params: { granularity: model }\n", "") });
  const lines = await verbose(["run", "--config", "settings.yaml", "-s", "llf", "--warmup-ms", "1"], cwd);
  const settings = about(lines, "setting");
  expect(settings).toContain("seed = 7 (settings.yaml)");
  expect(settings).toContain('scheduler = "llf" (command line)');
  expect(settings).toContain("warmupMs = 1 (command line)");
  expect(settings).toContain("rateScale = 1 (default)");
  expect(about(lines, "scenario")).toEqual(["small: 4 tasks, 3 models, 4 ms, from 6 files"]);
  expect(about(lines, "system")).toEqual(["soc: 1 accelerator of 1 unit, costs by table"]);
  expect(about(lines, "scheduler")[0]).toMatch(/^llf: granularity=/);
  expect(about(lines, "executor")).toEqual(["this thread"]);
  expect(about(lines, "phase").map((line) => line.replace(/ \d+[.]\d{3} s$/, ""))).toEqual([
    "load",
    "work",
    "output",
    "total",
  ]);
});

test("names a policy's file and what it imports", async () => {
  const cwd = folderWith({ ...small, ...importing });
  const lines = await verbose(["run", "small", "-S", "soc", "-s", "./mine.js"], cwd);
  expect(about(lines, "found")).toContain('scheduler "mine.js": mine.js (path from the current folder)');
  expect(
    about(lines, "read")
      .filter((line) => line.includes("JavaScript"))
      .map((line) => line.split(" ")[0]),
  ).toEqual(["mine.js", "lib/pick.js"]);
});

test.each([
  [["run", "small", "-S", "soc"]],
  [["compare", "small", "-S", "soc", "--schedulers", "edf,llf", "--seeds", "2"]],
  [["explain", "small", "-S", "soc", "--worst"]],
  [["diff", "edf", "llf", "small", "-S", "soc"]],
  [["plot", "latency", "small", "-S", "soc", "-o", "-"]],
  [["validate", "small.yaml"]],
  [["list", "schedulers"]],
])("changes nothing of what %j prints, and says nothing without it", async (words) => {
  const cwd = folderWith(small);
  const [plain, told] = [await call(words, { cwd }), await call(["--verbose", ...words], { cwd })];
  expect(told.stdout).toBe(plain.stdout);
  expect(
    told.stderr
      .split("\n")
      .filter((line) => !line.startsWith("verbose: "))
      .join("\n"),
  ).toBe(plain.stderr);
  expect(told.stderr).toContain("verbose: phase total ");
});

test("shows no control character of a name", async () => {
  const { stderr } = await call(["run", "x\u001b[2Jy.yaml", "--verbose"], { cwd: folderWith(small) });
  expect(
    stderr
      .split("\n")
      .filter((line) => line.startsWith("verbose: found"))
      .join(""),
  ).not.toContain("\u001b");
});
