/** What runs share through a workbench, what they do not, and that no result shows it. */
import { expect, test } from "vitest";
import { LayerCostCache } from "../../src/cost/index.ts";
import { Library } from "../../src/files/library.ts";
import { prepare } from "../../src/run/prepare.ts";
import { Recent } from "../../src/run/recent.ts";
import { runOnce } from "../../src/run/run-once.ts";
import type { RunRequest } from "../../src/run/run-setup.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { folderWith, small } from "../cli/call.ts";

const request: RunRequest = {
  scenario: "small.yaml",
  system: "soc.yaml",
  scheduler: "edf",
  parameters: {},
  seed: 1,
  durationMs: undefined,
  warmupMs: 0,
};

const bench = (): Workbench<Library> => new Workbench(new Library(folderWith(small)));

const programsOf = async (workbench: Workbench<Library>, ...changes: readonly Partial<RunRequest>[]) => {
  const setups = [];
  for (const each of changes) setups.push(await prepare({ ...request, ...each }, workbench));
  return setups.map(({ program }) => program);
};

test("runs that differ in scheduler, parameters or seed share their program", async () => {
  const [a, b, c, d] = await programsOf(
    bench(),
    {},
    { scheduler: "fcfs" },
    { parameters: { lateDrop: false } },
    { seed: 2 },
  );
  expect([b, c, d].map((each) => each === a)).toEqual([true, true, true]);
});

test("runs that differ in anything else do not", async () => {
  const programs = await programsOf(
    bench(),
    {},
    { durationMs: 3 },
    { warmupMs: 1 },
    { variation: { rateScale: 2 } },
    { variation: { rateScale: { camera: 2 } } },
    { variation: { scenario: { durationMs: 5 } } },
    { variation: { scenario: { durationMs: 5 }, rateScale: 2 } },
    { variation: { system: { title: "other" } } },
  );
  expect(new Set(programs).size).toBe(programs.length);
});

test("a generated scenario has a program a seed", async () => {
  const files = {
    ...small,
    "small.yaml":
      "name: small\ndurationMs: 4\ngenerate: { kind: multi-tenant, tasks: 2, models: [a, b], windowMs: 4, deadlineMs: 9 }\n",
  };
  const workbench = new Workbench(new Library(folderWith(files)));
  const [one, two, again] = await programsOf(workbench, { seed: 1 }, { seed: 2 }, { seed: 1, scheduler: "fcfs" });
  expect([one === two, one === again]).toEqual([false, true]);
});

test("a value that is no number is not taken for null, which takes the field away", async () => {
  const workbench = bench();
  const other = (title: unknown) => workbench.system("soc.yaml", { system: { title } });
  expect(other(null).value.title).toBeUndefined();
  expect(() => other(Number.NaN)).toThrow(/title=NaN/);
  expect(() => workbench.scenario("small.yaml", { rateScale: Number.NaN })).toThrow(/greater than 0/);
});

test("results do not show what was shared or run before", async () => {
  const variations = [undefined, { rateScale: 2 }, { scenario: { durationMs: 8 } }, { rateScale: { camera: 0.5 } }];
  const requests = [1, 2].flatMap((seed) => variations.map((variation) => ({ ...request, seed, variation })));
  const workbench = bench();
  for (const each of [...requests, ...requests.toReversed()]) {
    const shared = runOnce(await prepare(each, workbench)).result;
    expect(shared).toEqual(runOnce(await prepare(each, bench())).result);
  }
});

test("recent values are kept, the one asked for longest ago goes first", () => {
  const recent = new Recent<string>(2);
  const made: string[] = [];
  const get = (key: string) =>
    recent.get(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(["a", "b", "a", "c", "a", "b"].map(get)).toEqual(["A", "B", "A", "C", "A", "B"]);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("what could not be made is made anew", () => {
  const recent = new Recent<number>(2);
  expect(() =>
    recent.get("a", () => {
      throw new Error("not now");
    }),
  ).toThrow("not now");
  expect(recent.get("a", () => 1)).toBe(1);
});

test("layer costs forget what they hold when it gets too much, not what they say", async () => {
  const workbench = new Workbench(new Library(process.cwd()));
  const path = (kind: "scenario" | "system", name: string) => workbench.files.find(kind, name);
  const models = workbench.scenario(path("scenario", "vr-gaming")).value.tasks.map(({ model }) => model);
  const layer = models[0]!.variants[0]!.layers[0]!;
  const { accelerators } = workbench.system(path("system", "hda-2-ws-os-4k")).value;
  const [first, second] = accelerators as unknown as readonly Parameters<LayerCostCache["costModel"]>[0][];
  const cache = new LayerCostCache(1);
  const cost = cache.costModel(first!)!(layer, 1);
  expect(cache.costModel(first!)!(layer, 1)).toBe(cost);
  cache.costModel(second!)!(layer, 1);
  const anew = cache.costModel(first!)!(layer, 1);
  expect(anew).not.toBe(cost);
  expect(anew).toEqual(cost);
});
