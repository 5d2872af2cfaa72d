/** `rtmm compare` as a function of its arguments and streams. */
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { InlineExecutor } from "../../src/executors/inline-executor.ts";
import { Library } from "../../src/files/library.ts";
import { RequestError } from "../../src/input/request-error.ts";
import type { Comparison } from "../../src/records/comparison.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { planComparison } from "../../src/studies/compare/plan.ts";
import { runComparison } from "../../src/studies/compare/run-comparison.ts";
import type { CompareSettings } from "../../src/studies/compare/settings.ts";
import { call, folderWith, small } from "./call.ts";

/** `small` with a draw: half of the frames trigger a detection. */
const random = {
  ...small,
  "random.yaml": small["small.yaml"]
    .replace("name: small", "name: random")
    .replace("durationMs: 4", "durationMs: 60")
    .replace("after: camera", "after: { task: camera, probability: 0.5 }"),
};

const compareIn = (cwd: string, ...argv: string[]) => call(["compare", ...argv, "-S", "soc"], { cwd });
const compare = (...argv: string[]) => compareIn(folderWith(random), ...argv);
const json = async (...argv: string[]): Promise<Comparison> =>
  JSON.parse((await compare(...argv, "-f", "json")).stdout);

const schedulers = ["--schedulers", "fcfs,edf,llf"];

describe("runs", () => {
  test("have the values that rtmm run prints, for every scheduler and seed", async () => {
    const cwd = folderWith(random);
    const { stdout } = await compareIn(cwd, "random", ...schedulers, "--seeds", "2", "--seed", "7", "-f", "json");
    const comparison: Comparison = JSON.parse(stdout);
    expect(comparison.runs.map(({ scheduler, seed }) => `${scheduler} ${seed}`)).toEqual(
      [7, 8].flatMap((seed) => ["fcfs", "edf", "llf"].map((name) => `${name} ${seed}`)),
    );
    for (const { scheduler, seed, resultHash, metrics } of comparison.runs) {
      const argv = ["run", "random", "-S", "soc", "-s", scheduler, "--seed", `${seed}`, "-f", "json"];
      const alone = JSON.parse((await call(argv, { cwd })).stdout);
      expect(resultHash).toBe(alone.resultHash);
      expect(alone.metrics).toMatchObject(metrics);
    }
  });

  test("of one seed meet the same draws: as many jobs are released under every scheduler", async () => {
    const { runs } = await json("random", ...schedulers, "-m", "released", "--seeds", "6");
    const released = (seed: number) => runs.filter((run) => run.seed === seed).map(({ metrics }) => metrics.released);
    const counts = [1, 2, 3, 4, 5, 6].map((seed) => new Set(released(seed)));
    expect(counts.map((each) => each.size)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set(counts.flatMap((each) => [...each])).size).toBeGreaterThan(1);
  });

  test("name every file that went into them, each once", async () => {
    const { inputs } = await json("random", "small", ...schedulers, "--seeds", "2");
    expect(inputs.map(({ role, path }) => `${role} ${path}`).sort()).toEqual([
      "data soc.csv",
      "model a.yaml",
      "model b.yaml",
      "model c.yaml",
      "scenario random.yaml",
      "scenario small.yaml",
      "system soc.yaml",
    ]);
  });
});

describe("comparisons", () => {
  test("give the mean over seeds and the ratio of means to the baseline", async () => {
    const { runs, metrics } = await json("random", ...schedulers, "-m", "meanResponseMs", "--seeds", "3");
    const meanOf = (name: string) => {
      const own = runs.filter(({ scheduler }) => scheduler === name);
      return own.reduce((sum, { metrics: values }) => sum + values.meanResponseMs!, 0) / 3;
    };
    const [fcfs, edf] = metrics[0]!.cases[0]!.schedulers;
    expect(edf!.mean).toBeCloseTo(meanOf("edf"), 12);
    expect(edf!.ratio).toBeCloseTo(meanOf("edf") / meanOf("fcfs"), 12);
    expect(fcfs).toMatchObject({ ratio: 1, verdict: "baseline" });
  });

  test("have geometric means for each system, and over all where there are several", async () => {
    const cwd = folderWith({
      ...random,
      "fast.yaml": small["soc.yaml"].replace("name: soc", "name: fast").replace("soc.csv", "fast.csv"),
      "fast.csv": small["soc.csv"].replace("1.5,2", "1.1,2"),
    });
    const argv = ["random", "small", "-S", "fast", ...schedulers, "-m", "energyMj", "--seeds", "2", "-f", "json"];
    const { metrics, cases }: Comparison = JSON.parse((await compareIn(cwd, ...argv)).stdout);
    expect(cases.map(({ scenario, system }) => `${scenario} ${system}`)).toEqual([
      "random fast",
      "small fast",
      "random soc",
      "small soc",
    ]);
    expect(metrics[0]!.geomeans.map(({ over }) => over.length)).toEqual([2, 2, 4]);
  });

  test("leave a case out of the geometric mean where a ratio is missing, and say so", async () => {
    const { stdout } = await compare("random", "small", ...schedulers, "-m", "checkpoints,droppedLate", "--seeds", "2");
    expect(stdout).toContain("geometric mean of ratios: none");
    expect(stdout).toMatch(/ - /);
  });

  test("say that more seeds say nothing more where nothing is random", async () => {
    const { stderr } = await compare("small", ...schedulers);
    expect(stderr).toContain("warning: nothing that matters is random in small");
    expect((await compare("random", ...schedulers)).stderr).not.toContain("nothing that matters");
  });

  test("warn of a tail that stands on few jobs only where it is shown", async () => {
    expect((await compare("small", ...schedulers, "-m", "p99Ms")).stderr).toContain("p99Ms rests on as few as");
    expect((await compare("small", ...schedulers, "-m", "energyMj")).stderr).not.toContain("p99Ms");
  });
});

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

describe("formats", () => {
  test("tables fit 80 columns, and mark the best with a star or in bold", async () => {
    const cwd = folderWith(random);
    const argv = ["compare", "random", "small", "-S", "soc", "-m", "all", "--seeds", "2"];
    const plain = (await call(argv, { cwd })).stdout;
    expect(plain.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(plain).toMatch(/\d\*/);
    const painted = (await call(argv, { cwd, terminal: true })).stdout;
    expect(painted).not.toMatch(/\d\*/);
    expect(painted).toMatch(/\[1m\d/);
  });

  test("CSV has a row a seed, a mean and a geometric mean", async () => {
    const { stdout } = await compare("random", "small", ...schedulers, "-m", "energyMj", "--seeds", "2", "-f", "csv");
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    const count = (scope: string) => rows.filter((row) => row.scope === scope).length;
    expect([count("seed"), count("mean"), count("geomean")]).toEqual([12, 6, 3]);
    expect(rows.at(-1)).toMatchObject({ scope: "geomean", scenario: "random + small", system: "soc", seed: "" });
  });

  test("Markdown has a table a metric and the values of every seed", async () => {
    const { stdout } = await compare(
      "random",
      ...schedulers,
      "-m",
      "energyMj,uxCost",
      "--seeds",
      "2",
      "-f",
      "markdown",
    );
    expect(stdout).toContain("#### energyMj: Energy in mJ, lower is better");
    expect(stdout.match(/^\| random on soc \| edf \|/gm)).toHaveLength(4);
  });

  test("are the same bytes each time, and JSON alone on stdout", async () => {
    const [one, other] = [
      await compare("random", ...schedulers, "-f", "json"),
      await compare("random", ...schedulers, "-f", "json"),
    ];
    expect(one.stdout).toBe(other.stdout);
    expect(() => JSON.parse(one.stdout)).not.toThrow();
  });

  test("one seed shows values and ratios without intervals", async () => {
    const { stdout } = await compare("random", ...schedulers, "--seeds", "1");
    expect(stdout).toContain("one seed has no confidence interval");
    expect(stdout).not.toContain("95 % CI");
  });
});

describe("bad usage has exit code 2, with a hint, and runs nothing", () => {
  test.each([
    [["--schedulers", "edff"], 'unknown scheduler "edff"; did you mean "edf"?'],
    [["-m", "uxCots"], 'unknown metric "uxCots"; did you mean "uxCost"?'],
    [["--schedulers", "edf", "-p", "llf:granularity=model"], '"llf", which is not compared'],
    [["--schedulers", "edf", "-p", "granularty=model"], 'did you mean "granularity"?'],
    [["--schedulers", "edf,llf", "-p", "edf:placement=near"], 'parameter "placement" of "edf" must be one of'],
    [["--schedulers", "edf", "-p", "granularity"], "write a parameter as name=value"],
    [["--baseline", "fcsf"], 'did you mean "fcfs"?'],
    [["--seeds", "0"], "a whole number from 1"],
    [["--seed", "4294967295", "--seeds", "2"], "the largest seed is 4294967295"],
    [["-f", "tabel"], 'unknown format "tabel"; did you mean "table"?'],
    [["--schedulers", ","], "The list is empty"],
    [["-m", ""], "The list is empty"],
    [["--params", "no.yaml"], "there is no file no.yaml"],
  ])("%j", async (argv, message) => {
    const { code, stdout, stderr } = await compare("small", ...argv);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  });
});

describe("what was finished is kept", () => {
  /** Interrupted in the run after `runs` ones. */
  async function interruptedAfter(runs: number, ...argv: string[]) {
    const options = { cwd: folderWith(random), runsBeforeInterruption: runs };
    return call(["compare", ...argv, "-S", "soc", "-f", "json"], options);
  }

  test("all whole seeds, when interrupted", async () => {
    const { code, stdout, stderr } = await interruptedAfter(8, "random", ...schedulers);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ seeds: [1, 2], cases: [{ scenario: "random" }] });
    expect(stderr).toContain("not finished: compared 2 of 5 seeds in 1 case");
  });

  test("the scenarios of the first seed, when interrupted in it", async () => {
    const { code, stdout } = await interruptedAfter(4, "random", "small", ...schedulers);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ seeds: [1], cases: [{ scenario: "random" }] });
  });

  test("nothing, when interrupted before one scenario is finished", async () => {
    expect(await interruptedAfter(2, "random", ...schedulers)).toMatchObject({ code: 130, stdout: "" });
  });

  test("what a policy that fails later has left, with exit code 1", async () => {
    const cwd = folderWith({
      ...random,
      "late.mjs": `let runs = 0;
export default {
  name: "late", summary: "", source: "", parameters: [],
  create: () => {
    if (++runs > 2) throw new Error("tired");
    return { lateDrop: true, decide: (v, d) => d.run(v.readyJobs.first, v.idleAccelerators[0]) };
  },
};
`,
    });
    const { code, stdout, stderr } = await compareIn(cwd, "random", "--schedulers", "edf,./late.mjs", "-f", "json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout).seeds).toEqual([1, 2]);
    expect(stderr).toContain("tired");
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
