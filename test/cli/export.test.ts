/** `rtmm export` as a function of arguments and streams. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith } from "./call.ts";

const files = {
  "plain.yaml": "name: plain\nlayers:\n  - { name: a, type: conv, K: 4, C: 3, Y: 8, X: 8, R: 3, S: 3 }\n",
  "padded.yaml": "name: padded\nlayers:\n  - { name: a, type: conv, input: [3, 8, 8], out: 4, kernel: 3 }\n",
  "measured.yaml": "name: measured\nlayers: measured\n",
  "two.yaml":
    "name: two\ndurationMs: 10\ntasks:\n  - { id: a, model: plain, fps: 100 }\n  - { id: b, model: padded, fps: 100 }\n",
};

describe("rtmm export", () => {
  test("prints a model as a topology", async () => {
    const { code, stdout, stderr } = await call(["export", "scalesim", "plain.yaml"], { cwd: folderWith(files) });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("\na,8,8,3,3,3,4,1,\n");
  });

  test("writes a model that comes back the same", async () => {
    const cwd = folderWith(files);
    const { code, stderr } = await call(["export", "maestro", "plain.yaml", "-o", "plain.m"], { cwd });
    expect([code, stderr]).toEqual([0, "wrote plain.m\n"]);
    expect(await call(["import", "maestro", "plain.m", "-o", "back"], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "back/plain.yaml"), "utf8")).toContain(
      "{ name: a, type: conv, K: 4, C: 3, Y: 8, X: 8, R: 3, S: 3 }",
    );
  });

  test("refuses what the format cannot hold, and writes it with --lossy", async () => {
    const cwd = folderWith(files);
    const refused = await call(["export", "scalesim", "padded.yaml", "-o", "x.csv"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("--lossy writes it all the same:\n- padding becomes part of the input (a)");
    const lossy = await call(["export", "scalesim", "padded.yaml", "--lossy"], { cwd });
    expect(lossy).toMatchObject({ code: 0, stderr: "lost: padding becomes part of the input (a)\n" });
    expect(lossy.stdout).toContain("\na,10,10,3,3,3,4,1,\n");
  });

  test("writes costs of a scenario's models that a table system takes", async () => {
    const system = "name: t\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [{ id: ws }, { id: os }]\n";
    const cwd = folderWith({ ...files, "t.yaml": system });
    const argv = ["export", "costs", "two.yaml", "-S", "hda-2-ws-os-4k", "-o", "t.csv"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 0 });
    const runOn = async (name: string) =>
      JSON.parse((await call(["cost", "two.yaml", "-S", name, "-f", "json"], { cwd })).stdout);
    const latencies = ({ layers }: { layers: { latencyNs: number; energyPj: number }[] }) =>
      layers.map(({ latencyNs, energyPj }) => [latencyNs, energyPj]);
    expect(latencies(await runOn("t.yaml"))).toEqual(latencies(await runOn("hda-2-ws-os-4k")));
  });

  test.each<[string, string[], string]>([
    ["an unknown format", ["onnx", "plain.yaml"], 'cannot export "onnx"'],
    ["a scenario as a topology", ["scalesim", "two.yaml"], "name one of the models: plain, padded"],
    ["a measured model", ["maestro", "measured.yaml"], "measured, so it has no layers to export"],
    ["an unknown model", ["maestro", "nothing"], 'unknown name "nothing"'],
    ["a folder that is not there", ["maestro", "plain.yaml", "-o", "no/where/x.m"], "no/where"],
  ])("%s is refused", async (_, argv, message) => {
    const { code, stdout, stderr } = await call(["export", ...argv], { cwd: folderWith(files) });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
