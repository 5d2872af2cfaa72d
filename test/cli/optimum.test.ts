/** `rtmm optimum`: the best schedule, its proof, how far policies are from it, and its files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Optimum } from "../../src/records/optimum.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import { call, folderWith, small } from "./call.ts";

/** One accelerator: whoever starts long (3 ms) at 0 makes short (1 ms, at 1 ms, due at 2.5 ms) late. */
const urgent = {
  ...small,
  "pair.yaml": `name: pair
durationMs: 10
tasks:
  - { id: long, model: a.yaml, fps: 100, deadlineMs: 10 }
  - { id: short, model: b.yaml, arrival: { kind: trace, timesMs: [1] }, deadlineMs: 1.5 }
`,
  "pair-soc.yaml": small["soc.yaml"].replace("soc.csv", "pair.csv"),
  "pair.csv": "model,accelerator,latencyMs,energyMj\na,npu,3,0.5\nb,npu,1,2\n",
};

const asked = ["optimum", "pair.yaml", "-S", "pair-soc.yaml", "-m", "deadlineViolationRate"];

describe("optimum", () => {
  test("shows the best value, its proof and each policy's ratio", async () => {
    const cwd = folderWith(urgent);
    const { code, stdout } = await call([...asked, "-s", "fcfs,edf"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("Deadline violation rate 0 % (lower is better): proven optimal; 2 jobs");
    expect(stdout).toMatch(/fcfs +50\.00/);
    const { stdout: json } = await call([...asked, "-s", "fcfs", "-f", "json"], { cwd });
    const optimum = JSON.parse(json) as Optimum;
    expect(optimum).toMatchObject({ value: 0, ended: "proven", pruning: "all", foundBy: null });
    expect(optimum.schedule).toEqual([
      { atMs: 1, task: "short", job: 0, do: "run", on: "npu", units: 1 },
      { atMs: 2, task: "long", job: 0, do: "run", on: "npu", units: 1 },
    ]);
    expect(optimum.schedulers).toMatchObject([{ label: "fcfs", value: 0.5, ratio: null, isInModel: true }]);
  });

  test("says how many times the best value a policy takes", async () => {
    const words = [...asked.slice(0, 4), "-s", "fcfs", "-f", "json"];
    const { stdout } = await call(words, { cwd: folderWith(urgent) });
    const { value, schedulers } = JSON.parse(stdout) as Optimum;
    // Both tasks in time count as half a violation each. fcfs misses short: (1/2 + 1) / (1/2 + 1/2).
    expect(schedulers[0]!.ratio).toBeCloseTo(1.5, 12);
    expect(schedulers[0]!.value! / value!).toBeCloseTo(1.5, 12);
  });

  test("writes the schedule as a policy that run takes, with the same result, and as a timeline", async () => {
    const cwd = folderWith(urgent);
    const { code, stderr, stdout } = await call(
      [...asked, "-o", "best.mjs", "--trace", "best.json", "--granularity", "layer", "-f", "json"],
      { cwd },
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining("wrote best.mjs")]);
    expect(readFileSync(join(cwd, "best.json"), "utf8")).toContain("traceEvents");
    const words = ["run", "pair.yaml", "-S", "pair-soc.yaml", "-s", "./best.mjs", "--audit", "-f", "json"];
    const again = await call(words, { cwd });
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining("audit")]);
    const { metrics } = JSON.parse(again.stdout) as RunResult;
    const { metrics: found } = JSON.parse(stdout) as Optimum;
    expect({ ...metrics, decisions: null }).toEqual({ ...found, decisions: null });
  });

  test.each([
    [["run", "pair.yaml", "-S", "other-soc.yaml"], 'there is no accelerator "npu"'],
    [["run", "small.yaml", "-S", "soc.yaml"], 'job 0 of task "short" was not there at 1 ms, or not free to run'],
    [["run", "pair.yaml", "-S", "pair-soc.yaml", "--duration-ms", "15"], 'it has nothing for job 1 of task "long"'],
  ])("the policy of a schedule says what it suits: %j", async (words, why) => {
    const other = {
      "other-soc.yaml": urgent["pair-soc.yaml"].replace("npu", "gpu").replace("pair.csv", "other.csv"),
      "other.csv": urgent["pair.csv"].replaceAll("npu", "gpu"),
    };
    const cwd = folderWith({ ...urgent, ...other });
    await call([...asked, "-s", "fcfs", "-o", "best.mjs"], { cwd });
    const { code, stderr } = await call([...words, "-s", "./best.mjs"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(`this schedule suits only pair on soc with seed 1, 10 ms: ${why}`);
  });

  test("stops after so many states, and says that nothing is proven", async () => {
    const words = ["optimum", "ar-gaming", "--duration-ms", "60", "--states", "5", "-s", "fcfs"];
    const { code, stdout } = await call(words);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("best found, not proven; stopped after");
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/; no schedule is below [\d.]+, a gap of [\d.]+ %;/);
    expect((await call(words)).stdout).toBe(stdout);
  });

  test("an answer that is not proven has the bound of any schedule, and how far it is from that", async () => {
    // The first state repeats fcfs, which starts long. Whoever waits for short meets both.
    const found = async (metric: string, ...more: string[]) => {
      const words = [...asked.slice(0, 4), "-m", metric, "-s", "fcfs", "-f", "json", ...more];
      const { stdout } = await call(words, { cwd: folderWith(urgent) });
      return JSON.parse(stdout) as Optimum;
    };
    const once = ["--states", "1"];
    expect(await found("deadlineViolationRate", ...once)).toMatchObject({
      ...{ ended: "states", value: 0.5, bound: 0, gap: 0.5 },
    });
    expect(await found("violations", ...once)).toMatchObject({ value: 1, bound: 0, gap: null });
    expect(await found("slaSatisfaction", ...once)).toMatchObject({ value: 0.5, bound: 1, gap: 0.5 });
    // Both jobs take their worst-case energy. Rates of 1/2 + 1, and of 1/2 + 1/2 where both are met.
    const guarded = await found("uxCostGuarded", ...once);
    expect(guarded.value).toBeCloseTo(1.5 * 2, 9);
    expect(guarded.bound).toBeCloseTo(1 * 2, 6);
    expect(guarded.gap).toBeCloseTo(0.5, 6);
    expect(await found("energyMj", "--no-drops", ...once)).not.toHaveProperty("bound", expect.any(Number));
    const proven = await found("violations");
    expect(proven.ended).toBe("proven");
    expect(proven).not.toHaveProperty("bound");
  });

  test("prints what it has when it is interrupted", async () => {
    const words = ["optimum", "ar-gaming", "--duration-ms", "30", "-s", "fcfs", "--granularity", "layer"];
    const { code, stdout } = await call(words, { signal: AbortSignal.abort(new Error("stop")) });
    expect(code).not.toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("best found, not proven; interrupted");
  });

  test.each([
    [["-m", "released"], "neither direction of released is better"],
    [["-m", "energyMj"], "forbid that with --no-drops"],
    [["-m", "uxcost"], 'unknown metric "uxcost"'],
    [["--granularity", "0"], "It must be model, layer or a number of layers."],
    [["--states", "0"], "It must be a whole number from 1"],
    [["-f", "xml"], 'unknown format "xml"'],
    [["-o", "no/such/folder/best.mjs"], "no/such/folder"],
    [["-s", "eddf"], 'unknown scheduler "eddf"'],
  ])("refuses %j", async (more, message) => {
    const { code, stderr } = await call(["optimum", "pair.yaml", "-S", "pair-soc.yaml", ...more], {
      cwd: folderWith(urgent),
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
