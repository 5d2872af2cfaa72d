/** Who may write into a sweep's folder. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockFolder } from "../../../src/studies/folder/folder-lock.ts";
import type { Present } from "../../../src/studies/folder/shown-folder.ts";
import { manifestOf, type SweepManifest } from "../../../src/studies/sweep/folder/manifest.ts";
import { openSweepFolder } from "../../../src/studies/sweep/folder/sweep-folder.ts";
import { merge } from "../../../src/studies/sweep/merge/merge.ts";
import { folderWith } from "../../cli/call.ts";
import { FakeExecutor, fakeOutcome, fakePlan, freshFolder, sweepInto } from "./fake-plan.ts";

const plan = fakePlan({ cases: 2, groupsPerCase: 2, seeds: 2 });
const manifest = manifestOf(plan, undefined, []);

/** A folder with a finished sweep. */
async function finished(): Promise<string> {
  const folder = freshFolder();
  await sweepInto(folder, plan, new FakeExecutor());
  return folder;
}

const open = (path: string, now: SweepManifest, present: Present) => () =>
  openSweepFolder({ path, shown: "out" }, now, present).close();

test("a folder that holds a sweep is only taken to resume it", async () => {
  const folder = await finished();
  expect(open(folder, manifest, "refuse")).toThrow("out already holds a sweep: continue it with --resume");
  expect(open(folder, manifest, "resume")).not.toThrow();
});

test("what has changed since the sweep began is named", async () => {
  const folder = await finished();
  const [input] = manifest.inputs;
  const other = { ...input!, path: "new.yaml" };
  const changes: [Partial<SweepManifest>, string][] = [
    [{ rtmmVersion: "9.9.9" }, `rtmm: ${manifest.rtmmVersion} then, 9.9.9 now`],
    [{ inputs: [{ ...input!, sha256: "b".repeat(64) }] }, "scenario s.yaml has changed"],
    [{ inputs: [input!, other] }, "scenario new.yaml: now only"],
    [{ inputs: [] }, "scenario s.yaml: then only"],
    [{ shard: { number: 1, of: 2 } }, "the shard: all points then, 1/2 now"],
    [{ count: 9 }, "the number of points: 8 then, 9 now"],
    [{ planHash: "d".repeat(64) }, "the experiment describes other runs"],
  ];
  for (const [change, text] of changes) expect(open(folder, { ...manifest, ...change }, "resume")).toThrow(text);
});

test.each(["points.jsonl", "summary.csv", "pareto.csv"])("a %s that no sweep has written is left alone", (name) => {
  const folder = folderWith({ [name]: "mine" });
  expect(open(folder, manifest, "resume")).toThrow("without a sweep.json beside it");
  expect(readFileSync(join(folder, name), "utf8")).toBe("mine");
});

test("a sweep.json of something else is refused", () => {
  expect(open(folderWith({ "sweep.json": "{}" }), manifest, "resume")).toThrow("was not written by a sweep");
  const later = JSON.stringify({ ...manifest, schemaVersion: 2 });
  expect(open(folderWith({ "sweep.json": later }), manifest, "resume")).toThrow("schemaVersion 2");
});

test("what is wrong in a sweep.json is named with its place", () => {
  const text = JSON.stringify({ ...manifest, count: "many", shards: 2 }, undefined, 2);
  const folder = folderWith({ "sweep.json": text });
  expect(open(folder, manifest, "resume")).toThrow(/sweep.json:6:12: count must be a whole number, got "many"/);
  expect(open(folder, manifest, "resume")).toThrow('unknown key "shards" in the file; did you mean "shard"?');
});

test("two sweeps are not at work in one folder", () => {
  const folder = freshFolder();
  const first = openSweepFolder({ path: folder, shown: "out" }, manifest, "refuse");
  expect(open(folder, manifest, "resume")).toThrow(`is already running in this folder, as process ${process.pid}`);
  first.close();
  expect(open(folder, manifest, "resume")).not.toThrow();
});

test("the lock of a process that is gone is taken over", () => {
  const folder = folderWith({});
  const locks = [
    { pid: 2 ** 30, host: hostname(), started: "" },
    // A later process has its number.
    { pid: process.pid, host: hostname(), started: "long ago" },
  ];
  for (const lock of [...locks.map((each) => JSON.stringify(each)), ""]) {
    writeFileSync(join(folder, "sweep.lock"), lock);
    expect(() => lockFolder(folder, "sweep").release()).not.toThrow();
  }
});

test("a process of another machine counts as being at work", () => {
  const lock = JSON.stringify({ pid: 1, host: "elsewhere", started: "" });
  expect(() => lockFolder(folderWith({ "sweep.lock": lock }), "sweep")).toThrow(
    "on elsewhere, as process 1; if it is not, remove",
  );
});

test("a point that read another file than was planned has failed", async () => {
  const folder = freshFolder();
  const inputs = manifest.inputs.map((input) => ({ ...input, sha256: "c".repeat(64) }));
  const changed = new FakeExecutor(undefined, undefined, (index) =>
    fakeOutcome(index, index === 3 ? inputs : undefined),
  );
  await sweepInto(folder, plan, changed);
  const lines = readFileSync(join(folder, "points.jsonl"), "utf8").split("\n");
  expect(JSON.parse(lines[3]!)).toMatchObject({ index: 3, error: { kind: "input" } });
  expect(lines[3]).toContain(
    "s.yaml has changed since the sweep was planned: sha256 aaaaaaaaaaaa… then, cccccccccccc…",
  );
});

test("points that read different versions of a file that was not planned do not go together", async () => {
  const folder = freshFolder();
  const version = (sha256: string) => [{ role: "data", from: "file", path: "t.csv", sha256 } as const];
  const changed = new FakeExecutor(undefined, undefined, (index) => fakeOutcome(index, version(index < 5 ? "1" : "2")));
  await sweepInto(folder, plan, changed);
  const lines = readFileSync(join(folder, "points.jsonl"), "utf8").trimEnd().split("\n");
  expect(lines.map((line) => "error" in JSON.parse(line))).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
  ]);
});

test("a shard with a line that is no point is not merged, and resuming it makes good for that", async () => {
  const shards = [1, 2].map((number) => ({ number, of: 2 }));
  const folders = shards.map(() => freshFolder());
  const named = folders.map((path, i) => ({ path, shown: `part ${i + 1}` }));
  for (const [i, shard] of shards.entries()) await sweepInto(folders[i]!, plan, new FakeExecutor(), shard);
  const points = join(folders[0]!, "points.jsonl");
  writeFileSync(points, `{"index":0,\n${readFileSync(points, "utf8")}`);
  expect(() => merge(named, { path: freshFolder(), shown: "out" })).toThrow("part 1 is not finished");
  await sweepInto(folders[0]!, plan, new FakeExecutor(), shards[0]);
  expect(merge(named, { path: freshFolder(), shown: "out" }).shard).toBeNull();
});

test("merge names the shards that are missing or not finished", async () => {
  const shardFolder = async (number: number, most?: number) => {
    const folder = freshFolder();
    await sweepInto(folder, plan, new FakeExecutor(undefined, most), { number, of: 2 });
    return { path: folder, shown: `part ${number}` };
  };
  const [first, second, part] = [await shardFolder(1), await shardFolder(2), await shardFolder(2, 1)];
  const out = () => ({ path: freshFolder(), shown: "out" });
  expect(() => merge([first], out())).toThrow("1 of 2 shards are missing: 2/2");
  expect(() => merge([first, part], out())).toThrow("part 2 is not finished: it has 1 of 4 points");
  expect(() => merge([first, second, part], out())).toThrow("part 2 and part 2 are the same shard, 2");
  expect(() => merge([{ path: emptyFolder(), shown: "whole" }], out())).toThrow("it has no sweep.json");
  const taken = out();
  mkdirSync(taken.path);
  writeFileSync(join(taken.path, "summary.csv"), "mine");
  expect(() => merge([first, second], taken)).toThrow("already exists");
});

const emptyFolder = (): string => folderWith({});

test("merge takes no shards of different sweeps, and no whole sweep", async () => {
  const other = fakePlan({ cases: 2, groupsPerCase: 2, seeds: 3 });
  const [first, second, whole] = [freshFolder(), freshFolder(), await finished()];
  await sweepInto(first, plan, new FakeExecutor(), { number: 1, of: 2 });
  await sweepInto(second, other, new FakeExecutor(), { number: 2, of: 2 });
  const out = { path: freshFolder(), shown: "out" };
  const named = (path: string, shown: string) => ({ path, shown });
  expect(() => merge([named(first, "a"), named(second, "b")], out)).toThrow("the number of points: 8 then, 12 now");
  expect(() => merge([named(whole, "w")], out)).toThrow("w holds a whole sweep");
});
