#!/usr/bin/env node
// Writes dist/costs: what the layers of the built-in models cost on the accelerators of the built-in systems, but for
// parts of accelerators.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAnalytic, layerCostModel } from "../dist/cost/layer-cost.js";
import { acceleratorShape, layerShape, PREPARED_BYTES } from "../dist/cost/prepared-costs.js";
import { builtIns } from "../dist/files/built-ins.js";
import { Library } from "../dist/files/library.js";
import { costsFile } from "../dist/files/prepared-costs.js";
import { loadModel } from "../dist/scenario/load-model.js";
import { loadSystem } from "../dist/system/load-system.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "dist/costs");
const library = new Library(root);

/** One of each shape. */
const byShape = (things, shapeOf) => new Map(things.map((thing) => [shapeOf(thing), thing]));
const isPrepared = ({ bytesPerElement }) => bytesPerElement === PREPARED_BYTES;
const layersOf = ({ variants }) => variants.flatMap((variant) => variant.layers);
const wholeAccelerators = ({ accelerators }) => accelerators.filter((each) => isAnalytic(each) && each.units === 1);
const store = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value));

const models = builtIns("model").map(({ path }) => loadModel(path, library));
const systems = builtIns("system").map(({ path }) => loadSystem(path, library));
const layers = byShape(models.filter(isPrepared).flatMap(layersOf), layerShape);
const accelerators = byShape(systems.flatMap(wholeAccelerators), acceleratorShape);

mkdirSync(folder, { recursive: true });
store("layers.json", [...layers.keys()]);
for (const [shape, accelerator] of accelerators) store(costsFile(shape), costsOn(accelerator));

function costsOn(accelerator) {
  const costModel = layerCostModel(accelerator);
  return [...layers.values()].map((layer) => costOf(costModel(layer, PREPARED_BYTES)));
}

/** What a cost table takes of it. JSON has no other numbers. */
function costOf({ latencyNs, energyPj, tiles, offChipBytes }) {
  const cost = { latencyNs, energyPj, tiles, offChipBytes };
  for (const [field, value] of Object.entries(cost))
    if (value !== undefined && !Number.isFinite(value)) throw new Error(`${field} of a built-in layer is ${value}`);
  return cost;
}
