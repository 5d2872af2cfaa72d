/** `rtmm tune`, and `--params` of `rtmm run`: searching parameters and using what was found. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Tuning } from "../../src/records/tuning.ts";
import { call, folderWith, small } from "./call.ts";

/**
 * A policy that lets every job wait for |x - 0.5| + |y - 1.5| ms after its release, so that the mean response has its
 * least at (0.5, 1.5), is higher the farther away, and nothing else matters.
 */
const waiting = `export default {
  name: "waiting", summary: "waits", source: "test",
  parameters: [
    { kind: "number", name: "x", summary: "x", default: 1, min: 0, max: 2 },
    { kind: "number", name: "y", summary: "y", default: 1, min: 0, max: 2 },
    { kind: "choice", name: "mood", summary: "mood", default: "calm", choices: ["calm", "wild"] },
  ],
  create(platform, { x, y }) {
    const waitNs = Math.round((Math.abs(x - 0.5) + Math.abs(y - 1.5)) * 1e6);
    return {
      lateDrop: false,
      decide(view, decisions) {
        const job = view.readyJobs.first;
        if (view.nowNs >= job.releaseNs + waitNs) decisions.run(job, view.idleAccelerators[0]);
        else decisions.wakeAt(job.releaseNs + waitNs);
      },
    };
  },
};
`;

const files = {
  ...small,
  "slow.yaml": "name: slow\ndurationMs: 40\ntasks:\n  - { id: camera, model: a.yaml, fps: 100 }\n",
  "waiting.mjs": waiting,
};

const argv = ["tune", "slow", "-S", "soc", "-s", "./waiting.mjs", "--objective", "meanResponseMs"];
const tune = (...more: string[]) => call([...argv, ...more], { cwd: folderWith(files) });
const json = async (...more: string[]): Promise<Tuning> => JSON.parse((await tune(...more, "-f", "json")).stdout);

describe("the search", () => {
  test("starts at the defaults, where every job waits 1 ms and runs 1 ms, and finds less", async () => {
    const { start, found, path, gain, isFinished } = await json();
    expect(start).toEqual({ params: { x: 1, y: 1 }, value: 2 });
    expect(path[0]).toEqual({ step: 0, ...start, bestValue: start.value });
    expect(path).toHaveLength(6);
    expect(found.value).toBeLessThan(1.3);
    expect(path.at(-1)!.bestValue).toBe(found.value);
    expect(path.every(({ value, bestValue }) => bestValue <= value)).toBe(true);
    expect(gain).toBeCloseTo((2 - found.value) / 2, 12);
    expect(isFinished).toBe(true);
  });

  test("has values that rtmm run gives for the same parameters", async () => {
    const { path, found } = await json();
    for (const { params, value } of [...path, found]) {
      const given = ["-p", `x=${params.x}`, "-p", `y=${params.y}`];
      const run = ["run", "slow", "-S", "soc", "-s", "./waiting.mjs", ...given, "-f", "json"];
      const { stdout } = await call(run, { cwd: folderWith(files) });
      expect(JSON.parse(stdout).metrics.meanResponseMs).toBe(value);
    }
  });

  test("searches a number without a range between the bounds that it is given", async () => {
    const { searched, path } = await json("-s", "prema", "--search", "periodMs=0.1..1", "--start", "periodMs=0.5");
    expect(searched).toEqual([{ name: "periodMs", min: 0.1, max: 1 }]);
    expect(path[0]!.params).toEqual({ periodMs: 0.5 });
  });

  test("takes the steps, radius, start and parameters that it is told", async () => {
    const tuning = await json("--steps", "2", "--radius", "0.1", "--search", "y", "--start", "y=0.2", "-p", "x=0.5");
    expect(tuning.searched).toEqual([{ name: "y", min: 0, max: 2 }]);
    expect(tuning.path).toHaveLength(3);
    expect(tuning.start).toEqual({ params: { y: 0.2 }, value: 2.3 });
    expect(tuning.path[1]!.params.y).toBeCloseTo(0.4, 12);
    expect(tuning.fixed).toEqual({ x: 0.5, mood: "calm" });
  });

  test("goes up where higher is better", async () => {
    const { start, found } = await json("--objective", "xrbenchRealTime", "--start", "x=2,y=0", "--duration-ms", "35");
    expect(found.value).toBeGreaterThanOrEqual(start.value);
  });

  test("is the same for the same seeds, and a mean over them", async () => {
    const one = await tune("--seeds", "2", "-f", "json");
    expect((await tune("--seeds", "2", "-f", "json")).stdout).toBe(one.stdout);
    expect(JSON.parse(one.stdout).seeds).toEqual([1, 2]);
  });
});

describe("the grid", () => {
  test("has its best where the wait is least, and tells how many steps came near it", async () => {
    const { grid, path } = await json("--grid");
    expect(grid!.points).toHaveLength(81);
    expect(grid!.best).toEqual({ params: { x: 0.5, y: 1.5 }, value: 1 });
    const near = path.find(({ bestValue }) => bestValue <= 1.05);
    expect(grid!.stepsToWithin5Percent).toBe(near?.step ?? null);
  });

  test("is shown below the path", async () => {
    const { stdout } = await tune("--grid");
    expect(stdout).toMatch(/^grid's best +0[.]5000 +1[.]500 +1[.]000$/m);
    expect(stdout).toContain("Against the best of a grid of 81 points it is");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

test("CSV has a row a step, the point found, and each point of the grid", async () => {
  const rows = parse((await tune("--grid", "-f", "csv")).stdout, { columns: true }) as Record<string, string>[];
  const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
  expect([count("step"), count("found"), count("grid")]).toEqual([6, 1, 81]);
  expect(rows[0]).toEqual({ kind: "step", step: "0", x: "1", y: "1", meanResponseMs: "2", bestSoFar: "2" });
});

describe("the file", () => {
  test("is taken by run and compare, in whatever folder it is, with the value that was found", async () => {
    const cwd = folderWith({ ...files, "out/.keep": "" });
    const { stdout, stderr } = await call([...argv, "-p", "mood=wild", "-o", "out/tuned.yaml", "-f", "json"], { cwd });
    expect(stderr).toContain("wrote out/tuned.yaml");
    const { found }: Tuning = JSON.parse(stdout);
    const text = readFileSync(join(cwd, "out/tuned.yaml"), "utf8");
    expect(text).toContain('scheduler: "../waiting.mjs"\n');
    const params = { ...found.params, mood: "wild" };
    const ran = await call(["run", "slow", "-S", "soc", "--params", "out/tuned.yaml", "-f", "json"], { cwd });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      scheduler: { name: "waiting", params },
      metrics: { meanResponseMs: found.value },
    });
    const list = ["--schedulers", "./waiting.mjs,out/tuned.yaml", "--seeds", "1"];
    const compared = await call(["compare", "slow", "-S", "soc", ...list, "-f", "json"], { cwd });
    expect(JSON.parse(compared.stdout).schedulers[1]).toMatchObject({ label: "waiting (tuned.yaml)", params });
  });
});

describe("what was finished is kept", () => {
  test("as far as the search came, but no file, when interrupted", async () => {
    const cwd = folderWith(files);
    const options = { cwd, runsBeforeInterruption: 8 };
    const { code, stdout } = await call([...argv, "-o", "tuned.yaml", "-f", "json"], options);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      isFinished: false,
      trials: 8,
      path: [{ step: 0 }, { step: 1 }],
    });
    expect(existsSync(join(cwd, "tuned.yaml"))).toBe(false);
    expect(existsSync(join(cwd, "tuned.yaml.part"))).toBe(false);
  });
});

describe("bad usage has exit code 2, with a hint, and runs nothing", () => {
  test.each([
    [["--params", "y"], "the parameters to search are --search <name,…>"],
    [["--search", "z"], 'scheduler "waiting" has no parameter "z"'],
    [["--search", "mood"], "cannot be searched"],
    [["--search", ","], "The list is empty"],
    [["-s", "prema"], "give one: --search periodMs=from..to"],
    [["-s", "prema", "--search", "periodMs"], "has no range of its own; give one: --search periodMs=from..to"],
    [["-s", "prema", "--search", "periodMs=0..1"], "must be two numbers from 0.000001 as from..to"],
    [["-s", "prema", "--search", "periodMs=1..0.5"], 'got "1..0.5"'],
    [["-s", "prema", "--search", "periodMs=1"], 'got "1"'],
    [["-s", "prema", "--search", "periodMs=1..2"], 'the start of "periodMs" must be a number from 1 to 2, got 0.25'],
    [["-s", "dream", "--search", "steps=1..2.5"], "must be two whole numbers from 1"],
    [["--start", "x=3"], 'the start of "x" must be a number from 0 to 2'],
    [["--start", "x=far"], "--start takes numbers"],
    [["-p", "x=1"], '"x" is searched, so -p cannot fix it'],
    [["--objective", "meanResponsMs"], 'did you mean "meanResponseMs"?'],
    [["--objective", "utilisation"], "neither direction of it is better"],
    [["--objective", "accuracyLoss"], "accuracyLoss has nothing to measure"],
    [["--radius", "0"], "a number above 0, up to 1"],
    [["-s", "edf"], 'scheduler "edf" has no number with a range'],
    [["-f", "tabel"], 'did you mean "table"?'],
    [["-o", "missing/tuned.yaml"], "its folder does not exist"],
  ])("%j", async (more, message) => {
    const { code, stdout, stderr } = await tune(...more);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  });

  test("a suite", async () => {
    const { code, stderr } = await call(["tune", "xrbench", "-s", "./waiting.mjs"], { cwd: folderWith(files) });
    expect([code, stderr]).toEqual([2, expect.stringContaining("tune takes one scenario, not the 7 of xrbench")]);
  });
});

describe("a parameter file", () => {
  const runWith = (text: string, ...more: string[]) => {
    const cwd = folderWith({ ...files, "p.yaml": text });
    return call(["run", "slow", "-S", "soc", "--params", "p.yaml", "-f", "json", ...more], { cwd });
  };

  test("says scheduler and parameters; options win", async () => {
    const { stdout } = await runWith("scheduler: ./waiting.mjs\nparams: { x: 0.5, y: 1 }\n", "-p", "y=1.5");
    expect(JSON.parse(stdout)).toMatchObject({
      scheduler: { name: "waiting", params: { x: 0.5, y: 1.5, mood: "calm" } },
      metrics: { meanResponseMs: 1 },
    });
  });

  test("may go with the scheduler that it names, and with no other", async () => {
    const text = "scheduler: edf\nparams: { granularity: model }\n";
    expect(JSON.parse((await runWith(text, "-s", "edf")).stdout).scheduler.params.granularity).toBe("model");
    expect(await runWith(text, "-s", "llf")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('p.yaml has parameters of "edf", not of "llf"'),
    });
  });

  test.each([
    ["", "p.yaml:1:1: the file is empty"],
    ["- edf\n", "p.yaml:1:1: the file must be a mapping (key: value), got a list of 1"],
    ["params: { x: 1 }\n", 'p.yaml:1:1: the file needs "scheduler"'],
    ["scheduler: edff\n", 'p.yaml:1:12: unknown scheduler "edff"; did you mean "edf"?'],
    ["scheduler: 3\n", "p.yaml:1:12: scheduler must be text, got 3"],
    ["scheduler: ./no.mjs\n", "p.yaml:1:12: there is no scheduler file no.mjs"],
    ["scheduler: edf\nparms: {}\n", 'p.yaml:2:1: unknown key "parms" in the file; did you mean "params"?'],
    ["scheduler: edf\nparams: model\n", "p.yaml:2:9: params must be a mapping"],
    [
      "scheduler: edf\nparams: { placement: [edp] }\n",
      "p.yaml:2:22: placement must be a number or text or true or false",
    ],
    ["scheduler: edf\nparams:\n  grain: 1\n", 'p.yaml:3:3: scheduler "edf" has no parameter "grain"'],
    ["scheduler: edf\nparams:\n  placement: near\n", 'p.yaml:3:14: parameter "placement" of "edf" must be one of'],
  ])("%j is refused with its place", async (text, message) => {
    const { code, stdout, stderr } = await runWith(text);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  });

  test("with several problems tells them all", async () => {
    const { stderr } = await runWith("sheduler: edf\nscheduler: llf\nparams: { lateDrop: perhaps }\n");
    expect(stderr).toContain("p.yaml:1:1: unknown key");
    expect(stderr).toContain('p.yaml:3:21: parameter "lateDrop"');
  });
});
