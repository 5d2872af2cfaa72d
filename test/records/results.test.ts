/** Runs: results, their hash, and what is loaded once. */
import { expect, test } from "vitest";
import { listenToEnds } from "../../src/core/events.ts";
import { Library } from "../../src/files/library.ts";
import { differences } from "../../src/records/differences.ts";
import { prepare } from "../../src/run/prepare.ts";
import { runOnce } from "../../src/run/run-once.ts";
import { resultHash } from "../../src/run/run-result.ts";
import type { RunRequest } from "../../src/run/run-setup.ts";
import { mergedSettings } from "../../src/run/settings.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { folderWith, small } from "../cli/call.ts";

const request: RunRequest = {
  scenario: "small.yaml",
  system: "soc.yaml",
  scheduler: "edf",
  parameters: {},
  seed: 1,
  durationMs: undefined,
  warmupMs: 0,
};

const setUp = (changes: Partial<RunRequest> = {}) =>
  prepare({ ...request, ...changes }, new Workbench(new Library(folderWith(small))));

test("running a setup again gives the same result", async () => {
  const setup = await setUp();
  expect(runOnce(setup).result).toEqual(runOnce(setup).result);
});

test("the hash depends on the seed, but not on the folder, the version or the inputs", async () => {
  const { result } = runOnce(await setUp());
  expect(runOnce(await setUp()).result.resultHash).toBe(result.resultHash);
  expect(runOnce(await setUp({ seed: 2 })).result.resultHash).not.toBe(result.resultHash);
  expect(resultHash({ ...result, rtmmVersion: "9.9.9", inputs: [], warnings: ["w"] })).toBe(result.resultHash);
  expect(resultHash({ ...result, metrics: Object.fromEntries(Object.entries(result.metrics).reverse()) })).toBe(
    result.resultHash,
  );
});

test("a difference has its scope, its metric and both values", async () => {
  const { result: edf } = runOnce(await setUp());
  const { result: fcfs } = runOnce(await setUp({ parameters: { lateDrop: false } }));
  const found = differences(edf, fcfs);
  expect(found).toContainEqual({ scope: "task touch", metric: "dropped", before: "1", now: "0" });
  expect(differences(edf, edf)).toEqual([]);
});

test("scenarios of one workbench share their models, and each lists all its files as inputs", async () => {
  const cwd = folderWith({ ...small, "other.yaml": small["small.yaml"].replace("name: small", "name: other") });
  const workbench = new Workbench(new Library(cwd));
  const first = workbench.scenario("small.yaml");
  const second = workbench.scenario("other.yaml");
  expect(second.value.tasks[0]!.model).toBe(first.value.tasks[0]!.model);
  expect(second.inputs.map(({ path }) => path)).toEqual(["other.yaml", "a.yaml", "b.yaml", "c.yaml"]);
  expect(workbench.scenario("small.yaml")).toBe(first);
});

test("a further observer sees every job, and every segment if it asks for them", async () => {
  const setup = await setUp();
  let jobs = 0;
  let segments = 0;
  const observer = {
    ...listenToEnds(() => {
      jobs += 1;
    }),
    segmentEnded: () => {
      segments += 1;
    },
  };
  runOnce(setup, { observer });
  expect([jobs, segments]).toEqual([6, 5]);
});

test("a table without energies gives a warning", async () => {
  const files = { ...small, "soc.csv": "model,accelerator,latencyMs\na,npu,1\nb,npu,1.5\nc,npu,0.3\n" };
  const setup = await prepare(request, new Workbench(new Library(folderWith(files))));
  expect(runOnce(setup).result.warnings[0]).toContain("the costs of accelerator npu have no energy for a, b, c;");
});

test("later settings replace earlier ones, and another scheduler drops the earlier parameters", () => {
  const merged = mergedSettings(
    { scheduler: "edf", params: { lateDrop: true }, seed: 2 },
    { params: { granularity: "model" }, seed: 3 },
  );
  expect(merged).toMatchObject({ params: { lateDrop: true, granularity: "model" }, seed: 3, warmupMs: 0 });
  expect(mergedSettings(merged, { scheduler: "rr", params: { a: 1 } }).params).toEqual({ a: 1 });
  expect(mergedSettings(merged, { scheduler: "edf", params: {} }).params).toEqual(merged.params);
});
