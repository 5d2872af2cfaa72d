/** `--estimate-error`, and the same in configurations, experiments and programs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { call, folderWith } from "./call.ts";

/** Two models of nearly equal length: wrong estimates decide which of them sjf takes first. */
const files = {
  "sc.yaml":
    "name: sc\ndurationMs: 100\ntasks:\n  - { id: a, model: { name: ma, layers: measured }, fps: 50 }\n  - { id: b, model: { name: mb, layers: measured }, fps: 50 }\n",
  "soc.yaml": "name: soc\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: npu }]\n",
  "t.csv": "model,accelerator,latencyMs,energyMj\nma,npu,5,1\nmb,npu,5.2,1\n",
  "config.yaml": "scenarios: sc.yaml\nsystem: soc.yaml\nscheduler: sjf\nestimateError: 0.5\n",
  "sweep.yaml":
    "name: s\nscenarios: [sc.yaml]\nsystems: [{ system: soc.yaml, set: { estimateError: [0, 0.5] } }]\nschedulers: [sjf]\nseeds: 8\n",
};
const sjf = ["run", "sc.yaml", "-S", "soc.yaml", "-s", "sjf"];
const json = async (cwd: string, args: readonly string[]) =>
  JSON.parse((await call([...args, "-f", "json"], { cwd })).stdout) as {
    resultHash: string;
    variation?: unknown;
    tasks: { meanResponseMs: number }[];
  };

/** Mean response of a by seed: 5 ms if it goes first, 10.2 if b does. */
const meansOfA = async (cwd: string, ...options: string[]): Promise<readonly number[]> => {
  const runs: number[] = [];
  for (let seed = 1; seed <= 8; seed++)
    runs.push((await json(cwd, [...sjf, "--seed", String(seed), ...options])).tasks[0]!.meanResponseMs);
  return runs;
};

describe("--estimate-error", () => {
  test("misleads a policy in some seeds, and takes no other time", async () => {
    const cwd = folderWith(files);
    expect(new Set(await meansOfA(cwd))).toEqual(new Set([5]));
    expect(new Set(await meansOfA(cwd, "--estimate-error", "50%"))).toEqual(new Set([5, 10.2]));
  });
  test("stands in the record, and is repeated by rerun", async () => {
    const cwd = folderWith(files);
    await call([...sjf, "--estimate-error", "50%", "-o", "out"], { cwd });
    const record = JSON.parse(readFileSync(join(cwd, "out/result.json"), "utf8"));
    const [result] = Array.isArray(record) ? record : (record.results ?? [record]);
    expect(result.variation).toEqual({ system: { estimateError: 0.5 } });
    const again = await call(["rerun", "out/result.json"], { cwd });
    expect(again.code).toBe(0);
  });
  test("is the same as the field of the system, the key of a configuration, and the option of a program", async () => {
    const cwd = folderWith(files);
    const { resultHash } = await json(cwd, [...sjf, "--estimate-error", "0.5"]);
    expect((await json(cwd, [...sjf, "--set", "system.estimateError=0.5"])).resultHash).toBe(resultHash);
    expect((await json(cwd, ["run", "--config", "config.yaml"])).resultHash).toBe(resultHash);
    const request = { scenario: "sc.yaml", system: "soc.yaml", scheduler: "sjf", estimateError: 0.5, cwd };
    expect((await run(request)).resultHash).toBe(resultHash);
  });
  test("is an axis of a sweep", async () => {
    const cwd = folderWith(files);
    const { stdout, code } = await call(["sweep", "sweep.yaml", "-o", "out", "-f", "csv", "-j", "1"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("estimateError");
  });
  test.each(["30", "-1%", "x", "101%"])("refuses %s", async (text) => {
    const { stderr, code } = await call([...sjf, `--estimate-error=${text}`], { cwd: folderWith(files) });
    expect(code).not.toBe(0);
    expect(stderr).toContain("an estimate error must be from 0 to 100%");
  });
});
