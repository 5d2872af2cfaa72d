/** Traces of requests: worked by hand, real rows, and what becomes of damaged ones. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type ArrivalsOptions, importArrivals } from "../../src/import/index.ts";
import { run } from "../../src/index.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { propertyRuns } from "../property-runs.ts";
import { referencePath, withReference } from "../shared.ts";
import { filesOf, importProblems, resaved } from "./imported-files.ts";

const imported = (text: string, options: ArrivalsOptions = {}) =>
  importArrivals([{ text, file: "my/Trace.csv" }], options);
const rowsOf = (text: string, options: ArrivalsOptions = {}): string[] =>
  imported(text, options).files[1]!.text.trim().split("\n");
const scenarioOf = (text: string, options: ArrivalsOptions = {}) => parse(imported(text, options).files[0]!.text);
const leftOf = (text: string, options: ArrivalsOptions = {}) =>
  imported(text, options).report.left.map(({ what, count }) => [what, count]);

const llm = `TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:17:03.9799600,4808,10
2023-11-16 18:17:04.0319600,3180,8
2023-11-16 18:17:03.9799601,110,27
2023-11-16 18:18:04.0,7433,0
`;

describe("an Azure LLM trace", () => {
  test("has requests from its first one on, with every digit, and the generated tokens as work", () => {
    expect(rowsOf(llm)).toEqual([
      "task,releaseMs,scale",
      "request,0,10",
      // The trace counts in 100 ns.
      "request,0.0001,27",
      "request,52,8",
    ]);
    expect(scenarioOf(llm)).toEqual({
      name: "trace",
      title: "Trace",
      source: "Trace.csv",
      durationMs: 53,
      replay: "trace-jobs.csv",
      tasks: [{ id: "request", model: { name: "request", layers: "measured" }, deadlineMs: "none" }],
    });
    expect(leftOf(llm)).toEqual([
      ["column ContextTokens", 1],
      ["request of no work", 1],
    ]);
    expect(imported(llm).report.taken).toEqual(["3 requests of 1 task in 53 ms from Trace.csv"]);
  });

  test("may count its context as work, too", () => {
    const scale = new Map([
      ["ContextTokens", 0.01],
      ["GeneratedTokens", 1],
    ]);
    expect(rowsOf(llm, { scale }).slice(1)).toEqual([
      "request,0,58.08",
      "request,0.0001,28.1",
      "request,52,39.8",
      "request,60020.04,74.33",
    ]);
    expect(leftOf(llm, { scale })).toEqual([]);
  });

  test("is cut to a part of its time, and what lies outside is told", () => {
    expect(rowsOf(llm, { fromMs: 50, toMs: 60_000 }).slice(1)).toEqual(["request,2,8"]);
    expect(leftOf(llm, { fromMs: 50, toMs: 60_000 })).toContainEqual(["request", 2]);
  });

  test("runs: a request of n tokens takes n times the time of one", async () => {
    const [scenario, replay] = imported(llm, { deadlineMs: 1000 }).files;
    const system = { yaml: "name: s\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: a }]\n" };
    const files = { [replay!.fileName]: replay!.text, "t.csv": "model,accelerator,latencyMs\nrequest,a,1\n" };
    const { tasks } = await run({ scenario: { yaml: scenario!.text }, system, files, scheduler: "fcfs" });
    // 10 ms; 27 ms more, from 0.0001 ms on; and 8 ms, at 52 ms.
    expect(tasks[0]).toMatchObject({ released: 3, late: 0 });
    expect(tasks[0]!.meanResponseMs).toBeCloseTo((10 + 36.9999 + 8) / 3, 9);
  });
});

const counts = `HashOwner,HashApp,HashFunction,Trigger,1,2,3
o,a,0123456789abcdef0123456789abcdef,http,0,2,1
o,a,fedcba9876543210fedcba9876543210,timer,1,0,0
o,a,00000000000000000000000000000000,timer,0,0,0
`;

describe("counts of a minute", () => {
  test("are spread evenly over it, a task for each function", () => {
    expect(rowsOf(counts)).toEqual([
      "task,releaseMs",
      "f-fedcba98,30000",
      "f-01234567,75000",
      "f-01234567,105000",
      "f-01234567,150000",
    ]);
    expect(scenarioOf(counts).tasks[0].model.title).toBe("0123456789abcdef0123456789abcdef");
    expect(leftOf(counts)).toEqual([["function without invocations", 1]]);
  });

  test("lie at the start of it, or are drawn: the same for a seed, all within their minute", () => {
    expect(rowsOf(counts, { within: "start" })[2]).toBe("f-01234567,60000");
    const drawn = rowsOf(counts, { within: "uniform", seed: 7 });
    expect(drawn).toEqual(rowsOf(counts, { within: "uniform", seed: 7 }));
    expect(drawn).not.toEqual(rowsOf(counts, { within: "uniform", seed: 8 }));
    expect(drawn.slice(1).map((row) => Math.floor(Number(row.split(",")[1]) / 60_000))).toEqual([0, 1, 1, 2]);
  });

  test("are taken of the busiest functions and of a part of the day", () => {
    expect(rowsOf(counts, { top: 1 }).length).toBe(1 + 3);
    expect(leftOf(counts, { top: 1 })).toContainEqual(["invocation of these functions", 1]);
    expect(rowsOf(counts, { fromMs: 60_000, toMs: 120_000 }).slice(1)).toEqual([
      "f-01234567,15000",
      "f-01234567,45000",
    ]);
  });
});

describe("any table", () => {
  test("of requests known by their end begins when they began", () => {
    const text = "app,func,end_timestamp,duration\nx,f,10.5,2\nx,g,9,0.25\n";
    expect(rowsOf(text)).toEqual(["task,releaseMs,scale", "f,0,2", "g,250,0.25"]);
  });

  test("is mapped by its columns; commas may be decimal points where they separate no cells", () => {
    const text = "Timestamp;Model;Tokens\n1,5;Chat GPT;3\n0,25;gpt-4;1,5\n";
    const options = { time: "Timestamp", timeFormat: "s", task: "Model", scale: new Map([["Tokens", 2]]) } as const;
    expect(rowsOf(text, options)).toEqual(["task,releaseMs,scale", "gpt-4,0,3", "chat-gpt,1250,6"]);
    expect(scenarioOf(text, { ...options, model: "res8-narrow", deadlineMs: 5 }).tasks).toEqual([
      { id: "chat-gpt", model: "res8-narrow", deadlineMs: 5 },
      { id: "gpt-4", model: "res8-narrow", deadlineMs: 5 },
    ]);
  });

  test("with rtmm's own columns needs no mapping", () => {
    expect(rowsOf('task,releaseMs,scale\n"a, b",5,2\nc,4.5,1\n')).toEqual([
      "task,releaseMs,scale",
      "c,0,1",
      "a-b,0.5,2",
    ]);
  });
});

describe("what is wrong is reported at its place", () => {
  test.each<[string, string, ArrivalsOptions, [string, number, number][]]>([
    ["an empty file", "", {}, [["EMPTY_FILE", 1, 1]]],
    ["a header alone", "releaseMs\n", {}, [["EMPTY_FILE", 1, 1]]],
    ["an unknown column", "when\n3\n", {}, [["MISSING_COLUMN", 1, 1]]],
    ["no time", "a,releaseMs\n1,soon\n", {}, [["WRONG_TYPE", 2, 3]]],
    ["a date that is none", llm.replace("11-16", "13-16"), {}, [["WRONG_TYPE", 2, 1]]],
    ["a row that was cut off", `${llm}2023-11-16 18:17:04,5`, {}, [["WRONG_TYPE", 6, 22]]],
    ["work that is no number", llm.replace(",10\n", ", many\n"), {}, [["WRONG_TYPE", 2, 35]]],
    ["too much work", llm.replace(",10\n", ",10000000\n"), {}, [["TOO_BIG", 2, 1]]],
    ["half an invocation", counts.replace("0,2,1", "0,2.5,1"), {}, [["NOT_WHOLE", 2, 45]]],
    ["a part without requests", llm, { fromMs: 1e6 }, [["EMPTY_FILE", 1, 1]]],
  ])("%s", (_, text, options, expected) => expect(importProblems(() => imported(text, options))).toEqual(expected));

  test("more tasks than a scenario takes are refused", () => {
    const many = `task,releaseMs\n${Array.from({ length: 1001 }, (_, i) => `t${i},0`).join("\n")}\n`;
    expect(importProblems(() => imported(many))).toEqual([["TOO_BIG", 1, 1]]);
  });
});

test("requests of any times come in with their distances, in order", () => {
  const request = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.constantFrom("a", "b"));
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 20 }), (requests) => {
      const text = `when,task\n${requests.map(([ns, task]) => `${ns},${task}`).join("\n")}\n`;
      const rows = rowsOf(text, { time: "when", timeFormat: "ns" })
        .slice(1)
        .map((row) => row.split(","));
      const first = requests.reduce((least, [ns]) => (ns < least ? ns : least), requests[0]![0]);
      const sorted = requests.map(([ns]) => ns - first).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(rows.map((row) => nsIn(row[1]!))).toEqual(sorted);
      loadScenario("trace.yaml", filesOf(imported(text, { time: "when", timeFormat: "ns" })));
    }),
    propertyRuns(50),
  );
});

const nsIn = (ms: string): bigint => {
  const [whole = "0", fraction = ""] = ms.split(".");
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
};

withReference("files/traces", () => {
  const text = readFileSync(referencePath("files/traces", "azure-llm-code-400.csv"), "utf8");

  test("real rows come in whole", () => {
    const count = text.trim().split("\n").length - 1;
    expect(imported(text).report.taken[0]).toContain(`${count} requests of 1 task`);
    expect(loadScenario("trace.yaml", filesOf(imported(text))).tasks.length).toBe(1);
  });

  test.each(resaved)("real rows come in with %s as they are", (_, save) => {
    expect(imported(save(text)).files).toEqual(imported(text).files);
  });

  test("their order in the file does not matter", () => {
    const [header, ...rows] = text.trim().split("\n");
    const reordered = [header, ...rows.toReversed()].join("\n");
    expect([...rowsOf(reordered)].sort()).toEqual([...rowsOf(text)].sort());
  });
});
