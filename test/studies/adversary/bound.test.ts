/** How far a scheduler is from what is possible, on a space that is worked out by hand. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { whyFar } from "../../../src/output/adversary/why-far.ts";
import type { AdversaryReport, BoundFacts, SideFacts } from "../../../src/records/adversary.ts";
import { boundedMetrics } from "../../../src/studies/compare/bounded-metrics.ts";
import { call, folderWith } from "../../cli/call.ts";
import { opened, ranges, searched, world } from "./world.ts";

/** All deadlines are at 6.5 ms. */
const tight = ranges("tasks: { from: 1, to: 3 }\ndeadlinePeriods: 0.065");
const folder = (text = tight) => folderWith({ ...world, "tiny.yaml": text });
const words = ["adversary", "--a", "fcfs", "--bound", "--metric", "violations", "--within", "tiny.yaml"];
const tiny = [...words, "--budget", "60", "--seeds", "1", "-o", "out"];
const reportOf = (stdout: string) => JSON.parse(stdout) as AdversaryReport;
/** Values by seed of A and the bound in turn. Keys depend on the folder. */
const sidesIn = (cwd: string): readonly (readonly number[])[] =>
  readFileSync(join(cwd, "out/evaluations.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).side.values);

/*
 * A long job takes 6 ms, a short one 1 ms, so a long one and a short one do not fit into 6.5 ms.
 * long, short, short: fcfs ends them at 6, 7, 8 and misses two; without the long one only that is missed. Likewise with
 * the long one between them. long, short or long, long: one is missed anyway. long, long, short: two are missed anyway.
 */
test("the search finds where a scheduler misses most beyond what has to be missed", async () => {
  const { best, smallest } = await searched(
    await opened({ b: undefined, metric: "violations" }, { "tiny.yaml": tight }),
  );
  expect(best!.loss).toEqual({ a: 2, b: 1, ratio: 2, isCapped: false });
  const models = (found: typeof best) => found!.genome.tasks.map(({ modelName }) => modelName);
  expect(models(best).toSorted()).toEqual(["long", "short", "short"]);
  // With a whole period for either job none has to be missed, but fcfs may still run that one first: 1 against 0.
  expect(models(smallest).toSorted()).toEqual(["long", "short"]);
  expect(smallest!.loss).toEqual({ a: 1, b: 0, ratio: 1000, isCapped: true });
});

test("the report tells the distance, what has to be missed, and that the bound may be out of reach", async () => {
  const cwd = folder();
  const { code, stdout, stderr } = await call(tiny, { cwd });
  expect([code, stderr]).toEqual([0, "wrote out\n"]);
  const text = stdout.replaceAll("\n", " ");
  expect(text).toContain("fcfs is far from possible: Violations is at least 1000 times as high as the bound");
  expect(text).toContain("fcfs misses 1 of 2 deadlines, and it is not proven that any has to be missed.");
  // 6 + 1 mJ; a schedule may miss one of them, and run the short one alone.
  expect(text).toContain("It takes 7.000 mJ; schedules that miss no more take at least 1.000 mJ.");
  expect(text).toContain("no schedule may reach it");
  expect(text).toContain(
    "rtmm compare out/scenario.yaml -S npu.yaml --schedulers fcfs -m violations --seeds 1 --bound",
  );
  const story = readFileSync(join(cwd, "out/story.md"), "utf8");
  expect(story).toContain("# fcfs against the bound");
  expect(story).toContain("## A job that fcfs loses");
  expect(readFileSync(join(cwd, "out/scenario.yaml"), "utf8")).toContain(
    "rtmm adversary --a fcfs --bound, within tiny",
  );
});

test("the command of the report gives its values again", async () => {
  const cwd = folder();
  const { smallest, files } = reportOf((await call([...tiny, "-f", "json"], { cwd })).stdout);
  const again = ["compare", files!.scenario, "-S", files!.system, "--schedulers", "fcfs", "-m", "violations"];
  const { stdout } = await call([...again, "--seeds", "1", "--bound", "-f", "json"], { cwd });
  const { mean, bound } = JSON.parse(stdout).metrics[0].cases[0].schedulers[0];
  expect([mean, bound]).toEqual([smallest!.loss.a, smallest!.loss.b]);
});

test("JSON has the bound in place of the second scheduler, with the least that each task misses", async () => {
  const { b, comparison } = reportOf((await call([...tiny, "-f", "json"], { cwd: folder() })).stdout);
  expect(b).toEqual({ label: "bound", kind: "bound" });
  expect(comparison!.b).toMatchObject({ jobs: 2, violations: 0, energyMj: expect.closeTo(1, 6) });
  expect(comparison!.b.tasks.toSorted((x, y) => x.id.localeCompare(y.id))).toEqual([
    { id: "long", jobs: 1, violations: 0 },
    { id: "short", jobs: 1, violations: 0 },
  ]);
});

test("one who cannot be better is said to reach the bound", async () => {
  const cwd = folder();
  const { code, stdout } = await call([...tiny, "--a", "sjf"], { cwd });
  expect([code, stdout]).toEqual([0, expect.stringContaining("sjf reaches the bound on Violations everywhere")]);
  expect(existsSync(join(cwd, "out/scenario.yaml"))).toBe(false);
});

test("a metric where higher is better is farthest where it is lowest beside the bound", async () => {
  // Of two or three jobs without a whole period at least one is missed, and fcfs keeps one: 1 / 3 against 2 / 3.
  const cwd = folder();
  const { found } = reportOf((await call([...tiny, "--metric", "slaSatisfaction", "-f", "json"], { cwd })).stdout);
  expect(found!.loss).toEqual({ a: 1 / 3, b: 1 - 1 / 3, ratio: (1 - 1 / 3) / (1 / 3), isCapped: false });
});

test.each(Object.keys(boundedMetrics))("no run is below the bound in %s", async (metric) => {
  const cwd = folder(ranges("tasks: { from: 1, to: 3 }\ndeadlinePeriods: [0.03, 0.065, 0.2]\njitterMs: [0, 2]"));
  const { code } = await call([...tiny, "--metric", metric, "--budget", "24", "--seeds", "2"], { cwd });
  expect(code).toBe(0);
  const sides = sidesIn(cwd);
  expect(sides.length).toBeGreaterThan(20);
  for (let at = 0; at < sides.length; at += 2)
    for (const [seed, own] of sides[at]!.entries()) {
      const bound = sides[at + 1]![seed]!;
      if (metric === "slaSatisfaction") expect(own).toBeLessThanOrEqual(bound);
      else expect(own).toBeGreaterThanOrEqual(bound * (1 - 1e-9));
    }
});

test("one thread and two write the same bytes", async () => {
  const [one, two] = [folder(), folder()];
  const first = await call([...tiny, "-j", "1", "-f", "json"], { cwd: one });
  const second = await call([...tiny, "-j", "2", "-f", "json"], { cwd: two });
  expect(second.stdout).toBe(first.stdout);
  expect(readFileSync(join(two, "out/story.md"), "utf8")).toBe(readFileSync(join(one, "out/story.md"), "utf8"));
  expect(sidesIn(two)).toEqual(sidesIn(one));
});

test("a search that Ctrl-C ends is continued with --resume, with the same result", async () => {
  const whole = folder();
  const { stdout } = await call([...tiny, "-f", "json"], { cwd: whole });
  const cwd = folder();
  const cut = await call([...tiny, "-j", "1"], { cwd, runsBeforeInterruption: 25 });
  expect(cut).toMatchObject({ code: 130, stdout: "" });
  const again = await call([...tiny, "--resume", "-f", "json"], { cwd });
  expect([again.code, again.stdout]).toEqual([0, stdout]);
  expect(sidesIn(cwd)).toEqual(sidesIn(whole));
});

test("a search for the distance is not continued as one against a scheduler", async () => {
  const cwd = folder();
  await call(tiny, { cwd });
  const other = tiny.flatMap((word) => (word === "--bound" ? ["--b", "sjf"] : [word]));
  const { code, stderr } = await call([...other, "--resume"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/out holds another search.*\n {2}- b has changed/)]);
});

test.each([
  ["--b and --bound", [...words, "--b", "sjf"], /--bound takes the place of --b/],
  ["--bound without --a", ["adversary", "--bound"], /--a is missing/],
  [
    "a metric without a bound",
    [...words, "--metric", "meanResponseMs"],
    /no bound on meanResponseMs is known; with --bound, choose --metric from violations, .*uxCostGuarded/,
  ],
])("%s is refused before anything is written", async (_, argv, message) => {
  const cwd = folder();
  const { code, stderr } = await call(argv, { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(join(cwd, "results"))).toBe(false);
});

const side: SideFacts = {
  ...{ label: "x", jobs: 4, completed: 4, late: 1, dropped: 0, droppedByPolicy: 0, energyMj: 10, meanResponseMs: 1 },
  ...{ contextSwitches: 2, computingMs: 50, overheadMs: 0, fastestMs: 50, leastEnergyMj: 10, lostMs: 0 },
  ...{ idleWhileWaitingMs: 0, endMs: 100, tasks: [{ id: "t", jobs: 4, violations: 1, computingMs: {} }] },
};
const least = (violations: number): BoundFacts => ({
  ...{ label: "bound", kind: "bound", jobs: 4, violations, energyMj: 6, uxCostGuarded: null, tasks: [] },
});

test.each([
  ["slow places", { computingMs: 60 }, 0, "60.00 ms for 50.00 ms of work"],
  ["free accelerators", { idleWhileWaitingMs: 20 }, 0, "free for 20.00 ms while jobs wait"],
  ["switches", { overheadMs: 5 }, 0, "switches contexts 2 times: moves, loads and decisions take 5.000 ms"],
  ["kills", { lostMs: 7 }, 0, "7.000 ms of work are done again"],
  ["nothing of it", {}, 0, "it is the choice and the order of jobs"],
  ["energy of places, if no more is missed", { leastEnergyMj: 7 }, 1, "10.00 mJ for work that takes 7.000 mJ at best"],
  ["energy of work, if no more is missed", {}, 1, "takes 10.00 mJ even where it takes least"],
  ["no energy that is known", { energyMj: null, leastEnergyMj: null }, 1, "it is the choice and the order of jobs"],
])("the distance is explained by %s", (_, changes, violations, sentence) => {
  expect(whyFar({ ...side, ...changes }, least(violations)).cause).toContain(sentence);
});
