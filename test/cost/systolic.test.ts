/** The systolic model: PREMA's own numbers, and layers worked on paper. */
import { describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/costs.ts";
import { ws } from "../../src/core/dataflows.ts";
import { convolution, type MemoryLayer } from "../../src/core/layer.ts";
import type { Accelerator } from "../../src/core/system.ts";
import { buildCostTable } from "../../src/cost/cost-table.ts";
import { fissionShapes } from "../../src/cost/fission-shapes.ts";
import { matrixProductsOf } from "../../src/cost/matrix-product.ts";
import { layerCost } from "./one-layer.ts";
import { product, systolic } from "./systolic-accelerator.ts";
import { analyticAccelerator, measuredAccelerator, modelOf, systemOf } from "./worlds.ts";

describe("PREMA's NPU", () => {
  const offChip = { bandwidthGBs: 358, energyPjPerByte: 32 };
  const npu = systolic([128, 128, 128], { offChip }, { clockGHz: 0.7 });

  test("takes 4 x 128 cycles for a full tile", () => {
    expect(layerCost(product(128, 128, 128), npu, 1)).toMatchObject({ cycles: 512, tiles: 1, utilisation: 0.25 });
  });
  test("takes 8 full and 4 partial passes for 256 x 256 x 300", () => {
    const cycles = 2 * 2 * 2 * (128 + 128 + 256) + 2 * 2 * (44 + 128 + 256);
    expect(layerCost(product(256, 256, 300), npu, 1)).toMatchObject({
      cycles,
      tiles: 12,
      latencyNs: Math.round(cycles / 0.7),
      bound: "compute",
    });
  });
  test("moves 511.4 bytes a cycle: 8 MiB take 16 403 cycles, 23.4 us", () => {
    const copy: MemoryLayer = { kind: "memory", name: "copy", inputElements: 2 ** 22, outputElements: 2 ** 22 };
    expect(layerCost(copy, npu, 1)).toMatchObject({
      cycles: 16_403,
      latencyNs: 23_433,
      offChipBytes: 2 ** 23,
      bound: "bandwidth",
      tiles: 2 ** 22 / (128 * 128),
    });
  });
  test("charges a partial tile along m and k in full", () => {
    expect(layerCost(product(1, 1, 128), npu, 1)).toMatchObject({ cycles: 512, tiles: 1 });
    expect(layerCost(product(129, 129, 128), npu, 1)).toMatchObject({ cycles: 4 * 512, tiles: 4 });
  });
  test("pays the DRAM latency once a layer", () => {
    const late = systolic([128, 128, 128], { offChip, dramLatencyCycles: 100 }, { clockGHz: 0.7 });
    expect(layerCost(product(256, 256, 300), late, 1)?.cycles).toBe(5808 + 100);
  });
});

describe("a product small enough for paper: 3 x 3 x 5 on 2 x 2 PEs, depth 4", () => {
  // Two tiles along each of m, k and n: four passes of 4 + 2 + 4 cycles and four of 1 + 2 + 4.
  const layer = product(3, 3, 5);
  const cost = layerCost(layer, systolic([2, 2, 4]), 1)!;

  test("takes eight passes", () => expect(cost).toMatchObject({ cycles: 4 * 10 + 4 * 7, tiles: 8, macs: 45 }));
  test("reads inputs once a tile of m and weights once a tile of n", () => {
    expect(cost.bytes).toBe(2 * 15 + 2 * 9 + 15);
  });
  test("moves each tensor once off chip where all fit", () => expect(cost.offChipBytes).toBe(15 + 9 + 15));
  test("moves again what does not fit in its buffer", () => {
    const small = systolic([2, 2, 4], { weightBufferBytes: 8 }, { globalBufferBytes: 14 });
    expect(layerCost(layer, small, 1)?.offChipBytes).toBe(30 + 18 + 15);
    const shared = systolic([2, 2, 4], {}, { globalBufferBytes: 24 });
    expect(layerCost(layer, shared, 1)?.offChipBytes).toBe(15 + 9 + 15);
  });
  test("takes the energy of MACs, accumulators, buffers with their fills, and DRAM", () => {
    const accumulators = 2 * 15 * 2;
    const buffers = 63 + 15 + 9;
    expect(cost.energyPj).toBe(45 + accumulators * 10 + buffers * 100 + 39 * 1000);
  });
  test("waits for its fetches where these take longer: (4 + 8) / 1 and (4 + 2) / 1 cycles", () => {
    const narrow = systolic([2, 2, 4], { offChip: { bandwidthGBs: 1, energyPjPerByte: 0 } });
    expect(layerCost(layer, narrow, 1)).toMatchObject({ cycles: 4 * 12 + 4 * 7, bound: "bandwidth" });
    expect(layerCost(layer, narrow, 2)).toMatchObject({ cycles: 4 * 24 + 4 * 12, bound: "bandwidth" });
  });
});

describe("a layer as matrix products", () => {
  const image = { outputRows: 4, outputColumns: 5, filterRows: 3, filterColumns: 2, batch: 2 };
  test("is one with k = C R S and n = positions of all batch items", () => {
    const conv = convolution({ name: "conv", outputChannels: 7, inputChannels: 3, ...image });
    expect(matrixProductsOf(conv)).toEqual({ products: 1, m: 7, k: 18, n: 40 });
  });
  test("is one a group, and one a depthwise channel", () => {
    const sizes = { name: "conv", outputChannels: 2, inputChannels: 3, groups: 4, ...image };
    expect(matrixProductsOf(convolution(sizes))).toEqual({ products: 4, m: 2, k: 18, n: 40 });
    const depthwise = convolution({ ...sizes, groups: 1, operator: "depthwise" });
    expect(matrixProductsOf(depthwise)).toEqual({ products: 3, m: 2, k: 6, n: 40 });
  });
  test("is one a batch item where both operands are activations", () => {
    const scores = product(7, 3, 5, { batch: 2, groups: 4, weightElements: 0 });
    expect(matrixProductsOf(scores)).toEqual({ products: 8, m: 7, k: 3, n: 5 });
  });
});

describe("several products", () => {
  const image = { outputRows: 2, outputColumns: 2, filterRows: 3, filterColumns: 3 };
  const depthwise = convolution({ name: "dw", operator: "depthwise", outputChannels: 1, inputChannels: 7, ...image });
  test("share an array into which they fit: 3 depthwise channels of 9 rows in 32", () => {
    expect(layerCost(depthwise, systolic([32, 4, 8]), 1)).toMatchObject({ cycles: 3 * (4 + 32 + 8), tiles: 3 });
  });
  test("share as many columns as there are", () => {
    expect(layerCost(depthwise, systolic([32, 2, 8]), 1)).toMatchObject({ cycles: 4 * (4 + 32 + 4), tiles: 4 });
  });
  test("run one after another where one fills the array", () => {
    expect(layerCost(depthwise, systolic([4, 4, 8]), 1)).toMatchObject({ cycles: 7 * 3 * (4 + 4 + 8), tiles: 21 });
  });
  test("move what they need, not the zeros between them", () => {
    const { bytes, offChipBytes } = layerCost(depthwise, systolic([32, 4, 8]), 1)!;
    expect([bytes, offChipBytes]).toEqual([7 * (36 + 9 + 4), 7 * (16 + 9 + 4)]);
  });
});

describe("fission", () => {
  const cyclesOn = (units: number, layer: ReturnType<typeof product>) => {
    const { cycles, tiles } = layerCost(layer, systolic([2, 2, 4], {}, { units }), 1)!;
    return [cycles, tiles];
  };
  test("makes every array of up to u units, as often as it fits", () => {
    expect(fissionShapes(3, { rows: 2, columns: 8 })).toEqual([
      { rows: 2, columns: 8, clusters: 3 },
      { rows: 2, columns: 16, clusters: 1 },
      { rows: 2, columns: 24, clusters: 1 },
      { rows: 4, columns: 8, clusters: 1 },
      { rows: 6, columns: 8, clusters: 1 },
    ]);
  });
  // One pass: 4 + 2 + 4. Two units take one output tile each, more have nothing to do.
  test("shares output tiles out: 4 x 2 x 4 takes 2 passes on one unit, 1 on two and more", () => {
    expect([1, 2, 3, 4].map((units) => cyclesOn(units, product(4, 2, 4)))).toEqual([
      [20, 2],
      [10, 1],
      [10, 1],
      [10, 1],
    ]);
  });
  // 2 x 8 x 4: four passes of 10; two units in a chain of 4 rows: two of 12; four of 8 rows: one of 16. Three would
  // need two passes of 14, so one unit stays unused.
  test("chains units along the reduction where that is faster", () => {
    expect([1, 2, 3, 4].map((units) => cyclesOn(units, product(2, 8, 4)))).toEqual([
      [40, 4],
      [24, 2],
      [24, 2],
      [16, 1],
    ]);
  });
  test("has a column for every number of units, with its share of bandwidth and buffers", () => {
    const offChip = { bandwidthGBs: 4, energyPjPerByte: 1000 };
    const changes = { units: 4, globalBufferBytes: 400 };
    const system = systemOf(systolic([2, 2, 4], { offChip, weightBufferBytes: 80 }, changes));
    const net = modelOf("net", [product(9, 9, 9)]);
    const table = buildCostTable([net], system).models.get(net)!.variants[0]!;
    const half = { units: 2, globalBufferBytes: 200 };
    const halfOffChip = { bandwidthGBs: 2, energyPjPerByte: 1000 };
    const cost = layerCost(
      net.variants[0]!.layers[0]!,
      systolic([2, 2, 4], { offChip: halfOffChip, weightBufferBytes: 40 }, half),
      1,
    )!;
    const column = columnOf(system.accelerators, 0, 2);
    expect(table.latencyNs[column]).toBe(cost.latencyNs);
    expect(table.energyPj[column]).toBe(cost.energyPj);
    expect(table.tiles?.[column]).toBe(cost.tiles);
    expect(table.offChipBytes?.[column]).toBe(cost.offChipBytes);
  });
});

describe("a cost table", () => {
  const net = modelOf("net", [product(3, 3, 5), product(2, 3, 4)]);
  const costsOf = (...accelerators: Accelerator[]) =>
    buildCostTable([net], systemOf(...accelerators)).models.get(net)!.variants[0]!;

  test("says tiles and off-chip bytes where a cost model knows them, and 0 where another does not", () => {
    const { tiles, offChipBytes } = costsOf(systolic([2, 2, 4]), analyticAccelerator(ws, { id: "b" }));
    expect([...tiles!]).toEqual([8, 0, 2, 0]);
    expect([...offChipBytes!]).toEqual([39, 0, 12 + 6 + 8, 0]);
  });
  test("says neither where no cost model knows them", () => {
    const costs = costsOf(analyticAccelerator(ws));
    expect([costs.tiles, costs.offChipBytes]).toEqual([undefined, undefined]);
  });
  test("says off-chip bytes of data-centric costs with off-chip memory", () => {
    const offChip = { bandwidthGBs: 1, energyPjPerByte: 0 };
    const costs = costsOf(analyticAccelerator(ws, {}, { offChip }));
    expect([costs.tiles, [...costs.offChipBytes!]]).toEqual([undefined, [39, 26]]);
    expect(costsOf(analyticAccelerator(ws, {}, { kind: "maestro", offChip })).offChipBytes).toBeUndefined();
  });
  test("takes both from a measured table", () => {
    const row = { model: "net", latencyNs: 5 };
    const costs = costsOf(measuredAccelerator("m", [{ ...row, layer: "gemm", tiles: 4, offChipBytes: 20 }]));
    expect([[...costs.tiles!], [...costs.offChipBytes!]]).toEqual([
      [4, 4],
      [20, 20],
    ]);
  });
  test("sums both where another accelerator measures the whole model", () => {
    const whole = measuredAccelerator("m", [{ model: "net", latencyNs: 5 }]);
    const { tiles, offChipBytes } = costsOf(systolic([2, 2, 4]), whole);
    expect([[...tiles!], [...offChipBytes!]]).toEqual([
      [10, 0],
      [65, 0],
    ]);
  });
});
