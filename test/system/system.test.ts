/** Systems: accelerators with their defaults, dataflows, tables of measured costs. */
import { describe, expect, test } from "vitest";
import { os, rs, ws } from "../../src/core/dataflows.ts";
import type { AnalyticCosts, TableCosts } from "../../src/core/system.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { systemOf } from "./one-system.ts";

describe("an accelerator", () => {
  test("has the defaults of docs/formats.md", () => {
    expect(systemOf("- { id: a, dataflow: rs, pes: 256, nocElementsPerCycle: 64 }").accelerators).toEqual([
      {
        id: "a",
        costs: {
          kind: "data-centric",
          dataflow: rs,
          nocElementsPerCycle: [64, 64, 64],
          energy: { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 },
          startUp: "off",
        },
        clockGHz: 1,
        pes: 256,
        units: 1,
        preemption: ["checkpoint", "kill", "drain"],
        idlePowerMw: 0,
        globalBufferBytes: Infinity,
      },
    ]);
  });
  test("may say everything itself", () => {
    const accelerator = `- id: a
  costs: data-centric
  clockGHz: 1.5
  pes: 512
  dataflow: ws
  nocElementsPerCycle: [1, 2, 3]
  energy: { macPj: 1 }
  offChip: { bandwidthGBs: 8 }
  startUp: on
  globalBufferBytes: 1024
  idlePowerMw: 5
  preemption: [kill]
  units: 2`;
    expect(systemOf(accelerator).accelerators[0]).toEqual({
      id: "a",
      costs: {
        kind: "data-centric",
        dataflow: ws,
        nocElementsPerCycle: [1, 2, 3],
        energy: { macPj: 1, l1Pj: 1.584, l2Pj: 17.28 },
        offChip: { bandwidthGBs: 8, energyPjPerByte: 0 },
        startUp: "on",
      },
      clockGHz: 1.5,
      pes: 512,
      units: 2,
      preemption: ["kill"],
      idlePowerMw: 5,
      globalBufferBytes: 1024,
    });
  });
  test("takes the system's kind of costs where it says none", () => {
    const { accelerators } = systemOf(
      "- { id: a, dataflow: os, pes: 64, nocElementsPerCycle: 1 }\n- { id: b, costs: data-centric, dataflow: os, pes: 64, nocElementsPerCycle: 1 }",
      "costs: maestro",
    );
    expect(accelerators.map(({ costs }) => costs.kind)).toEqual(["maestro", "data-centric"]);
    expect((accelerators[0]!.costs as AnalyticCosts).dataflow).toBe(os);
  });
  test("with a count comes several times", () => {
    const { accelerators } = systemOf("- { id: a, count: 3, dataflow: os, pes: 64, nocElementsPerCycle: 1 }");
    expect(accelerators.map(({ id }) => id)).toEqual(["a0", "a1", "a2"]);
  });
  test("may have a dataflow written in directives", () => {
    const rest = `dataflows: { mine: ["SpatialMap(1,1) K", "Cluster(4)", "SpatialMap(1,2) X'"] }`;
    const { accelerators } = systemOf("- { id: a, dataflow: mine, pes: 4, nocElementsPerCycle: 1 }", rest);
    expect((accelerators[0]!.costs as AnalyticCosts).dataflow).toEqual({
      name: "mine",
      directives: [
        { kind: "spatial", size: 1, step: 1, dimension: "K" },
        { kind: "cluster", size: 4 },
        { kind: "spatial", size: 1, step: 2, dimension: "X'" },
      ],
    });
  });
});

test("memory is what context switches go through", () => {
  const text =
    "name: s\nmemory: { bandwidthGBs: 16 }\naccelerators: [{ id: a, dataflow: os, pes: 64, nocElementsPerCycle: 1 }]\n";
  expect(loadSystem("s.yaml", memoryFiles({ "s.yaml": text }))).toMatchObject({
    memory: { bandwidthGBs: 16, energyPjPerByte: 0 },
    contextSwitch: "on",
  });
});

describe("a table", () => {
  const placedRowsOf = (table: string, accelerators: string) =>
    systemOf(accelerators, "table: t.csv", table).accelerators.map(({ costs }) => (costs as TableCosts).rows);
  const rowsOf = (table: string, accelerators = "- { id: a, costs: table }\n- { id: b, costs: table, units: 4 }") =>
    placedRowsOf(table, accelerators).map((rows) => rows.map(({ place: _, ...row }) => row));

  test("tells the line of each row, for messages about what does not fit a model", () => {
    const rows = placedRowsOf("model,accelerator,latencyNs\nm,a,1\n\nn,a,2\n", "- { id: a, costs: table }");
    expect(rows[0]!.map(({ place }) => place)).toEqual(["t.csv:2", "t.csv:4"]);
  });
  test("gives each accelerator its rows", () => {
    expect(
      rowsOf("model,accelerator,latencyNs,energyPj,layer,variant,units\nm,b,10,5,conv1,small,2\nm,a,7,,,,\n"),
    ).toEqual([
      [{ model: "m", latencyNs: 7 }],
      [{ model: "m", variant: "small", layer: "conv1", index: 0, units: 2, latencyNs: 10, energyPj: 5 }],
    ]);
  });
  test.each([
    ["latencyNs", 1],
    ["latencyUs", 1e3],
    ["latencyMs", 1e6],
  ])("in %s is converted", (column, factor) => {
    expect(rowsOf(`model,accelerator,${column}\nm,a,3\n`)[0]).toEqual([{ model: "m", latencyNs: 3 * factor }]);
  });
  test.each([
    ["energyPj", 1],
    ["energyNj", 1e3],
    ["energyUj", 1e6],
    ["energyMj", 1e9],
  ])("with %s is converted", (column, factor) => {
    const rows = rowsOf(`model,accelerator,latencyNs,${column}\nm,a,3,2\n`)[0];
    expect(rows).toEqual([{ model: "m", latencyNs: 3, energyPj: 2 * factor }]);
  });
  test("in cycles takes the accelerator's clock", () => {
    const accelerators = "- { id: a, costs: table, clockGHz: 2 }\n- { id: b, costs: table }";
    const rows = rowsOf("model,accelerator,latencyCycles\nm,a,10\nm,b,10\n", accelerators);
    expect(rows).toEqual([[{ model: "m", latencyNs: 5 }], [{ model: "m", latencyNs: 10 }]]);
  });
  test("may name all copies of an accelerator, or one", () => {
    const rows = rowsOf("model,accelerator,latencyNs\nm,a,1\nn,a1,2\n", "- { id: a, count: 2, costs: table }");
    expect(rows.map((each) => each.map(({ model }) => model))).toEqual([["m"], ["m", "n"]]);
  });
  test("may name an accelerator by its title, in any characters", () => {
    const accelerators =
      '- { id: npu, costs: table, title: "XR2 Gen 2 (Proxy)" }\n- { id: cpu, costs: table, title: npu }';
    const rows = rowsOf(
      'model,accelerator,latencyNs\nm,XR2 Gen 2 (Proxy),1\nn,"XR2 Gen 2 (Proxy)",2\no,npu,3\n',
      accelerators,
    );
    // An id comes before a title of the same text.
    expect(rows.map((each) => each.map(({ model }) => model))).toEqual([["m", "n", "o"], []]);
    expect(systemOf(accelerators, "table: t.csv", "model,accelerator,latencyNs\n").accelerators[0]!.title).toBe(
      "XR2 Gen 2 (Proxy)",
    );
  });
  test("may name layers in any characters, as often as a profiler does", () => {
    const long = `unet/Relu_1;${"StatefulPartitionedCall/".repeat(60)}`;
    const table = `model,accelerator,layer,latencyNs\nm,a,"[BiasAdd, 1]:1",1\nm,a,Relu 6 (fused),2\nm,a,Relu 6 (fused),3\nm,a,${long},4\n`;
    expect(rowsOf(table)[0]!.map(({ layer, index }) => [layer, index])).toEqual([
      ["[BiasAdd, 1]:1", 0],
      ["Relu 6 (fused)", 1],
      ["Relu 6 (fused)", 2],
      [long, 3],
    ]);
  });
  test.each(["model,accelerator,latencyNs\nm,a,1\n", "model,accelerator,latencyNs,energyPj\nm,a,1,0\n"])(
    "without energies, or with all of them, has no gaps: %j",
    (table) => {
      const warnings: Problem[] = [];
      systemOf("- { id: a, costs: table }", "table: t.csv", table, warnings);
      expect(warnings).toEqual([]);
    },
  );
  test("with energies in some rows is a warning that counts the others", () => {
    const warnings: Problem[] = [];
    const table = "model,accelerator,latencyNs,energyPj\nm,a,1,4\nn,a,1,\no,a,1,\n";
    systemOf("- { id: a, costs: table }", "table: t.csv", table, warnings);
    expect(warnings).toMatchObject([{ code: "UNKNOWN_ENERGY", file: "s.yaml", line: 5, column: 8 }]);
    expect(warnings[0]!.message).toContain("energyPj is empty in 2 of 3 rows, t.csv:3 the first");
  });
  test("that nobody uses is a warning", () => {
    const warnings: Problem[] = [];
    systemOf(
      "- { id: a, dataflow: os, pes: 64, nocElementsPerCycle: 1 }",
      "table: t.csv",
      "model,accelerator,latencyNs\n",
      warnings,
    );
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([["NO_EFFECT", 5]]);
  });
});
