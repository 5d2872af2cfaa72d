/** What loading weights takes: 3 x 3 x 8 x 16 weights of 2 bytes are 2304 bytes. */
import { describe, expect, test } from "vitest";
import { ws } from "../../src/core/dataflows.ts";
import { convolution, type Layer } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import type { Accelerator, System, TableRow, WeightMemory } from "../../src/core/system.ts";
import { buildCostTable } from "../../src/cost/cost-table.ts";
import { unknownLoads } from "../../src/cost/weight-loads.ts";
import { layerCost } from "./one-layer.ts";
import { systolic } from "./systolic-accelerator.ts";
import { analyticAccelerator, measuredAccelerator, modelOf, systemOf } from "./worlds.ts";

const sizes = { outputChannels: 16, inputChannels: 8, outputRows: 10, outputColumns: 10 };
const conv = convolution({ name: "conv", ...sizes, filterRows: 3, filterColumns: 3 });
const product = convolution({ name: "product", ...sizes, weightElements: 0 });
const pool: Layer = { kind: "memory", name: "pool", inputElements: 1600, outputElements: 400 };
const net = modelOf("net", [conv, pool, product], 2);
const measured = modelOf("net", []);
const weights: WeightMemory = { bytes: 4000, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" };

const row = (changes: Partial<TableRow> = {}): TableRow => ({ model: "net", latencyNs: 100, energyPj: 1, ...changes });
const withMemory = (accelerator: Accelerator, memory: WeightMemory = weights): Accelerator => ({
  ...accelerator,
  weights: memory,
});
const loadsOf = (model: Model, system: System) => {
  const loads = buildCostTable([model], system).models.get(model)!.variants[0]!.loads;
  return loads && { ns: [...loads.ns], pj: [...loads.pj], bytes: [...loads.bytes], weightsOf: [...loads.weightsOf] };
};

describe("loads of an analytic accelerator", () => {
  test("are the trained weights of each layer, at the memory's bandwidth and energy", () => {
    expect(loadsOf(net, systemOf(withMemory(analyticAccelerator(ws))))).toEqual({
      ns: [230, 0, 0],
      pj: [4608, 0, 0],
      bytes: [2304, 0, 0],
      weightsOf: [0, 1, 2],
    });
  });

  test("are 0 on an accelerator without such a memory, and absent where none has one", () => {
    const plain = analyticAccelerator(ws, { id: "b" });
    expect(loadsOf(net, systemOf(plain, withMemory(analyticAccelerator(ws))))).toMatchObject({
      ns: [0, 230, 0, 0, 0, 0],
    });
    expect(loadsOf(net, systemOf(plain))).toBeUndefined();
  });

  test("are the same at each number of units", () => {
    const split = withMemory(analyticAccelerator(ws, { pes: 512, units: 2 }));
    expect(loadsOf(net, systemOf(split))).toMatchObject({ ns: [230, 230, 0, 0, 0, 0] });
  });

  test("of later steps of a loop are those of the first", () => {
    const step = convolution({ ...sizes, name: "step" });
    const looped: Model = {
      ...net,
      variants: [
        {
          ...net.variants[0]!,
          layers: [conv, step, { ...step, name: "step2" }, { ...step, name: "step3" }],
          loops: [{ firstLayer: 1, layersPerStep: 1, stepProbabilities: [0, 0, 1] }],
        },
      ],
    };
    expect(loadsOf(looped, systemOf(withMemory(analyticAccelerator(ws))))).toMatchObject({ weightsOf: [0, 1, 1, 1] });
  });
});

describe("with a memory for weights", () => {
  const offChip = { bandwidthGBs: 0.5, energyPjPerByte: 10 };
  test("a data-centric layer fetches no trained weights off chip, and a product of activations all it needs", () => {
    const plain = analyticAccelerator(ws, {}, { offChip });
    const resident = { ...plain, weights };
    const [before, after] = [layerCost(conv, plain, 2)!, layerCost(conv, resident, 2)!];
    expect(before.offChipBytes! - after.offChipBytes!).toBe(2304);
    expect(before.energyPj - after.energyPj).toBeCloseTo(23040, 6);
    expect(after.latencyNs).toBeLessThan(before.latencyNs);
    expect(layerCost(product, resident, 2)).toEqual(layerCost(product, plain, 2));
  });

  test("neither does a systolic one", () => {
    const plain = systolic([8, 8, 16], { offChip });
    const resident = { ...plain, weights };
    const [before, after] = [layerCost(conv, plain, 2)!, layerCost(conv, resident, 2)!];
    expect(before.offChipBytes! - after.offChipBytes!).toBe(2304);
    expect(after.latencyNs).toBeLessThan(before.latencyNs);
    expect(layerCost(product, resident, 2)).toEqual(layerCost(product, plain, 2));
  });
});

describe("loads of a measured accelerator", () => {
  const loads = (model: Model, changes: Partial<TableRow>, memory: WeightMemory = weights) =>
    loadsOf(model, systemOf(withMemory(measuredAccelerator("a", [row(changes)]), memory)));
  test("are what its table says", () => {
    const given = { loadNs: 70.4, loadPj: 5, loadBytes: 900 };
    expect(loads(measured, given)).toEqual({ ns: [70], pj: [5], bytes: [900], weightsOf: [0] });
  });
  test("are bytes of the table at the memory's bandwidth", () => {
    expect(loads(measured, { loadBytes: 900 })).toMatchObject({ ns: [90], pj: [1800], bytes: [900] });
  });
  test("have the bytes of the model's layers where the table has none", () => {
    expect(loads(net, { loadNs: 70 })).toMatchObject({ ns: [70], pj: [4608], bytes: [2304] });
  });
  test("of a time alone have a size that is not known", () => {
    expect(loads(measured, { loadNs: 70 })).toMatchObject({ ns: [70], pj: [0], bytes: [Number.NaN] });
  });
  test("are none where nothing is known, which is told", () => {
    const sized = withMemory(measuredAccelerator("a", [row()]));
    expect(loadsOf(measured, systemOf(sized))).toMatchObject({ ns: [0], bytes: [0] });
    expect(unknownLoads([measured], systemOf(sized))).toEqual([
      { modelName: "net", acceleratorId: "a", lacks: "time" },
    ]);
    const timed = withMemory(measuredAccelerator("a", [row({ loadNs: 1 })]));
    expect(unknownLoads([measured], systemOf(timed))).toEqual([
      { modelName: "net", acceleratorId: "a", lacks: "energy" },
    ]);
    const whole = withMemory(measuredAccelerator("a", [row({ loadNs: 1, loadPj: 1 })]));
    expect(unknownLoads([measured], systemOf(whole))).toEqual([]);
    expect(unknownLoads([net], systemOf(sized))).toEqual([]);
  });
  test("without an energy leave that of the layer unknown", () => {
    const costs = (changes: Partial<TableRow>) => {
      const system = systemOf(withMemory(measuredAccelerator("a", [row(changes)])));
      return [...buildCostTable([measured], system).models.get(measured)!.variants[0]!.energyPj];
    };
    expect(costs({ loadNs: 70 })).toEqual([Number.NaN]);
    expect(costs({ loadNs: 70, loadPj: 5 })).toEqual([1]);
    expect(costs({ loadNs: 70, loadBytes: 9 })).toEqual([1]);
    expect(costs({})).toEqual([1]);
  });
  test("may be those of a profile's layers", () => {
    const profile = ["Conv", "Relu", "Relu"].map((layer, i) => row({ layer, index: i, loadNs: 10 * i, loadBytes: i }));
    expect(loadsOf(measured, systemOf(withMemory(measuredAccelerator("a", profile))))).toEqual({
      ns: [0, 10, 20],
      pj: [0, 2, 4],
      bytes: [0, 1, 2],
      weightsOf: [0, 1, 2],
    });
  });
  test("may be given by layer", () => {
    const byLayer = ["conv", "pool", "product"].map((layer, i) => row({ layer, loadNs: 10 * i, loadBytes: i }));
    expect(loadsOf(net, systemOf(withMemory(measuredAccelerator("a", byLayer))))).toMatchObject({
      ns: [0, 10, 20],
      bytes: [0, 1, 2],
    });
  });
  test("at a number of units without a row are those of the most units with one", () => {
    const ofUnits = (units: number) => row({ layer: "conv", units, loadNs: 10 * units, loadBytes: units });
    const split = { ...withMemory(measuredAccelerator("a", [ofUnits(1), ofUnits(2)])), units: 3 };
    expect(loadsOf(modelOf("net", [conv]), systemOf(split))).toMatchObject({ ns: [10, 20, 20], bytes: [1, 2, 2] });
    expect(loadsOf(measured, systemOf(split))).toMatchObject({ ns: [10, 20, 20], bytes: [1, 2, 2] });
  });
  test("are none of a layer that it cannot run", () => {
    const other = analyticAccelerator(ws, { id: "b" });
    const part = withMemory(measuredAccelerator("a", [row({ layer: "pool" })]));
    expect(loadsOf(net, systemOf(part, other))).toMatchObject({ ns: [0, 0, 0, 0, 0, 0], bytes: [0, 0, 0, 0, 0, 0] });
  });
  test("of a whole model sum up those of layers on an accelerator that has them", () => {
    const whole = measuredAccelerator("a", [row({ loadNs: 7, loadBytes: 8 })]);
    const both = systemOf(withMemory(whole), withMemory(analyticAccelerator(ws, { id: "b" })));
    expect(loadsOf(net, both)).toMatchObject({ ns: [7, 230], bytes: [8, 2304] });
  });
});
