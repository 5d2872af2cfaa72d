/** Prepared costs take the place of computed ones, for whom they are meant. */
import { expect, test } from "vitest";
import { buildCostTable } from "../../src/cost/cost-table.ts";
import { LayerCostCache } from "../../src/cost/layer-cost-cache.ts";
import { acceleratorShape, layerShape, type PreparedCosts } from "../../src/cost/prepared-costs.ts";
import { layerCost } from "./one-layer.ts";
import { analyticAccelerator, inlineDataflow, modelOf, systemOf } from "./worlds.ts";

const known = { kind: "memory", name: "known", inputElements: 100, outputElements: 50 } as const;
const other = { ...known, name: "other", inputElements: 200 };
const dataflow = inlineDataflow("SpatialMap(1,1) K");
const accelerator = analyticAccelerator(dataflow);
const slower = analyticAccelerator(dataflow, { id: "slower", clockGHz: 0.5 });

/** Nothing costs that in truth. */
const prepared: PreparedCosts = {
  layerShapes: [layerShape(known)],
  costsOn: (shape) =>
    shape === acceleratorShape(accelerator) ? [{ latencyNs: 7, energyPj: 8, tiles: 2, offChipBytes: 9 }] : undefined,
};

function costsOf(bytesPerElement: number, mostCosts?: number) {
  const model = modelOf("net", [known, { ...known, name: "the same" }, other], bytesPerElement);
  const cache = new LayerCostCache(mostCosts, prepared);
  return buildCostTable([model], systemOf(accelerator, slower), cache).models.get(model)!.variants[0]!;
}

const computed = (layer: typeof known | typeof other, bytes: number) => [
  layerCost(layer, accelerator, bytes)!.latencyNs,
  layerCost(layer, slower, bytes)!.latencyNs,
];

test("they are the costs of their layers on their accelerators, and all others are computed", () => {
  const [, onSlower] = computed(known, 1);
  const { latencyNs, energyPj, tiles, offChipBytes } = costsOf(1);
  expect([...latencyNs]).toEqual([7, onSlower, 7, onSlower, ...computed(other, 1)]);
  expect([...energyPj].filter((pj) => pj === 8)).toHaveLength(2);
  expect([...tiles!]).toEqual([2, 0, 2, 0, 0, 0]);
  expect([...offChipBytes!].filter((bytes) => bytes === 9)).toHaveLength(2);
});

test("a cache that has forgotten what it held still has them", () => {
  expect(costsOf(1, 0)).toEqual(costsOf(1));
});

test("they hold for elements of one byte", () => {
  expect([...costsOf(2).latencyNs]).toEqual([...computed(known, 2), ...computed(known, 2), ...computed(other, 2)]);
});
