/** Traces and replays as other tools write them: columns, units, origins and dates, to the nanosecond. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceRelease } from "../../src/core/scenario.ts";
import type { Problem } from "../../src/input/problem.ts";
import { timeNsOf } from "../../src/input/time-text.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceText, withCase, withReference } from "../shared.ts";
import { type Files, models, scenarioText } from "./one-scenario.ts";

const releasesOf = (tasks: string, rest: string, files: Files, warnings: Problem[] = []) =>
  loadScenario("s.yaml", memoryFiles({ ...models, ...files, "s.yaml": scenarioText(tasks, rest) }, warnings)).tasks.map(
    ({ release }) => (release.kind === "trace" ? release.releases : undefined),
  );

/** The releases of one file, read as a trace and as a replay of its one task: they are the same. */
function bothWays(csv: string, how = "", warnings: Problem[] = []): readonly TraceRelease[] | undefined {
  const more = how === "" ? "" : `, ${how}`;
  const trace = `- { id: a, model: net, deadlineMs: 5, arrival: { kind: trace, file: t.csv${more} } }`;
  const [traced] = releasesOf(trace, "", { "t.csv": csv }, warnings);
  const owned = csv.replace(/^(\uFEFF?)([^\n]+)/, "$1task,$2").replace(/\n(?=[^\n])/g, "\na,");
  const replay = `replay: { file: t.csv${more} }`;
  const [replayed] = releasesOf("- { id: a, model: net, deadlineMs: 5 }", replay, { "t.csv": owned });
  expect(replayed).toEqual(traced);
  return traced;
}

const timesOf = (csv: string, how = ""): readonly number[] | undefined =>
  bothWays(csv, how)?.map(({ releaseNs }) => releaseNs);

const problemsIn = (csv: string, how = "") => {
  const more = how === "" ? "" : `, ${how}`;
  const task = `- { id: a, model: net, deadlineMs: 5, arrival: { kind: trace, file: t.csv${more} } }`;
  const found = problemsOf(() => releasesOf(task, "", { "t.csv": csv }));
  return found.map(({ file, code, line, column, message }) => [`${file}:${line}:${column}`, code, message] as const);
};

const azure = "TIMESTAMP,ContextTokens,GeneratedTokens";
const iso = "time: { column: TIMESTAMP, format: iso }";

describe("times", () => {
  test("are dates with seven digits of a second, from the earliest row on", () => {
    const rows = "2024-01-02 10:00:00.1000000,400,10\n2024-01-02 10:00:00.1981490,110,27\n";
    expect(timesOf(`${azure}\n${rows}`, iso)).toEqual([0, 98_149_000]);
  });
  test("may have a zone each; without one they are UTC", () => {
    const rows = ["2024-03-01T00:30:00+01:00", "2024-02-29 23:30:00.000000001", "2024-02-29T18:30-0500", "2024-02-29"];
    expect(timesOf(`t\n${rows.join("\n")}\n`, "time: { column: t, format: iso, origin: 2024-02-29T00:00Z }")).toEqual(
      [0, 84_600e9, 84_600e9, 84_600e9 + 1].sort((a, b) => a - b),
    );
  });
  test.each([
    ["s", "1704189600.1\n1704189600.198149001\n", "1704189600"],
    ["ms", "1704189600100\n1704189600198.149001\n", "1704189600000"],
    ["us", "1704189600100000\n1704189600198149.001\n", "1704189600000000"],
    ["ns", "1704189600100000000\n1704189600198149001\n", "'1704189600000000000'"],
  ])("are epoch numbers in %s, without loss", (format, rows, origin) => {
    expect(timesOf(`t\n${rows}`, `time: { column: t, format: ${format}, origin: ${origin} }`)).toEqual([
      100_000_000, 198_149_001,
    ]);
    expect(timesOf(`t\n${rows}`, `time: { column: t, format: ${format}, origin: first }`)).toEqual([0, 98_149_001]);
  });
  test("are rounded once, halves up", () => {
    expect(timesOf("releaseMs\n0.0000005\n0.00000149999999999999999\n1.0000014999\n1e-3\n")).toEqual([
      1, 1, 1000, 1_000_001,
    ]);
  });
  test("are sorted where the rows are not; equal ones keep the order of the file", () => {
    expect(bothWays("releaseMs,priority\n2,1\n1,2\n2,3\n1,4\n")).toEqual([
      { releaseNs: 1e6, priority: 2 },
      { releaseNs: 1e6, priority: 4 },
      { releaseNs: 2e6, priority: 1 },
      { releaseNs: 2e6, priority: 3 },
    ]);
  });
  test("have deadlines that are written as they are, from the same origin", () => {
    const how = "time: { column: at, format: us, origin: first }, columns: { deadline: due, priority: rank }";
    expect(bothWays("at,due,rank,name\n5000010,5000020.5,7,x\n5000000,,,y\n", how)).toEqual([
      { releaseNs: 0 },
      { releaseNs: 10_000, deadlineNs: 20_500, priority: 7 },
    ]);
  });
  test("may come with a byte order mark and Windows line ends", () => {
    expect(timesOf("\uFEFFreleaseMs\r\n1\r\n2\r\n")).toEqual([1e6, 2e6]);
  });
});

test("further columns are ignored, those that look like a slip with a warning", () => {
  const warnings: Problem[] = [];
  expect(bothWays("releaseMs,app,Deadline_ms\n1,x,9\n", "", warnings)).toEqual([{ releaseNs: 1e6 }]);
  expect(warnings.map(({ line, column, message }) => [line, column, message])).toEqual([
    [1, 15, 'column "Deadline_ms" is ignored; did you mean "deadlineMs"?'],
  ]);
});

test("a trace may take the rows of its task only, by a column of any name", () => {
  const how = "columns: { task: app }, time: { column: t, format: s, origin: first }";
  const tasks = ["a", "b"]
    .map((id) => `- { id: ${id}, model: net, deadlineMs: 5, arrival: { kind: trace, file: t.csv, ${how} } }`)
    .join("\n");
  const files = { "t.csv": "t,app\n10,a\n11,b\n12,a\n13,b\n14,c\n" };
  expect(releasesOf(tasks, "", files)).toEqual([
    [{ releaseNs: 0 }, { releaseNs: 2e9 }],
    [{ releaseNs: 0 }, { releaseNs: 2e9 }],
  ]);
  const replay = "replay: { file: t.csv, columns: { task: app }, time: { column: t, format: s, origin: first } }";
  const three = ["a", "b", "c"].map((id) => `- { id: ${id}, model: net, deadlineMs: 5 }`).join("\n");
  expect(releasesOf(three, replay, files)).toEqual([
    [{ releaseNs: 0 }, { releaseNs: 2e9 }],
    [{ releaseNs: 1e9 }, { releaseNs: 3e9 }],
    [{ releaseNs: 4e9 }],
  ]);
});

test("scales of dependent tasks in a replay are reported, since they have no effect", () => {
  const tasks = "- { id: a, model: net, deadlineMs: 5 }\n- { id: b, model: net, deadlineMs: 5, after: a }";
  const warningsOf = (csv: string): readonly Problem[] => {
    const warnings: Problem[] = [];
    releasesOf(tasks, "replay: t.csv", { "t.csv": csv }, warnings);
    return warnings;
  };
  expect(warningsOf("task,releaseMs,scale\na,0,2\nb,0,1\na,1,3\nb,1,\n")).toEqual([]);
  expect(warningsOf("task,releaseMs,scale\na,0,2\nb,0,1.5\nb,1,3\n")).toMatchObject([
    {
      code: "NO_EFFECT",
      severity: "warning",
      message: expect.stringContaining("scale has no effect in 2 of its rows"),
    },
  ]);
});

describe("it is a problem, with line and column,", () => {
  test.each([
    ["no date", `${azure}\nsoon,1,2\n`, iso, "t.csv:2:1", "WRONG_TYPE"],
    ["a day that is none", `${azure}\n2023-02-29 10:00:00,1,2\n`, iso, "t.csv:2:1", "WRONG_TYPE"],
    ["an hour that is none", `${azure}\n2023-02-28 24:00:00,1,2\n`, iso, "t.csv:2:1", "WRONG_TYPE"],
    ["a zone that is none", `${azure}\n2023-02-28 20:00:00+1,1,2\n`, iso, "t.csv:2:1", "WRONG_TYPE"],
    ["an empty time", `a,${azure}\nx,,1,2\n`, iso, "t.csv:2:3", "MISSING_KEY"],
    ["a column that is named and not there", "releaseMs\n1\n", "columns: { scale: n }", "t.csv:1:1", "MISSING_COLUMN"],
    ["a time before the origin", "releaseMs\n1\n", "time: { origin: 2 }", "t.csv:2:1", "NEGATIVE"],
    ["a scale of 0", "releaseMs,scale\n1,0\n", "", "t.csv:2:3", "NOT_POSITIVE"],
    ["a scale without end", "releaseMs,scale\n1,inf\n", "", "t.csv:2:3", "NOT_FINITE"],
    ["a scale beyond all bounds", "releaseMs,scale\n1,1e7\n", "", "t.csv:2:3", "TOO_BIG"],
    [
      "a deadline before its release",
      "releaseMs,due\n5,4\n",
      "columns: { deadline: due }",
      "t.csv:2:3",
      "DEADLINE_BEFORE_RELEASE",
    ],
    [
      "a deadline in ms beside times in us",
      "releaseMs,deadlineMs\n5,4\n",
      "time: { format: us }",
      "t.csv:1:1",
      "KEYS_EXCLUDE",
    ],
    ["an origin of another format", "releaseMs\n5\n", "time: { origin: 2024-01-01 }", "s.yaml:4:94", "WRONG_TYPE"],
    [
      "an origin that a float cuts",
      "releaseMs\n5\n",
      "time: { origin: 1704189600000000001 }",
      "s.yaml:4:94",
      "TOO_BIG",
    ],
    ["a task that no row names", "releaseMs,app\n5,b\n", "columns: { task: app }", "s.yaml:4:95", "UNKNOWN_NAME"],
  ])("where there is %s", (_what, csv, how, place, code) => {
    expect(problemsIn(csv, how).map(([at, found]) => [at, found])).toEqual([[place, code]]);
  });
  test("and says how to read dates, epoch times and other separators", () => {
    expect(problemsIn("releaseMs\n2024-01-02 10:00:00.1\n")[0]![2]).toContain(
      "time: { column: releaseMs, format: iso }",
    );
    expect(problemsIn("releaseMs\n1704189600100.0\n")[0]![2]).toContain("time: { origin: first }");
    expect(problemsIn(`${azure}\n2024-01-02,1,2\n`)[0]![2]).toContain("time: { column: … } gives the name");
    const semicolons = problemsIn("releaseMs;deadlineMs\n0,5;200\n").map(([, , message]) => message);
    expect(semicolons).toEqual(['cells are separated by commas here, and this file has ";" between them']);
  });
  test("to give both times and how to read a file", () => {
    const task = "- { id: a, model: net, deadlineMs: 5, arrival: { kind: trace, timesMs: [1], time: { format: s } } }";
    const found = problemsOf(() => releasesOf(task, "", {}));
    expect(found.map(({ code, line, column }) => [code, line, column])).toEqual([["KEYS_EXCLUDE", 4, 79]]);
  });
});

test("any decimal number is read as its digits say", () => {
  const parts = fc.record({
    whole: fc.bigInt({ min: 0n, max: 10n ** 19n }),
    fraction: fc.stringMatching(/^\d{0,25}$/),
    unit: fc.constantFrom(["s", 9], ["ms", 6], ["us", 3], ["ns", 0]),
    isNegative: fc.boolean(),
  });
  const property = fc.property(parts, ({ whole, fraction, unit: [format, digits], isNegative }) => {
    const text = `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
    // Digits shifted by hand: those behind the unit's ns decide the rounding, halves up.
    const padded = fraction.padEnd(digits + 1, "0");
    const ns = whole * 10n ** BigInt(digits) + BigInt(padded.slice(0, digits) || "0");
    const rest = padded.slice(digits);
    const isMore = /^[5-9]/.test(rest);
    const isHalf = /^50*$/.test(rest);
    const up = isNegative ? isMore && !isHalf : isMore;
    expect(timeNsOf(text, format as "s")).toBe((isNegative ? -1n : 1n) * (ns + (up ? 1n : 0n)));
  });
  fc.assert(property, propertyRuns(1000));
});

test("any date is the instant that it names", () => {
  const parts = fc.record({
    ms: fc.integer({ min: -59_000_000_000_000, max: 250_000_000_000_000 }),
    ns: fc.integer({ min: 0, max: 999_999 }),
    zoneMinutes: fc.integer({ min: -840, max: 840 }),
    separator: fc.constantFrom("T", " "),
  });
  const property = fc.property(parts, ({ ms, ns, zoneMinutes, separator }) => {
    const local = new Date(ms + zoneMinutes * 60_000).toISOString().replace("Z", "").replace("T", separator);
    const two = (n: number) => String(n).padStart(2, "0");
    const ahead = Math.abs(zoneMinutes);
    const zone = `${zoneMinutes < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
    expect(timeNsOf(`${local}${String(ns).padStart(6, "0")}${zone}`, "iso")).toBe(BigInt(ms) * 1_000_000n + BigInt(ns));
  });
  fc.assert(property, propertyRuns(500));
});

withReference("files/traces", () => {
  test("the published Azure trace is read to its seventh digit", () => {
    const csv = referenceText("files/traces/azure-llm-code-400.csv");
    const task = `- { id: a, model: net, deadlineMs: 5, arrival: { kind: trace, file: t.csv, ${iso}, columns: { scale: GeneratedTokens } } }`;
    const [releases] = releasesOf(task, "", { "t.csv": csv });
    expect(releases).toHaveLength(399);
    expect(releases!.slice(0, 3)).toEqual([
      { releaseNs: 0, scale: 10 },
      { releaseNs: 52_000_000, scale: 8 },
      { releaseNs: 98_189_000, scale: 27 },
    ]);
  });
});

withCase("7-trace-replay", (folder) => {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  test.each([
    ["az3.csv", "time: { column: TIMESTAMP, format: iso }", [0, 52_000_000, 98_149_000]],
    ["epoch.csv", "time: { origin: first }", [0, 52_000_000, 98_149_000]],
    ["extra.csv", "", [1_000_000]],
    ["bom.csv", "", [0, 100_000_000]],
    ["trail.csv", "", [1_000_000, 2_000_000]],
    ["rev.csv", "", [0, 52_000_000, 98_189_000, 140_684_100, 444_994_100]],
  ])("%s can be read", (name, how, times) => {
    expect(timesOf(text(name), how)).toEqual(times);
  });
});
