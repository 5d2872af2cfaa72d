/** `rtmm compare --precision`, what ends a comparison early, and what is compared where there is no ratio. */
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import type { Comparison } from "../../src/records/comparison.ts";
import { type CallOptions, call, folderWith, small } from "./call.ts";

/** `small` with a draw: half of the frames trigger a detection, for which there is hardly time. */
const files = {
  ...small,
  "random.yaml": small["small.yaml"]
    .replace("name: small", "name: random")
    .replace("durationMs: 4", "durationMs: 60")
    .replace("after: camera", "after: { task: camera, probability: 0.5 }"),
  "fast.yaml": small["soc.yaml"].replace("name: soc", "name: fast").replace("soc.csv", "fast.csv"),
  "fast.csv": "model,accelerator,latencyMs,energyMj\na,npu,0.01,0.5\nb,npu,0.01,2\nc,npu,0.01,0.1\n",
};

const compare = (argv: readonly string[], options: CallOptions = {}) =>
  call(["compare", "random", "-S", "soc", "-s", "fcfs,edf,llf", ...argv], { cwd: folderWith(files), ...options });

describe("--precision", () => {
  const json = async (...argv: string[]): Promise<Comparison> =>
    JSON.parse((await compare(["-m", "uxCost,energyMj", "-f", "json", ...argv])).stdout);

  test("adds seeds until every interval of a ratio is that narrow", async () => {
    const { precision, seeds, metrics } = await json("--precision", "3%");
    expect(seeds.length).toBeGreaterThan(10);
    expect(precision).toMatchObject({ aim: 0.03, maxSeeds: 100, seedsNeeded: seeds.length });
    const halfWidths = metrics.flatMap(({ cases }) =>
      cases[0]!.schedulers.slice(1).map(({ ratio, interval }) => (interval!.high - interval!.low) / 2 / ratio!),
    );
    expect(Math.max(...halfWidths)).toBeLessThanOrEqual(0.03);
    expect(precision!.leastPrecise!.halfWidth).toBeCloseTo(Math.max(...halfWidths), 12);
  });

  test("gives what as many --seeds give", async () => {
    const { precision, ...found } = await json("--precision", "3%");
    expect(precision).toBeDefined();
    expect(found).toEqual(await json("--seeds", String(found.seeds.length)));
  });

  test("stops at --max-seeds and tells how many would do", async () => {
    const { code, stderr, stdout } = await compare(["-m", "uxCost", "--precision", "1%", "--max-seeds", "15"]);
    expect(code).toBe(0);
    expect(stdout).toContain("seeds 1 to 15");
    const needed = Number(/about (\d+) seeds would reach it/.exec(stderr.replaceAll(/\s+/g, " "))![1]);
    expect(needed).toBeGreaterThan(15);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("precision: 1 % not reached with 15 seeds");
  });

  test("says which interval is the widest where it is reached", async () => {
    const { stderr } = await compare(["-m", "uxCost", "--precision", "90%"]);
    expect(stderr.replaceAll(/\s+/g, " ")).toMatch(
      /precision: 90 % reached with 10 seeds: the widest interval is ± [\d.]+ %, uxCost of (edf|llf) in random on soc/,
    );
  });

  test.each([
    [["--precision", "2"], "such as 2%"],
    [["--precision", "0%"], "such as 2%"],
    [["--precision", "-1%"], "such as 2%"],
    [["--precision", "much%"], "such as 2%"],
    [["--precision", "2%", "--seeds", "4"], "needs at least 10 seeds to start with, got --seeds 4"],
    [["--precision", "2%", "--max-seeds", "5"], "starts with 10 seeds, more than --max-seeds 5"],
    [["--max-seeds", "50"], "--max-seeds needs --precision"],
  ])("%j is bad usage", async (argv, message) => {
    expect(await compare(argv)).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});

describe("what ends early", () => {
  test("a policy that fails with one seed leaves the seeds before it, with exit code 1", async () => {
    // How many decisions a run takes hangs on its draws; with seed 5 it is the first time more than 44.
    const failing = `export default {
  name: "late", summary: "", source: "", parameters: [],
  create() {
    let decisions = 0;
    return {
      lateDrop: true,
      decide(view, d) {
        decisions += 1;
        if (decisions > 44) throw new Error("tired");
        d.run(view.readyJobs.first, view.idleAccelerators[0]);
      },
    };
  },
};
`;
    const cwd = folderWith({ ...files, "late.mjs": failing });
    const argv = ["-s", "./late.mjs", "-b", "fcfs", "--seed", "3", "--seeds", "6", "-m", "uxCost", "-f", "json"];
    const alone = await compare([...argv, "-j", "1"], { cwd });
    expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining("tired") });
    expect(JSON.parse(alone.stdout).seeds).toEqual([3, 4]);
  });

  test("an interruption before a seed is whole leaves nothing", async () => {
    const signal = AbortSignal.abort(new Interruption());
    expect(await compare(["-j", "2", "-f", "json"], { signal })).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("where the baseline is 0", () => {
  const argv = ["compare", "random", "-S", "fast", "-s", "fcfs,edf,np-hpf", "-m", "violations"];

  test("differences are shown instead of ratios, and equal ones show no difference", async () => {
    const { stdout } = await call(argv, { cwd: folderWith(files) });
    expect(stdout).toMatch(/edf +0 +0 +0 to 0 +no difference shown/);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("signed: difference, if there is no ratio");
  });

  test("CSV always has both", async () => {
    const { stdout } = await compare(["-m", "energyMj", "-f", "csv"]);
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    const mean = rows.find(({ scope, scheduler }) => scope === "mean" && scheduler === "edf")!;
    const base = rows.find(({ scope, scheduler }) => scope === "mean" && scheduler === "fcfs")!;
    expect(Number(mean.difference)).toBeCloseTo(Number(mean.value) - Number(base.value), 9);
    expect(Number(mean.differenceLow95)).toBeLessThanOrEqual(Number(mean.difference));
    expect(Number(mean.ratio)).toBeCloseTo(Number(mean.value) / Number(base.value), 9);
  });
});

describe("without --precision", () => {
  test("wide intervals are told, with the seeds that would narrow them", async () => {
    const { stderr } = await compare(["-m", "uxCost", "--seeds", "2"]);
    expect(stderr.replaceAll(/\s+/g, " ")).toMatch(
      /hint: the widest interval is ± [\d.]+ %, uxCost of \w+ in random on soc; about \d+ seeds would make all ± 5 % \(--precision 5%\)/,
    );
  });

  test("narrow ones are not", async () => {
    expect((await compare(["-m", "energyMj", "--seeds", "12"])).stderr).toBe("");
  });
});
