/** `rtmm sweep` and `rtmm merge` as a user calls them. */

import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import { bytesIn, textIn } from "../studies/sweep/bytes.ts";
import { call, folderWith, importing, small } from "./call.ts";

/** Two schedulers, two loads, three seeds: twelve points. */
const study = `name: study
scenarios: [small.yaml]
systems: [soc.yaml]
schedulers: [edf, fcfs]
rateScale: [0.5, 1]
seeds: 3
`;
const broken = `export default {
  name: "broken", summary: "throws", source: "this test", parameters: [],
  create: () => ({ lateDrop: true, decide() { throw new Error("no idea"); } }),
};
`;
const files = { ...small, "study.yaml": study, "broken.js": broken };

/** A folder where the study has been swept, into study-sweep. */
let done: string;

beforeAll(async () => {
  done = folderWith(files);
  expect(await call(["sweep", "study.yaml", "-j", "1"], { cwd: done })).toMatchObject({ code: 0 });
});

const resumed = (...more: string[]) => call(["sweep", "study.yaml", "--resume", "-j", "1", ...more], { cwd: done });

test("a sweep keeps every point and a row for each group", () => {
  const folder = join(done, "study-sweep");
  expect(readdirSync(folder).sort()).toEqual(["points.jsonl", "summary.csv", "sweep.json"]);
  const points = textIn(folder, "points.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(points.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(points[4].coordinates).toEqual({
    scenario: "small",
    system: "soc",
    rateScale: 0.5,
    scheduler: "fcfs",
    seed: 2,
  });
  const [header, ...rows] = textIn(folder, "summary.csv").trimEnd().split("\n");
  expect(header).toMatch(/^scenario,system,rateScale,scheduler,seeds,failed,uxCost,uxCostLow95,uxCostHigh95,/);
  expect(rows.map((row) => row.split(",").slice(2, 6).join(" "))).toEqual([
    "0.5 edf 3 0",
    "0.5 fcfs 3 0",
    "1 edf 3 0",
    "1 fcfs 3 0",
  ]);
});

test("a point has the numbers of the run that it names", async () => {
  const { stdout } = await call(["run", "small.yaml", "-S", "soc.yaml", "-s", "fcfs", "--seed", "2", "-f", "json"], {
    cwd: done,
  });
  const run = JSON.parse(stdout);
  const point = JSON.parse(textIn(join(done, "study-sweep"), "points.jsonl").split("\n")[10]!);
  expect(point.coordinates).toMatchObject({ rateScale: 1, scheduler: "fcfs", seed: 2 });
  expect(point.metrics).toEqual(run.metrics);
  expect(point.accelerators).toEqual(run.accelerators);
  expect(point.resultHash).toBe(run.resultHash);
});

test("a folder with points is not swept again, and the way out is told", async () => {
  const before = bytesIn(join(done, "study-sweep"));
  const { code, stderr } = await call(["sweep", "study.yaml"], { cwd: done });
  expect([code, stderr]).toEqual([
    2,
    "error: study-sweep already holds a sweep: continue it with --resume, or choose another folder with -o\n",
  ]);
  expect(bytesIn(join(done, "study-sweep"))).toEqual(before);
});

test("a finished sweep is shown again by --resume, with other metrics", async () => {
  const { code, stdout, stderr } = await resumed("-m", "energyMj");
  expect(code).toBe(0);
  expect(stderr).toContain("nothing to run: study-sweep has all 12 points");
  expect(stdout).toMatch(/rateScale=1\n {2}edf +\S+\n {2}fcfs/);
});

test.each([
  ["no queue there", ["--queue", "redis://127.0.0.1:1"], "no queue at 127.0.0.1:1"],
  ["threads and a queue", ["--queue", "redis://127.0.0.1:1", "-j", "2"], "--jobs sets threads on this machine"],
])("a sweep that cannot start leaves nothing behind, and changes nothing: %s", async (_, options, reason) => {
  const cwd = folderWith(files);
  const names = readdirSync(cwd);
  const fresh = await call(["sweep", "study.yaml", "-o", "new/out", ...options], { cwd });
  expect([fresh.code, fresh.stderr]).toEqual([2, expect.stringMatching(new RegExp(`^error: ${reason}.*\n$`))]);
  expect(readdirSync(cwd)).toEqual(names);
  mkdirSync(join(cwd, "mine"));
  await call(["sweep", "study.yaml", "-o", "mine", ...options], { cwd });
  expect(readdirSync(join(cwd, "mine"))).toEqual([]);
  // A sweep of which one point is to be run again.
  await call(["sweep", "study.yaml", "-o", "begun", "-j", "1"], { cwd });
  const points = join(cwd, "begun/points.jsonl");
  writeFileSync(points, readFileSync(points, "utf8").split("\n").slice(1).join("\n"));
  const before = bytesIn(join(cwd, "begun"));
  const again = await call(["sweep", "study.yaml", "-o", "begun", "--resume", ...options], { cwd });
  expect(again.code).toBe(2);
  expect(bytesIn(join(cwd, "begun"))).toEqual(before);
});

test("an interrupted sweep says what is kept, and ends with the same bytes when resumed", async () => {
  const cwd = folderWith(files);
  const controller = new AbortController();
  controller.abort(new Interruption());
  const interrupted = await call(["sweep", "study.yaml", "-j", "1"], { cwd, signal: controller.signal });
  expect(interrupted.code).toBe(130);
  expect(interrupted.stderr).toContain("0 of 12 points are saved in study-sweep; continue with --resume");
  const lines = textIn(join(done, "study-sweep"), "points.jsonl").split("\n");
  appendFileSync(join(cwd, "study-sweep/points.jsonl"), `${lines[7]}\n${lines[2]}\n${lines[9]!.slice(0, 50)}`);
  const { code, stderr } = await call(["sweep", "study.yaml", "--resume", "-j", "2"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("2 of 12 points are already done");
  expect(bytesIn(join(cwd, "study-sweep"))).toEqual(bytesIn(join(done, "study-sweep")));
});

test("a sweep whose policy imports another file than it did is not resumed", async () => {
  const cwd = folderWith({ ...files, ...importing, "study.yaml": study.replace("edf, fcfs", "mine.js") });
  expect(await call(["sweep", "study.yaml", "-j", "1"], { cwd })).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, "lib/pick.js"), "export const pick = (list) => list.at(-1);\n");
  const { code, stderr } = await call(["sweep", "study.yaml", "--resume"], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining("  - scheduler lib/pick.js has changed\n")]);
});

test("a sweep of other inputs is not resumed, and what moved is named", async () => {
  const cwd = folderWith(files);
  await call(["sweep", "study.yaml", "-j", "1"], { cwd });
  writeFileSync(join(cwd, "soc.csv"), small["soc.csv"].replace("1,0.5", "1,0.6"));
  const { code, stderr } = await call(["sweep", "study.yaml", "--resume"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("study-sweep cannot be resumed");
  expect(stderr).toContain("  - data soc.csv has changed\n");
});

test("shards are put together to the bytes of the whole sweep", async () => {
  const { code } = await call(["sweep", "study.yaml", "--shard", "1/2", "-o", "first", "-j", "1"], { cwd: done });
  expect(code).toBe(0);
  const alone = await call(["merge", "first", "-o", "merged"], { cwd: done });
  expect([alone.code, alone.stderr]).toEqual([1, "error: 1 of 2 shards are missing: 2/2; nothing was merged\n"]);
  await call(["sweep", "study.yaml", "--shard", "2/2", "-j", "1"], { cwd: done });
  const merged = await call(["merge", "study-sweep-2of2", "first", "-o", "merged"], { cwd: done });
  expect(merged.code).toBe(0);
  expect(bytesIn(join(done, "merged"))).toEqual(bytesIn(join(done, "study-sweep")));
  expect(merged.stdout).toBe((await resumed()).stdout);
  expect((await call(["merge", "study-sweep-2of2", "first", "-o", "merged"], { cwd: done })).code).toBe(2);
});

test("a policy that throws fails its points alone", async () => {
  const cwd = folderWith({ ...files, "study.yaml": study.replace("[edf, fcfs]", "[./broken.js, edf]") });
  const { code, stdout, stderr } = await call(["sweep", "study.yaml", "-j", "1", "-f", "csv", "-m", "energyMj"], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/point 0 failed: scenario=small system=soc rateScale=0.5 scheduler=broken seed=1\n/);
  expect(stderr).toContain("no idea");
  expect(stderr).toContain("error: 6 of 12 points failed");
  expect(
    stdout
      .split("\n")
      .slice(1, 5)
      .map((row) => row.split(",").slice(4, 6).join(" ")),
  ).toEqual(["0 3", "3 0", "0 3", "3 0"]);
});

test("what every point must reach is judged, also of points that were there before", async () => {
  const met = await resumed("--require", "slaSatisfaction>=0");
  expect([met.code, met.stderr]).toEqual([0, expect.stringContaining("slaSatisfaction>=0: met in all 12 runs")]);
  const unmet = await resumed("--require", "accelerators.npu.utilisation<0.1");
  expect([unmet.code, unmet.stderr]).toEqual([3, expect.stringContaining("not met in 12 of 12 runs")]);
});

test("the groups that none beats are shown and written", async () => {
  const { code, stdout } = await resumed("--pareto", "energyMj,slaSatisfaction", "-f", "json");
  expect(code).toBe(0);
  const { pareto, groups } = JSON.parse(stdout);
  expect(pareto).toMatchObject({ metrics: ["energyMj", "slaSatisfaction"], workloads: 2, leftOut: 0 });
  expect(groups.length).toBe(pareto.size);
  expect(pareto.size).toBeGreaterThan(0);
  const rows = textIn(join(done, "study-sweep"), "pareto.csv").trimEnd().split("\n").slice(1);
  expect(rows.length).toBe(pareto.size);
  const all = textIn(join(done, "study-sweep"), "summary.csv").split("\n");
  for (const row of rows) expect(all).toContain(row);
});

test("--dry-run says what would run and writes nothing", async () => {
  const cwd = folderWith(files);
  const before = readdirSync(cwd);
  const { code, stdout } = await call(["sweep", "study.yaml", "--dry-run", "-f", "csv", "--shard", "1/2"], { cwd });
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "index,scenario,system,rateScale,scheduler,seed",
    "0,small,soc,0.5,edf,1",
    "3,small,soc,0.5,fcfs,1",
  ]);
  expect(readdirSync(cwd)).toEqual(before);
});

test.each([
  [["--shard", "3/2"], "a shard must be i/n"],
  [["--pareto", "uxCots"], 'unknown metric "uxCots"'],
  [["--pareto", "decisions"], "neither direction of it is better"],
  [["-m", "uxCots"], 'unknown metric "uxCots"'],
  [["-f", "xml"], 'unknown format "xml"'],
  [["--require", "energyMj"], "a requirement is a metric"],
  [["-o", "small.yaml"], "a file of that name exists"],
])("%j is refused before anything runs", async (options, message) => {
  const cwd = folderWith(files);
  const { code, stderr } = await call(["sweep", "study.yaml", ...options], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(readdirSync(cwd)).not.toContain("study-sweep");
});

test.each([
  ["small.yaml", "a scenario"],
  ["soc.yaml", "a system"],
])("a sweep of %s is told that this is %s", async (file, kind) => {
  const { code, stderr } = await call(["sweep", file], { cwd: done });
  expect([code, stderr]).toEqual([2, `error: ${file} is ${kind}, not an experiment\n`]);
});

test("merge takes folders of shards only", async () => {
  const whole = await call(["merge", "study-sweep", "-o", "out"], { cwd: done });
  expect([whole.code, whole.stderr]).toEqual([2, "error: study-sweep holds a whole sweep, not a shard\n"]);
  const none = await call(["merge", ".", "-o", "out"], { cwd: done });
  expect([none.code, none.stderr]).toEqual([2, "error: . is not a sweep's folder: it has no sweep.json\n"]);
});
