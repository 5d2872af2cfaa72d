/** What an experiment file asks for, point by point. */
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import type { PointOutcome } from "../../../src/executors/point.ts";
import { builtIns } from "../../../src/files/built-ins.ts";
import { Library } from "../../../src/files/library.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { loadSweepPlan } from "../../../src/studies/sweep/plan/load-sweep-plan.ts";
import { allCoordinates, planFolder, planIn, planOf, policy } from "./planned.ts";

describe("a grid", () => {
  const grid = `title: Two of everything
scenarios: [small, { scenario: other, set: { "tasks.once.fps": [250, 500] } }]
systems: [soc, { system: soc, set: { "accelerators[0].clockGHz": [2, 3] } }]
rateScale: [1, 2]
schedulers: [edf, { scheduler: dream, params: { alpha: [0, 1], beta: 1 } }]
seeds: [7, 5]
durationMs: 3
warmupMs: 1
require: ["slaSatisfaction >= 99%"]
`;

  test("has seeds as its fastest axis, then schedulers, rates, systems and scenarios", async () => {
    const plan = await planOf(grid);
    // 3 scenarios x 3 systems x 2 rates x 3 schedulers x 2 seeds.
    expect([plan.count, plan.caseSize, plan.seedsPerGroup]).toEqual([108, 6, 2]);
    expect([plan.name, plan.title, plan.requirements]).toEqual(["exp", "Two of everything", ["slaSatisfaction>=99%"]]);
    const first = { scenario: "small", system: "soc", rateScale: 1, scheduler: "edf", seed: 7 };
    expect(plan.coordinates(0)).toEqual(first);
    expect(plan.coordinates(1)).toEqual({ ...first, seed: 5 });
    expect(plan.coordinates(2)).toEqual({ ...first, scheduler: "dream", alpha: 0, beta: 1 });
    expect(plan.coordinates(5)).toEqual({ ...first, scheduler: "dream", alpha: 1, beta: 1, seed: 5 });
    expect(plan.coordinates(6)).toEqual({ ...first, rateScale: 2 });
    expect(plan.coordinates(12)).toEqual({ ...first, "accelerators[0].clockGHz": 2 });
    expect(plan.coordinates(24)).toEqual({ ...first, "accelerators[0].clockGHz": 3 });
    expect(plan.coordinates(36)).toEqual({ ...first, scenario: "other", "tasks.once.fps": 250 });
    expect(plan.coordinates(107)).toEqual({
      scenario: "other",
      "tasks.once.fps": 500,
      system: "soc",
      "accelerators[0].clockGHz": 3,
      rateScale: 2,
      scheduler: "dream",
      alpha: 1,
      beta: 1,
      seed: 5,
    });
  });

  test("tells its columns in the order of its axes, and each point's coordinates in that order", async () => {
    const plan = await planOf(grid);
    expect(plan.coordinateNames).toEqual([
      "scenario",
      "tasks.once.fps",
      "system",
      "accelerators[0].clockGHz",
      "rateScale",
      "scheduler",
      "alpha",
      "beta",
      "seed",
    ]);
    expect(Object.keys(plan.coordinates(107))).toEqual(plan.coordinateNames);
  });

  test("asks for runs of files, with what differs from them", async () => {
    const plan = await planOf(grid);
    expect(plan.request(0)).toEqual({
      scenario: "small.yaml",
      system: "soc.yaml",
      scheduler: "edf",
      parameters: {},
      seed: 7,
      durationMs: 3,
      warmupMs: 1,
    });
    expect(plan.request(107)).toMatchObject({
      scheduler: "dream",
      parameters: { alpha: 1, beta: 1 },
      variation: { scenario: { "tasks.once.fps": 500 }, system: { "accelerators[0].clockGHz": 3 }, rateScale: 2 },
    });
  });

  test("has a list as a value where it stands in a list", async () => {
    const plan = await planOf(
      'scenarios: [other]\nsystems: [{ system: soc, set: { "accelerators[0].preemption": [[kill], [kill, drain]] } }]\nschedulers: [edf]\n',
    );
    expect(allCoordinates(plan).map((each) => each["accelerators[0].preemption"])).toEqual([
      ["kill"],
      ["kill", "drain"],
    ]);
  });

  test("takes values away with null", async () => {
    const plan = await planOf(
      "scenarios: [{ scenario: small, set: { tasks.touch.deadlineMs: [0.1, null] } }]\nsystems: [soc]\nschedulers: [edf]\n",
    );
    expect(plan.request(1).variation).toEqual({ scenario: { "tasks.touch.deadlineMs": null } });
  });
});

describe("entries", () => {
  const rest = "systems: [soc]\nschedulers: [edf]\n";

  test("that are suites stand for their scenarios, each once", async () => {
    const names = async (scenarios: string) =>
      allCoordinates(await planOf(`scenarios: ${scenarios}\n${rest}`)).map(({ scenario }) => scenario);
    expect(await names("[both]")).toEqual(["small", "other"]);
    expect(await names("[other, both]")).toEqual(["other", "small"]);
    expect(await names("[both, small]")).toEqual(["small", "other"]);
    expect(await names("[both, { scenario: small, set: { durationMs: 3 } }]")).toEqual(["small", "other", "small"]);
  });

  test("that are suites pass their values on to each scenario", async () => {
    const plan = await planOf(`scenarios: [{ scenario: both, set: { durationMs: [3, 4] } }]\n${rest}`);
    expect(allCoordinates(plan).map(({ scenario, durationMs }) => [scenario, durationMs])).toEqual([
      ["small", 3],
      ["small", 4],
      ["other", 3],
      ["other", 4],
    ]);
  });

  test("that are a user's policy have its name, and its file among the inputs", async () => {
    const plan = await planOf("scenarios: [small]\nsystems: [soc]\nschedulers: [./mine.mjs, mine2/p.mjs]\n", {
      "mine2/p.mjs": policy("second"),
    });
    expect(allCoordinates(plan).map(({ scheduler }) => scheduler)).toEqual(["mine", "second"]);
    expect(plan.request(1).scheduler).toBe("mine2/p.mjs");
    expect(plan.inputs.filter(({ role }) => role === "scheduler").map(({ path }) => path)).toEqual([
      "mine.mjs",
      "mine2/p.mjs",
    ]);
  });

  test("of one name are called by their paths", async () => {
    const plan = await planOf("scenarios: [small]\nsystems: [soc, sub/soc.yaml]\nschedulers: [edf, e/edf.mjs]\n", {
      "e/edf.mjs": policy("edf"),
      "sub/soc.yaml": "name: soc\ncosts: table\ntable: ../soc.csv\ncontextSwitch: off\naccelerators: [{ id: npu }]\n",
    });
    expect(allCoordinates(plan).map(({ system, scheduler }) => [system, scheduler])).toEqual([
      ["soc.yaml", "edf"],
      ["soc.yaml", "e/edf.mjs"],
      ["sub/soc.yaml", "edf"],
      ["sub/soc.yaml", "e/edf.mjs"],
    ]);
  });

  test("that are parameter files bring their parameters, over which an entry's own ones go", async () => {
    const plan = await planOf(
      "scenarios: [small]\nsystems: [soc]\nschedulers: [tuned.yaml, { scheduler: tuned.yaml, params: { beta: [1, 2] } }]\n",
    );
    expect(allCoordinates(plan).map(({ scheduler, alpha, beta }) => [scheduler, alpha, beta])).toEqual([
      ["dream", 0.5, 0.25],
      ["dream", 0.5, 1],
      ["dream", 0.5, 2],
    ]);
  });

  test("whose values have the name of another column have theirs with the part in front", async () => {
    const plan = await planOf(
      "scenarios: [{ scenario: small, set: { title: t } }]\nsystems: [{ system: soc, set: { title: u } }]\nschedulers: [{ scheduler: p.mjs, params: { seed: 3 } }]\n",
      { "p.mjs": policy("p", '[{ kind: "number", name: "seed", summary: "s", default: 1 }]') },
    );
    expect(plan.coordinates(0)).toEqual({
      scenario: "small",
      "scenario.title": "t",
      system: "soc",
      "system.title": "u",
      scheduler: "p",
      "scheduler.seed": 3,
      seed: 1,
    });
  });
});

test.each([
  ["seeds: 3", [1, 2, 3]],
  ["seeds: [9, 0]", [9, 0]],
  ["seeds: { from: 5, count: 2 }", [5, 6]],
  ["seeds: { count: 2 }", [1, 2]],
  ["", [1]],
])("%s is these seeds: %j", async (line, seeds) => {
  const plan = await planOf(`scenarios: [small]\nsystems: [soc]\nschedulers: [edf]\n${line}\n`);
  expect(allCoordinates(plan).map(({ seed }) => seed)).toEqual(seeds);
});

describe("with a precision", () => {
  const grid = "scenarios: [small]\nsystems: [soc]\nschedulers: [edf, llf]\n";

  test.each([
    ["precision: 2%", { aim: 0.02, firstSeeds: 10, maxSeeds: 100 }, 1],
    ["precision: 0.05\nseeds: 12\nmaxSeeds: 40", { aim: 0.05, firstSeeds: 12, maxSeeds: 40 }, 1],
    ["precision: 1.5 %\nseeds: { from: 7, count: 120 }", { aim: 0.015, firstSeeds: 120, maxSeeds: 120 }, 7],
  ])("%s has room for as many seeds as it may take", async (lines, precision, from) => {
    const plan = await planOf(`${grid}${lines}\n`);
    const { maxSeeds } = precision;
    expect(plan).toMatchObject({ precision, count: 2 * maxSeeds, seedsPerGroup: maxSeeds, caseSize: 2 * maxSeeds });
    expect(plan.coordinates(maxSeeds)).toMatchObject({ scheduler: "llf", seed: from });
    expect(plan.request(2 * maxSeeds - 1).seed).toBe(from + maxSeeds - 1);
  });

  test("listed points share seeds", async () => {
    const plan = await planOf("points: [{ scenario: small, system: soc, scheduler: edf }]\nseeds: 3\nprecision: 2%\n");
    expect(plan).toMatchObject({ count: 100, seedsPerGroup: 100, precision: { firstSeeds: 10 } });
  });
});

describe("a list of points", () => {
  const points = `points:
  - { scenario: small, system: soc, scheduler: edf }
  - { scenario: { scenario: small, set: { durationMs: 3 } }, system: soc, scheduler: dream, params: { alpha: 1 }, rateScale: { audio: 2 } }
`;

  test("has its points in order, each with every seed", async () => {
    const plan = await planOf(`${points}seeds: 2\n`);
    expect([plan.count, plan.caseSize, plan.seedsPerGroup]).toEqual([4, 2, 2]);
    expect(plan.coordinates(1)).toEqual({ scenario: "small", system: "soc", scheduler: "edf", seed: 2 });
    expect(plan.coordinates(2)).toEqual({
      scenario: "small",
      durationMs: 3,
      system: "soc",
      rateScale: { audio: 2 },
      scheduler: "dream",
      alpha: 1,
      seed: 1,
    });
    expect(plan.request(2).variation).toEqual({ scenario: { durationMs: 3 }, rateScale: { audio: 2 } });
  });

  test("may have a seed a point", async () => {
    const plan = await planOf(`${points}  - { scenario: small, system: soc, scheduler: edf, seed: 4 }\n`);
    expect(allCoordinates(plan).map(({ seed }) => seed)).toEqual([1, 1, 4]);
  });
});

test("a value that only some points have wrong is a failure of those", async () => {
  const folder = planFolder(
    'scenarios: [other]\nsystems: [{ system: soc, set: { "accelerators[0].clockGHz": [1, -5] } }]\nschedulers: [{ scheduler: dream, params: { alpha: [1, 1000] } }]\n',
  );
  const outcomes: PointOutcome[] = [];
  const executor = new InlineExecutor(new Workbench(new Library(folder)));
  await executor.run(await planIn(folder), (outcome) => outcomes.push(outcome));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "failed", "failed", "failed"]);
  expect(outcomes[1]).toMatchObject({ failure: { kind: "input", message: expect.stringContaining('"alpha"') } });
  expect(outcomes[2]).toMatchObject({ failure: { kind: "input", message: expect.stringContaining("-5") } });
});

test("a plan of ten million points is made at once", async () => {
  const plan = await planOf("scenarios: [small]\nsystems: [soc]\nschedulers: [edf]\nseeds: 10000000\n");
  expect(plan.request(9_999_999).seed).toBe(10_000_000);
});

test.each(builtIns("experiment"))(
  "the shipped experiment $name has its name and a few points",
  async ({ name, path }) => {
    const plan = await loadSweepPlan(path, new Workbench(new Library(tmpdir())));
    expect(plan.name).toBe(name);
    expect(plan.title).toBeDefined();
    expect(plan.count).toBeLessThanOrEqual(600);
    expect(plan.inputs.every(({ from }) => from === "built-in")).toBe(true);
  },
);
