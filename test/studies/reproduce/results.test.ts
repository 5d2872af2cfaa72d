/** The committed results of reproductions, and the page that shows them. Renew the page's tables with vitest -u. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { markdownTable } from "../../../src/output/markdown-table.ts";
import { reproductionFormats } from "../../../src/output/reproduce/index.ts";
import { differencesMarkdown } from "../../../src/output/reproduce/markdown.ts";
import { claimTable, figureTable } from "../../../src/output/reproduce/tables.ts";
import type { Figure, FigureUnit, Reproduction } from "../../../src/records/reproduction.ts";
import { papers } from "../../../src/studies/reproduce/papers.ts";
import { RESULTS_FOLDER, rendered } from "../../../src/studies/reproduce/results-folder.ts";
import { repository } from "../../repository.ts";

const textOf = (path: string): string => readFileSync(join(repository, path), "utf8");
const fileOf = (paper: string, ending: string): string => textOf(`${RESULTS_FOLDER}/${paper}.${ending}`);
const reproductionOf = (paper: string): Reproduction => JSON.parse(fileOf(paper, "json"));

describe.each(papers)("results/reproduce/$name.json", ({ name, title, seeds }) => {
  const reproduction = reproductionOf(name);
  const { claims, differences, tables, inputs } = reproduction;

  test("is of the paper, with all the defaults", () => {
    const usual = Array.from({ length: seeds }, (_, i) => i + 1);
    expect(reproduction).toMatchObject({ schemaVersion: 1, paper: name, title, extent: "full", seeds: usual });
    expect(reproduction.durationMs).toBeNull();
  });

  test("has claims that name differences that are there, and intervals around ours", () => {
    expect(claims.length).toBeGreaterThan(0);
    for (const { differences: places } of claims) {
      expect(places.every((place) => differences[place - 1] !== undefined)).toBe(true);
    }
    const estimated = claims.filter(({ interval }) => interval !== null);
    // XRBench's claims compare scores as they are.
    expect(estimated.length > 0).toBe(name !== "xrbench");
    for (const { ours, interval } of estimated) {
      expect(interval!.low).toBeLessThanOrEqual(ours!);
      expect(interval!.high).toBeGreaterThanOrEqual(ours!);
    }
  });

  test("has tables whose rows have exactly their columns, with figures of their units", () => {
    expect(new Set(tables.map((table) => table.name)).size).toBe(tables.length);
    for (const { columns, rows } of tables) {
      const names = columns.map((column) => column.name);
      for (const row of rows) {
        expect(names).toEqual(names.filter((each) => each in row));
        for (const column of columns) expect(isOf(column.unit, row[column.name]!)).toBe(true);
      }
    }
  });

  test("names every file once, each built in and with its hash", () => {
    expect(new Set(inputs.map(({ path }) => path)).size).toBe(inputs.length);
    for (const input of inputs)
      expect(input).toMatchObject({ from: "built-in", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("is what the .md beside it shows, and both are rendered as they stand there", () => {
    expect(rendered(reproduction, "json")).toBe(fileOf(name, "json"));
    expect(rendered(reproduction, "markdown")).toBe(fileOf(name, "md"));
  });

  test("fits 80 columns with nothing cut off", () => {
    const text = reproductionFormats[0]!.render([reproduction], { color: "never" });
    expect(text.split("\n").filter((line) => line.length > 80 || line.includes("…"))).toEqual([]);
  });
});

function isOf(unit: FigureUnit, figure: Figure): boolean {
  if (unit === "text") return typeof figure === "string";
  return figure === null || typeof figure === "number";
}

describe.each(papers.filter(({ name }) => name === "horizon"))(
  "results/reproduce/$name.json, case by case",
  ({ name }) => {
    const { tables, claims } = reproductionOf(name);
    const { rows } = tables.find((table) => table.name === "cases")!;

    test("has every case, and none below its proven bound", () => {
      expect(rows).toHaveLength(381);
      for (const { guarded, bestGuarded, bound } of rows) {
        const least = (bound as number) * (1 - 1e-5);
        expect(Math.min(guarded as number, bestGuarded as number)).toBeGreaterThanOrEqual(least);
      }
    });

    test("has targets that follow from the cases", () => {
      const ratios = rows.map(({ ratio }) => ratio as number);
      const geomean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
      expect(claims[0]!.ours).toBeCloseTo(geomean, 5);
      expect(claims[1]!.ours).toBe(Math.max(...ratios));
      for (const { claimed, ours, target } of claims.filter((claim) => claim.target!.side !== "free")) {
        const isReached = target!.side === "at most" ? ours! <= Number(claimed) : ours! >= Number(claimed);
        expect(target!.isReached).toBe(isReached);
      }
    });
  },
);

describe("docs/reproduction.md", () => {
  const page = textOf("docs/reproduction.md");

  test("shows the tables as the results files have them", async () => {
    await expect(filled(page)).toMatchFileSnapshot(join(repository, "docs/reproduction.md"));
  });

  test("shows all claims, differences and tables that the terminal shows", () => {
    const wanted = papers.flatMap(({ name }) => {
      const shown = reproductionOf(name).tables.filter(({ place }) => place === "everywhere");
      return ["claims", "differences", ...shown.map((table) => table.name)].map((part) => `${name} ${part}`);
    });
    const found = [...page.matchAll(/^<!-- results: (.+) -->$/gm)].map(([, part]) => part);
    // SDRM3's by scenario and its extremes say nothing that DREAM's do not.
    expect(wanted.filter((part) => !found.includes(part))).toEqual(["sdrm3 extremes", "sdrm3 scenarios"]);
  });
});

/** Every block between its two comments, anew from the results files. */
const filled = (page: string): string =>
  page.replace(
    /^(<!-- results: (\S+) (\S+) -->)\n(?:.*?\n)??<!-- end -->$/gms,
    (_, start: string, paper: string, part: string) =>
      `${start}\n\n${block(reproductionOf(paper), part)}\n\n<!-- end -->`,
  );

function block(reproduction: Reproduction, part: string): string {
  if (part === "claims") return markdownTable(claimTable(reproduction));
  if (part === "differences") return differencesMarkdown(reproduction);
  const table = reproduction.tables.find(({ name }) => name === part);
  if (table === undefined) throw new Error(`${reproduction.paper} has no table "${part}"`);
  return `${table.title}:\n\n${markdownTable(figureTable(table))}`;
}
