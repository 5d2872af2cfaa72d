/** `rtmm sweep --precision` as a user calls it. */

import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { SweepReport } from "../../src/records/sweep-report.ts";
import { bytesIn, textIn } from "../studies/sweep/bytes.ts";
import { call, folderWith, small } from "./call.ts";

/** A scenario with a draw, on which means of energies differ by seed, and `small`, on which they do not. */
const files = {
  ...small,
  "random.yaml": small["small.yaml"]
    .replace("name: small", "name: random")
    .replace("durationMs: 4", "durationMs: 60")
    .replace("after: camera", "after: { task: camera, probability: 0.5 }"),
  "study.yaml": `name: study
scenarios: [small.yaml, random.yaml]
systems: [soc.yaml]
schedulers: [edf, fcfs]
rateScale: [0.5, 1]
seeds: 3
`,
};
const asked = ["-m", "energyMj", "--precision", "6%", "--max-seeds", "60"];

/** A folder where the study has been swept to a precision, into study-sweep. */
let done: string;
let told: string;
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

const sweep = (cwd: string, ...more: string[]) => call(["sweep", "study.yaml", "-j", "1", ...more], { cwd });
const resumed = (...more: string[]) => sweep(done, "--resume", ...more);

beforeAll(async () => {
  done = folderWith(files);
  const { code, stderr } = await sweep(done, ...asked);
  expect(code).toBe(0);
  told = oneLine(stderr);
});

test("a group has as many seeds as its mean needs", async () => {
  const report: SweepReport = JSON.parse((await resumed(...asked, "-f", "json")).stdout);
  const seeds = report.groups.map((group) => group.seeds);
  expect(seeds.slice(0, 4)).toEqual([10, 10, 10, 10]);
  expect(Math.min(...seeds.slice(4))).toBeGreaterThan(10);
  for (const { metrics } of report.groups) {
    const { mean, low, high } = metrics.energyMj!;
    expect((high! - low!) / 2).toBeLessThanOrEqual(0.06 * mean);
  }
  expect(report.precision).toMatchObject({ aim: 0.06, maxSeeds: 60, metrics: ["energyMj"], reached: 8, missed: 0 });
  expect(report.points).toBe(seeds.reduce((sum, each) => sum + each, 0));
  expect(told).toContain("precision: ± 6 % reached by 8 of 8 groups");
  const rows = textIn(join(done, "study-sweep"), "summary.csv").trimEnd().split("\n").slice(1);
  expect(rows.map((row) => Number(row.split(",")[4]))).toEqual(seeds);
});

test("its points are those of a sweep with as many seeds", async () => {
  const cwd = folderWith({ ...files, "study.yaml": files["study.yaml"].replace("seeds: 3", "seeds: 60") });
  await sweep(cwd, "-o", "all");
  const withoutIndex = (line: string) => line.replace(/^\{"index":\d+,/, "");
  const all = new Set(textIn(join(cwd, "all"), "points.jsonl").trimEnd().split("\n").map(withoutIndex));
  for (const line of textIn(join(done, "study-sweep"), "points.jsonl").trimEnd().split("\n"))
    expect(all).toContain(withoutIndex(line));
});

test("threads, shards and an interruption do not change a byte", async () => {
  const whole = bytesIn(join(done, "study-sweep"));
  await sweep(done, ...asked, "-j", "2", "-o", "threads");
  expect(bytesIn(join(done, "threads"))).toEqual(whole);
  for (const i of [1, 2, 3]) await sweep(done, ...asked, "--shard", `${i}/3`, "-o", `part-${i}`);
  const merged = await call(["merge", "part-3", "part-1", "part-2", "-o", "merged"], { cwd: done });
  expect([merged.code, oneLine(merged.stderr)]).toEqual([0, expect.stringContaining("reached by 8 of 8 groups")]);
  expect(bytesIn(join(done, "merged"))).toEqual(whole);
  const killed = join(done, "killed");
  mkdirSync(killed);
  writeFileSync(join(killed, "sweep.json"), whole[0]!);
  const lines = whole[1]!.split("\n");
  appendFileSync(join(killed, "points.jsonl"), `${lines[3]}\n${lines[45]}\n${lines[44]!.slice(0, 99)}`);
  const after = await sweep(done, ...asked, "-o", "killed", "--resume");
  expect([after.code, after.stderr]).toEqual([0, expect.stringContaining("2 of 80 points are already done")]);
  expect(bytesIn(killed)).toEqual(whole);
});

test("a sweep goes on for the metrics that it was begun for, whichever are shown", async () => {
  const { code, stdout, stderr } = await resumed("--precision", "6%", "--max-seeds", "60", "--pareto", "uxCost");
  expect([code, stderr]).toEqual([0, expect.stringContaining("nothing to run")]);
  expect(stdout).toContain("Pareto-optimal in uxCost");
});

test.each([
  [["--precision", "5%", "--max-seeds", "60"], "the precision: ± 6 % then, ± 5 % now"],
  [["--precision", "6%"], "the seeds of a group at most: 60 then, 100 now"],
  [[], "the precision: ± 6 % then, none now"],
])("it is not resumed with %j", async (options, change) => {
  const { code, stderr } = await resumed(...options);
  expect([code, stderr]).toEqual([
    2,
    `error: study-sweep cannot be resumed: it holds points of a different sweep; choose another folder with -o\n  - ${change}\n`,
  ]);
});

test("where the most seeds do not do it tells how many would", async () => {
  const limited = ["-m", "energyMj", "--precision", "0.5%", "--max-seeds", "12", "-o", "limited", "-f", "csv"];
  const { code, stderr } = await sweep(done, ...limited);
  expect(code).toBe(0);
  expect(oneLine(stderr)).toMatch(
    /precision: ± 0.5 % reached by 4 of 8 groups; missed by 4 with 12 seeds \(--max-seeds\) scenario=random rateScale=\S+ scheduler=\S+: energyMj is ± [\d.]+ %; about \d{3,4} seeds would reach it .* 1 more need fewer than these/,
  );
});

test("the precision may stand in the experiment, and the command line goes over it", async () => {
  const cwd = folderWith({ ...files, "study.yaml": `${files["study.yaml"]}precision: 6%\nmaxSeeds: 60\n` });
  await sweep(cwd, "-m", "energyMj");
  expect(bytesIn(join(cwd, "study-sweep"))).toEqual(bytesIn(join(done, "study-sweep")));
  const { stdout } = await sweep(cwd, "--max-seeds", "20", "--dry-run", "-f", "json");
  expect(JSON.parse(stdout)).toMatchObject({ points: 80, pointsAtMost: 160, morePoints: 0 });
});

test("a policy that throws fails the seeds that a group begins with, and no more", async () => {
  const broken = `export default {
    name: "broken", summary: "throws", source: "this test", parameters: [],
    create: () => ({ lateDrop: true, decide() { throw new Error("no idea"); } }),
  };`;
  const study = files["study.yaml"].replace("[edf, fcfs]", "[./broken.mjs]");
  const cwd = folderWith({ ...files, "study.yaml": study, "broken.mjs": broken });
  const { code, stderr } = await sweep(cwd, ...asked);
  expect(code).toBe(1);
  expect(stderr).toContain("error: 40 of 40 points failed");
  expect(oneLine(stderr)).toContain(
    "precision: ± 6 % reached by 0 of 4 groups; 4 with failed points got no more seeds",
  );
});

test.each([
  [["--precision", "2"], "such as 2%"],
  [["--precision", "0%"], "such as 2%"],
  [["--max-seeds", "20"], "--max-seeds needs --precision"],
  [["--precision", "2%", "--max-seeds", "9"], "--precision starts with 10 seeds, more than --max-seeds 9"],
])("%j is refused before anything runs", async (options, message) => {
  const { code, stderr } = await sweep(folderWith(files), ...options);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
