/** SCALE-Sim's configurations as systems. */
import { describe, expect, test } from "vitest";
import { importScaleSim } from "../../src/import/index.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { filesOf, importProblems } from "./imported-files.ts";

const config = `[general]
run_name = My Array

[architecture_presets]
ArrayHeight:    32
ArrayWidth:     16
IfmapSramSzkB:   64
FilterSramSzkB:  8
OfmapSramSzkB:   2
IfmapOffset:    0
Bandwidth : 10,20
Dataflow : os

[run_presets]
InterfaceBandwidth: USER
`;
const system = (text: string) => {
  const result = importScaleSim([{ text, file: "my.cfg" }]);
  return { result, system: loadSystem("my.yaml", filesOf(result)) };
};

describe("configurations", () => {
  test("become a systolic array at 1 GHz and a byte a word", () => {
    const { result, system: loaded } = system(config);
    expect(loaded.title).toBe("My Array");
    expect(loaded.accelerators).toMatchObject([
      {
        clockGHz: 1,
        globalBufferBytes: 65_536,
        // 2 kB of outputs in 16 columns, and 10 words a cycle for each of three tensors.
        costs: {
          kind: "systolic",
          array: { rows: 32, columns: 16 },
          accumulatorDepth: 128,
          weightBufferBytes: 8192,
          offChip: { bandwidthGBs: 30 },
        },
      },
    ]);
    expect(result.report.left.map(({ what }) => what)).toEqual(["Dataflow os", "IfmapOffset"]);
  });

  test("CALC is a bandwidth that never stalls the array", () => {
    const { system: loaded } = system(config.replace("USER", "CALC"));
    expect(loaded.accelerators[0]!.costs).toMatchObject({ offChip: { bandwidthGBs: 96 } });
  });

  test("case, separators, comments and the order of sections do not matter", () => {
    const [general, presets, run] = config.split(/\n(?=\[)/);
    const other = `# comment\n${run}\n; another\n${presets!.replaceAll(":", " = ").replace("ArrayHeight", "arrayheight")}\n${general}`;
    expect(system(other).result.files[0]!.text).toBe(system(config).result.files[0]!.text);
  });

  test.each([
    [
      "no array",
      config.replace(/Array.*\n/g, ""),
      [
        ["MISSING_KEY", 1, 1],
        ["MISSING_KEY", 1, 1],
      ],
    ],
    ["a word for a size", config.replace("32", "many"), [["WRONG_TYPE", 5, 17]]],
    ["an unknown dataflow", config.replace(": os", ": rs"), [["UNKNOWN_NAME", 12, 12]]],
    ["an unknown mode", config.replace("USER", "MAYBE"), [["UNKNOWN_NAME", 15, 21]]],
    ["no bandwidth", config.replace(/Bandwidth : .*\n/, ""), [["MISSING_KEY", 14, 21]]],
    [
      "a key twice",
      config.replace("ArrayWidth", "ArrayHeight"),
      [
        ["DUPLICATE_KEY", 6, 1],
        ["MISSING_KEY", 1, 1],
      ],
    ],
    ["text", config.replace("IfmapOffset:    0", "hello"), [["WRONG_TYPE", 10, 1]]],
  ])("%s is reported", (_, text, expected) => {
    const found = importProblems(() => importScaleSim([{ text, file: "my.cfg" }]));
    expect([...found].sort()).toEqual([...expected].sort());
  });
});
