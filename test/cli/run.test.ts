/** `rtmm run` as a function of its arguments and streams. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { metrics, presentMetrics } from "../../src/metrics/index.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { call, folderWith, small } from "./call.ts";
import { runSmall } from "./in-small.ts";

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
