/** Scenarios that draw their tasks for each seed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniform } from "../../src/core/draws.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { type LoadedScenario, possibleModels, scenarioOfSeed } from "../../src/scenario/multi-tenant.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";

const modelText = (name: string): string => `name: ${name}\ninput: [2, 1, 1]\nlayers: [{ type: fc, out: 3 }]\n`;
const files = { "a.yaml": modelText("a"), "b.yaml": modelText("b"), "c.yaml": modelText("b") };

/** Line 3 holds the generator. */
const text = (fields: string, rest = ""): string =>
  `name: s\ndurationMs: 10\ngenerate: { kind: multi-tenant, ${fields} }\n${rest}`;
const load = (fields: string): LoadedScenario =>
  loadScenario("s.yaml", memoryFiles({ ...files, "s.yaml": text(fields) }));
const problemsIn = (fields: string, rest = "") =>
  problemsOf(() => loadScenario("s.yaml", memoryFiles({ ...files, "s.yaml": text(fields, rest) })));

const mix = "tasks: 8, models: [a, b], batches: [1, 4], priorities: [1, 3, 9], windowMs: 5, deadlineMs: none";

describe("a generated scenario", () => {
  const scenario = load(mix);
  const described = (seed: number) =>
    scenarioOfSeed(scenario, seed).tasks.map(({ model, priority }) => `${model.name} ${priority}`);

  test("draws model (purpose 9), batch (10) and priority (7) of each task, by its index", () => {
    const expected = Array.from({ length: 8 }, (_, task) => {
      const model = uniform(7, task, 0, 9) < 0.5 ? "a" : "b";
      const batch = uniform(7, task, 0, 10) < 0.5 ? "" : "@4";
      const third = uniform(7, task, 0, 7) * 3;
      return `${model}${batch} ${third < 1 ? 1 : third < 2 ? 3 : 9}`;
    });
    expect(described(7)).toEqual(expected);
  });
  test("has another mix for another seed, and the same for the same", () => {
    expect(described(2)).not.toEqual(described(1));
    expect(described(2)).toEqual(described(2));
    expect(scenario.tasks).toEqual(scenarioOfSeed(scenario, 1).tasks);
  });
  test("has one job a task, released in the window, without deadline", () => {
    expect(scenario.tasks.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `tenant${n}`));
    for (const task of scenario.tasks) {
      expect(task.release).toEqual({ kind: "one-shot", count: 1, fromNs: 0, toNs: 5_000_000 });
      expect(task.deadlineNs).toBe(Infinity);
    }
  });
  test("shares the model of a name and batch among its tasks", () => {
    const models = Array.from({ length: 20 }, (_, seed) => scenarioOfSeed(scenario, seed).tasks).flat();
    expect(new Set(models.map(({ model }) => model)).size).toBe(4);
    expect(possibleModels(scenario).map(({ name }) => name)).toEqual(["a", "a@4", "b", "b@4"]);
  });
  test("has each model's own batch and priority 1 unless it says others, and a deadline where it says one", () => {
    const [task] = load("tasks: 1, models: [a], windowMs: 0, deadlineMs: 2.5").tasks;
    expect(task).toMatchObject({ model: { name: "a" }, priority: 1, deadlineNs: 2_500_000 });
  });
  test("keeps the tasks of fewer tenants when there are more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 8 }), (seed, count) => {
        const fewer = scenarioOfSeed({ ...scenario, generator: { ...scenario.generator!, tasks: count } }, seed);
        expect(fewer.tasks).toEqual(scenarioOfSeed(scenario, seed).tasks.slice(0, count));
      }),
    );
  });
  test("draws each choice about as often as the others", () => {
    const tasks = Array.from({ length: 1000 }, (_, seed) => scenarioOfSeed(scenario, seed).tasks).flat();
    for (const [of, share] of [
      [tasks.filter(({ model }) => model.name.startsWith("a")), 1 / 2],
      [tasks.filter(({ model }) => model.name.endsWith("@4")), 1 / 2],
      [tasks.filter(({ priority }) => priority === 9), 1 / 3],
    ] as const)
      expect(Math.abs(of.length / tasks.length - share)).toBeLessThan(4 * Math.sqrt(1 / 4 / tasks.length));
  });
});

test("a scenario with tasks is the same for every seed", () => {
  const given = "name: s\ndurationMs: 10\ntasks:\n  - { id: t, model: a, fps: 100 }\n";
  const scenario = loadScenario("s.yaml", memoryFiles({ ...files, "s.yaml": given }));
  expect(scenarioOfSeed(scenario, 7)).toBe(scenario);
  expect(possibleModels(scenario).map(({ name }) => name)).toEqual(["a"]);
});

describe("a generator", () => {
  const rest = "models: [a], windowMs: 5, deadlineMs: none";
  test.each([
    ["tasks: 0, models: [a], windowMs: 5, deadlineMs: none", "NOT_POSITIVE", "0, m"],
    [`task: 3, tasks: 3, ${rest}`, "UNKNOWN_KEY", "task: 3"],
    ["tasks: 3, models: [aa], windowMs: 5, deadlineMs: none", "UNKNOWN_NAME", "aa"],
    ["tasks: 3, models: [a, a.yaml], windowMs: 5, deadlineMs: none", "DUPLICATE_ID", "a.yaml"],
    ["tasks: 3, models: [b, c], windowMs: 5, deadlineMs: none", "DUPLICATE_ID", "c]"],
    ["tasks: 3, models: [a, a], windowMs: 5, deadlineMs: none", "DUPLICATE_ID", "a]"],
    ["tasks: 3, models: [], windowMs: 5, deadlineMs: none", "WRONG_LENGTH", "[]"],
    [`tasks: 3, batches: [1.5], ${rest}`, "NOT_WHOLE", "1.5"],
    [`tasks: 3, priorities: [0], ${rest}`, "NOT_POSITIVE", "0]"],
    ["tasks: 3, models: [a], windowMs: 11, deadlineMs: none", "TOO_BIG", "11"],
    ["tasks: 3, models: [a], windowMs: 5, deadlineMs: never", "UNKNOWN_NAME", "never"],
  ])("with %s is reported as %s at %s", (fields, code, mark) => {
    const problems = problemsIn(fields);
    expect(problems).toMatchObject([{ code, line: 3 }]);
    expect(
      text(fields)
        .split("\n")[2]!
        .slice(problems[0]!.column! - 1),
    ).toMatch(new RegExp(`^${mark.replace(/[.[\]]/g, "\\$&")}`));
  });
  test("without what it needs is reported, and of a kind that there is not", () => {
    expect(problemsIn("tasks: 3")).toMatchObject([
      { code: "MISSING_KEY" },
      { code: "MISSING_KEY" },
      { code: "MISSING_KEY" },
    ]);
    const [problem] = problemsOf(() =>
      loadScenario("s.yaml", memoryFiles({ "s.yaml": "name: s\ndurationMs: 1\ngenerate: { kind: multitenant }\n" })),
    );
    expect(problem).toMatchObject({ code: "UNKNOWN_NAME", line: 3, column: 19 });
    expect(problem!.message).toContain('did you mean "multi-tenant"?');
  });
  test.each([
    ["tasks: []", ["WRONG_LENGTH", "KEYS_EXCLUDE"]],
    ["tasks: [{ id: t, model: a, fps: 1 }]", ["KEYS_EXCLUDE"]],
    ["replay: x.csv", ["KEYS_EXCLUDE"]],
    ["phases: []", ["KEYS_EXCLUDE"]],
  ])("does not go with %s", (other, codes) => {
    expect(
      problemsIn(`tasks: 3, ${rest}`, `${other}\n`)
        .map(({ code }) => code)
        .sort(),
    ).toEqual([...codes].sort());
  });
  test("or tasks: a scenario has one of them", () => {
    const empty = memoryFiles({ "s.yaml": "name: s\ndurationMs: 1\n" });
    expect(problemsOf(() => loadScenario("s.yaml", empty))).toMatchObject([
      { code: "MISSING_KEY", line: 1, column: 1 },
    ]);
  });
});
