/** `rtmm baseline` as a user calls it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import { call } from "./call.ts";
import { check, folder, path, policy, read, save, saved } from "./gate.ts";

describe("rtmm baseline save", () => {
  test("writes a file that a check finds nothing wrong with", async () => {
    const cwd = await saved("-s", "edf,fcfs,./mine.js");
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining("nothing moved\n\ncheck: passed")]);
  });

  test("leaves a baseline of that name alone unless forced", async () => {
    const cwd = await saved();
    const before = readFileSync(join(cwd, path), "utf8");
    const { code, stderr } = await save(cwd, "-s", "fcfs");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--force")]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
    expect((await save(cwd, "-s", "fcfs", "--force")).code).toBe(0);
    expect(read(cwd).rows[0]!.scheduler).toBe("fcfs");
  });

  test("keeps what was varied", async () => {
    const cwd = await saved("--rate-scale", "2", "--set", "scenario.tasks.touch.deadlineMs=0.2");
    expect(read(cwd).variation).toEqual({ rateScale: 2, scenario: { "tasks.touch.deadlineMs": 0.2 } });
  });

  test.each([
    [["baseline"], 2, "missing required argument"],
    [["baseline", "sav"], 2, 'did you mean "save"'],
    [["baseline", "./gate.json"], 2, 'baseline has no action "./gate.json"; known: save, list, show'],
    [["baseline", "save"], 2, "needs a name"],
    [["baseline", "save", "gate"], 2, "name a scenario"],
    [["baseline", "save", "../gate", "./small.yaml"], 2, "a baseline's name"],
    [["baseline", "save", "gate", "./smal.yaml"], 2, "smal.yaml"],
    [["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml", "-s", "edff"], 2, 'did you mean "edf"'],
    [["baseline", "show"], 2, "takes the name"],
    [["baseline", "show", "gate"], 4, "there is no baseline"],
    [["baseline", "list", "gate"], 2, "takes no names"],
    [["baseline", "list", "-f", "xml"], 2, "unknown format"],
  ])("%j is refused", async (argv, code, text) => {
    const cwd = folder();
    const called = await call(argv as string[], { cwd });
    expect([called.code, called.stderr]).toEqual([code, expect.stringContaining(text)]);
    expect(existsSync(join(cwd, "results"))).toBe(false);
  });

  test("writes nothing where a policy fails", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stderr } = await save(cwd, "-s", "edf,./mine.js");
    expect([code, stderr]).toEqual([1, expect.stringContaining("nothing was written")]);
    expect(existsSync(join(cwd, path))).toBe(false);
  });

  test("is refused before anything is run where it cannot be written", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "results"), "");
    const { code, stderr } = await save(cwd);
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot write")]);
    expect(stderr).not.toContain("runs");
  });

  test("writes nothing when interrupted", async () => {
    const cwd = folder();
    const signal = AbortSignal.abort(new Interruption());
    const { code } = await call(["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml"], { cwd, signal });
    expect([code, existsSync(join(cwd, path))]).toEqual([130, false]);
  });
});

test("rtmm baseline list and show tell what there is", async () => {
  const cwd = await saved("-s", "edf,fcfs");
  const listed = await call(["baseline", "list"], { cwd });
  expect(listed.stdout).toMatch(/gate +2 +2 +soc +edf fcfs +small/);
  const shown = await call(["baseline", "show", "gate"], { cwd });
  expect(shown.stdout).toContain("edf: granularity=layer");
  expect(shown.stdout).toMatch(/small +fcfs/);
  expect((await call(["baseline", "show", path, "-f", "json"], { cwd })).stdout).toBe(
    readFileSync(join(cwd, path), "utf8"),
  );
  expect((await call(["baseline", "list"], { cwd: folder() })).code).toBe(0);
});
