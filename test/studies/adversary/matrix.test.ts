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

test("the page has for each scheduler its worst case with its files, why, and both timelines", async () => {
  const cwd = folder();
  expect(await call([...tiny, "--page", "pages/map.md"], { cwd })).toMatchObject({ code: 0 });
  const page = readFileSync(join(cwd, "pages/map.md"), "utf8");
  expect(page).toContain("## fcfs\n\n**Loses most to sjf**: Mean response 7.000 against 3.667, 1.909 times.");
  expect(page).toContain("it is the order: fcfs serves other jobs first");
  expect(page).toContain("## sjf\n\nNo search found a case in which it loses.");
  expect(page).toContain("[scenario](map/fcfs.yaml), story in `out/fcfs-vs-sjf`");
  for (const [, path] of page.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(readFileSync(join(cwd, "pages", path!), "utf8")).toMatch(/^<svg /);
  expect(page.match(/!\[/g)).toHaveLength(5);
  const meanResponseMs = async (scheduler: string): Promise<number> => {
    const run = ["run", "pages/map/fcfs.yaml", "-S", "npu.yaml", "-s", scheduler, "-f", "json"];
    return JSON.parse((await call(run, { cwd })).stdout).metrics.meanResponseMs;
  };
  expect([await meanResponseMs("fcfs"), await meanResponseMs("sjf")]).toEqual([7, 11 / 3]);
});

/*
 * All deadlines are at 6.5 ms. Of long, short, short fcfs misses the two short ones, and sjf the long one, which every
 * schedule misses: fcfs is 2 times the bound, and sjf reaches it everywhere (see bound.test.ts).
 */
const tight = ranges("tasks: { from: 1, to: 3 }\ndeadlinePeriods: 0.065");
const bounded = [
  ...["adversary", "--all", "--bound", "--schedulers", "fcfs,sjf", "--metric", "violations", "--within", "tiny.yaml"],
  ...["--budget", "60", "--seeds", "1", "-o", "out"],
];
const tightFolder = () => folderWith({ ...world, "tiny.yaml": tight });

test("with the bound, every scheduler is compared with what is possible as well", async () => {
  const cwd = tightFolder();
  const { code, stdout } = await call([...bounded, "-f", "json"], { cwd });
  const matrix = JSON.parse(stdout) as AdversaryMatrix;
  expect(code).toBe(0);
  expect(matrix.cells.map(({ a, b, loss }) => [a, b, loss!.ratio])).toEqual([
    ["fcfs", "sjf", 2],
    ["sjf", "fcfs", 1],
  ]);
  expect(matrix.farthest!.map(({ a, loss }) => [a, loss!.ratio])).toEqual([
    ["fcfs", 2],
    ["sjf", 1],
  ]);
  expect(matrix.farthest!.map(({ report }) => report?.b)).toEqual([{ label: "bound", kind: "bound" }, undefined]);
  expect(readFileSync(join(cwd, "out/matrix.md"), "utf8")).toContain("| fcfs | - | 2 | 2 |\n| sjf | 1 | - | 1 |");
  expect(readFileSync(join(cwd, "out/matrix.svg"), "utf8")).toContain("at most 2.000 times (fcfs)");
  expect(existsSync(join(cwd, "out/fcfs-vs-bound/scenario.yaml"))).toBe(true);
});

test("how far a scheduler is from the bound does not depend on whom else it was compared with", async () => {
  const [all, alone] = [tightFolder(), tightFolder()];
  const { stdout } = await call([...bounded, "-f", "json"], { cwd: all });
  const one = ["adversary", "--a", "fcfs", "--bound", "--metric", "violations", "--within", "tiny.yaml"];
  const pair = await call([...one, "--budget", "60", "--seeds", "1", "-f", "json"], { cwd: alone });
  const [ofAll, ofPair] = [JSON.parse(stdout).farthest[0].report, JSON.parse(pair.stdout)];
  for (const part of ["found", "smallest", "comparison"]) expect(ofAll[part]).toEqual(ofPair[part]);
});

test("bounds are added to a finished matrix without searching its pairs again", async () => {
  const [cwd, anew] = [tightFolder(), tightFolder()];
  await call(
    bounded.filter((word) => word !== "--bound"),
    { cwd },
  );
  const added = await call([...bounded, "--resume", "-f", "json"], { cwd });
  const whole = await call([...bounded, "-f", "json"], { cwd: anew });
  expect([added.code, added.stdout]).toEqual([0, whole.stdout]);
});

test("rtmm plot draws the folder and the file of a matrix, and rtmm report says that it does", async () => {
  const cwd = tightFolder();
  await call(bounded, { cwd });
  for (const input of ["out", "out/matrix.json"]) {
    const drawn = await call(["plot", "adversary", input, "-o", "fig.svg", "--data", "fig.csv"], { cwd });
    expect(drawn.code).toBe(0);
    expect(readFileSync(join(cwd, "fig.csv"), "utf8")).toBe("loses,fcfs,sjf,the bound\nfcfs,,2,2\nsjf,1,,1\n");
    expect(readFileSync(join(cwd, "fig.svg"), "utf8")).toMatch(/^<svg /);
  }
  const { code, stderr } = await call(["report", "out", "-o", "page.html"], { cwd });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining("out is a matrix of losses, which has no page; `rtmm plot"),
  ]);
  expect(stderr).toContain("--page map.md` writes a page of it");
});

test.each([["plot", "timeline"], ["report"]])(
  "%s names the case of a single pair in place of its report",
  async (...command) => {
    const cwd = tightFolder();
    await call(bounded, { cwd });
    const { code, stderr } = await call([...command, "out/fcfs-vs-sjf", "-o", "x.html"].map(ending), { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("rtmm plot timeline out/fcfs-vs-sjf/scenario.yaml -S npu.yaml");
    const reached = await call([...command, "out/sjf-vs-bound", "-o", "x.html"].map(ending), { cwd });
    expect(reached.stderr).toContain("nothing is lost in it");

    function ending(word: string): string {
      return command[0] === "plot" ? word.replace(".html", ".svg") : word;
    }
  },
);

test("a matrix without its cells is damaged", async () => {
  const cwd = folderWith({ "m.json": JSON.stringify({ schemaVersion: 1, cells: 5, worst: [], schedulers: [] }) });
  const { code, stderr } = await call(["plot", "--list", "m.json"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining("m.json is a damaged matrix of losses: it has no cells")]);
});

test("the page tells how far each scheduler is from possible, with a picture", async () => {
  const cwd = tightFolder();
  expect(await call([...bounded, "--page", "map.md"], { cwd })).toMatchObject({ code: 0 });
  const page = readFileSync(join(cwd, "map.md"), "utf8");
  expect(page).toContain(
    "**Farthest from possible**: Violations 1.000 against a proven bound of 0, at least 1000 times.",
  );
  expect(page).toContain("![fcfs, seed 1](map/fcfs-far.svg)");
  expect(readFileSync(join(cwd, "map/fcfs-far.svg"), "utf8")).toMatch(/^<svg /);
  expect(page).toContain("No search found a case in which it is above the proven bound.");
});

/** A policy with the name of another one's folder. */
const own = `export default {
  ...{ name: "edf-granularity-model", summary: "", source: "", parameters: [] },
  create: () => ({ lateDrop: true, decide() {} }),
};`;

test.each([
  ["a metric without a bound", [...bounded, "--metric", "meanResponseMs"], /no bound on meanResponseMs is known/],
  ["a pair with --all", [...words, "--a", "edf"], /leave out --a and --b/],
  ["one scheduler", ["adversary", "--all", "--schedulers", "edf"], /at least two schedulers/],
  [
    "schedulers without --all",
    ["adversary", "--a", "edf", "--b", "llf", "--schedulers", "sjf"],
    /--schedulers is for --all/,
  ],
  [
    "pairs that would share a folder",
    [...words, "--schedulers", "edf,edf:granularity=model,./edf-granularity-model.mjs"],
    /fcfs against edf:granularity=model and fcfs against edf-granularity-model would both be written to/,
  ],
  ["a page that is no Markdown", [...words, "--page", "map.html"], /must end in .md/],
])("%s is refused before anything is written", async (_, argv, message) => {
  const cwd = folderWith({ ...world, "tiny.yaml": ranges(), "edf-granularity-model.mjs": own });
  const { code, stderr } = await call(argv, { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect([existsSync(join(cwd, "results")), existsSync(join(cwd, "out"))]).toEqual([false, false]);
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
    { matrix: "m.svg", worst: [], farthest: [] },
    { command: "rtmm adversary --all", folderOf: () => "" },
  );
  expect(page).toContain("Not compared: y and x: no such accelerator");
  expect(page).toContain(
    "Each of 2 pairs: 5 scenarios within r in up to 2 chains; uxCost is a mean over seeds 1 to 2.",
  );
});
