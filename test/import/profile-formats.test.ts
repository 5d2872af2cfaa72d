/** What is taken from the profile of each tool, and what is left out. */
import { describe, expect, test } from "vitest";
import {
  faults,
  imported,
  leftOf,
  ort,
  ortTrace,
  rows,
  tableOf,
  textOf,
  tfliteCsv,
  tfliteNew,
  tfliteOld,
  trtProfile,
  trtTimes,
} from "./profiles.ts";

describe("TFLite", () => {
  test("the operators of the regular runs are the layers", () => {
    const result = imported({ "kws.txt": tfliteOld });
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs",
      "kws,cpu,[MobilenetV1/Conv2d_0/Relu6]:0,0.719",
      'kws,cpu,"[BiasAdd, 1]:1",0.849',
      "kws,cpu,[Softmax]:2,0.023",
    ]);
    expect(result.report.totals).toEqual([
      { model: "kws", layers: 3, measured: [{ accelerator: "cpu", latencyNs: expect.closeTo(1_591_000, 3) }] },
    ]);
    expect(textOf(result, "kws.yaml")).toContain("# kws.txt: 50 runs: mean 1.6 ms, standard deviation 0.016 ms\n");
    expect(result.report.left).toEqual([
      {
        what: "time between operators",
        count: 1,
        why: "a run takes 1.6 ms, its operators 1.591 ms",
        first: expect.objectContaining({ file: "kws.txt", line: 4 }),
      },
    ]);
  });

  test("operators inside a delegate count once, an operator called twice takes twice, and the GPU is another place", () => {
    const result = imported({ "ssd.txt": tfliteNew });
    expect(tableOf(result).slice(1)).toEqual([
      'ssd,cpu,"Delegate/Convolution (NHWC, QU8) IGEMM:0",0.2',
      'ssd,cpu,"Delegate/Add (ND, QU8):1",0.1',
      "ssd,gpu,[boxes]:65,0.4",
    ]);
    expect(leftOf(result)).toEqual([
      ["operator of the initialisation", 1],
      ["node of a delegate", 1],
    ]);
  });

  test("CSV has the commas of types as they are, and those of names as tabs", () => {
    expect(rows({ "a.csv": tfliteCsv })).toEqual([
      'a,cpu,"Delegate/Convolution (NHWC, QU8) IGEMM:0",0.278',
      "a,cpu,[Softmax]:1,0.087",
    ]);
  });

  test("without a table the model takes the mean of the last runs", () => {
    const warmup = `Running benchmark for at least 1 iterations and at least 0.5 seconds
count=20 first=31530 curr=28680 min=27679 max=31530 avg=28473 std=769

`;
    const runs = `Running benchmark for at least 50 iterations and at least 1 seconds
count=600 first=28100 curr=27000 min=26000 max=29000 avg=27500 std=300
`;
    expect(rows({ "net.txt": warmup + runs })).toEqual(["net,device,27.5"]);
    expect(faults(`${warmup}${runs.split("\n")[0]}\n`).problems).toMatchObject([{ code: "PROFILE_SYNTAX", line: 1 }]);
    // A sum by type says neither the order of layers nor their names.
    const byType = `============================== Summary by node type ==============================
\t             [Node type]\t  [count]\t  [avg ms]\t    [avg %]\t    [cdf %]\t  [mem KB]\t[times called]
\t                 CONV_2D\t       34\t   266.475\t   100.000%\t   100.000%\t     0.000\t       34

Timings (microseconds): count=50 first=354000 curr=354000 min=350000 max=360000 avg=266500 std=100
`;
    expect(rows({ "net.txt": byType })).toEqual(["net,device,266.5"]);
  });

  test("what a logger puts before each line does not matter", () => {
    const logged = tfliteOld
      .split("\n")
      .map((line) =>
        line === "" ? line : `2018-09-10 13:35:21.430305: I tensorflow/core/util/stat_summarizer.cc:85] ${line}`,
      )
      .join("\n");
    expect(rows({ "kws.txt": logged })).toEqual(rows({ "kws.txt": tfliteOld }));
  });

  test.each([
    ["the runtime", "INFO: "],
    ["the runtime in an indented report", "\tINFO: "],
    ["logcat", "11-26 23:00:00.123  1234  1234 I tflite  : "],
    ["logcat in short", "I/tflite  ( 1234): "],
  ])("what %s puts before each line does not matter", (_, prefix) => {
    const logged = tfliteOld
      .split("\n")
      .map((line) => `${prefix}${line}`)
      .join("\n");
    expect(rows({ "kws.txt": logged })).toEqual(rows({ "kws.txt": tfliteOld }));
  });

  test("an issue or a page may quote it, whole or only its table", () => {
    const table = tfliteOld.slice(tfliteOld.indexOf("====="), tfliteOld.indexOf("Number of nodes")).trimEnd();
    for (const quoted of [tfliteOld, table])
      expect(rows({ "kws.txt": `# Times\n\n\`\`\`\n${quoted}\n\`\`\`\n\nOn a phone: a = 3.\n` })).toEqual(
        rows({ "kws.txt": tfliteOld }),
      );
  });

  test("tables of subgraphs and delegates repeat times that their callers have", () => {
    const delegate = tfliteOld
      .replace("Operator-wise", "Delegate internal:\nOperator-wise")
      .replace("Operator-wise Profiling Info for Regular Benchmark Runs:\n", "");
    const result = imported({ "kws.txt": `${tfliteOld}${delegate}` });
    expect(tableOf(result)).toHaveLength(4);
    expect(leftOf(result)).toContainEqual(["operator inside a delegate", 3]);
  });

  test("without a table of operators, the mean of the runs is the model", () => {
    const text =
      "INFO: count=67 first=7176 curr=7505 min=6373 max=7775 avg=7454.97 std=256\n" +
      "INFO: Inference timings in us: Init: 16772, First inference: 8781, Warmup (avg): 7514.93, Inference (avg): 7454.97\n";
    const result = imported({ "ssd.txt": text }, { accelerators: [{ name: "big core" }] });
    expect(tableOf(result)).toEqual(["model,accelerator,latencyMs", "ssd,big-core,7.45497"]);
    expect(textOf(result, "ssd.yaml")).toContain("67 runs: mean 7.455 ms, standard deviation 0.256 ms");
  });
});

describe("ONNX Runtime", () => {
  test("a node is a layer, and its times in all runs are a distribution", () => {
    const result = imported({ "net.json": ort });
    // conv1: 40 and 20 us; mean 30, standard deviation sqrt(200) = 14.142.
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs,cv",
      "net,cpu,conv1,0.03,0.471405",
      "net,cpu,relu1,0.01,0",
    ]);
    expect(leftOf(result)).toEqual([
      ["event of the session", 1],
      ["time between nodes", 1],
    ]);
    // Sums of nodes: 50 and 30 us.
    expect(result.report.hints).toEqual([
      "net.json: the first run takes 1.67 times as long as the others; --warmup 1 leaves it out",
    ]);
  });

  test("runs of warm-up do not count", () => {
    const result = imported({ "net.json": ort }, { warmup: 1 });
    expect(tableOf(result)).toEqual(["model,accelerator,layer,latencyMs", "net,cpu,conv1,0.02", "net,cpu,relu1,0.01"]);
    expect(leftOf(result)).toContainEqual(["run", 1]);
  });

  test("as one piece it varies as its runs did", () => {
    const result = imported({ "net.json": ort }, { layersWanted: "none" });
    expect(tableOf(result)).toEqual(["model,accelerator,samples", "net,cpu,net-cpu-samples.csv"]);
    expect(textOf(result, "net-cpu-samples.csv")).toBe("latencyMs\n0.05\n0.03\n");
  });

  test("nodes in the body of a loop are part of the loop", () => {
    const nodes = [
      { name: "loop", ts: 100, dur: 50, op: "Loop" },
      { name: "body", ts: 101, dur: 20, op: "MatMul" },
      { name: "body", ts: 125, dur: 20, op: "MatMul" },
      { name: "out", ts: 150, dur: 5 },
    ];
    const result = imported({ "net.json": ortTrace([{ ts: 100, dur: 55, nodes }]) });
    expect(tableOf(result).slice(1)).toEqual(["net,cpu,loop,0.05", "net,cpu,out,0.005"]);
    expect(leftOf(result)).toContainEqual(["node in the body of a Loop or Scan", 2]);
  });

  test("nodes in a branch are layers, also in a branch of a branch", () => {
    const nodes = [
      { name: "if", ts: 100, dur: 50, op: "If" },
      { name: "a", ts: 101, dur: 10 },
      { name: "if2", ts: 112, dur: 30, op: "If" },
      { name: "b", ts: 112, dur: 30 },
      { name: "empty", ts: 150, dur: 5, op: "If" },
    ];
    const result = imported({
      "net.json": ortTrace([{ ts: 100, dur: 55, nodes: [nodes[1]!, nodes[3]!, nodes[2]!, nodes[0]!, nodes[4]!] }]),
    });
    expect(tableOf(result).slice(1)).toEqual(["net,cpu,a,0.01", "net,cpu,b,0.03", "net,cpu,empty,0.005"]);
    expect(leftOf(result)).toContainEqual(["If node", 2]);
  });

  test("a node that only some runs have took no time in the others, and keeps its place", () => {
    const run = (ts: number, names: readonly string[]) => ({
      ts,
      dur: 10 * names.length,
      nodes: names.map((name, i) => ({ name, ts: ts + 10 * i, dur: 10 })),
    });
    const result = imported({ "net.json": ortTrace([run(100, ["a", "c"]), run(200, ["a", "b", "c"])]) });
    expect(tableOf(result).slice(1)).toEqual(["net,cpu,a,0.01,0", "net,cpu,b,0.005,1.41421", "net,cpu,c,0.01,0"]);
    expect(leftOf(result)).toContainEqual(["node that ran in some runs only", 1]);
  });

  test("each node costs on what it ran, or all on what the user says", () => {
    const nodes = [
      { name: "conv", ts: 100, dur: 10, provider: "CUDAExecutionProvider" },
      { name: "nms", ts: 110, dur: 5 },
    ];
    const text = ortTrace([{ ts: 100, dur: 15, nodes }]);
    expect(rows({ "net.json": text })).toEqual(["net,cuda,conv,0.01", "net,cpu,nms,0.005"]);
    const all = { accelerators: [{ name: "gpu" }] };
    expect(rows({ "net.json": text }, all)).toEqual(["net,gpu,conv,0.01", "net,gpu,nms,0.005"]);
  });

  test("XNNPACK is the CPU, as it is of TFLite", () => {
    const nodes = [
      { name: "conv", ts: 100, dur: 10, provider: "XnnpackExecutionProvider" },
      { name: "nms", ts: 110, dur: 5 },
    ];
    const text = ortTrace([{ ts: 100, dur: 15, nodes }]);
    expect(rows({ "net.json": text })).toEqual(["net,cpu,conv,0.01", "net,cpu,nms,0.005"]);
  });

  test("parallel nodes are told, because layers run one after another", () => {
    const nodes = [
      { name: "a", ts: 100, dur: 10 },
      { name: "b", ts: 101, dur: 10 },
    ];
    const { left } = imported({ "net.json": ortTrace([{ ts: 100, dur: 12, nodes }]) }).report;
    expect(left).toContainEqual(
      expect.objectContaining({
        what: "overlap of parallel nodes",
        why: "layers run one after another, and a run takes 0.012 ms, its nodes 0.02 ms",
      }),
    );
  });

  test("names that repeat in a run are layers, and a trace without runs is one run", () => {
    const text = ortTrace([
      { ts: 100, dur: 30, nodes: ["a", "b", "a"].map((name, i) => ({ name, ts: 100 + 10 * i, dur: 10 })) },
    ]).replace("model_run", "other");
    expect(rows({ "net.json": text })).toEqual(["net,cpu,a,0.01", "net,cpu,b,0.01", "net,cpu,a,0.01"]);
  });
});

describe("trtexec", () => {
  test("a profile has the means of its layers, also of those that take no time", () => {
    const result = imported({ "net.json": trtProfile });
    expect(tableOf(result).slice(1)).toEqual([
      "net,gpu,Reformatting CopyNode for Input Tensor 0 to conv1,0",
      "net,gpu,conv1 + relu1,0.025",
      "net,gpu,fc,0.015",
    ]);
    expect(result.report.taken).toEqual(["3 layers of net: 0.04 ms on GPU, from net.json (100 runs)"]);
  });

  test("without averages, the sum over the runs is divided by their number", () => {
    const old = trtProfile.replaceAll(/"averageMs" : [\d.]+, "medianMs" : [\d.]+, /g, "");
    expect(rows({ "net.json": old })).toEqual(rows({ "net.json": trtProfile }));
  });

  test("times of runs are the samples of the whole, without copies in and out", () => {
    const result = imported({ "net.json": trtTimes });
    expect(tableOf(result)).toEqual(["model,accelerator,samples", "net,gpu,net-gpu-samples.csv"]);
    expect(textOf(result, "net-gpu-samples.csv")).toBe("latencyMs\n1\n3\n");
    expect(leftOf(result)).toEqual([["time of copies in and out", 2]]);
  });

  test("of a profile and the times of the same model, the layers count", () => {
    const result = imported({ "p.json": trtProfile, "t.json": trtTimes }, { models: [{ name: "net" }] });
    expect(tableOf(result)).toHaveLength(4);
    expect(leftOf(result)).toContainEqual(["whole time of net on GPU", 2]);
  });

  test("shares that do not add up to the whole are warned of", () => {
    const warnings: never[] = [];
    imported({ "net.json": trtProfile.replace(/, \{ "name" : "fc".*\n/, "") }, {}, warnings);
    expect(warnings).toMatchObject([{ message: expect.stringContaining("62.50 %"), line: 4 }]);
  });
});
