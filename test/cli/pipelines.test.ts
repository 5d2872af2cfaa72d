/** Scenarios with reads, queues and a display on the command line, beside one without: columns, records, summaries. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { metrics, presentMetrics } from "../../src/metrics/index.ts";
import { call, folderWith, small } from "./call.ts";

/**
 * On one accelerator: the camera at 0 takes 1 ms and the three at 2 ms 1.5 ms each, so that two of them wait; the view
 * at 1 ms reads the camera of 0 ms and takes 0.3 ms.
 */
const xr = `name: xr
durationMs: 4
tasks:
  - { id: camera, model: a.yaml, periodMs: 4 }
  - { id: view, model: c.yaml, arrival: { kind: trace, timesMs: [1] }, deadlineMs: none, reads: camera, display: true }
  - id: burst
    model: b.yaml
    arrival: { kind: trace, timesMs: [2, 2.1, 2.2] }
    deadlineMs: 9
    queue: { limit: 1, overflow: drop-oldest }
`;
const files = { ...small, "xr.yaml": xr };
const newNames = metrics.filter(({ onlyWith }) => onlyWith !== undefined).map(({ name }) => name);

const csvOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

test("result.json has ages by task that is read, and its hash holds", async () => {
  const cwd = folderWith(files);
  const { code, stderr } = await call(["run", "xr.yaml", "--system", "soc.yaml", "-o", "out", "--audit"], { cwd });
  expect([code, stderr]).toEqual([0, expect.stringContaining("result ")]);
  const result = JSON.parse(readFileSync(join(cwd, "out/result.json"), "utf8"));
  expect(result.metrics).toMatchObject({ motionToPhotonMs: 1.3, ageMeanMs: 1.3, unreadShare: 0, droppedByQueue: 1 });
  expect(result.tasks[1].reads).toEqual([
    { task: "camera", reads: 1, emptyReads: 0, ageMeanMs: 1.3, ageP50Ms: 1.3, ageP99Ms: 1.3, ageMaxMs: 1.3 },
  ]);
  expect(await call(["rerun", "out/result.json"], { cwd })).toMatchObject({ code: 0 });
});

test("the job log names what was read and why jobs were dropped", async () => {
  const cwd = folderWith(files);
  await call(["run", "xr.yaml", "--system", "soc.yaml", "--jobs", "jobs.csv"], { cwd });
  const rows = csvOf(readFileSync(join(cwd, "jobs.csv"), "utf8"));
  expect(rows.map(({ task, job, reads, dropReason }) => [`${task}#${job}`, reads, dropReason])).toEqual([
    ["camera#0", "", ""],
    ["view#0", "camera#0", ""],
    ["burst#1", "", "queue"],
    ["burst#0", "", ""],
    ["burst#2", "", ""],
  ]);
});

test("CSV has columns of reads, queues and displays only where a scenario has them", async () => {
  const cwd = folderWith(files);
  const headerOf = async (...scenarios: string[]) => {
    const { stdout } = await call(["run", ...scenarios, "--system", "soc.yaml", "-f", "csv"], { cwd });
    return stdout.split("\n")[0]!.split(",");
  };
  expect(newNames.filter((name) => name.startsWith("age"))).toHaveLength(4);
  expect((await headerOf("small.yaml")).filter((name) => newNames.includes(name))).toEqual([]);
  expect((await headerOf("xr.yaml")).filter((name) => newNames.includes(name))).toEqual(newNames);
});

test("a comparison in all metrics leaves out what no run has, and keeps what was asked for by name", async () => {
  const cwd = folderWith(files);
  const compared = async (scenario: string, asked: string) => {
    const argv = ["compare", scenario, "--system", "soc.yaml", "-s", "edf,fcfs", "-m", asked, "-f", "json"];
    const { stdout } = await call(argv, { cwd });
    return (JSON.parse(stdout).metrics as { name: string }[]).map(({ name }) => name);
  };
  const plain = presentMetrics(() => false).map(({ name }) => name);
  expect(await compared("small.yaml", "all")).toEqual(plain);
  expect(await compared("xr.yaml", "all")).toEqual(
    presentMetrics((name) => newNames.includes(name)).map(({ name }) => name),
  );
  expect(await compared("small.yaml", "ageMeanMs")).toEqual(["ageMeanMs"]);
});

test("a sweep's summary has columns of what its points have", async () => {
  const study = (scenarios: string) =>
    `name: study\nscenarios: [${scenarios}]\nsystems: [soc.yaml]\nschedulers: [edf]\nseeds: 1\n`;
  const cwd = folderWith({ ...files, "plain.yaml": study("small.yaml"), "both.yaml": study("small.yaml, xr.yaml") });
  const summaryOf = async (name: string) => {
    expect(await call(["sweep", `${name}.yaml`, "-o", name, "-j", "1"], { cwd })).toMatchObject({ code: 0 });
    return csvOf(readFileSync(join(cwd, name, "summary.csv"), "utf8"));
  };
  const [plain] = await summaryOf("plain");
  expect(Object.keys(plain!).filter((name) => newNames.includes(name))).toEqual([]);
  const both = await summaryOf("both");
  expect(both.map(({ scenario, ageMeanMs }) => [scenario, ageMeanMs])).toEqual([
    ["small", ""],
    ["xr", "1.3"],
  ]);
});

test("an experiment varies periods and queues as it varies rates", async () => {
  const set = "{ tasks.camera.periodMs: [4, 2], tasks.burst.queue.limit: [1, 2] }";
  const study = `name: study\nscenarios: [{ scenario: xr.yaml, set: ${set} }]\nsystems: [soc.yaml]\nschedulers: [edf]\nrateScale: [1, 2]\nseeds: 1\n`;
  const cwd = folderWith({ ...files, "study.yaml": study });
  expect(await call(["sweep", "study.yaml", "-j", "1"], { cwd })).toMatchObject({ code: 0 });
  const points = readFileSync(join(cwd, "study-sweep/points.jsonl"), "utf8").trimEnd().split("\n");
  const found = points.map((line) => {
    const { coordinates, tasks } = JSON.parse(line);
    return [...Object.values(coordinates).slice(1, 5), tasks[0].released, tasks[2].droppedByQueue].join(" ");
  });
  // Cameras in 4 ms, every 4 or 2 ms, at once or twice the rate. One at 2 ms keeps all three of the burst waiting.
  expect(found).toEqual([
    "4 1 soc 1 1 1",
    "4 1 soc 2 2 2",
    "4 2 soc 1 1 0",
    "4 2 soc 2 2 1",
    "2 1 soc 1 2 2",
    "2 1 soc 2 4 2",
    "2 2 soc 1 2 1",
    "2 2 soc 2 4 1",
  ]);
});

test("a requirement on a metric that the scenario does not have is not met, in words", async () => {
  const cwd = folderWith(files);
  const run = (scenario: string) =>
    call(["run", scenario, "--system", "soc.yaml", "--require", "motionToPhotonMs<=20"], { cwd });
  expect(await run("xr.yaml")).toMatchObject({ code: 0 });
  const { code, stderr } = await run("small.yaml");
  expect([code, stderr]).toEqual([expect.any(Number), expect.stringContaining("motionToPhotonMs")]);
  expect(code).not.toBe(0);
});

test("rtmm show says with which scenarios a metric is measured", async () => {
  const { stdout } = await call(["show", "motionToPhotonMs"], {});
  expect(stdout).toMatch(/only with +a task that is a display/);
});

test("feasibility says that figures of an overloaded scenario hold if queues drop nothing", async () => {
  const flood = "arrival: { kind: poisson, periodMs: 0.1 }, deadlineMs: none";
  const scenario = (queue: string) =>
    `name: flood\ndurationMs: 100\ntasks:\n  - { id: a, model: a.yaml, ${flood}${queue} }\n`;
  const cwd = folderWith({
    ...small,
    "plain.yaml": scenario(""),
    "queued.yaml": scenario(", queue: { limit: 1, overflow: refuse }"),
  });
  const textOf = async (name: string) => {
    const { stdout } = await call(["show", name, "--system", "soc.yaml"], { cwd });
    return stdout.replace(/\s+/g, " ");
  };
  expect(await textOf("plain.yaml")).toContain("No scheduler can keep up for long");
  const queued = await textOf("queued.yaml");
  expect(queued).toContain("No scheduler can run every job for long");
  expect(queued).toContain("x these rates if no job is dropped");
});

test("feasibility does not promise that a rate scale multiplies the work of a trace", async () => {
  // 1 ms of a for each 10 ms, and 5 x 10 ms of b in 100 ms on another accelerator, whatever the rate of a is.
  const cwd = folderWith({
    "apart.yaml": "name: apart\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: d }, { id: g }]\n",
    "t.csv": "model,accelerator,latencyMs,energyMj\na,d,1,1\nb,g,10,1\n",
    "mixed.yaml": `name: mixed
durationMs: 100
tasks:
  - { id: a, model: { name: a, layers: measured }, periodMs: 10 }
  - { id: b, model: { name: b, layers: measured }, deadlineMs: 100, arrival: { kind: trace, timesMs: [0, 10, 30, 50, 70] } }
`,
  });
  const shown = (await call(["show", "mixed.yaml", "--system", "apart.yaml"], { cwd })).stdout.replace(/\s+/g, " ");
  expect(shown).toContain("at least 50.00 % busy on average. The system carries at most 2.000 x this work.");
  const faster = [
    "run",
    "mixed.yaml",
    "--system",
    "apart.yaml",
    "--rate-scale",
    "8",
    "--require",
    "deadlineViolationRate<=0",
  ];
  expect((await call(faster, { cwd })).code).toBe(0);
});

test("feasibility tells work of no least time from no work", async () => {
  const cwd = folderWith({
    "varied.yaml":
      "name: varied\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: c }, { id: d }]\n",
    "t.csv": "model,accelerator,latencyMs,energyMj,cv\na,c,1,1,0.5\na,d,2,1,0.1\nb,c,0,0,\n",
    "a.yaml": "name: s\ndurationMs: 100\ntasks:\n  - { id: a, model: { name: a, layers: measured }, periodMs: 10 }\n",
    "b.yaml": "name: s\ndurationMs: 100\ntasks:\n  - { id: b, model: { name: b, layers: measured }, periodMs: 10 }\n",
  });
  const textOf = async (name: string) =>
    (await call(["show", name, "--system", "varied.yaml"], { cwd })).stdout.replace(/\s+/g, " ");
  const varied = await textOf("a.yaml");
  expect(varied).toContain("there is no bound on the load, because times vary and may be drawn as short as 0 ns");
  expect(varied).not.toContain("There is no work");
  expect(await textOf("b.yaml")).toContain("There is no work.");
});

test("a job log with scales, refused jobs, reads and drawn times replays to itself", async () => {
  const scenario = (replay: string) => `name: served
durationMs: 20
${replay}
tasks:
  - { id: request, model: a.yaml, deadlineMs: 9, queue: { limit: 1, overflow: refuse } }
  - { id: view, model: c.yaml, deadlineMs: 9, reads: request }
`;
  const rows = "task,releaseMs,tokens\nrequest,0,4\nrequest,1,2\nrequest,1.5,3\nview,7,\nrequest,12,0.5\nview,15,1\n";
  const cwd = folderWith({
    ...small,
    "varied.yaml": `${small["soc.yaml"]}executionVariation: { kind: uniform, plusMinus: 0.2 }\n`,
    "rows.csv": rows,
    "first.yaml": scenario("replay: { file: rows.csv, columns: { scale: tokens } }"),
    "again.yaml": scenario("replay: jobs.csv"),
  });
  const run = (name: string, jobs: string) =>
    call(["run", name, "--system", "varied.yaml", "--jobs", jobs, "--audit"], { cwd });
  const first = await run("first.yaml", "jobs.csv");
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining("jobs.csv")]);
  const log = readFileSync(join(cwd, "jobs.csv"), "utf8");
  const sorted = csvOf(log).sort((a, b) => Number(a.releaseMs) - Number(b.releaseMs));
  expect(sorted.map(({ task, dropReason, reads, scale }) => [task, dropReason, reads, scale])).toEqual([
    ["request", "", "", "4"],
    ["request", "", "", "2"],
    ["request", "refused", "", "3"],
    ["view", "", "request#1", "1"],
    ["request", "", "", "0.5"],
    ["view", "", "request#3", "1"],
  ]);
  await run("again.yaml", "second.csv");
  expect(readFileSync(join(cwd, "second.csv"), "utf8")).toBe(log);
});
