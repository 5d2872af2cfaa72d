/** The costs that come with a built rtmm (scripts/prepare-costs.js). */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildCostTable } from "../../src/cost/cost-table.ts";
import { LayerCostCache } from "../../src/cost/layer-cost-cache.ts";
import { builtIns } from "../../src/files/built-ins.ts";
import { Library } from "../../src/files/library.ts";
import { packageFolder } from "../../src/files/package-folder.ts";
import { preparedCosts } from "../../src/files/prepared-costs.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadSystem } from "../../src/system/load-system.ts";

const folder = join(packageFolder, "dist/costs");
const prepared = preparedCosts(folder)!;
const library = new Library(packageFolder);
const models = builtIns("model").map(({ path }) => loadModel(path, library));
/** Measurements are of their own models only, and parts of accelerators are not prepared. */
const systems = builtIns("system").filter(({ path }) =>
  loadSystem(path, library).accelerators.every(({ costs, units }) => costs.kind !== "table" && units === 1),
);

test("what runs from the sources has none", () => {
  expect(preparedCosts()).toBeUndefined();
});

test("they are those of built-in systems, and those of built-in models are among them", () => {
  const asked: string[] = [];
  const cache = new LayerCostCache(undefined, {
    layerShapes: prepared.layerShapes,
    costsOn(shape) {
      const costs = prepared.costsOn(shape);
      if (costs !== undefined) asked.push(shape);
      return costs;
    },
  });
  for (const { path } of systems) tableOf(path, cache);
  expect(new Set(asked).size).toBe(readdirSync(folder).length - 1);
  expect(asked.length).toBeGreaterThan(10);
});

test.each(systems)("on $name they are what the cost models compute", ({ path }) => {
  const known = tableOf(path, new LayerCostCache(undefined, prepared));
  expect(known).toEqual(tableOf(path, new LayerCostCache()));
});

function tableOf(path: string, cache: LayerCostCache) {
  const table = buildCostTable(models, loadSystem(path, library), cache);
  return [...table.models.values()].flatMap(({ variants }) => variants);
}
