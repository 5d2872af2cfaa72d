import { expect, test } from "vitest";
import { compile, unsupported } from "../../src/core/program.ts";
import { type SmallTask, type SmallWorld, smallScenario } from "../worlds.ts";

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

test("what cannot be simulated with given costs is said, not simulated as something else", () => {
  const gate = (endLayer: number) => ({ firstLayer: 0, endLayer, probability: 0.5 });
  const said = (task: Partial<SmallTask>, measuredLayers?: readonly number[]) => {
    const { scenario, system, costTable } = smallScenario({ tasks: [{ id: "a", layersNs: [1, 2], ...task }] });
    if (measuredLayers === undefined) return unsupported(scenario, costTable, system);
    const whole = smallScenario({ tasks: [{ id: "a", layersNs: measuredLayers }] }).costTable;
    const [costs] = [...whole.models.values()];
    return unsupported(scenario, { ...whole, models: new Map([[scenario.tasks[0]!.model, costs!]]) }, system);
  };
  expect(said({})).toEqual([]);
  expect(said({ skips: [gate(1)] })).toEqual([]);
  expect(said({ skips: [gate(2)] })).toEqual(['model "a" may skip all of its layers; at least one must always run']);
  expect(said({ skips: [gate(1), { firstLayer: 1, endLayer: 2, probability: 0.5 }] })).toHaveLength(1);
  expect(said({ skips: [gate(1)] }, [3])).toEqual([
    'model "a" is measured as a whole, so its skips, exits and lengths cannot be simulated',
  ]);
  expect(said({}, [3])).toEqual([]);
});

test("a supernet that is measured in part as a whole cannot change variants at switch points", () => {
  const { scenario, system, costTable } = smallScenario({
    tasks: [{ id: "a", layersNs: [1, 2], lighterNs: [[1, 1]], switchPoints: [[1, 1]] }],
  });
  const [model, costs] = [...costTable.models][0]!;
  const whole = { ...costs.variants[1]!, layers: 1 };
  const withVariants = (variants: typeof costs.variants) =>
    unsupported(scenario, { ...costTable, models: new Map([[model, { ...costs, variants }]]) }, system);
  expect(withVariants(costs.variants)).toEqual([]);
  expect(withVariants([whole, whole])).toEqual([]);
  expect(withVariants([costs.variants[0]!, whole])).toEqual([
    'variant lighter1 of "a" is measured as a whole and others by layers, so no job can change to it at a switch point',
  ]);
});
