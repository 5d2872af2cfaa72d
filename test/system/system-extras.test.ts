/** Systolic accelerators, operating points and the effects that are off unless a system names them. */
import { describe, expect, test } from "vitest";
import type { TableCosts } from "../../src/core/system.ts";
import type { Problem } from "../../src/input/problem.ts";
import { marks, problemsIn, systemOf } from "./one-system.ts";

const systolic = "costs: systolic, array: { rows: 8, columns: 4 }, offChip: { bandwidthGBs: 2 }";
const plain = "dataflow: ws, pes: 256, nocElementsPerCycle: 64";

describe("an accelerator with systolic costs", () => {
  test("has the defaults of docs/formats.md", () => {
    expect(systemOf(`- { id: a, ${systolic} }`).accelerators[0]).toMatchObject({
      pes: 32,
      units: 1,
      costs: {
        kind: "systolic",
        array: { rows: 8, columns: 4 },
        accumulatorDepth: 128,
        offChip: { bandwidthGBs: 2, energyPjPerByte: 0 },
        dramLatencyCycles: 0,
        energy: { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 },
      },
    });
  });
  test("may say everything itself; its array is that of one unit", () => {
    const more = "units: 3, accumulatorDepth: 64, dramLatencyCycles: 7, weightBufferBytes: 99, energy: { macPj: 1 }";
    const [accelerator] = systemOf(`- { id: a, ${systolic}, ${more} }`).accelerators;
    expect(accelerator).toMatchObject({
      pes: 96,
      units: 3,
      costs: { accumulatorDepth: 64, dramLatencyCycles: 7, weightBufferBytes: 99, energy: { macPj: 1, l1Pj: 1.584 } },
    });
  });
  test.each([
    ["costs: systolic, offChip: { bandwidthGBs: 2 }", "MISSING_KEY", "{"],
    ["costs: systolic, array: { rows: 8, columns: 4 }", "MISSING_KEY", "{"],
    ["costs: systolic, array: { rows: 8 }, offChip: { bandwidthGBs: 2 }", "MISSING_KEY", "array"],
    ["costs: systolic, array: { rows: 0, columns: 4 }, offChip: { bandwidthGBs: 2 }", "NOT_POSITIVE", "0"],
    [`${systolic}, pes: 32`, "KEYS_EXCLUDE", "pes"],
    [`${systolic}, dataflow: ws`, "KEYS_EXCLUDE", "dataflow"],
    [`${systolic}, startUp: on`, "KEYS_EXCLUDE", "startUp"],
    [`${systolic}, accumulatorDepth: 1.5`, "NOT_WHOLE", "1.5"],
    [`${systolic}, dramLatencyCycles: -1`, "NEGATIVE", "-1"],
    [`${systolic}, units: 65`, "TOO_BIG", "65"],
    [`${plain}, array: { rows: 8, columns: 4 }`, "KEYS_EXCLUDE", "array"],
    [`${plain}, costs: maestro, weightBufferBytes: 8`, "KEYS_EXCLUDE", "weightBufferBytes"],
  ])("with %s is reported as %s at %s", (fields, code, mark) => {
    expect(marks(`- { id: a, ${fields} }`)).toEqual([[code, 4, mark]]);
  });
});

describe("operating points", () => {
  const low = "{ name: low, speed: 0.5, energyFactor: 0.4 }";
  const high = "{ name: high, speed: 1, energyFactor: 1 }";
  test("come fastest first, however they are written", () => {
    const { accelerators } = systemOf(`- { id: a, ${plain}, operatingPoints: [${low}, ${high}] }`);
    expect(accelerators[0]!.operatingPoints).toEqual([
      { name: "high", speed: 1, energyFactor: 1 },
      { name: "low", speed: 0.5, energyFactor: 0.4 },
    ]);
  });
  test("are absent where an accelerator has none", () => {
    expect(systemOf(`- { id: a, ${plain} }`).accelerators[0]).not.toHaveProperty("operatingPoints");
  });
  test.each([
    [`[${low}, ${low}]`, "DUPLICATE_ID", "low"],
    ["[]", "WRONG_LENGTH", "["],
    ["[{ name: low, speed: 0, energyFactor: 1 }]", "NOT_POSITIVE", "0"],
    ["[{ name: low, speed: 1, energyFactor: -1 }]", "NOT_POSITIVE", "-1"],
    ["[{ name: low, speed: 1, energyFactor: 1, volts: 1 }]", "UNKNOWN_KEY", "volts"],
    ["[{ name: a+b, speed: 1, energyFactor: 1 }]", "BAD_NAME", "a+b"],
    ["[3]", "WRONG_TYPE", "3"],
    ["fast", "WRONG_TYPE", "fast"],
  ])("of %s are reported as %s at %s", (points, code, mark) => {
    expect(marks(`- { id: a, ${plain}, operatingPoints: ${points} }`)).toEqual([[code, 4, mark]]);
  });
});

describe("effects of a system", () => {
  const offChip = "offChip: { bandwidthGBs: 2 }";
  test("are absent unless it names them", () => {
    const system = systemOf(`- { id: a, ${plain} }`);
    for (const key of ["contention", "decisionOverheadNs", "powerCapMw"]) expect(system).not.toHaveProperty(key);
  });
  test("are taken as written", () => {
    const rest = "memory: { bandwidthGBs: 2 }\ncontention: on\ndecisionOverheadNs: 250\npowerCapMw: 1.5";
    const effects = { contention: "on", decisionOverheadNs: 250, powerCapMw: 1.5 };
    expect(systemOf(`- { id: a, ${plain}, ${offChip} }`, rest)).toMatchObject(effects);
  });
  test.each([
    ["decisionOverheadNs: 0.5", "NOT_WHOLE", "0.5"],
    ["decisionOverheadNs: -1", "NEGATIVE", "-1"],
    ["powerCapMw: 0", "NOT_POSITIVE", "0"],
    ["contention: maybe", "UNKNOWN_NAME", "maybe"],
    ["contention: on", "MISSING_KEY", "contention"],
  ])("%s is reported as %s at %s", (line, code, mark) => {
    expect(marks(`- { id: a, ${plain}, ${offChip} }`, line)).toEqual([[code, 5, mark]]);
  });
  test("contention without a cost that knows off-chip traffic is a warning", () => {
    const warningsOf = (accelerator: string, table?: string) => {
      const warnings: Problem[] = [];
      const rest = "memory: { bandwidthGBs: 2 }\ncontention: on";
      systemOf(accelerator, table === undefined ? rest : `${rest}\ntable: t.csv`, table, warnings);
      return warnings.map(({ code, line }) => [code, line]);
    };
    expect(warningsOf(`- { id: a, ${plain} }`)).toEqual([["NO_EFFECT", 6]]);
    expect(warningsOf(`- { id: a, costs: maestro, ${plain} }`)).toEqual([["NO_EFFECT", 6]]);
    expect(warningsOf(`- { id: a, ${systolic} }`)).toEqual([]);
    const measured = "- { id: a, costs: table }";
    expect(warningsOf(measured, "model,accelerator,latencyNs\nm,a,1\n")).toEqual([["NO_EFFECT", 6]]);
    expect(warningsOf(measured, "model,accelerator,latencyNs,offChipBytes\nm,a,1,8\n")).toEqual([]);
  });
});

describe("what a power cap could choose", () => {
  const points =
    "operatingPoints: [{ name: fast, speed: 1, energyFactor: 1 }, { name: slow, speed: 0.5, energyFactor: 0.4 }]";
  const warningsOf = (fields: string, rest = "") => {
    const warnings: Problem[] = [];
    systemOf(`- { id: a, ${plain}${fields} }`, rest, undefined, warnings);
    return warnings.map(({ code, message }) => [code, message.slice(0, 20)]);
  };

  test("is told where there is no cap, or no choice", () => {
    expect(warningsOf(`, ${points}`)).toEqual([["NO_EFFECT", "without powerCapMw e"]]);
    expect(warningsOf("", "powerCapMw: 5")).toEqual([["NO_EFFECT", "no accelerator has s"]]);
    expect(warningsOf(`, ${points}`, "powerCapMw: 5")).toEqual([]);
  });
});

describe("a table", () => {
  const accelerator = "- { id: a, costs: table }";
  test("may have tiles and off-chip bytes", () => {
    const table = "model,accelerator,latencyNs,tiles,offChipBytes\nm,a,5,4,100\nn,a,5,,\n";
    const { rows } = systemOf(accelerator, "table: t.csv", table).accelerators[0]!.costs as TableCosts;
    expect(rows.map(({ place: _, ...row }) => row)).toEqual([
      { model: "m", latencyNs: 5, tiles: 4, offChipBytes: 100 },
      { model: "n", latencyNs: 5 },
    ]);
  });
  test.each([
    ["tiles", "0", "NOT_WHOLE"],
    ["tiles", "1.5", "NOT_WHOLE"],
    ["offChipBytes", "-1", "NEGATIVE"],
  ])("whose %s is %s is reported as %s", (column, value, code) => {
    const table = `model,accelerator,latencyNs,${column}\nm,a,5,${value}\n`;
    expect(problemsIn(accelerator, "table: t.csv", table)).toMatchObject([{ file: "t.csv", code, line: 2, column: 7 }]);
  });
});
