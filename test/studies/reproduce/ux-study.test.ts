/** The comparison of UXCosts on systems small enough to see what must come out. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Bench } from "../../../src/studies/reproduce/paper.ts";
import { shareWithin } from "../../../src/studies/reproduce/ux/convergence.ts";
import { loadStudies, loadTable } from "../../../src/studies/reproduce/ux/load.ts";
import { farthestBelow, meanOf, published, ratioOf, violations } from "../../../src/studies/reproduce/ux/ratios.ts";
import { runStudies, type StudiedScheduler, type StudyCase } from "../../../src/studies/reproduce/ux/study.ts";
import { systemTable } from "../../../src/studies/reproduce/ux/tables.ts";
import { benchWith, fastAndSlow } from "./tiny.ts";

/** The first takes whatever is idle, the slow one first, where 12 ms are too long for 10; the second the fast one. */
const schedulers: readonly StudiedScheduler[] = [
  { label: "careless", scheduler: "fcfs:placement=first" },
  { label: "careful", scheduler: "fcfs" },
  { label: "tuned", scheduler: "dream", weights: "tuned" },
];
const [CARELESS, CAREFUL] = [0, 1] as const;

const settings = {
  suite: "both",
  systems: ["soc", "twins"],
  schedulers,
  tuned: { scheduler: "dream", parameters: {}, seeds: [7], grid: "on" as const },
  seeds: [1, 2],
  durationMs: undefined,
};

let bench: Bench;
let cases: readonly StudyCase[];
beforeAll(async () => {
  bench = benchWith(fastAndSlow);
  [cases = []] = await runStudies([settings], bench);
});

test("a study has every scenario of the suite on every system, systems first", () => {
  expect(cases.map(({ scenario, system }) => `${scenario} on ${system}`)).toEqual([
    "light on soc",
    "heavy on soc",
    "light on twins",
    "heavy on twins",
  ]);
});

describe("one task alone on a slow and a fast accelerator", () => {
  test("misses every second deadline where the slow one is taken when it is idle, and none where the fast one is", () => {
    const light = cases.slice(0, 1);
    // Jobs take turns: one runs 12 ms on the slow one from its release, the next finds that busy.
    expect(meanOf(light, CARELESS, violations)).toBe(0.5);
    expect(meanOf(light, CAREFUL, violations)).toBe(0);
  });

  test("has the UXCost that follows: 0.5 x 15 / 20 mJ against 1 / 20 x 20 / 20 mJ", () => {
    const light = cases.slice(0, 1);
    expect(meanOf(light, CARELESS, published)).toBeCloseTo(0.375, 12);
    expect(meanOf(light, CAREFUL, published)).toBeCloseTo(0.05, 12);
    expect(ratioOf(light, CAREFUL, CARELESS, published)!.ratio).toBeCloseTo(0.05 / 0.375, 12);
  });
});

test("over cases a ratio is the geometric mean, and the farthest below is the least of them", () => {
  const ratios = cases.map((each) => ratioOf([each], CAREFUL, CARELESS, published)!.ratio);
  const geomean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  expect(ratioOf(cases, CAREFUL, CARELESS, published)!.ratio).toBeCloseTo(geomean, 12);
  const { at, estimate } = farthestBelow(cases, CAREFUL, CARELESS, published)!;
  expect(estimate.ratio).toBe(Math.min(...ratios));
  expect(at).toBe(cases[ratios.indexOf(estimate.ratio)]);
});

test("on equal accelerators placement makes no difference, and systems are told apart by that", () => {
  const { rows } = systemTable(cases, { ours: CAREFUL, planaria: CARELESS, veltair: CAREFUL }, "careful");
  expect(rows.map(({ system }) => system)).toEqual(["soc", "twins", "all homogeneous", "all heterogeneous", "all"]);
  expect(rows[1]!.planaria).toBe(0);
  expect(rows[2]).toEqual({ ...rows[1], system: "all homogeneous" });
  expect(rows[0]!.planaria as number).toBeGreaterThan(0);
});

test("weights are searched on other seeds and given to the schedulers that ask for them", () => {
  for (const { tuning, runs } of cases) {
    expect(tuning.seeds).toEqual([7]);
    const { params } = runs.results[0]![0]![2]!.scheduler;
    expect(params).toMatchObject(tuning.found.params);
  }
});

test("cases near the grid's best only grow with the steps", () => {
  const shares = [0, 1, 2, 3, 4, 5].map((steps) => shareWithin(cases, steps)!);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shareWithin([], 5)).toBeUndefined();
});

test("twice the rates are twice the jobs, with half the time each", () => {
  const path = bench.workbench.files.find("scenario", "heavy");
  const { durationNs } = bench.workbench.scenario(path).value;
  const twice = loadStudies(settings, [])[2]!.variation;
  const { tasks, ...faster } = bench.workbench.scenario(path, twice).value;
  expect(faster.durationNs).toBe(durationNs);
  expect(tasks.map(({ deadlineNs }) => deadlineNs)).toEqual([5e6, 5e6]);
  expect(tasks.map(({ release }) => release.kind === "periodic" && release.fps)).toEqual([200, 200]);
});

test("the table of loads begins with the rates as they are, and violations rise", async () => {
  const ours = [{ label: "fcfs", scheduler: "fcfs" }];
  const studies = loadStudies({ ...settings, seeds: [1] }, ours);
  const { rows } = loadTable(settings, ours, await runStudies(studies, bench));
  expect(rows.map(({ rates }) => rates)).toEqual(["x 1", "x 1.5", "x 2", "x 3", "x 4"]);
  expect(rows[4]!.violations as number).toBeGreaterThan(rows[0]!.violations as number);
});
