/** `rtmm import profile` and `rtmm import aihub`, from files to a run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anyCsv, ort, tfliteOld, trtProfile, trtTimes } from "../import/profiles.ts";
import { repository } from "../repository.ts";
import { referencePath, withCase, withReference } from "../shared.ts";
import { call, folderWith } from "./call.ts";

const files = {
  "kws.txt": tfliteOld,
  "npu/kws.csv": 'layer,latencyMs\n[MobilenetV1/Conv2d_0/Relu6]:0,0.1\n"[BiasAdd, 1]:1",0.2\n[Softmax]:2,0.3\n',
  "net.json": ort,
  "trt.json": trtProfile,
  "times.json": trtTimes,
  "any.csv": anyCsv,
  "net.yaml": `name: net
input: [3, 8, 8]
layers:
  - { name: conv1, type: conv, out: 4, kernel: 3 }
  - { name: relu1, type: elementwise }
`,
  "map.csv": "profile,layer\nconv1 + relu1,conv1\nfc,relu1\nReformatting CopyNode for Input Tensor 0 to conv1,\n",
};

const table = (cwd: string, folder = "out"): string => readFileSync(join(cwd, folder, `${folder}-system.csv`), "utf8");

describe("rtmm import profile", () => {
  test("makes a model, a system and a scenario that run at once", async () => {
    const cwd = folderWith(files);
    const imported = await call(["import", "profile", "kws.txt", "--fps", "100", "-o", "out"], { cwd });
    expect(imported).toMatchObject({ code: 0, stdout: "" });
    expect(imported.stderr).toContain("took 3 layers of kws: 1.591 ms on CPU, from kws.txt (50 runs)\n");
    expect(imported.stderr).toContain("next: rtmm run out/out.yaml -S out/out-system.yaml\n");
    expect(readdirSync(join(cwd, "out")).sort()).toEqual(["kws.yaml", "out-system.csv", "out-system.yaml", "out.yaml"]);
    const argv = ["run", "out/out.yaml", "-S", "out/out-system.yaml", "-f", "json"];
    const run = JSON.parse((await call(argv, { cwd })).stdout);
    expect(run.tasks[0]).toMatchObject({ id: "kws", released: 1000, meanResponseMs: 1.591 });
  });

  test("reports what docs/import.md shows", async () => {
    const page = readFileSync(join(repository, "docs/import.md"), "utf8");
    const block = (start: string) => page.slice(page.indexOf(start)).split(/^```.*\n/m)[1]!;
    const cwd = folderWith({ "kws.txt": block("<!-- file: kws.txt -->") });
    const { stderr } = await call(["import", "profile", "kws.txt", "--fps", "100", "-o", "phone"], { cwd });
    expect(stderr).toBe(block("It reports:"));
  });

  test("joins two accelerators in one system, however their files are given", async () => {
    const cwd = folderWith(files);
    const given = [
      ["-a", "cpu=kws.txt", "-a", "npu=npu/kws.csv", "-m", "kws"],
      ["kws.txt", "npu/kws.csv", "-a", "cpu=kws.txt", "-a", "npu=npu/kws.csv", "-m", "kws=kws.txt,npu/kws.csv"],
    ];
    for (const argv of given) {
      const { code } = await call(["import", "profile", ...argv, "-o", "out", "--force"], { cwd });
      expect(code).toBe(0);
      expect(table(cwd).split("\n")).toHaveLength(8);
      expect(table(cwd)).toContain('kws,npu,"[BiasAdd, 1]:1",0.2\n');
    }
  });

  test("gives the layers of a model that is there their costs, and runs it", async () => {
    const cwd = folderWith(files);
    const argv = ["import", "profile", "net.json", "--join", "net.yaml", "--fps", "30", "-o", "out"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, "out/out.yaml"), "utf8")).toContain("model: ../net.yaml, fps: 30");
    const shown = await call(["show", "out/out.yaml", "-S", "out/out-system.yaml"], { cwd });
    expect(shown).toMatchObject({ code: 0 });
  });

  test("joins by a map", async () => {
    const cwd = folderWith(files);
    const argv = ["import", "profile", "trt.json", "--join", "net.yaml", "--map", "map.csv", "-o", "out"];
    const { code, stderr } = await call(argv, { cwd });
    expect([code, stderr]).toEqual([0, expect.stringContaining("left out 1 x layer of the profile")]);
    expect(table(cwd)).toBe("model,accelerator,layer,latencyMs\nnet,gpu,conv1,0.025\nnet,gpu,relu1,0.015\n");
  });

  test("maps the columns of a CSV", async () => {
    const cwd = folderWith(files);
    const columns = "layer=Op name,latencyUs=Time (us),accelerator=Device";
    const argv = ["import", "profile", "any.csv", "--columns", columns, "-o", "out"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 0 });
    expect(table(cwd)).toContain('any,npu,"soft, max",0.025\n');
  });

  test.each<[string, string[], string]>([
    ["no file", ["-o", "out"], "name a profile to import"],
    ["several files without a folder", ["kws.txt"], "the import makes 3 files; name a folder for them with -o"],
    ["a broken map of columns", ["any.csv", "--columns", "layer", "-o", "out"], "--columns takes meaning=column"],
    ["an unknown way to join", ["net.json", "--join", "net.yaml", "--by", "luck", "-o", "o"], "--by is name or order"],
    ["a model without layers", ["net.json", "--join", "empty.yaml", "-o", "o"], "nothing can be joined to it"],
    ["a file that is not there", ["no.json", "-o", "o"], "there is no file no.json"],
    ["a model of an unknown rate", ["kws.txt", "--fps", "x=1", "-o", "o"], 'nothing is called "x"; known: kws'],
    [
      "a map that says a name twice",
      ["net.json", "--join", "net.yaml", "--map", "twice.csv", "-o", "o"],
      "twice.csv:3:1",
    ],
  ])("%s is refused", async (_, argv, message) => {
    const more = { "empty.yaml": "name: empty\nlayers: measured\n", "twice.csv": "profile,layer\na,conv1\na,relu1\n" };
    const cwd = folderWith({ ...files, ...more });
    const { code, stdout, stderr } = await call(["import", "profile", ...argv], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

withCase("3-tflite-profile", (folder) => {
  test.each([
    ["ort.json", 22.286],
    ["trt.json", 0.0305],
    ["prof2.csv", 1.591],
  ])("the published profile %s is a model of its layers", async (file, latencyMs) => {
    const cwd = folderWith({});
    const argv = ["import", "profile", join(folder, file), "-m", "net", "-a", "cpu", "--fps", "10", "-o", "out"];
    expect(await call(argv, { cwd })).toMatchObject({ code: 0 });
    const run = await call(["run", "out/out.yaml", "-S", "out/out-system.yaml", "-f", "json"], { cwd });
    expect(JSON.parse(run.stdout).tasks[0].meanResponseMs).toBeCloseTo(latencyMs, 6);
  });
});

withReference("files/aihub", () => {
  const file = (name: string) => referencePath("files/aihub", `${name}.perf.yaml`);
  const headset = ["mediapipe_hand", "midas", "yolov8_det", "eyegaze"].map(file);

  test("published latencies say whether a headset's networks fit, in two commands", async () => {
    const cwd = folderWith({});
    const choice = ["-d", "qcs8450", "-r", "tflite,qnn_dlc", "--fps", "30,mediapipe_hand=45", "-o", "headset"];
    expect(await call(["import", "aihub", ...headset, ...choice], { cwd })).toMatchObject({ code: 0 });
    const on = ["headset/headset.yaml", "-S", "headset/qcs8450-proxy.yaml", "-f", "json"];
    const run = JSON.parse((await call(["run", ...on], { cwd })).stdout);
    expect(run.tasks.map(({ violations }: { violations: number }) => violations)).toEqual([0, 0, 0, 0, 300]);
    const { feasibility } = JSON.parse((await call(["show", ...on], { cwd })).stdout);
    // 71.081 ms in a period of 33.3 ms: no policy helps the gaze.
    expect(feasibility).toMatchObject({ verdict: "impossible", leastViolations: 300 });
    const loads = feasibility.tasks.map(({ loads }: { loads: { npu: number | null } }) => loads.npu ?? 0);
    // 45 x (1.401 + 1.938) + 30 x (6.849 + 6.245) ms a second.
    expect(loads.reduce((sum: number, load: number) => sum + load, 0)).toBeCloseTo(0.543075, 9);
  });
});
