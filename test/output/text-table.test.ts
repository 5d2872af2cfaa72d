/** Tables of text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawTable } from "../../src/cli/draw-table.ts";
import { textLines, wrapped } from "../../src/output/lines.ts";
import { left, right, textTable } from "../../src/output/text-table.ts";

const columns = [
  { heading: "task", align: "left" },
  { heading: "jobs", align: "right" },
  { heading: "model", align: "left" },
] as const;

test("a table aligns its columns with a gap of two", () => {
  const rows = [
    ["ht", "45", "hand"],
    ["eyes", "6", "-"],
  ];
  expect(textTable({ columns, rows }, { color: "never" })).toBe("task  jobs  model\nht      45  hand\neyes     6  -");
});

test("headings of numbers are cut, down to their cells, only if shorter text does not make a table fit", () => {
  const terms = ["score", "latencyPreference", "energyPreference", "starvationOfTheTask", "urgencyOfTheJob"];
  const wide = {
    columns: [left("job"), ...terms.map(right)],
    rows: [["a-job-with-a-name", "1", "2", "123456789.12", "4", "5"]],
  };
  const [heading, row] = textTable(wide, { color: "never" }).split("\n") as [string, string];
  expect(heading.length).toBe(80);
  expect(heading).toContain("latency");
  expect(heading).toContain("…");
  expect(row).toContain("a-jo…ame");
  expect(row).toContain("123456789.12");
  expect(textTable(wide, { color: "never" }, 200)).toContain("latencyPreference");
  expect(textTable(wide, { color: "never" }, 60).split("\n")[0]!.length).toBe(60);
});

test("a table without rows is its heading", () => {
  expect(textTable({ columns, rows: [] }, { color: "never" })).toBe("task  jobs  model");
});

test("a long table has its columns in the same place from the first row to the last", () => {
  const rows = Array.from({ length: 101 }, (_, i) => ["ht", `${i}`, i === 0 ? "a-longer-name" : "-"]);
  const lines = textTable({ columns, rows }, { color: "never" }).split("\n");
  expect(lines).toHaveLength(102);
  expect(lines.slice(1).map((line) => line.slice(0, 10))).toEqual(rows.map(([, i]) => `ht  ${i!.padStart(6)}`));
});

test("a table drawn by cli-table3 is the same text", () => {
  const cell = fc.string({ maxLength: 50, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 20 }), (rows) => {
      const own = textTable({ columns, rows }, { color: "always" });
      expect(textTable({ columns, rows }, { color: "always", drawTable })).toBe(own);
    }),
  );
});

test("text that would make a table wider than 80 columns is cut, numbers are not", () => {
  const lines = textTable({ columns, rows: [["t".repeat(60), "123456789", "m".repeat(60)]] }, { color: "never" }).split(
    "\n",
  );
  expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  expect(lines[1]).toContain("123456789");
  expect(lines[1]).toMatch(/^t+…/);
});

describe("wrapped", () => {
  test("breaks at blanks and indents what follows", () => {
    const text = wrapped(`warning: ${"word ".repeat(30).trim()}`, "  ");
    expect(text.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(text.replaceAll(/\n {2}/g, " ")).toBe(`warning: ${"word ".repeat(30).trim()}`);
  });

  test("breaks a word that is longer than a line", () => {
    expect(
      Math.max(
        ...wrapped("x".repeat(200), "  ")
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

test("long names stay apart where their ends differ", () => {
  const names = ["reduce", "spatial", "expand"].map((layer) => `hourglass[0].down[0].residual[1].${layer}`);
  const numbers = Array.from({ length: 6 }, () => "0.1234567");
  const columns = [left("layer"), ...numbers.map(() => right("latency"))];
  const rows = names.map((name) => [name, ...numbers]);
  const lines = textTable({ columns, rows }, { color: "never" }).split("\n").slice(1);
  expect(lines.map((line) => line.split(" ")[0])).toEqual(["hourgla…reduce", "hourgla…patial", "hourgla…expand"]);
});

describe("lines of text", () => {
  const shown = (...rows: readonly (readonly string[])[]) =>
    textLines(["name", "default", "accepts"], rows, { color: "never" }).split("\n");

  test("a cell in the middle that is too long goes on below, and the columns stay where they are", () => {
    const words = Array.from({ length: 6 }, (_, i) => `edf/0.${i}/3/0.85`).join(" ");
    expect(shown(["configurations", words, "text"], ["budget", "2", "a whole number from 1 to 1000000000"])).toEqual([
      "name            default                             accepts",
      "configurations  edf/0.0/3/0.85 edf/0.1/3/0.85       text",
      "                edf/0.2/3/0.85 edf/0.3/3/0.85",
      "                edf/0.4/3/0.85 edf/0.5/3/0.85",
      "budget          2                                   a whole number from 1 to",
      "                                                    1000000000",
    ]);
  });

  test("no cell is cut, and no line is too long", () => {
    const cell = fc.string({ minLength: 1, maxLength: 150, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const lines = shown(...rows);
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
        const letters = (texts: readonly string[]) => [...texts.join("")].filter((c) => c.trim() !== "").sort();
        expect(letters(lines)).toEqual(letters(["name", "default", "accepts", ...rows.flat()]));
      }),
    );
  });
});
