/** Two models that share an NPU too small for both: measured alone, and in turn, where weights are loaded again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RunResult } from "../../src/records/run-result.ts";
import { withCase } from "../shared.ts";
import { call, folderWith } from "./call.ts";

const files = {
  "two.yaml": `name: two
durationMs: 1000
tasks:
  - { id: a, model: { name: A, layers: measured }, fps: 20 }
  - { id: b, model: { name: B, layers: measured }, fps: 20 }
`,
  "npu.yaml": `name: npu
costs: table
table: npu.csv
contextSwitch: off
accelerators:
  - { id: npu, preemption: [drain], weights: { bytes: 8000000 } }
`,
  "npu.csv": `model,accelerator,latencyMs,energyMj,loadMs,loadMj,loadBytes
A,npu,2,1,10,3,3000000
B,npu,20,5,15,4,6000000
`,
};
const argv = (folder: string, ...more: string[]) => [
  "run",
  join(folder, "two.yaml"),
  "--system",
  join(folder, "npu.yaml"),
  ...more,
];
const edf = ["-s", "edf", "-p", "lateDrop=false", "--audit", "-f", "json"];
const resultOf = async (folder: string, ...more: string[]) => {
  const { stdout, stderr } = await call(argv(folder, ...edf, ...more));
  return { result: JSON.parse(stdout) as RunResult, stderr };
};
const withMemory = (text: string) => ({ ...files, "npu.yaml": files["npu.yaml"].replace("8000000", text) });

describe("two models on one NPU", () => {
  test("load their weights again in turn where they do not fit together", async () => {
    // 10 + 2 and 15 + 20 ms in every period of 50 ms: all in time, 47 ms busy of which 25 load; 7 and 9 mJ a frame.
    const { result } = await resultOf(folderWith(files));
    expect(result.metrics).toMatchObject({ late: 0, weightLoads: 40, weightWaitShare: 0.5, utilisation: 0.94 });
    expect(result.metrics.energyMj).toBeCloseTo(20 * (1 + 3 + 5 + 4), 9);
    expect(result.tasks).toMatchObject([
      { meanResponseMs: 12, weightLoads: 20 },
      { meanResponseMs: 47, weightLoads: 20 },
    ]);
  });

  test("load them once where they fit together", async () => {
    const { result } = await resultOf(folderWith(withMemory("9000000")));
    expect(result.metrics).toMatchObject({ weightLoads: 2, weightWaitShare: 0.025 });
    expect(result.tasks).toMatchObject([
      { weightLoads: 1, p50Ms: 2 },
      { weightLoads: 1, p50Ms: 22 },
    ]);
  });

  test("tell of loads in the job log", async () => {
    const folder = folderWith(withMemory("9000000"));
    await call(argv(folder, "-s", "edf", "--duration-ms", "100", "--jobs", join(folder, "jobs.csv")));
    expect(readFileSync(join(folder, "jobs.csv"), "utf8")).toBe(
      `task,job,releaseMs,deadlineMs,startMs,completionMs,status,accelerator,energyMj,weightLoads,weightWaitMs
a,0,0.000000,50.000000,0.000000,12.000000,met,npu,4.000000000,1,10.000000
b,0,0.000000,50.000000,12.000000,47.000000,met,npu,9.000000000,1,15.000000
a,1,50.000000,100.000000,50.000000,52.000000,met,npu,1.000000000,0,0.000000
b,1,50.000000,100.000000,52.000000,72.000000,met,npu,5.000000000,0,0.000000
`,
    );
  });

  test("have nothing of it in their results without a memory for weights", async () => {
    const plain = {
      ...files,
      "npu.yaml": files["npu.yaml"].replace(", weights: { bytes: 8000000 }", ""),
      "npu.csv": "model,accelerator,latencyMs,energyMj\nA,npu,2,1\nB,npu,20,5\n",
    };
    const { result } = await resultOf(folderWith(plain));
    expect(JSON.stringify(result)).not.toContain("weight");
  });

  test("whose loads nobody knows are told of", async () => {
    const unknown = { ...files, "npu.csv": "model,accelerator,latencyMs,energyMj,loadMs\nA,npu,2,1,10\nB,npu,20,5,\n" };
    const { stderr } = await resultOf(folderWith(unknown));
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("nothing says how long the weights of B on npu take to load");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "nothing says what energy it takes to load the weights of A on npu",
    );
  });
});

describe("rtmm show", () => {
  const show = async (folder: string, ...more: string[]) =>
    (await call(["show", join(folder, "two.yaml"), "-S", join(folder, "npu.yaml"), ...more])).stdout;
  test("tells which models fit together", async () => {
    expect(await show(folderWith(files))).toContain(`
accelerator  model     MB  load ms  kept by
npu          A      3.000       10  model
npu          B      6.000       15  model
`);
    expect(await show(folderWith(files))).toContain("npu (8.000 MB): each model fits alone (A, B)");
    expect(await show(folderWith(withMemory("9000000")))).toContain("npu (9.000 MB): all models fit together");
    expect(await show(folderWith(withMemory("5000000")))).toContain("B: larger than the memory, loaded again by layer");
  });
  test("tells of layers of unknown sizes, which the run loads again and again", async () => {
    const table = "model,accelerator,layer,latencyMs,loadMs\nA,npu,a,1,2\nA,npu,b,1,3\nB,npu,,1,\n";
    const folder = folderWith({ ...files, "npu.csv": table });
    expect((await show(folder)).replaceAll(/\s+/g, " ")).toContain(
      "A: several layers of unknown sizes, each of which fills the memory",
    );
    expect((await resultOf(folder)).result.tasks).toMatchObject([{ weightLoads: 40 }, { weightLoads: 0 }]);
  });

  test("has the same in JSON", async () => {
    const { feasibility } = JSON.parse(await show(folderWith(files), "-f", "json")) as {
      feasibility: { weights: unknown };
    };
    expect(feasibility.weights).toEqual([
      {
        accelerator: "npu",
        bytes: 8000000,
        models: [
          { model: "A", variant: "original", bytes: 3000000, loadMs: 10, keptBy: "model" },
          { model: "B", variant: "original", bytes: 6000000, loadMs: 15, keptBy: "model" },
        ],
        fitTogether: [["A"], ["B"]],
      },
    ]);
  });

  test("shows the memories of a system", async () => {
    const { stdout } = await call(["show", join(folderWith(files), "npu.yaml")]);
    expect(stdout).toMatch(
      /Memories for weights[^\n]*\naccelerator +MB +GB\/s +pJ\/byte +overlap\nnpu +8\.000 +- +0 +off\n/,
    );
    // Without a shared memory there is none to show.
    expect(stdout).not.toContain("shared memory");
    expect(stdout).not.toContain("Infinity");
  });
});

withCase("10-coral-switch", (folder) => {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  /** Measured alone and in turn with the other model, ms: the difference is the load. */
  const inTurnMs: Readonly<Record<string, number>> = { A: 13.145, B: 175.877 };
  const table = text("t.csv")
    .trim()
    .split("\n")
    .map((line, i) => {
      const [model, , latencyMs] = line.split(",");
      return `${line},${i === 0 ? "loadMs" : (inTurnMs[model!]! - Number(latencyMs)).toFixed(3)}`;
    });
  const coral = (scenario = text("two.yaml")) =>
    folderWith({ "two.yaml": scenario, "npu.yaml": text("tpu.yaml"), "t.csv": `${table.join("\n")}\n` });

  test("the published latencies alone and in turn come out, and 299 of 300 frames are late", async () => {
    const { result } = await resultOf(coral());
    expect(result.metrics).toMatchObject({ released: 300, late: 299, weightLoads: 300 });
    expect(result.tasks).toMatchObject([{ late: 149 }, { late: 150 }]);
  });

  test.each([
    ["a", 13.145, 2.332],
    ["b", 175.877, 26.872],
  ])("%s alone loads its weights once", async (id, firstMs, thenMs) => {
    const alone = text("two.yaml")
      .split("\n")
      .filter((line) => !line.includes("{ id:") || line.includes(`{ id: ${id},`))
      .map((line) => line.replace("fps: 15", "fps: 5"))
      .join("\n");
    const { result } = await resultOf(coral(alone));
    expect(result.metrics).toMatchObject({ weightLoads: 1, maxMs: firstMs, p50Ms: thenMs, late: 0 });
  });
});
