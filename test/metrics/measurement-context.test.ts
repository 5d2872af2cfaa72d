import { expect, test } from "vitest";
import type { CostTable, VariantCosts } from "../../src/core/costs.ts";
import type { Model } from "../../src/core/model.ts";
import type { Scenario } from "../../src/core/scenario.ts";
import type { Accelerator, System } from "../../src/core/system.ts";
import { measurementContext } from "../../src/metrics/measurement-context.ts";

const variant = (name: string) => ({ name, layers: [], skips: [], exits: [], loops: [] });
const model: Model = { name: "net", bytesPerElement: 1, variants: [variant("original"), variant("light")] };

const parent = { kind: "periodic", fps: 30, offsetNs: 0, jitterNs: 0 } as const;
const scenario: Scenario = {
  name: "s",
  durationNs: 5e9,
  phases: [],
  tasks: [
    { id: "root", model, release: parent, deadlineNs: 1e7, priority: 1 },
    { id: "child", model, release: { kind: "after", taskIndexes: [0], probability: 1 }, deadlineNs: 1e7, priority: 1 },
  ],
};

const accelerator = (id: string, units: number): Accelerator => ({
  id,
  costs: { kind: "table", rows: [] },
  clockGHz: 1,
  pes: 1,
  units,
  preemption: [],
  idlePowerMw: 5,
  globalBufferBytes: Infinity,
});

const system = (...units: number[]): System => ({
  name: "s",
  accelerators: units.map((count, index) => accelerator(`x${index}`, count)),
  memory: { bandwidthGBs: 1, energyPjPerByte: 0 },
  contextSwitch: "off",
});

/** Rows are layers, columns are accelerators. */
function costs(name: string, latencyNs: number[][], energyPj: number[][]): VariantCosts {
  const layers = latencyNs.length;
  return {
    variantName: name,
    layers,
    layerNames: latencyNs.map((_, index) => `l${index}`),
    latencyNs: Float64Array.from(latencyNs.flat()),
    energyPj: Float64Array.from(energyPj.flat()),
    boundaryBytes: new Float64Array(layers),
    liveBytes: new Float64Array(layers),
  };
}

const table = (columns: number, ...variants: VariantCosts[]): CostTable => ({
  columns,
  models: new Map([[model, { model, variants }]]),
});

const light = costs("light", [[1, 1]], [[1, 1]]);

test("isolated time is that of the fastest accelerator, worst energy that of the hungriest and the heaviest variant", () => {
  const original = costs(
    "original",
    [
      [10, 30],
      [10, 2],
    ],
    [
      [5, 1],
      [5, 2],
    ],
  );
  const { tasks } = measurementContext(scenario, system(1, 1), table(2, original, light));
  expect(tasks[0]?.variants.map(({ isolatedNs }) => isolatedNs)).toEqual([20, 1]);
  expect(tasks[0]?.worstEnergyPj).toBe(10);
});

test("an accelerator that cannot run the whole model sets neither, and its energy there does not count", () => {
  const original = costs(
    "original",
    [
      [10, 1],
      [10, Infinity],
    ],
    [
      [5, 90],
      [5, 90],
    ],
  );
  const { tasks } = measurementContext(scenario, system(1, 1), table(2, original, light));
  expect([tasks[0]?.variants[0]?.isolatedNs, tasks[0]?.worstEnergyPj]).toEqual([20, 10]);
});

test("where no accelerator can run the whole model, each layer takes the best, or worst, that can run it", () => {
  const original = costs(
    "original",
    [
      [10, 4],
      [Infinity, 7],
      [9, Infinity],
    ],
    [
      [5, 3],
      [99, 2],
      [6, 99],
    ],
  );
  const { tasks } = measurementContext(scenario, system(1, 1), table(2, original, light));
  expect([tasks[0]?.variants[0]?.isolatedNs, tasks[0]?.worstEnergyPj]).toEqual([20, 13]);
});

test("a fissionable accelerator counts with all its units", () => {
  const original = costs("original", [[8, 4, 50]], [[9, 6, 1]]);
  const { tasks } = measurementContext(
    scenario,
    system(2, 1),
    table(3, original, costs("light", [[1, 1, 1]], [[0, 0, 0]])),
  );
  expect([tasks[0]?.variants[0]?.isolatedNs, tasks[0]?.worstEnergyPj]).toEqual([4, 6]);
});

test("duration, warm-up, dependence and idle power are taken over, and the warm-up is 0 unless said", () => {
  const all = table(1, costs("original", [[1]], [[1]]), costs("light", [[1]], [[1]]));
  const measured = measurementContext(scenario, system(1), all, { warmupNs: 7 });
  expect(measured).toMatchObject({ durationNs: 5e9, warmupNs: 7 });
  expect(measured.tasks.map(({ id, isDependent }) => [id, isDependent])).toEqual([
    ["root", false],
    ["child", true],
  ]);
  expect(measured.accelerators).toEqual([{ id: "x0", units: 1, idlePowerMw: 5 }]);
  expect(measurementContext(scenario, system(1), all).warmupNs).toBe(0);
});

test("a model without costs is refused by name", () => {
  expect(() => measurementContext(scenario, system(1), { columns: 1, models: new Map() })).toThrow("net");
});
