/** What a result warns of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unreleasedWarnings } from "../../src/run/unreleased.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { call, folderWith, small } from "../cli/call.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { withCase } from "../shared.ts";

async function warningsOf(scenario: string, ...more: string[]): Promise<readonly string[]> {
  const cwd = folderWith({ ...small, "small.yaml": scenario });
  const { stdout } = await call(["run", "small", "-S", "soc", "-f", "json", ...more], { cwd });
  return JSON.parse(stdout).warnings;
}

const once = (offsetMs: number) =>
  `name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, fps: 250, offsetMs: ${offsetMs} }\n`;

test("a run that releases nothing says so, and what would help", async () => {
  expect(await warningsOf(once(5))).toEqual([
    "camera releases nothing, because its offset is 5 ms, and this run ends at 4 ms; --duration-ms 6 has them",
    "no job was released in the 4 ms of this run, so there is nothing to measure; --duration-ms makes it longer",
  ]);
  expect(await warningsOf(once(1), "--warmup-ms", "3")).toEqual([
    expect.stringContaining("no job was released after the warm-up of 3 ms in the 4 ms of this run"),
  ]);
  expect(await warningsOf(once(1))).toEqual([expect.stringContaining("rest on 1 of the")]);
});

describe("releases that do not come", () => {
  const tasksOf = (...tasks: string[]) => `name: small
durationMs: 4
tasks:
${tasks.map((fields, i) => `  - { id: t${i}, model: { name: m${i}, layers: measured }, deadlineMs: none, ${fields} }`).join("\n")}
`;
  const unreleased = (...tasks: string[]) =>
    unreleasedWarnings(loadScenario("s.yaml", memoryFiles({ "s.yaml": tasksOf(...tasks) })));
  const trace = (...timesMs: number[]) => `arrival: { kind: trace, timesMs: [${timesMs.join(", ")}] }`;

  test("are counted: a release at the end is one of them, and 1 ns before is not", () => {
    expect(unreleased(trace(0, 3.999999, 4, 5.5, 2))).toEqual([
      "2 of the 5 releases given for t0 do not come, the last at 5.5 ms, and this run ends at 4 ms; --duration-ms 6 has them",
    ]);
    expect(unreleased(trace(0, 3.999999))).toEqual([]);
  });
  test("at a whole ms need one ms more", () => {
    expect(unreleased(trace(7))[0]).toContain("--duration-ms 8 has them");
  });
  test("may be drawn from a window that ends later, or belong to an offset", () => {
    expect(
      unreleased(
        "arrival: { kind: one-shot, count: 3, toMs: 9 }",
        "arrival: { kind: one-shot, count: 3, fromMs: 4, toMs: 6 }",
        "fps: 500, offsetMs: 4",
        "fps: 500, offsetMs: 3",
      ),
    ).toEqual([
      "not all of the 3 releases of t0 come, drawn from 0 to 9 ms, and this run ends at 4 ms; --duration-ms 9 has them",
      "none of the 3 releases of t1 come, drawn from 4 to 6 ms, and this run ends at 4 ms; --duration-ms 6 has them",
      "t2 releases nothing, because its offset is 4 ms, and this run ends at 4 ms; --duration-ms 5 has them",
    ]);
  });
  test("and tasks without a row of a replay are told", () => {
    const text =
      "name: s\ndurationMs: 4\nreplay: jobs.csv\ntasks:\n  - { id: a, model: { name: m, layers: measured }, deadlineMs: 1 }\n  - { id: b, model: { name: n, layers: measured }, deadlineMs: 1 }\n";
    const files = memoryFiles({ "s.yaml": text, "jobs.csv": "task,releaseMs\na,1\na,4\n" });
    expect(unreleasedWarnings(loadScenario("s.yaml", files))).toEqual([
      "1 of the 2 releases given for a do not come, the last at 4 ms, and this run ends at 4 ms; --duration-ms 5 has them",
      "b releases nothing, because no row gives it a release",
    ]);
  });
  test("are in the record of the run, and follow its own duration", async () => {
    const scenario = (times: string) =>
      `name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, deadlineMs: 9, arrival: { kind: trace, timesMs: [${times}] } }\n`;
    const told =
      "1 of the 3 releases given for camera do not come, the last at 6 ms, and this run ends at 4 ms; --duration-ms 7 has them";
    expect(await warningsOf(scenario("0, 1, 6"))).toContain(told);
    expect((await warningsOf(scenario("0, 1, 6"), "--duration-ms", "7")).join()).not.toContain("do not come");
  });
  test("are told by validate", async () => {
    const cwd = folderWith({ "s.yaml": tasksOf(trace(1, 8)) });
    const { code, stderr } = await call(["validate", "./s.yaml"], { cwd });
    expect([code, stderr]).toEqual([0, expect.stringContaining("1 of the 2 releases given for t0 do not come")]);
  });
});

test("parameters without effect are told where they are given, and only there", async () => {
  const told = async (...params: string[]) =>
    (await warningsOf(once(1), "-s", "dream", ...params.flatMap((param) => ["-p", param]))).filter((text) =>
      text.includes("has no effect"),
    );
  expect(await told("windowMs=50", "tuning=off")).toEqual([
    "windowMs of dream has no effect with tuning=off; it needs tuning=online",
  ]);
  expect(await told("windowMs=50", "tuning=online")).toEqual([]);
  expect(await told()).toEqual([]);
});

test("show counts the releases of a trace that do not come", async () => {
  const scenario =
    "name: small\ndurationMs: 4\ntasks:\n  - { id: camera, model: a.yaml, deadlineMs: 9, arrival: { kind: trace, timesMs: [0, 1, 6] } }\n";
  const { stdout } = await call(["show", "./small.yaml"], { cwd: folderWith({ ...small, "small.yaml": scenario }) });
  expect(stdout).toContain("trace of 3 jobs, 1 after the end");
});

describe("advice on the duration", () => {
  const rate = "  - { id: camera, model: a.yaml, fps: 250 }\n";
  const given = "  - { id: audio, model: a.yaml, deadlineMs: 9, arrival: { kind: trace, timesMs: [0, 1] } }\n";
  const adviceFor = async (tasks: string) =>
    (await warningsOf(`name: small\ndurationMs: 40\ntasks:\n${tasks}`)).find((text) => text.includes("rest on"))!;

  test("is given where a rate makes more jobs: 10 in 40 ms are 100 in 400", async () => {
    expect(await adviceFor(rate)).toMatch(/; --duration-ms 400 gives enough jobs$/);
  });
  test("is not given where a trace says how many come", async () => {
    expect(await adviceFor(given)).toMatch(
      /rest on 2 of the 100 jobs needed; a trace or a count, not the duration, says how many jobs come$/,
    );
  });
  test("counts on the rate alone where both are, and names the task that it cannot help", async () => {
    // The scenario needs 98 of the camera's jobs, the camera itself 100.
    expect(await adviceFor(rate + given)).toMatch(
      /; --duration-ms 400 gives enough jobs, except for audio: a trace or a count/,
    );
  });
  test("looks at the roots of a dependent task", async () => {
    const dependent = "  - { id: after, model: a.yaml, after: audio }\n";
    expect(await adviceFor(given + dependent)).not.toContain("--duration-ms");
  });
});

withCase("7-trace-replay", (folder) => {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const unreleasedIn = (name: string) =>
    unreleasedWarnings(
      loadScenario(
        `${name}.yaml`,
        memoryFiles({ [`${name}.yaml`]: text(`${name}.yaml`), [`${name}.csv`]: text(`${name}.csv`) }),
      ),
    );

  test("case 7-trace-replay: 2 of 5 rows, and 2 of 2, are at or after the end", () => {
    expect(unreleasedIn("part")).toEqual([expect.stringMatching(/^2 of the 5 .*; --duration-ms 60002 has them$/)]);
    expect(unreleasedIn("late")).toEqual([expect.stringMatching(/^2 of the 2 .*; --duration-ms 5161268 has them$/)]);
    expect(unreleasedIn("rel")).toEqual([]);
  });
});
