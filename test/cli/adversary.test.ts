/** `rtmm adversary`: what it prints and writes, and what it refuses. */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AdversaryReport } from "../../src/records/adversary.ts";
import { ranges, world } from "../studies/adversary/world.ts";
import { call, folderWith } from "./call.ts";

const folder = (files = {}) => folderWith({ ...world, "tiny.yaml": ranges(), ...files });
const words = ["adversary", "--a", "fcfs", "--b", "sjf", "--metric", "meanResponseMs", "--within", "tiny.yaml"];
const tiny = [...words, "--budget", "60", "--seeds", "1", "-o", "out"];

test("the loss is printed, with why, and with the command that repeats it", async () => {
  const cwd = folder();
  const { code, stdout, stderr } = await call(tiny, { cwd });
  expect([code, stderr]).toEqual([0, "wrote out\n"]);
  expect(stdout).toContain("fcfs loses to sjf: Mean response is 1.909 times as high");
  expect(stdout).toContain("jobs of fcfs take 1.909 times as long: 7.000 ms\nagainst 3.667 ms");
  expect(stdout).toContain("so it is the\norder: fcfs serves other jobs first");
  expect(stdout).toContain(
    "rtmm compare out/scenario.yaml -S npu.yaml --schedulers fcfs,sjf -m meanResponseMs --seeds 1",
  );
  expect(readdirSync(join(cwd, "out")).sort()).toEqual([
    ...["evaluations.jsonl", "found-scenario.yaml", "result.json", "scenario.yaml", "search.json", "story.md"],
  ]);
});

test("the written files give the very values that are reported", async () => {
  const cwd = folder();
  const { stdout } = await call([...tiny, "-f", "json"], { cwd });
  const report = JSON.parse(stdout) as AdversaryReport;
  expect(readFileSync(join(cwd, "out/result.json"), "utf8")).toBe(stdout);
  for (const side of ["a", "b"] as const) {
    const run = ["run", report.files!.scenario, "-S", report.files!.system, "-s", report[side].label, "-f", "json"];
    const again = JSON.parse((await call(run, { cwd })).stdout);
    expect(again.metrics.meanResponseMs).toBe(report.smallest!.loss[side]);
  }
  expect(await call(["validate", "out/scenario.yaml", "out/found-scenario.yaml"], { cwd })).toMatchObject({ code: 0 });
});

test("accelerators that are changed come in a system's file of their own", async () => {
  const text = `name: tiny\nmodels: [midas-v21-small, kws-res8]\nsystems: [hda-2-ws-os-4k]\ndurationMs: 100
tasks: 2\nfps: 5\naccelerators: [1, 2]\n`;
  const cwd = folder({ "tiny.yaml": text });
  const { stdout } = await call([...tiny, "-f", "json"], { cwd });
  const { files, smallest } = JSON.parse(stdout) as AdversaryReport;
  // Side by side no job waits: only on one accelerator there is a loss.
  expect([files!.system, smallest!.accelerators!.length]).toEqual(["out/system.yaml", 1]);
  const system = readFileSync(join(cwd, "out/system.yaml"), "utf8");
  expect(system.match(/^ {2}- /gm)).toHaveLength(1);
  expect(system).toContain("costs: maestro");
  const { code } = await call(["validate", "out/system.yaml", "out/scenario.yaml"], { cwd });
  expect(code).toBe(0);
});

test("the story explains a job that is lost", async () => {
  const cwd = folder({ "tiny.yaml": ranges("tasks: { from: 1, to: 3 }\ndeadlinePeriods: 0.065") });
  await call([...tiny, "--metric", "violations"], { cwd });
  const story = readFileSync(join(cwd, "out/story.md"), "utf8");
  expect(story).toContain("# fcfs against sjf");
  expect(story).toContain("## A job that fcfs loses");
  expect(story).toMatch(/### short#0 with fcfs, seed 1: late by/);
});

test("one thread and two write the same bytes", async () => {
  const [one, two] = [folder(), folder()];
  const first = await call([...tiny, "-j", "1", "-f", "json"], { cwd: one });
  const second = await call([...tiny, "-j", "2", "-f", "json"], { cwd: two });
  expect(second.stdout).toBe(first.stdout);
  expect(readFileSync(join(two, "out/story.md"), "utf8")).toBe(readFileSync(join(one, "out/story.md"), "utf8"));
});

test("a search that Ctrl-C ends is continued with --resume, with the same result", async () => {
  const whole = await call([...tiny, "-f", "json"], { cwd: folder() });
  const cwd = folder();
  const cut = await call([...tiny, "-j", "1", "-f", "json"], { cwd, runsBeforeInterruption: 25 });
  expect(cut).toMatchObject({ code: 130, stdout: "" });
  expect(cut.stderr).toMatch(/\d+ scenarios are saved in out; continue with --resume/);
  expect(existsSync(join(cwd, "out/search.lock"))).toBe(false);
  expect(await call(tiny, { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining("--resume") });
  const again = await call([...tiny, "--resume", "-f", "json"], { cwd });
  expect([again.code, again.stdout]).toEqual([0, whole.stdout]);
});

test("a search goes on with a larger budget, but not with other files or schedulers", async () => {
  const cwd = folder();
  await call(tiny, { cwd });
  expect(await call([...tiny, "--resume", "--budget", "90"], { cwd })).toMatchObject({ code: 0 });
  const other = await call([...tiny, "--resume", "--b", "edf"], { cwd });
  expect([other.code, other.stderr]).toEqual([
    2,
    expect.stringMatching(/out holds another search.*\n {2}- b has changed/),
  ]);
  appendFileSync(join(cwd, "npu.csv"), "\n");
  const changed = await call([...tiny, "--resume"], { cwd });
  expect(changed.stderr).toContain("- npu.csv has changed");
});

test("one who loses nowhere is said to, and no case is written", async () => {
  const cwd = folder();
  const { code, stdout } = await call([...tiny, "--a", "sjf", "--b", "fcfs", "--budget", "20"], { cwd });
  expect([code, stdout]).toEqual([0, expect.stringContaining("sjf loses nowhere to fcfs in Mean response")]);
  expect(existsSync(join(cwd, "out/scenario.yaml"))).toBe(false);
});

test.each([
  ["no --b", ["adversary", "--a", "edf"], /--b is missing/],
  ["the same scheduler twice", [...words, "--b", "fcfs"], /fcfs cannot lose to itself/],
  ["an unknown scheduler", [...words, "--b", "sfj"], /unknown scheduler "sfj"; did you mean "sjf"/],
  ["an unknown metric", [...words, "--metric", "uxCots"], /unknown metric "uxCots"/],
  ["a metric without a direction", [...words, "--metric", "utilisation"], /neither direction of it is better/],
  ["unknown ranges", [...words, "--within", "tiney"], /unknown ranges "tiney"; did you mean "tiny"/],
  ["a parameter that nobody has", [...words, "-p", "alfa=1"], /none of the compared schedulers has a parameter "alfa"/],
  ["a budget of nothing", [...words, "--budget", "0"], /a whole number from 1/],
  ["a share above 1", [...words, "--keep", "2"], /a number above 0, up to 1/],
  ["an unknown format", [...words, "-f", "csv"], /unknown format "csv"/],
])("%s is refused before anything is written", async (_, argv, message) => {
  const cwd = folder();
  const { code, stderr } = await call(argv, { cwd });
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect(existsSync(join(cwd, "results"))).toBe(false);
});

test("lines of a journal that are no evaluations are told, and what they were of is tried again", async () => {
  const cwd = folder();
  const { stdout } = await call([...tiny, "-f", "json"], { cwd });
  const path = join(cwd, "out/evaluations.jsonl");
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, ["garbage", "{}", '{"key":"x","side":{"values":1}}', "null", ...lines.slice(2)].join("\n"));
  const again = await call([...tiny, "--resume", "-f", "json"], { cwd });
  expect(again).toEqual({
    code: 0,
    stdout,
    stderr: expect.stringContaining("ignored 4 lines of out/evaluations.jsonl"),
  });
  expect(readFileSync(path, "utf8")).toBe(lines.join("\n"));
});
