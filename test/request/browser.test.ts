/** The browser entry, bundled, without Node: the same results as the command line's. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { MemoryRunRequest } from "../../src/browser.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { call, folderWith, small } from "../cli/call.ts";
import { repository } from "../repository.ts";
import { type BrowserEntry, bundled, inBrowser } from "./bundle.ts";

const folders = ["hardware", "workloads/models", "workloads/scenarios", "workloads/suites"];
const builtIns = Object.fromEntries(
  folders.flatMap((folder) =>
    readdirSync(join(repository, folder)).map((file) => [
      `${folder}/${file}`,
      readFileSync(join(repository, folder, file), "utf8"),
    ]),
  ),
);

let bundle: Awaited<ReturnType<typeof bundled>>;
let rtmm: BrowserEntry;
let evaluate: (code: string) => unknown;

beforeAll(async () => {
  bundle = await bundled();
  ({ rtmm, evaluate } = inBrowser(bundle.code));
});

test("the bundle imports nothing, and has no module of Node's in it", () => {
  expect(bundle.imports).toEqual([]);
  expect(bundle.code).not.toMatch(/["']node:/);
  expect(evaluate("[typeof process, typeof Buffer, typeof require, typeof setImmediate]")).toEqual(
    Array.from({ length: 4 }, () => "undefined"),
  );
});

describe("a run has the result of the command line", () => {
  test.each<[request: MemoryRunRequest, words: readonly string[]]>([
    [{ scenario: "vr-gaming" }, ["vr-gaming"]],
    [
      { scenario: "ar-gaming", system: "sfda-4-ws-8k", scheduler: "dream", seed: 7, warmupMs: 100 },
      ["ar-gaming", "-S", "sfda-4-ws-8k", "-s", "dream", "--seed", "7", "--warmup-ms", "100"],
    ],
    [
      { scenario: "vr-gaming", system: "measured-xr-soc", scheduler: "edf", params: { granularity: "model" } },
      ["vr-gaming", "-S", "measured-xr-soc", "-p", "granularity=model"],
    ],
    [
      { scenario: "prema-multi-tenant", system: "prema-npu", scheduler: "prema", seed: 3 },
      ["prema-multi-tenant", "-S", "prema-npu", "-s", "prema", "--seed", "3"],
    ],
    [
      { scenario: "dream-ar-social", system: "dream-3-ws-os-os-4k", scheduler: "dream", rateScale: { depth: 2 } },
      ["dream-ar-social", "-S", "dream-3-ws-os-os-4k", "-s", "dream", "--rate-scale", "depth=2"],
    ],
    [
      { scenario: "vr-gaming", system: "planaria-16", scheduler: "planaria", set: { "scenario.tasks.ht.fps": 30 } },
      ["vr-gaming", "-S", "planaria-16", "-s", "planaria", "--set", "scenario.tasks.ht.fps=30"],
    ],
  ])("%j", async (request, words) => {
    const { stdout, stderr } = await call(["run", ...words, "-f", "json"]);
    expect(stderr).not.toContain("error");
    const { resultHash, metrics } = JSON.parse(stdout);
    const result = await rtmm.run({ ...request, builtIns });
    expect(result.resultHash).toBe(resultHash);
    expect(result.metrics).toEqual(metrics);
  });

  test("for own files and a policy, all from strings", async () => {
    const policy = `{
      name: "last-first", summary: "", source: "", parameters: [],
      create: () => ({
        lateDrop: false,
        decide: (view, decisions) => decisions.run(view.readyJobs.at(view.readyJobs.length - 1), view.idleAccelerators[0]),
      }),
    }`;
    const cwd = folderWith({ ...small, "policy.mjs": `export default ${policy}` });
    const words = ["run", "small.yaml", "-S", "soc.yaml", "-s", "./policy.mjs", "-f", "json"];
    const { resultHash } = JSON.parse((await call(words, { cwd })).stdout);
    const { "small.yaml": scenario, "soc.yaml": system, ...files } = small;
    const scheduler = evaluate(`(${policy})`) as Scheduler;
    const result = await rtmm.run({ scenario: { yaml: scenario }, system: { yaml: system }, scheduler, files });
    expect(result.resultHash).toBe(resultHash);
  });
});

describe("a request that cannot be met says why", () => {
  test.each<[object, string]>([
    [{ scenario: "vr-gamin" }, 'unknown scenario "vr-gamin"; did you mean "vr-gaming"?'],
    [{ scenario: "mine.yaml" }, "there is no file mine.yaml"],
    [{ scenario: "vr-gaming", scheduler: "./mine.js" }, "in memory a scheduler is given itself"],
    [{ scenario: "xrbench" }, '"xrbench" is a suite'],
    [{ scenario: "vr-gaming", cwd: "/" }, 'unknown key "cwd" in the request'],
  ])("%j", async (request, message) => {
    await expect(rtmm.run({ ...(request as MemoryRunRequest), builtIns })).rejects.toThrow(message);
  });
});

test("files are found beside the file that names them, and then among the built-ins", () => {
  const files = {
    "deep/scenario.yaml": "name: s\ndurationMs: 10\ntasks:\n  - { id: a, model: ../models/a.yaml, fps: 100 }\n",
    "models/a.yaml": small["a.yaml"],
  };
  const { tasks } = rtmm.loadScenario("./deep/scenario.yaml", { files });
  expect(tasks.map(({ model }) => model.name)).toEqual(["a"]);
  expect(rtmm.loadModel("ritnet", { builtIns }).name).toBe("ritnet");
  expect(rtmm.loadSuite("xrbench", { builtIns }).scenarios[6]).toBe("built-in:/workloads/scenarios/vr-gaming.yaml");
  expect(rtmm.loadSystem({ yaml: small["soc.yaml"] }, { files: small }).accelerators[0]!.id).toBe("npu");
});

test("results are rendered in every format", async () => {
  const result = await rtmm.run({ scenario: "vr-gaming", builtIns });
  const texts = rtmm.formats.map((format) => format.render([result], { color: "never" }));
  const { stdout } = await call(["run", "vr-gaming", "-f", "csv"]);
  expect(texts[rtmm.formats.findIndex(({ name }) => name === "csv")]).toBe(stdout);
});
