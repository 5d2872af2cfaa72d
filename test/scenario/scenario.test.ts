/** Scenarios: how tasks release jobs, until when they are due, and what changes over time. */
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../src/core/scenario.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { type Files, models, scenarioText } from "./one-scenario.ts";

const scenarioOf = (tasks: string, rest = "", files: Files = {}, warnings: Problem[] = []): Scenario =>
  loadScenario("s.yaml", memoryFiles({ ...models, ...files, "s.yaml": scenarioText(tasks, rest) }, warnings));

const releaseOf = (task: string, files: Files = {}) => scenarioOf(task, "", files).tasks[0]!.release;

const deadlinesIn = (tasks: string, rest = "", files: Files = {}) =>
  scenarioOf(tasks, rest, files).tasks.map(({ deadlineNs }) => deadlineNs);

describe("a task", () => {
  test("with fps is periodic", () => {
    expect(releaseOf("- { id: a, model: net, fps: 60, offsetMs: 2.5, jitterMs: 0.05 }")).toEqual({
      kind: "periodic",
      fps: 60,
      offsetNs: 2_500_000,
      jitterNs: 50_000,
    });
  });
  test("may arrive at random", () => {
    expect(releaseOf("- { id: a, model: net, arrival: { kind: poisson, ratePerS: 20, offsetMs: 1 } }")).toEqual({
      kind: "poisson",
      ratePerS: 20,
      offsetNs: 1_000_000,
    });
  });
  test("may have a few jobs somewhere in the scenario", () => {
    expect(releaseOf("- { id: a, model: net, deadlineMs: 5, arrival: { kind: one-shot } }")).toEqual({
      kind: "one-shot",
      count: 1,
      fromNs: 0,
      toNs: 1_000_000_000,
    });
  });
  test("may have clients that wait for their jobs", () => {
    expect(releaseOf("- { id: a, model: net, deadlineMs: 5, arrival: { kind: closed, thinkMs: 2.5 } }")).toEqual({
      kind: "closed",
      clients: 1,
      thinkNs: 2_500_000,
      think: "constant",
      offsetNs: 0,
    });
    const all = "{ kind: closed, thinkMs: 0, clients: 3, think: exponential, offsetMs: 7 }";
    expect(releaseOf(`- { id: a, model: net, deadlineMs: none, arrival: ${all} }`)).toEqual({
      kind: "closed",
      clients: 3,
      thinkNs: 0,
      think: "exponential",
      offsetNs: 7_000_000,
    });
  });
  test("may have given release times, in any order", () => {
    expect(
      releaseOf("- { id: a, model: net, deadlineMs: 5, arrival: { kind: trace, timesMs: [20, 0, 3.5] } }"),
    ).toEqual({
      kind: "trace",
      releases: [{ releaseNs: 0 }, { releaseNs: 3_500_000 }, { releaseNs: 20_000_000 }],
    });
  });
  test("may have a file of release times", () => {
    const csv = "priority,releaseMs,deadlineMs\n,4,\n3,1.000001,2\n";
    const task = "- { id: a, model: net, deadlineMs: none, arrival: { kind: trace, file: t.csv } }";
    expect(releaseOf(task, { "t.csv": csv })).toEqual({
      kind: "trace",
      releases: [{ releaseNs: 1_000_001, deadlineNs: 2_000_000, priority: 3 }, { releaseNs: 4_000_000 }],
    });
  });
  test.each([
    ["a", 1, [0]],
    ["{ task: a, probability: 0.2 }", 0.2, [0]],
    ["{ tasks: [b, a], probability: 0.5 }", 0.5, [1, 0]],
  ])("after: %s waits for others", (after, probability, taskIndexes) => {
    const tasks = `- { id: a, model: net, fps: 5 }\n- { id: b, model: net, after: a }\n- { id: c, model: net, after: ${after} }`;
    expect(scenarioOf(tasks).tasks[2]!.release).toEqual({ kind: "after", taskIndexes, probability });
  });
  test("has its file's model, a path's, or one of its own", () => {
    const tasks = `- { id: a, model: net, fps: 1 }
- { id: b, model: sub/other.yaml, fps: 1 }
- { id: c, model: &own { name: own, layers: measured }, fps: 1 }
- { id: d, model: ./net.yaml, fps: 1 }
- { id: e, model: *own, fps: 1 }`;
    const found = scenarioOf(tasks, "", { "./net.yaml": "name: net2\nlayers: measured\n" }).tasks.map(
      ({ model }) => model,
    );
    expect(found.map(({ name }) => name)).toEqual(["net", "other", "own", "net2", "own"]);
    expect(found[4]).toBe(found[2]);
  });
  test("shares its model with the tasks of the same file", () => {
    const { tasks } = scenarioOf("- { id: a, model: net, fps: 1 }\n- { id: b, model: net.yaml, fps: 2 }");
    expect(tasks[0]!.model).toBe(tasks[1]!.model);
  });
});

test("scenarios loaded with one cache share their models", () => {
  const cache = new Map();
  const files = memoryFiles({ ...models, "s.yaml": scenarioText("- { id: a, model: net, fps: 1 }") });
  const [first, second] = [loadScenario("s.yaml", files, cache), loadScenario("s.yaml", files, cache)];
  expect(first.tasks[0]!.model).toBe(second.tasks[0]!.model);
});

describe("a deadline", () => {
  test("is a period, unless the task says its own or none", () => {
    const tasks =
      "- { id: a, model: net, fps: 60 }\n- { id: b, model: net, fps: 60, deadlineMs: 5 }\n- { id: c, model: net, fps: 60, deadlineMs: none }";
    expect(deadlinesIn(tasks)).toEqual([1e9 / 60, 5e6, Infinity]);
  });
  test("of a dependent task is its own, else a period of its own fps, else its root's", () => {
    const tasks = `- { id: a, model: net, fps: 10, deadlineMs: 70 }
- { id: b, model: net, after: a, deadlineMs: 20 }
- { id: c, model: net, after: b, fps: 50 }
- { id: d, model: net, after: c }`;
    expect(deadlinesIn(tasks)).toEqual([70e6, 20e6, 20e6, 70e6]);
  });
  test("of a join is the least of its roots'", () => {
    const tasks =
      "- { id: a, model: net, fps: 10 }\n- { id: b, model: net, fps: 10, deadlineMs: 30 }\n- { id: c, model: net, after: { tasks: [a, b] } }";
    expect(deadlinesIn(tasks)[2]).toBe(30e6);
  });
  test("of Poisson arrivals is the mean gap", () => {
    expect(deadlinesIn("- { id: a, model: net, arrival: { kind: poisson, ratePerS: 20 } }")).toEqual([50e6]);
  });
  test("may be left to the rows of a trace", () => {
    const task = "- { id: a, model: net, arrival: { kind: trace, file: t.csv } }";
    expect(deadlinesIn(task, "", { "t.csv": "releaseMs,deadlineMs\n1,2\n" })).toEqual([Infinity]);
  });
});

describe("a replay", () => {
  const tasks =
    "- { id: a, model: net, fps: 10 }\n- { id: b, model: net, deadlineMs: 3 }\n- { id: c, model: net, after: a }";
  test("releases all root tasks, rows in any order", () => {
    const csv = "task,releaseMs,priority\nb,7,\na,2,5\na,0.5,\n";
    expect(scenarioOf(tasks, "replay: jobs.csv", { "jobs.csv": csv }).tasks.map(({ release }) => release)).toEqual([
      { kind: "trace", releases: [{ releaseNs: 500_000 }, { releaseNs: 2_000_000, priority: 5 }] },
      { kind: "trace", releases: [{ releaseNs: 7_000_000 }] },
      { kind: "after", taskIndexes: [0], probability: 1 },
    ]);
  });
  test("may be the --jobs file of a run: its dependent tasks' rows and other columns are ignored", () => {
    const csv = `task,job,releaseMs,deadlineMs,startMs,completionMs,status,accelerator,energyMj
a,0,0.000000,100.000000,0.000000,4.500000,met,ws,1.5
b,0,1.000000,4.000000,,,dropped,,0
c,0,4.500000,100.000000,4.500000,7.000000,met,ws+os,1.5
`;
    expect(scenarioOf(tasks, "replay: jobs.csv", { "jobs.csv": csv }).tasks.map(({ release }) => release)).toEqual([
      { kind: "trace", releases: [{ releaseNs: 0, deadlineNs: 100_000_000 }] },
      { kind: "trace", releases: [{ releaseNs: 1_000_000, deadlineNs: 4_000_000 }] },
      { kind: "after", taskIndexes: [0], probability: 1 },
    ]);
  });
  test("leaves a task without rows without jobs", () => {
    const { tasks: loaded } = scenarioOf(tasks, "replay: jobs.csv", { "jobs.csv": "task,releaseMs\na,1\n" });
    expect(loaded[1]!.release).toEqual({ kind: "trace", releases: [] });
  });
});

describe("phases", () => {
  const tasks = "- { id: a, model: net, fps: 10 }\n- { id: b, model: net, after: a }";
  test("come in the order of their starts", () => {
    const rest = `phases:
  - { name: late, startMs: 700, tasks: { a: { enabled: false } } }
  - { name: soon, startMs: 0.5, tasks: { a: { fps: 90 }, b: { probability: 0.5 } } }`;
    expect(scenarioOf(tasks, rest).phases).toEqual([
      {
        name: "soon",
        startNs: 500_000,
        changes: [
          { taskIndex: 0, fps: 90 },
          { taskIndex: 1, probability: 0.5 },
        ],
      },
      { name: "late", startNs: 700_000_000, changes: [{ taskIndex: 0, isEnabled: false }] },
    ]);
  });
  test("that start after the scenario has ended are a warning", () => {
    const warnings: Problem[] = [];
    scenarioOf(tasks, "phases: [{ name: p, startMs: 1000, tasks: { a: { fps: 9 } } }]", {}, warnings);
    expect(warnings).toMatchObject([{ code: "NO_EFFECT", severity: "warning", line: 6, column: 30 }]);
  });
});

test("a deadline that is the root's period is marked so that phases move it; own deadlines and rates are not", () => {
  const tasks = `- { id: a, model: net, fps: 100 }
- { id: b, model: net, fps: 100, deadlineMs: 4 }
- { id: c, model: net, after: a }
- { id: d, model: net, after: a, fps: 50 }`;
  const scenario = scenarioOf(tasks, "phases: [{ name: p, startMs: 1, tasks: { a: { fps: 50 } } }]");
  expect(scenario.tasks.map((task) => task.deadlineIsPeriod)).toEqual([true, undefined, true, undefined]);
});
