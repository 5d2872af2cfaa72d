import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusterPes, dataflowPresets } from "../../src/core/dataflows.ts";
import { type ConvolutionSizes, convolution, macsOf } from "../../src/core/layer.ts";
import type { AnalyticCosts } from "../../src/core/system.ts";
import { dataCentricCostModel } from "../../src/cost/data-centric.ts";
import { propertyRuns } from "../property-runs.ts";
import { anyDataflows, convolutions } from "./random-layers.ts";
import { analyticAccelerator, inlineDataflow } from "./worlds.ts";

type Sizes = Omit<ConvolutionSizes, "name">;

/** Cost of a layer on `pes` PEs and a mapping; `costs` as in a system file. */
function costOf(
  sizes: Sizes,
  pes: number,
  directives: string[],
  costs: Partial<AnalyticCosts> = {},
  buffer = Infinity,
) {
  const dataflow = inlineDataflow(...directives);
  const accelerator = analyticAccelerator(dataflow, { pes, globalBufferBytes: buffer }, costs);
  return dataCentricCostModel(accelerator)!(convolution({ name: "layer", ...sizes }), 1);
}

describe("a layer small enough for paper", () => {
  // 2 filters of 3 x (1 x 3) over 4 outputs of one row: 72 MACs on 2 PEs, each with its own output.
  const sizes = { outputChannels: 2, inputChannels: 3, outputRows: 1, outputColumns: 4, filterColumns: 3 };
  const directives = ["TemporalMap(1,1) K", "SpatialMap(1,1) X'"];
  const cost = costOf(sizes, 2, directives, { nocElementsPerCycle: [4] });

  test("four visits (K0 X01, K0 X23, K1 X01, K1 X23) take nine cycles each", () => {
    expect(cost.cycles).toBe(4 * 9);
  });
  test("inputs come whole when K restarts X, and only as far as new when X advances", () => {
    expect(cost.totals.inputLoads).toBe(3 * 4 + 3 * 2 + 3 * 4 + 3 * 2);
  });
  test("a filter comes once, an output goes once, and no partial sum comes back", () => {
    expect(cost.totals).toMatchObject({ weightLoads: 9 + 9, outputsSent: 8, partialsRead: 0 });
  });
  test("local accesses are fills, four a MAC, less one an output", () => {
    const filling = 2 * (9 + 9 + 36 - 1);
    const keepingWeights = 2 * (9 + 36 - 1);
    expect(cost.totals.l1Accesses).toBe(2 * filling + 2 * keepingWeights);
  });
  test("energy is the sum of MACs, local and global accesses", () => {
    const l2Accesses = 36 + 18 + 8 + 3 * 6 + 2 * 9;
    expect(cost.energyPj).toBeCloseTo(72 * 2.88 + 388 * 1.584 + l2Accesses * 17.28, 9);
    expect(cost).toMatchObject({ macs: 72, movedElements: 62, l2Elements: 2 * (12 + 9 + 2) });
  });
  test("a narrow NoC makes each visit wait for its loads", () => {
    const narrow = costOf(sizes, 2, directives, { nocElementsPerCycle: [1] });
    expect(narrow).toMatchObject({ cycles: 21 + 9 + 21 + 9, transferCycles: 42 });
  });
  test("start-up adds the first load and the last store", () => {
    const started = costOf(sizes, 2, directives, { nocElementsPerCycle: [4], startUp: "on" });
    expect(started.cycles).toBe(36 + Math.ceil(21 / 4) + Math.ceil(2 / 4));
  });
});

describe("outputs (Q7)", () => {
  const sizes = { outputChannels: 4, inputChannels: 2, outputRows: 1, outputColumns: 1 };

  test("partial sums go both ways where the reduction is outside", () => {
    const { totals } = costOf(sizes, 2, ["TemporalMap(1,1) C", "SpatialMap(1,1) K"]);
    expect(totals).toMatchObject({ outputsSent: 8, partialsRead: 4 });
  });
  test("finished outputs alone are sent where the reduction is inside", () => {
    const { totals } = costOf(sizes, 2, ["SpatialMap(1,1) K", "TemporalMap(1,1) C"]);
    expect(totals).toMatchObject({ outputsSent: 4, partialsRead: 0 });
  });
});

describe("corrections", () => {
  test("an edge tile takes the time of what is in it (F4)", () => {
    const sizes = { outputChannels: 5, inputChannels: 4, outputRows: 1, outputColumns: 1 };
    expect(costOf(sizes, 4, ["SpatialMap(4,4) K", "Cluster(4)", "SpatialMap(1,1) C"]).cycles).toBe(4 + 1);
  });
  test("an output tile takes the halo of the layer's filter, not of the directive count (F1)", () => {
    const pointwise = { outputChannels: 1, inputChannels: 1, outputRows: 1, outputColumns: 8 };
    const directives = ["TemporalMap(1,1) C", "TemporalMap(1,1) K", "SpatialMap(1,1) X'"];
    expect(costOf(pointwise, 8, directives).totals.inputLoads).toBe(8);
    expect(costOf({ ...pointwise, filterColumns: 5 }, 8, directives).totals.inputLoads).toBe(12);
  });
  test("a filter that slides by its stride reads that much more input", () => {
    const sizes = { outputChannels: 1, inputChannels: 1, outputRows: 1, outputColumns: 4, filterColumns: 3 };
    expect(costOf({ ...sizes, strideColumns: 2 }, 4, ["SpatialMap(1,1) X'"]).totals.inputLoads).toBe(3 * 2 + 3);
  });
  test("a depthwise layer works on each channel with its own filters (Q9)", () => {
    const sizes = {
      operator: "depthwise" as const,
      outputChannels: 2,
      inputChannels: 6,
      outputRows: 3,
      outputColumns: 3,
    };
    const cost = costOf({ ...sizes, filterRows: 3, filterColumns: 3 }, 6, ["SpatialMap(1,1) C"]);
    expect(cost).toMatchObject({ macs: 2 * 6 * 9 * 9, cycles: 2 * 9 * 9 });
    expect(cost.totals).toMatchObject({ weightLoads: 2 * 6 * 9, outputsSent: 2 * 6 * 9 });
  });
  test("groups and batch items repeat a layer", () => {
    const sizes = { outputChannels: 4, inputChannels: 4, outputRows: 4, outputColumns: 4 };
    const one = costOf(sizes, 4, ["SpatialMap(1,1) K"]);
    const six = costOf({ ...sizes, groups: 3, batch: 2 }, 4, ["SpatialMap(1,1) K"]);
    expect(six).toMatchObject({ cycles: 6 * one.cycles, macs: 6 * one.macs, movedElements: 6 * one.movedElements });
  });
  test("the outermost level uses the first bandwidth (Q10)", () => {
    const sizes = { outputChannels: 64, inputChannels: 64, outputRows: 1, outputColumns: 1 };
    const directives = ["SpatialMap(1,1) K", "Cluster(64)", "SpatialMap(1,1) C"];
    const cycles = (...noc: number[]) => costOf(sizes, 4096, directives, { nocElementsPerCycle: noc }).cycles;
    expect(cycles(1, 256)).toBe(64 * 64 + 64);
    expect(cycles(4096, 1)).toBe(128);
  });
  test("row-stationary units share their output row and split its filter rows", () => {
    const sizes = { outputChannels: 1, inputChannels: 1, outputRows: 5, outputColumns: 1, filterRows: 3 };
    const cost = costOf(sizes, 3, ["SpatialMap(1,1) Y", "SpatialMap(1,1) R"]);
    expect(cost.cycles).toBe(5);
    expect(cost.totals).toMatchObject({ inputLoads: 7, weightLoads: 3, outputsSent: 5 });
  });
});

describe("off-chip transfers (Q11)", () => {
  const sizes = { outputChannels: 4, inputChannels: 2, outputRows: 1, outputColumns: 1 };
  const offChip = { bandwidthGBs: 2, energyPjPerByte: 100 };
  // 2 inputs, 8 weights, 4 outputs; the mapping moves inputs 2, weights 8, outputs 8 + 4 times.
  const directives = ["TemporalMap(1,1) C", "SpatialMap(1,1) K"];

  test("each tensor moves once where all fit in the global buffer", () => {
    const cost = costOf(sizes, 2, directives, { offChip }, 14);
    expect(cost).toMatchObject({ offChipBytes: 14, cycles: 7 });
  });
  test("what does not fit moves as often as the mapping asks for it", () => {
    expect(costOf(sizes, 2, directives, { offChip }, 3)).toMatchObject({ offChipBytes: 2 + 8 + 12, cycles: 11 });
  });
  test("energy is paid a byte, and they cost nothing where they are not modelled", () => {
    const without = costOf(sizes, 2, directives);
    expect(costOf(sizes, 2, directives, { offChip }).energyPj).toBeCloseTo(without.energyPj + 1400, 9);
    expect(without.offChipBytes).toBe(0);
  });
});

describe("for any layer and mapping", () => {
  const dataflows = fc.oneof(anyDataflows, fc.constantFrom(...dataflowPresets));
  const clusters = fc.constantFrom(1, 3, 16, 64);
  const check = (
    claim: (cost: ReturnType<typeof costOf>, layer: ReturnType<typeof convolution>, pes: number) => void,
  ) =>
    fc.assert(
      fc.property(convolutions, dataflows, clusters, fc.constantFrom(1, 16, 256), (layer, dataflow, count, noc) => {
        const pes = clusterPes(dataflow) * count;
        const accelerator = analyticAccelerator(dataflow, { pes }, { nocElementsPerCycle: [noc] });
        claim(dataCentricCostModel(accelerator)!(layer, 1), layer, pes);
      }),
      propertyRuns(400),
    );

  test("the visits cover the true MACs exactly", () => {
    check(({ totals }, layer) => expect(totals.coveredMacs * layer.groups * layer.batch).toBe(macsOf(layer)));
  });
  test("no PE does more than a MAC a cycle", () => {
    check((cost, layer, pes) => expect(cost.cycles).toBeGreaterThanOrEqual(macsOf(layer) / pes));
  });
  test("outputs sent less partial sums read back are the outputs", () => {
    check(({ totals }, layer) => {
      const outputs = (totals.outputsSent - totals.partialsRead) * layer.groups * layer.batch;
      expect(outputs).toBe(layer.outputElements);
    });
  });
  test("every element that a filter touches is loaded", () => {
    check(({ totals }, layer) => {
      expect(totals.weightLoads * layer.groups).toBeGreaterThanOrEqual(layer.weightElements);
      if (layer.strideRows > layer.filterRows || layer.strideColumns > layer.filterColumns) return;
      expect(totals.inputLoads * layer.groups * layer.batch).toBeGreaterThanOrEqual(layer.inputElements);
    });
  });
  test("no more than all cycles wait for transfers", () => {
    check(({ cycles, transferCycles }) => expect(transferCycles).toBeLessThanOrEqual(cycles));
  });
});

test("there is no cost where the PEs do not make one cluster", () => {
  const dataflow = inlineDataflow("SpatialMap(1,1) K", "Cluster(64)", "SpatialMap(1,1) C");
  expect(dataCentricCostModel(analyticAccelerator(dataflow, { pes: 63 }))).toBeUndefined();
});
