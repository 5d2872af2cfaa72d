/** `--require`, `--set` and `--rate-scale`: thresholds, and runs with other values than their files have. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { call, folderWith, small } from "./call.ts";

const inSmall = (argv: readonly string[], files: Readonly<Record<string, string>> = small) => {
  const cwd = folderWith(files);
  return call(argv, { cwd }).then((called) => ({ ...called, cwd }));
};
const run = (...more: string[]) => inSmall(["run", "small", "-S", "soc", ...more]);
const compare = (...more: string[]) =>
  inSmall(["compare", "small", "-S", "soc", "-s", "edf,fcfs:lateDrop=false", "--seeds", "2", ...more]);

/** Of `small`, worked by hand in run.test.ts: 3 of 6 jobs in time, camera's responses 1.3 and 1.8 ms. */
const met = ["--require", "slaSatisfaction>=50%,tasks.camera.maxMs<=1.8", "--require", "accelerators.npu.energyMj<6"];

describe("run --require", () => {
  test("ends with 0 where all are met, and says so on stderr", async () => {
    const { code, stderr } = await run(...met);
    expect(stderr).toContain("slaSatisfaction>=50%: met, 50.00 % (small on soc, edf, seed 1)\n");
    expect(stderr).toContain("tasks.camera.maxMs<=1.8: met, 1.800 ms (small on soc, edf, seed 1)\n");
    expect(stderr).toContain("accelerators.npu.energyMj<6: met, 5.100 mJ (small on soc, edf, seed 1)\n");
    expect(code).toBe(0);
  });

  test("ends with 3 where one is not, after the same output", async () => {
    const plain = await run("-f", "json");
    const { code, stdout, stderr } = await run(...met, "--require", "tasks.camera.maxMs<1.8", "-f", "json");
    expect(code).toBe(3);
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toContain("tasks.camera.maxMs<1.8: not met, 1.800 ms (small on soc, edf, seed 1)\n");
  });

  test("takes nothing to measure as not met", async () => {
    const { code, stderr } = await run("--require", "tasks.touch.maxMs<=1000");
    expect(code).toBe(3);
    expect(stderr).toContain("tasks.touch.maxMs<=1000: not met, nothing to measure (");
  });

  test("of a task is about the scenarios that have it", async () => {
    const other = small["small.yaml"].replace("name: small", "name: other").replaceAll("camera", "lens");
    const files = { ...small, "other.yaml": other };
    const argv = ["run", "small.yaml", "other.yaml", "-S", "soc", "--require"];
    const { code, stderr } = await inSmall([...argv, "tasks.camera.maxMs<=1.8,slaSatisfaction>0.5"], files);
    expect(stderr).toContain("tasks.camera.maxMs<=1.8: met, 1.800 ms (small on soc, edf, seed 1)");
    expect(stderr.replace(/\n +/g, " ")).toContain(
      "slaSatisfaction>0.5: not met in 2 of 2 runs, worst 50.00 % (other on soc, edf, seed 1)",
    );
    expect(code).toBe(3);
  });

  test.each([
    ["slaSatisfacton>=0.5", 'did you mean "slaSatisfaction"?'],
    ["tasks.camra.p99Ms<=2", 'task "camra", which no run has; did you mean "camera"?'],
    ["accelerators.gpu.utilisation<=0.2", 'accelerator "gpu", which no run has; did you mean "npu"?'],
    ["p99Ms", "in quotes because the shell uses < and >"],
  ])("refuses %s before anything is run", async (text, message) => {
    const { code, stdout, stderr } = await run("--require", text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("tells all of several mistakes", async () => {
    const { stderr } = await run("--require", "p98Ms<1", "--require", "p99Ms<x");
    expect(stderr).toContain('"p98Ms"');
    expect(stderr).toContain('"x"');
  });

  test("a run that fails wins over a requirement that is not met", async () => {
    const files = {
      ...small,
      "other.yaml": small["small.yaml"].replace("name: small", "name: other"),
      "late.mjs": `let runs = 0;
export default {
  name: "late", summary: "", source: "", parameters: [],
  create: () => {
    if (++runs > 1) throw new Error("tired");
    return { lateDrop: true, decide: (v, d) => d.run(v.readyJobs.first, v.idleAccelerators[0]) };
  },
};
`,
    };
    const argv = ["run", "small", "other.yaml", "-S", "soc", "-s", "./late.mjs"];
    const { code, stderr } = await inSmall([...argv, "--require", "slaSatisfaction>=1"], files);
    expect(stderr).toContain("slaSatisfaction>=1: not met");
    expect(stderr).toContain("tired");
    expect(code).toBe(1);
  });
});

describe("compare --require", () => {
  test("is about every scheduler and seed", async () => {
    const { code, stderr } = await compare("--require", "slaSatisfaction>=0.5", "--require", "dropped<=0");
    expect(code).toBe(3);
    expect(stderr.replace(/\n +/g, " ")).toContain("slaSatisfaction>=0.5: not met in 2 of 4 runs, worst");
    expect(stderr.replace(/\n +/g, " ")).toContain(
      "dropped<=0: not met in 2 of 4 runs, worst 1 (small on soc, edf, seed 1)",
    );
  });

  test("ends with 0 where all meet it, and with 2 where it cannot be judged", async () => {
    expect((await compare("--require", "slaSatisfaction>=0.1")).code).toBe(0);
    expect((await compare("--require", "tasks.x.slaSatisfaction>=0.1")).code).toBe(2);
  });
});

describe("a run with other values", () => {
  const faster = ["--set", "scenario.tasks.camera.fps=250", "--set", "system.name=chip", "--rate-scale", "audio=2"];
  const variation = {
    system: { name: "chip" },
    scenario: { "tasks.camera.fps": 250 },
    rateScale: { audio: 2 },
  };
  const resultOf = async (...more: string[]) => JSON.parse((await run(...more, "-f", "json")).stdout);

  test("is that of files which have them", async () => {
    const files = {
      ...small,
      "small.yaml": small["small.yaml"].replace("camera, model: a.yaml, fps: 500", "camera, model: a.yaml, fps: 250"),
    };
    const edited = JSON.parse((await inSmall(["run", "small", "-S", "soc", "-f", "json"], files)).stdout);
    const varied = await resultOf("--set", "scenario.tasks.camera.fps=250");
    expect(varied.metrics).toEqual(edited.metrics);
    expect(varied.metrics).not.toEqual((await resultOf()).metrics);
    expect(varied.resultHash).not.toBe(edited.resultHash);
  });

  test("says so in its result; a factor of 1 and no setting are no variation", async () => {
    expect((await resultOf(...faster)).variation).toEqual(variation);
    const plain = await resultOf();
    expect(plain).not.toHaveProperty("variation");
    expect(await resultOf("--rate-scale", "1")).toEqual(plain);
  });

  test("takes the rates of tasks one by one as well", async () => {
    const together = await resultOf("--rate-scale", "camera=2,audio=3");
    expect(await resultOf("--rate-scale", "camera=2", "--rate-scale", "audio=3")).toEqual(together);
  });

  test("says so in titles", async () => {
    const title = "small × audio=2 rates with tasks.camera.fps=250 on chip with name=chip: edf, seed 1, 4 ms";
    expect((await run(...faster)).stdout.replace("\n", " ")).toContain(title);
    expect((await run(...faster, "-f", "markdown")).stdout).toContain(`### ${title}\n`);
    const two = await inSmall(["run", "small", "small.yaml", "-S", "soc", "--rate-scale", "1.5"]);
    expect(two.stdout).toContain("small × 1.5 rates on soc");
    const compared = await compare("--rate-scale", "1.5", "--set", "system.name=chip");
    expect(compared.stdout).toContain("small × 1.5 rates on chip with name=chip: 2 schedulers, seeds 1 to 2");
  });

  test("says so in a column of CSV, which is there only then", async () => {
    const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
    const cell = "rateScale=audio=2 scenario.tasks.camera.fps=250 system.name=chip";
    expect(rowsOf((await run(...faster, "-f", "csv")).stdout).map(({ variation: each }) => each)).toEqual(
      Array(6).fill(cell),
    );
    expect(rowsOf((await compare(...faster, "-f", "csv")).stdout)[0]).toMatchObject({ variation: cell });
    expect(rowsOf((await run("-f", "csv")).stdout)[0]).not.toHaveProperty("variation");
    expect(rowsOf((await compare("-f", "csv")).stdout)[0]).not.toHaveProperty("variation");
  });

  test("is repeated by rerun, with the same result", async () => {
    const { cwd } = await run(...faster, "--out", "out");
    const { code, stdout } = await call(["rerun", "out/result.json"], { cwd });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("same result") });
  });

  test("gives the same hash everywhere", async () => {
    const plain = await inSmall(["verify", "small", "-S", "soc", "--repeat", "1", "--jobs", "1", ...faster]);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toContain((await resultOf(...faster)).resultHash.slice(0, 32));
  });

  test("is tuned as it is, and the file of parameters says how to run it", async () => {
    const argv = ["tune", "small", "-S", "soc", "-s", "dream", "--steps", "1", "-o", "t.yaml", ...faster];
    const { code, stdout, cwd } = await inSmall(argv);
    expect(code).toBe(0);
    expect(stdout.replace("\n", " ")).toContain("small × audio=2 rates with tasks.camera.fps=250 on chip");
    expect(readFileSync(join(cwd, "t.yaml"), "utf8")).toContain(
      "--rate-scale audio=2 --set 'scenario.tasks.camera.fps=250' --set 'system.name=chip'",
    );
  });

  test.each([
    [["--set", "system.accelerators[3].id=x"], 'soc.yaml:5:1: cannot set "accelerators[3].id"'],
    [["--set", "system.accelerators[0].pez=1"], 'soc.yaml:6:5: unknown key "pez"'],
    [["--set", "scenario.tasks.camera.fps=fast"], '(with tasks.camera.fps="fast")'],
    [["--set", "scenario.tasks.camra.fps=1"], 'did you mean "camera"?'],
    [["--set", "tasks.camera.fps=1"], "write a place like system.accelerators[0].pes"],
    [["--set", "system=1"], 'got "system"'],
    [["--set", "system.accelerators[0"], "write a setting as place=value"],
    [["--set", "system.accelerators[0=1"], 'got "system.accelerators[0"'],
    [["--set", "system.title="], "system.title needs a value; use null to remove the field"],
    [["--set", "system.title=[a"], "not valid YAML"],
    [["--rate-scale", "0"], 'got "0"'],
    [["--rate-scale", "fast"], 'got "fast"'],
    [["--rate-scale", "camera=-1"], 'got "camera=-1"'],
    [["--rate-scale", "camera=2,1.5"], 'got "camera=2,1.5"'],
    [["--rate-scale", "2", "--rate-scale", "1.5"], 'got "2,1.5"'],
    [["--rate-scale", "camera=2", "--rate-scale", "camera=3"], 'the rate scale of task "camera" is given twice'],
    [["--rate-scale", "detect=2"], 'task "detect" has no rate of its own'],
    [["--rate-scale", "cam=2"], 'there is no task "cam" to scale'],
  ])("%j is refused, with exit code 2", async (options, message) => {
    const { code, stdout, stderr } = await run(...options);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("configuration files", () => {
  const headline = [
    "UXCost",
    "UXCost (guarded)",
    "SLA satisfaction",
    "Energy",
    "p99 response",
    "XRBench score",
    "Utilisation",
  ];
  /** The first column of the Markdown table of metrics. */
  const shownMetrics = (markdown: string): readonly string[] => {
    const [, , ...rows] = markdown.slice(markdown.indexOf("| metric |")).split("\n\n")[0]!.trim().split("\n");
    return rows.map((row) => row.split("|")[1]!.trim());
  };

  const settings = [
    "--require",
    "slaSatisfaction>=0.5",
    "--set",
    "scenario.tasks[0].fps=250",
    "--set",
    "scenario.title=a.b, 'c' [d]",
    "--rate-scale",
    "audio=2",
    "--metric",
    "uxCost,energyMj",
  ];

  test.each(["table", "json"])("take back what --print-config -f %s prints", async (format) => {
    const { cwd, stdout: printed } = await run(...settings, "--print-config", "-f", format);
    writeFileSync(join(cwd, "config.yaml"), printed);
    const again = await call(["run", "--config", "config.yaml", "--print-config"], { cwd });
    expect(again.stdout).toBe(printed);
    const varied = await call(["run", "--config", "config.yaml", "-f", "json"], { cwd });
    expect(JSON.parse(varied.stdout).variation).toEqual({
      scenario: { "tasks[0].fps": 250, title: "a.b, 'c' [d]" },
      rateScale: { audio: 2 },
    });
    expect(varied.stderr).toContain("slaSatisfaction>=0.5: ");
  });

  test.each([
    ["metrics: uxCost", [], ["UXCost"]],
    ["metrics: [energyMj, uxCost]", [], ["Energy", "UXCost"]],
    ["metrics: [energyMj, uxCost]", ["-m", "maxMs"], ["Maximum response"]],
    ["metrics: null", [], headline],
    ["seed: 1", [], headline],
  ])("with `%s` and the options %j show these metrics", async (line, options, shown) => {
    const files = { ...small, "config.yaml": `scenarios: small\nsystem: soc\n${line}\n` };
    const { stdout } = await inSmall(["run", "--config", "config.yaml", "-f", "markdown", ...options], files);
    expect(shownMetrics(stdout)).toEqual(shown);
  });

  test("with `metrics: all` show what -m all shows", async () => {
    const files = { ...small, "config.yaml": "scenarios: small\nsystem: soc\nmetrics: all\n" };
    const { stdout } = await inSmall(["run", "--config", "config.yaml"], files);
    const { stdout: byOption } = await inSmall(["run", "--config", "config.yaml", "-m", "all"], files);
    expect(stdout).toBe(byOption);
    expect(stdout).toContain("Maximum response");
  });

  test("keep their requirements beside those of the command line, and lose settings place by place", async () => {
    const config = `scenarios: small
system: soc
require: tasks.camera.maxMs<=1
set: { scenario.tasks.camera.fps: 250, system.title: x }
rateScale: 2
`;
    const options = ["--require", "slaSatisfaction>=0", "--set", "scenario.tasks.camera.fps=125", "--rate-scale", "1"];
    const argv = ["run", "--config", "config.yaml", "-f", "json", ...options];
    const { code, stdout, stderr } = await inSmall(argv, { ...small, "config.yaml": config });
    expect(JSON.parse(stdout).variation).toEqual({
      scenario: { "tasks.camera.fps": 125 },
      system: { title: "x" },
    });
    expect(stderr).toContain("slaSatisfaction>=0: met");
    expect(stderr).toContain("tasks.camera.maxMs<=1: ");
    expect(code).toBe(3);
  });

  test.each([
    ["require: [p99Ms<=1, p98Ms<=1]", 'config.yaml:2:21: unknown metric "p98Ms"'],
    ["metrics: [uxCost, uxCots]", 'config.yaml:2:19: unknown metric "uxCots"; did you mean "uxCost"?'],
    ["metrics: latencies", 'config.yaml:2:10: unknown metric "latencies"; `rtmm list metrics` shows them all'],
    ["metrics: [all, 5]", "config.yaml:2:16: metrics[1] must be text, got 5"],
    ["metrics: []", "config.yaml:2:10: metrics needs at least 1 entry"],
    ["require: 5", "config.yaml:2:10: require must be text or a list, got 5"],
    ["set: { systm.a: 1 }", "config.yaml:2:8: write a place like"],
    ["set: 5", "config.yaml:2:6: set must be a mapping"],
    ["rateScale: 0", "config.yaml:2:12: rateScale must be greater than 0, got 0"],
    ["rateScale: { ht: x }", 'config.yaml:2:18: ht must be a number, got "x"'],
    ["require: p99Ms<=1, p95Ms<=1", "config.yaml:2:10: a requirement is"],
  ])("with `%s` are refused at its place", async (line, message) => {
    const files = { ...small, "config.yaml": `scenarios: small\n${line}\n` };
    const { code, stderr } = await inSmall(["run", "--config", "config.yaml", "-S", "soc"], files);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
