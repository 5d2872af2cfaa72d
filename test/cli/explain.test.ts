/** `rtmm explain`: the story of a job, what would have saved it, and requests that cannot be met. */
import { describe, expect, test } from "vitest";
import type { Explanation } from "../../src/records/explanation.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import { call, folderWith, small } from "./call.ts";

/**
 * One accelerator, first come, first served: long runs from 0 to 3 ms and again from 10 ms; short, which takes 1 ms of
 * the 2.5 that it has, waits for it from 1 ms.
 */
const blocked = {
  ...small,
  "pair.yaml": `name: pair
durationMs: 10
tasks:
  - { id: long, model: a.yaml, fps: 100, deadlineMs: 10 }
  - { id: short, model: b.yaml, arrival: { kind: trace, timesMs: [1] }, deadlineMs: 2.5 }
  - { id: after, model: c.yaml, after: long, deadlineMs: 10 }
`,
  "pair-soc.yaml": small["soc.yaml"].replace("soc.csv", "pair.csv"),
  "pair.csv": "model,accelerator,latencyMs,energyMj\na,npu,3,0.5\nb,npu,1,2\nc,npu,0.3,0.1\n",
};

const options = ["-S", "pair-soc.yaml", "-s", "fcfs"];

async function explained(...more: string[]): Promise<Explanation> {
  const { stdout } = await call(["explain", "pair", ...options, ...more, "-f", "json"], { cwd: folderWith(blocked) });
  return JSON.parse(stdout) as Explanation;
}

describe("explain", () => {
  test("tells what a job waited for, and repeats the run to find what would have saved it", async () => {
    const { job, steps, blockers, rescues } = await explained("--worst");
    expect(job).toMatchObject({ task: "short", job: 0, outcome: "late", releaseMs: 1, startMs: 3, endMs: 4 });
    expect(job).toMatchObject({ deadlineMs: 3.5, latenessMs: 0.5, isolatedMs: 1 });
    expect(job.time).toMatchObject({ allBusyMs: 2, someFreeMs: 0, computingMs: 1 });
    expect(steps.map(({ kind }) => kind)).toEqual(["released", "ran", "completed"]);
    expect(blockers).toEqual([{ task: "long", accelerator: "npu", ms: 2 }]);
    expect(rescues).toEqual([
      { kind: "deadline", task: "short", deadlineMs: 3, longerMs: 0.5, saves: true, failsAtMs: null },
      // The first frame of long comes at 0 at any rate.
      { kind: "rate", task: "long", factor: 0.25, failsAt: 0.5, saves: false },
      { kind: "without", tasks: ["long", "after"], saves: true, latenessMs: -1.5 },
      { kind: "without", tasks: ["after"], saves: false, latenessMs: 0.5 },
    ]);
  });

  test("finds a rate that saves a job", async () => {
    // long runs again from 10 to 13 ms, and short, released at 10.5, has until 13: too late to start then.
    const again = ["--set", "scenario.tasks.short.arrival.timesMs=[10.5]", "--duration-ms", "20"];
    const { rescues } = await explained("--task", "short", "--job", "0", ...again);
    const rate = rescues!.find((each) => each.kind === "rate")!;
    expect(rate).toMatchObject({ task: "long", saves: true });
    // Its frame must come after 10.5: below 10 / 10.5 of its rate. Four bisections between 0.9 and 1.
    expect(rate.factor).toBeLessThan(10 / 10.5);
    expect(rate.failsAt).toBeGreaterThanOrEqual(10 / 10.5 - 0.00625);
    const saving = await explained("--task", "short", "--job", "0", ...again, "--rate-scale", `long=${rate.factor}`);
    expect(saving.job.outcome).toBe("met");
    const failing = await explained("--task", "short", "--job", "0", ...again, "--rate-scale", `long=${rate.failsAt}`);
    expect(failing.job.outcome).not.toBe("met");
  });

  test("finds a deadline for a job that was dropped before it could start", async () => {
    // short may start until 2.5; long runs until 3. At 1.25 times its deadline, 1.875 ms, it has until 2.875: still too
    // short. At 1.5 times, 2.25 ms, it starts at 3 and ends at 4, too late; at twice, 3 ms, it ends in time.
    const tight = ["--set", "scenario.tasks.short.deadlineMs=1.5"];
    const { job, rescues } = await explained("--task", "short", "--job", "0", ...tight);
    expect(job).toMatchObject({ outcome: "dropped", startMs: null });
    expect(rescues![0]).toEqual({
      kind: "deadline",
      task: "short",
      deadlineMs: 3,
      longerMs: 1.5,
      saves: true,
      failsAtMs: 0.75,
    });
  });

  test("explains the run of rtmm run: same result hash", async () => {
    const cwd = folderWith(blocked);
    const { stdout } = await call(["run", "pair", ...options, "--seed", "7", "-f", "json"], { cwd });
    const { resultHash, rescues } = await explained("--worst", "--seed", "7", "--no-rescues");
    expect(resultHash).toBe((JSON.parse(stdout) as RunResult).resultHash);
    expect(rescues).toBeUndefined();
  });

  test("tells the same in text and in Markdown", async () => {
    const cwd = folderWith(blocked);
    const { stdout, stderr, code } = await call(["explain", "pair", ...options, "--worst"], { cwd });
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "short#0 with fcfs, seed 1: late by 0.500 ms",
      "pair on soc",
      "",
      "Alone on its fastest accelerator it takes 1.000 ms of the 2.500 that it had; it",
      "waited 2.000 (66.7 % of its time), while others ran: long on npu for 2.000.",
      "",
      "time                                    ms   share",
      "ready, every accelerator busy        2.000  66.7 %",
      "computing                            1.000  33.3 %",
      "from its frame's release to its end  3.000   100 %",
      "",
      "ms (> picked, * this job)",
      "1.000      released; deadline 3.500",
      "3.000 to 4.000  ran layer 0 on npu",
      "at 3.000 by first come, on npu",
      "          job  releaseMs",
      "  >*  short#0      1.000",
      "      after#0      3.000",
      "4.000      completed, 0.500 late",
      "",
      "What would have saved it (each line: the run repeated with that change)",
      "- A deadline of short longer by 0.500 ms (3.000 from the frame's release) saves",
      "  it.",
      "- long at 0.25 of its rate does not save it.",
      "- Without long and after it is in time, with 1.500 ms of slack.",
      "- Without after it is late by 0.500 ms.",
      "",
    ]);
    expect(stderr).toContain("result ");
    const { stdout: markdown } = await call(["explain", "pair", ...options, "--worst", "-f", "markdown"], { cwd });
    expect(markdown).toContain("### short#0 with fcfs, seed 1: late by 0.500 ms");
    expect(markdown).toContain("| >* | short#0 | 1.000 |");
    expect(markdown).toContain("- Without long and after it is in time, with 1.500 ms of slack.");
  });

  test.each([
    [["pair", "--task", "shrt", "--job", "0"], 'pair has no task "shrt"; did you mean "short"?'],
    [
      ["pair", "--task", "short", "--job", "4"],
      'task "short" has no job 4 in this run; it has 1, counted from 0, and the nearest is 0',
    ],
    [["pair", "--task", "short"], "--job is missing"],
    [["pair", "--job", "1"], "--task is missing"],
    [["pair"], "--task is missing"],
    [["pair", "--worst", "--job", "1"], "leave out --job"],
    [["pair", "--task", "short", "--job", "-1"], "whole number"],
    [["pair", "small", "--worst"], "too many arguments"],
    [["xrbench", "--worst"], "explain takes one scenario, not the 7 of xrbench"],
    [["pair", "--worst", "-f", "csv"], 'unknown format "csv"'],
  ])("refuses %j", async (words, message) => {
    const called = await call(["explain", ...words, ...options], { cwd: folderWith(blocked) });
    expect(called).toMatchObject({ code: 2, stdout: "" });
    expect(called.stderr).toContain(message);
  });

  test("names no worst job where none has a deadline", async () => {
    const none = ["long", "short", "after"].flatMap((id) => ["--set", `scenario.tasks.${id}.deadlineMs=none`]);
    const called = await call(["explain", "pair", ...options, "--worst", ...none], { cwd: folderWith(blocked) });
    expect(called.code).toBe(2);
    expect(called.stderr).toContain("no measured job of pair has a deadline");
  });
});
