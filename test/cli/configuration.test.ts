/** Configuration files: what they may hold, and what wins over them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, small } from "./call.ts";
import { inSmall, runSmall } from "./in-small.ts";

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
    const { cwd, stdout: printed } = await runSmall(...settings, "--print-config", "-f", format);
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
