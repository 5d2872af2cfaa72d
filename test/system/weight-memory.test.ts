/** `weights` of an accelerator, and the loads of a table. Line 4 of each file holds the first accelerator. */
import { describe, expect, test } from "vitest";
import type { TableCosts } from "../../src/core/system.ts";
import type { Problem } from "../../src/input/problem.ts";
import { marks, problemsIn, systemOf } from "./one-system.ts";

const plain = "dataflow: ws, pes: 256, nocElementsPerCycle: 64";
const memoryOf = (...given: Parameters<typeof systemOf>) => systemOf(...given).accelerators[0]!.weights;

describe("a memory for weights", () => {
  test("has what is written, and overlap off", () => {
    const text = `- { id: a, ${plain}, weights: { bytes: 1000, bandwidthGBs: 2, energyPjPerByte: 3 } }`;
    expect(memoryOf(text)).toEqual({ bytes: 1000, bandwidthGBs: 2, energyPjPerByte: 3, overlap: "off" });
    expect(memoryOf(text.replace("bytes: 1000", "overlap: on"))).toEqual({
      bandwidthGBs: 2,
      energyPjPerByte: 3,
      overlap: "on",
    });
  });

  test("is filled at the bandwidth and the energy of the system's memory, unless it says else", () => {
    const rest = "memory: { bandwidthGBs: 5, energyPjPerByte: 7 }";
    expect(memoryOf(`- { id: a, ${plain}, weights: { bytes: 1 } }`, rest)).toMatchObject({
      bandwidthGBs: 5,
      energyPjPerByte: 7,
    });
    expect(memoryOf(`- { id: a, ${plain}, weights: { bytes: 1, bandwidthGBs: 2 } }`, rest)).toMatchObject({
      bandwidthGBs: 2,
      energyPjPerByte: 7,
    });
  });

  test("is not there unless it is written", () => {
    expect(systemOf(`- { id: a, ${plain} }`).accelerators[0]).not.toHaveProperty("weights");
  });

  test.each([
    ["weights: { bytes: 100 }", "", "MISSING_KEY", "weights"],
    ["weights: { bytes: 0, bandwidthGBs: 1 }", "", "NOT_POSITIVE", "0"],
    ["weights: { bytes: 1.5, bandwidthGBs: 1 }", "", "NOT_WHOLE", "1.5"],
    ["weights: { bytes: 1, bandwidthGBs: 0 }", "", "NOT_POSITIVE", "0"],
    ["weights: { bytes: 1, bandwidthGBs: 1, energyPjPerByte: -1 }", "", "NEGATIVE", "-1"],
    ["weights: { bytes: 1, bandwidthGBs: 1, size: 3 }", "", "UNKNOWN_KEY", "size"],
    ["weights: 100", "", "WRONG_TYPE", "100"],
    [
      "offChip: { bandwidthGBs: 1 }, weights: { bytes: 1, bandwidthGBs: 6 }",
      "contention: on\nmemory: { bandwidthGBs: 5 }",
      "TOO_BIG",
      "6",
    ],
  ])("with %s and %s is reported as %s at %s", (fields, rest, code, mark) => {
    expect(marks(`- { id: a, ${plain}, ${fields} }`, rest)).toEqual([[code, 4, mark]]);
  });

  test("counts as off-chip traffic for contention", () => {
    const warnings: Parameters<typeof systemOf>[3] = [];
    const rest = "contention: on\nmemory: { bandwidthGBs: 5 }";
    systemOf(`- { id: a, ${plain}, weights: { bytes: 1 } }`, rest, undefined, warnings);
    expect(warnings).toEqual([]);
  });
});

describe("a table with loads", () => {
  const accelerators = "- { id: a, costs: table }";
  const loaded = (header: string, row: string, fields = accelerators) => {
    const [accelerator] = systemOf(
      fields,
      "table: t.csv",
      `model,accelerator,latencyMs,${header}\nm,a,2,${row}\n`,
    ).accelerators;
    return { row: (accelerator!.costs as TableCosts).rows[0]!, weights: accelerator!.weights };
  };

  test.each([
    ["loadMs,loadMj,loadBytes", "1.5,2,300", { loadNs: 1.5e6, loadPj: 2e9, loadBytes: 300 }],
    ["loadUs,loadUj", "1.5,2", { loadNs: 1500, loadPj: 2e6 }],
    ["loadNs,loadNj", "5,2", { loadNs: 5, loadPj: 2000 }],
    ["loadPj,loadMs", "5,1", { loadPj: 5, loadNs: 1e6 }],
  ])("reads %s in their units", (header, row, expected) => {
    expect(loaded(header, row).row).toMatchObject(expected);
  });

  test("implies a memory for one model at a time, and one that is written has its size", () => {
    expect(loaded("loadMs", "1").weights).toEqual({ bandwidthGBs: Infinity, energyPjPerByte: 0, overlap: "off" });
    const sized = "- { id: a, costs: table, weights: { bytes: 50 } }";
    expect(loaded("loadMs", "1", sized).weights).toMatchObject({ bytes: 50 });
    expect(loaded("loadMs", "").weights).toBeUndefined();
  });

  test("makes fields of weights needless that every row gives itself, which is told", () => {
    const warnings: Problem[] = [];
    const all = "- { id: a, costs: table, weights: { bytes: 50, bandwidthGBs: 1, energyPjPerByte: 2 } }";
    const table = "model,accelerator,latencyMs,loadMs,loadMj\nm,a,2,1,1\nn,a,2,1,\n";
    systemOf(all, "table: t.csv", table, warnings);
    expect(warnings).toMatchObject([
      { code: "NO_EFFECT", line: 4, message: "every row of the table gives a time of its load" },
    ]);
  });

  test("must tell how long loads take", () => {
    expect(problemsIn(accelerators, "table: t.csv", "model,accelerator,latencyMs,loadBytes\nm,a,2,3\n")).toMatchObject([
      { code: "MISSING_KEY", message: expect.stringContaining('need "bandwidthGBs", or a table with a column loadMs') },
    ]);
  });

  test.each([
    ["loadMs", "-1", "NEGATIVE"],
    ["loadMs", "x", "WRONG_TYPE"],
    ["loadBytes,loadMs", "-1,2", "NEGATIVE"],
  ])("with %s %s is reported as %s in the table", (header, row, code) => {
    const table = `model,accelerator,latencyMs,${header}\nm,a,2,${row}\n`;
    expect(problemsIn(accelerators, "table: t.csv", table)).toMatchObject([{ code, line: 2, column: 7 }]);
  });

  test("has one time and one energy of loads", () => {
    const table = "model,accelerator,latencyMs,loadMs,loadNs\nm,a,2,1,1\n";
    expect(problemsIn(accelerators, "table: t.csv", table)).toMatchObject([
      { code: "KEYS_EXCLUDE", line: 1, message: "give one load time column, not loadNs and loadMs" },
    ]);
  });
});
