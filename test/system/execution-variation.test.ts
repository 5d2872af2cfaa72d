/** Times that vary, as system files and tables say them. */
import { describe, expect, test } from "vitest";
import { buildCostTable } from "../../src/cost/index.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { call, folderWith } from "../cli/call.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { marks, problemsIn, systemOf } from "./one-system.ts";

const npu = "- { id: npu, costs: table }";
const header = "model,accelerator,latencyMs,latencyUsLow,latencyUsHigh,cv,samples";

const rowOf = (row: string, samples = "latencyUs\n1\n") => {
  const files = memoryFiles({
    "s.yaml": `name: sys\ncontextSwitch: off\ntable: t/t.csv\naccelerators:\n  ${npu}\n`,
    "t/t.csv": `${header}\n${row}\n`,
    "t/s.csv": samples,
  });
  const { costs } = loadSystem("s.yaml", files).accelerators[0]!;
  return costs.kind === "table" ? costs.rows[0] : undefined;
};

describe("a row of a table", () => {
  test("with a cv has a log-normal latency, with a cv of 0 an exact one", () => {
    expect(rowOf("m,npu,2,,,0.2,")).toMatchObject({ latencyNs: 2e6, spread: { kind: "lognormal", cv: 0.2 } });
    expect(rowOf("m,npu,2,,,0,")).toMatchObject({ latencyNs: 2e6, spread: "none" });
    expect(rowOf("m,npu,2,,,,")).not.toHaveProperty("spread");
  });
  test("with a range is nominally in its middle", () => {
    const spread = { kind: "range", lowNs: 1000, highNs: 4000 };
    expect(rowOf("m,npu,,1,4,,")).toMatchObject({ latencyNs: 2500, spread });
    expect(rowOf("m,npu,,4,4,,")).toMatchObject({ latencyNs: 4000, spread: "none" });
  });
  test("with samples is nominally their mean; the file is beside the table, in its own unit, with other columns ignored", () => {
    const spread = { kind: "samples", latenciesNs: [1000, 2000, 9000] };
    expect(rowOf("m,npu,,,,,s.csv", "host,latencyUs\na,9\nb,1\nc,2\n")).toMatchObject({ latencyNs: 4000, spread });
    expect(rowOf("m,npu,,,,,s.csv", "latencyUs\n7\n7\n")).toMatchObject({ latencyNs: 7000, spread: "none" });
  });
  test.each([
    ["m,npu,2,1,4,,", "KEYS_EXCLUDE", 11],
    ["m,npu,,1,,,", "MISSING_KEY", 10],
    ["m,npu,,4,1,,", "TOO_SMALL", 10],
    ["m,npu,,-1,1,,", "NEGATIVE", 8],
    ["m,npu,,1,4,0.1,", "KEYS_EXCLUDE", 12],
    ["m,npu,2,,,-0.1,", "NEGATIVE", 11],
    ["m,npu,2,,,11,", "TOO_BIG", 11],
    ["m,npu,,,,,", "MISSING_KEY", 7],
    ["m,npu,,,,,none.csv", "MISSING_FILE", 11],
  ])("%s is reported as %s at column %i", (row, code, column) => {
    const [problem, ...others] = problemsIn(npu, "table: t.csv", `${header}\n${row}\n`);
    expect(problem).toMatchObject({ file: "t.csv", code, line: 2, column });
    expect(others).toEqual([]);
  });
  test.each([
    ["latencyMs\n1\n-2\n", "NEGATIVE", 3],
    ["latencyMs\n", "EMPTY_FILE", 1],
    ["latency\n1\n", "MISSING_COLUMN", 1],
    ["latencyMs\nsoon\n", "WRONG_TYPE", 2],
  ])("names what is wrong with samples %j", (samples, code, line) => {
    expect(problemsOf(() => rowOf("m,npu,,,,,s.csv", samples))).toMatchObject([{ file: "t/s.csv", code, line }]);
  });
});

describe("a table's header", () => {
  test.each([
    ["model,accelerator", "MISSING_COLUMN"],
    ["model,accelerator,latencyMs,latencyUs", "KEYS_EXCLUDE"],
    ["model,accelerator,latencyMsLow,latencyUsHigh", "KEYS_EXCLUDE"],
    ["model,accelerator,latencyMsLow", "MISSING_COLUMN"],
  ])("%s is reported as %s", (columns, code) => {
    expect(problemsIn(npu, "table: t.csv", `${columns}\n`)[0]).toMatchObject({ code, line: 1 });
  });
});

const ws = "dataflow: ws, pes: 256, nocElementsPerCycle: 64";
const variations = (accelerators: string, rest: string) =>
  systemOf(accelerators, rest).accelerators.map(({ executionVariation }) => executionVariation);

describe("executionVariation", () => {
  const ofSystem = "executionVariation: { kind: lognormal, cv: 0.1 }";
  test("of a system is that of its accelerators, unless they say their own", () => {
    const own = "executionVariation: { kind: uniform, plusMinus: 0.2, per: job }";
    const three = `- { id: a, ${ws} }\n- { id: b, ${ws}, ${own} }\n- { id: c, ${ws}, executionVariation: { kind: none } }`;
    expect(variations(three, ofSystem)).toEqual([
      { kind: "lognormal", cv: 0.1 },
      { kind: "uniform", plusMinus: 0.2, per: "job" },
      undefined,
    ]);
  });
  test("of nothing is none", () => {
    expect(variations(`- { id: a, ${ws} }`, "executionVariation: { kind: lognormal, cv: 0 }")).toEqual([undefined]);
    expect(variations(`- { id: a, ${ws} }`, "executionVariation: { kind: uniform, plusMinus: 0 }")).toEqual([
      undefined,
    ]);
  });
  test.each([
    ["{ kind: normal, cv: 0.1 }", "UNKNOWN_NAME", "normal"],
    ["{ kind: lognormal }", "MISSING_KEY", "executionVariation"],
    ["{ kind: lognormal, cv: -1 }", "NEGATIVE", "-1"],
    ["{ kind: uniform, plusMinus: 1.5 }", "TOO_BIG", "1.5"],
    ["{ kind: uniform, plusMinus: 0.1, per: task }", "UNKNOWN_NAME", "task"],
  ])("%s is reported as %s at %s", (given, code, mark) => {
    expect(marks(`- { id: a, ${ws} }`, `executionVariation: ${given}`)).toEqual([[code, 5, mark]]);
  });
  test("varies layers of a table that say nothing of their own", () => {
    const files = memoryFiles({ "m.yaml": "name: m\nlayers: measured\n", "n.yaml": "name: n\nlayers: measured\n" });
    const models = ["m.yaml", "n.yaml"].map((path) => loadModel(path, files));
    const table = "model,accelerator,latencyMs,cv\nm,npu,1,\nn,npu,1,0\n";
    const { models: costs } = buildCostTable(models, systemOf(npu, `table: t.csv\n${ofSystem}`, table));
    expect([...costs.values()].map(({ variants }) => variants[0]!.spreads)).toEqual([
      [{ kind: "lognormal", cv: 0.1 }],
      undefined,
    ]);
  });
});

test("show prints what varies", async () => {
  const cwd = folderWith({
    "soc.yaml": `name: soc\ncontextSwitch: off\ntable: t.csv\nexecutionVariation: { kind: lognormal, cv: 0.1 }\naccelerators: [{ id: npu, costs: table, count: 2 }]\n`,
    "t.csv": `${header}\nm,npu0,,1000,4000,,\nm,npu1,,,,,s.csv\n`,
    "s.csv": "latencyMs\n1\n9\n",
  });
  const { stdout } = await call(["show", "soc.yaml"], { cwd });
  const text = stdout.replace(/\n +/g, " ");
  expect(text).toContain(
    "- npu0, npu1: lognormal, standard deviation 10 % of the nominal latency, drawn for each layer",
  );
  expect(text).toContain("- npu0, m: uniform, 1 to 4 ms");
  expect(text).toContain("- npu1, m: one of 2 samples, 1 to 9 ms");
});

test("a variation of 0 gives the same bytes, and any other the same bytes whatever the number of threads", async () => {
  const system = `name: soc\ncontextSwitch: off\naccelerators:\n  - { id: a, ${ws} }\n`;
  const tasks = "tasks:\n  - { id: t, model: m.yaml, fps: 500 }\n";
  const cwd = folderWith({
    "m.yaml":
      "name: m\ninput: [3, 32, 32]\nlayers:\n  - { type: conv, out: 16, kernel: 3 }\n  - { type: fc, out: 9 }\n",
    "sc.yaml": `name: sc\ndurationMs: 20\n${tasks}`,
    "plain.yaml": system,
    "zero.yaml": `${system}executionVariation: { kind: lognormal, cv: 0 }\n`,
    "varied.yaml": `${system}executionVariation: { kind: lognormal, cv: 0.4 }\n`,
  });
  const output = async (command: string, name: string, ...options: string[]) =>
    (await call([command, "sc.yaml", "-S", name, "-f", "csv", ...options], { cwd })).stdout;
  const plain = await output("run", "plain.yaml");
  expect(plain).toContain("sc");
  expect((await output("run", "zero.yaml")).replaceAll("zero", "plain")).toBe(plain);
  const varied = await output("run", "varied.yaml");
  expect(varied).not.toBe(plain);
  expect(await output("run", "varied.yaml", "--seed", "2")).not.toBe(varied);
  const compared = await output("compare", "varied.yaml", "-s", "edf,fcfs", "-j", "1");
  expect(compared).toContain("edf");
  expect(await output("compare", "varied.yaml", "-s", "edf,fcfs", "-j", "2")).toBe(compared);
});
