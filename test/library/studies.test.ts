/** Comparisons and sweeps as a program asks for them, against the command line's. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type BoundRequest,
  bound,
  type CompareRequest,
  compare,
  type OptimumRequest,
  optimum,
  type SweepRequest,
  sweep,
} from "../../src/index.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { comparisonFormats } from "../../src/output/comparison/index.ts";
import { sweepFormats } from "../../src/output/sweep/index.ts";
import { ranked } from "../../src/schedulers/ranked.ts";
import { call, folderWith, small } from "../cli/call.ts";

afterEach(() => void vi.unstubAllEnvs());

const newestFirst = ranked({
  name: "newest-first",
  summary: "the newest job first",
  source: "this test",
  granularity: "layer",
  rank: (job) => -job.releaseNs,
});

const noisy = {
  ...small,
  "noisy.yaml": `${small["small.yaml"].replace("name: small", "name: noisy")}  - { id: net, model: c.yaml, arrival: { kind: poisson, ratePerS: 300 }, deadlineMs: 2 }\n`,
};

async function printed(words: readonly string[], cwd: string): Promise<unknown> {
  const { code, stdout, stderr } = await call([...words, "-f", "json"], { cwd });
  expect([code, stderr]).toEqual([0, expect.anything()]);
  return JSON.parse(stdout);
}

describe("compare", () => {
  const cwd = folderWith(noisy);

  test.each<[request: Partial<CompareRequest>, words: readonly string[]]>([
    [{}, []],
    [
      { schedulers: ["edf", "edf:granularity=model"], seeds: 3, metrics: ["energyMj", "p99Ms"] },
      ["-s", "edf,edf:granularity=model", "--seeds", "3", "-m", "energyMj,p99Ms"],
    ],
    [
      { schedulers: [{ scheduler: "edf", params: { granularity: "model" } }, "llf"], baseline: "llf" },
      ["-s", "edf:granularity=model,llf", "-b", "llf"],
    ],
    [
      { schedulers: ["edf", "llf"], params: { placement: "edp" }, durationMs: 20, warmupMs: 1, jobs: 2 },
      ["-s", "edf,llf", "-p", "placement=edp", "--duration-ms", "20", "--warmup-ms", "1"],
    ],
    [
      { schedulers: ["edf", "llf"], precision: 0.5, maxSeeds: 12, metrics: ["p99Ms"], rateScale: 1.5 },
      ["-s", "edf,llf", "--precision", "50%", "--max-seeds", "12", "-m", "p99Ms", "--rate-scale", "1.5"],
    ],
  ])("%j is the record of the command line", async (request, words) => {
    const comparison = await compare({ scenarios: ["small", "noisy"], systems: "soc", cwd, ...request });
    const other = (await printed(["compare", "small", "noisy", "-S", "soc", ...words], cwd)) as typeof comparison;
    const { warnings, ...rest } = comparison;
    const { warnings: inCli, ...restInCli } = other;
    expect(rest).toEqual(restInCli);
    expect(warnings.filter((text) => !text.startsWith("without "))).toEqual(inCli);
  });

  test("takes schedulers and files in memory", async () => {
    const { "noisy.yaml": yaml, ...files } = noisy;
    const schedulers = ["edf", newestFirst, { scheduler: newestFirst, params: { granularity: "model" } }];
    const comparison = await compare({ scenarios: { yaml }, systems: "soc", schedulers, files, seeds: [3, 4] });
    expect(comparison.schedulers.map(({ label }) => label)).toEqual([
      "edf",
      ...["newest-first", "newest-first:granularity=model"],
    ]);
    expect(comparison.seeds).toEqual([3, 4]);
    expect(comparisonFormats[0]!.render(comparison, { color: "never" })).toContain("newest-first");
  });

  test("gives threads the files in memory", async () => {
    const { "noisy.yaml": yaml, ...files } = noisy;
    const request = { scenarios: { yaml }, systems: "soc", schedulers: ["edf", "llf"], files };
    expect(await compare({ ...request, jobs: 2 })).toEqual(await compare({ ...request, jobs: 1 }));
  });

  test.each<[request: object, message: string]>([
    [{ scenarios: undefined }, 'the request needs "scenarios"'],
    [{ scenarios: [] }, "name a scenario or suite"],
    [{ metrics: ["uxCots"] }, 'unknown metric "uxCots"; did you mean "uxCost"?'],
    [{ schedulers: "edf" }, 'schedulers must be a list, got "edf"'],
    [{ metrics: "uxCost" }, 'metrics must be a list, got "uxCost"'],
    [{ seeds: 0 }, "seeds must be a whole number from 1 to 1000, got 0"],
    [{ seeds: [1, -1] }, "a seed must be a whole number from 0 to 4294967295, got -1"],
    [{ jobs: 1.5 }, "jobs must be a whole number from 1 to 1024, got 1.5"],
    [{ schedulers: [newestFirst], jobs: 2 }, 'scheduler "newest-first" is in memory'],
    [{ schedulers: [newestFirst, { ...newestFirst }] }, 'two schedulers are called "newest-first"'],
    [{ precision: 0 }, "precision must be a share above 0, got 0"],
    [{ precision: 0.1, seeds: 3 }, "with a precision, seeds must be from 10 to maxSeeds (100), got 3"],
    [{ sheduler: "edf" }, 'unknown key "sheduler" in the request; did you mean "schedulers"?'],
  ])("refuses %j", async (request, message) => {
    const failed = compare({ scenarios: "small", systems: "soc", cwd, ...request } as CompareRequest);
    await expect(failed).rejects.toThrow(RequestError);
    await expect(failed).rejects.toThrow(message);
  });

  test("stops where the signal says so", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(compare({ scenarios: "small", systems: "soc", cwd, signal })).rejects.toThrow("enough");
  });
});

describe("sweep", () => {
  const yaml = `name: study
scenarios: [small, noisy]
systems: [soc]
schedulers: [edf, { scheduler: llf, params: { granularity: [layer, model] } }]
seeds: 3
`;

  test("is the report and the files of the command line", async () => {
    const cwd = folderWith({ ...noisy, "study.yaml": yaml });
    const inCli = await printed(["sweep", "study.yaml", "-j", "1", "-o", "cli"], cwd);
    const ended: number[][] = [];
    const pointEnded = (...counts: number[]): void => void ended.push(counts);
    const report = await sweep({ experiment: "study.yaml", cwd, out: "own", jobs: 1, pointEnded });
    expect(report).toEqual(inCli);
    expect(ended).toEqual(Array.from({ length: 18 }, (_, at) => [at + 1, 18]));
    for (const file of ["sweep.json", "points.jsonl", "summary.csv"])
      expect(readFileSync(join(cwd, "own", file), "utf8")).toBe(readFileSync(join(cwd, "cli", file), "utf8"));
    expect(sweepFormats[0]!.render(report, { color: "never" })).toContain("study");
  });

  test("leaves no folder behind unless it is asked for one", async () => {
    const cwd = folderWith(noisy);
    const temporary = folderWith({});
    vi.stubEnv("TMPDIR", temporary);
    const experiment = { yaml, path: "in-memory.yaml" };
    const whileRunning = new Set<number>();
    const pointEnded = (): void => void whileRunning.add(readdirSync(temporary).length);
    const { points, groups } = await sweep({ experiment, cwd, metrics: ["energyMj"], mostGroups: 2, pointEnded });
    expect([points, groups.length, Object.keys(groups[0]!.metrics)]).toEqual([18, 2, ["energyMj"]]);
    expect([[...whileRunning], readdirSync(temporary)]).toEqual([[1], []]);
    expect(existsSync(join(cwd, "study-sweep"))).toBe(false);
  });

  test("takes schedulers in memory by their names", async () => {
    const experiment = { yaml: yaml.replace("[edf,", "[newest-first,") };
    const { failed, groups } = await sweep({ experiment, schedulers: [newestFirst], cwd: folderWith(noisy) });
    expect(failed).toBe(0);
    expect(groups.map(({ coordinates }) => coordinates.scheduler)).toContain("newest-first");
  });

  test("goes on with a sweep that was stopped, and refuses to without being asked", async () => {
    const request: SweepRequest = {
      experiment: "study.yaml",
      cwd: folderWith({ ...noisy, "study.yaml": yaml }),
      out: "o",
    };
    const stop = new AbortController();
    const pointEnded = (ended: number): void => {
      if (ended === 5) stop.abort(new Error("enough"));
    };
    const first = sweep({ ...request, jobs: 1, signal: stop.signal, pointEnded });
    await expect(first).rejects.toThrow("enough");
    await expect(sweep(request)).rejects.toThrow("already holds a sweep");
    const ended: number[] = [];
    const resumed = { ...request, present: "resume" as const, pointEnded: (count: number) => void ended.push(count) };
    expect((await sweep(resumed)).points).toBe(18);
    expect(ended[0]).toBe(6);
  });

  test("counts points that fail", async () => {
    const experiment = { yaml: yaml.replace("systems: [soc]", "systems: [{ system: soc, set: { name: [a, 5] } }]") };
    const { points, failed } = await sweep({ experiment, cwd: folderWith(noisy) });
    expect([points, failed]).toEqual([36, 18]);
  });

  test.each<[request: object, message: string]>([
    [{}, 'the request needs "experiment"'],
    [
      { experiment: "load-and-scheduler" },
      'unknown experiment "load-and-scheduler"; did you mean "load-and-schedulers"?',
    ],
    [{ experiment: "load-and-schedulers", pareto: ["released"] }, "released"],
    [{ experiment: "load-and-schedulers", output: "x" }, 'unknown key "output" in the request'],
  ])("refuses %j", async (request, message) => {
    await expect(sweep(request as SweepRequest)).rejects.toThrow(message);
  });
});

describe("bound", () => {
  const cwd = folderWith(small);

  test("returns what the command prints", async () => {
    const found = await bound({ scenarios: ["small.yaml"], systems: "soc.yaml", seeds: 2, rateScale: 1.5, cwd });
    const words = ["bound", "small.yaml", "-S", "soc.yaml", "--seeds", "2", "--rate-scale", "1.5"];
    expect(found).toEqual(await printed(words, cwd));
  });

  test.each<[object, string]>([
    [{ seeds: 0 }, "seeds"],
    [{ durationMs: -1 }, "durationMs"],
    [{ scheduler: "edf" }, "scheduler"],
    [{ scenarios: undefined }, "scenarios"],
  ])("refuses %j", async (wrong, message) => {
    await expect(bound({ scenarios: "small.yaml", cwd, ...wrong } as BoundRequest)).rejects.toThrow(message);
  });
});

describe("optimum", () => {
  const cwd = folderWith(small);
  const asked = { scenario: "small.yaml", system: "soc.yaml", schedulers: ["fcfs"], cwd };
  const words = ["optimum", "small.yaml", "-S", "soc.yaml", "-s", "fcfs"];

  test.each<[request: Partial<OptimumRequest>, words: readonly string[]]>([
    [{}, []],
    [
      { metric: "deadlineViolationRate", granularity: "layer", drops: "never", states: 300, seed: 2 },
      ["-m", "deadlineViolationRate", "--granularity", "layer", "--no-drops", "--states", "300", "--seed", "2"],
    ],
  ])("%j returns what the command prints", async (request, more) => {
    expect(await optimum({ ...asked, ...request })).toEqual(await printed([...words, ...more], cwd));
  });

  test.each<[object, string]>([
    [{ granularity: "frame" }, "granularity"],
    [{ states: 0 }, "states"],
    [{ drops: "perhaps" }, "drops"],
    [{ jobs: 2 }, "jobs"],
    [{ metric: "released" }, "neither direction of released is better"],
  ])("refuses %j", async (wrong, message) => {
    await expect(optimum({ ...asked, ...wrong } as OptimumRequest)).rejects.toThrow(message);
  });

  test("ends with what it has when its signal is aborted", async () => {
    const { ended } = await optimum({
      scenario: "ar-gaming",
      durationMs: 30,
      granularity: "layer",
      signal: AbortSignal.abort(),
    });
    expect(ended).toBe("interrupted");
  });
});
