/** What is wrong with a scenario, by code and place. */
import { describe, expect, test } from "vitest";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { type Files, models, scenarioText } from "./one-scenario.ts";

const problemsIn = (tasks: string, rest = "", files: Files = {}) =>
  problemsOf(() => loadScenario("s.yaml", memoryFiles({ ...models, ...files, "s.yaml": scenarioText(tasks, rest) })));

const places = (tasks: string, rest = "", files: Files = {}) =>
  problemsIn(tasks, rest, files).map(({ code, line, column }) => [code, line, column]);

/** Code and line of each problem, and what is written at its place. */
const marks = (tasks: string, rest = "", files: Files = {}) =>
  problemsIn(tasks, rest, files).map(({ code, line, column }) => {
    const text = scenarioText(tasks, rest)
      .split("\n")
      [line! - 1]!.slice(column! - 1);
    return [code, line, /^[^\s,:}\]]+|./.exec(text)?.[0]];
  });

const a = "- { id: a, model: net, fps: 10 }";

describe("a task", () => {
  test.each([
    ["fps: -5", "NOT_POSITIVE", "-5"],
    ["fps: .nan", "NOT_FINITE", ".nan"],
    ["fps: 1e7", "TOO_BIG", "1e7"],
    ["fsp: 5, fps: 1", "UNKNOWN_KEY", "fsp"],
    ["fps: 60, jitterMs: 16.7", "TOO_BIG", "16.7"],
    ["fps: 60, offsetMs: -1", "NEGATIVE", "-1"],
    ["fps: 60, deadlineMs: 0", "NOT_POSITIVE", "0"],
    ["fps: 60, deadlineMs: never", "UNKNOWN_NAME", "never"],
    ["fps: 60, priority: 0", "NOT_POSITIVE", "0"],
    ["priority: 1", "MISSING_KEY", "{"],
    ["fps: 1, arrival: { kind: poisson, ratePerS: 1 }", "KEYS_EXCLUDE", "fps"],
    ["fps: 1, after: b", "UNKNOWN_NAME", "b"],
    ["after: a", "CYCLE", "a"],
    ["arrival: { kind: poison, ratePerS: 1 }", "UNKNOWN_NAME", "poison"],
    ["arrival: { kind: poisson }", "MISSING_KEY", "arrival"],
    ["arrival: { ratePerS: 1 }", "MISSING_KEY", "arrival"],
    ["arrival: { kind: one-shot }", "MISSING_KEY", "{"],
    ["deadlineMs: 1, arrival: { kind: one-shot, fromMs: 9, toMs: 8 }", "TOO_SMALL", "8"],
    ["deadlineMs: 1, arrival: { kind: trace }", "MISSING_KEY", "arrival"],
    ["deadlineMs: 1, arrival: { kind: trace, timesMs: [1, -2] }", "NEGATIVE", "-2"],
    ["deadlineMs: 1, arrival: { kind: trace, file: x.csv }", "MISSING_FILE", "x.csv"],
    ["arrival: { kind: trace, timesMs: [1] }", "MISSING_KEY", "{"],
    ["arrival: { kind: closed, thinkMs: 1 }", "MISSING_KEY", "{"],
    ["deadlineMs: 1, arrival: { kind: closed }", "MISSING_KEY", "arrival"],
    ["deadlineMs: 1, arrival: { kind: closed, thinkMs: -1 }", "NEGATIVE", "-1"],
    ["deadlineMs: 1, arrival: { kind: closed, thinkMs: 1, clients: 0 }", "NOT_POSITIVE", "0"],
  ])("with %s is reported as %s at %s", (fields, code, mark) => {
    expect(marks(`- { id: a, model: net, ${fields} }`)).toEqual([[code, 4, mark]]);
  });
  test("that waits may not also arrive", () => {
    expect(places(`${a}\n- { id: b, model: net, after: a, offsetMs: 1, jitterMs: 1 }`)).toEqual([
      ["KEYS_EXCLUDE", 5, 36],
      ["KEYS_EXCLUDE", 5, 49],
    ]);
  });
  test("with the id of another is reported", () => {
    expect(places(`${a}\n${a}`)).toEqual([["DUPLICATE_ID", 5, 11]]);
  });
});

describe("a model", () => {
  test("that is unknown is reported with the nearest name", () => {
    const [problem] = problemsIn("- { id: a, model: nett, fps: 10 }");
    expect(problem).toMatchObject({ code: "UNKNOWN_NAME", line: 4, column: 21 });
    expect(problem!.message).toBe('unknown model "nett"; did you mean "net"?');
  });
  test("unlike any other is one of the user's own", () => {
    const [problem] = problemsIn("- { id: a, model: hand-tracking, fps: 10 }");
    expect(problem!.message).toContain("a model of yours is a file beside this one, hand-tracking.yaml");
  });
  test("whose file is missing is reported where it is named, each time", () => {
    const tasks = "- { id: a, model: x/y.yaml, fps: 10 }\n- { id: b, model: x/y.yaml, fps: 10 }";
    expect(places(tasks)).toEqual([
      ["MISSING_FILE", 4, 21],
      ["MISSING_FILE", 5, 21],
    ]);
  });
  test("with problems is reported in its own file, once", () => {
    const problems = problemsIn("- { id: a, model: bad, fps: 0 }\n- { id: b, model: bad, fps: 1 }", "", {
      "bad.yaml": "name: bad\nlayers: measure\n",
    });
    expect(problems.map(({ file, code, line, column }) => [file, code, line, column])).toEqual([
      ["s.yaml", "NOT_POSITIVE", 4, 31],
      ["bad.yaml", "UNKNOWN_NAME", 2, 9],
    ]);
  });
  test("written in place has its problems in place", () => {
    expect(places("- { id: a, model: { name: x, layers: [{ type: fc, uot: 3 }] }, fps: 1 }")).toEqual([
      ["MISSING_KEY", 4, 41],
      ["UNKNOWN_KEY", 4, 53],
    ]);
  });
  test("written in place again is the same model, and with the same name but other content is reported", () => {
    const twice = (second: string) =>
      `- { id: a, model: { name: x, layers: measured }, fps: 1 }\n- { id: b, model: ${second}, fps: 1 }`;
    const text = scenarioText(twice("{ layers: measured, name: x }"));
    const { tasks } = loadScenario("s.yaml", memoryFiles({ "s.yaml": text }));
    expect(tasks[1]!.model).toBe(tasks[0]!.model);
    expect(places(twice("{ name: x, layers: [{ type: fc, in: 3, out: 4 }] }"))).toEqual([["DUPLICATE_ID", 5, 21]]);
  });
  test("with the name of another model is reported", () => {
    expect(places("- { id: a, model: other, fps: 1 }\n- { id: b, model: sub/other.yaml, fps: 1 }")).toEqual([
      ["DUPLICATE_ID", 5, 21],
    ]);
  });
});

describe("after", () => {
  test("in a circle names the tasks of the circle, once", () => {
    const tasks = `${a}
- { id: b, model: net, after: { tasks: [a, d] } }
- { id: c, model: net, after: b }
- { id: d, model: net, after: c }
- { id: e, model: net, after: d }`;
    const problems = problemsIn(tasks);
    expect(problems).toMatchObject([{ code: "CYCLE", line: 5, column: 33 }]);
    expect(problems[0]!.message).toBe("tasks wait for each other: b waits for d waits for c waits for b");
  });
  test.each([
    ["{ probability: 0.5 }", "MISSING_KEY", "after"],
    ["{ task: a, tasks: [a] }", "KEYS_EXCLUDE", "after"],
    ["{ tasks: [] }", "WRONG_LENGTH", "["],
    ["{ tasks: [a, a] }", "DUPLICATE_ID", "a"],
    ["{ task: a, probability: 1.5 }", "TOO_BIG", "1.5"],
    ["[a]", "WRONG_TYPE", "[a"],
    ["A", "UNKNOWN_NAME", "A"],
  ])("%s is reported as %s at %s", (after, code, mark) => {
    expect(marks(`${a}\n- { id: b, model: net, after: ${after} }`)).toEqual([[code, 5, mark]]);
  });
  test("roots of different rates is reported", () => {
    const tasks = `${a}\n- { id: b, model: net, fps: 20 }\n- { id: c, model: net, after: { tasks: [a, b] } }`;
    expect(places(tasks)).toEqual([["DIFFERENT_RATES", 6, 33]]);
    expect(problemsIn(tasks)[0]!.message).toMatch(
      /got a \(10 fps\) and b \(20 fps\); "reads" in place of "after" takes the newest output/,
    );
  });
  test("roots of one rate, or of one root, is fine", () => {
    const tasks = `${a}
- { id: b, model: net, fps: 10 }
- { id: c, model: net, after: a }
- { id: d, model: net, after: { tasks: [a, c] } }
- { id: e, model: net, after: { tasks: [a, b] } }
- { id: f, model: net, fps: 0 }`;
    expect(places(tasks)).toEqual([["NOT_POSITIVE", 9, 31]]);
  });
});

describe("replay", () => {
  const tasks = `${a}\n- { id: b, model: net, after: a }`;
  test.each([
    ["task,releaseMs\nc,1\n", "UNKNOWN_NAME", 2, 1],
    ["task,releaseMs\n,1\n", "UNKNOWN_NAME", 2, 1],
    ["task,releaseMs\na,-1\n", "NEGATIVE", 2, 3],
    ["task,releaseMs\na,1e10\n", "TOO_BIG", 2, 3],
    ["task,releaseMs\na,\n", "MISSING_KEY", 2, 3],
    ["task,releaseMs\na,soon\n", "WRONG_TYPE", 2, 3],
    ["task,releaseMs,deadlineMs\na,2,2\n", "DEADLINE_BEFORE_RELEASE", 2, 5],
    ["task,releaseMs,priority\na,2,0\n", "NOT_POSITIVE", 2, 5],
    ["task,release\na,2\n", "MISSING_COLUMN", 1, 1],
  ])("of %j is reported as %s", (csv, code, line, column) => {
    const problems = problemsIn(tasks, "replay: j.csv", { "j.csv": csv });
    expect(problems).toMatchObject([{ file: "j.csv", code, line, column }]);
  });
  test("from a missing file is reported where it is named", () => {
    expect(places(tasks, "replay: j.csv")).toEqual([["MISSING_FILE", 6, 9]]);
  });
  test("does not go with other arrivals", () => {
    const files = { "j.csv": "task,releaseMs\na,1\n" };
    expect(places("- { id: a, model: net, fps: 10, jitterMs: 1 }", "replay: j.csv", files)).toEqual([
      ["KEYS_EXCLUDE", 4, 35],
    ]);
  });
  test("without deadlines needs them on the task", () => {
    const files = { "j.csv": "task,releaseMs,deadlineMs\na,1,2\na,2,\n" };
    expect(places("- { id: a, model: net }", "replay: j.csv", files)).toEqual([["MISSING_KEY", 4, 5]]);
  });
  test("with deadlines in its rows leaves dependent tasks without one", () => {
    const files = { "j.csv": "task,releaseMs,deadlineMs\na,1,2\n" };
    expect(places("- { id: a, model: net }\n- { id: b, model: net, after: a }", "replay: j.csv", files)).toEqual([
      ["MISSING_KEY", 5, 5],
    ]);
  });
});

describe("a phase", () => {
  test("may switch a closed loop off and on, and changes nothing below it", () => {
    const loop = `- { id: a, model: net, deadlineMs: 5, arrival: { kind: closed, thinkMs: 1 } }
- { id: b, model: net, after: a }
- { id: c, model: net, after: { task: b, probability: 0.5 } }`;
    const phases = (change: string) => `phases: [{ name: p, startMs: 5, tasks: { ${change} } }]`;
    expect(places(loop, phases("a: { fps: 3 }"))).toMatchObject([["NO_EFFECT", 7, 47]]);
    expect(places(loop, phases("c: { probability: 1 }"))).toMatchObject([["UNSUPPORTED", 7, 42]]);
    expect(places(loop, phases("b: { enabled: false }"))).toMatchObject([["UNSUPPORTED", 7, 42]]);
    expect(() => problemsIn(loop, phases("a: { enabled: false }"))).toThrow("loading succeeded");
  });
  const tasks = `${a}\n- { id: b, model: net, after: a }`;
  test.each([
    ["c: { fps: 3 }", "UNKNOWN_NAME", "c"],
    ["a: { probability: 1 }", "NO_EFFECT", "probability"],
    ["b: { fps: 3 }", "NO_EFFECT", "fps"],
    ["a: { fps: 0 }", "NOT_POSITIVE", "0"],
    ["a: { enabled: 1 }", "WRONG_TYPE", "1"],
    ["a: { speed: 1 }", "UNKNOWN_KEY", "speed"],
    ["a: {}", "WRONG_LENGTH", "{"],
  ])("with %s is reported as %s at %s", (change, code, mark) => {
    expect(marks(tasks, `phases: [{ name: p, startMs: 1, tasks: { ${change} } }]`)).toEqual([[code, 6, mark]]);
  });
  test("changes Poisson arrivals by ratePerS or periodMs", () => {
    const poisson = "- { id: a, model: net, arrival: { kind: poisson, ratePerS: 10 } }";
    const phases = (change: string) => `phases: [{ name: p, startMs: 1, tasks: { a: ${change} } }]`;
    for (const change of ["{ ratePerS: 20 }", "{ periodMs: 50 }"])
      expect(() => problemsIn(poisson, phases(change))).toThrow("loading succeeded");
    expect(marks(poisson, phases("{ fps: 20 }"))).toEqual([["NO_EFFECT", 5, "fps"]]);
    expect(marks(poisson, phases("{ ratePerS: 20, periodMs: 50 }"))).toEqual([["KEYS_EXCLUDE", 5, "periodMs"]]);
    expect(marks(tasks, phases("{ ratePerS: 20 }"))).toEqual([["NO_EFFECT", 6, "ratePerS"]]);
  });
  test("that makes a period shorter than the jitter is reported", () => {
    const jittery = "- { id: a, model: net, fps: 10, jitterMs: 50 }";
    expect(places(jittery, "phases: [{ name: p, startMs: 1, tasks: { a: { fps: 100 } } }]")).toEqual([
      ["TOO_BIG", 5, 52],
    ]);
  });
  test("that changes only one of two joined roots is reported", () => {
    const joined = `${a}\n- { id: b, model: net, fps: 10 }\n- { id: c, model: net, after: { tasks: [a, b] } }`;
    expect(places(joined, "phases: [{ name: p, startMs: 1, tasks: { a: { fps: 5 } } }]")).toEqual([
      ["DIFFERENT_RATES", 7, 33],
    ]);
  });
  test("with the name of another is reported", () => {
    const phase = "{ name: p, startMs: 1, tasks: { a: { fps: 5 } } }";
    expect(places(tasks, `phases:\n  - ${phase}\n  - ${phase}`)).toEqual([["DUPLICATE_ID", 8, 13]]);
  });
});

test("a problem in one task hides nothing about the others", () => {
  const tasks = `- { id: a, model: nett, fps: -5 }
- { id: b, model: net, after: aa, deadlineMs: -1 }
- { id: b, model: net, fps: 60, jitterMs: 20 }`;
  expect(places(tasks, "phases: [{ name: p, startMs: 1, tasks: { x: { fps: 5 } } }]\nduration: 3")).toEqual([
    ["UNKNOWN_NAME", 4, 21],
    ["NOT_POSITIVE", 4, 32],
    ["UNKNOWN_NAME", 5, 33],
    ["NOT_POSITIVE", 5, 49],
    ["DUPLICATE_ID", 6, 11],
    ["TOO_BIG", 6, 45],
    ["UNKNOWN_NAME", 7, 42],
    ["UNKNOWN_KEY", 8, 1],
  ]);
});

test("more jobs than could be run are reported", () => {
  const text = "name: s\ndurationMs: 1e9\ntasks:\n  - { id: a, model: net, fps: 1e5 }\n";
  const problems = problemsOf(() => loadScenario("s.yaml", memoryFiles({ ...models, "s.yaml": text })));
  expect(problems).toMatchObject([{ code: "TOO_BIG", line: 4, column: 31 }]);
});
