/** `rtmm diff`: results and schedulers on one timeline, and requests that cannot be met. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunDiff } from "../../src/records/run-diff.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import { resultHash } from "../../src/run/run-result.ts";
import { call, folderWith, small } from "./call.ts";

const run = (cwd: string, out: string, ...more: string[]) =>
  call(["run", "small", "-S", "soc", "-o", out, ...more], { cwd });

async function withResults() {
  const cwd = folderWith(small);
  await run(cwd, "a", "-s", "fcfs", "--seed", "9");
  await run(cwd, "b", "-s", "edf", "--seed", "9");
  return cwd;
}

async function diffed(cwd: string, ...words: string[]): Promise<RunDiff> {
  const { stdout, stderr } = await call(["diff", ...words, "-f", "json"], { cwd });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as RunDiff;
}

describe("diff", () => {
  test("of two results is the diff of their schedulers in the same run", async () => {
    const cwd = await withResults();
    const files = await diffed(cwd, "a/result.json", "b/result.json");
    const mixed = await diffed(cwd, "a/result.json", "edf");
    const named = await diffed(cwd, "fcfs", "edf", "small", "-S", "soc", "--seed", "9");
    const plain = ({ a, b, ...rest }: RunDiff) => ({ ...rest, a: { ...a, label: "" }, b: { ...b, label: "" } });
    expect(plain(files)).toEqual(plain(named));
    expect(plain(mixed)).toEqual(plain(named));
    expect([files.a.label, mixed.b.label]).toEqual(["a/result.json", "edf"]);
    expect(files.a.seed).toBe(9);
  });

  test("says where they part and what that changes, metric by metric", async () => {
    const cwd = await withResults();
    const { parting, metrics, a, b } = await diffed(cwd, "a/result.json", "b/result.json");
    // At 0 camera and audio are released; fcfs takes camera, the first task, edf audio, which is due at 0.4 ms.
    expect(parting).toMatchObject({ after: 0, a: { task: "camera" }, b: { task: "audio" } });
    const results = ["a", "b"].map(
      (out) => JSON.parse(readFileSync(join(cwd, out, "result.json"), "utf8")) as RunResult,
    );
    expect([a.resultHash, b.resultHash]).toEqual(results.map((result) => result.resultHash));
    for (const each of metrics) {
      const [before, now] = results.map((result) => result.metrics[each.name] ?? null);
      expect([each.a, each.b]).toEqual([before, now]);
      if (before !== null && now !== null) expect(each.difference).toBe(now! - before!);
    }
  });

  test("shows the same in text and in Markdown", async () => {
    const cwd = folderWith(small);
    const words = ["diff", "fcfs", "edf", "small", "-S", "soc"];
    const { stdout, code } = await call(words, { cwd });
    expect(code).toBe(0);
    for (const line of [
      "They part at the first decision, at 0.000 ms:",
      "A at 0.000 runs camera#0, layer 0, on npu",
      "B at 0.000 runs audio#0, layer 0, on npu",
      "  >  camera#0      0.000",
      "  *   audio#0      0.000",
    ])
      expect(stdout).toContain(line);
    const { stdout: markdown } = await call([...words, "-f", "markdown"], { cwd });
    expect(markdown).toContain("### A fcfs and B edf, small");
    expect(markdown).toContain("**B** at 0.000 runs audio#0, layer 0, on npu");
  });

  test("of a run with itself finds nothing", async () => {
    const { parting, changedJobs, metrics } = await diffed(folderWith(small), "edf", "edf", "small", "-S", "soc");
    expect([parting, changedJobs]).toEqual([null, []]);
    expect(metrics.every(({ difference }) => difference === null || difference === 0)).toBe(true);
  });

  test("takes parameters of one side", async () => {
    const words = ["edf", "edf:granularity=model", "small", "-S", "soc"];
    const { a, b } = await diffed(folderWith(small), ...words);
    expect([a.scheduler.params.granularity, b.scheduler.params.granularity]).toEqual(["layer", "model"]);
  });

  test("refuses a result that its run does not repeat, with exit code 4", async () => {
    const cwd = await withResults();
    const path = join(cwd, "a/result.json");
    const result = JSON.parse(readFileSync(path, "utf8")) as RunResult;
    const other = { ...result, metrics: { ...result.metrics, energyMj: 1 } };
    writeFileSync(path, JSON.stringify({ ...other, resultHash: resultHash(other) }));
    const called = await call(["diff", "a/result.json", "b/result.json"], { cwd });
    expect(called).toMatchObject({ code: 4, stdout: "" });
    expect(called.stderr).toContain("a/result.json cannot be repeated");
    writeFileSync(path, readFileSync(path, "utf8").replace('"seed":9', '"seed":2'));
    expect(await call(["diff", "a/result.json", "edf"], { cwd })).toMatchObject({ code: 4, stdout: "" });
    expect(await call(["diff", "no.json", "edf"], { cwd })).toMatchObject({ code: 2, stdout: "" });
  });

  test.each([
    [["edf", "lf", "small", "-S", "soc"], 'unknown scheduler "lf"'],
    [["edf", "fcfs"], "name a scenario or suite"],
    [["edf", "fcfs", "smal", "-S", "soc"], 'unknown scenario or suite "smal"; did you mean "small"?'],
    [["edf", "fcfs", "xrbench"], "diff takes one scenario, not the 7 of xrbench"],
    [["a/result.json", "edf", "small"], "a/result.json says itself what was run; leave out small"],
    [["a/result.json", "edf", "--duration-ms", "3"], "leave out --duration-ms"],
    [["a/result.json", "b/result.json", "-p", "granularity=model"], "leave out -p"],
    [["a/result.json", "other/result.json"], "runs small and other/result.json runs vr-gaming"],
    [["bad.json", "edf"], "is not a result of rtmm run"],
    [["two.json", "edf"], "two.json has 2 results; diff takes files with one"],
    [["edf"], "missing required argument"],
  ])("refuses %j", async (words, message) => {
    const cwd = await withResults();
    await call(["run", "vr-gaming", "--duration-ms", "20", "-o", "other"], { cwd });
    writeFileSync(join(cwd, "bad.json"), "{}");
    const { stdout } = await call(["run", "vr-gaming", "ar-gaming", "--duration-ms", "20", "-f", "json"], { cwd });
    writeFileSync(join(cwd, "two.json"), stdout);
    const called = await call(["diff", ...words], { cwd });
    expect(called).toMatchObject({ code: 2, stdout: "" });
    expect(called.stderr).toContain(message);
  });
});
