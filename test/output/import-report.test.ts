/** The report of an import. */
import { expect, test } from "vitest";
import { importReportText } from "../../src/output/import-report.ts";
import type { ImportReport } from "../../src/records/import-report.ts";

const text = (report: Partial<ImportReport>) =>
  importReportText({ taken: [], left: [], totals: [], ...report }, { color: "never" });

test("what is left out has its count, its reason and the first place", () => {
  const first = { file: "a.csv", line: 3, column: 1 };
  expect(
    text({
      taken: ["2 layers from a.csv"],
      left: [
        { what: "row without a time", count: 2, why: "it says no cost", first },
        { what: "op of initialisation", count: 1, why: "it runs once", first: { file: "a.csv", line: 9 } },
      ],
    }),
  ).toBe(
    "took 2 layers from a.csv\n" +
      "left out 2 x row without a time: it says no cost (first: a.csv:3:1)\n" +
      "left out 1 x op of initialisation: it runs once (a.csv:9)",
  );
});

test("many kinds of things are counted, not listed", () => {
  const left = Array.from({ length: 23 }, (_, i) => ({ what: `w${i}`, count: 2, why: "y" }));
  expect(text({ left }).split("\n").at(-1)).toBe("left out 6 other things");
});

test("totals that nobody knows are absent, and each accelerator has its column", () => {
  const totals = [
    { model: "a", layers: 3, macs: 2_000_000, weights: 1500 },
    { model: "b", measured: [{ accelerator: "npu", latencyNs: 1_500_000 }] },
  ];
  const lines = text({ totals }).split("\n");
  expect(lines.find((line) => line.startsWith("a "))).toMatch(/^a +3 +2\.000 +0\.001500 +-$/);
  expect(lines.find((line) => line.startsWith("b "))).toMatch(/^b +- +- +- +1\.500$/);
});

test("control characters of a source do not reach the terminal", () => {
  expect(text({ taken: ["a\u001b[31m"] })).toBe("took a?[31m");
});
