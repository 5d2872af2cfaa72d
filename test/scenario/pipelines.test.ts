/** `reads`, `display` and `queue` of tasks: what they load as, what is shown, and what is refused. */
import { describe, expect, test } from "vitest";
import { describeScenario } from "../../src/describe/index.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { models, scenarioText } from "./one-scenario.ts";

const loaded = (tasks: string) => loadScenario("s.yaml", memoryFiles({ ...models, "s.yaml": scenarioText(tasks) }));

/** Code of each problem, and what is written at its place. */
const problems = (tasks: string) =>
  problemsOf(() => loaded(tasks)).map(({ code, line, column }) => {
    const text = scenarioText(tasks)
      .split("\n")
      [line! - 1]!.slice(column! - 1);
    return [code, /^[^\s,:}\]]+|./.exec(text)?.[0]];
  });

const xr = `- { id: imu, model: net, periodMs: 2, reads: warp }
- { id: pose, model: net, after: imu, queue: { limit: 1, overflow: drop-oldest } }
- { id: warp, model: net, fps: 120, reads: [pose, imu, warp], display: true, queue: { limit: 3, overflow: refuse } }
- { id: plain, model: net, fps: 10, display: false }`;

describe("a task", () => {
  test("reads tasks by name, before and after it, itself too, in the order of its list", () => {
    expect(loaded(xr).tasks.map(({ reads }) => reads)).toEqual([[2], undefined, [1, 0, 2], undefined]);
  });
  test("has a queue, and may be a display", () => {
    expect(loaded(xr).tasks.map(({ queue, isDisplay }) => [queue, isDisplay])).toEqual([
      [undefined, undefined],
      [{ limit: 1, overflow: "drop-oldest" }, undefined],
      [{ limit: 3, overflow: "refuse" }, true],
      [undefined, undefined],
    ]);
  });
  test.each([
    ["true", true],
    ["on", true],
    ["off", undefined],
    ["false", undefined],
  ])("is a display or not, in every YAML's words: %s", (display, isDisplay) => {
    expect(loaded(`- { id: a, model: net, fps: 10, display: ${display} }`).tasks[0]!.isDisplay).toBe(isDisplay);
  });
  test("without any of them has no such keys", () => {
    expect(Object.keys(loaded("- { id: a, model: net, fps: 10 }").tasks[0]!)).toEqual([
      "id",
      "model",
      "release",
      "deadlineNs",
      "priority",
    ]);
  });
});

describe("what rtmm shows", () => {
  test("names reads, queues and displays of the tasks that have them", () => {
    const { record, blocks } = describeScenario(loaded(xr), "s.yaml", 1);
    expect(record).toMatchObject({
      tasks: [
        { reads: ["warp"] },
        { queue: { limit: 1, overflow: "drop-oldest" } },
        { reads: ["pose", "imu", "warp"], display: true, queue: { limit: 3, overflow: "refuse" } },
        {},
      ],
    });
    expect(blocks).toContainEqual({
      kind: "paragraphs",
      title: "Reads and queues",
      paragraphs: [
        "imu: reads the newest warp",
        "pose: has room for 1 waiting job, and the oldest is dropped for one job more",
        "warp: reads the newest pose, imu, warp; has room for 3 waiting jobs, and one job more is refused; is a display",
      ],
    });
  });
  test("does not name them where there are none", () => {
    const { record } = describeScenario(loaded("- { id: a, model: net, fps: 10 }"), "s.yaml", 1);
    for (const key of ["reads", "display", "queue"]) expect(JSON.stringify(record)).not.toContain(`"${key}"`);
  });
});

describe("what is refused:", () => {
  test.each([
    ["reads: [b, poze]", "UNKNOWN_NAME", "poze"],
    ["reads: poze", "UNKNOWN_NAME", "poze"],
    ["reads: [b, b]", "DUPLICATE_ID", "b"],
    ["reads: []", "WRONG_LENGTH", "["],
    ["reads: [1]", "WRONG_TYPE", "1"],
    ["reads: { task: b }", "WRONG_TYPE", "{"],
    ["display: later", "UNKNOWN_NAME", "later"],
    ["queue: 1", "WRONG_TYPE", "1"],
    ["queue: { limit: 1 }", "MISSING_KEY", "queue"],
    ["queue: { overflow: refuse }", "MISSING_KEY", "queue"],
    ["queue: { limit: 0, overflow: refuse }", "NOT_POSITIVE", "0"],
    ["queue: { limit: 1.5, overflow: refuse }", "NOT_WHOLE", "1.5"],
    ["queue: { limit: 1, overflow: drop-oldst }", "UNKNOWN_NAME", "drop-oldst"],
    ["queue: { limit: 1, overflow: refuse, size: 2 }", "UNKNOWN_KEY", "size"],
  ])("%s", (fields, code, mark) => {
    expect(problems(`- { id: a, model: net, fps: 10, ${fields} }\n- { id: b, model: net, fps: 20 }`)).toEqual([
      [code, mark],
    ]);
  });
  test("a task that waits in a circle, where reading in one is right", () => {
    const tasks = (by: string) => `- { id: a, model: net, ${by}: b }\n- { id: b, model: net, after: a }`;
    expect(problems(tasks("after"))).toEqual([["CYCLE", "b"]]);
    expect(loaded(tasks("fps: 10, reads")).tasks).toHaveLength(2);
  });
});
