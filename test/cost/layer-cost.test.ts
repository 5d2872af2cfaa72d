import { describe, expect, test } from "vitest";
import { os, ws } from "../../src/core/dataflows.ts";
import { convolution, type MemoryLayer } from "../../src/core/layer.ts";
import { layerCostModel } from "../../src/cost/layer-cost.ts";
import { LayerCostCache } from "../../src/cost/layer-cost-cache.ts";
import { layerCost, maestroCost } from "./one-layer.ts";
import { analyticAccelerator, inlineDataflow } from "./worlds.ts";

const sizes = { outputChannels: 32, inputChannels: 32, filterRows: 3, filterColumns: 3 };
const layer = convolution({ name: "conv", ...sizes, outputRows: 38, outputColumns: 23 });
const maestro = { kind: "maestro" as const };

describe("maestro", () => {
  const accelerator = analyticAccelerator(ws, { pes: 4096 }, maestro);
  const cost = layerCost(layer, accelerator, 2)!;

  test("gives the artifact's cycles and energy with true MACs", () => {
    expect(cost).toMatchObject({ latencyNs: 10_944, cycles: 10_944, macs: 32 * 32 * 38 * 23 * 9, l2Elements: 7168 });
    expect((cost.energyPj / 1000).toFixed(6)).toBe("208509.822720");
  });
  test("bytes are loads and finished outputs in elements of that size", () => {
    expect(cost.bytes).toBe(2 * (144_704 + 9216 + 32 * 38 * 23));
  });
  test("utilisation is true MACs over PE cycles", () => {
    expect(cost.utilisation).toBeCloseTo((32 * 32 * 38 * 23 * 9) / (10_944 * 4096), 12);
    expect(cost.bound).toBe("compute");
  });
  test("a strided layer enters by its output size", () => {
    const strided = convolution({ name: "conv", ...sizes, outputRows: 38, outputColumns: 23, strideRows: 2 });
    expect(layerCost(strided, accelerator, 2)).toEqual(cost);
  });
  test("groups repeat a layer, batch has no effect", () => {
    const grouped = convolution({ name: "conv", ...sizes, outputRows: 38, outputColumns: 23, groups: 4, batch: 3 });
    const groupedCost = layerCost(grouped, accelerator, 2)!;
    expect(groupedCost).toMatchObject({ cycles: 4 * cost.cycles, bytes: 4 * cost.bytes });
    expect(groupedCost.energyPj).toBeCloseTo(4 * cost.energyPj, 3);
  });
  test("a depthwise layer enters as DSCONV with its multiplier as K", () => {
    const depthwise = convolution({
      ...sizes,
      name: "dw",
      operator: "depthwise",
      outputChannels: 1,
      outputRows: 112,
      outputColumns: 112,
    });
    const artifact = maestroCost({ type: "DSCONV", K: 1, C: 32, Y: 114, X: 114, R: 3, S: 3 }, ws, 4096, [256]);
    expect(layerCost(depthwise, accelerator, 1)?.cycles).toBe(artifact.cycles);
    expect(artifact.cycles).toBe(56_448);
  });
});

test("a latency is cycles over clock, rounded once to whole ns", () => {
  expect(layerCost(layer, analyticAccelerator(ws, { pes: 4096, clockGHz: 0.7 }, maestro), 1)?.latencyNs).toBe(15_634);
});

test("a layer that waits for transfers most of the time is bandwidth-bound", () => {
  const gemm = convolution({ name: "fc", outputChannels: 1024, inputChannels: 1024, outputRows: 1, outputColumns: 1 });
  expect(layerCost(gemm, analyticAccelerator(ws, {}, { nocElementsPerCycle: [8] }), 1)?.bound).toBe("bandwidth");
  expect(layerCost(layer, analyticAccelerator(ws, {}, { nocElementsPerCycle: [512] }), 1)?.bound).toBe("compute");
});

test("a layer slower off chip than on is bandwidth-bound", () => {
  const offChip = { bandwidthGBs: 0.01, energyPjPerByte: 0 };
  const cost = layerCost(layer, analyticAccelerator(ws, {}, { offChip }), 1)!;
  const tensorBytes = 32 * 40 * 25 + 32 * 32 * 9 + 32 * 38 * 23;
  expect(cost).toMatchObject({ bound: "bandwidth", cycles: tensorBytes * 100 });
});

test("an accelerator with too few PEs for one cluster has no costs", () => {
  expect(layerCostModel(analyticAccelerator(ws, { pes: 255 }))).toBeUndefined();
  expect(layerCostModel(analyticAccelerator(ws, { pes: 255 }, maestro))).toBeUndefined();
});

describe("a layer that only moves data", () => {
  const pool: MemoryLayer = { kind: "memory", name: "pool", inputElements: 400, outputElements: 100 };

  test("takes its elements over the outermost bandwidth, by both analytic models", () => {
    const expected = { cycles: 63, latencyNs: 63, energyPj: 500 * 17.28, macs: 0, bytes: 1000, utilisation: 0 };
    for (const kind of ["maestro", "data-centric"] as const) {
      const accelerator = analyticAccelerator(ws, {}, { kind, nocElementsPerCycle: [8] });
      expect(layerCost(pool, accelerator, 2)).toMatchObject({ ...expected, bound: "bandwidth" });
    }
  });
  test("reads the list of bandwidths as its model does", () => {
    const cycles = (kind: "maestro" | "data-centric") =>
      layerCost(pool, analyticAccelerator(ws, {}, { kind, nocElementsPerCycle: [1, 2, 5] }), 1)?.cycles;
    expect([cycles("maestro"), cycles("data-centric")]).toEqual([100, 500]);
  });
  test("moves off chip once, where that is modelled", () => {
    const accelerator = analyticAccelerator(ws, { clockGHz: 2 }, { offChip: { bandwidthGBs: 4, energyPjPerByte: 3 } });
    expect(layerCost(pool, accelerator, 2)).toMatchObject({
      cycles: 500,
      latencyNs: 250,
      energyPj: 500 * 17.28 + 3000,
    });
  });
  test("takes no time where it moves nothing", () => {
    const reshape: MemoryLayer = { ...pool, inputElements: 0, outputElements: 0 };
    expect(layerCost(reshape, analyticAccelerator(ws), 1)).toMatchObject({ latencyNs: 0, energyPj: 0, utilisation: 0 });
  });
});

describe("the cache", () => {
  const accelerators = [
    analyticAccelerator(ws),
    analyticAccelerator(os),
    analyticAccelerator(ws, { pes: 512 }),
    analyticAccelerator(ws, { clockGHz: 2 }),
    analyticAccelerator(ws, {}, maestro),
    analyticAccelerator(ws, {}, { startUp: "on" }),
    analyticAccelerator(ws, {}, { nocElementsPerCycle: [16] }),
    analyticAccelerator(ws, {}, { energy: { macPj: 1, l1Pj: 1, l2Pj: 1 } }),
    analyticAccelerator(ws, { globalBufferBytes: 100 }, { offChip: { bandwidthGBs: 1, energyPjPerByte: 1 } }),
    analyticAccelerator(ws, {}, { offChip: { bandwidthGBs: 1, energyPjPerByte: 1 } }),
    analyticAccelerator(inlineDataflow("SpatialMap(1,1) K")),
  ];
  const layers = [
    layer,
    { ...layer, name: "same" },
    convolution({ ...sizes, name: "stride", outputRows: 38, outputColumns: 23, strideColumns: 2 }),
    convolution({ ...sizes, name: "groups", outputRows: 38, outputColumns: 23, groups: 2 }),
    convolution({ ...sizes, name: "depthwise", operator: "depthwise", outputRows: 38, outputColumns: 23 }),
    convolution({ ...sizes, name: "swept", outputRows: 38, outputColumns: 23, sweptRows: 2 }),
    convolution({ ...sizes, name: "dilation", outputRows: 38, outputColumns: 23, dilationRows: 2, inputRows: 40 }),
    convolution({ ...sizes, name: "padding", outputRows: 38, outputColumns: 23, paddingRows: 1, inputRows: 38 }),
    convolution({ ...sizes, name: "output", outputRows: 38, outputColumns: 23, outputElements: 9999 }),
  ];

  test("gives what the cost model gives, for shapes that differ in one thing", () => {
    const cache = new LayerCostCache();
    const bytes = [1, 2];
    const ask = (how: (i: number) => ReturnType<typeof layerCostModel>) =>
      accelerators.map((_, i) => layers.map((each) => bytes.map((size) => how(i)!(each, size))));
    const plain = ask((i) => layerCostModel(accelerators[i]!));
    expect(ask((i) => cache.costModel(accelerators[i]!))).toEqual(plain);
    expect(ask((i) => cache.costModel(accelerators[i]!))).toEqual(plain);
  });
  test("shares costs of the same shape", () => {
    const cache = new LayerCostCache();
    const first = cache.costModel(analyticAccelerator(ws, { id: "x" }))!;
    const second = cache.costModel(analyticAccelerator(ws, { id: "y" }))!;
    expect(second(layers[1]!, 1)).toBe(first(layers[0]!, 1));
  });
});
