/** Searches of every pair, and the page that is written of them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { matrixFigure } from "../../../src/figures/studies/adversary.ts";
import { mapPage } from "../../../src/output/adversary/map-page.ts";
import type { AdversaryMatrix } from "../../../src/records/adversary.ts";
import { call, folderWith } from "../../cli/call.ts";
import { ranges, world } from "./world.ts";

const folder = () => folderWith({ ...world, "tiny.yaml": ranges() });
const words = [
  "adversary",
  "--all",
  "--schedulers",
  "fcfs,sjf,edf",
  "--metric",
  "meanResponseMs",
  "--within",
  "tiny.yaml",
];
const tiny = [...words, "--budget", "40", "--seeds", "1", "-o", "out"];

/*
 * edf has equal deadlines here, so it takes jobs as fcfs does: neither loses to the other, and both lose to sjf by
 * 7 / (11 / 3) = 1.909 (see search.test.ts). sjf loses to none.
 */
const expected = [
  ["fcfs", "sjf", 21 / 11],
  ["fcfs", "edf", 1],
  ["sjf", "fcfs", 1],
  ["sjf", "edf", 1],
  ["edf", "fcfs", 1],
  ["edf", "sjf", 21 / 11],
];

test("every pair is searched in both directions, and each pair has its files", async () => {
  const cwd = folder();
  const { code, stdout } = await call([...tiny, "-f", "json"], { cwd });
  expect(code).toBe(0);
  const matrix = JSON.parse(stdout) as AdversaryMatrix;
  expect(matrix.cells.map(({ a, b, loss }) => [a, b, loss!.ratio])).toEqual(expected);
  expect(matrix.worst.map((report) => report?.b.label ?? null)).toEqual(["sjf", null, "sjf"]);
  expect(readFileSync(join(cwd, "out/matrix.json"), "utf8")).toBe(stdout);
  expect(readFileSync(join(cwd, "out/matrix.md"), "utf8")).toContain("| fcfs | - | 1.91 | 1 |");
  expect(readFileSync(join(cwd, "out/matrix.svg"), "utf8")).toContain("It loses somewhere in 2 of 6 pairs.");
  expect(existsSync(join(cwd, "out/edf-vs-sjf/scenario.yaml"))).toBe(true);
  expect(existsSync(join(cwd, "out/sjf-vs-edf/scenario.yaml"))).toBe(false);
});

test("a pair of --all is the search of that pair alone", async () => {
  const [all, pair] = [folder(), folder()];
  await call(tiny, { cwd: all });
  const one = [
    "adversary",
    "--a",
    "edf",
    "--b",
    "sjf",
    ...words.slice(4),
    "--budget",
    "40",
    "--seeds",
    "1",
    "-o",
    "out",
  ];
  await call(one, { cwd: pair });
  const result = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  const [ofAll, alone] = [result(join(all, "out/edf-vs-sjf/result.json")), result(join(pair, "out/result.json"))];
  expect(ofAll.smallest).toEqual(alone.smallest);
  expect(ofAll.comparison).toEqual(alone.comparison);
});

test("an interrupted matrix is continued with the same bytes", async () => {
  const whole = await call([...tiny, "-f", "json"], { cwd: folder() });
  const cwd = folder();
  const cut = await call([...tiny, "-j", "1"], { cwd, runsBeforeInterruption: 60 });
  expect([cut.code, cut.stderr]).toEqual([
    130,
    expect.stringMatching(/\d of 6 pairs are saved in out; continue with --resume/),
  ]);
  const again = await call([...tiny, "--resume", "-f", "json"], { cwd });
  expect([again.code, again.stdout]).toEqual([0, whole.stdout]);
});

test("the page has for each scheduler its worst case, why, and both timelines", async () => {
  const cwd = folder();
  expect(await call([...tiny, "--page", "pages/map.md"], { cwd })).toMatchObject({ code: 0 });
  const page = readFileSync(join(cwd, "pages/map.md"), "utf8");
  expect(page).toContain("## fcfs\n\n**Loses most to sjf**: Mean response 7.000 against 3.667, 1.909 times.");
  expect(page).toContain("it is the order: fcfs serves other jobs first");
  expect(page).toContain("## sjf\n\nNo search found a case in which it loses.");
  expect(page).toContain("files and story in `out/fcfs-vs-sjf`");
  for (const [, path] of page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(readFileSync(join(cwd, "pages", path!), "utf8")).toMatch(/^<svg /);
  expect(page.match(/!\[/g)).toHaveLength(5);
});

test.each([
  ["a pair with --all", [...words, "--a", "edf"], /leave out --a and --b/],
  ["one scheduler", ["adversary", "--all", "--schedulers", "edf"], /at least two schedulers/],
  [
    "schedulers without --all",
    ["adversary", "--a", "edf", "--b", "llf", "--schedulers", "sjf"],
    /--schedulers is for --all/,
  ],
  ["a page that is no Markdown", [...words, "--page", "map.html"], /must end in .md/],
])("%s is refused before anything is written", async (_, argv, message) => {
  const cwd = folder();
  const { code, stderr } = await call(argv, { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(join(cwd, "results"))).toBe(false);
});

const facts = { schemaVersion: 1, rtmmVersion: "0", inputs: [] } as const;
const matrix: AdversaryMatrix = {
  ...facts,
  schedulers: ["x", "y"].map((label) => ({ label, name: label, params: {} })),
  metric: { name: "uxCost", title: "UXCost", unit: "ratio", better: "lower" },
  search: { ranges: "r", seed: 1, seeds: [1, 2], budget: 5, chains: 2, keep: 0.9 },
  cells: [
    { a: "x", b: "y", loss: { a: 4, b: 2, ratio: 2, isCapped: false } },
    { a: "y", b: "x", loss: null, reason: "no such accelerator" },
  ],
  worst: [null, null],
};

test("the figure has a row for each scheduler, empty where nothing could be compared", () => {
  const { data, summary } = matrixFigure(matrix);
  expect(data.rows).toEqual([
    ["x", null, 2],
    ["y", null, null],
  ]);
  expect(summary).toContain("in 1 of 1 pairs. The largest: x to y, 2.000 times.");
});

test("the page says which pairs could not be compared", () => {
  const page = mapPage(
    matrix,
    { matrix: "m.svg", timelines: [] },
    { command: "rtmm adversary --all", folderOf: () => "" },
  );
  expect(page).toContain("Not compared: y and x: no such accelerator");
  expect(page).toContain(
    "Each of 2 pairs: 5 scenarios within r in up to 2 chains; uxCost is a mean over seeds 1 to 2.",
  );
});
