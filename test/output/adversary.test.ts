/** The sentences of why a scheduler loses follow from the facts by rules. */
import { expect, test } from "vitest";
import { whyLoses } from "../../src/output/adversary/why.ts";
import type { LossFacts, SideFacts, TaskFacts } from "../../src/records/adversary.ts";

const task = (id: string, violations: number, computingMs: TaskFacts["computingMs"] = {}): TaskFacts => ({
  ...{ id, jobs: 10, violations, computingMs },
});

const side = (label: string, changes: Partial<SideFacts> = {}): SideFacts => ({
  ...{ label, jobs: 20, completed: 20, late: 0, dropped: 0, droppedByPolicy: 0, energyMj: 100, meanResponseMs: 5 },
  ...{
    contextSwitches: 0,
    computingMs: 50,
    overheadMs: 0,
    fastestMs: 50,
    leastEnergyMj: 100,
    lostMs: 0,
    idleWhileWaitingMs: 0,
    endMs: 100,
  },
  tasks: [task("eyes", 0), task("hands", 0)],
  ...changes,
});

function why(a: Partial<SideFacts>, b: Partial<SideFacts> = {}) {
  const comparison: LossFacts = { seed: 1, a: side("A", a), b: side("B", b) };
  const metric = { name: "uxCost", title: "UXCost", unit: "ratio", better: "lower" } as const;
  const loss = { a: 4, b: 2, ratio: 2, isCapped: false };
  const smallest = { loss, durationMs: 100, tasks: [], system: "s", accelerators: null };
  return whyLoses({ comparison, metric, smallest })!;
}

test("violations come with the task that has most of the difference", () => {
  const { what } = why({ tasks: [task("eyes", 3), task("hands", 8)] }, { tasks: [task("eyes", 2), task("hands", 1)] });
  expect(what).toBe("A misses 11 of 20 deadlines, B 3; most of the difference is hands, with 8 of 10 against 1.");
});

test("a single task needs no second mention", () => {
  expect(why({ tasks: [task("eyes", 3)] }, { tasks: [task("eyes", 0)] }).what).toBe(
    "A misses 3 of 20 deadlines, B none.",
  );
});

test("energy is named where it is the larger ratio, with the violations of both", () => {
  expect(why({ energyMj: 300 }).what).toBe(
    "Both meet all deadlines, but A takes 3.000 times the energy: 300.0 mJ against 100.0 mJ.",
  );
  const fewer = why({ energyMj: 300, tasks: [task("eyes", 1)] }, { tasks: [task("eyes", 2)] });
  expect(fewer.what).toMatch(/^A misses 1 of 20 deadlines and B 2, but A takes 3.000 times the energy/);
});

test("energy that is not known is not compared", () => {
  expect(why({ energyMj: null, meanResponseMs: 10 }).what).toBe(
    "Both meet all deadlines, but jobs of A take 2.000 times as long: 10.00 ms against 5.000 ms on average.",
  );
});

test("where nothing of these is worse, the metric is all there is to say", () => {
  expect(why({}).what).toBe(
    "A loses in UXCost (4.000 against 2.000), with no more violations, energy or time per job.",
  );
});

test.each([
  [
    "slow accelerators, with the task that moved",
    { computingMs: 90, tasks: [task("eyes", 0, { os: 60, ws: 5 }), task("hands", 0, { ws: 20 })] },
    { tasks: [task("eyes", 0, { ws: 30 }), task("hands", 0, { ws: 20 })] },
    "It runs layers away from their fastest accelerator: 90.00 ms for 50.00 ms of work, against 50.00 ms for 50.00 ms of work of B; eyes runs mostly on os there, and on ws under B.",
  ],
  [
    "idle accelerators",
    { idleWhileWaitingMs: 30 },
    { idleWhileWaitingMs: 2 },
    "It leaves accelerators free for 30.00 ms while jobs wait that could run there, B for 2.000 ms.",
  ],
  [
    "context switches",
    { overheadMs: 12, contextSwitches: 7 },
    { overheadMs: 1, contextSwitches: 1 },
    "It switches contexts 7 times, B 1: moves, loads and decisions take 12.00 ms against 1.000 ms.",
  ],
  ["kills", { lostMs: 8 }, {}, "It kills running jobs, and 8.000 ms of work are done again, against 0 ms of B."],
  ["jobs that are given up", { droppedByPolicy: 4 }, {}, "It gives up 4 jobs by itself, B 0."],
  [
    "more work",
    { completed: 20, late: 6 },
    { completed: 15, late: 1 },
    "It finishes 20 jobs and B 15, 5 more of them late: work that B spares.",
  ],
  [
    "the order",
    { tasks: [task("eyes", 0), task("hands", 3)] },
    { tasks: [task("eyes", 2), task("hands", 0)] },
    "Both use the accelerators alike, so it is the order: A serves other jobs first: it saves 2 jobs of eyes.",
  ],
])("the cause is the largest difference: %s", (_, a, b, expected) => expect(why(a, b).cause).toBe(expected));

test("more energy is explained by where layers run, unless all run where they take least", () => {
  const a = { energyMj: 300, tasks: [task("eyes", 0, { os: 60 })] };
  expect(why(a, { tasks: [task("eyes", 0, { ws: 90 })] }).cause).toBe(
    "It runs layers where they take more energy: 300.0 mJ for work that takes 100.0 mJ at best, against 100.0 for 100.0 of B; eyes runs mostly on os there, and on ws under B.",
  );
  expect(why({ energyMj: 300, leastEnergyMj: 300, completed: 60 }).cause).toContain("It finishes 60 jobs and B 20");
  expect(why({ energyMj: 300, leastEnergyMj: null, lostMs: 9 }).cause).toContain("kills");
});

test("a difference below 1 % of the run explains nothing, and the largest of several explains", () => {
  expect(why({ idleWhileWaitingMs: 0.9 }).cause).toContain("it is the order");
  expect(why({ idleWhileWaitingMs: 5, lostMs: 9 }).cause).toContain("kills");
  // What B has as well is no reason.
  expect(why({ idleWhileWaitingMs: 50, lostMs: 9 }, { idleWhileWaitingMs: 49 }).cause).toContain("kills");
});
