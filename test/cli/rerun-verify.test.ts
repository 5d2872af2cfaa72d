/** `rtmm rerun` and `rtmm verify`: the same result, or what is different. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunResult } from "../../src/records/run-result.ts";
import { resultHash } from "../../src/run/run-result.ts";
import { call, folderWith, importing, small } from "./call.ts";

async function ran(...more: string[]) {
  const cwd = folderWith({ ...small, ...importing });
  await call(["run", "small", "-S", "soc", "-o", "out", ...more], { cwd });
  return { cwd, rerun: () => call(["rerun", "out/result.json"], { cwd }), path: join(cwd, "out/result.json") };
}

describe("rerun", () => {
  test("of an untouched result says that it is the same", async () => {
    const { rerun } = await ran("--seed", "9", "-s", "llf", "-p", "granularity=model", "--duration-ms", "7");
    expect(await rerun()).toMatchObject({ code: 0, stdout: expect.stringContaining("small: same result") });
  });

  test("of another result lists the metrics that differ, with exit code 3", async () => {
    const { rerun, path } = await ran();
    const result = JSON.parse(readFileSync(path, "utf8")) as RunResult;
    const other = { ...result, metrics: { ...result.metrics, energyMj: 1 } };
    writeFileSync(path, JSON.stringify({ ...other, resultHash: resultHash(other) }));
    const { code, stdout } = await rerun();
    expect(code).toBe(3);
    expect(stdout).toMatch(/scenario +energyMj +1 +5[.]1/);
  });

  test("names an input that has moved on, with exit code 4", async () => {
    const { rerun, cwd } = await ran();
    writeFileSync(join(cwd, "soc.csv"), small["soc.csv"].replace("1.5", "1.4"));
    const { code, stdout, stderr } = await rerun();
    expect([code, stdout]).toEqual([4, ""]);
    expect(stderr).toContain("data soc.csv has changed");
    expect(stderr).not.toContain("soc.yaml");
  });

  test("names a file that a policy imports and that has moved on", async () => {
    const { rerun, cwd } = await ran("-s", "./mine.js");
    expect((await rerun()).code).toBe(0);
    writeFileSync(join(cwd, "lib/pick.js"), "export const pick = (list) => list.at(-1);\n");
    const { code, stderr } = await rerun();
    expect([code, stderr]).toEqual([4, expect.stringContaining("scheduler lib/pick.js has changed")]);
    expect(stderr).not.toContain("mine.js");
  });

  test("of a file that is not there is a wrong call, with exit code 2", async () => {
    const called = await call(["rerun", "no.json"], { cwd: folderWith({}) });
    expect(called).toEqual({ code: 2, stdout: "", stderr: "error: there is no file no.json\n" });
  });

  test("of a file that was edited or is of another schema compares nothing, with exit code 4", async () => {
    const { rerun, path } = await ran();
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"seed": 1', '"seed": 2'));
    expect(await rerun()).toMatchObject({ code: 4, stderr: expect.stringContaining("was changed after") });
    writeFileSync(path, text.replace('"schemaVersion": 1', '"schemaVersion": 2'));
    expect(await rerun()).toMatchObject({ code: 4, stderr: expect.stringContaining("schemaVersion 2") });
  });

  test("of a file that is no result any more names what is wrong, with its place", async () => {
    const { rerun, path } = await ran();
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"seed": 1', '"seed": "one"').replace('"warnings"', '"warning"'));
    const { code, stderr } = await rerun();
    expect(code).toBe(2);
    expect(stderr).toMatch(/result.json:\d+:11: seed must be a whole number, got "one"/);
    expect(stderr).toMatch(/result.json:\d+:3: unknown key "warning" in the file; did you mean "warnings"\?/);
  });

  test.each(["{", "[]", "null", '{"schemaVersion": 1}'])("of %s, which is no result, has exit code 2", async (text) => {
    const cwd = folderWith({ "result.json": text });
    expect(await call(["rerun", "result.json"], { cwd })).toMatchObject({ code: 2, stdout: "" });
  });

  test("repeats each of several results", async () => {
    const { stdout } = await call(["run", "vr-gaming", "ar-gaming", "-f", "json"]);
    const cwd = folderWith({ "results.json": stdout });
    const again = await call(["rerun", "results.json"], { cwd });
    expect(again.code).toBe(0);
    expect(again.stdout.match(/same result/g)).toHaveLength(2);
  });
});

describe("verify", () => {
  test("shows one hash here and in workers", async () => {
    const { code, stdout } = await call(["verify", "vr-gaming", "--repeat", "2", "--jobs", "1,2"]);
    expect(code).toBe(0);
    const rows = stdout.trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => row.split(/ {2,}/).at(-1))).size).toBe(1);
  });

  test("fails where a policy is not a function of its view", async () => {
    const cwd = folderWith({
      ...small,
      "moody.mjs": `let runs = 0;
export default {
  name: "moody", summary: "", source: "", parameters: [],
  create: () => ({ lateDrop: ++runs % 2 === 0, decide: (v, d) => d.run(v.readyJobs.first, v.idleAccelerators[0]) }),
};
`,
    });
    const argv = ["verify", "small", "-S", "soc", "-s", "./moody.mjs", "--repeat", "2", "--jobs", "1"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 3, stdout: expect.stringContaining("differs") });
  });
});
