/** Horizon's comparison: its grid, its cases on systems small enough to work out by hand, and its tables and targets. */
import { describe, expect, test } from "vitest";
import type { Library } from "../../../src/files/library.ts";
import { seedTable, worstSlaTable, worstTable } from "../../../src/studies/reproduce/horizon/case-tables.ts";
import {
  casesOf,
  fullGrid,
  type Grid,
  type GridCase,
  variationOf,
} from "../../../src/studies/reproduce/horizon/grid.ts";
import { best, bestOrTuned, geomean, isMeetable, matchesOf } from "../../../src/studies/reproduce/horizon/ratios.ts";
import { boundTable, rivalTable } from "../../../src/studies/reproduce/horizon/rivals.ts";
import { type HorizonCase, type HorizonSettings, runCases } from "../../../src/studies/reproduce/horizon/runs.ts";
import { loadTable, scenarioLoadTable, upsetTable } from "../../../src/studies/reproduce/horizon/summaries.ts";
import { targetsOf } from "../../../src/studies/reproduce/horizon/targets.ts";
import { benchWith, fastAndSlow } from "./tiny.ts";

const cascade = {
  "cascade.yaml": `name: cascade
durationMs: 100
tasks:
  - { id: eye, model: eye.yaml, fps: 50 }
  - { id: follower, model: eye.yaml, fps: 50, after: { task: eye, probability: 0.75 } }
`,
  "pipeline.yaml": `name: pipeline
durationMs: 100
tasks:
  - { id: eye, model: eye.yaml, fps: 50 }
  - { id: follower, model: eye.yaml, fps: 50, after: eye }
`,
};
const bench = benchWith({ ...fastAndSlow, ...cascade });
const { workbench } = bench;
const scenarioAt = (name: string) => workbench.files.find("scenario", name);
const caseAt = (scenario: string, rest: Partial<GridCase> = {}): GridCase => {
  return { scenario: scenarioAt(scenario), system: "soc", load: 1, ...rest };
};
const varied = (at: GridCase) => variationOf(at, workbench.scenario(at.scenario).value);

describe("the grid", () => {
  const small: Grid = {
    blocks: [{ suites: ["both"], systems: ["soc", "twins"] }],
    loads: [1, 2],
    upsetSystems: ["twins"],
    upsets: ["jitter"],
  };
  const shown = (grid: Grid, library: Library) =>
    casesOf(grid, library).map(({ scenario, system, load, upset = "-" }) => {
      const [name] = /[^/]+(?=[.]yaml$)/.exec(scenario)!;
      return `${name} ${system} ${load} ${upset}`;
    });

  test("has every scenario on every system at every load, then the upset ones in the same order", () => {
    expect(shown(small, workbench.files)).toEqual([
      ...["light soc 1 -", "light soc 2 -", "heavy soc 1 -", "heavy soc 2 -"],
      ...["light twins 1 -", "light twins 2 -", "heavy twins 1 -", "heavy twins 2 -"],
      ...["light twins 1 jitter", "light twins 2 jitter", "heavy twins 1 jitter", "heavy twins 2 jitter"],
    ]);
  });

  test("in full has twelve scenarios on ten systems and seven on an eleventh, at three loads", () => {
    const all = casesOf(fullGrid, workbench.files);
    const plain = all.filter(({ upset }) => upset === undefined);
    expect(plain).toHaveLength((12 * 10 + 7) * 3);
    expect(all).toHaveLength(plain.length + 12 * 3 * 3 * 3);
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(all.length);
  });
});

describe("what differs from the files", () => {
  test("is nothing at load 1, and the rates at others", () => {
    expect([varied(caseAt("light")), varied(caseAt("light", { load: 1.5 }))]).toEqual([undefined, { rateScale: 1.5 }]);
  });

  test("is 5 % of a period of jitter, which shrinks with the period", () => {
    const variation = varied(caseAt("heavy", { load: 2, upset: "jitter" }));
    // 100 fps are 10 ms.
    expect(variation).toEqual({ rateScale: 2, scenario: { "tasks.left.jitterMs": 0.5, "tasks.right.jitterMs": 0.5 } });
    const { tasks } = workbench.scenario(scenarioAt("heavy"), variation as object).value;
    expect(tasks.map(({ release }) => release)).toMatchObject([
      { fps: 200, jitterNs: 250_000 },
      { fps: 200, jitterNs: 250_000 },
    ]);
  });

  test("is an error of estimates of 20 %, whatever the scenario", () => {
    expect(varied(caseAt("light", { upset: "estimates" }))).toEqual({ system: { estimateError: 0.2 } });
  });

  test("is the probability of drawn cascades only", () => {
    const variation = varied(caseAt("cascade", { upset: "cascades" }));
    expect(variation).toEqual({ scenario: { "tasks.follower.after.probability": 0.5 } });
    const { tasks } = workbench.scenario(scenarioAt("cascade"), variation as object).value;
    expect(tasks[1]!.release).toMatchObject({ kind: "after", probability: 0.5 });
    expect(varied(caseAt("pipeline", { upset: "cascades" }))).toBe("none possible");
  });
});

describe("cases on a slow and a fast accelerator", () => {
  const careless = "fcfs:placement=first";
  const settings: HorizonSettings = {
    ...{ ours: "fcfs", rivals: [careless, "edf"], seeds: [1, 2], durationMs: undefined, weights: [] },
    bounds: "off",
  };
  const run = async (at: GridCase, changed: Partial<HorizonSettings> = {}): Promise<HorizonCase> => {
    const [found] = await runCases([at], { ...settings, ...changed }, bench);
    return found!;
  };

  test("have the guarded UXCost and SLA that follow by hand", async () => {
    // One task alone: whoever takes the slow one misses every second deadline. 0.5 x 15 / 20 mJ against 1 / 20 x 20 / 20 mJ.
    const found = await run(caseAt("light"));
    expect(found).toMatchObject({ scenario: "light", system: "soc", load: 1, tuned: undefined });
    const [rival] = found.rivals;
    expect(found.ours.guarded).toBeCloseTo(0.05, 12);
    expect(rival!.guarded).toBeCloseTo(0.375, 12);
    expect([found.ours.sla, rival!.sla]).toEqual([1, 0.5]);
    expect([found.ours.violations, rival!.violations]).toEqual([0, 5]);
    expect([found.ours.energyMj, rival!.energyMj]).toEqual([20, 15]);
  });

  test("run one seed where nothing is drawn, and all of them where something is", async () => {
    expect((await run(caseAt("light"))).seeds).toEqual([1]);
    const drawn = await run(caseAt("cascade"));
    expect(drawn.seeds).toEqual([1, 2]);
    expect(drawn.ours.guardedBySeed).toHaveLength(2);
  });

  test("run the first seed where they are upset", async () => {
    expect((await run(caseAt("light", { upset: "estimates" }))).seeds).toEqual([1]);
  });

  test("are left out where nothing is upset", async () => {
    expect(await runCases([caseAt("pipeline", { upset: "cascades" })], settings, bench)).toEqual([]);
  });

  test("have a bound that no policy is below, and none where estimates are upset", async () => {
    const bounds = "on";
    for (const at of [caseAt("light"), caseAt("heavy"), caseAt("cascade", { load: 2 })]) {
      const { ours, rivals, leastGuarded } = await run(at, { bounds });
      expect(leastGuarded).toBeGreaterThan(0);
      for (const { guarded } of [ours, ...rivals]) expect(guarded).toBeGreaterThanOrEqual(leastGuarded! * (1 - 1e-9));
    }
    expect((await run(caseAt("light", { upset: "estimates" }), { bounds })).leastGuarded).toBeUndefined();
  });

  test("tune DREAM to the best of all pairs of weights on the first seed", async () => {
    const weights = [0, 2];
    const tuned = (await run(caseAt("cascade", { load: 2 }), { weights })).tuned!;
    const pairs = weights.flatMap((alpha) => weights.map((beta) => `dream:alpha=${alpha}+beta=${beta}`));
    const { rivals } = await run(caseAt("cascade", { load: 2 }), { rivals: pairs, seeds: [1] });
    const least = Math.min(...rivals.map(({ guarded }) => guarded));
    expect(rivals.find(({ policy }) => policy === tuned.policy)!.guarded).toBe(least);
    expect(tuned.guardedBySeed[0]).toBe(least);
  });
});

/** Guarded UXCost of ours and of others by name; 10 jobs met of 10 unless told otherwise. */
interface Made {
  readonly scenario?: string;
  readonly load?: number;
  readonly ours: readonly number[];
  readonly rivals: Readonly<Record<string, readonly number[]>>;
  readonly sla?: Readonly<Record<string, number>>;
  readonly tuned?: readonly number[];
  readonly upset?: HorizonCase["upset"];
  readonly bound?: number;
}

function made({ scenario = "s", load = 1, ours, rivals, sla = {}, tuned, upset, bound }: Made): HorizonCase {
  const outcome = (policy: string, guardedBySeed: readonly number[]) => ({
    ...{ policy, guardedBySeed, energyMj: 1, sla: sla[policy] ?? 1, violations: 10 * (1 - (sla[policy] ?? 1)) },
    guarded: guardedBySeed.reduce((sum, value) => sum + value, 0) / guardedBySeed.length,
  });
  return {
    ...{ scenario, system: "soc", load, upset, leastGuarded: bound, inputs: [] },
    seeds: ours.map((_, index) => index + 1),
    ours: outcome("horizon", ours),
    rivals: Object.entries(rivals).map(([policy, values]) => outcome(policy, values)),
    tuned: tuned && outcome("dream:alpha=0+beta=2", tuned),
  };
}

/** To the best: 0.5 and 2, whose geometric mean is 1. */
const twoCases = [
  made({ ours: [1], rivals: { a: [2], b: [8] }, sla: { horizon: 0.9, a: 0.8, b: 0.7 }, tuned: [0.5] }),
  made({ scenario: "t", load: 2, ours: [2], rivals: { a: [4], b: [1] }, sla: { horizon: 0.9, b: 1 }, tuned: [8] }),
];

describe("ratios", () => {
  test("are to the best of each case, which changes from case to case", () => {
    expect(matchesOf(twoCases, best).map(({ rival, ratio }) => [rival.policy, ratio])).toEqual([
      ["a", 0.5],
      ["b", 2],
    ]);
    expect(matchesOf(twoCases, bestOrTuned).map(({ ratio }) => ratio)).toEqual([2, 2]);
  });

  test("take the best by the mean over the seeds", () => {
    const at = made({ ours: [3, 3], rivals: { a: [1, 7], b: [3, 3] } });
    expect(matchesOf([at], best)[0]!.rival.policy).toBe("b");
  });

  test("have a geometric mean with an interval over the cases around it", () => {
    const { ratio, interval } = geomean([0.5, 2, 1, 1])!;
    expect(ratio).toBeCloseTo(1, 12);
    // Student's t of 3 degrees of freedom times ln 2 x sqrt(2 / 3) / 2.
    const half = 3.18245 * Math.LN2 * Math.sqrt(2 / 3 / 4);
    expect(interval!.low).toBeCloseTo(Math.exp(-half), 4);
    expect(interval!.high).toBeCloseTo(Math.exp(half), 4);
    expect([geomean([]), geomean([2])!.interval]).toEqual([undefined, undefined]);
  });

  test("tell meetable cases by whether another policy meets everything, not by horizon", () => {
    expect(twoCases.map(isMeetable)).toEqual([false, true]);
  });
});

describe("tables", () => {
  test("of loads count cases, losses and SLA, in all and by kind", () => {
    const { rows } = loadTable(twoCases);
    expect(rows.map((row) => row.group)).toEqual(["all", "load 1", "load 2", "meetable", "overloaded"]);
    expect(rows[0]).toMatchObject({ cases: 2, ratio: 1, worst: 2, losses: 1, sla: 0, slaLeast: -0.1 });
    expect(rows[1]).toMatchObject({ cases: 1, ratio: 0.5, low: null, worst: 0.5, losses: 0, sla: 0.1, slaLeast: 0.1 });
  });

  test("of others have the closest first, and tuned DREAM where it was tuned", () => {
    const names = (cases: readonly HorizonCase[]) => rivalTable(cases).rows.map(({ rival }) => rival);
    // To a: 0.5 and 0.5. To b: 0.125 and 2, which is 0.5 as well. To the tuned: 2 and 0.25.
    expect(names(twoCases)).toEqual(["best of each case", "best, with dream tuned", "dream, tuned", "a", "b"]);
    expect(names([made({ ours: [1], rivals: { a: [4], b: [2] } })])).toEqual(["best of each case", "b", "a"]);
  });

  test("of bounds compare horizon, the best and the tuned one with it where there is one", () => {
    const bounded = made({ ours: [1.005], rivals: { a: [2] }, tuned: [4], bound: 1 });
    expect(boundTable([bounded, twoCases[1]!]).rows).toMatchObject([
      { group: "all", cases: 1, ratio: 1.005, near: 1, best: 2, tuned: 4 },
      { group: "load 1", cases: 1, ratio: 1.005 },
      { group: "meetable", cases: 1 },
    ]);
    expect(boundTable([twoCases[0]!]).rows).toEqual([]);
  });

  test("of scenarios and loads say how far below the best, with nothing where there is no case", () => {
    const { rows } = scenarioLoadTable(twoCases);
    expect(rows).toEqual([
      { scenario: "s", load1: 0.5, load2: null, all: 0.5 },
      { scenario: "t", load1: null, load2: -1, all: -1 },
    ]);
  });

  test("of losses have the worst first and nothing that is no loss", () => {
    const third = made({ scenario: "u", ours: [3], rivals: { a: [1] }, sla: { horizon: 0.5 } });
    expect(worstTable([...twoCases, third]).rows.map(({ scenario, ratio }) => [scenario, ratio])).toEqual([
      ["u", 3],
      ["t", 2],
    ]);
    expect(worstSlaTable([...twoCases, third]).rows.map(({ scenario, sla }) => [scenario, sla])).toEqual([
      ["u", -0.5],
      ["t", -0.1],
    ]);
  });

  test("of seeds take each seed alone against the best of the mean", () => {
    const drawn = made({ ours: [1, 4], rivals: { a: [2, 2] } });
    expect(seedTable([drawn, twoCases[0]!], [1, 2]).rows).toMatchObject([
      { seed: 1, cases: 1, ratio: 0.5 },
      { seed: 2, cases: 1, ratio: 2 },
    ]);
  });

  test("of upset plans begin with the same cases as they are", () => {
    const upset = made({ ours: [3], rivals: { a: [2] }, upset: "jitter" });
    const elsewhere = { ...twoCases[1]!, system: "other" };
    expect(upsetTable([twoCases[0]!, elsewhere], [upset]).rows).toMatchObject([
      { upset: "nothing", cases: 1, ratio: 0.5 },
      { upset: "jitter 5 %", cases: 1, ratio: 1.5 },
    ]);
  });
});

describe("targets", () => {
  const reached = (cases: readonly HorizonCase[]) =>
    targetsOf(cases, []).flatMap(({ target }) => (target!.side === "free" ? [] : [target!.isReached]));

  test("are missed where ours is on the wrong side", () => {
    expect(reached(twoCases)).toEqual([false, false, true, false]);
  });

  test("are reached on the right side and at the border", () => {
    const at = made({ ours: [93], rivals: { a: [100] }, sla: { horizon: 0.98, a: 1 } });
    expect(reached([at])).toEqual([true, true, false, true]);
  });

  test("are neither where nothing was measured", () => {
    expect(reached([])).toEqual([null, null, null, null]);
  });
});
