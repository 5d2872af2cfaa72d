/** What is wrong with an experiment file, with its place. */
import { expect, test } from "vitest";
import { planOf, policy, problemsOfPlan } from "./planned.ts";

/** Line 2 to 4 of a file; the case in question is on line 5, or in place of one of them. */
const lines = { scenarios: "scenarios: [small]", systems: "systems: [soc]", schedulers: "schedulers: [edf]" };

const grid = (change: Partial<typeof lines>, more = ""): string =>
  `${Object.values({ ...lines, ...change }).join("\n")}\n${more}\n`;

const placesOf = async (text: string, files: Readonly<Record<string, string>> = {}) =>
  (await problemsOfPlan(text, files)).map(({ code, file, line, column }) => [code, file, line, column]);

test.each([
  // Names.
  ["scenarios: [smal]", "UNKNOWN_NAME", 13],
  ["scenarios: [{ scenario: smal }]", "UNKNOWN_NAME", 25],
  ["scenarios: [x/y.yaml]", "MISSING_FILE", 13],
  ["scenarios: [soc.yaml]", "WRONG_TYPE", 13],
  ["scenarios: [{ set: {} }]", "MISSING_KEY", 13],
  ["scenarios: [small, small.yaml]", "DUPLICATE_ID", 20],
  ["scenarios: [small, { scenario: small }]", "DUPLICATE_ID", 20],
  ["scenarios: []", "WRONG_LENGTH", 12],
  ["scenarios: small", "WRONG_TYPE", 12],
  ["scenarios: [7]", "WRONG_TYPE", 13],
  ["scenarios: [{ scenario: small, sett: {} }]", "UNKNOWN_KEY", 32],
  // Values of a scenario.
  ["scenarios: [{ scenario: small, set: { tasks.audio.fsp: 3 } }]", "UNKNOWN_KEY", 39],
  ["scenarios: [{ scenario: small, set: { tasks.audio.fsp: [null, 3] } }]", "UNKNOWN_KEY", 39],
  ["scenarios: [{ scenario: small, set: { tasks.aduio.fps: [3, 4] } }]", "UNKNOWN_NAME", 39],
  ["scenarios: [{ scenario: small, set: { 'tasks[9].fps': 3 } }]", "UNKNOWN_NAME", 39],
  ["scenarios: [{ scenario: small, set: { 'tasks[': 3 } }]", "BAD_NAME", 39],
  ["scenarios: [{ scenario: small, set: { tasks.audio.fps: -3 } }]", "NOT_POSITIVE", 56],
  ["scenarios: [{ scenario: small, set: { tasks.audio.fps: [-3, 0] } }]", "NOT_POSITIVE", 57],
  ["scenarios: [{ scenario: small, set: { tasks.audio.fps: [3, 3.0] } }]", "DUPLICATE_ID", 60],
  ["scenarios: [{ scenario: small, set: { tasks.audio.fps: [] } }]", "WRONG_LENGTH", 56],
  ["scenarios: [{ scenario: small, set: { tasks.audio.model: nothing } }]", "UNKNOWN_NAME", 58],
  ["scenarios: [{ scenario: both, set: { tasks.none.fps: 3 } }]", "UNKNOWN_NAME", 38],
  [
    "scenarios: [{ scenario: small, set: { tasks.audio.fps: [3, 4] } }, { scenario: small, set: { tasks.audio.fps: 4 } }]",
    "DUPLICATE_ID",
    68,
  ],
])("%s is reported as %s", async (scenarios, code, column) => {
  expect(await placesOf(grid({ scenarios }))).toEqual([[code, "exp.yaml", 2, column]]);
});

test.each([
  ["systems: [socc]", "UNKNOWN_NAME", 11],
  ["systems: [{ system: small.yaml }]", "WRONG_TYPE", 21],
  ["systems: [soc, soc]", "DUPLICATE_ID", 16],
  ['systems: [{ system: soc, set: { "accelerators[0].pess": [1, 2] } }]', "UNKNOWN_KEY", 33],
  ['systems: [{ system: soc, set: { "accelerators[1].pes": [1, 2] } }]', "UNKNOWN_NAME", 33],
  ["systems: [{ system: soc, set: { accelerators.npu.clockGHz: -1 } }]", "NOT_POSITIVE", 60],
  ["systems: [{ system: soc, set: { memory.x: 1 } }]", "UNKNOWN_KEY", 33],
  ["systems: [{ system: soc, set: { name.x: 1 } }]", "UNKNOWN_NAME", 33],
])("%s is reported as %s", async (systems, code, column) => {
  expect(await placesOf(grid({ systems }))).toEqual([[code, "exp.yaml", 3, column]]);
});

test.each([
  ["schedulers: [edff]", "UNKNOWN_NAME", 14],
  ["schedulers: [./none.js]", "MISSING_FILE", 14],
  ["schedulers: [none.yaml]", "MISSING_FILE", 14],
  ["schedulers: [edf, { scheduler: edf }]", "DUPLICATE_ID", 19],
  ["schedulers: [{ params: { alpha: 1 } }]", "MISSING_KEY", 14],
  ["schedulers: [{ scheduler: dream, params: { alhpa: 1 } }]", "UNKNOWN_NAME", 44],
  ["schedulers: [{ scheduler: dream, params: { alpha: 9 } }]", "WRONG_TYPE", 51],
  ["schedulers: [{ scheduler: dream, params: { alpha: [9, -1] } }]", "WRONG_TYPE", 52],
  ["schedulers: [{ scheduler: dream, params: { alpha: [1, 2, 1] } }]", "DUPLICATE_ID", 58],
  ["schedulers: [{ scheduler: dream, params: { alpha: [[1]] } }]", "WRONG_TYPE", 52],
  ["schedulers: [{ scheduler: dream, params: { alpha: null } }]", "WRONG_TYPE", 51],
])("%s is reported as %s", async (schedulers, code, column) => {
  expect(await placesOf(grid({ schedulers }))).toEqual([[code, "exp.yaml", 4, column]]);
});

test.each([
  ["seeds: 0", "NOT_POSITIVE", 8],
  ["seeds: 2.5", "NOT_WHOLE", 8],
  ["seeds: [1, 2, 1]", "DUPLICATE_ID", 15],
  ["seeds: [-1]", "NEGATIVE", 9],
  ["seeds: { from: 1 }", "MISSING_KEY", 1],
  ["seeds: { from: 4294967295, count: 2 }", "TOO_BIG", 16],
  ["rateScale: 0", "NOT_POSITIVE", 12],
  ["rateScale: [1, -2]", "NOT_POSITIVE", 16],
  ["rateScale: [1, 2, 1]", "DUPLICATE_ID", 19],
  ["rateScale: [1, { aduio: 2 }]", "NO_EFFECT", 16],
  ["rateScale: { aduio: 2 }", "NO_EFFECT", 12],
  ["rateScale: [{ audio: 2, camera: 1 }, { camera: 1, audio: 2 }]", "DUPLICATE_ID", 38],
  ["durationMs: 0", "NOT_POSITIVE", 13],
  ["warmupMs: -1", "NEGATIVE", 11],
  ["warmupMs: 5\ndurationMs: 5", "TOO_BIG", 11],
  ['require: ["slaSatisfactio>=1"]', "BAD_REQUIREMENT", 11],
  ['require: ["slaSatisfaction>=1", "uxCost"]', "BAD_REQUIREMENT", 33],
  ["require: slaSatisfaction>=1", "WRONG_TYPE", 10],
  ["precision: 2", "TOO_BIG", 12],
  ["precision: 0", "NOT_POSITIVE", 12],
  ["precision: [2%]", "WRONG_TYPE", 12],
  ["precision: two", "WRONG_TYPE", 12],
  ["precision: 0%", "WRONG_TYPE", 12],
  ["precision: 120%", "WRONG_TYPE", 12],
  ["maxSeeds: 50", "MISSING_KEY", 1],
  ["maxSeeds: 9\nprecision: 2%", "TOO_SMALL", 11],
  ["maxSeeds: 12.5\nprecision: 2%", "NOT_WHOLE", 11],
  ["maxSeeds: 50\nprecision: 2%\nseeds: 51", "TOO_SMALL", 11],
  ["seeds: [1, 2]\nprecision: 2%", "WRONG_TYPE", 8],
  ["seeds: { from: 4294967200, count: 10 }\nprecision: 2%", "TOO_BIG", 16],
  ["seeds: 0\nprecision: 2%", "NOT_POSITIVE", 8],
  ["seed: 3", "UNKNOWN_KEY", 1],
  ["points: [{ scenario: small, system: soc, scheduler: edf }]\n", "KEYS_EXCLUDE", 1],
])("%s is reported as %s", async (line, code, column) => {
  const places = await placesOf(grid({}, line));
  if (code === "KEYS_EXCLUDE") expect(places.map(([, , at]) => at)).toEqual([2, 3, 4]);
  else expect(places).toEqual([[code, "exp.yaml", 5, column]]);
});

test.each([
  ["{ scenario: small, system: soc }", [["MISSING_KEY", 5]]],
  [
    "{ scenario: smal, system: socc, scheduler: edff }",
    [
      ["UNKNOWN_NAME", 17],
      ["UNKNOWN_NAME", 31],
      ["UNKNOWN_NAME", 48],
    ],
  ],
  ["{ scenario: both, system: soc, scheduler: edf }", [["WRONG_TYPE", 17]]],
  ["{ scenario: both.yaml, system: soc, scheduler: edf }", [["WRONG_TYPE", 17]]],
  [
    "{ scenario: { scenario: small, set: { durationMs: [1, 2] } }, system: soc, scheduler: edf }",
    [["WRONG_LENGTH", 55]],
  ],
  ["{ scenario: { scenario: small, set: { durationNs: 1 } }, system: soc, scheduler: edf }", [["UNKNOWN_KEY", 43]]],
  ["{ scenario: small, system: soc, scheduler: dream, params: { alhpa: 1 } }", [["UNKNOWN_NAME", 65]]],
  ["{ scenario: small, system: soc, scheduler: edf, rateScale: { none: 2 } }", [["NO_EFFECT", 64]]],
  ["{ scenario: small, system: soc, scheduler: edf, rateScale: [1, 2] }", [["WRONG_TYPE", 64]]],
  ["{ scenario: small, system: soc, scheduler: edf, seed: 1.5 }", [["NOT_WHOLE", 59]]],
])("the point %s is reported", async (point, expected) => {
  const places = await placesOf(`points:\n  - ${point}\n`);
  expect(places).toEqual(expected.map(([code, column]) => [code, "exp.yaml", 3, column]));
});

test("points that are alike are reported, whatever the order of their keys", async () => {
  const text = `points:
  - { scenario: small, system: { system: soc, set: { title: a, source: b } }, scheduler: edf }
  - { scheduler: edf, scenario: small, system: { system: soc.yaml, set: { source: b, title: a } }, seed: 1 }
`;
  expect(await placesOf(text)).toEqual([["DUPLICATE_ID", "exp.yaml", 4, 5]]);
});

test("seeds of the file and of a point exclude each other", async () => {
  const text = "seeds: 2\npoints:\n  - { scenario: small, system: soc, scheduler: edf, seed: 1 }\n";
  expect(await placesOf(text)).toEqual([["KEYS_EXCLUDE", "exp.yaml", 4, 53]]);
});

test("points with seeds of their own have no precision", async () => {
  const text = "points:\n  - { scenario: small, system: soc, scheduler: edf, seed: 1 }\nprecision: 2%\n";
  expect(await placesOf(text)).toEqual([["KEYS_EXCLUDE", "exp.yaml", 2, 1]]);
});

test("a precision may not want more points than there can be", async () => {
  const text = grid({}, "rateScale: [1, 2]\nseeds: 1\nprecision: 2%\nmaxSeeds: 1000");
  await expect(planOf(text)).resolves.toMatchObject({ count: 2000 });
  const scales = Array.from({ length: 10_001 }, (_, i) => i + 1);
  const places = await placesOf(grid({}, `rateScale: [${scales}]\nprecision: 2%\nmaxSeeds: 1000`));
  expect(places).toEqual([["TOO_BIG", "exp.yaml", 7, 1]]);
});

test("a list of points has no more than a grid may have", async () => {
  const text =
    "points:\n  - { scenario: small, system: soc, scheduler: edf }\n  - { scenario: small, system: soc, scheduler: llf }\n";
  expect(await placesOf(`${text}seeds: 10000000\n`)).toEqual([["TOO_BIG", "exp.yaml", 5, 1]]);
});

test("an experiment without anything to run needs its three lists", async () => {
  expect((await problemsOfPlan("seeds: 2\n")).map(({ message }) => message)).toEqual([
    'an experiment needs "scenarios", or "points" instead of a grid',
    'an experiment needs "systems", or "points" instead of a grid',
    'an experiment needs "schedulers", or "points" instead of a grid',
  ]);
});

test("all problems are told at once, with those of files that it names", async () => {
  const text = `scenarios: [small, smal]
systems: [socc, bad.yaml]
schedulers: [edff, broken.mjs, odd.yaml, { scheduler: dream, params: { alhpa: 1 } }]
seeds: 0
require: [x]
`;
  const files = {
    "bad.yaml": "name: bad\naccelerators: [{ id: a, pes: -1 }]\n",
    "broken.mjs": "export default {;\n",
    "odd.yaml": "scheduler: edf\nparams: { what: 1 }\n",
  };
  const places = await placesOf(text, files);
  // Where a script breaks is asked of Node, which tells it only outside of tests: test/cli/process.test.ts.
  expect(places.map(([code, file, line]) => [code, file, code === "BROKEN_SCRIPT" ? 1 : line])).toEqual([
    ["UNKNOWN_NAME", "exp.yaml", 2],
    ["UNKNOWN_NAME", "exp.yaml", 3],
    ["UNKNOWN_NAME", "exp.yaml", 4],
    ["UNKNOWN_NAME", "exp.yaml", 4],
    ["NOT_POSITIVE", "exp.yaml", 5],
    ["BAD_REQUIREMENT", "exp.yaml", 6],
    ["MISSING_KEY", "bad.yaml", 1],
    ["NOT_POSITIVE", "bad.yaml", 2],
    ["BROKEN_SCRIPT", "broken.mjs", 1],
    ["UNKNOWN_NAME", "odd.yaml", 2],
  ]);
});

test("messages name what was meant", async () => {
  const [scenario, place, key] = await problemsOfPlan(`scenarios: [smal]
systems: [{ system: soc, set: { "accelerators.nqu.pes": 1 } }, { system: soc, set: { "accelerators[0].pess": 1 } }]
schedulers: [edf]
`);
  expect(scenario?.message).toBe('unknown scenario or suite "smal"; did you mean "small"?');
  expect(place?.message).toBe(
    'cannot set "accelerators.nqu.pes": no entry has the id or name "nqu"; did you mean "npu"?',
  );
  expect(key?.message).toBe(
    'cannot set "accelerators[0].pess": unknown key "pess" in accelerators[0]; did you mean "pes"?',
  );
});

test("a file that is no policy is told at its place in the experiment", async () => {
  expect(await placesOf(grid({ schedulers: "schedulers: [odd.mjs]" }), { "odd.mjs": "export default 7;\n" })).toEqual([
    ["WRONG_TYPE", "exp.yaml", 4, 14],
  ]);
});

test("a grid of more than ten million points is refused, with their number", async () => {
  const [problem] = await problemsOfPlan(grid({ schedulers: "schedulers: [edf, fcfs]" }, "seeds: 5000001"));
  expect(problem).toMatchObject({
    code: "TOO_BIG",
    message: "there are up to 10,000,002 points; the limit is 10,000,000",
    line: 5,
    column: 1,
  });
});

test("what some of several values or scenarios can have is no problem of the experiment", async () => {
  const plan = await planOf(
    grid(
      {
        scenarios: "scenarios: [{ scenario: both, set: { tasks.once.fps: [3, -3] } }]",
        schedulers: "schedulers: [{ scheduler: dream, params: { alpha: [1, 9] } }, pol.mjs]",
      },
      "rateScale: [{ once: 2 }, { audio: 2 }]",
    ),
    { "pol.mjs": policy("pol") },
  );
  expect(plan.count).toBe(4 * 2 * 3);
});
