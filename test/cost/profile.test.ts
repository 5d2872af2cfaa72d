/** Measured models whose layers are the rows of a profile. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/costs.ts";
import type { Model } from "../../src/core/model.ts";
import type { TableRow } from "../../src/core/system.ts";
import { buildCostTable, wholeModelName } from "../../src/cost/cost-table.ts";
import { layerCostsOf } from "../../src/cost/layer-costs.ts";
import { propertyRuns } from "../property-runs.ts";
import { costsOf, problemsOf } from "./one-model.ts";
import { measuredAccelerator, modelOf, systemOf } from "./worlds.ts";

const kws = modelOf("kws", []);

/** Rows of a table as [layer, ns], in order from `index` on. */
const rows = (layers: readonly (readonly [string, number])[], changes: Partial<TableRow> = {}, index = 0): TableRow[] =>
  layers.map(([layer, latencyNs], i) => ({ model: "kws", layer, latencyNs, index: index + i, ...changes }));

test("the rows of one accelerator are the layers, in their order", () => {
  const profile = rows([
    ["Relu6", 719],
    ["BiasAdd_1", 849],
    ["Softmax", 23],
  ]);
  const { layers, layerNames, latencyNs, energyPj, boundaryBytes } = costsOf(
    kws,
    systemOf(measuredAccelerator("cpu", profile)),
  );
  expect({ layers, layerNames }).toEqual({ layers: 3, layerNames: ["Relu6", "BiasAdd_1", "Softmax"] });
  expect([...latencyNs]).toEqual([719, 849, 23]);
  expect([...energyPj]).toEqual([NaN, NaN, NaN]);
  expect([...boundaryBytes]).toEqual([0, 0, 0]);
});

test("a name that repeats is another layer each time", () => {
  const profile = rows([
    ["Relu", 1],
    ["Relu", 2],
    ["Relu (2)", 3],
    ["Relu", 4],
  ]);
  const { layerNames, latencyNs } = costsOf(kws, systemOf(measuredAccelerator("cpu", profile)));
  expect(layerNames).toEqual(["Relu", "Relu (3)", "Relu (2)", "Relu (4)"]);
  expect([...latencyNs]).toEqual([1, 2, 3, 4]);
});

describe("on several accelerators", () => {
  test("one that lacks layers cannot run them, and the order is that of both", () => {
    const npu = measuredAccelerator(
      "npu",
      rows([
        ["a", 1],
        ["c", 3],
      ]),
    );
    const cpu = measuredAccelerator(
      "cpu",
      rows(
        [
          ["a", 10],
          ["b", 20],
          ["c", 30],
        ],
        {},
        2,
      ),
    );
    const { layerNames, latencyNs } = costsOf(kws, systemOf(npu, cpu));
    expect(layerNames).toEqual(["a", "b", "c"]);
    expect([...latencyNs]).toEqual([1, 10, Infinity, 20, 3, 30]);
  });
  test("layers that each has for itself are in the order of the table", () => {
    const npu = measuredAccelerator("npu", [...rows([["a", 1]], {}, 0), ...rows([["c", 3]], {}, 2)]);
    const cpu = measuredAccelerator("cpu", rows([["b", 20]], {}, 1));
    expect(costsOf(kws, systemOf(cpu, npu)).layerNames).toEqual(["a", "b", "c"]);
  });
  test("orders that contradict each other are a problem that names a row", () => {
    const npu = measuredAccelerator(
      "npu",
      rows(
        [
          ["a", 1],
          ["b", 3],
        ],
        { place: "t.csv:2" },
      ),
    );
    const cpu = measuredAccelerator(
      "cpu",
      rows(
        [
          ["b", 10],
          ["a", 20],
        ],
        { place: "t.csv:4" },
        2,
      ),
    );
    expect(problemsOf(kws, systemOf(npu, cpu))).toMatchObject([
      { code: "LAYER_ORDER", modelName: "kws", rowPlace: "t.csv:2" },
    ]);
  });
  test("one that knows only the whole model makes it one piece, of summed layers elsewhere", () => {
    const npu = measuredAccelerator("npu", [{ model: "kws", latencyNs: 7, energyPj: 1 }]);
    const cpu = measuredAccelerator(
      "cpu",
      rows(
        [
          ["a", 10],
          ["b", 20],
        ],
        { energyPj: 2 },
      ),
    );
    const { layerNames, latencyNs, energyPj } = costsOf(kws, systemOf(npu, cpu));
    expect(layerNames).toEqual([wholeModelName]);
    expect([...latencyNs]).toEqual([7, 30]);
    expect([...energyPj]).toEqual([1, 4]);
  });
  test("a whole model and its layers on one accelerator are a problem", () => {
    const both = measuredAccelerator("cpu", [{ model: "kws", latencyNs: 7 }, ...rows([["a", 10]])]);
    expect(problemsOf(kws, systemOf(both))).toMatchObject([{ code: "MIXED_ROWS", acceleratorId: "cpu" }]);
  });
});

test("each number of units has a profile of its own", () => {
  const npu = measuredAccelerator(
    "npu",
    [
      ...rows([
        ["a", 1],
        ["b", 2],
      ]),
      ...rows(
        [
          ["a", 3],
          ["b", 5],
        ],
        { units: 1 },
        2,
      ),
    ],
    2,
  );
  const system = systemOf(npu);
  const { latencyNs } = costsOf(kws, system);
  expect(latencyNs[columnOf(system.accelerators, 0, 1)]).toBe(3);
  expect([...latencyNs]).toEqual([3, 1, 5, 2]);
});

test("rows that name the variant take the place of all that do not", () => {
  const [original] = kws.variants;
  const supernet: Model = { ...kws, variants: [original!, { ...original!, name: "light" }] };
  const all = [
    ...rows([
      ["a", 1],
      ["b", 2],
    ]),
    ...rows([["c", 5]], { variant: "light" }, 2),
  ];
  const { variants } = buildCostTable([supernet], systemOf(measuredAccelerator("cpu", all))).models.get(supernet)!;
  expect(variants.map(({ layerNames }) => layerNames)).toEqual([["a", "b"], ["c"]]);
});

test("layer costs list the layers of a profile on every accelerator with a table", () => {
  const cpu = measuredAccelerator(
    "cpu",
    rows(
      [
        ["a", 10],
        ["b", 20],
      ],
      { tiles: 4, offChipBytes: 5 },
    ),
  );
  const npu = measuredAccelerator("npu", rows([["a", 1]], {}, 2));
  const listed = layerCostsOf(kws, systemOf(cpu, npu));
  expect(listed.map(({ layerName, acceleratorId, cost }) => [layerName, acceleratorId, cost?.latencyNs])).toEqual([
    ["a", "cpu", 10],
    ["a", "npu", 1],
    ["b", "cpu", 20],
    ["b", "npu", undefined],
  ]);
  expect(listed[0]!.cost).toEqual({ latencyNs: 10, tiles: 4, offChipBytes: 5 });
});

test("parts of one order on any accelerators are put together in that order", () => {
  const parts = fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, (picks) => {
      const names = [..."abcdefgh"];
      // The first accelerator has them all, so the order of the others follows; it comes last in the table.
      const accelerators = picks.map((pick, a) =>
        measuredAccelerator(
          `a${a}`,
          rows(
            names.filter((_, i) => pick[i]).map((name) => [name, a + 1]),
            {},
            8 * a,
          ),
        ),
      );
      const all = measuredAccelerator(
        "all",
        rows(
          names.map((name) => [name, 9]),
          {},
          8 * picks.length,
        ),
      );
      const { layerNames, latencyNs } = costsOf(kws, systemOf(...accelerators, all));
      expect(layerNames).toEqual(names);
      const columns = picks.length + 1;
      for (const [a, pick] of picks.entries())
        expect(pick.map((_, i) => latencyNs[i * columns + a])).toEqual(pick.map((has) => (has ? a + 1 : Infinity)));
    }),
    propertyRuns(100),
  );
});
