/** `periodMs` wherever a rate may stand: exact times, default deadlines, scaling, joins, phases, and what is refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { releaseCursor } from "../../src/core/arrivals.ts";
import type { Scenario } from "../../src/core/scenario.ts";
import { describeScenario } from "../../src/describe/index.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import type { RateScale } from "../../src/scenario/rate-scale.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { propertyRuns } from "../property-runs.ts";
import { models, scenarioText } from "./one-scenario.ts";

const loaded = (tasks: string, rest = "", rateScale: RateScale = 1) =>
  loadScenario("s.yaml", memoryFiles({ ...models, "s.yaml": scenarioText(tasks, rest) }), new Map(), { rateScale });

/** Code of each problem, and what is written at its place. */
const problems = (tasks: string, rest = "") =>
  problemsOf(() => loaded(tasks, rest)).map(({ code, line, column }) => {
    const text = scenarioText(tasks, rest)
      .split("\n")
      [line! - 1]!.slice(column! - 1);
    return [code, /^[^\s,:}\]]+|./.exec(text)?.[0]];
  });

function releasesNs(scenario: Scenario, task = 0): number[] {
  const times: number[] = [];
  for (const cursor = releaseCursor(scenario, task, 1); cursor.releaseNs !== Infinity; cursor.advance())
    times.push(cursor.releaseNs);
  return times;
}

describe("periodMs", () => {
  test("releases every job exactly, however the decimal fits into a float", () => {
    const everyTenthMs = fc.integer({ min: 10, max: 5000 }).map((tenths) => tenths / 10);
    const property = fc.property(everyTenthMs, (periodMs) => {
      const times = releasesNs(loaded(`- { id: a, model: net, periodMs: ${periodMs} }`));
      expect(times).toEqual(times.map((_, k) => k * Math.round(periodMs * 10) * 100_000));
      expect(times).toHaveLength(Math.ceil(10_000 / Math.round(periodMs * 10)));
    });
    fc.assert(property, propertyRuns(100));
  });
  test("is the default deadline of its task, of those below it, and of a dependent task that has one", () => {
    const tasks = `- { id: a, model: net, periodMs: 7 }
- { id: b, model: net, after: a }
- { id: c, model: net, after: a, periodMs: 12.5 }
- { id: d, model: net, arrival: { kind: poisson, periodMs: 40 } }`;
    expect(loaded(tasks).tasks.map(({ deadlineNs }) => deadlineNs)).toEqual([7e6, 7e6, 12.5e6, 40e6]);
  });
  test("is the mean gap of random arrivals, which come when those of the same rate do", () => {
    const random = (rate: string) => releasesNs(loaded(`- { id: a, model: net, arrival: { kind: poisson, ${rate} } }`));
    expect(random("periodMs: 20")).toEqual(random("ratePerS: 50"));
  });
  test("is divided by a factor on rates, jitter, phases and random arrivals with it", () => {
    const tasks = `- { id: a, model: net, periodMs: 7, jitterMs: 7 }
- { id: b, model: net, arrival: { kind: poisson, periodMs: 10 } }`;
    const scenario = loaded(tasks, "phases: [{ name: p, startMs: 400, tasks: { a: { periodMs: 8 } } }]", 2);
    expect(scenario.tasks.map(({ release }) => release)).toEqual([
      { kind: "periodic", fps: 1e9 / 3.5e6, periodNs: 3.5e6, offsetNs: 0, jitterNs: 3.5e6 },
      { kind: "poisson", ratePerS: 200, periodNs: 5e6, offsetNs: 0 },
    ]);
    expect(scenario.phases[0]!.changes).toEqual([{ taskIndex: 0, fps: 250, periodNs: 4e6 }]);
    expect(loaded(tasks, "", { a: 7 }).tasks.map(({ deadlineNs }) => deadlineNs)).toEqual([1e6, 10e6]);
  });
  test("joins with an equal fps, and with no other", () => {
    const join = (other: string) => `- { id: a, model: net, periodMs: 10 }
- { id: b, model: net, ${other} }
- { id: c, model: net, after: { tasks: [a, b] } }`;
    expect(loaded(join("fps: 100")).tasks).toHaveLength(3);
    expect(problems(join("fps: 99"))).toEqual([["DIFFERENT_RATES", "{"]]);
    const phases = (change: string) =>
      `phases: [{ name: p, startMs: 5, tasks: { a: { periodMs: 5 }, b: { ${change} } } }]`;
    expect(loaded(join("fps: 100"), phases("fps: 200")).phases).toHaveLength(1);
    expect(problems(join("fps: 100"), phases("fps: 201"))).toEqual([["DIFFERENT_RATES", "tasks"]]);
  });
  test("stands in what rtmm shows, as it is written", () => {
    const tasks = `- { id: a, model: net, periodMs: 7, offsetMs: 2 }
- { id: b, model: net, arrival: { kind: poisson, periodMs: 10 } }`;
    const scenario = loaded(tasks, "phases: [{ name: p, startMs: 400, tasks: { a: { periodMs: 8 } } }]");
    const { record, blocks } = describeScenario(scenario, "s.yaml", 1);
    expect(record).toMatchObject({
      tasks: [{ periodMs: 7 }, { periodMs: 10 }],
      phases: [{ changes: [{ task: "a", fps: 125, periodMs: 8 }] }],
    });
    const text = JSON.stringify(blocks);
    for (const words of ["every 7 ms, offset 2 ms", "Poisson, every 10 ms on average", "a every 8 ms"])
      expect(text).toContain(words);
  });
  test("of Poisson arrivals changes in phases, and is shown in jobs a second", () => {
    const tasks = "- { id: b, model: net, arrival: { kind: poisson, ratePerS: 100 } }";
    const phases =
      "phases:\n  - { name: p, startMs: 250, tasks: { b: { ratePerS: 900 } } }\n  - { name: q, startMs: 500, tasks: { b: { periodMs: 20 } } }";
    const { record, blocks } = describeScenario(loaded(tasks, phases), "s.yaml", 1);
    expect(record).toMatchObject({
      phases: [{ changes: [{ task: "b", ratePerS: 900 }] }, { changes: [{ task: "b", ratePerS: 50, periodMs: 20 }] }],
    });
    for (const words of ["b 900/s", "b every 20 ms"]) expect(JSON.stringify(blocks)).toContain(words);
  });
  test("has no place in what is shown of a scenario without it", () => {
    expect(JSON.stringify(describeScenario(loaded("- { id: a, model: net, fps: 10 }"), "s.yaml", 1))).not.toContain(
      "periodMs",
    );
  });
});

describe("what is refused", () => {
  test.each([
    ["periodMs: 7, fps: 100", "KEYS_EXCLUDE", "periodMs"],
    ["periodMs: 0", "TOO_SMALL", "0"],
    ["periodMs: -7", "TOO_SMALL", "-7"],
    ["periodMs: seven", "WRONG_TYPE", "seven"],
    ["periodMs: 7, jitterMs: 7.1", "TOO_BIG", "7.1"],
    ["periodMs: 7, arrival: { kind: poisson, ratePerS: 1 }", "KEYS_EXCLUDE", "periodMs"],
    ["arrival: { kind: poisson }", "MISSING_KEY", "arrival"],
    ["arrival: { kind: poisson, ratePerS: 1, periodMs: 7 }", "KEYS_EXCLUDE", "arrival"],
  ])("%s", (rate, code, mark) => {
    expect(problems(`- { id: a, model: net, ${rate} }`)).toEqual([[code, mark]]);
  });
  test.each([
    ["a: { periodMs: 7, fps: 100 }", "KEYS_EXCLUDE"],
    ["b: { periodMs: 7 }", "NO_EFFECT"],
  ])("in a phase: %s", (change, code) => {
    const tasks = "- { id: a, model: net, fps: 10 }\n- { id: b, model: net, after: a }";
    const found = problems(tasks, `phases: [{ name: p, startMs: 5, tasks: { ${change} } }]`);
    expect(found.map(([each]) => each)).toEqual([code]);
  });
});
