/** Rates of a scenario times a factor: what moves with them, what stays, and what has no rate. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../src/core/scenario.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import type { RateScale } from "../../src/scenario/rate-scale.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { type Files, models, scenarioText } from "./one-scenario.ts";

const loaded = (text: string, rateScale?: RateScale, files: Files = {}): Scenario =>
  loadScenario("s.yaml", memoryFiles({ ...models, ...files, "s.yaml": text }), new Map(), { rateScale });

const scaled = (tasks: string, rateScale: RateScale, rest = "", files: Files = {}): Scenario =>
  loaded(scenarioText(tasks, rest), rateScale, files);

const problemsWith = (tasks: string, rateScale: RateScale, rest = "", files: Files = {}) =>
  problemsOf(() => scaled(tasks, rateScale, rest, files)).map(({ code, line, message }) => [code, line, message]);

const releases = ({ tasks }: Scenario) => tasks.map(({ release }) => release);
const deadlines = ({ tasks }: Scenario) => tasks.map(({ deadlineNs }) => deadlineNs);

describe("rates twice as high", () => {
  test("halve periods, jitter and default deadlines; offsets and deadlines in ms stay", () => {
    const tasks = `- { id: a, model: net, fps: 50, offsetMs: 4, jitterMs: 2 }
- { id: b, model: net, fps: 100, deadlineMs: 7 }
- { id: c, model: net, fps: 100, deadlineMs: none }`;
    const scenario = scaled(tasks, 2);
    expect(releases(scenario)).toEqual([
      { kind: "periodic", fps: 100, offsetNs: 4e6, jitterNs: 1e6 },
      { kind: "periodic", fps: 200, offsetNs: 0, jitterNs: 0 },
      { kind: "periodic", fps: 200, offsetNs: 0, jitterNs: 0 },
    ]);
    expect(deadlines(scenario)).toEqual([10e6, 7e6, Infinity]);
    expect(scenario.durationNs).toBe(1e9);
  });
  test("move the deadlines of dependent tasks with their root's, whether they have a period of their own or not", () => {
    const tasks = `- { id: a, model: net, fps: 50 }
- { id: b, model: net, after: a }
- { id: c, model: net, after: { task: b }, fps: 25 }
- { id: d, model: net, after: { tasks: [b, c] }, deadlineMs: 30 }`;
    expect(deadlines(scaled(tasks, 1))).toEqual([20e6, 20e6, 40e6, 30e6]);
    expect(deadlines(scaled(tasks, 2))).toEqual([10e6, 10e6, 20e6, 30e6]);
    expect(deadlines(scaled(tasks, { a: 2 }))).toEqual([10e6, 10e6, 20e6, 30e6]);
  });
  test("make random arrivals twice as frequent and leave traces and one-shots", () => {
    const tasks = `- { id: p, model: net, arrival: { kind: poisson, ratePerS: 20, offsetMs: 3 } }
- { id: t, model: net, deadlineMs: 5, arrival: { kind: trace, timesMs: [1, 2] } }
- { id: o, model: net, deadlineMs: 5, arrival: { kind: one-shot, toMs: 100 } }
- { id: d, model: net, after: t, fps: 10 }`;
    const scenario = scaled(tasks, 2);
    expect(releases(scenario).slice(0, 3)).toEqual([
      { kind: "poisson", ratePerS: 40, offsetNs: 3e6 },
      { kind: "trace", releases: [{ releaseNs: 1e6 }, { releaseNs: 2e6 }] },
      { kind: "one-shot", count: 1, fromNs: 0, toNs: 100e6 },
    ]);
    expect(deadlines(scenario)).toEqual([25e6, 5e6, 5e6, 100e6]);
  });
  test("hold in phases of random arrivals", () => {
    const { phases } = scaled(
      "- { id: p, model: net, arrival: { kind: poisson, ratePerS: 20 } }",
      2,
      "phases: [{ name: burst, startMs: 400, tasks: { p: { ratePerS: 300 } } }]",
    );
    expect(phases).toEqual([{ name: "burst", startNs: 400e6, changes: [{ taskIndex: 0, fps: 600 }] }]);
  });
  test("hold in phases too, which begin when they did", () => {
    const phases = "phases: [{ name: p, startMs: 400, tasks: { a: { fps: 30 }, b: { probability: 0.5 } } }]";
    const { phases: changed } = scaled(
      "- { id: a, model: net, fps: 60 }\n- { id: b, model: net, after: a }",
      2,
      phases,
    );
    expect(changed).toEqual([
      {
        name: "p",
        startNs: 400e6,
        changes: [
          { taskIndex: 0, fps: 60 },
          { taskIndex: 1, probability: 0.5 },
        ],
      },
    ]);
  });
  test("of one task leave the others", () => {
    const tasks = "- { id: a, model: net, fps: 50 }\n- { id: constructor, model: net, fps: 50 }";
    expect(deadlines(scaled(tasks, { a: 2 }))).toEqual([10e6, 20e6]);
  });
  test("halve a generator's window, and half as high ones make the scenario longer where it must be", () => {
    const text = `name: s
durationMs: 6
generate: { kind: multi-tenant, tasks: 2, models: [net], windowMs: 4, deadlineMs: 9 }
`;
    const faster = loaded(text, 2);
    expect([releases(faster)[0], deadlines(faster)[0], faster.durationNs]).toEqual([
      { kind: "one-shot", count: 1, fromNs: 0, toNs: 2e6 },
      9e6,
      6e6,
    ]);
    expect(loaded(text, 0.5).durationNs).toBe(8e6);
  });
});

test("a jitter of one period, as people write it, stays one at any rate", () => {
  const tasks = "- { id: a, model: net, fps: 60, jitterMs: 16.666667 }";
  for (const factor of [0.001, 0.5, 0.9, 1, 3])
    expect(releases(scaled(tasks, factor))).toMatchObject([{ jitterNs: expect.closeTo(1e9 / (60 * factor), -1) }]);
});

test("tasks that join must still have one rate", () => {
  const tasks = `- { id: a, model: net, fps: 30 }
- { id: b, model: net, fps: 30 }
- { id: c, model: net, after: { tasks: [a, b] } }`;
  expect(deadlines(scaled(tasks, 1.1))).toHaveLength(3);
  expect(deadlines(scaled(tasks, { a: 1.1, b: 1.1 }))).toHaveLength(3);
  expect(problemsWith(tasks, { a: 2 })).toMatchObject([
    ["DIFFERENT_RATES", 6, expect.stringContaining("a (60 fps) and b (30 fps)")],
  ]);
});

describe("it is a problem where", () => {
  const trace = "- { id: t, model: net, deadlineMs: 5, arrival: { kind: trace, timesMs: [1] } }";
  test.each([0, -1, Number.NaN, Infinity])("a factor is %d", (factor) => {
    const message = `a factor on rates must be a number greater than 0, got "${factor}"`;
    expect(problemsWith("- { id: a, model: net, fps: 1 }", factor)).toEqual([["NOT_POSITIVE", 1, message]]);
    expect(problemsWith("- { id: a, model: net, fps: 1 }", { a: factor })).toEqual([["NOT_POSITIVE", 1, message]]);
  });
  test("nothing has a rate", () => {
    const message = "no task has a rate that could be scaled";
    expect(problemsWith(trace, 2)).toEqual([["NO_EFFECT", 3, message]]);
  });
  test("a closed loop follows the system, and says what to change instead", () => {
    const loop = "- { id: l, model: net, deadlineMs: 5, arrival: { kind: closed, thinkMs: 1 } }";
    const hint = "; closed loops follow the system: set clients or thinkMs (tasks.l.arrival.clients)";
    expect(problemsWith(loop, 2)).toEqual([["NO_EFFECT", 3, `no task has a rate that could be scaled${hint}`]]);
    const both = `- { id: f, model: net, fps: 1 }\n${loop}`;
    expect(problemsWith(both, { l: 2 })).toEqual([
      ["NO_EFFECT", 5, `task "l" has no rate of its own${hint}; these have: f`],
    ]);
    expect(releases(scaled(both, 2))).toMatchObject([{ fps: 2 }, { kind: "closed", thinkNs: 1e6 }]);
  });
  test("a replay gives all times", () => {
    const files = { "jobs.csv": "task,releaseMs\na,1\n" };
    const tasks = "- { id: a, model: net, fps: 60 }";
    expect(problemsWith(tasks, 2, "replay: jobs.csv", files)).toMatchObject([["NO_EFFECT", 3, expect.any(String)]]);
  });
  test("a named task is not there or has no rate of its own", () => {
    const tasks = `- { id: eyes, model: net, fps: 1 }\n- { id: gaze, model: net, after: eyes }\n${trace}`;
    expect(problemsWith(tasks, { eye: 2, gaze: 2, t: 2 })).toEqual([
      ["NO_EFFECT", 3, 'there is no task "eye" to scale; did you mean "eyes"?'],
      ["NO_EFFECT", 5, 'task "gaze" has no rate of its own; these have: eyes'],
      ["NO_EFFECT", 6, 'task "t" has no rate of its own; these have: eyes'],
    ]);
  });
  test("the file has problems of its own, which are told all the same", () => {
    const broken =
      "- { id: a, model: net, fps: fast, arrival: }\n- nonsense\n- { id: b, model: net, fps: 1, jitterMs: much }";
    const rest = "phases: [{ name: p, startMs: 1, tasks: [a] }, { name: q, startMs: 2, tasks: { a: 5 } }]";
    const codes = (factor: number) => problemsWith(broken, factor, rest).map(([code]) => code);
    expect(codes(1)).toContain("WRONG_TYPE");
    expect(codes(2)).toEqual(codes(1));
  });
});

const rates = fc.record({
  fps: fc.integer({ min: 1, max: 240 }),
  offsetMs: fc.integer({ min: 0, max: 50 }),
  factor: fc.integer({ min: 1, max: 4000 }).map((thousandths) => thousandths / 1000),
});

test("a scenario at other rates is the one that is written with these rates", () => {
  fc.assert(
    fc.property(rates, ({ fps, offsetMs, factor }) => {
      const written = (rate: number) =>
        `- { id: a, model: net, fps: ${rate}, offsetMs: ${offsetMs} }\n- { id: b, model: net, after: a, fps: ${rate} }`;
      expect(scaled(written(fps), factor)).toEqual(scaled(written(fps * factor), 1));
    }),
  );
});

test("rates up and down again are the rates there were, to a rounding", () => {
  fc.assert(
    fc.property(rates, ({ fps, factor }) => {
      const there = scaled(`- { id: a, model: net, fps: ${fps} }`, factor).tasks[0]!.release;
      const up = there.kind === "periodic" ? there.fps : Number.NaN;
      const back = scaled(`- { id: a, model: net, fps: ${up} }`, 1 / factor).tasks[0]!.release;
      expect(back).toMatchObject({ kind: "periodic", fps: expect.closeTo(fps, 9) });
    }),
  );
});
