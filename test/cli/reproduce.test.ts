/** `rtmm reproduce`, with the papers that are quick. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { reproductionFormats } from "../../src/output/reproduce/index.ts";
import type { Reproduction } from "../../src/records/reproduction.ts";
import { repository } from "../repository.ts";
import { type Called, call, folderWith } from "./call.ts";

const reproduce = (cwd: string, ...argv: string[]): Promise<Called> => call(["reproduce", ...argv], { cwd });

describe("rtmm reproduce xrbench --quick", () => {
  const cwd = folderWith({});
  const figures = join(folderWith({}), "drawn");
  let table: Called;
  let json: Called;
  beforeAll(async () => {
    table = await reproduce(cwd, "xrbench", "--quick", "--figures", figures);
    json = await reproduce(cwd, "xrbench", "--quick", "-f", "json");
  }, 60_000);

  test("puts claim, ours and set-up side by side in 80 columns, nothing cut off", () => {
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^claim +paper +ours +95 % CI +set-up$/m);
    expect(table.stdout).toContain("What differs in the set-up");
    const rest = table.stdout.replace(/quick, not what\sresults/, "");
    expect(rest.split("\n").filter((line) => line.length > 80 || line.includes("…"))).toEqual([]);
  });

  test("draws the claims and the scores with --figures, and numbers stay as they are", () => {
    expect(readdirSync(figures).sort()).toEqual([
      ...["xrbench-claims-points.svg", "xrbench-claims-score.svg", "xrbench-scores-4k.svg"],
    ]);
    const svg = readFileSync(join(figures, "xrbench-scores-4k.svg"), "utf8");
    expect(svg).toContain("A (fda-1-ws-4k)");
    const { tables }: Reproduction = JSON.parse(json.stdout);
    expect(svg).toContain(`>${(tables[0]!.rows[0]!.overall as number).toPrecision(4)}<`);
  });

  test("prints JSON and nothing else with -f json", () => {
    const reproduction: Reproduction = JSON.parse(json.stdout);
    expect(reproduction).toMatchObject({ paper: "xrbench", extent: "quick", seeds: [1] });
    expect(reproduction.tables.map(({ name }) => name)).toEqual(["paper-4k", "artifact-4k"]);
  });

  test("has the same numbers in a list of several papers, which has each once, in an order of its own", async () => {
    const { stdout, stderr } = await reproduce(cwd, "xrbench", "prema", "xrbench", "--quick", "-f", "json");
    const { schemaVersion, reproductions } = JSON.parse(stdout);
    expect([schemaVersion, reproductions.length]).toEqual([1, 2]);
    expect(reproductions[0]).toMatchObject({ paper: "prema", extent: "quick" });
    expect(reproductions[1]).toEqual(JSON.parse(json.stdout));
    expect(stderr).toContain("prema, 1 of 2");
  }, 60_000);

  test("has an overall score that is the mean over the seven scenarios", () => {
    const { scenarios, tables }: Reproduction = JSON.parse(json.stdout);
    expect(tables[0]!.rows.length).toBeGreaterThan(1);
    for (const { overall, ...row } of tables[0]!.rows) {
      const each = scenarios.map((scenario) => row[scenario] as number);
      expect(each).toHaveLength(7);
      expect(overall).toBeCloseTo(each.reduce((sum, score) => sum + score, 0) / 7, 5);
    }
  });

  test("writes nothing, since it is not what the results folder is for", () => {
    expect(readdirSync(cwd)).toEqual([]);
    expect(json.stderr).not.toContain("wrote");
  });
});

describe("rtmm reproduce horizon --quick", () => {
  let horizon: Reproduction;
  beforeAll(async () => {
    const { code, stdout, stderr } = await reproduce(folderWith({}), "horizon", "--quick", "-f", "json");
    expect([code, stderr]).toEqual([0, ""]);
    horizon = JSON.parse(stdout);
  }, 120_000);
  const rowsOf = (name: string) => horizon.tables.find((each) => each.name === name)!.rows;

  test("puts results beside targets, reached or not, in 80 columns with nothing cut off", () => {
    const text = reproductionFormats[0]!.render([horizon], { color: "never" });
    expect(text).toMatch(/^result +target +ours +95 % CI +reached +notes$/m);
    expect(text).toMatch(/^UXCost to the best +≤ 0.93 x +[0-9.]+ x +[0-9.]+ to [0-9.]+ +(yes|no) +1 2 3$/m);
    expect(text).toContain("How it is measured");
    expect(text.split("\n").filter((line) => line.length > 80 || line.includes("…"))).toEqual([]);
  });

  test("has targets that follow from its cases: the geometric mean and the worst of their ratios", () => {
    const ratios = rowsOf("cases").map(({ ratio }) => ratio as number);
    expect(ratios).toHaveLength(10);
    const geomean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const [mean, worst] = horizon.claims;
    expect(mean!.ours).toBeCloseTo(geomean, 5);
    expect(worst!.ours).toBe(Math.max(...ratios));
    expect(mean!.target).toEqual({ side: "at most", isReached: geomean <= 0.93 });
  });

  test("takes as the best of a case the least of all policies there", () => {
    const least = rowsOf("policies").map(({ scenario, system, load, ...costs }) =>
      Math.min(...Object.values(costs).map(Number)),
    );
    expect(rowsOf("cases").map(({ bestGuarded }) => bestGuarded)).toEqual(least);
  });

  test("has no policy below the bound", () => {
    for (const { guarded, bestGuarded, bound } of rowsOf("cases")) {
      expect(bound).toBeGreaterThan(0);
      expect(guarded).toBeGreaterThanOrEqual((bound as number) * (1 - 1e-5));
      expect(bestGuarded).toBeGreaterThanOrEqual((bound as number) * (1 - 1e-5));
    }
  });
});

describe("the files", () => {
  test("are what -f json and -f markdown print, in a folder that is made for them", async () => {
    const cwd = folderWith({});
    const argv = ["prema", "--seeds", "2", "-o", "mine/of/prema"];
    const file = (ending: string) => readFileSync(join(cwd, `mine/of/prema/prema.${ending}`), "utf8");
    const { code, stdout, stderr } = await reproduce(cwd, ...argv, "-f", "json");
    expect([code, stderr]).toEqual([0, expect.stringContaining("wrote mine/of/prema/prema.json")]);
    expect(file("json")).toBe(stdout);
    expect((await reproduce(cwd, ...argv, "-f", "markdown")).stdout).toBe(file("md"));
    expect(JSON.parse(file("json"))).toMatchObject({ extent: "custom", seeds: [1, 2] });
    expect(readdirSync(cwd)).toEqual(["mine"]);
  }, 60_000);

  test("go to results/reproduce below the current folder, with the defaults", async () => {
    const cwd = folderWith({});
    expect((await reproduce(cwd, "prema")).code).toBe(0);
    expect(readdirSync(join(cwd, "results/reproduce"))).toEqual(["prema.json", "prema.md"]);
    // Numbers that moved on purpose: rtmm reproduce all, then vitest run test/studies/reproduce -u.
    const ofFolder = (folder: string): Reproduction =>
      JSON.parse(readFileSync(join(folder, "results/reproduce/prema.json"), "utf8"));
    const committed = ofFolder(repository);
    expect(ofFolder(cwd)).toMatchObject({ claims: committed.claims, tables: committed.tables });
  }, 120_000);

  test("are told to be unwritable before anything is run", async () => {
    const cwd = folderWith({ results: "a file" });
    const { code, stdout, stderr } = await reproduce(cwd, "all");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("cannot write");
  });

  test("stay as they were when interrupted", async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, "results/reproduce"), { recursive: true });
    writeFileSync(join(cwd, "results/reproduce/prema.md"), "before");
    const { code } = await call(["reproduce", "prema"], { cwd, runsBeforeInterruption: 3 });
    expect(code).toBe(130);
    expect(readFileSync(join(cwd, "results/reproduce/prema.md"), "utf8")).toBe("before");
    expect(existsSync(join(cwd, "results/reproduce/prema.json"))).toBe(false);
    expect(readdirSync(join(cwd, "results/reproduce"))).toEqual(["prema.md"]);
  });
});

describe("bad usage has exit code 2, with a hint, and runs nothing", () => {
  test.each([
    [["drem"], 'unknown paper "drem"; did you mean "dream"?'],
    [["planaria"], 'unknown paper "planaria"; there are: dream, sdrm3, prema, xrbench, terastal, horizon, all'],
    [[], "missing required argument"],
    [["xrbench", "-f", "tabel"], 'did you mean "table"?'],
    [["xrbench", "--seeds", "0"], "a whole number from 1"],
  ])("%j", async (argv, message) => {
    const { code, stdout, stderr } = await reproduce(folderWith({}), ...argv);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  });
});
