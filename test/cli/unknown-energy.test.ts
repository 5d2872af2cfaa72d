/** A system whose latencies come from profilers, which give no energy: what needs one is absent, and told in words. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith } from "./call.ts";

/** 40 % of the NPU, 30 % of the CPU; the energies of the NPU are known in `mixed`, none in `phone`. */
const files = {
  "scene.yaml": `name: scene
durationMs: 100
tasks:
  - { id: hand, model: { name: Hand, layers: measured }, fps: 100 }
  - { id: gaze, model: { name: EyeGaze, layers: measured }, fps: 50 }
`,
  "phone.yaml": `name: phone
costs: table
table: phone.csv
contextSwitch: off
accelerators:
  - { id: npu, title: "XR2 Gen 2 (Proxy)", idlePowerMw: 10 }
  - { id: cpu }
`,
  "phone.csv": "model,accelerator,latencyMs\nHand,XR2 Gen 2 (Proxy),4\nEyeGaze,cpu,6\n",
  "mixed.yaml": `name: mixed
costs: table
table: mixed.csv
contextSwitch: off
accelerators:
  - { id: npu, idlePowerMw: 10 }
  - { id: cpu }
`,
  "mixed.csv": "model,accelerator,latencyMs,energyMj\nHand,npu,4,2\nEyeGaze,cpu,6,\n",
  "study.yaml": `name: study
scenarios: [./scene.yaml]
systems: [./phone.yaml]
schedulers: [edf, fcfs]
`,
};

const run = (...argv: string[]) => call(["run", "scene.yaml", "-s", "edf", ...argv], { cwd: folderWith(files) });
/** Of wrapped lines. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ");

const npuAndCpu =
  "the costs of accelerator npu have no energy for Hand, and those of accelerator cpu have no energy for EyeGaze";

describe("a run", () => {
  test("has no energy, EDP, power or score with energy, and JSON says null", async () => {
    const { stdout } = await run("-S", "phone.yaml", "-f", "json");
    expect(stdout).not.toContain("NaN");
    const { metrics, tasks, accelerators, unknownEnergy, warnings } = JSON.parse(stdout);
    const absent = ["energyMj", "edpMjMs", "meanPowerMw", "peakPowerMw", "uxCost", "uxCostGuarded"];
    const absentScores = ["xrbenchScore", "xrbenchArtifactScore", "xrbenchEnergy"];
    for (const name of [...absent, ...absentScores]) expect([name, metrics[name]]).toEqual([name, null]);
    // 60 of 100 ms at 10 mW.
    expect(metrics).toMatchObject({ idleEnergyMj: 0.6, xrbenchAccuracy: 1, xrbenchQoe: 1, utilisation: 0.35 });
    expect(metrics.xrbenchRealTime).toBeCloseTo(1, 12);
    expect(tasks.map((task: { energyMj: unknown }) => task.energyMj)).toEqual([null, null]);
    expect(accelerators.map((each: { energyMj: unknown }) => each.energyMj)).toEqual([null, null]);
    expect(unknownEnergy).toEqual([
      { accelerator: "npu", models: ["Hand"] },
      { accelerator: "cpu", models: ["EyeGaze"] },
    ]);
    expect(warnings[0]).toContain(npuAndCpu);
  });

  test("of a mixed system knows the energy of each accelerator that has one, and no sum", async () => {
    const { metrics, tasks, accelerators } = JSON.parse((await run("-S", "mixed.yaml", "-f", "json")).stdout);
    expect(accelerators.map((each: { energyMj: unknown }) => each.energyMj)).toEqual([20, null]);
    expect(tasks.map((task: { energyMj: unknown }) => task.energyMj)).toEqual([20, null]);
    expect(metrics).toMatchObject({ energyMj: null, edpMjMs: null, meanPowerMw: null, xrbenchScore: null });
  });

  test("knows all energies of what ran, if what has none never ran", async () => {
    const cwd = folderWith({
      ...files,
      "scene.yaml": files["scene.yaml"].replace("fps: 50", "fps: 50, offsetMs: 500"),
    });
    const { stdout } = await call(["run", "scene.yaml", "-s", "edf", "-S", "mixed.yaml", "-f", "json"], { cwd });
    expect(JSON.parse(stdout).metrics).toMatchObject({ energyMj: 20, edpMjMs: (20 + 0.6) * 4 });
  });

  test("shows - in tables, and leaves cells of CSV and of jobs empty", async () => {
    const cwd = folderWith(files);
    const table = await call(["run", "scene.yaml", "-S", "mixed.yaml", "-s", "edf", "--jobs", "jobs.csv"], { cwd });
    expect(table.stdout).toMatch(/^hand +Hand .* 20\.00$/m);
    expect(table.stdout).toMatch(/^gaze +EyeGaze .* -$/m);
    expect(table.stdout).toMatch(/^Energy +- +mJ/m);
    expect(oneLine(table.stderr)).toContain("warning: the costs of accelerator cpu have no energy for EyeGaze");
    const jobs = readFileSync(join(cwd, "jobs.csv"), "utf8");
    expect(jobs).toContain("hand,0,0.000000,10.000000,0.000000,4.000000,met,npu,2.000000000\n");
    expect(jobs).toContain("gaze,0,0.000000,20.000000,0.000000,6.000000,met,cpu,\n");
    const csv = await call(["run", "scene.yaml", "-S", "phone.yaml", "-s", "edf", "-f", "csv"], { cwd });
    expect(csv.stdout).not.toMatch(/NaN|null/);
  });

  test("warns at load of a table with energies in some rows only", async () => {
    const { stderr } = await run("-S", "mixed.yaml");
    expect(oneLine(stderr)).toContain("mixed.yaml:3:8: warning: energyMj is empty in 1 of 2 rows");
    expect((await run("-S", "phone.yaml")).stderr).not.toContain("is empty in");
  });

  test("passes its audit", async () => {
    for (const system of ["phone.yaml", "mixed.yaml"]) {
      const { code, stderr } = await run("-S", system, "--audit");
      expect([code, stderr.includes("audit:")]).toEqual([0, false]);
    }
  });

  test("is the same when it is repeated from its result", async () => {
    const cwd = folderWith(files);
    await call(["run", "scene.yaml", "-S", "mixed.yaml", "-s", "edf", "-o", "out"], { cwd });
    expect((await call(["rerun", "out/result.json"], { cwd })).code).toBe(0);
  });
});

test("show says which accelerators have energies, what people call them, and what a metric needs", async () => {
  const show = async (...argv: string[]) => oneLine((await call(["show", ...argv], { cwd: folderWith(files) })).stdout);
  expect(await show("phone.yaml")).toContain("npu: 1 rows for Hand; no energies");
  expect(await show("phone.yaml")).toContain("npu XR2 Gen 2 (Proxy)");
  const mixed = await show("mixed.yaml");
  expect(mixed).toContain("npu: 1 rows for Hand -");
  expect(mixed).toContain("cpu: 1 rows for EyeGaze; no energies");
  expect(await show("uxCost")).toContain("needs costs with energies");
});

describe("a requirement", () => {
  test("on a metric that no run can have is an error that names accelerators and models", async () => {
    const { code, stderr } = await run("-S", "phone.yaml", "--require", "energyMj<=5");
    expect(code).toBe(2);
    expect(oneLine(stderr)).toContain(
      `"energyMj<=5" cannot be judged in scene on phone: energyMj is absent, because ${npuAndCpu}`,
    );
    const part = await run("-S", "mixed.yaml", "--require", "accelerators.cpu.energyMj<=5");
    expect([part.code, oneLine(part.stderr)]).toEqual([
      2,
      expect.stringContaining("accelerator cpu have no energy for EyeGaze"),
    ]);
    const task = await run("-S", "mixed.yaml", "--require", "tasks.gaze.energyMj<=5");
    expect(task.code).toBe(2);
  });
  test("on a sum with an unknown part is not met, with the reason; on a known part it is judged", async () => {
    const { code, stderr } = await run("-S", "mixed.yaml", "--require", "energyMj<=5000,accelerators.npu.energyMj<=20");
    expect(code).toBe(3);
    expect(oneLine(stderr)).toContain(
      "energyMj<=5000: not met, it is absent, because the costs of accelerator cpu have no energy for EyeGaze",
    );
    expect(oneLine(stderr)).toContain("accelerators.npu.energyMj<=20: met, 20.00 mJ");
  });
  test("that needs no energy is judged as ever", async () => {
    expect((await run("-S", "phone.yaml", "--require", "slaSatisfaction>=1")).code).toBe(0);
  });
});

describe("a study", () => {
  test("by tune refuses an absent objective and names those that are there", async () => {
    for (const system of ["phone.yaml", "mixed.yaml"]) {
      const argv = ["tune", "scene.yaml", "-S", system, "-s", "dream", "--seeds", "1", "--steps", "1"];
      const { code, stderr } = await call(argv, { cwd: folderWith(files) });
      const text = oneLine(stderr);
      expect(code).toBe(2);
      expect(text).toContain("uxCost cannot be an objective, because it is absent: the costs of accelerator");
      expect(text).toMatch(/with --objective, choose one of .*slaSatisfaction/);
      expect(text).not.toMatch(/choose one of .*energyMj,/);
      expect((await call([...argv, "--objective", "p99Ms"], { cwd: folderWith(files) })).code).toBe(0);
    }
  });
  test("by capacity refuses a bound that no run can have, and tells of one that some cannot", async () => {
    const argv = ["capacity", "scene.yaml", "-s", "edf", "--seeds", "1", "--require", "energyMj<=5"];
    const none = await call([...argv, "-S", "phone.yaml"], { cwd: folderWith(files) });
    expect([none.code, oneLine(none.stderr)]).toEqual([2, expect.stringContaining(npuAndCpu)]);
    const some = await call([...argv, "-S", "mixed.yaml"], { cwd: folderWith(files) });
    expect(oneLine(some.stderr)).toContain(
      "energyMj<=5 never holds, because energyMj is absent: the costs of accelerator cpu have no energy for EyeGaze",
    );
  });
  test("by sweep leaves cells empty, says why, and refuses a front of an absent metric", async () => {
    const cwd = folderWith(files);
    const { code, stderr } = await call(["sweep", "study.yaml", "-j", "1"], { cwd });
    expect(code).toBe(0);
    expect(oneLine(stderr)).toContain(`warning: ${npuAndCpu}, so metrics that need it are absent`);
    const [header, first] = readFileSync(join(cwd, "study-sweep/summary.csv"), "utf8").split("\n");
    const cell = (name: string) => first!.split(",")[header!.split(",").indexOf(name)];
    expect([cell("energyMj"), cell("energyMjLow95"), cell("slaSatisfaction")]).toEqual(["", "", "1"]);
    const front = await call(["sweep", "study.yaml", "--resume", "--pareto", "energyMj,p99Ms"], { cwd });
    expect(front.code).toBe(2);
    expect(oneLine(front.stderr)).toContain(
      `energyMj is absent from all groups, so it makes no Pareto front: ${npuAndCpu}; give --pareto other metrics`,
    );
    expect((await call(["sweep", "study.yaml", "--resume", "--pareto", "maxMs,p99Ms"], { cwd })).code).toBe(0);
  });
  test("by sweep tells no precision of an absent metric", async () => {
    const argv = ["sweep", "study.yaml", "-j", "1", "-m", "energyMj", "--precision", "2%"];
    const { stderr } = await call(argv, { cwd: folderWith(files) });
    expect(oneLine(stderr)).toContain("precision: ± 2 % reached by 0 of 2 groups; 2 without a value of energyMj");
  });
  test("by compare has no means, ratios or best of absent metrics, and says why", async () => {
    const argv = ["compare", "scene.yaml", "-S", "phone.yaml", "-s", "edf,fcfs", "--seeds", "2"];
    const { code, stdout, stderr } = await call([...argv, "-m", "energyMj", "-f", "json"], { cwd: folderWith(files) });
    expect(code).toBe(0);
    const [{ cases }] = JSON.parse(stdout).metrics;
    for (const each of cases[0].schedulers) expect(each).toMatchObject({ mean: null, ratio: null, isBest: false });
    expect(oneLine(stderr)).toContain(`scene on phone: ${npuAndCpu}`);
  });
  test("by check takes absent for absent as equal, and tells what appeared and what is gone", async () => {
    const cwd = folderWith(files);
    const known = files["mixed.csv"].replace("cpu,6,", "cpu,6,1");
    const check = async (table: string) => {
      writeFileSync(join(cwd, "mixed.csv"), table);
      return call(["check", "-f", "json", "-j", "1"], { cwd });
    };
    const save = ["baseline", "save", "gate", "./scene.yaml", "-S", "./mixed.yaml", "-s", "edf", "--seeds", "1"];
    await call([...save, "-j", "1"], { cwd });
    const same = JSON.parse((await check(files["mixed.csv"])).stdout).baselines[0];
    expect([same.moves, same.lacks]).toEqual([[], []]);
    const appeared = await check(known);
    expect(appeared.code).toBe(0);
    const moveOf = (stdout: string) =>
      JSON.parse(stdout).baselines[0].moves.find(({ value }: { value: string }) => value === "energyMj");
    expect(moveOf(appeared.stdout)).toMatchObject({ before: null, now: 25, verdict: "changed" });
    await call(["check", "--update", "-j", "1"], { cwd });
    const gone = await check(files["mixed.csv"]);
    expect([gone.code, moveOf(gone.stdout)]).toMatchObject([3, { before: 25, now: null, verdict: "worse" }]);
    expect((await call(["check", "-j", "1"], { cwd })).stdout).toMatch(/^ +energyMj +25\.00 +- +gone +worse$/m);
  });
});

test("a profile is the model: its layers run one by one, at 0.719 + 0.849 + 0.023 ms", async () => {
  const cwd = folderWith({
    "scene.yaml":
      "name: kws\ndurationMs: 100\ntasks:\n  - { id: kws, model: { name: kws, layers: measured }, fps: 50 }\n",
    "soc.yaml":
      "name: soc\ncosts: table\ntable: p.csv\ncontextSwitch: on\nmemory: { bandwidthGBs: 10 }\naccelerators:\n  - { id: cpu }\n",
    "p.csv":
      'model,accelerator,layer,latencyMs\nkws,cpu,MobilenetV1/Conv2d_0/Relu6,0.719\nkws,cpu,"[Bias, Add]:1",0.849\nkws,cpu,"[Bias, Add]:1",0.023\n',
  });
  const { stdout, stderr } = await call(["run", "scene.yaml", "-S", "soc.yaml", "-s", "edf", "-f", "json", "--audit"], {
    cwd,
  });
  const { metrics } = JSON.parse(stdout);
  expect(metrics).toMatchObject({ maxMs: 1.591, completed: 5 });
  // One decision a layer.
  expect(metrics.decisions).toBe(15);
  expect(JSON.parse(stdout).warnings).toContainEqual(expect.stringContaining("no sizes of activations"));
  expect(stderr).not.toContain("audit:");
  const cost = await call(["cost", "scene.yaml", "-S", "soc.yaml", "-f", "csv"], { cwd });
  expect(cost.stdout).toContain('kws,original,"[Bias, Add]:1 (2)",cpu,23000,');
  const shown = JSON.parse((await call(["show", "scene.yaml", "-S", "soc.yaml", "-f", "json"], { cwd })).stdout);
  expect(shown.tasks[0]).toMatchObject({ macsPerJob: null, bytesPerS: null, weightBytes: null });
  expect(shown.feasibility.tasks[0].loads.cpu).toBeCloseTo(0.001591 * 50, 12);
  expect(shown.feasibility.leastPeakLoad).toBeCloseTo(0.001591 * 50, 12);
  expect(shown.feasibility.tasks[0].fastestPathMs).toBe(1.591);
  const text = (await call(["show", "scene.yaml", "-S", "soc.yaml"], { cwd })).stdout;
  expect(text).toMatch(/^kws +50\.00 +- +- +- +-$/m);
});
