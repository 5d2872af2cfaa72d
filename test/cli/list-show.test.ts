/** `rtmm list` and `rtmm show` as functions of arguments and streams. */
import { describe, expect, test } from "vitest";
import { builtIns } from "../../src/files/built-ins.ts";
import { curves, metrics } from "../../src/metrics/index.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { call, folderWith, small } from "./call.ts";

const namesOf = (kind: Parameters<typeof builtIns>[0]) => builtIns(kind).map(({ name }) => name);
const tooWide = (text: string) => text.split("\n").filter((line) => line.length > 80);

const everything = [
  ...namesOf("scenario"),
  ...namesOf("suite"),
  ...namesOf("system"),
  ...namesOf("model"),
  ...schedulers.map(({ name }) => name),
  ...[...metrics, ...curves].map(({ name }) => name),
];

const scenarios = namesOf("scenario");
/** Each with the words of its command: a scenario on a system says all that it says without one, and more. */
const shown = everything.map((name) => ({
  name,
  argv: scenarios.includes(name) ? [name, "-S", "hda-2-ws-os-4k"] : [name],
}));

const isAmbiguous = (name: string) => everything.filter((each) => each === name).length > 1;

describe("rtmm list", () => {
  test("names all that comes with rtmm, in 80 columns", async () => {
    const { code, stdout, stderr } = await call(["list"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const name of everything) expect(stdout).toMatch(new RegExp(`^${name}\\b`, "m"));
    expect(tooWide(stdout)).toEqual([]);
  });

  test("prints one list alone, without headings above it", async () => {
    const { stdout } = await call(["list", "suites"]);
    expect(stdout).toBe(
      "name     title\ndream    DREAM, all five scenarios\nxrbench  XRBench, all seven usage scenarios\n",
    );
  });

  test("prints only JSON as JSON, by kind", async () => {
    const { stdout } = await call(["list", "-f", "json"]);
    const lists = JSON.parse(stdout) as Record<string, { name: string }[]>;
    expect(Object.keys(lists)).toEqual(["scenarios", "suites", "systems", "models", "schedulers", "metrics"]);
    expect(Object.values(lists).flatMap((list) => list.map(({ name }) => name))).toEqual(everything);
  });

  test("prints one list as CSV, and refuses to put several into one", async () => {
    const { stdout } = await call(["list", "scenarios", "-f", "csv"]);
    expect(stdout.split("\n")[0]).toBe("name,title");
    expect(stdout).toContain("vr-gaming,VR gaming\n");
    expect(await call(["list", "-f", "csv"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("suggests what could have been meant", async () => {
    const { code, stdout, stderr } = await call(["list", "system"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('did you mean "systems"?');
  });
});

describe("rtmm show", () => {
  test.each(shown)("$name is described in 80 columns, and as JSON", async ({ name, argv }) => {
    const { code, stdout, stderr } = await call(["show", ...argv]);
    expect(code).toBe(0);
    expect(stderr).toMatch(isAmbiguous(name) ? /^"\S+" is also a / : /^$/);
    expect(tooWide(stdout)).toEqual([]);
    const json = await call(["show", ...argv, "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ name });
  });

  test("says of a scenario what a system makes of it below what it says without one", async () => {
    const alone = await call(["show", "vr-gaming"]);
    expect(alone).toMatchObject({ code: 0, stderr: "" });
    const { stdout } = await call(["show", "vr-gaming", "-S", "hda-2-ws-os-4k"]);
    expect(stdout.startsWith(alone.stdout)).toBe(true);
    expect(stdout.slice(alone.stdout.length)).toContain("Feasibility on hda-2-ws-os-4k");
  });

  test.each(namesOf("system"))("vr-gaming on %s fits 80 columns", async (system) => {
    const { code, stdout, stderr } = await call(["show", "vr-gaming", "-S", system]);
    expect([code, stderr, tooWide(stdout)]).toEqual([0, "", []]);
    expect(stdout).toContain(`Feasibility on ${system}`);
  });

  test("says where a job may change its variant", async () => {
    const { stdout } = await call(["show", "ofa-supernet"]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "may change its variant before stage2[0].first[0].expand, stage3[0].",
    );
    const json = await call(["show", "ofa-supernet", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ switchPoints: [[3, 3, 3, 3], [15, 15, 15, 9], {}, {}, {}, {}] });
  });

  test("shows every choice of a parameter whole, however many there are", async () => {
    const { stdout } = await call(["show", "prema"]);
    const reading = schedulers.find(({ name }) => name === "prema")!.parameters.find(({ name }) => name === "reading");
    expect(reading).toMatchObject({ kind: "choice" });
    const choices = reading?.kind === "choice" ? reading.choices.join(", ") : "";
    expect(stdout.replace(/\s+/g, " ")).toContain(`reading paper one of ${choices}`);
  });

  test("draws the pipeline as a tree", async () => {
    const { stdout } = await call(["show", "small.yaml"], { cwd: folderWith(small) });
    expect(stdout).toContain("camera     a      500 fps");
    expect(stdout).toContain("└─ detect  b      each frame");
    expect(stdout).toMatch(/^kind +cascaded-concurrent$/m);
  });

  // camera 1 ms + detect 1.5 ms against 2 ms: detect is always late. Without it, audio (0.3) and camera fit.
  test("says what no scheduler can meet, and what would have to change", async () => {
    const { stdout } = await call(["show", "small.yaml", "--system", "soc.yaml"], { cwd: folderWith(small) });
    expect(unwrapped(stdout)).toContain("No scheduler can meet all deadlines: at least 3 of 6 jobs (50.00 %)");
    expect(unwrapped(stdout)).toContain("detect: every job is late even if nothing else runs.");
    expect(unwrapped(stdout)).toContain("It needs at most 400 fps, 0.5 ms less work, or a deadline 0.5 ms later.");
    expect(unwrapped(stdout)).toContain("touch: every job is late");
  });

  test("carries the same claims in JSON", async () => {
    const argv = ["show", "small.yaml", "-S", "soc.yaml", "-f", "json"];
    const { stdout } = await call(argv, { cwd: folderWith(small) });
    const { feasibility } = JSON.parse(stdout);
    expect(feasibility).toMatchObject({ verdict: "impossible", jobs: 6, leastViolations: 3, leastViolationRate: 0.5 });
    expect(feasibility.leastUxCostGuarded).toBeGreaterThan(0);
    expect(feasibility.tasks[1]).toMatchObject({ id: "detect", isHopeless: true, excessMs: 0.5, fittingFps: 400 });
  });

  test("says what a model leaves out, how often, and what it does instead", async () => {
    const cwd = folderWith({
      "m.yaml": `name: m
accuracy: { metric: top-1, required: 70, measured: 76, better: higher }
input: [1, 1, 1]
layers:
  - { name: a, type: fc, out: 1, exit: 0.2, exitAccuracy: 71 }
  - { name: b, type: fc, out: 1, skip: 0.5 }
  - { name: c, type: lstm, hidden: 1, steps: { 1: 0.5, 3: 0.5 } }
`,
    });
    const text = unwrapped((await call(["show", "m.yaml"], { cwd })).stdout);
    // a always; b in 0.8 x 0.5 of jobs; of c (8 MACs a step) one step in 0.8, two more in 0.8 x 0.5.
    expect(text).toContain("layers 5, of which 3.000 run on average (40.00 % are left out)");
    expect(text).toContain("MACs 1.420e-5 million on average, 2.600e-5 million if all layers run");
    expect(text).toContain("exits after a with probability 0.2 (20 % of all jobs), with accuracy 71");
    expect(text).toContain("b skipped with probability 0.5");
    expect(text).toContain("loop from c[0], 1 layer per step; steps: 1 (50 %), 3 (50 %); 2.000 on average");
    const { variants } = JSON.parse((await call(["show", "m.yaml", "-f", "json"], { cwd })).stdout);
    // Steps share the 8 weights of c.
    expect(variants[0]).toMatchObject({ weightBytes: 10, exits: [{ shareOfJobs: 0.2 }] });
    expect(variants[0].expectedLayers).toBeCloseTo(3, 12);
  });

  test("says what phases change, and what they ask of a system", async () => {
    const phases = `phases:
  - { name: rush, startMs: 2, tasks: { camera: { fps: 1000 }, touch: { enabled: false } } }
`;
    const cwd = folderWith({ ...small, "small.yaml": small["small.yaml"] + phases });
    const text = unwrapped((await call(["show", "small.yaml", "-S", "soc.yaml"], { cwd })).stdout);
    expect(text).toContain("rush, from 2 ms: camera 1000 fps; touch off");
    expect(text).toContain("Work on average over phases");
    // 1 and 1.5 ms for each camera frame, 0.3 ms of audio in 4 ms, of touch until 2 ms.
    expect(text).toContain("start, 0 to 2 ms: the busiest accelerator is at least 140.0 % busy, so work piles up.");
    expect(text).toContain("rush, 2 to 4 ms: the busiest accelerator is at least 257.5 % busy, so work piles up.");
    const { feasibility } = JSON.parse(
      (await call(["show", "small.yaml", "-S", "soc.yaml", "-f", "json"], { cwd })).stdout,
    );
    expect(feasibility.phases).toMatchObject([{ name: "start" }, { name: "rush", fromMs: 2, toMs: 4 }]);
    expect(feasibility.tasks[1]).toMatchObject({ shortestDeadlineMs: 1, deadlineMs: 2 });
  });

  test("says of a scheduler that it stops no layer, where it could", async () => {
    const textOf = async (name: string) => unwrapped((await call(["show", name])).stdout);
    for (const name of ["edf", "llf", "sjf"])
      expect(await textOf(name)).toContain(`- ${name} stops no layer that runs`);
    for (const name of ["hpf", "prema", "fcfs"]) expect(await textOf(name)).not.toContain("stops no layer");
  });

  test("says which layer another task cannot wait for, unless nothing can be stopped there", async () => {
    const files = {
      "tight.yaml":
        "name: tight\ndurationMs: 100\ntasks:\n  - { id: t1, model: { name: m1, layers: measured }, fps: 200 }\n  - { id: t2, model: { name: m2, layers: measured }, fps: 50 }\n",
      "cpu.yaml": "name: cpu\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: c }]\n",
      "t.csv": "model,accelerator,latencyMs,energyMj\nm1,c,2,1\nm2,c,7,1\n",
    };
    const cwd = folderWith({
      ...files,
      "drain.yaml": files["cpu.yaml"].replace("id: c", "id: c, preemption: [drain]"),
      "apart.yaml": files["cpu.yaml"].replace("t.csv", "apart.csv").replace("{ id: c }", "{ id: c }, { id: d }"),
      "apart.csv": files["t.csv"].replace("m2,c", "m2,d"),
      "drain-where-they-meet.yaml": files["cpu.yaml"]
        .replace("t.csv", "meet.csv")
        .replace("{ id: c }", "{ id: c, preemption: [drain] }, { id: d }"),
      "meet.csv": `${files["t.csv"]}m2,d,7,1\n`,
    });
    const textOn = async (system: string) =>
      unwrapped((await call(["show", "tight.yaml", "-S", system], { cwd })).stdout);
    // 5 - 2 ms.
    expect(await textOn("cpu.yaml")).toContain("A layer of t2 takes 7 ms or more, and t1 has 3 ms to spare.");
    expect(await textOn("drain.yaml")).not.toContain("Long layers");
    // Tasks that never meet are in nobody's way, and neither does a stop elsewhere help.
    expect(await textOn("apart.yaml")).not.toContain("Long layers");
    expect(await textOn("drain-where-they-meet.yaml")).not.toContain("Long layers");
  });

  test("takes a scenario where other things have the name too, and says so", async () => {
    const twins = { ...small, "twin.yaml": small["small.yaml"].replace("small", "edf") };
    const cwd = folderWith({ ...twins, "edf.yaml": twins["twin.yaml"] });
    const both = await call(["show", "edf"], { cwd });
    expect(both.stdout).toContain("Pipeline");
    expect(both.stderr).toContain('"edf" is also a scheduler (--kind scheduler); showing the scenario');
    const chosen = await call(["show", "edf", "--kind", "scheduler"], { cwd });
    expect(chosen.stdout).toContain("Liu and Layland");
  });

  test("does not take a file of another kind for what it shows", async () => {
    const cwd = folderWith({ "ritnet.yaml": "name: ritnet\nlayers: measured\n" });
    expect((await call(["show", "ritnet"], { cwd })).stdout).toMatch(/^file +ritnet\.yaml$/m);
  });

  test("shows no control characters of a file's texts", async () => {
    const cwd = folderWith({ "m.yaml": 'name: m\ntitle: "a\\e[31mb"\nlayers: measured\n' });
    const { stdout } = await call(["show", "m.yaml"], { cwd });
    expect(stdout).toMatch(/^m: a\?\[31mb$/m);
  });

  test("is coloured only on a terminal, and never with NO_COLOR", async () => {
    const isColoured = (text: string) => text.includes("\u001b[");
    expect(isColoured((await call(["show", "edf"])).stdout)).toBe(false);
    expect(isColoured((await call(["show", "edf"], { terminal: true })).stdout)).toBe(true);
    expect(isColoured((await call(["show", "edf"], { terminal: true, env: { NO_COLOR: "1" } })).stdout)).toBe(false);
  });

  test.each<[string, string[], string]>([
    ["an unknown name", ["vr-gamin"], 'unknown name "vr-gamin"; did you mean "vr-gaming"?'],
    ["an unknown metric", ["uxcost"], 'did you mean "uxCost"?'],
    ["an unknown name of a kind", ["edff", "--kind", "scheduler"], 'unknown scheduler "edff"; did you mean "edf"?'],
    ["an unknown kind", ["edf", "--kind", "policy"], "Allowed choices"],
    ["a file that is not there", ["./nope.yaml"], "there is no file nope.yaml"],
    ["a folder", ["./workloads"], "workloads is a folder"],
    ["a file of no kind", ["./tsconfig.json"], "cannot tell what tsconfig.json is"],
    ["a system for a model", ["ritnet", "-S", "fda-1-ws-4k"], "--system is for scenarios"],
    ["an unknown system", ["vr-gaming", "-S", "fda-1-ws-4"], 'did you mean "fda-1-ws-4k"?'],
    ["nothing", [], "missing required argument"],
  ])("%s is refused", async (_, argv, message) => {
    const { code, stdout, stderr } = await call(["show", ...argv]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  test("a bad file is told with its places", async () => {
    const cwd = folderWith({ "bad.yaml": "name: bad\ndurationMs: -4\ntasks: []\n" });
    const { code, stdout, stderr } = await call(["show", "bad.yaml"], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("bad.yaml:2:13:");
  });

  test.each([
    ["of broken YAML", "name: bad\ntasks: [\n", "bad.yaml:3:1: not valid YAML"],
    ["that is empty", "", "bad.yaml:1:1: the file is empty"],
    ["that is binary", "a\0b", "bad.yaml:1:2: bad.yaml is a binary file"],
    ["that is huge", `name: ${"a".repeat(6e6)}\n`, "bad.yaml:1:1: bad.yaml has 6.1 MB"],
  ])("a file %s is told, not taken for one of no kind", async (_, text, message) => {
    for (const command of ["show", "cost"]) {
      const { code, stderr } = await call([command, "bad.yaml"], { cwd: folderWith({ "bad.yaml": text }) });
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

const unwrapped = (text: string) => text.replace(/\s+/g, " ");
