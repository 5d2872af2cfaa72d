/** `rtmm compare --bound`: the gap to what no scheduler can beat. */
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import type { Comparison } from "../../src/records/comparison.ts";
import { call, folderWith, small } from "./call.ts";

/** A job of 1 ms and 0.5 mJ every 2 ms; nobody can do anything else with it. */
const files = {
  ...small,
  "plain.yaml": "name: plain\ndurationMs: 8\ntasks:\n  - { id: camera, model: a.yaml, fps: 500 }\n",
};
const metrics = "deadlineViolationRate,slaSatisfaction,energyMj,uxCost,uxCostGuarded,utilisation";
const argv = ["compare", "plain", "-S", "soc", "-s", "fcfs,edf", "-m", metrics, "--seeds", "1", "--bound"];
const options = { cwd: folderWith(files) };

test("a run that cannot be better has no gap", async () => {
  const { stdout } = await call([...argv, "-f", "json"], options);
  const comparison = JSON.parse(stdout) as Comparison;
  const shown = comparison.metrics.map(({ name, cases }) => {
    const { bound, gap } = cases[0]!.schedulers[1]!;
    return [name, bound, gap];
  });
  // Four jobs of 0.5 mJ. UXCost: 1 / (2 x 4), times energy that is the worst case.
  expect(shown).toEqual([
    ["deadlineViolationRate", 0, 0],
    ["slaSatisfaction", 1, 0],
    ["energyMj", expect.closeTo(2, 6), expect.closeTo(0, 6)],
    ["uxCost", expect.closeTo(1 / 8, 6), expect.closeTo(0, 6)],
    ["uxCostGuarded", expect.closeTo(1 / 8, 6), expect.closeTo(0, 6)],
    ["utilisation", undefined, undefined],
  ]);
});

test("tables have the column only for metrics with bounds, and only if asked", async () => {
  const { stdout } = await call(argv, options);
  expect(stdout.split("\n").filter((line) => /^scheduler .*\bgap\b/.test(line))).toHaveLength(5);
  expect(stdout).toContain("no scheduler can beat");
  const { stdout: without } = await call(argv.slice(0, -1), options);
  expect(without).not.toContain("gap");
});

test("CSV and Markdown have it, too", async () => {
  const { stdout: csv } = await call([...argv, "-f", "csv"], options);
  const rows: Record<string, string>[] = parse(csv, { columns: true });
  const mean = rows.find(({ metric, scope }) => metric === "uxCostGuarded" && scope === "mean");
  expect(Number(mean!.bound)).toBeCloseTo(1 / 8, 6);
  const { stdout: markdown } = await call([...argv, "-f", "markdown"], options);
  expect(markdown).toContain("| 95 % CI | gap |");
});

test("a gap is at least 0 under overload, where schedulers miss jobs", async () => {
  const { stdout } = await call(
    [
      "compare",
      "small",
      "-S",
      "soc",
      "-s",
      "fcfs,edf,dream",
      "--rate-scale",
      "1.5",
      "--bound",
      "-f",
      "json",
      "--seeds",
      "2",
    ],
    options,
  );
  const gaps = (JSON.parse(stdout) as Comparison).metrics.flatMap(({ cases }) =>
    cases.flatMap(({ schedulers }) => schedulers.flatMap(({ gap }) => gap ?? [])),
  );
  expect(gaps.length).toBeGreaterThan(3);
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(-1e-9);
});
