/** rtmm report on the command line: what it takes, what it writes, and what it refuses. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unpackedJson } from "../../src/page/packed.ts";
import { type PackedTimeline, unpackTimeline } from "../../src/page/packed-timeline.ts";
import type { Report, RunsReport, StoryRecord } from "../../src/records/report.ts";
import { call, folderWith, small } from "./call.ts";

const embedded = (html: string, id: string): unknown => {
  const text = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, "s").exec(html)?.[1];
  return text === undefined ? undefined : JSON.parse(text);
};

async function report(argv: readonly string[], cwd: string) {
  const called = await call(["report", ...argv, "-o", "r.html"], { cwd });
  const path = join(cwd, "r.html");
  const html = existsSync(path) ? readFileSync(path, "utf8") : "";
  return { ...called, html, report: embedded(html, "report") as Report };
}

const refusal = async (argv: readonly string[], cwd: string): Promise<string> => {
  const { code, stderr, html } = await report(argv, cwd);
  expect(code).toBe(2);
  expect(html).toBe("");
  return stderr;
};

describe("a report of a scenario", () => {
  test("has its result, its timeline and the stories of its jobs", async () => {
    const cwd = folderWith(small);
    const { code, stdout, html, report: found } = await report(["small.yaml", "-S", "soc.yaml"], cwd);
    expect(code).toBe(0);
    const { runs, verdict } = found as RunsReport;
    expect(stdout).toContain(verdict.sentence);
    const result = JSON.parse((await call(["run", "small.yaml", "-S", "soc.yaml", "-f", "json"], { cwd })).stdout);
    expect(runs[0]!.result).toEqual(result);
    const timeline = await unpackTimeline(embedded(html, "timeline-0") as PackedTimeline);
    expect(timeline.tasks).toEqual(["camera", "detect", "audio", "touch"]);
    expect(timeline.jobs.endNs).toHaveLength(result.metrics.released);
    const stories = (await unpackedJson(embedded(html, "stories-0") as string)) as readonly StoryRecord[];
    expect(stories).toHaveLength(result.metrics.released);
    expect(runs[0]!.stories).toBe(stories.length);
  });

  test("tells each story as rtmm explain does, the worst job's with what would have saved it", async () => {
    const cwd = folderWith(small);
    const { html } = await report(["small.yaml", "-S", "soc.yaml"], cwd);
    const stories = (await unpackedJson(embedded(html, "stories-0") as string)) as readonly StoryRecord[];
    const explained = await call(["explain", "small.yaml", "-S", "soc.yaml", "--worst", "-f", "json"], { cwd });
    expect(stories[0]).toEqual(
      expect.objectContaining(
        (({ job, steps, blockers, rescues }) => ({ job, steps, blockers, rescues }))(JSON.parse(explained.stdout)),
      ),
    );
  });

  test("can be made again by the command that it names", async () => {
    const cwd = folderWith(small);
    const argv = ["small.yaml", "-S", "soc.yaml", "--seed", "3", "--set", "scenario.tasks.audio.deadlineMs=1"];
    const { report: found } = await report(argv, cwd);
    expect(found.command).toBe(
      "rtmm report small.yaml --system soc.yaml --seed 3 --set scenario.tasks.audio.deadlineMs=1 -o r.html",
    );
    const { explainCommand, result } = (found as RunsReport).runs[0]!;
    const words = explainCommand.replaceAll("'", "").split(" ").slice(1);
    const again = await call([...words, "--task", "audio", "--job", "0", "-f", "json"], { cwd });
    expect(JSON.parse(again.stdout).resultHash).toBe(result.resultHash);
  });

  test("shows the part of the timeline that is asked for", async () => {
    const cwd = folderWith(small);
    const { html } = await report(["small.yaml", "-S", "soc.yaml", "--from-ms", "1", "--to-ms", "2"], cwd);
    const timeline = await unpackTimeline(embedded(html, "timeline-0") as PackedTimeline);
    expect(timeline).toMatchObject({ fromNs: 1e6, toNs: 2e6 });
  });
});

describe("a report of a stored result", () => {
  const stored = async () => {
    const cwd = folderWith(small);
    await call(["run", "small.yaml", "-S", "soc.yaml", "-o", "out"], { cwd });
    return cwd;
  };

  test("repeats the run, from the file or from its folder", async () => {
    const cwd = await stored();
    for (const what of ["out/result.json", "out"]) {
      const { code, html, report: found } = await report([what], cwd);
      expect(code).toBe(0);
      expect((found as RunsReport).runs[0]!.timelineNote).toBeUndefined();
      expect(embedded(html, "timeline-0")).toBeDefined();
    }
  });

  test("says why there is no timeline if an input has changed", async () => {
    const cwd = await stored();
    writeFileSync(join(cwd, "soc.csv"), `${small["soc.csv"]}\n`);
    const { code, html, report: found } = await report(["out"], cwd);
    expect(code).toBe(0);
    expect((found as RunsReport).runs[0]!.timelineNote).toMatch(/cannot be repeated.*soc[.]csv has changed/s);
    expect(embedded(html, "timeline-0")).toBeUndefined();
  });
});

describe("what is no report", () => {
  test.each([
    ["a JSON of another kind", "x.json", '{"a": 1}', "x.json is no record that can be shown"],
    ["a JSON that is none", "x.json", '{"a": ', "x.json:1:"],
    ["a result that was changed", "x.json", '{"schemaVersion": 1, "resultHash": "0", "metrics": {}}', "x.json"],
    [
      "a comparison without its parts",
      "x.json",
      '{"schemaVersion": 1, "cases": 1, "baseline": "a"}',
      "is a damaged comparison",
    ],
    [
      "a comparison of another version",
      "x.json",
      '{"schemaVersion": 2, "cases": [], "baseline": "a"}',
      "schemaVersion 2",
    ],
    ["a list without a result", "x.json", '{"schemaVersion": 1, "results": []}', "x.json has no results"],
    ["an array", "x.json", "[1]", "no record that can be shown"],
  ])("%s is refused", async (_, name, text, message) => {
    expect(await refusal([name], folderWith({ [name]: text }))).toContain(message);
  });

  test.each([
    [["small", "-S", "soc", "--from-ms", "4"], "--from-ms 4 is not in the run: small releases jobs for 4 ms"],
    [["small", "-S", "soc", "--from-ms", "2", "--to-ms", "1"], "--from-ms 2 must be less than --to-ms 1"],
    [["out", "--from-ms", "99"], "--from-ms 99 is not in the run"],
    [["m.json", "--to-ms", "1"], "--to-ms is for the timeline of a run"],
  ])("a window that shows nothing: %j", async (args, message) => {
    const matrix = '{ "schemaVersion": 1, "cells": [], "worst": [], "schedulers": [] }';
    const cwd = folderWith({ ...small, "m.json": matrix });
    await call(["run", "small", "-S", "soc", "-o", "out"], { cwd });
    expect(await refusal(args, cwd)).toContain(message);
  });

  test("a file that is not there", async () => {
    expect(await refusal(["nothing.json"], folderWith({}))).toContain("there is no file nothing.json");
  });

  test("a sweep whose points are gone or damaged", async () => {
    const study = "name: s\nscenarios: [small]\nsystems: [soc]\nschedulers: [edf]\n";
    const cwd = folderWith({ ...small, "s.yaml": study });
    await call(["sweep", "s.yaml", "-o", "s", "-j", "1"], { cwd });
    const points = join(cwd, "s/points.jsonl");
    appendFileSync(points, "garbage\n");
    expect(await refusal(["s"], cwd)).toContain("has a line that is no point: mend it with `rtmm sweep --resume`");
    await call(["sweep", "s.yaml", "-o", "s", "-j", "1", "--resume"], { cwd });
    expect((await report(["s"], cwd)).code).toBe(0);
    rmSync(points);
    rmSync(join(cwd, "r.html"));
    expect(await refusal(["s"], cwd)).toContain("the sweep in s is not finished");
    expect((await call(["plot", "--list", "s"], { cwd })).stderr).toContain("the sweep in s is not finished");
  });

  test("a folder without a sweep or a result", async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, "empty"));
    expect(await refusal(["empty"], cwd)).toContain("empty is a folder without sweep.json, result.json or matrix.json");
  });

  test("a sweep that is not finished", async () => {
    const cwd = folderWith({});
    const manifest = {
      ...{ schemaVersion: 1, rtmmVersion: "1", name: "s", planHash: "0".repeat(64), count: 1, caseSize: 1 },
      ...{ seedsPerGroup: 1, coordinateNames: ["scenario", "system"], requirements: [], inputs: [], shard: null },
    };
    mkdirSync(join(cwd, "s"), { recursive: true });
    writeFileSync(join(cwd, "s/sweep.json"), JSON.stringify(manifest));
    expect(await refusal(["s"], cwd)).toContain(
      "the sweep in s is not finished: continue it with `rtmm sweep --resume`",
    );
  });

  test("options of runs beside a stored record", async () => {
    const cwd = folderWith({
      "x.json": '{"schemaVersion": 1, "failOn": "worse", "baselines": [], "requirements": []}',
    });
    expect(await refusal(["x.json", "--seed", "3"], cwd)).toContain("--seed is for scenarios");
    expect(await refusal(["x.json", "-m", "uxCost"], cwd)).toContain("--metric is for the folder of a sweep");
  });

  test("a path that cannot be written, before anything runs", async () => {
    const called = await call(["report", "vr-gaming", "-o", "/no/such/folder/r.html"]);
    expect(called.code).toBe(2);
    expect(called.stderr).toContain("cannot write /no/such/folder/r.html: its folder does not exist");
  });

  test("an unknown scenario leaves no file behind", async () => {
    const cwd = folderWith({});
    expect(await refusal(["vr-gamin"], cwd)).toContain("vr-gaming");
    expect(existsSync(join(cwd, "r.html.part"))).toBe(false);
  });
});

test("a comparison and a check have their own reports", async () => {
  const cwd = folderWith({});
  const compared = await call(["compare", "vr-gaming", "-s", "fcfs,edf", "--seeds", "2", "-f", "json"], { cwd });
  writeFileSync(join(cwd, "c.json"), compared.stdout);
  const check = {
    schemaVersion: 1,
    rtmmVersion: "0",
    verdict: "passed",
    failOn: "worse",
    baselines: [],
    requirements: [],
  };
  writeFileSync(join(cwd, "check.json"), JSON.stringify(check));
  expect((await report(["c.json"], cwd)).report).toMatchObject({
    bounds: [{ scenario: "vr-gaming", leastViolationRate: 0 }],
    kind: "comparison",
    title: expect.stringContaining("vr-gaming"),
  });
  expect((await report(["check.json"], cwd)).report).toMatchObject({ kind: "check", verdict: { tone: "good" } });
});

test("a comparison has proven bounds that no scheduler beats, unless a file has changed", async () => {
  const cwd = folderWith(small);
  const argv = ["compare", "small.yaml", "-S", "soc.yaml", "-s", "fcfs,edf,llf", "--seeds", "2", "-f", "json"];
  writeFileSync(join(cwd, "c.json"), (await call(argv, { cwd })).stdout);
  const { report: found } = await report(["c.json"], cwd);
  if (found.kind !== "comparison") throw new Error("no comparison");
  const least = found.bounds[0]!.leastViolationRate;
  // touch takes 0.3 ms and has 0.1.
  expect(least).toBeGreaterThan(0);
  const satisfaction = found.comparison.metrics.find(({ name }) => name === "slaSatisfaction")!;
  for (const { mean } of satisfaction.cases[0]!.schedulers) expect(1 - mean!).toBeGreaterThanOrEqual(least - 1e-12);
  writeFileSync(join(cwd, "soc.yaml"), `${small["soc.yaml"]}\n`);
  expect((await report(["c.json"], cwd)).report).toMatchObject({ bounds: [] });
});

test("misses of a run come with what no scheduler could have avoided", async () => {
  const { report: found } = await report(["ar-gaming"], folderWith({}));
  expect(found.verdict.more[0]).toBe(
    "No scheduler can meet all deadlines: at least 15 of 90 jobs (16.67 %) must be dropped or late.",
  );
});
