/** `rtmm compare`: the schedulers that it takes, their parameters, and what refuses a system. */
import { describe, expect, test } from "vitest";
import { InlineExecutor } from "../../src/executors/inline-executor.ts";
import { Library } from "../../src/files/library.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { planComparison } from "../../src/studies/compare/plan.ts";
import { runComparison } from "../../src/studies/compare/run-comparison.ts";
import type { CompareSettings } from "../../src/studies/compare/settings.ts";
import { call, folderWith } from "./call.ts";
import { compareIn, json, random, schedulers } from "./compared.ts";

describe("schedulers", () => {
  const labels = async (...argv: string[]) => (await json("small", "--seeds", "1", ...argv)).schedulers;

  test("are all built-in ones by default, ratios being to fcfs", async () => {
    const comparison = await json("small", "--seeds", "1", "-m", "uxCost");
    expect(comparison.schedulers.length).toBeGreaterThan(9);
    expect(comparison.baseline).toBe("fcfs");
  });

  test("may be one scheduler with several parameters", async () => {
    expect(await labels("--schedulers", "edf,edf:granularity=model+placement=edp")).toMatchObject([
      { label: "edf", params: { granularity: "layer" } },
      { label: "edf:granularity=model+placement=edp", params: { granularity: "model", placement: "edp" } },
    ]);
  });

  test("take parameters by name, or all that have one", async () => {
    const given = await labels(...schedulers, "-p", "edf:granularity=2", "-p", "placement=edp");
    expect(given.map(({ params }) => [params.granularity, params.placement])).toEqual([
      ["model", "edp"],
      ["2", "edp"],
      ["layer", "edp"],
    ]);
  });

  test("take a parameter file as --params, or as a scheduler of its own", async () => {
    const cwd = folderWith({ ...random, "tuned.yaml": "scheduler: edf\nparams: { granularity: model }\n" });
    const argv = ["small", "--seeds", "1", "-f", "json"];
    const asFile = await compareIn(cwd, ...argv, "--schedulers", "edf,llf", "--params", "tuned.yaml");
    expect(JSON.parse(asFile.stdout).schedulers).toMatchObject([
      { label: "edf", params: { granularity: "model" } },
      { label: "llf", params: { granularity: "layer" } },
    ]);
    const asEntry = await compareIn(cwd, ...argv, "--schedulers", "edf,tuned.yaml");
    expect(JSON.parse(asEntry.stdout).schedulers).toMatchObject([
      { label: "edf", params: { granularity: "layer" } },
      { label: "edf (tuned.yaml)", name: "edf", params: { granularity: "model" } },
    ]);
  });

  test("get the baseline added in front where it is not among them", async () => {
    const comparison = await json("small", "--schedulers", "edf", "--baseline", "rr", "--seeds", "1");
    expect(comparison.schedulers.map(({ label }) => label)).toEqual(["rr", "edf"]);
    expect(comparison.baseline).toBe("rr");
  });
});

describe("a scheduler that refuses the system", () => {
  const ranWith = async (presence: "asked" | "default") => {
    const refusing = `export default {
  name: "edf", summary: "", source: "", parameters: [],
  create: () => { throw new RangeError("needs fissionable accelerators"); },
};
`;
    const workbench = new Workbench(new Library(folderWith({ ...random, "refusing.mjs": refusing })));
    const plan = await planComparison({ ...settings, schedulers: ["fcfs", "edf", "llf"] }, workbench);
    const schedulers = plan.schedulers.map((scheduler) =>
      scheduler.label === "edf" ? { ...scheduler, presence, scheduler: "./refusing.mjs" } : scheduler,
    );
    const executor = new InlineExecutor(workbench);
    const { signal } = new AbortController();
    return runComparison({ ...plan, schedulers, baseline: schedulers[0]! }, { executor, signal });
  };

  test("stays away where nobody asked for it, and the rest is compared", async () => {
    const ran = await ranWith("default");
    expect(ran.absent).toEqual([{ label: "edf", reason: expect.stringContaining("needs fissionable accelerators") }]);
    expect(ran.schedulers.map(({ label }) => label)).toEqual(["fcfs", "llf"]);
    expect(ran.results.map((ofSeed) => ofSeed.map((ofCase) => ofCase.map((result) => result.scheduler.name)))).toEqual([
      [["fcfs", "llf"]],
      [["fcfs", "llf"]],
    ]);
    expect(ran.failure).toBeUndefined();
  });

  test("stops the comparison where it was asked for", async () => {
    expect((await ranWith("asked")).failure?.error).toBeInstanceOf(RequestError);
  });
});

const settings: CompareSettings = {
  scenarios: ["random"],
  systems: ["soc"],
  schedulers: undefined,
  baseline: undefined,
  params: [],
  paramsFiles: [],
  seeds: [1, 2],
  durationMs: undefined,
  warmupMs: 0,
};

test.each([
  [
    ["-p", "budget=16"],
    'error: "budget=16" is not clear: for terastal it is one of gap, work; for horizon it is a whole number from 1 to 1000000000. Name the scheduler, as in terastal:budget=16\n',
  ],
  [
    ["-s", "dream,sdrm3,dysta", "-p", "beta=0.5"],
    'error: "beta=0.5" is not clear: for dream, sdrm3 it is a number from 0 to 2; for dysta it is a number from 0. Name the scheduler, as in dream:beta=0.5\n',
  ],
])("a name that is another parameter in another scheduler needs its scheduler: %j", async (argv, message) => {
  const { code, stderr } = await call(["compare", "vr-gaming", ...argv]);
  expect([code, stderr]).toEqual([2, message]);
});

test("a name that is one parameter of all that have it needs none, and neither does one that is clear among those compared", async () => {
  const argv = ["compare", "vr-gaming", "--seeds", "1", "--duration-ms", "50"];
  expect((await call([...argv, "-s", "edf,hpf,token", "-p", "mechanism=checkpoint"])).code).toBe(0);
  expect((await call([...argv, "-s", "dream,sdrm3", "-p", "beta=0.5"])).code).toBe(0);
  expect((await call([...argv, "-s", "dream,dysta", "-p", "dysta:beta=0.5"])).code).toBe(0);
});
