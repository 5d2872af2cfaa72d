/** `rtmm capacity` as a function of its arguments and streams. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import type { Capacity } from "../../src/records/capacity.ts";
import { call, folderWith } from "./call.ts";

/** One task, 1 ms of work every 4 ms: 4 is its capacity. */
const files = {
  "a.yaml": "name: a\nlayers: measured\n",
  "soc.yaml": "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu }\n",
  "soc.csv": "model,accelerator,latencyMs,energyMj\na,npu,1,1\n",
  "s.yaml": "name: s\ndurationMs: 100\ntasks:\n  - { id: camera, model: a.yaml, fps: 250 }\n",
  "random.yaml":
    "name: random\ndurationMs: 400\ntasks:\n  - { id: touch, model: a.yaml, arrival: { kind: poisson, ratePerS: 100 }, deadlineMs: 8 }\n",
  "fussy.mjs": `export default {
  name: "fussy", summary: "gives up", source: "a test", parameters: [],
  create: () => ({
    lateDrop: true,
    decide(view, decisions) {
      const job = view.readyJobs.first;
      if (job.deadlineNs - job.releaseNs < 1.5e6) throw new Error("too fast for me");
      decisions.run(job, view.idleAccelerators[0], { layers: 1 });
    },
  }),
};
`,
};

const capacityIn = (cwd: string, ...argv: string[]) => call(["capacity", ...argv, "-S", "soc", "-j", "1"], { cwd });
const capacity = (...argv: string[]) => capacityIn(folderWith(files), ...argv);
const json = async (...argv: string[]): Promise<Capacity> => JSON.parse((await capacity(...argv, "-f", "json")).stdout);

describe("rtmm capacity", () => {
  test("prints the capacity of each scheduler, and what none can carry more than", async () => {
    const { code, stdout } = await capacity("s", "-s", "edf,fcfs");
    expect(code).toBe(0);
    expect(stdout).toContain("s on soc: largest factor on all rates with slaSatisfaction>=0.99");
    expect(stdout).toMatch(/^edf +4\.000 +exact +4\.000 +100\.0 +1\/1$/m);
    expect(stdout).toMatch(/^fcfs +4\.000 +exact/m);
    expect(stdout).toContain("No scheduler, listed here or not, can carry more than 4.0");
  });

  test("takes a metric with its bound, in its better direction, and requirements in full", async () => {
    expect((await json("s", "-s", "edf", "--metric", "xrbenchQoe", "--sla", "0.5")).bounds).toEqual([
      "xrbenchQoe>=0.5",
    ]);
    expect((await json("s", "-s", "edf", "--metric", "maxMs", "--sla", "1")).bounds).toEqual(["maxMs<=1"]);
    const { bounds, cases } = await json("s", "-s", "edf", "--require", "utilisation<=0.25");
    expect([bounds, cases[0]!.answers[0]!.factor]).toEqual([["utilisation<=0.25"], 1]);
  });

  test("searches on top of other values of the files", async () => {
    const { cases } = await json("s", "-s", "edf", "--set", "scenario.tasks.camera.fps=125");
    expect(cases[0]!.answers[0]!.factor).toBe(8);
  });

  test("says where nothing holds, where everything does, and why where there was nothing to measure", async () => {
    const [none, all] = [
      await capacity("s", "-s", "edf", "--require", "p99Ms<=0.5"),
      await capacity("s", "-s", "edf", "--require", "p99Ms>=0"),
    ];
    expect(none.stdout).toMatch(/^edf +none +- /m);
    expect(all.stdout).toMatch(/^edf +≥ 1024 +exact/m);
    const { stdout, stderr } = await capacity("s", "-s", "edf", "--set", "scenario.tasks.camera.deadlineMs=none");
    expect(stdout).toMatch(/^edf +none/m);
    expect(stderr).toContain("because no task has a deadline");
  });

  test("writes every factor that was tried, as CSV", async () => {
    const cwd = folderWith(files);
    const { code, stderr } = await capacityIn(cwd, "random", "-s", "edf", "--seeds", "3", "-o", "curve.csv");
    expect([code, stderr.includes("wrote curve.csv")]).toEqual([0, true]);
    const rows = parse(readFileSync(join(cwd, "curve.csv"), "utf8"), { columns: true }) as Record<string, string>[];
    expect(Object.keys(rows[0]!)).toEqual([
      ...["scenario", "system", "scheduler", "bound", "factor", "utilisation"],
      ...["seeds", "mean", "low95", "high95", "heldShare", "holds"],
    ]);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ seeds }) => seeds === "3")).toBe(true);
    const factors = rows.map(({ factor }) => Number(factor));
    expect(factors).toEqual([...factors].sort((a, b) => a - b));
  });

  test("has every format", async () => {
    const [csv, markdown] = [
      await capacity("s", "-s", "edf", "-f", "csv"),
      await capacity("s", "-s", "edf", "-f", "markdown"),
    ];
    const rows = parse(csv.stdout, { columns: true }) as Record<string, string>[];
    expect(rows).toMatchObject([{ scheduler: "edf", verdict: "found", factor: "4", isExact: "true" }]);
    expect(markdown.stdout).toContain("| s on soc | edf | 4.000 |");
    expect(markdown.stdout).toContain("<summary>Load curves</summary>");
  });
});

describe("what goes wrong", () => {
  test("a policy that throws at some factor is told with it, others are searched all the same: exit code 1", async () => {
    const { code, stdout, stderr } = await capacity("s", "-s", "edf,./fussy.mjs");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^edf +4\.000/m);
    expect(stdout).toMatch(/^fussy +2\.000 .*failed$/m);
    expect(stderr).toContain("error: fussy on s and soc, factor 4, seed 1: policy");
    expect(stderr).toContain("too fast for me");
  });

  test("Ctrl-C keeps and prints what was found: exit code 130", async () => {
    const cwd = folderWith(files);
    const signal = AbortSignal.abort(new Interruption());
    const { code, stdout } = await call(["capacity", "s", "-S", "soc", "-s", "edf", "-o", "curve.csv"], {
      cwd,
      signal,
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/^edf .*unfinished$/m);
    expect(readdirSync(cwd)).toContain("curve.csv");
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["an unknown scenario", ["nothing"], 'unknown scenario or suite "nothing"'],
    ["an unknown scheduler", ["s", "-s", "edff"], 'did you mean "edf"'],
    ["an unknown task", ["s", "--task", "camra"], 'did you mean "camera"'],
    ["an unknown metric", ["s", "--metric", "slaSatisfacton"], 'did you mean "slaSatisfaction"'],
    ["a metric without bound", ["s", "--metric", "p99Ms"], "--metric p99Ms needs a bound"],
    [
      "a metric of no direction",
      ["s", "--metric", "decisions", "--sla", "1"],
      "neither direction of decisions is better",
    ],
    ["a bound that is no number", ["s", "--sla", "much"], "needs a number"],
    ["two ways to say a bound", ["s", "--sla", "1", "--require", "p99Ms<=2"], "leave out --sla and --metric"],
    ["a bound on a task that is not there", ["s", "--require", "tasks.eye.p99Ms<=2"], 'task "eye", which no run has'],
    ["an equality", ["s", "--require", "p99Ms==2"], "a bound must use >=, <=, > or <"],
    ["a tolerance of nothing", ["s", "--tolerance", "0"], "It must be a share"],
    ["a place that cannot be written", ["s", "-s", "edf", "-o", "none/curve.csv"], "its folder does not exist"],
  ];

  test.each(wrong)("%s is refused before anything runs: exit code 2", async (_, argv, text) => {
    const { code, stdout, stderr } = await capacity(...argv);
    expect(stderr).toContain(text);
    expect([code, stdout]).toEqual([2, ""]);
  });
});
