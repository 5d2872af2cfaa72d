/** The verdict of a run, in words. */
import { describe, expect, test } from "vitest";
import { runVerdict } from "../../src/output/verdict/run-verdict.ts";
import { runsVerdict } from "../../src/output/verdict/runs-verdict.ts";
import type { RunDetails } from "../../src/records/run-details.ts";
import type { RunResult } from "../../src/records/run-result.ts";

interface TaskShape {
  readonly id: string;
  readonly released: number;
  readonly late?: number;
  readonly dropped?: number;
  readonly free?: true;
}

interface RunShape {
  readonly tasks: readonly TaskShape[];
  readonly busy: Readonly<Record<string, number>>;
  readonly more?: Partial<RunResult>;
}

function runOf({ tasks, busy, more = {} }: RunShape): RunResult {
  const total = (name: "released" | "late" | "dropped") => tasks.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  const metrics = {
    released: total("released"),
    dropped: total("dropped"),
    meanResponseMs: 4.2,
    p99Ms: 17,
    energyMj: 5,
  };
  return {
    ...{ schemaVersion: 1, rtmmVersion: "1", scenario: "s", system: "soc", scheduler: { name: "edf", params: {} } },
    ...{ seed: 1, durationMs: 1000, warmupMs: 0, inputs: [], curves: {}, phases: [], warnings: [], resultHash: "0" },
    metrics,
    tasks: tasks.map(({ id, released, late = 0, dropped = 0, free }) => ({
      ...{ id, model: "m", curves: {}, released, late, dropped },
      violations: free ? 0 : late + dropped,
      slaSatisfaction: free || released === 0 ? null : 1 - (late + dropped) / released,
    })),
    accelerators: Object.entries(busy).map(([id, utilisation]) => ({ id, utilisation })),
    ...more,
  } as RunResult;
}

describe("the verdict of a run", () => {
  test("in time: how close it was, and how much room is left", () => {
    const result = runOf({ tasks: [{ id: "ht", released: 165 }], busy: { ws: 0.8, os: 0.34 } });
    const details: RunDetails = {
      accelerators: [],
      tasks: [
        { id: "ht", deadlineMs: { least: 22, most: 22 }, violationTerm: 0, energyTerm: 1, responseMs: [10, 17] },
        { id: "es", deadlineMs: { least: 16, most: 16 }, violationTerm: 0, energyTerm: 1, responseMs: [10, 12] },
      ],
    };
    expect(runVerdict(result, details)).toEqual({
      tone: "good",
      sentence:
        "All 165 jobs meet their deadlines; the closest is es, with 4.000 ms to spare; ws, the busiest accelerator, is busy 80 % of the time.",
      more: [],
    });
    const [ht, es] = details.tasks;
    const jittered = { ...details, tasks: [ht!, { ...es!, deadlineMs: { least: 15, most: 16 } }] };
    expect(runVerdict(result, jittered).sentence).toContain("deadlines; all have at least 3.000 ms to spare; ws");
    const unsure = { ...details, tasks: [ht!, { ...es!, deadlineMs: { least: 11, most: 16 } }] };
    expect(runVerdict(result, unsure).sentence).toContain("All 165 jobs meet their deadlines; ws");
    expect(runVerdict(result).sentence).toBe(
      "All 165 jobs meet their deadlines; ws, the busiest accelerator, is busy 80 % of the time.",
    );
  });

  test("misses: how many, of whom, and where the time is short", () => {
    const tasks = [
      { id: "ht", released: 45, late: 2 },
      { id: "es", released: 120, late: 1 },
    ];
    expect(runVerdict(runOf({ tasks, busy: { ws: 0.8, os: 0.3 } }))).toMatchObject({
      tone: "bad",
      sentence: "3 of 165 jobs miss their deadlines; most are of ht, 2 of its 45, and ws is the bottleneck at 80 %.",
    });
    expect(runVerdict(runOf({ tasks: [tasks[0]!], busy: { ws: 0.99, os: 0.3 } })).sentence).toBe(
      "2 of 45 jobs miss their deadlines, and ws is overloaded: busy 99 % of the time.",
    );
    expect(runVerdict(runOf({ tasks: [tasks[0]!], busy: { ws: 0.2 } })).sentence).toBe(
      "2 of 45 jobs miss their deadlines, though no accelerator is busy for more than 20 %: the wait for others or the deadlines themselves are the cause.",
    );
  });

  test("drops are told apart from late jobs", () => {
    const dropped = runOf({ tasks: [{ id: "a", released: 4, dropped: 3 }], busy: { ws: 1 } });
    expect(runVerdict(dropped).sentence).toContain("3 of 4 jobs miss their deadlines, all of them dropped, and ws");
    const both = runOf({ tasks: [{ id: "a", released: 4, dropped: 1, late: 3 }], busy: { ws: 1, os: 0.98 } });
    expect(runVerdict(both).sentence).toBe(
      "All 4 jobs miss their deadlines (3 late, 1 dropped), and every accelerator is overloaded: busy 98 % of the time.",
    );
  });

  test("one job is told in the singular", () => {
    const tasks = [
      { id: "a", released: 5, late: 1 },
      { id: "b", released: 4 },
    ];
    const one = runOf({ tasks, busy: { ws: 0.7 } });
    expect(runVerdict(one).sentence).toBe(
      "1 of 9 jobs misses its deadline; it is of a, and ws is the bottleneck at 70 %.",
    );
  });

  test("whose jobs miss: most of them only where it is more than half", () => {
    const missesOf = (...late: readonly number[]) => {
      const tasks = late.map((each, index) => ({ id: `t${index}`, released: 10, late: each }));
      return runVerdict(runOf({ tasks, busy: { ws: 0.7 } })).sentence;
    };
    expect(missesOf(4, 3, 2)).toContain("; no task has more of them than t0, 4 of its 10, and ws");
    expect(missesOf(2, 2)).toContain("; no task has more of them than t0, 2 of its 10, and ws");
    expect(missesOf(6, 3, 2)).toContain("; most are of t0, 6 of its 10, and ws");
    expect(missesOf(0, 3)).toContain("; all of them are of t1, which has 10, and ws");
  });

  test("without deadlines it tells how long jobs took", () => {
    const free = runOf({ tasks: [{ id: "a", released: 120, free: true }], busy: { ws: 0.5 } });
    expect(runVerdict(free)).toMatchObject({
      tone: "neutral",
      sentence:
        "None of the 120 jobs has a deadline; they take 4.200 ms on average and 17.00 ms at the 99th percentile.",
    });
    const refused = runOf({ tasks: [{ id: "a", released: 120, dropped: 1, free: true }], busy: { ws: 0.5 } });
    expect(runVerdict(refused).sentence).toContain("; 1 is dropped.");
  });

  test("without a job there is nothing to measure", () => {
    const none = runOf({ tasks: [{ id: "a", released: 0 }], busy: { ws: 0 }, more: { warmupMs: 10 } });
    expect(runVerdict(none)).toMatchObject({
      tone: "neutral",
      sentence: "No job was released after the warm-up: there is nothing to measure.",
    });
  });

  test("energy that is not known is said", () => {
    const result = runOf({ tasks: [{ id: "a", released: 2 }], busy: { ws: 0.1 } });
    const unknown = {
      ...result,
      metrics: { ...result.metrics, energyMj: null },
      unknownEnergy: [{ accelerator: "ws", models: ["m"] }],
    };
    expect(runVerdict(unknown).more).toEqual([
      "The costs of accelerator ws have no energy for m, so UXCost and all else that needs it are absent.",
    ]);
  });

  test("of several runs names those with misses", () => {
    const good = runOf({ tasks: [{ id: "a", released: 2 }], busy: { ws: 0.1 } });
    const bad = runOf({ tasks: [{ id: "a", released: 2, late: 1 }], busy: { ws: 0.1 }, more: { scenario: "t" } });
    const told = [good, bad].map((result) => ({ result, verdict: runVerdict(result) }));
    expect(runsVerdict(told)).toMatchObject({
      tone: "bad",
      sentence: "Jobs miss their deadlines in 1 of 2 scenarios: t.",
    });
    expect(runsVerdict([told[0]!, told[0]!])).toMatchObject({
      tone: "good",
      sentence: "No job misses its deadline in any of 2 scenarios.",
    });
    expect(runsVerdict([told[1]!])).toBe(told[1]!.verdict);
    const bounded = told.map((each) => ({ ...each, verdict: { ...each.verdict, more: ["Half must miss."] } }));
    expect(runsVerdict(bounded).more).toEqual(["s: Half must miss.", "t: Half must miss."]);
  });
});
