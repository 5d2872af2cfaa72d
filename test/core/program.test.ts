import { expect, test } from "vitest";
import { compile, unsupported } from "../../src/core/program.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

const world: SmallWorld = {
  tasks: [
    {
      id: "a",
      layersNs: [
        [10, 40],
        [20, Infinity],
      ],
    },
    { id: "b", layersNs: [5], release: { kind: "after", taskIndexes: [0], probability: 0.5 } },
  ],
  units: [2, 1],
};

test("a program holds a row a layer and one of zeros after each variant, and sums from each row to the end", () => {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  // Columns: a0 on one unit (twice as long), on both, a1.
  expect([...program.latencyNs]).toEqual([20, 10, 40, 40, 20, Infinity, 0, 0, 0, 10, 5, 5, 0, 0, 0]);
  expect([...program.remainingNs]).toEqual([60, 30, Infinity, 40, 20, Infinity, 0, 0, 0, 10, 5, 5, 0, 0, 0]);
  expect([...program.meanLatencyNs]).toEqual([25, 20, 0, 5, 0]);
  expect([...program.meanRemainingNs]).toEqual([45, 20, 0, 5, 0]);
  expect([...program.minRemainingNs]).toEqual([30, 20, 0, 5, 0]);
  expect([...program.fullColumn]).toEqual([1, 2]);
  expect(program.tasks.map(({ firstRow, endRow, isolatedNs }) => [firstRow, endRow, isolatedNs])).toEqual([
    [[0], [2], [30]],
    [[3], [4], [5]],
  ]);
  expect(program.tasks.map(({ parents, children, probability }) => [parents, children, probability])).toEqual([
    [[], [1], 1],
    [[0], [], 0.5],
  ]);
});

test("tasks of one model share its rows", () => {
  const { scenario, system, costTable } = smallScenario(world);
  const twice = { ...scenario, tasks: [scenario.tasks[0]!, { ...scenario.tasks[0]!, id: "again" }] };
  const { tasks, latencyNs } = compile(twice, system, costTable);
  expect(tasks[1]!.firstRow).toEqual(tasks[0]!.firstRow);
  expect(latencyNs.length).toBe(9);
});

test("a model without costs is a RangeError that names it", () => {
  const { scenario, system, costTable } = smallScenario(world);
  const none = { ...costTable, models: new Map() };
  expect(() => compile(scenario, system, none)).toThrow(new RangeError("no costs for model a"));
});

test("what the core cannot simulate yet is said, not simulated as something else", () => {
  const { scenario } = smallScenario(world);
  expect(unsupported(scenario)).toEqual([]);
  const [task] = scenario.tasks;
  const [variant] = task!.model.variants;
  const withVariant = (more: object) => {
    const variants = [{ ...variant!, ...more }];
    return { ...scenario, tasks: [{ ...task!, model: { ...task!.model, variants } }] };
  };
  const skip = { firstLayer: 0, endLayer: 1, probability: 0.5 };
  const exit = { afterLayer: 0, probability: 0.5 };
  const loop = { firstLayer: 0, layersPerStep: 1, stepProbabilities: [0.5, 0.5] };
  expect(unsupported(withVariant({ skips: [skip] }))).toEqual(['model "a" has layers that may be skipped']);
  expect(unsupported(withVariant({ exits: [exit] }))).toEqual(['model "a" has early exits']);
  expect(unsupported(withVariant({ loops: [loop] }))).toEqual(['model "a" has a variable number of steps']);
  const phases = [{ name: "later", startNs: 1, changes: [] }];
  expect(unsupported({ ...scenario, phases })).toEqual(['scenario "small" has phases']);
  const supernet = { ...task!.model, variants: [variant!, { ...variant!, name: "light" }] };
  expect(unsupported({ ...scenario, tasks: [{ ...task!, model: supernet }] })).toEqual([
    'model "a" has supernet variants',
  ]);
});
