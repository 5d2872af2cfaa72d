/** `rtmm compare` as a function of its arguments and streams. */
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/records/comparison.ts";
import { call, folderWith, small } from "./call.ts";
import { compare, compareIn, json, random, schedulers } from "./compared.ts";

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
