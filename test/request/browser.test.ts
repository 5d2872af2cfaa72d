/** The browser entry, bundled, without Node: the same results as the command line's. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { MemoryRunRequest } from "../../src/browser.ts";
import type { Observer } from "../../src/core/events.ts";
import type { Scheduler } from "../../src/core/scheduler.ts";
import { call, folderWith, small } from "../cli/call.ts";
import { builtIns } from "../playground/built-ins.ts";
import { type BrowserEntry, bundled, inBrowser } from "./bundle.ts";

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

describe("what tells of a run says what the command line says", () => {
  const files = small;
  const request = { scenario: { yaml: small["small.yaml"] }, system: { yaml: small["soc.yaml"] }, files };

  test("explain, of a job and of the worst one", async () => {
    const cwd = folderWith(small);
    const told = async (words: readonly string[]) =>
      JSON.parse((await call(["explain", "small.yaml", "-S", "soc.yaml", ...words, "-f", "json"], { cwd })).stdout);
    const { resultHash, ...named } = await rtmm.explain({ ...request, task: "detect", job: 1 });
    expect(named).toEqual(withoutHash(await told(["--task", "detect", "--job", "1"])));
    expect(resultHash).toBe((await rtmm.run(request)).resultHash);
    const all = await rtmm.explain({ ...request, detail: "every decision", rescues: "left out" });
    expect(withoutHash(all)).toEqual(withoutHash(await told(["--worst", "--all", "--no-rescues"])));
    const late = { scenario: "ar-gaming", scheduler: "dream", task: "pd", builtIns };
    const { stdout } = await call(["explain", "ar-gaming", "-s", "dream", "--worst", "--task", "pd", "-f", "json"]);
    expect(await rtmm.explain(late)).toEqual(JSON.parse(stdout));
  });

  test("diff", async () => {
    const { stdout } = await call(["diff", "edf", "edf:granularity=model", "ar-gaming", "-f", "json"]);
    const b = { scheduler: "edf", params: { granularity: "model" } };
    expect(await rtmm.diff({ scenario: "ar-gaming", a: "edf", b, builtIns })).toEqual(JSON.parse(stdout));
  });

  test("trace, piece by piece", async () => {
    const cwd = folderWith({});
    for (const [format, file] of [["chrome", "t.json"] as const, ["perfetto", "t.pftrace"] as const]) {
      await call(["run", "vr-gaming", "--duration-ms", "100", "--trace", file], { cwd });
      const pieces: (string | Uint8Array)[] = [];
      const write = (piece: string | Uint8Array): void => void pieces.push(piece);
      const { metrics } = await rtmm.trace({ scenario: "vr-gaming", durationMs: 100, format, write, builtIns });
      expect(metrics.released).toBeGreaterThan(0);
      const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
      expect(bytes.equals(readFileSync(join(cwd, file)))).toBe(true);
    }
  });
});

/** In memory, files have other paths, which are part of the hash. */
const withoutHash = ({ resultHash: _, ...rest }: { readonly resultHash: string }): object => rest;

describe("timeline", () => {
  test("has the whole run, and its jobs", async () => {
    let segmentsNs = 0;
    const observer: Observer = {
      segmentEnded({ startNs, endNs }) {
        segmentsNs += endNs - startNs;
      },
    };
    const { result, timeline, jobs } = await rtmm.timeline({ scenario: "vr-gaming", observer, builtIns });
    expect(result.resultHash).toBe((await rtmm.run({ scenario: "vr-gaming", builtIns })).resultHash);
    expect(timeline.fromNs).toBe(0);
    expect(timeline.toNs).toBe(Math.max(1e9, ...jobs.map(({ completionNs, dropNs }) => completionNs ?? dropNs!)));
    expect(jobs).toHaveLength(result.metrics.released!);
    expect(timeline.tasks.map((task) => task.jobs).reduce((sum, each) => sum + each)).toBe(jobs.length);
    const busyNs = timeline.slices.map(({ startNs, endNs }) => endNs - startNs).reduce((sum, ns) => sum + ns);
    expect(busyNs).toBe(segmentsNs);
  });

  test("has a window, of which it tells an observer no less", async () => {
    let ended = 0;
    const observer = { jobCompleted: () => void ended++, jobDropped: () => void ended++ };
    const asked = { scenario: "vr-gaming", fromMs: 100, toMs: 150, observer, audit: "on" as const, builtIns };
    const { result, timeline, jobs } = await rtmm.timeline(asked);
    expect([timeline.fromNs, timeline.toNs, ended]).toEqual([100e6, 150e6, result.metrics.released]);
    expect(jobs.length).toBeLessThan(ended / 2);
    for (const task of timeline.tasks.keys())
      expect(jobs.filter(({ taskIndex }) => taskIndex === task)).toHaveLength(timeline.tasks[task]!.jobs);
    for (const { startNs, endNs } of timeline.slices) expect([startNs >= 100e6, endNs <= 150e6]).toEqual([true, true]);
  });
});

test("a diff takes two schedulers of one name, and files of its own for a side", async () => {
  const edf = rtmm.schedulers.find(({ name }) => name === "edf")!;
  const llf = rtmm.schedulers.find(({ name }) => name === "llf")!;
  const sides = { a: edf, b: { scheduler: { ...llf, name: "edf" }, label: "mine" } };
  const { a, b, parting } = await rtmm.diff({ scenario: "ar-gaming", ...sides, builtIns });
  expect([a.label, b.label, a.scheduler.name, b.scheduler.name]).toEqual(["edf", "mine", "edf", "edf"]);
  expect(parting).not.toBeNull();
  const { "small.yaml": yaml, "a.yaml": model, ...files } = small;
  const slower = { files: { "a.yaml": model } };
  const asked = { scenario: { yaml }, system: "soc", files, a: slower, b: slower };
  expect((await rtmm.diff(asked)).parting).toBeNull();
});

describe("a request that tells of a run and cannot be met says why", () => {
  test.each<[name: "diff" | "explain" | "timeline" | "trace", request: object, message: string]>([
    ["explain", { job: 3 }, 'job 3 of which task? Name it with "task"'],
    ["explain", { task: "ht", job: -1 }, "job must be a whole number from 0"],
    ["explain", { task: "hat" }, 'has no task "hat"; did you mean "ht"?'],
    ["explain", { task: "ht", job: 99999 }, 'task "ht" has no job 99999 in this run'],
    ["explain", { detail: "all" }, 'detail must be "grouped" or "every decision", got "all"'],
    ["explain", { rescues: false }, 'rescues must be "searched" or "left out", got false'],
    ["explain", { observer: {} }, 'unknown key "observer" in the request'],
    ["timeline", { fromMs: 5, toMs: 5 }, "fromMs 5 must be less than toMs 5"],
    ["timeline", { fromMs: 1e6 }, "fromMs 1000000 is not in the run: vr-gaming releases jobs for 1000 ms"],
    ["timeline", { toMs: "9" }, 'toMs must be a number of ms from 0 to 1000000000, got "9"'],
    ["trace", { format: "chrome" }, "write must be a function, got undefined"],
    ["trace", { write: () => 0 }, 'format must be "chrome" or "perfetto", got null'],
    ["diff", { a: "edf" }, 'the request needs "b"'],
    ["diff", { a: "edf", b: { schedule: "llf" } }, 'unknown key "schedule" in the request; did you mean "scheduler"?'],
    ["diff", { a: "edf", b: { scenario: "ar-gaming" } }, "a diff needs two runs of one scenario"],
  ])("%s %j", async (name, request, message) => {
    const all = { scenario: "vr-gaming", builtIns, ...request };
    await expect((rtmm[name] as (asked: object) => Promise<unknown>)(all)).rejects.toThrow(message);
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
