/** `rtmm check` where it compares nothing, or not everything, and what it refuses before anything is run. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { alter, check, folder, path, policy, read, rewrite, saved } from "./gate.ts";

describe("a gate that compares nothing, or not everything, fails with 4", () => {
  test("where there is no baseline", async () => {
    expect(await check(folder())).toMatchObject({ code: 4, stdout: "" });
    expect((await check(folder(), "gate")).code).toBe(4);
    expect((await check(folder(), "results/gate.json")).code).toBe(4);
    const empty = folder();
    mkdirSync(join(empty, "results/baselines"), { recursive: true });
    expect((await check(empty)).code).toBe(4);
  });

  test.each([
    ["is empty", () => ""],
    ["has conflict markers", (text: string) => `<<<<<<< ours\n${text}`],
    ["is cut", (text: string) => text.slice(0, -200)],
    ["has a number edited by hand", (text: string) => text.replace(/"energyMj": \[/, '"energyMj": [1')],
    ["has a line taken out", (text: string) => text.replace(/\n *"energyMj": .*/, "")],
    ["has another schema version", (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
    ["is some other JSON", () => "[]"],
    ["is null", () => "null"],
    ["is binary", () => "\u0000"],
  ])("where a baseline %s", async (_, edit) => {
    const cwd = await saved();
    writeFileSync(join(cwd, path), edit(readFileSync(join(cwd, path), "utf8")));
    expect(await check(cwd)).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining(path) });
    expect((await check(cwd, "--update")).code).toBe(4);
  });

  test.each([
    ["has conflict markers", (text: string) => `<<<<<<< ours\n${text}`, /gate.json:1:1: not valid JSON: /],
    [
      "has a value of another kind",
      (text: string) => text.replace('"warmupMs": 0', '"warmupMs": "no"'),
      /gate.json:\d+:15: warmupMs must be a number, got "no"/,
    ],
  ])("with the place where a baseline %s", async (_, edit, message) => {
    const cwd = await saved();
    writeFileSync(join(cwd, path), edit(readFileSync(join(cwd, path), "utf8")));
    expect((await check(cwd)).stderr).toMatch(message);
  });

  test("where a baseline has no rows", async () => {
    const cwd = await saved();
    rewrite(cwd, { ...read(cwd), rows: [], cases: [] });
    expect((await check(cwd)).code).toBe(4);
  });

  test("where a scenario is gone", async () => {
    const cwd = await saved();
    rmSync(join(cwd, "small.yaml"));
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([4, expect.stringContaining("there is no file small.yaml")]);
    expect(stdout).not.toMatch(/parameter|no longer read/);
  });

  test("where a metric of it is unknown, until it is updated", async () => {
    const cwd = await saved();
    alter(cwd, "uxCots", [1, 1]);
    expect(await check(cwd)).toMatchObject({ code: 4, stdout: expect.stringContaining("uxCots") });
    expect((await check(cwd, "--update")).code).toBe(0);
    expect((await check(cwd)).code).toBe(0);
  });

  test("where a policy fails, and the others are still compared", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    alter(cwd, "energyMj", [1, 1]);
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([4, expect.stringContaining("small on soc: edf (code)")]);
    expect(stdout).toMatch(/unknown job \(small on soc:\s+mine\)/);
    expect(stdout).not.toContain("no longer read");
  });
});

test("rtmm check --update is refused before anything is run where a baseline cannot be written", async () => {
  const cwd = await saved();
  mkdirSync(join(cwd, `${path}.part`));
  const { code, stdout, stderr } = await check(cwd, "--update", "--junit", "check.xml");
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining("cannot write")]);
  expect(existsSync(join(cwd, "check.xml"))).toBe(false);
});

test.each([
  [["--tolerance", "uxCots=1%"], 'did you mean "uxCost"'],
  [["--tolerance", "uxCost"], "a tolerance must be metric=2%"],
  [["--tolerance", "tasks.camra.p99Ms=1"], 'did you mean "tasks.camera.p99Ms"'],
  [["--require", "uxCots<1"], "unknown metric"],
  [["--format", "xml"], "unknown format"],
  [["--fail-on", "better"], "Allowed choices are worse, change"],
  [["--junit", "nowhere/check.xml"], "its folder does not exist"],
  [["-j", "0"], "whole number"],
])("rtmm check %j is refused before anything is run", async (argv, text) => {
  const cwd = await saved();
  expect(await check(cwd, ...argv)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(text) });
});
