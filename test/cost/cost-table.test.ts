import { describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/costs.ts";
import { ws } from "../../src/core/dataflows.ts";
import { convolution, type Layer } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import type { TableRow } from "../../src/core/system.ts";
import { buildCostTable, wholeModelName } from "../../src/cost/cost-table.ts";
import { knownEnergies } from "../../src/cost/known-energies.ts";
import { LayerCostCache } from "../../src/cost/layer-cost-cache.ts";
import { layerCostsOf } from "../../src/cost/layer-costs.ts";
import { layerCost } from "./one-layer.ts";
import { costsOf, problemsOf } from "./one-model.ts";
import { analyticAccelerator, measuredAccelerator, modelOf, systemOf } from "./worlds.ts";

const sizes = { outputChannels: 16, inputChannels: 8, outputRows: 10, outputColumns: 10 };
const conv = convolution({ name: "conv", ...sizes, filterRows: 3, filterColumns: 3 });
const pool: Layer = { kind: "memory", name: "pool", inputElements: 1600, outputElements: 400 };
const net = modelOf("net", [conv, pool], 2);
const analytic = analyticAccelerator(ws);

const row = (latencyNs: number, changes: Partial<TableRow> = {}): TableRow => {
  return { model: "net", latencyNs, energyPj: latencyNs * 10, ...changes };
};

describe("analytic accelerators", () => {
  test("each layer has its cost in the column of its accelerator", () => {
    const system = systemOf(analytic, analyticAccelerator(ws, { id: "b", pes: 1024 }));
    const { latencyNs, energyPj, layerNames } = costsOf(net, system);
    const cell = (layer: Layer, i: number) =>
      layerCost(layer, [analytic, system.accelerators[1] as typeof analytic][i]!, 2)!;
    const cells = [cell(conv, 0), cell(conv, 1), cell(pool, 0), cell(pool, 1)];
    expect([...latencyNs]).toEqual(cells.map((cost) => cost.latencyNs));
    expect([...energyPj]).toEqual(cells.map((cost) => cost.energyPj));
    expect(layerNames).toEqual(["conv", "pool"]);
  });
  test("live activations are those of the layer before, and a layer's inputs and outputs", () => {
    const { boundaryBytes, liveBytes } = costsOf(net, systemOf(analytic));
    expect([...boundaryBytes]).toEqual([0, 2 * 1600]);
    expect([...liveBytes]).toEqual([2 * (8 * 12 * 12 + 1600), 2 * 2000]);
  });
  test("part of the units is an accelerator of that share", () => {
    const system = systemOf(analyticAccelerator(ws, { pes: 1024, units: 4 }, { nocElementsPerCycle: [64] }));
    const table = buildCostTable([net], system);
    const { latencyNs } = table.models.get(net)!.variants[0]!;
    const half = analyticAccelerator(ws, { pes: 512 }, { nocElementsPerCycle: [32] });
    expect(table.columns).toBe(4);
    expect(latencyNs[columnOf(system.accelerators, 0, 2)]).toBe(layerCost(conv, half, 2)!.latencyNs);
  });
  test("too few units for a cluster cannot run anything, more can", () => {
    const { latencyNs, energyPj } = costsOf(net, systemOf(analyticAccelerator(ws, { pes: 512, units: 4 })));
    expect([...latencyNs].slice(0, 4)).toEqual([Infinity, expect.any(Number), expect.any(Number), expect.any(Number)]);
    expect(Number.isFinite(latencyNs[1])).toBe(true);
    expect(energyPj[0]).toBe(0);
  });
  test("an accelerator smaller than a cluster leaves the model without cost", () => {
    expect(problemsOf(net, systemOf(analyticAccelerator(ws, { pes: 100 })))).toEqual([
      {
        code: "NO_COST",
        modelName: "net",
        variantName: "original",
        layerName: "conv",
        message: "no accelerator can run model net",
      },
    ]);
  });
  test("a cache changes nothing, and repeated models share an entry", () => {
    const system = systemOf(analytic);
    const cache = new LayerCostCache();
    const plain = buildCostTable([net], system);
    buildCostTable([net], system, cache);
    expect(buildCostTable([net, net], system, cache)).toEqual(plain);
  });
});

describe("measured accelerators", () => {
  test("layer rows give layers, rounded to whole ns", () => {
    const rows = [row(10.4, { layer: "conv" }), row(20, { layer: "pool" })];
    const { latencyNs, energyPj } = costsOf(net, systemOf(measuredAccelerator("m", rows)));
    expect([...latencyNs]).toEqual([10, 20]);
    expect([...energyPj]).toEqual([104, 200]);
  });
  test("a layer that an accelerator has no row of cannot run there", () => {
    const some = measuredAccelerator("some", [row(20, { layer: "pool" })]);
    const { latencyNs } = costsOf(net, systemOf(some, analytic));
    expect([...latencyNs]).toEqual([Infinity, layerCost(conv, analytic, 2)!.latencyNs, 20, expect.any(Number)]);
  });
  test("a whole-model row makes the model one piece, of summed layers elsewhere", () => {
    const layered = measuredAccelerator("l", [row(1, { layer: "conv" }), row(2, { layer: "pool" })]);
    const costs = costsOf(net, systemOf(measuredAccelerator("m", [row(500)]), analytic, layered));
    const sum = layerCost(conv, analytic, 2)!.latencyNs + layerCost(pool, analytic, 2)!.latencyNs;
    expect(costs).toMatchObject({ layers: 1, layerNames: [wholeModelName] });
    expect([...costs.latencyNs]).toEqual([500, sum, 3]);
    expect([...costs.boundaryBytes, ...costs.liveBytes]).toEqual([0, 2 * (8 * 12 * 12 + 1600)]);
  });
  test("a model without layers runs where a row names it", () => {
    const measured = modelOf("net", []);
    const system = systemOf(measuredAccelerator("m", [row(500)]), measuredAccelerator("other", []), analytic);
    expect([...costsOf(measured, system).latencyNs]).toEqual([500, Infinity, Infinity]);
  });
  test("a row of the variant comes before a row of all", () => {
    const light = { ...net.variants[0]!, name: "light" };
    const supernet: Model = { ...net, variants: [net.variants[0]!, light] };
    const rows = [row(7, { variant: "light" }), row(500)];
    const { variants } = buildCostTable([supernet], systemOf(measuredAccelerator("m", rows))).models.get(supernet)!;
    expect(variants.map(({ latencyNs }) => latencyNs[0])).toEqual([500, 7]);
  });
  test("rows may give costs of fewer units; a row without units is of all", () => {
    const rows = [row(10), row(30, { units: 1 })];
    expect([...costsOf(net, systemOf(measuredAccelerator("m", rows, 3))).latencyNs]).toEqual([30, Infinity, 10]);
  });
  test("an energy that was not measured is not known; a measured 0 is", () => {
    const rows: TableRow[] = [
      { model: "net", layer: "conv", latencyNs: 5 },
      { model: "net", layer: "pool", latencyNs: 5, energyPj: 0 },
    ];
    const system = systemOf(
      measuredAccelerator("m", rows),
      measuredAccelerator("n", [{ model: "net", layer: "pool", latencyNs: 5 }]),
      analytic,
      measuredAccelerator("other", [{ model: "other", latencyNs: 5 }]),
    );
    const table = buildCostTable([net], system);
    expect([...costsOf(net, system).energyPj]).toEqual([
      ...[NaN, 0, layerCost(conv, analytic, 2)!.energyPj, 0],
      ...[0, NaN, layerCost(pool, analytic, 2)!.energyPj, 0],
    ]);
    expect(knownEnergies(table, system.accelerators)).toEqual([
      { acceleratorId: "m", modelName: "net", known: "some" },
      { acceleratorId: "n", modelName: "net", known: "none" },
      { acceleratorId: "a", modelName: "net", known: "all" },
    ]);
  });
  test("a sum of layers is not known where one of them is not", () => {
    const layered = [row(1, { layer: "conv" }), { model: "net", layer: "pool", latencyNs: 2 }];
    const { energyPj } = costsOf(
      net,
      systemOf(measuredAccelerator("m", [row(500)]), measuredAccelerator("l", layered)),
    );
    expect([...energyPj]).toEqual([5000, NaN]);
  });
});

describe("measurements that do not fit", () => {
  const codes = (rows: TableRow[], model = net, units = 1) =>
    problemsOf(model, systemOf(measuredAccelerator("m", rows, units), analytic)).map((problem) => problem.code);

  test("rows of unknown layers, variants and units are problems, rows of other models are not", () => {
    expect(codes([row(1, { layer: "cnov" })])).toEqual(["UNKNOWN_LAYER"]);
    expect(codes([row(1, { variant: "tiny" })])).toEqual(["UNKNOWN_VARIANT"]);
    expect(codes([row(1, { units: 2 })])).toEqual(["TOO_MANY_UNITS"]);
    expect(codes([row(1, { model: "other", layer: "x" })])).toEqual([]);
  });
  test("two rows of one thing are a problem", () => {
    expect(codes([row(1), row(2, { units: 1 })])).toEqual(["REPEATED_ROW"]);
  });
  test("a whole-model row beside rows of some layers is a problem that names a layer without one", () => {
    const mixed = systemOf(measuredAccelerator("m", [row(9), row(1, { layer: "conv" })]));
    expect(problemsOf(net, mixed)).toMatchObject([
      {
        code: "MIXED_ROWS",
        layerName: "pool",
        acceleratorId: "m",
        message: "accelerator m has costs for the whole model net and for some of its layers, but none for layer pool",
      },
    ]);
  });
  test("a layer that no accelerator has a row of is a problem", () => {
    const system = systemOf(measuredAccelerator("m", [row(1, { layer: "conv" })]));
    expect(problemsOf(net, system)).toMatchObject([
      { code: "NO_COST", layerName: "pool", message: "no accelerator can run model net: no cost for layer pool" },
    ]);
  });
});

test("layer costs list every layer on every accelerator, and the whole model where it was measured so", () => {
  const rows = layerCostsOf(net, systemOf(measuredAccelerator("m", [row(500)]), analytic));
  expect(rows.map(({ layerName, acceleratorId, cost }) => [layerName, acceleratorId, cost?.latencyNs])).toEqual([
    [wholeModelName, "m", 500],
    ["conv", "m", undefined],
    ["conv", "a", layerCost(conv, analytic, 2)!.latencyNs],
    ["pool", "m", undefined],
    ["pool", "a", layerCost(pool, analytic, 2)!.latencyNs],
  ]);
});
