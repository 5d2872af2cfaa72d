/** `rtmm run` as a function of its arguments and streams. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { metrics, presentMetrics } from "../../src/metrics/index.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

const runSmall = (...more: string[]) => {
  const cwd = folderWith(small);
  return call(["run", "small", "-S", "soc", ...more], { cwd }).then((called) => ({ ...called, cwd }));
};

test("the jobs of a scenario worked by hand come out to the nanosecond", async () => {
  const { code, cwd } = await runSmall("--jobs", "jobs.csv");
  expect(code).toBe(0);
  expect(readFileSync(join(cwd, "jobs.csv"), "utf8")).toBe(`\
task,job,releaseMs,deadlineMs,startMs,completionMs,status,accelerator,energyMj
audio,0,0.000000,0.400000,0.000000,0.300000,met,npu,0.100000000
touch,0,0.100000,0.200000,,,dropped,,0.000000000
camera,0,0.000000,2.000000,0.300000,1.300000,met,npu,0.500000000
detect,0,1.300000,2.000000,1.300000,2.800000,late,npu,2.000000000
camera,1,2.000000,4.000000,2.800000,3.800000,met,npu,0.500000000
detect,1,3.800000,4.000000,3.800000,5.300000,late,npu,2.000000000
`);
});

describe("what tables show", () => {
  const firstCells = (stdout: string): string[] =>
    stdout.split("\n").map((line) => (line.startsWith("  of ") ? line.trim() : line).split(/ {2,}/)[0]!.trim());

  test("the headline, with the utilisation of each accelerator where there are several", async () => {
    const { stdout } = await call(["run", "vr-gaming", "--duration-ms", "100"], { cwd: repository });
    expect(firstCells(stdout)).toEqual([
      "vr-gaming on hda-2-ws-os-4k: edf, seed 1, 100 ms",
      ...["", "task", "ht", "es", "ge", "", "metric"],
      ...["UXCost", "UXCost (guarded)", "SLA satisfaction", "Energy", "p99 response", "XRBench score"],
      ...["Utilisation", "of ws", "of os", ""],
    ]);
  });

  test("motion to photon and ages, where a task is a display and reads", async () => {
    const yaml = small["small.yaml"].replace("id: audio,", "id: audio, display: true, reads: [detect],");
    const { stdout } = await call(["run", "small", "-S", "soc"], { cwd: folderWith({ ...small, "small.yaml": yaml }) });
    expect(stdout).toContain("task   reads   times  empty  mean age ms");
    const cells = firstCells(stdout);
    expect(cells.slice(cells.indexOf("p99 response"), cells.indexOf("Utilisation"))).toEqual([
      "p99 response",
      "p99 motion-to-photon latency",
      "p99 age of what is read",
      "XRBench score",
    ]);
  });

  test("the busiest accelerator alone where there are more than four, and none beside a single one", async () => {
    const busiest = await call(["run", "vr-gaming", "-S", "planaria-16", "--duration-ms", "100"], { cwd: repository });
    expect(firstCells(busiest.stdout).filter((cell) => cell.startsWith("of "))).toEqual([]);
    const soc =
      "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu, count: 5 }\n";
    const cwd = folderWith({ ...small, "soc.yaml": soc });
    const { stdout } = await call(["run", "small", "-S", "soc"], { cwd });
    expect(firstCells(stdout).filter((cell) => cell.startsWith("of "))).toEqual(["of npu0"]);
  });

  test("-m all: every metric that says something, and those of accelerators", async () => {
    const { stdout } = await runSmall("-m", "all");
    const cells = firstCells(stdout);
    expect(cells).toContain("Scheduler decisions");
    expect(cells).toContain("accelerator");
    // A count of 0 says nothing.
    expect(cells).not.toContain("Preemptions (kill)");
  });

  test("-m with names: those, in that order, also where one has no value", async () => {
    const { stdout } = await runSmall("-m", "kills,accuracyLoss,uxCost", "-f", "markdown");
    const rows = stdout.split("\n").filter((line) => /^\| (Preemptions \(kill\)|Accuracy loss|UXCost) \|/.test(line));
    expect(rows.map((row) => row.split(" | ").slice(0, 2))).toEqual([
      ["| Preemptions (kill)", "0"],
      ["| Accuracy loss", "-"],
      ["| UXCost", expect.any(String)],
    ]);
  });

  test("-m for several scenarios: a table each, then the overall score", async () => {
    const args = ["run", "ar-gaming", "vr-gaming", "--duration-ms", "100", "-m", "uxCost"];
    const { stdout } = await call(args, { cwd: repository });
    expect(firstCells(stdout).filter((cell) => cell === "UXCost")).toHaveLength(2);
    expect(stdout).toContain("Overall XRBench score: ");
  });

  test("an unknown metric is refused before anything runs", async () => {
    const { code, stdout, stderr } = await runSmall("-m", "uxCots");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('unknown metric "uxCots"; did you mean "uxCost"?');
  });
});

test("a jobs file can be replayed as a scenario's releases", async () => {
  const { cwd, stdout } = await runSmall("--jobs", "jobs.csv", "-f", "json");
  const replay = folderWith({
    ...small,
    "small.yaml": `name: small
durationMs: 4
replay: jobs.csv
tasks:
  - { id: camera, model: a.yaml, deadlineMs: 2 }
  - { id: detect, model: b.yaml, after: camera }
  - { id: audio, model: c.yaml, deadlineMs: 1 }
  - { id: touch, model: c.yaml, deadlineMs: 1 }
`,
    "jobs.csv": readFileSync(join(cwd, "jobs.csv")),
  });
  const again = await call(["run", "small.yaml", "-S", "soc.yaml", "-f", "json"], { cwd: replay });
  expect(JSON.parse(again.stdout).metrics).toEqual(JSON.parse(stdout).metrics);
});

test("a jobs file has the work of jobs that a trace scales, and replays it", async () => {
  const scenario = (release: string) => `name: small
durationMs: 4
${release}
tasks:
  - { id: touch, model: c.yaml, deadlineMs: 1 }
`;
  const cwd = folderWith({
    ...small,
    "first.yaml": scenario("replay: { file: rows.csv, columns: { scale: tokens } }"),
    "rows.csv": "task,releaseMs,tokens\ntouch,0,1\ntouch,2,2.5\n",
    "again.yaml": scenario("replay: jobs.csv"),
  });
  const run = async (...words: readonly string[]) => call(["run", ...words, "-S", "soc.yaml", "-f", "json"], { cwd });
  const { stdout } = await run("first.yaml", "--jobs", "jobs.csv", "--audit");
  const rows = readFileSync(join(cwd, "jobs.csv"), "utf8").trim().split("\n");
  expect(rows.map((row) => row.split(",").at(-1))).toEqual(["scale", "1", "2.5"]);
  const again = await run("again.yaml");
  expect(JSON.parse(again.stdout).metrics).toEqual(JSON.parse(stdout).metrics);
  const shown = await call(["show", "first.yaml"], { cwd });
  expect(shown.stdout).toContain("trace of 2 jobs, work x 1 to 2.5");
});

test("a closed loop runs with every built-in scheduler, and is shown as what it is", async () => {
  const cwd = folderWith({
    ...small,
    "loop.yaml": `name: loop
durationMs: 40
tasks:
  - { id: touch, model: c.yaml, deadlineMs: 1, arrival: { kind: closed, thinkMs: 0.5, clients: 3, think: exponential } }
  - { id: camera, model: a.yaml, after: touch }
`,
  });
  for (const { name } of schedulers) {
    const { code, stderr } = await call(["run", "loop.yaml", "-S", "soc.yaml", "-s", name, "--audit"], { cwd });
    expect({ name, code, stderr }).toMatchObject({ name, code: 0 });
  }
  const shown = await call(["show", "loop.yaml", "-S", "soc.yaml"], { cwd });
  expect(shown.stdout).toContain("closed, 3 clients, think 0.5 ms (mean)");
  expect(shown.stdout).toContain("Closed loops (touch): their jobs come as fast as the system ends those before");
  expect(shown.stdout).not.toContain("There is no work.");
  expect(shown.stdout).not.toContain("NaN");
  const { stdout } = await call(["show", "loop.yaml", "-S", "soc.yaml", "-f", "json"], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    tasks: [
      { id: "touch", release: "closed", jobsPerS: null },
      { id: "camera", jobsPerS: null },
    ],
    feasibility: { leastViolationRate: null, tasks: [{ jobs: null }, { jobs: null, isHopeless: true }] },
  });
});

test("result.json holds what the issue lists, every metric, and what repeats the run", async () => {
  const { stdout } = await runSmall("-f", "json", "-s", "fcfs", "-p", "lateDrop=false", "--seed", "7");
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    schemaVersion: 1,
    scenario: "small",
    system: "soc",
    scheduler: { name: "fcfs", params: { lateDrop: false } },
    seed: 7,
    durationMs: 4,
    warmupMs: 0,
  });
  const plain = presentMetrics(() => false).map(({ name }) => name);
  expect(Object.keys(result.metrics)).toEqual(plain);
  expect(result.tasks.map(({ id, model }: { id: string; model: string }) => [id, model])).toEqual([
    ["camera", "a"],
    ["detect", "b"],
    ["audio", "c"],
    ["touch", "c"],
  ]);
  expect(result.tasks[0]).toMatchObject({ released: 2, completed: 2, dropped: 0 });
  expect(result.accelerators).toMatchObject([{ id: "npu" }]);
  expect(result.inputs.map(({ role, path }: { role: string; path: string }) => `${role} ${path}`)).toEqual([
    "scenario small.yaml",
    "model a.yaml",
    "model b.yaml",
    "model c.yaml",
    "system soc.yaml",
    "data soc.csv",
  ]);
  expect(result.resultHash).toMatch(/^[0-9a-f]{64}$/);
});

test("a metric that has nothing to measure is null", async () => {
  const { stdout } = await runSmall("-f", "json");
  expect(JSON.parse(stdout).tasks[3].meanResponseMs).toBeNull();
});

test("JSON on stdout is only JSON, the rest is on stderr", async () => {
  const { stdout, stderr } = await runSmall("-f", "json");
  expect(() => JSON.parse(stdout)).not.toThrow();
  expect(stderr).toContain(`result ${JSON.parse(stdout).resultHash}`);
});

test("CSV has a row for the scenario, each task and each accelerator, with a column a metric", async () => {
  const { stdout } = await runSmall("-f", "csv");
  const rows = parse(stdout, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ scope, id }) => `${scope} ${id}`.trim())).toEqual([
    "scenario",
    "task camera",
    "task detect",
    "task audio",
    "task touch",
    "accelerator npu",
  ]);
  expect(rows[0]).toMatchObject({ scenario: "small", system: "soc", scheduler: "edf", seed: "1", released: "6" });
  const columns = metrics.filter(({ name }) => rows[0]![name] !== undefined);
  expect(columns).toEqual(presentMetrics(() => false));
});

test("several scenarios give a row each and the overall XRBench score", async () => {
  const { stdout } = await call(["run", "xrbench", "-f", "json"]);
  const { overall, results } = JSON.parse(stdout);
  expect(results).toHaveLength(7);
  const scores: number[] = results.map((result: { metrics: { xrbenchScore: number } }) => result.metrics.xrbenchScore);
  expect(overall.scenarios).toBe(7);
  expect(overall.xrbenchScore).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / 7, 12);
  const table = await call(["run", "xrbench"]);
  expect(table.stdout).toContain("Overall XRBench score");
});

describe("tables fit 80 columns", () => {
  const scenarios = readdirSync(join(repository, "workloads/scenarios")).map((file) => file.replace(".yaml", ""));
  const tooWide = (text: string) => text.split("\n").filter((line) => line.length > 80);

  test.each([...scenarios, "xrbench"])("%s", async (scenario) => {
    const { code, stdout, stderr } = await call(["run", scenario, "-S", "sfda-4-ws-8k", "-s", "xrbench-latency"]);
    expect(code).toBe(0);
    expect(tooWide(stdout)).toEqual([]);
    expect(tooWide(stderr)).toEqual([]);
  });

  test("with the longest names", async () => {
    const long = "n".repeat(60);
    const cwd = folderWith({
      ...small,
      "small.yaml": `name: ${long}\ndurationMs: 4\ntasks:\n  - { id: ${long}, model: a.yaml, fps: 500 }\n`,
    });
    for (const names of [["small"], ["small", "vr-gaming"]]) {
      const system = names.length === 1 ? "soc" : "measured-xr-soc";
      const { stdout } = await call(["run", ...names, "-S", system], { cwd });
      expect(tooWide(stdout)).toEqual([]);
    }
  });
});

describe("colour", () => {
  const ansi = "\u001b[";
  const stdoutOf = async (env: Record<string, string>, terminal: boolean, ...more: string[]) =>
    (await call(["run", "vr-gaming", ...more], { env, terminal })).stdout;

  test("stands on a terminal only", async () => {
    expect(await stdoutOf({}, true)).toContain(ansi);
    expect(await stdoutOf({}, false)).not.toContain(ansi);
  });

  test("is never there with NO_COLOR", async () => {
    expect(await stdoutOf({ NO_COLOR: "1" }, true)).not.toContain(ansi);
    expect(await stdoutOf({ NO_COLOR: "1", FORCE_COLOR: "1" }, true)).not.toContain(ansi);
  });

  test("is forced by FORCE_COLOR, and both give way to --color", async () => {
    expect(await stdoutOf({ FORCE_COLOR: "1" }, false)).toContain(ansi);
    expect(await stdoutOf({ NO_COLOR: "1" }, false, "--color", "always")).toContain(ansi);
    expect(await stdoutOf({ FORCE_COLOR: "1" }, true, "--color", "never")).not.toContain(ansi);
  });
});

describe("settings", () => {
  test("--print-config prints what --config accepts, with the same result", async () => {
    const { cwd, stdout: direct } = await runSmall("-f", "json", "-s", "llf", "--seed", "5", "--warmup-ms", "1");
    const printed = await call(
      ["run", "small", "-S", "soc", "-s", "llf", "--seed", "5", "--warmup-ms", "1", "--print-config"],
      { cwd },
    );
    expect(printed.stdout).toContain("seed: 5\ndurationMs: 4\nwarmupMs: 1\n");
    const elsewhere = folderWith({ "config.yaml": printed.stdout });
    const { stdout } = await call(["run", "--config", "config.yaml", "-f", "json"], { cwd: elsewhere });
    expect(JSON.parse(stdout).resultHash).toBe(JSON.parse(direct).resultHash);
    const again = await call(["run", "--config", "config.yaml", "--print-config"], { cwd: elsewhere });
    expect(again.stdout).toBe(printed.stdout);
  });

  test("--print-config prints JSON with --format json, and runs nothing", async () => {
    const { stdout, stderr } = await call(["run", "vr-gaming", "--print-config", "-f", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ scenarios: ["vr-gaming"], system: "hda-2-ws-os-4k", durationMs: 1000 });
    expect(stderr).toBe("");
  });

  test("an option wins over the file, and a new scheduler leaves the old one's parameters", async () => {
    const cwd = folderWith({
      "c.yaml": "scenarios: vr-gaming\nscheduler: edf\nparams: { granularity: model }\nseed: 3\n",
    });
    const { stdout } = await call(["run", "--config", "c.yaml", "-s", "llf", "--print-config", "-f", "json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ scheduler: "llf", params: { granularity: "layer" }, seed: 3 });
  });

  test("all problems of a configuration are told with their places", async () => {
    const cwd = folderWith({ "c.yaml": "scenarios: vr-gaming\nsede: 3\nseed: -1\naudit: maybe\n" });
    const { code, stderr } = await call(["run", "--config", "c.yaml"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('c.yaml:2:1: unknown key "sede" in the file; did you mean "seed"?');
    expect(stderr).toContain("c.yaml:3:7: seed must be 0 or more, got -1");
    expect(stderr).toContain("c.yaml:4:8: audit must be true or false");
  });

  test("unknown names in a configuration are told with their places", async () => {
    const lines = ["scenarios: [vr-gaming, vr-gamin]", "system: fda-1-ws-4", "scheduler: edff", "format: jsn"];
    const cwd = folderWith({ "c.yaml": lines.join("\n") });
    const { code, stderr } = await call(["run", "--config", "c.yaml"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('c.yaml:1:24: unknown scenario or suite "vr-gamin"; did you mean "vr-gaming"?');
    expect(stderr).toContain('c.yaml:2:9: unknown system "fda-1-ws-4"; did you mean "fda-1-ws-4k"?');
    expect(stderr).toContain('c.yaml:3:12: unknown scheduler "edff"; did you mean "edf"?');
    expect(stderr).toContain('c.yaml:4:9: unknown format "jsn"; did you mean "json"?');
  });
});

describe("output files", () => {
  test("--out writes result.json and jobs.csv, in a folder a scenario where there are several", async () => {
    const { cwd, stdout } = await runSmall("-o", "out", "-f", "json");
    expect(readFileSync(join(cwd, "out/result.json"), "utf8")).toBe(stdout);
    expect(readFileSync(join(cwd, "out/jobs.csv"), "utf8").split("\n")).toHaveLength(8);
    const several = folderWith({});
    await call(["run", "vr-gaming", "ar-gaming", "-o", "out"], { cwd: several });
    expect(readdirSync(join(several, "out")).sort()).toEqual(["ar-gaming", "vr-gaming"]);
    expect(readdirSync(join(several, "out/ar-gaming")).sort()).toEqual(["jobs.csv", "result.json"]);
  });

  test("a bad output path fails before the simulation, and leaves nothing behind", async () => {
    const { code, stdout, stderr, cwd } = await runSmall("--jobs", "missing/jobs.csv", "-o", "out");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("missing/jobs.csv: its folder does not exist");
    expect(readdirSync(cwd).filter((file) => file.endsWith(".part"))).toEqual([]);
    const file = await runSmall("-o", "soc.csv");
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining("a file of that name exists")]);
    const folder = await runSmall("--jobs", ".");
    expect([folder.code, folder.stderr]).toEqual([2, expect.stringContaining("it is a folder")]);
  });

  test("a failed run leaves an older file as it was", async () => {
    const cwd = folderWith({ ...small, "jobs.csv": "old\n", "lazy.mjs": policyFile("decide() {}") });
    const { code } = await call(["run", "small", "-S", "soc", "-s", "./lazy.mjs", "--jobs", "jobs.csv"], { cwd });
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, "jobs.csv"), "utf8")).toBe("old\n");
    expect(existsSync(join(cwd, "jobs.csv.part"))).toBe(false);
  });

  test("--jobs takes one scenario", async () => {
    const { code, stderr } = await call(["run", "vr-gaming", "ar-gaming", "--jobs", "jobs.csv"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--jobs takes one scenario")]);
  });
});

/** A scheduler file with this `decide`. */
const policyFile = (decide: string): string => `export default {
  name: "mine", summary: "mine", source: "test", parameters: [],
  create: () => ({ lateDrop: false, ${decide} }),
};
`;

describe("a user's own scheduler", () => {
  const runWith = (file: string) => {
    const cwd = folderWith({ ...small, "mine.mjs": file });
    return call(["run", "small", "-S", "soc", "-s", "./mine.mjs", "-f", "json"], { cwd });
  };

  test("runs from its file, which is among the inputs", async () => {
    const { code, stdout } = await runWith(
      policyFile("decide(view, decisions) { decisions.run(view.readyJobs.first, view.idleAccelerators[0]); }"),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ scheduler: { name: "mine" } });
    expect(JSON.parse(stdout).inputs.at(-1)).toMatchObject({ role: "scheduler", path: "mine.mjs" });
  });

  test("that lacks something is told what, with exit code 2", async () => {
    const { code, stderr } = await runWith('export default { name: "mine", parameters: [] };\n');
    expect(code).toBe(2);
    expect(stderr).toContain('mine.mjs: lacks "summary"');
    expect(stderr).toContain('mine.mjs: lacks "create"');
  });

  test.each([
    ["no default export", "export const mine = {};\n", 2, "has no default export"],
    ["a syntax error", "export default {;\n", 2, "cannot be loaded: "],
    ["no policy", policyFile("").replace("lateDrop: false,", ""), 1, "create() must return"],
    ["an async decide", policyFile("async decide() {}"), 1, "decide is async, but a run does not wait for it"],
    [
      "a misspelt call",
      policyFile("decide() {}, premept() {}"),
      1,
      'policy "mine": nothing calls premept(); did you mean preempt()?',
    ],
    [
      "a misspelt option",
      policyFile(
        "decide(view, decisions) { decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layer: 1 }); }",
      ),
      1,
      'decide threw TypeError: run() takes layers and units, not "layer"',
    ],
    [
      "an error in decide",
      policyFile('decide() { throw new Error("ouch"); }'),
      1,
      "decide threw Error: ouch (mine.mjs:",
    ],
    ["no progress", policyFile("decide() {}"), 1, 'policy "mine" at'],
  ])("with %s is named in the message", async (_, file, expectedCode, message) => {
    const { code, stderr } = await runWith(file);
    expect([code, stderr]).toEqual([expectedCode, expect.stringContaining(message)]);
    expect(stderr).not.toContain("internal error");
    expect(stderr).not.toContain("    at ");
  });
});

test("an audit of a sound run finds nothing", async () => {
  const { code, stderr } = await runSmall("--audit");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("audit:")]);
});

test("a warm-up leaves the jobs of its frames out", async () => {
  const { stdout } = await runSmall("-f", "json", "--warmup-ms", "1");
  expect(JSON.parse(stdout).metrics.released).toBe(2);
});

test("a scenario with phases tells its metrics by phase, in the table, CSV and JSON", async () => {
  const cwd = folderWith({
    ...small,
    "small.yaml": `${small["small.yaml"]}phases: [{ name: rush, startMs: 2, tasks: { camera: { fps: 1000 } } }]\n`,
  });
  const run = async (...more: string[]) => (await call(["run", "small", "-S", "soc", ...more], { cwd })).stdout;
  expect(await run()).toMatch(/phase +from ms +jobs[\s\S]*start +0[\s\S]*rush +2/);
  const { phases } = JSON.parse(await run("-f", "json"));
  expect(phases).toMatchObject([
    { name: "start", fromMs: 0, toMs: 2, metrics: { released: 4 } },
    { name: "rush", fromMs: 2, toMs: 4, metrics: { released: 4 } },
  ]);
  expect(await run("-f", "csv")).toMatch(/,phase,rush,[\s\S]*,phase-task,rush\/camera,/);
});

test("dynamic behaviour of a model that is measured as a whole is named, and nothing is run", async () => {
  const layers = "[{ name: c, type: conv, out: 4, kernel: 1, exit: 0.5 }, { name: d, type: conv, out: 4, kernel: 1 }]";
  const cwd = folderWith({ ...small, "a.yaml": `name: a\ninput: [4, 8, 8]\nlayers: ${layers}\n` });
  const { code, stdout, stderr } = await call(["run", "small", "-S", "soc"], { cwd });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('model "a" is measured as a whole');
});

test("the same run has the same bytes", async () => {
  const first = await runSmall("-f", "json");
  const second = await runSmall("-f", "json");
  expect(second.stdout).toBe(first.stdout);
});
