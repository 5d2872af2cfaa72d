/** One model file at several batches. */
import { expect, test } from "vitest";
import type { Scenario } from "../../src/core/scenario.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { scenarioText } from "./one-scenario.ts";

const net = "name: net\ninput: [8, 4, 4]\nlayers: [{ name: c, type: conv, out: 2, kernel: 1 }, { type: fc, out: 3 }]\n";
const load = (tasks: string, files = {}): Scenario =>
  loadScenario("s.yaml", memoryFiles({ "net.yaml": net, ...files, "s.yaml": scenarioText(tasks) }));
const modelsIn = (tasks: string, files = {}) => load(tasks, files).tasks.map(({ model }) => model);
const batchesIn = (tasks: string) =>
  modelsIn(tasks).map(({ variants }) =>
    variants[0]!.layers.map((layer) => (layer.kind === "convolution" ? layer.batch : undefined)),
  );

const both = "- { id: a, model: net, fps: 1 }\n- { id: b, model: net, fps: 1, batch: 4 }";

test("a task's batch makes another model of the same file, named after both", () => {
  expect(modelsIn(both).map(({ name }) => name)).toEqual(["net", "net@4"]);
  expect(batchesIn(both)).toEqual([
    [1, 1],
    [4, 4],
  ]);
  const [one, four] = modelsIn(both).map(({ variants }) => variants[0]!.layers[0]!);
  expect(four).toMatchObject({ inputElements: 4 * one!.inputElements, outputElements: 4 * one!.outputElements });
});
test("the model's own batch, said again, is the same model", () => {
  const [a, b] = modelsIn("- { id: a, model: net, fps: 1 }\n- { id: b, model: net, fps: 1, batch: 1 }");
  expect(b).toBe(a);
  expect(a!.name).toBe("net");
});
test("tasks with one batch share their model", () => {
  const [a, b] = modelsIn("- { id: a, model: net, fps: 1, batch: 4 }\n- { id: b, model: net.yaml, fps: 1, batch: 4 }");
  expect(b).toBe(a);
});
test("an inline model takes a batch, too, and an alias of it another", () => {
  const tasks = `- { id: a, model: &own { name: own, batch: 2, input: [1, 1, 1], layers: [{ type: fc, out: 1 }] }, fps: 1 }
- { id: b, model: *own, fps: 1, batch: 3 }
- { id: c, model: *own, fps: 1, batch: 2 }`;
  const [a, b, c] = modelsIn(tasks);
  expect([a, b, c].map((model) => model!.name)).toEqual(["own", "own@3", "own"]);
  expect(c).toBe(a);
});
test.each([
  ["0", "NOT_POSITIVE"],
  ["1.5", "NOT_WHOLE"],
  ["many", "WRONG_TYPE"],
])("batch: %s is reported as %s in its place", (batch, code) => {
  const tasks = `- { id: a, model: net, fps: 1, batch: ${batch} }`;
  const files = memoryFiles({ "net.yaml": net, "s.yaml": scenarioText(tasks) });
  expect(problemsOf(() => loadScenario("s.yaml", files))).toMatchObject([{ code, line: 4, column: 41 }]);
});
test("problems of a model's file are told once, whatever the batches", () => {
  const files = memoryFiles({ "net.yaml": "name: net\nlayers: []\n", "s.yaml": scenarioText(both) });
  expect(problemsOf(() => loadScenario("s.yaml", files))).toHaveLength(1);
});
