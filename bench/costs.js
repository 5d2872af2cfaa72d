/** Cost models, layer by layer, and the cost tables of all built-in scenarios on all XRBench systems. */
import { layerCostModel } from "../dist/cost/index.js";
import { builtIns } from "../dist/files/built-ins.js";
import { Library } from "../dist/files/library.js";
import { prepare } from "../dist/run/prepare.js";
import { runOnce } from "../dist/run/run-once.js";
import { Workbench } from "../dist/run/workbench.js";
import { print, shortestSeconds } from "./table.js";

const ROUNDS = 5;

/** Layers per second of each analytic cost model, without a cache. */
export async function costModels() {
  const workbench = new Workbench(new Library(process.cwd()));
  const { files } = workbench;
  const scenario = workbench.scenario(files.find("scenario", "ar-assistant")).value;
  const layers = scenario.tasks.flatMap(({ model }) => model.variants.flatMap((variant) => variant.layers));
  const rows = [["cost model", "accelerator", "layers", "layers/s"]];
  for (const [systemName, index] of [
    ["hda-2-ws-os-4k", 0],
    ["hda-2-ws-os-4k", 1],
    ["xr-soc-2", 0],
  ]) {
    const accelerator = workbench.system(files.find("system", systemName)).value.accelerators[index];
    const cost = layerCostModel(accelerator);
    const seconds = shortestSeconds(ROUNDS, () => {
      for (const layer of layers) cost(layer, 1);
    });
    const rate = Math.round(layers.length / seconds);
    rows.push([accelerator.costs.kind, `${systemName}/${accelerator.id}`, layers.length, rate]);
  }
  print("cost models, no cache", rows);
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
