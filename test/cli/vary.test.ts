/** Runs with other values than their files have: `--set` and `--rate-scale`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { call, small } from "./call.ts";
import { compareSmall, inSmall, runSmall } from "./in-small.ts";

describe("a run with other values", () => {
  const faster = ["--set", "scenario.tasks.camera.fps=250", "--set", "system.name=chip", "--rate-scale", "audio=2"];
  const variation = {
    system: { name: "chip" },
    scenario: { "tasks.camera.fps": 250 },
    rateScale: { audio: 2 },
  };
  const resultOf = async (...more: string[]) => JSON.parse((await runSmall(...more, "-f", "json")).stdout);

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
    expect((await runSmall(...faster)).stdout.replace("\n", " ")).toContain(title);
    expect((await runSmall(...faster, "-f", "markdown")).stdout).toContain(`### ${title}\n`);
    const two = await inSmall(["run", "small", "small.yaml", "-S", "soc", "--rate-scale", "1.5"]);
    expect(two.stdout).toContain("small × 1.5 rates on soc");
    const compared = await compareSmall("--rate-scale", "1.5", "--set", "system.name=chip");
    expect(compared.stdout).toContain("small × 1.5 rates on chip with name=chip: 2 schedulers, seeds 1 to 2");
  });

  test("says so in a column of CSV, which is there only then", async () => {
    const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
    const cell = "rateScale=audio=2 scenario.tasks.camera.fps=250 system.name=chip";
    expect(rowsOf((await runSmall(...faster, "-f", "csv")).stdout).map(({ variation: each }) => each)).toEqual(
      Array(6).fill(cell),
    );
    expect(rowsOf((await compareSmall(...faster, "-f", "csv")).stdout)[0]).toMatchObject({ variation: cell });
    expect(rowsOf((await runSmall("-f", "csv")).stdout)[0]).not.toHaveProperty("variation");
    expect(rowsOf((await compareSmall("-f", "csv")).stdout)[0]).not.toHaveProperty("variation");
  });

  test("is repeated by rerun, with the same result", async () => {
    const { cwd } = await runSmall(...faster, "--out", "out");
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
    const { code, stdout, stderr } = await runSmall(...options);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
