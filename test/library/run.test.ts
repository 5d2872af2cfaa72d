/** Runs as a program asks for them, against the command line's. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SchedulerError } from "../../src/core/errors.ts";
import type { Observer } from "../../src/core/events.ts";
import {
  diff,
  explain,
  loadModel,
  loadScenario,
  loadSuite,
  loadSystem,
  type NodeRunRequest,
  run,
  timeline,
  trace,
} from "../../src/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { AuditError } from "../../src/run/audit/audit-error.ts";
import { defineScheduler } from "../../src/schedulers/define-scheduler.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { call, folderWith, small } from "../cli/call.ts";

async function hashOf(words: readonly string[], cwd?: string): Promise<string> {
  const { stdout } = await call(["run", ...words, "-f", "json"], cwd === undefined ? {} : { cwd });
  return (JSON.parse(stdout) as { resultHash: string }).resultHash;
}

/** The oldest job first, on the first idle accelerator. */
const oldestFirst = defineScheduler({
  name: "oldest-first",
  summary: "the oldest job first",
  source: "this test",
  parameters: { layers: { kind: "number", summary: "at once", default: 1, min: 1 } },
  create: (_platform, { layers }) => ({
    lateDrop: true,
    decide: (view, decisions) => decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layers }),
  }),
});

describe("run", () => {
  test("has the defaults of the command line", async () => {
    const { resultHash, scheduler, system, seed } = await run({ scenario: "vr-gaming" });
    expect([scheduler.name, system, seed]).toEqual(["edf", "hda-2-ws-os-4k", 1]);
    expect(resultHash).toBe(await hashOf(["vr-gaming"]));
  });

  test("takes files by path and everything that can be set", async () => {
    const cwd = folderWith(small);
    const request = { params: { granularity: "model" }, seed: 3, durationMs: 20, warmupMs: 2, rateScale: 2 };
    const set = { "scenario.tasks.audio.deadlineMs": 0.6 };
    const result = await run({ scenario: "./small.yaml", system: "soc", scheduler: "llf", ...request, set, cwd });
    const words = ["-s", "llf", "-p", "granularity=model", "--seed", "3", "--duration-ms", "20", "--warmup-ms", "2"];
    const varied = ["--rate-scale", "2", "--set", "scenario.tasks.audio.deadlineMs=0.6"];
    expect(result.resultHash).toBe(await hashOf(["small.yaml", "-S", "soc", ...words, ...varied], cwd));
  });

  test("takes files in memory, which hide those on the disk", async () => {
    const { "soc.yaml": system, ...onDisk } = small;
    const cwd = folderWith({ ...onDisk, "soc.csv": "broken" });
    const files = { "soc.csv": small["soc.csv"], "extra/a.yaml": small["a.yaml"] };
    const scenario = { yaml: small["small.yaml"].replace("model: a.yaml", "model: extra/a.yaml") };
    const { resultHash, inputs } = await run({ scenario, system: { yaml: system }, files, cwd });
    expect(resultHash).toBe(await hashOf(["small.yaml", "-S", "soc.yaml"], folderWith(small)));
    expect(inputs.map(({ path }) => path)).toEqual([
      "(scenario).yaml",
      ...["extra/a.yaml", "b.yaml", "c.yaml", "(system).yaml", "soc.csv"],
    ]);
  });

  test("takes a scheduler itself", async () => {
    const own = await run({ scenario: "vr-gaming", scheduler: oldestFirst, params: { layers: 2 } });
    expect(own.scheduler).toEqual({ name: "oldest-first", params: { layers: 2 } });
    const edf = schedulers.find(({ name }) => name === "edf")!;
    expect((await run({ scenario: "vr-gaming", scheduler: edf })).resultHash).toBe(await hashOf(["vr-gaming"]));
  });

  test("takes a scheduler that has the name of a built-in one", async () => {
    const { scheduler, metrics } = await run({ scenario: "vr-gaming", scheduler: { ...oldestFirst, name: "edf" } });
    expect(scheduler.params).toEqual({ layers: 1 });
    expect(metrics).toEqual((await run({ scenario: "vr-gaming", scheduler: oldestFirst })).metrics);
  });

  test("tells an observer what happens, and audits", async () => {
    const told = { jobs: 0, segments: 0 };
    const observer: Observer = {
      jobCompleted: () => void told.jobs++,
      jobDropped: () => void told.jobs++,
      segmentEnded: () => void told.segments++,
    };
    const { metrics } = await run({ scenario: "vr-gaming", observer, audit: "on" });
    expect(told.jobs).toBe(metrics.released);
    expect(told.segments).toBeGreaterThan(told.jobs);
    expect(new AuditError(["a", "b"])).toMatchObject({ message: "the audit found: a; b", findings: ["a", "b"] });
  });

  test("tells of warnings about files", async () => {
    const warnings: Problem[] = [];
    const system = {
      yaml: small["soc.yaml"].replace("costs: table", "contention: on\nmemory: { bandwidthGBs: 1 }\ncosts: table"),
    };
    await run({ scenario: "small", system, cwd: folderWith(small), warn: (problem) => warnings.push(problem) });
    expect(warnings.map(({ severity, file, line, code }) => [severity, file, line, code])).toEqual([
      ["warning", "(system).yaml", 2, "NO_EFFECT"],
    ]);
  });
});

describe("trace, explain and diff with files of this machine", () => {
  test("write and tell what the command line does", async () => {
    const cwd = folderWith(small);
    const request = { scenario: "small", system: "soc", cwd };
    await call(["run", "small", "-S", "soc", "--trace", "cli.json.gz"], { cwd });
    const { resultHash } = await trace({ ...request, file: "own.json.gz" });
    expect(resultHash).toBe(await hashOf(["small", "-S", "soc"], cwd));
    expect(readFileSync(join(cwd, "own.json.gz")).equals(readFileSync(join(cwd, "cli.json.gz")))).toBe(true);
    const json = async (words: readonly string[]) => JSON.parse((await call([...words, "-f", "json"], { cwd })).stdout);
    expect(await explain(request)).toEqual(await json(["explain", "small", "-S", "soc", "--worst"]));
    expect(await diff({ ...request, a: "edf", b: "fcfs" })).toEqual(
      await json(["diff", "edf", "fcfs", "small", "-S", "soc"]),
    );
    expect((await timeline(request)).result.resultHash).toBe(resultHash);
  });

  test("a trace that fails leaves no file, and an older one as it was", async () => {
    const cwd = folderWith({ ...small, "old.json": "old" });
    const failing = {
      ...oldestFirst,
      name: "failing",
      create: () => ({ lateDrop: true, decide: () => JSON.parse("{") }),
    };
    const request = { scenario: "small", system: "soc", scheduler: failing, cwd };
    await expect(trace({ ...request, file: "old.json" })).rejects.toThrow(SchedulerError);
    expect([readFileSync(join(cwd, "old.json"), "utf8"), existsSync(join(cwd, "old.json.part"))]).toEqual([
      "old",
      false,
    ]);
    await expect(trace({ ...request, file: "old.txt" })).rejects.toThrow("its name must end in one of .json");
    await expect(trace({ ...request, file: 3 as unknown as string })).rejects.toThrow("file must be a path, got 3");
  });
});

describe("what goes wrong is thrown", () => {
  test.each<[unknown, string]>([
    [undefined, "a request must be an object, got undefined"],
    ["vr-gaming", 'a request must be an object, got "vr-gaming"'],
    [{}, 'the request needs "scenario"'],
    [{ scenario: 3 }, "a scenario must be a name, a path or { yaml: text }, got number"],
    [{ scenario: "vr-gamin" }, 'unknown scenario "vr-gamin"; did you mean "vr-gaming"?'],
    [{ scenario: "xrbench" }, '"xrbench" is a suite'],
    [{ scenario: "vr-gaming", durationMS: 3 }, 'unknown key "durationMS" in the request; did you mean "durationMs"?'],
    [{ scenario: "vr-gaming", seed: 1.5 }, "seed must be a whole number, got 1.5"],
    [{ scenario: "vr-gaming", warmupMs: -1 }, "warmupMs must be 0 or more, got -1"],
    [{ scenario: "vr-gaming", set: { pes: 1 } }, "write a place like system.accelerators[0].pes"],
    [{ scenario: "vr-gaming", scheduler: "edff" }, 'unknown scheduler "edff"; did you mean "edf"?'],
    [{ scenario: "vr-gaming", scheduler: { name: "x" } }, 'the scheduler lacks "create"'],
    [{ scenario: { yaml: "name: x", path: "x" } }, 'the path of a scenario in memory needs a / or an ending, got "x"'],
    [{ scenario: "vr-gaming", audit: true }, 'audit must be "on" or "off", got true'],
    [
      { scenario: "vr-gaming", observer: { jobComplete: () => 0 } },
      'no event "jobComplete"; did you mean "jobCompleted"?',
    ],
    [{ scenario: "vr-gaming", params: { granul: 1 } }, 'scheduler "edf" has no parameter "granul"'],
  ])("as a RequestError: %j", async (request, message) => {
    const failed = run(request as NodeRunRequest);
    await expect(failed).rejects.toThrow(RequestError);
    await expect(failed).rejects.toThrow(message);
  });

  test("as an InputError with places: a file", async () => {
    const failed = run({ scenario: { yaml: "name: x\ndurationMs: -1\ntasks: []\n", path: "mine.yaml" } });
    await expect(failed).rejects.toThrow(InputError);
    await expect(failed).rejects.toThrow("mine.yaml:2:13: durationMs must be greater than 0, got -1");
  });

  test("as a SchedulerError: a policy that throws or breaks the contract", async () => {
    const broken = (decide: () => void) => ({ ...oldestFirst, create: () => ({ lateDrop: true, decide }) });
    const thrown = new Error("oops");
    const threw = run({
      scenario: "vr-gaming",
      scheduler: broken(() => {
        throw thrown;
      }),
    });
    await expect(threw).rejects.toThrow(SchedulerError);
    await expect(threw).rejects.toMatchObject({
      message: expect.stringContaining('policy "oldest-first"'),
      cause: thrown,
    });
    await expect(run({ scenario: "vr-gaming", scheduler: broken(() => undefined) })).rejects.toThrow(SchedulerError);
  });
});

test("files are loaded by name, path or text", () => {
  const cwd = folderWith(small);
  expect(loadScenario("vr-gaming").durationNs).toBe(1e9);
  expect(loadScenario("small", { cwd }).tasks.map(({ id }) => id)).toEqual(["camera", "detect", "audio", "touch"]);
  expect(loadSystem({ yaml: small["soc.yaml"] }, { cwd }).accelerators.map(({ id }) => id)).toEqual(["npu"]);
  expect(loadModel({ yaml: "name: m\nlayers: measured\n" }).name).toBe("m");
  expect(loadSuite("xrbench").scenarios).toHaveLength(7);
  expect(() => loadModel("ritnett")).toThrow('unknown model "ritnett"; did you mean "ritnet"?');
});
