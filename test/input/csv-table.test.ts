/** CSV files: cells by column name, problems by line and column. */
import { describe, expect, test } from "vitest";
import type { CsvRow } from "../../src/input/csv-row.ts";
import { parseCsv } from "../../src/input/csv-table.ts";
import { ProblemList } from "../../src/input/problem-list.ts";

const columns = { required: ["task", "releaseMs"], optional: ["priority"], others: "refused" } as const;

function read(
  text: string,
  use: (row: CsvRow) => unknown = (row) => [row.text("task"), row.number("releaseMs")],
  wanted: Parameters<typeof parseCsv>[2] = columns,
) {
  const problems = new ProblemList();
  const rows = parseCsv("a.csv", text, wanted, problems)?.rows.map(use);
  return { rows, places: problems.sorted().map(({ code, line, column }) => [code, line, column]) };
}

describe("a CSV", () => {
  test("is read by column name, in any order of columns", () => {
    expect(read("releaseMs,task\n0.5,a\n1e3,b\n")).toEqual({
      rows: [
        ["a", 0.5],
        ["b", 1000],
      ],
      places: [],
    });
  });
  test.each(["sep=;", '"sep=;"', "SEP=;;;", "\ufeffsep=;\r"])(
    "may name its separator in a first line as Excel does: %j",
    (line) => {
      expect(read(`${line}\ntask;releaseMs\na,b;3\nc;x\n`)).toEqual({
        rows: [
          ["a,b", 3],
          ["c", undefined],
        ],
        places: [["WRONG_TYPE", 4, 3]],
      });
    },
  );
  test.each([
    ['"2,5"', "write a point for decimals, and nothing between thousands"],
    ["2.5 ms", "write the number alone"],
    ["1_000", "write 1000"],
  ])("says what to write for a number such as %s", (cell, hint) => {
    const problems = new ProblemList();
    const table = parseCsv("a.csv", `task,releaseMs\na,${cell}\n`, columns, problems);
    table!.rows[0]!.number("releaseMs");
    expect(problems.sorted()[0]!.message).toContain(hint);
  });
  test("may have Windows line ends, a byte order mark, quotes, blanks and empty lines", () => {
    expect(read('task,releaseMs\r\n\r\n"a,b", 3 \r\n,\r\nc,4').rows).toEqual([
      ["a,b", 3],
      ["c", 4],
    ]);
  });
  test("may leave cells empty", () => {
    expect(read("task,releaseMs,priority\na,1,\n", (row) => row.number("priority")).rows).toEqual([undefined]);
  });
  test("may have further columns where they are ignored", () => {
    const { rows, places } = read("task,x,releaseMs\na,b,1\n", undefined, { ...columns, others: "ignored" });
    expect({ rows, places }).toEqual({ rows: [["a", 1]], places: [] });
  });
});

describe("a problem", () => {
  test.each([
    ["an empty file", "", [["EMPTY_FILE", 1, 1]]],
    ["a missing column", "task\na\n", [["MISSING_COLUMN", 1, 1]]],
    ["an unknown column", "task,releaseMs,prio\n", [["UNKNOWN_COLUMN", 1, 16]]],
    ["a column given twice", "task,releaseMs,task\n", [["DUPLICATE_KEY", 1, 16]]],
    ["too few fields", "task,releaseMs\na,1\nb\n", [["CSV_SYNTAX", 3, 1]]],
    ["too many fields", "task,releaseMs\na,1,\n", [["CSV_SYNTAX", 2, 1]]],
    ["a word for a number", "task,releaseMs\na,1\nb,soon\n", [["WRONG_TYPE", 3, 3]]],
    ["a hexadecimal number", "task,releaseMs\na,0x10\n", [["WRONG_TYPE", 2, 3]]],
    [
      "nan and an overflow",
      "task,releaseMs\na,NaN\nb,1e999\n",
      [
        ["NOT_FINITE", 2, 3],
        ["NOT_FINITE", 3, 3],
      ],
    ],
    ["an open quote", 'task,releaseMs\n"a,1\n', [["CSV_SYNTAX", 2, 1]]],
    ["a quote inside a field", 'task,releaseMs\na"b,1\n', [["CSV_SYNTAX", 2, 1]]],
  ])("such as %s has its line and column", (_what, text, places) => {
    expect(read(text).places).toEqual(places);
  });
  test("after quoted commas and line ends, with Windows line ends, has its own line and column", () => {
    expect(read('task,releaseMs\r\n"a,\r\nb",1\r\n"c,d",x\r\n').places).toEqual([["WRONG_TYPE", 4, 7]]);
  });
});
