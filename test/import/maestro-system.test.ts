import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { detectMaestroFormat, importMaestroSystem, type SourceFile } from "../../src/import/index.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { accelerator, dataflowProblems, hardwareProblems, network, places, ws } from "./texts.ts";

const system = (hardware: string, dataflow: string) =>
  parse(importMaestroSystem({ text: hardware, file: "hw/Dual_4K.m" }, { text: dataflow, file: "WS_WS.m" }).text);

describe("systems", () => {
  test("the i-th dataflow runs on the i-th accelerator", () => {
    const small = "Dataflow { SpatialMap(2,2) K; Cluster(4,L); SpatialMap(1,1) X' }";
    expect(system(`${accelerator("Acc0_2K")} ${accelerator("Acc1_2K")}`, `${small} ${ws}`)).toEqual({
      name: "dual-4k-ws-ws",
      title: "Dual_4K, WS_WS",
      source: "Dual_4K.m and WS_WS.m",
      costs: "maestro",
      contextSwitch: "off",
      dataflows: { "dataflow-1": ["SpatialMap(2,2) K", "Cluster(4)", "SpatialMap(1,1) X'"] },
      accelerators: [
        { id: "acc0-2k", dataflow: "dataflow-1", clockGHz: 1, pes: 512, nocElementsPerCycle: [8, 4] },
        { id: "acc1-2k", dataflow: "ws", clockGHz: 1, pes: 512, nocElementsPerCycle: [8, 4, 4] },
      ],
    });
  });

  test("NoC bandwidths keep the order of the file, and the last is that of all other levels", () => {
    const reversed = "Accelerator a { col_noc_bw: 4 num_pes: 512 top_noc_bw: 8 }";
    expect(system(reversed, ws).accelerators[0].nocElementsPerCycle).toEqual([4, 8, 8]);
    expect(system("Accelerator a { num_pes 512 top_noc_bw 8 }", ws).accelerators[0].nocElementsPerCycle).toBe(8);
  });

  test("off-chip bandwidth and shared memory are carried", () => {
    const text = `Accelerator a { num_pes: 512 offchip_bw: 128 top_noc_bw: 8 top_noc_latency: 1 top_noc_multicast: True
      col_noc_bw: 4 col_noc_latency: 1 col_noc_multicast: True global_shared_memory: 2048 PE_local_memory: 64 }`;
    expect(system(text, ws)).toMatchObject({
      memory: { bandwidthGBs: 128 },
      accelerators: [{ globalBufferBytes: 2048 }],
    });
  });

  test("equal inline dataflows share a name, and accelerators of one name get different ids", () => {
    const dataflow = "Dataflow { SpatialMap(2,2) K }";
    const { accelerators, dataflows } = system(`${accelerator("a")} ${accelerator("a")}`, `${dataflow} ${dataflow}`);
    expect(Object.keys(dataflows)).toEqual(["dataflow-1"]);
    expect(accelerators).toMatchObject([
      { id: "a", dataflow: "dataflow-1" },
      { id: "a-2", dataflow: "dataflow-1" },
    ]);
  });
});

test("an inline dataflow loads as the directives that were read", () => {
  const dataflow = "Dataflow { TemporalMap(3,2) Y'; SpatialMap(2,2) K; Cluster(4,L); SpatialMap(1,1) X' }";
  const sources = [accelerator("a"), dataflow].map((text, i) => ({ text, file: `${i}.m` })) as [SourceFile, SourceFile];
  const files = memoryFiles({ "system.yaml": importMaestroSystem(...sources).text });
  expect(loadSystem("system.yaml", files).accelerators[0]?.costs).toMatchObject({
    kind: "maestro",
    nocElementsPerCycle: [8, 4],
    dataflow: {
      name: "dataflow-1",
      directives: [
        { kind: "temporal", size: 3, step: 2, dimension: "Y'" },
        { kind: "spatial", size: 2, step: 2, dimension: "K" },
        { kind: "cluster", size: 4 },
        { kind: "spatial", size: 1, step: 1, dimension: "X'" },
      ],
    },
  });
});

describe("what is wrong with a dataflow file", () => {
  const inner = "SpatialMap(1,1) K";
  test.each([
    ["an empty file", "", [["EMPTY_FILE", 1, 1]]],
    ["a name before the brace", `Dataflow WS { ${inner} }`, [["MAESTRO_SYNTAX", 1, 10]]],
    ["a misspelt directive", "Dataflow { SpatialMpa(1,1) K }", [["UNKNOWN_KEY", 1, 12]]],
    ["a symbolic size", `Dataflow { TemporalMap(Sz(R),1) R ${inner} }`, [["WRONG_TYPE", 1, 24]]],
    ["a step of 0", "Dataflow { SpatialMap(1,0) K }", [["NOT_POSITIVE", 1, 25]]],
    ["a missing step", "Dataflow { SpatialMap(1) K }", [["WRONG_TYPE", 1, 26]]],
    ["an unknown dimension", `Dataflow { TemporalMap(1,1) N; ${inner} }`, [["UNKNOWN_NAME", 1, 29]]],
    ["an unknown cluster kind", `Dataflow { ${inner} Cluster(4,Q); ${inner} }`, [["UNKNOWN_NAME", 1, 40]]],
    ["a missing cluster kind", `Dataflow { ${inner} Cluster(4); ${inner} }`, [["UNKNOWN_NAME", 1, 42]]],
    ["no spatial map in a level", `Dataflow { ${inner} Cluster(4,P); }`, [["BAD_DIRECTIVE", 1, 1]]],
    [
      "X and X' in one level",
      `Dataflow { ${inner} TemporalMap(1,1) X; TemporalMap(1,1) X'; }`,
      [["BAD_DIRECTIVE", 1, 1]],
    ],
    ["a missing brace", `Dataflow { ${inner}`, [["MAESTRO_SYNTAX", 1, 29]]],
    ["one dataflow too many", `${ws}\n${ws}`, [["WRONG_LENGTH", 4, 1]]],
  ])("%s", (_, text, expected) => {
    const problems = dataflowProblems(text).filter(({ file }) => file === "dataflow.m");
    expect(places(problems)).toEqual(expected);
  });
});

describe("what is wrong with a hardware file", () => {
  test.each([
    ["no number of PEs", "Accelerator a { top_noc_bw: 8 }", [["MISSING_KEY", 1, 13]]],
    ["no bandwidth", "Accelerator a { num_pes: 512 }", [["MISSING_KEY", 1, 13]]],
    ["a misspelt key", "Accelerator a { num_pe: 512 top_noc_bw: 8 }", [["UNKNOWN_KEY", 1, 17]]],
    ["an unknown key", "Accelerator a { num_pes: 512 top_noc_bw: 8 frequency: 3 }", [["UNKNOWN_KEY", 1, 44]]],
    ["a key twice", "Accelerator a { num_pes: 512 top_noc_bw: 8 num_pes: 3 }", [["DUPLICATE_KEY", 1, 44]]],
    ["0 PEs", "Accelerator a { num_pes: 0 top_noc_bw: 8 }", [["NOT_POSITIVE", 1, 26]]],
    ["False", "Accelerator a { num_pes: 512 top_noc_bw: 8 top_noc_multicast: False }", [["UNKNOWN_NAME", 1, 63]]],
    ["too few PEs for a cluster", "Accelerator a { num_pes: 255 top_noc_bw: 8 }", [["TOO_SMALL", 1, 13]]],
    ["one accelerator too many", `${accelerator("a")}\n${accelerator("b")}`, [["WRONG_LENGTH", 2, 13]]],
  ])("%s", (_, text, expected) => {
    expect(places(hardwareProblems(text))).toEqual(expected);
  });

  test("problems of both files come at once", () => {
    const hardware = { text: "Accelerator a { }", file: "hardware.m" };
    const dataflow = { text: "Dataflow { Cluster }", file: "dataflow.m" };
    expect(() => importMaestroSystem(hardware, dataflow)).toThrow(/hardware\.m:1:13[\s\S]*dataflow\.m:1:20/);
  });
});

describe("detectMaestroFormat", () => {
  test.each([
    [network("a"), "workload"],
    [`// Dataflow\n${ws}`, "dataflows"],
    [accelerator("a"), "hardware"],
    ["Netwrok a { FPS: 3 }", "workload"],
    ["name: vr-gaming\ntasks: []\n", undefined],
    ["", undefined],
  ])("%s", (text, format) => {
    expect(detectMaestroFormat(text)).toBe(format);
  });
});
