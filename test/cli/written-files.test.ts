/** What rtmm writes fits the schemas that it is read by. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { compiledValidators } from "../../scripts/schema-compiler.js";
import type { SchemaName } from "../../src/input/schema-name.ts";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

const validators = compiledValidators();

function problemsOf(schema: SchemaName, value: unknown): readonly string[] {
  const validate = validators[schema];
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) =>
    [instancePath, keyword, JSON.stringify(params)].join(" "),
  );
}

const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), "utf8"));

test.each([
  ["a suite", ["xrbench"]],
  ["supernets and early exits", ["dream-ar-social", "-s", "dream"]],
  ["measured costs", ["vr-gaming", "-S", "measured-xr-soc"]],
  ["other values", ["vr-gaming", "--set", "system.accelerators[0].pes=4096", "--rate-scale", "ht=2"]],
  ["nothing to measure", ["vr-gaming", "--duration-ms", "1", "--warmup-ms", "0.5"]],
])("results of %s", async (_, words) => {
  const { stdout } = await call(["run", ...words, "-f", "json"]);
  const written = JSON.parse(stdout) as { readonly results?: readonly unknown[] };
  for (const result of written.results ?? [written]) expect(problemsOf("result", result)).toEqual([]);
});

test("results with phases", async () => {
  const phases = "phases:\n  - { name: rush, startMs: 2, tasks: { camera: { fps: 500 } } }\n";
  const cwd = folderWith({ ...small, "phased.yaml": `${small["small.yaml"]}${phases}` });
  const { stdout } = await call(["run", "phased.yaml", "-S", "soc", "-f", "json"], { cwd });
  expect(JSON.parse(stdout).phases).toHaveLength(2);
  expect(problemsOf("result", JSON.parse(stdout))).toEqual([]);
});

const baselines = join(repository, "results/baselines");

test.each(readdirSync(baselines))("baseline %s", (name) => {
  expect(problemsOf("baseline", json(baselines, name))).toEqual([]);
});

test("a baseline of own files", async () => {
  const cwd = folderWith(small);
  const { code } = await call(["baseline", "save", "own", "small", "-S", "soc", "-s", "edf", "--rate-scale", "2"], {
    cwd,
  });
  expect(code).toBe(0);
  expect(problemsOf("baseline", json(cwd, "results/baselines/own.json"))).toEqual([]);
});

test("a sweep's folder, with a precision and as a shard", async () => {
  const study = "name: s\nscenarios: [small]\nsystems: [soc]\nschedulers: [edf]\nseeds: 10\nprecision: 50%\n";
  const cwd = folderWith({ ...small, "s.yaml": study });
  const { code, stderr } = await call(["sweep", "s.yaml", "-j", "1", "--shard", "1/1", "-o", "out"], { cwd });
  expect([code, stderr]).toEqual([0, expect.anything()]);
  expect(problemsOf("sweep", json(cwd, "out/sweep.json"))).toEqual([]);
});

test("a configuration", async () => {
  const words = ["--set", "scenario.tasks.ht.fps=60", "--require", "slaSatisfaction>=0.5", "-o", "out"];
  const { stdout } = await call(["run", "vr-gaming", ...words, "--print-config"]);
  expect(problemsOf("config", parse(stdout))).toEqual([]);
});

test("a parameter file", async () => {
  const cwd = folderWith({});
  await call(["tune", "vr-gaming", "-s", "dream", "--steps", "1", "--duration-ms", "50", "-o", "p.yaml"], { cwd });
  expect(problemsOf("params", parse(readFileSync(join(cwd, "p.yaml"), "utf8")))).toEqual([]);
});
