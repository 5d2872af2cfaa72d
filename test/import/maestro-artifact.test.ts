/** Imports every file of the XRBench artifact and checks what our loaders and cost model make of it. */
import { describe, expect, test } from "vitest";
import { dataflowPresets } from "../../src/core/dataflows.ts";
import type { ConvolutionLayer, Layer } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import type { Scenario } from "../../src/core/scenario.ts";
import type { System } from "../../src/core/system.ts";
import { maestroCostModel } from "../../src/cost/maestro.ts";
import { detectMaestroFormat, importMaestroSystem, importMaestroWorkload } from "../../src/import/index.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { maestroEnergy } from "../cost/one-layer.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { referenceFiles, referenceRows, referenceText, withReference } from "../shared.ts";
import { shippedFile, shippedFiles, shippedNames, shippedText } from "../workloads/shipped-files.ts";

const folder = "xrbench-artifact";
const scenarioFolder = `${folder}/usage_scenarios`;
const sizes = ["single", "dual", "quad"];

/** Every layer line of a file, read by a pattern that fits the artifact's own files. */
function layersIn(text: string): string[][] {
  const pattern = /Type: (\w+)\s+Dimensions: \{ N: 1, K: (\d+), C: (\d+), Y: (\d+), X: (\d+), R: (\d+), S: (\d+) \}/g;
  return [...text.matchAll(pattern)].map((match) => match.slice(1));
}

const wordsIn = (text: string, pattern: RegExp): (string | undefined)[] => {
  return [...text.matchAll(pattern)].map((match) => match[1]);
};

const maestroLayer = ({ inputChannels, outputChannels, sweptRows, sweptColumns, ...layer }: ConvolutionLayer) => {
  const type = layer.operator === "depthwise" ? ("DSCONV" as const) : ("CONV" as const);
  const { filterRows: R, filterColumns: S } = layer;
  return { type, K: outputChannels, C: inputChannels, Y: sweptRows, X: sweptColumns, R, S };
};
const isConvolution = (layer: Layer): layer is ConvolutionLayer => layer.kind === "convolution";
const layersOf = (model: Model) => model.variants[0]!.layers.filter(isConvolution).map(maestroLayer);

const importedScenarios = new Map<string, Scenario>();
function scenarioOf(file: string): Scenario {
  const known = importedScenarios.get(file);
  if (known !== undefined) return known;
  const { models, scenario } = importMaestroWorkload(referenceText(scenarioFolder, file), file);
  const files = memoryFiles(Object.fromEntries([...models, scenario].map(({ fileName, text }) => [fileName, text])));
  const loaded = loadScenario(`${scenario.name}.yaml`, files);
  importedScenarios.set(file, loaded);
  return loaded;
}
const modelsOf = (file: string): readonly Model[] => scenarioOf(file).tasks.map(({ model }) => model);

withReference(folder, () => {
  describe.each(referenceFiles(scenarioFolder))("%s", (file) => {
    test("its layers keep type and sizes", () => {
      const layers = modelsOf(file).flatMap(layersOf);
      expect(layers.length).toBeGreaterThan(100);
      expect(layers.map((layer) => Object.values(layer).map(String))).toEqual(
        layersIn(referenceText(scenarioFolder, file)),
      );
    });

    test("its tasks keep rates, dependencies and probabilities", () => {
      const text = referenceText(scenarioFolder, file);
      const { tasks } = scenarioOf(file);
      expect(tasks.map(({ deadlineNs }) => String(Math.round(1e9 / deadlineNs)))).toEqual(
        wordsIn(text, /FPS:\s*(\d+)/g),
      );
      expect(tasks.map(({ model }) => model.title)).toEqual(wordsIn(text, /Network (\w+)/g));
      const dependencies = tasks.map(({ release }) => release).filter((release) => release.kind === "after");
      const parents = dependencies.flatMap(({ taskIndexes }) => taskIndexes.map((index) => tasks[index]?.model.title));
      expect(parents).toEqual(wordsIn(text, /Dependency: \{\s*(\w+)\s*\}/g));
      const probabilities = wordsIn(text, /Probability: ([\d.]+)/g).map(Number);
      expect(dependencies.map(({ probability }) => probability)).toEqual(
        dependencies.map((_, i) => probabilities[i] ?? 1),
      );
    });

    test("is told to be a workload", () => {
      expect(detectMaestroFormat(referenceText(scenarioFolder, file))).toBe("workload");
    });
  });

  describe.each(sizes)("%s accelerators", (size) => {
    const hardwareFiles = referenceFiles(`${folder}/hw_configs/${size}`);
    const dataflowFiles = referenceFiles(`${folder}/dataflows/${size}`);
    const pairs = hardwareFiles.flatMap((hardware) => dataflowFiles.map((dataflow) => [hardware, dataflow] as const));
    test.each(pairs)("%s with %s is a system that runs the presets", (hardware, dataflow) => {
      const { system, warnings } = importedSystem(size, hardware, dataflow);
      expect(warnings).toEqual([]);
      const flows = system.accelerators.map(({ costs }) => ("dataflow" in costs ? costs.dataflow : undefined));
      expect(flows.every((flow) => flow !== undefined && dataflowPresets.includes(flow))).toBe(true);
      expect(`${flows.map((flow) => flow?.name.toUpperCase()).join("_")}.m`).toBe(dataflow);
      const text = referenceText(`${folder}/hw_configs/${size}`, hardware);
      expect(system.accelerators.map(({ pes }) => String(pes))).toEqual(wordsIn(text, /num_pes: (\d+)/g));
      const bandwidths = system.accelerators.flatMap(({ costs }) =>
        "dataflow" in costs ? costs.nocElementsPerCycle : [],
      );
      expect(new Set(bandwidths.map(String))).toEqual(new Set(wordsIn(text, /_noc_bw: (\d+)/g)));
    });
  });

  const styles = shippedNames("system").filter((name) => /^(fda|sfda|hda)-/.test(name));

  test("thirteen styles in two sizes are shipped", () => expect(styles.length).toBe(26));

  test.each(styles)("%s is what the artifact's files say", (name) => {
    const imported = importedSystem(...artifactFilesOf(name)).system;
    const shipped = loadSystem(shippedFile("system", name), shippedFiles());
    expect(importantOf(shipped)).toEqual(importantOf(imported));
  });
});

function importedSystem(size: string, hardware: string, dataflow: string): { system: System; warnings: Problem[] } {
  const { text } = importMaestroSystem(
    { text: referenceText(`${folder}/hw_configs/${size}`, hardware), file: hardware },
    { text: referenceText(`${folder}/dataflows/${size}`, dataflow), file: dataflow },
  );
  const warnings: Problem[] = [];
  return { system: loadSystem("system.yaml", memoryFiles({ "system.yaml": text }, warnings)), warnings };
}

/** A style's source names its files. */
function artifactFilesOf(name: string): readonly [size: string, hardware: string, dataflow: string] {
  const match = /hw_configs\/(\w+)\/(\w+\.m), dataflows\/\w+\/(\w+\.m)/.exec(shippedText("system", name))!;
  return [match[1]!, match[2]!, match[3]!];
}

/** What decides costs and switches; a single bandwidth stands for one at every level. */
const importantOf = ({ accelerators, memory, contextSwitch }: System) => ({
  memory,
  contextSwitch,
  accelerators: accelerators.map(({ pes, clockGHz, costs }) => {
    if (!("dataflow" in costs)) return costs.kind;
    return { pes, clockGHz, ...costs, nocElementsPerCycle: new Set(costs.nocElementsPerCycle) };
  }),
});

/** Systems of the artifact by the names of their files, each accelerator with the PEs and bandwidths that it has there. */
const costModelsOf = (hardware: string, flows: string) =>
  importedSystem(hardware.split("_")[0]!.toLowerCase(), `${hardware}.m`, `${flows}.m`).system.accelerators.map(
    ({ costs, pes }) => {
      if (!("dataflow" in costs)) throw new Error(`${hardware} has costs without a dataflow`);
      return maestroCostModel(costs.dataflow, pes, costs.nocElementsPerCycle, maestroEnergy)!;
    },
  );

withReference("xrbench", () => {
  const costFiles = referenceFiles("xrbench").filter((file) => file.startsWith("costs-"));

  test("the artifact's costs are there for 36 pairs of scenario and system", () => expect(costFiles.length).toBe(36));

  test.each(costFiles)("the imported layers cost what %s says", (file) => {
    const [, scenario, hardware, flows] = /^costs-(.*)__(.*)__(.*)\.csv$/.exec(file)!;
    const models = modelsOf(`${scenario}.m`);
    const costModels = costModelsOf(hardware!, flows!);
    const rows = referenceRows("xrbench", file);
    expect(rows.length).toBe(models.length * costModels.length);
    for (const row of rows) {
      const costModel = costModels[Number(row.accelerator)]!;
      const costs = layersOf(models.find(({ title }) => title === row.model)!).map(costModel);
      expect(costs.reduce((total, { cycles }) => total + cycles, 0)).toBe(Number(row.latency_cycles));
      const energyNj = costs.reduce((total, cost) => total + cost.energyNj, 0);
      expect(Math.abs(energyNj / Number(row.energy_nJ) - 1)).toBeLessThan(1e-12);
    }
  });
});
