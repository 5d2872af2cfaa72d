/** What is wrong with a system or its table, by code and place. */
import { describe, expect, test } from "vitest";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { marks, problemsIn } from "./one-system.ts";

const good = "dataflow: ws, pes: 256, nocElementsPerCycle: 64";

describe("an accelerator", () => {
  test.each([
    ["dataflow: wss, pes: 256, nocElementsPerCycle: 64", "UNKNOWN_NAME", "wss"],
    ["pes: 256, nocElementsPerCycle: 64", "MISSING_KEY", "{"],
    ["dataflow: ws, pes: 255, nocElementsPerCycle: 64", "TOO_SMALL", "255"],
    ["dataflow: ws, pes: -1, nocElementsPerCycle: 64", "NOT_POSITIVE", "-1"],
    ["dataflow: ws, pes: 256, nocElementsPerCycle: 0", "NOT_POSITIVE", "0"],
    ["dataflow: ws, pes: 256, nocElementsPerCycle: [1, 2]", "WRONG_LENGTH", "[1"],
    [`${good}, clockGhz: 1`, "UNKNOWN_KEY", "clockGhz"],
    [`${good}, clockGHz: .inf`, "NOT_FINITE", ".inf"],
    [`${good}, units: 3`, "BAD_SHAPE", "3"],
    ["dataflow: ws, pes: 256, nocElementsPerCycle: 64, units: 2", "TOO_SMALL", "256"],
    [`${good}, preemption: [stop]`, "UNKNOWN_NAME", "stop"],
    [`${good}, idlePowerMw: -2`, "NEGATIVE", "-2"],
    [`${good}, globalBufferBytes: 1.5`, "NOT_WHOLE", "1.5"],
    [`${good}, costs: mestro`, "UNKNOWN_NAME", "mestro"],
    [`${good}, costs: maestro, startUp: on`, "KEYS_EXCLUDE", "startUp"],
    [`${good}, offChip: { energyPjPerByte: 1 }`, "MISSING_KEY", "offChip"],
    [`${good}, count: 0`, "NOT_POSITIVE", "0"],
  ])("with %s is reported as %s at %s", (fields, code, mark) => {
    expect(marks(`- { id: a, ${fields} }`)).toEqual([[code, 4, mark]]);
  });
  test("with the id of another, or of a copy of another, is reported", () => {
    expect(marks(`- { id: a, count: 2, ${good} }\n- { id: a1, ${good} }`)).toEqual([["DUPLICATE_ID", 5, "a1"]]);
  });
  test("with a + in its id is reported: results join ids by it", () => {
    expect(marks(`- { id: a+b, ${good} }`)).toEqual([["BAD_NAME", 4, "a+b"]]);
  });
  test("of a table does not take fields of an analysis", () => {
    const table = "model,accelerator,latencyNs\nm,a,1\n";
    expect(marks("- { id: a, costs: table, dataflow: ws }", "table: t.csv", table)).toEqual([
      ["KEYS_EXCLUDE", 4, "dataflow"],
    ]);
  });
  test("more than 1024 of them are reported", () => {
    expect(marks(`- { id: a, count: 1000, ${good} }\n- { id: b, count: 1000, ${good} }`)).toEqual([
      ["TOO_BIG", 5, "{"],
    ]);
  });
});

describe("a dataflow", () => {
  test.each([
    [`mine: ["SpatialMap(1) K"]`, "BAD_DIRECTIVE", '"SpatialMap(1)'],
    [`mine: ["TemporalMap(1,1) K"]`, "BAD_DIRECTIVE", "mine"],
    [`ws: ["SpatialMap(1,1) K"]`, "DUPLICATE_ID", "ws"],
    ["mine: []", "WRONG_LENGTH", "["],
    ["mine: [3]", "WRONG_TYPE", "3"],
  ])("%s is reported as %s at %s", (dataflow, code, mark) => {
    const found = marks(`- { id: a, ${good} }`, `dataflows: { ${dataflow} }`);
    expect(found.map(([foundCode, line]) => [foundCode, line])).toEqual([[code, 5]]);
    expect(String(found[0]![2])).toBe(mark.split(",")[0]);
  });
  test("with problems hides nothing but itself", () => {
    const rest = `dataflows: { mine: ["x"] }`;
    const found = marks(
      "- { id: a, dataflow: mine, pes: 4, nocElementsPerCycle: 1 }\n- { id: b, dataflow: minn, pes: 1, nocElementsPerCycle: 1 }",
      rest,
    );
    expect(found).toEqual([
      ["UNKNOWN_NAME", 5, "minn"],
      ["BAD_DIRECTIVE", 6, '"x"'],
    ]);
  });
});

test("a system that moves jobs needs a memory", () => {
  const text = `name: s\naccelerators: [{ id: a, ${good} }]\n`;
  expect(problemsOf(() => loadSystem("s.yaml", memoryFiles({ "s.yaml": text })))).toMatchObject([
    { code: "MISSING_KEY", line: 1 },
  ]);
});

describe("a table", () => {
  const accelerator = "- { id: npu, costs: table, units: 2 }";
  test.each([
    ["model,latencyNs\nm,1\n", "MISSING_COLUMN", 1, 1],
    ["model,accelerator\nm,npu\n", "MISSING_COLUMN", 1, 1],
    ["model,accelerator,latencyNs,latencyMs\nm,npu,1,1\n", "KEYS_EXCLUDE", 1, 1],
    ["model,accelerator,latencyNs,energyPj,energyMj\nm,npu,1,1,1\n", "KEYS_EXCLUDE", 1, 1],
    ["model,accelerator,latencyNS\nm,npu,1\n", "UNKNOWN_COLUMN", 1, 19],
    ["model,accelerator,latencyNs\nm,npu,-1\n", "NEGATIVE", 2, 7],
    ["model,accelerator,latencyNs\nm,npu,fast\n", "WRONG_TYPE", 2, 7],
    ["model,accelerator,latencyNs\nm,npu,inf\n", "NOT_FINITE", 2, 7],
    ["model,accelerator,latencyNs\nm,npu,1e300\n", "TOO_BIG", 2, 7],
    ["model,accelerator,latencyNs\nm,npu,\n", "MISSING_KEY", 2, 7],
    ["model,accelerator,latencyNs\n,npu,1\n", "MISSING_KEY", 2, 1],
    ["model,accelerator,latencyNs,units\nm,npu,1,3\n", "TOO_BIG", 2, 9],
    ["model,accelerator,latencyNs,units\nm,npu,1,1.5\n", "TOO_BIG", 2, 9],
    ["model,accelerator,latencyNs\nm,npu,1\nm,npu,2\n", "DUPLICATE_ID", 3, 1],
  ])("of %j is reported as %s", (table, code, line, column) => {
    expect(problemsIn(accelerator, "table: t.csv", table)).toMatchObject([{ file: "t.csv", code, line, column }]);
  });
  test("with an unknown accelerator is reported with the nearest id", () => {
    const [problem] = problemsIn(accelerator, "table: t.csv", "model,accelerator,latencyNs\nm,mpu,1\n");
    expect(problem).toMatchObject({
      code: "UNKNOWN_NAME",
      line: 2,
      column: 3,
      message: 'unknown accelerator "mpu"; did you mean "npu"?',
    });
  });
  test("with a title that several accelerators have is reported", () => {
    const twins = "- { id: a, costs: table, title: GPU }\n- { id: b, costs: table, title: GPU }";
    const [problem] = problemsIn(twins, "table: t.csv", "model,accelerator,latencyNs\nm,GPU,1\n");
    expect(problem).toMatchObject({ code: "UNKNOWN_NAME", line: 2, column: 3 });
    expect(problem!.message).toBe('several accelerators have the title "GPU"; give the id of one');
  });
  test("that is not named, or not there, is reported", () => {
    expect(marks(accelerator)).toEqual([["MISSING_KEY", 1, "name"]]);
    expect(marks(accelerator, "table: t.csv")).toEqual([["MISSING_FILE", 5, "t.csv"]]);
  });
});
