/** `rtmm baseline` and `rtmm check` as a user calls them. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { Interruption } from "../../src/cli/interruption.ts";
import type { CheckReport } from "../../src/records/check-report.ts";
import type { Baseline } from "../../src/studies/baseline/baseline.ts";
import { baselineText } from "../../src/studies/baseline/baseline-text.ts";
import { type Called, call, folderWith, importing, small } from "./call.ts";

const path = "results/baselines/gate.json";

/** Takes the first ready job, or the last: the change of one word. */
const policy = (which: "first" | "last") => `export default {
  name: "mine",
  summary: "the ${which} ready job on the first idle accelerator",
  source: "this test",
  parameters: [],
  create: () => ({
    lateDrop: false,
    decide(view, decisions) {
      const job = [...view.readyJobs].at(${which === "first" ? 0 : -1});
      const [accelerator] = view.idleAccelerators;
      decisions.run(job, accelerator);
    },
  }),
};
`;

const folder = (): string => folderWith({ ...small, "mine.js": policy("first") });
const save = (cwd: string, ...more: readonly string[]): Promise<Called> =>
  call(["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml", "--seeds", "2", "-j", "1", ...more], { cwd });
const check = (cwd: string, ...more: readonly string[]): Promise<Called> =>
  call(["check", "-j", "1", ...more], { cwd });

/** Baselines by what they were saved with, each made once and copied. */
const templates = new Map<string, string>();

/** A folder of its own with such a baseline. */
async function saved(...more: readonly string[]): Promise<string> {
  const key = more.join(" ");
  if (!templates.has(key)) {
    const cwd = folder();
    expect(await save(cwd, ...more)).toMatchObject({ code: 0 });
    templates.set(key, cwd);
  }
  const cwd = folderWith({});
  cpSync(templates.get(key)!, cwd, { recursive: true });
  return cwd;
}

const read = (cwd: string): Baseline => JSON.parse(readFileSync(join(cwd, path), "utf8")) as Baseline;
/** With the hash that belongs to it, as no editor would. */
const rewrite = (cwd: string, baseline: Baseline): void => writeFileSync(join(cwd, path), baselineText(baseline));
/** As if another rtmm had measured it. */
function alter(cwd: string, value: string, values: readonly (number | null)[]): void {
  const baseline = read(cwd);
  const [first, ...rest] = baseline.rows;
  rewrite(cwd, { ...baseline, rows: [{ ...first!, values: { ...first!.values, [value]: values } }, ...rest] });
}

describe("rtmm baseline save", () => {
  test("writes a file that a check finds nothing wrong with", async () => {
    const cwd = await saved("-s", "edf,fcfs,./mine.js");
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining("nothing moved\n\ncheck: passed")]);
  });

  test("leaves a baseline of that name alone unless forced", async () => {
    const cwd = await saved();
    const before = readFileSync(join(cwd, path), "utf8");
    const { code, stderr } = await save(cwd, "-s", "fcfs");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--force")]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
    expect((await save(cwd, "-s", "fcfs", "--force")).code).toBe(0);
    expect(read(cwd).rows[0]!.scheduler).toBe("fcfs");
  });

  test("keeps what was varied", async () => {
    const cwd = await saved("--rate-scale", "2", "--set", "scenario.tasks.touch.deadlineMs=0.2");
    expect(read(cwd).variation).toEqual({ rateScale: 2, scenario: { "tasks.touch.deadlineMs": 0.2 } });
  });

  test.each([
    [["baseline"], 2, "missing required argument"],
    [["baseline", "sav"], 2, 'did you mean "save"'],
    [["baseline", "./gate.json"], 2, 'baseline has no action "./gate.json"; known: save, list, show'],
    [["baseline", "save"], 2, "needs a name"],
    [["baseline", "save", "gate"], 2, "name a scenario"],
    [["baseline", "save", "../gate", "./small.yaml"], 2, "a baseline's name"],
    [["baseline", "save", "gate", "./smal.yaml"], 2, "smal.yaml"],
    [["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml", "-s", "edff"], 2, 'did you mean "edf"'],
    [["baseline", "show"], 2, "takes the name"],
    [["baseline", "show", "gate"], 4, "there is no baseline"],
    [["baseline", "list", "gate"], 2, "takes no names"],
    [["baseline", "list", "-f", "xml"], 2, "unknown format"],
  ])("%j is refused", async (argv, code, text) => {
    const cwd = folder();
    const called = await call(argv as string[], { cwd });
    expect([called.code, called.stderr]).toEqual([code, expect.stringContaining(text)]);
    expect(existsSync(join(cwd, "results"))).toBe(false);
  });

  test("writes nothing where a policy fails", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stderr } = await save(cwd, "-s", "edf,./mine.js");
    expect([code, stderr]).toEqual([1, expect.stringContaining("nothing was written")]);
    expect(existsSync(join(cwd, path))).toBe(false);
  });

  test("is refused before anything is run where it cannot be written", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "results"), "");
    const { code, stderr } = await save(cwd);
    expect([code, stderr]).toEqual([2, expect.stringContaining("cannot write")]);
    expect(stderr).not.toContain("runs");
  });

  test("writes nothing when interrupted", async () => {
    const cwd = folder();
    const signal = AbortSignal.abort(new Interruption());
    const { code } = await call(["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml"], { cwd, signal });
    expect([code, existsSync(join(cwd, path))]).toEqual([130, false]);
  });
});

test("rtmm baseline list and show tell what there is", async () => {
  const cwd = await saved("-s", "edf,fcfs");
  const listed = await call(["baseline", "list"], { cwd });
  expect(listed.stdout).toMatch(/gate +2 +2 +soc +edf fcfs +small/);
  const shown = await call(["baseline", "show", "gate"], { cwd });
  expect(shown.stdout).toContain("edf: granularity=layer");
  expect(shown.stdout).toMatch(/small +fcfs/);
  expect((await call(["baseline", "show", path, "-f", "json"], { cwd })).stdout).toBe(
    readFileSync(join(cwd, path), "utf8"),
  );
  expect((await call(["baseline", "list"], { cwd: folder() })).code).toBe(0);
});

describe("rtmm check", () => {
  test("names a policy whose file was changed", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    writeFileSync(join(cwd, "mine.js"), policy("last"));
    const { code, stdout } = await check(cwd);
    expect(code).toBe(3);
    expect(stdout).toContain("small on soc: mine (inputs)");
    expect(stdout).toMatch(/- input mine\.js: sha256 [0-9a-f]{12}… then, [0-9a-f]{12}… now/);
    expect(stdout).not.toContain("small on soc: edf");
  });

  test("names a file that a policy imports as what moved the policy's rows, and no others", async () => {
    const cwd = folderWith({ ...small, ...importing });
    await save(cwd, "-s", "edf,./mine.js");
    expect(read(cwd).schedulers.map(({ imports }) => imports)).toEqual([undefined, ["lib/pick.js"]]);
    writeFileSync(join(cwd, "lib/pick.js"), "export const pick = (list) => list.at(-1);\n");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([3, expect.stringContaining("small on soc: mine (inputs)")]);
    expect(stdout).toContain("small on soc: edf (code)");
    expect(stdout).toMatch(/- input lib\/pick\.js: sha256 [0-9a-f]{12}… then, [0-9a-f]{12}… now/);
  });

  test("says that the code moved a value where nothing else did", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([3, expect.stringContaining("small on soc: edf (code)")]);
  });

  test("accepts what is better, unless any change is to fail", async () => {
    const cwd = await saved();
    alter(cwd, "energyMj", [1000, 1000]);
    expect((await check(cwd)).code).toBe(0);
    expect((await check(cwd, "--fail-on", "change")).code).toBe(3);
  });

  test("accepts what is within tolerance", async () => {
    const cwd = await saved();
    const now = read(cwd).rows[0]!.values.energyMj!;
    alter(
      cwd,
      "energyMj",
      now.map((value) => value! / 1.015),
    );
    expect((await check(cwd)).code).toBe(3);
    expect((await check(cwd, "--tolerance", "energyMj=2%")).code).toBe(0);
    expect((await check(cwd, "--tolerance", "all=1%,energyMj=50")).code).toBe(0);
    expect((await check(cwd, "--tolerance", "all=1%")).code).toBe(3);
  });

  test("records inputs that moved no value, and passes", async () => {
    const cwd = await saved();
    writeFileSync(join(cwd, "small.yaml"), `# new\n${small["small.yaml"]}`);
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining("records what changed")]);
    expect((await check(cwd, "--update")).code).toBe(0);
    expect((await check(cwd)).stdout).not.toContain("input");
  });

  test("--update shows what moved, puts it in the file, and the next check is clean", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    const before = readFileSync(join(cwd, path), "utf8");
    alter(cwd, "energyMj", [1, 1]);
    const { code, stdout, stderr } = await check(cwd, "--update");
    expect([code, stdout, stderr]).toEqual([
      0,
      expect.stringContaining("check: failed"),
      expect.stringContaining(`wrote ${path}`),
    ]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
    expect((await check(cwd, "--update")).stderr).toContain("is unchanged");
    expect(readdirSync(join(cwd, "results/baselines"))).toEqual(["gate.json"]);
  });

  test("--update leaves a baseline as it is of which a run fails", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    const before = readFileSync(join(cwd, path), "utf8");
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stderr } = await check(cwd, "--update");
    expect([code, stderr]).toEqual([4, expect.stringContaining("was not updated")]);
    expect(readFileSync(join(cwd, path), "utf8")).toBe(before);
  });

  test("fails for a requirement that is not met, also when it updates", async () => {
    const cwd = await saved();
    const { code, stdout } = await check(cwd, "--require", "slaSatisfaction>=0.5,uxCost<=0");
    expect([code, stdout]).toEqual([3, expect.stringMatching(/- uxCost<=0: not met/)]);
    expect((await check(cwd, "--require", "slaSatisfaction>=0")).code).toBe(0);
    expect((await check(cwd, "--require", "uxCost<=0", "--update")).code).toBe(3);
  });

  test("writes a JUnit file, also where it fails", async () => {
    const cwd = await saved("-s", "edf,fcfs");
    alter(cwd, "energyMj", [1, 1]);
    expect((await check(cwd, "--junit", "check.xml")).code).toBe(3);
    const text = readFileSync(join(cwd, "check.xml"), "utf8");
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain('tests="2" failures="1" errors="0"');
  });

  test("checks what is named: a name, a file or a folder, each once", async () => {
    const cwd = await saved();
    for (const given of ["gate", path, `./${path}`, "results", "results/baselines/"]) {
      const { code, stdout } = await check(cwd, "gate", given, "-f", "json");
      expect([given, code]).toEqual([given, 0]);
      expect((JSON.parse(stdout) as CheckReport).baselines.map(({ name }) => name)).toEqual(["gate"]);
    }
  });

  test("is ended by Ctrl-C", async () => {
    const cwd = await saved();
    const signal = AbortSignal.abort(new Interruption());
    const { code, stdout } = await call(["check", "--junit", "check.xml"], { cwd, signal });
    expect([code, stdout, existsSync(join(cwd, "check.xml"))]).toEqual([130, "", false]);
  });
});

describe("a gate that compares nothing, or not everything, fails with 4", () => {
  test("where there is no baseline", async () => {
    expect(await check(folder())).toMatchObject({ code: 4, stdout: "" });
    expect((await check(folder(), "gate")).code).toBe(4);
    expect((await check(folder(), "results/gate.json")).code).toBe(4);
    const empty = folder();
    mkdirSync(join(empty, "results/baselines"), { recursive: true });
    expect((await check(empty)).code).toBe(4);
  });

  test.each([
    ["is empty", () => ""],
    ["has conflict markers", (text: string) => `<<<<<<< ours\n${text}`],
    ["is cut", (text: string) => text.slice(0, -200)],
    ["has a number edited by hand", (text: string) => text.replace(/"energyMj": \[/, '"energyMj": [1')],
    ["has a line taken out", (text: string) => text.replace(/\n *"energyMj": .*/, "")],
    ["has another schema version", (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
    ["is some other JSON", () => "[]"],
    ["is null", () => "null"],
    ["is binary", () => "\u0000"],
  ])("where a baseline %s", async (_, edit) => {
    const cwd = await saved();
    writeFileSync(join(cwd, path), edit(readFileSync(join(cwd, path), "utf8")));
    expect(await check(cwd)).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining(path) });
    expect((await check(cwd, "--update")).code).toBe(4);
  });

  test.each([
    ["has conflict markers", (text: string) => `<<<<<<< ours\n${text}`, /gate.json:1:1: not valid JSON: /],
    [
      "has a value of another kind",
      (text: string) => text.replace('"warmupMs": 0', '"warmupMs": "no"'),
      /gate.json:\d+:15: warmupMs must be a number, got "no"/,
    ],
  ])("with the place where a baseline %s", async (_, edit, message) => {
    const cwd = await saved();
    writeFileSync(join(cwd, path), edit(readFileSync(join(cwd, path), "utf8")));
    expect((await check(cwd)).stderr).toMatch(message);
  });

  test("where a baseline has no rows", async () => {
    const cwd = await saved();
    rewrite(cwd, { ...read(cwd), rows: [], cases: [] });
    expect((await check(cwd)).code).toBe(4);
  });

  test("where a scenario is gone", async () => {
    const cwd = await saved();
    rmSync(join(cwd, "small.yaml"));
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([4, expect.stringContaining("there is no file small.yaml")]);
    expect(stdout).not.toMatch(/parameter|no longer read/);
  });

  test("where a metric of it is unknown, until it is updated", async () => {
    const cwd = await saved();
    alter(cwd, "uxCots", [1, 1]);
    expect(await check(cwd)).toMatchObject({ code: 4, stdout: expect.stringContaining("uxCots") });
    expect((await check(cwd, "--update")).code).toBe(0);
    expect((await check(cwd)).code).toBe(0);
  });

  test("where a policy fails, and the others are still compared", async () => {
    const cwd = await saved("-s", "edf,./mine.js");
    alter(cwd, "energyMj", [1, 1]);
    writeFileSync(join(cwd, "mine.js"), policy("first").replace("at(0)", "at(99)"));
    const { code, stdout } = await check(cwd);
    expect([code, stdout]).toEqual([4, expect.stringContaining("small on soc: edf (code)")]);
    expect(stdout).toMatch(/unknown job \(small on soc:\s+mine\)/);
    expect(stdout).not.toContain("no longer read");
  });
});

test("rtmm check --update is refused before anything is run where a baseline cannot be written", async () => {
  const cwd = await saved();
  mkdirSync(join(cwd, `${path}.part`));
  const { code, stdout, stderr } = await check(cwd, "--update", "--junit", "check.xml");
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining("cannot write")]);
  expect(existsSync(join(cwd, "check.xml"))).toBe(false);
});

test.each([
  [["--tolerance", "uxCots=1%"], 'did you mean "uxCost"'],
  [["--tolerance", "uxCost"], "a tolerance must be metric=2%"],
  [["--tolerance", "tasks.camra.p99Ms=1"], 'did you mean "tasks.camera.p99Ms"'],
  [["--require", "uxCots<1"], "unknown metric"],
  [["--format", "xml"], "unknown format"],
  [["--fail-on", "better"], "Allowed choices are worse, change"],
  [["--junit", "nowhere/check.xml"], "its folder does not exist"],
  [["-j", "0"], "whole number"],
])("rtmm check %j is refused before anything is run", async (argv, text) => {
  const cwd = await saved();
  expect(await check(cwd, ...argv)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(text) });
});
