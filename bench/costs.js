/** Cost models, layer by layer, and the cost tables of all built-in scenarios on all XRBench systems. */
import { layerCostModel } from "../dist/cost/index.js";
import { builtIns } from "../dist/files/built-ins.js";
import { Library } from "../dist/files/library.js";
import { prepare } from "../dist/run/prepare.js";
import { runOnce } from "../dist/run/run-once.js";
import { Workbench } from "../dist/run/workbench.js";
import { cpuSeconds, print } from "./table.js";

/** Until V8 has compiled a cost model, and some more. */
const ROUNDS = 100;

const ACCELERATORS = [
  ["hda-2-ws-os-4k", 0],
  ["hda-2-ws-os-4k", 1],
  ["fda-1-rs-4k", 0],
  ["xr-soc-2", 0],
  ["xr-soc-2", 1],
];

/** Layers per second of the analytic cost models. Each layer is of another shape, and a new cost model has seen none. */
export async function costModels() {
  const workbench = new Workbench(new Library(process.cwd()));
  const layers = distinctLayers(workbench);
  const rows = [["cost model", "accelerator", "layers", "first round, layers/s", "best round, layers/s"]];
  for (const [systemName, index] of ACCELERATORS) {
    const path = workbench.files.find("system", systemName);
    const accelerator = workbench.system(path).value.accelerators[index];
    const seconds = Array.from({ length: ROUNDS }, () => cpuSeconds(() => costLayers(accelerator, layers)));
    const rate = (s) => Math.round(layers.length / s);
    const name = `${systemName}/${accelerator.id}`;
    rows.push([accelerator.costs.kind, name, layers.length, rate(seconds[0]), rate(Math.min(...seconds))]);
  }
  print("cost models, no cache", rows);
}

function costLayers(accelerator, layers) {
  const cost = layerCostModel(accelerator);
  for (const layer of layers) cost(layer, 1);
}

/** The layers of all built-in scenarios, one of each shape. */
function distinctLayers(workbench) {
  const byShape = new Map();
  for (const { path } of builtIns("scenario")) {
    const { tasks } = workbench.scenario(path).value;
    const variants = tasks.flatMap(({ model }) => model.variants);
    for (const layer of variants.flatMap((variant) => variant.layers))
      byShape.set(JSON.stringify({ ...layer, name: "" }), layer);
  }
  return [...byShape.values()];
}

/** From files to results: all built-in scenarios on XRBench's 26 systems, A to M with 4096 and 8192 PEs. */
export async function costTables() {
  const styles = builtIns("system").filter(({ name }) => /^(fda|sfda|hda)-/.test(name));
  const scenarios = builtIns("scenario");
  const start = process.hrtime.bigint();
  const workbench = new Workbench(new Library(process.cwd()));
  let tablesNs = 0n;
  let layers = 0;
  for (const system of styles) {
    for (const scenario of scenarios) {
      const began = process.hrtime.bigint();
      const request = {
        scenario: scenario.path,
        system: system.path,
        scheduler: "xrbench-latency",
        parameters: {},
        seed: 1,
        durationMs: undefined,
        warmupMs: 0,
      };
      const setup = await prepare(request, workbench);
      tablesNs += process.hrtime.bigint() - began;
      layers += runOnce(setup).totals.layers;
    }
  }
  const seconds = (ns) => (Number(ns) / 1e9).toFixed(2);
  print("all scenarios on all XRBench systems, from files to results, one process", [
    ["scenarios", "systems", "loading and costs, s", "total, s", "layers run"],
    [scenarios.length, styles.length, seconds(tablesNs), seconds(process.hrtime.bigint() - start), layers],
  ]);
}
