/** Profiles of Qualcomm AI Hub, QNN, OpenVINO, Vela, SCALE-Sim and MAESTRO: what is taken, by hand. */
import { describe, expect, test } from "vitest";
import {
  faults,
  imported,
  leftOf,
  openvino,
  openvinoHeader,
  qnn,
  qnnHeader,
  rows,
  tableOf,
  textOf,
} from "./profiles.ts";

const jobWith = (details: unknown, summary: object = {}) =>
  JSON.stringify({
    execution_summary: { estimated_inference_time: 800, all_inference_times: [2000, 1000, 1000], ...summary },
    execution_detail: details,
  });

const detail = (name: string, unit: string, us?: number, cycles?: number) => ({
  name,
  type: "Conv",
  compute_unit: unit,
  execution_time: us,
  execution_cycles: cycles,
});

describe("a job of Qualcomm AI Hub", () => {
  test("layers have their times on their units; the rest of a run is told", () => {
    const result = imported({ "net.json": jobWith([detail("conv", "NPU", 600, 1), detail("top", "CPU", 300, 1)]) });
    expect(tableOf(result)).toEqual(["model,accelerator,layer,latencyMs", "net,npu,conv,0.6", "net,cpu,top,0.3"]);
    // (2000 + 1000 + 1000) / 3 us a run, 900 us in layers.
    expect(result.report.left).toEqual([
      { what: "time between layers", count: 1, why: "a run takes 1.333 ms, its layers 0.9 ms" },
    ]);
    expect(textOf(result, "net.yaml")).toContain("# net.json: AI Hub's estimate, the fastest run: 0.8 ms\n");
  });

  test("layers without times share the run by their cycles, if all are of one unit", () => {
    const details = [detail("conv", "NPU", 0, 3000), detail("top", "NPU", 0, 1000)];
    expect(rows({ "net.json": jobWith(details) }, { warmup: 1 })).toEqual(["net,npu,conv,0.75", "net,npu,top,0.25"]);
  });

  test("without times and cycles of one unit the model is one piece on the unit of most layers", () => {
    const details = [detail("a", "CPU"), detail("b", "NPU", 0, 5), detail("c", "NPU", 0, 5)];
    const result = imported({ "net.json": jobWith(details) });
    expect(tableOf(result)).toEqual(["model,accelerator,samples", "net,npu,net-npu-samples.csv"]);
    expect(textOf(result, "net-npu-samples.csv")).toBe("latencyMs\n2\n1\n1\n");
    expect(leftOf(result)).toEqual([["layer", 3]]);
    expect(result.report.hints).toEqual([
      "net.json: the first run takes 2.00 times as long as the others; --warmup 1 leaves it out",
    ]);
  });

  test("a job without the times of its runs has AI Hub's estimate", () => {
    expect(rows({ "net.json": jobWith({}, { all_inference_times: null }) })).toEqual(["net,device,0.8"]);
  });

  test.each([
    [
      "no time",
      jobWith([], { all_inference_times: [], estimated_inference_time: null }),
      /no inference time; did it fail/,
    ],
    ["a negative time", jobWith([detail("a", "NPU", -1)]), /execution_time must be 0 or more, got -1/],
    ["layers that are no list", jobWith({ a: 1 }), /must be a list of layers/],
    ["a layer that is no object", jobWith([1]), /each layer must be an object/],
  ])("%s is told", (_, text, message) => {
    expect(faults(text, {}).problems.map((each) => each.message)).toContainEqual(expect.stringMatching(message));
  });
});

describe("QNN", () => {
  test("cycles of a layer take as long as those of its run", () => {
    // conv: 500 us x 6 / 10 and 700 us x 12 / 20, mean 360 us; add: 150 and 210 us.
    const result = imported({ "net.csv": qnn });
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs,cv",
      "net,npu,conv:OpId_1,0.36,0.235702",
      "net,npu,add:OpId_2,0.18,0.235702",
    ]);
    expect(result.report.left).toEqual([
      { what: "time between layers", count: 1, why: "a run takes 0.6 ms on the accelerator, its layers 0.54 ms" },
    ]);
  });

  test("--warmup leaves out runs, and ONNX Runtime writes layers as NODE", () => {
    const text = qnn
      .replaceAll(/EXECUTE(?=.*SUB-EVENT)/g, "NODE")
      .replaceAll(":OpId_1", "")
      .replaceAll(":OpId_2", "");
    expect(rows({ "net.csv": text }, { warmup: 1 })).toEqual(["net,npu,conv,0.42", "net,npu,add,0.21"]);
  });

  test("a basic profile is the whole", () => {
    const basic = qnn.replaceAll(/.*SUB-EVENT.*\n/g, "").replaceAll(/.*CYCLES.*\n/g, "");
    expect(textOf(imported({ "net.csv": basic }), "net-npu-samples.csv")).toBe("latencyMs\n0.5\n0.7\n");
  });

  test("a run without its end is told", () => {
    const cut = qnn.split("\n").slice(0, -2).join("\n");
    expect(faults(`${cut}\n`, {}).problems[0]?.message).toMatch(/2 runs began, and 1 ended/);
  });

  test("a profile without a run is told", () => {
    expect(faults(`${qnnHeader}\n1,INIT,1,US,BACKEND,ROOT,x\n`, {}).problems[0]).toMatchObject({
      code: "PROFILE_SYNTAX",
      line: 1,
    });
  });
});

describe("OpenVINO", () => {
  test("an average report has layers that ran, and no sum", () => {
    const result = imported({ "net.csv": openvino }, { accelerators: [{ name: "cpu" }] });
    expect(tableOf(result)).toEqual(["model,accelerator,layer,latencyMs", "net,cpu,conv1,0.5", "net,cpu,pool1,0.25"]);
    expect(leftOf(result)).toEqual([
      ["layer that did not run", 1],
      ["sum of a table", 1],
    ]);
    expect(textOf(result, "net.yaml")).toContain('source: "OpenVINO benchmark_app: net.csv"');
  });

  test("tables of a detailed report are runs", () => {
    expect(rows({ "net.csv": openvino + openvino.replace("0.50", "0.70") })).toEqual([
      "net,device,conv1,0.6,0.235702",
      "net,device,pool1,0.25,0",
    ]);
  });

  test("a report that is sorted by time says so, and its requests are joined by name", () => {
    const table = (first: string, second: string) =>
      `${openvinoHeader.replace(/;$/, "; %;")}\n${first}\n${second}\nTotal;;;;1;1;100;\n\n`;
    const conv = "conv1;EXECUTED;Convolution;jit;0.75;0.75;75;";
    const pool = "pool1;EXECUTED;Pooling;jit;0.25;0.25;25;";
    const text = table(conv, pool) + table(pool.replace("0.25", "0.85"), conv);
    const result = imported({ "net.csv": text });
    expect(tableOf(result).slice(1)).toEqual(["net,device,conv1,0.75,0", "net,device,pool1,0.55,0.771389"]);
    expect(result.report.hints).toEqual([expect.stringContaining("not in the order of the run")]);
  });

  test("JSON says the same as CSV", () => {
    const node = (name: string, status: string, ms: number) => ({ name, status, real_time: ms, cpu_time: ms });
    const nodes = [node("conv1", "EXECUTED", 0.5), node("relu1", "OPTIMIZED_OUT", 0), node("pool1", "EXECUTED", 0.25)];
    const average = { report_type: "average", avg_performance: { nodes, total_real_time: 0.75 } };
    expect(rows({ "net.json": JSON.stringify(average) })).toEqual(rows({ "net.csv": openvino }));
    const detailed = { detailed_performance: [{ nodes }, { nodes: nodes.with(0, node("conv1", "EXECUTED", 0.7)) }] };
    expect(rows({ "net.json": JSON.stringify(detailed) })).toEqual([
      "net,device,conv1,0.6,0.235702",
      "net,device,pool1,0.25,0",
    ]);
  });

  test("a table without its sum is not whole", () => {
    const cut = openvino.split("\n").slice(0, 4).join("\n");
    expect(faults(`${cut}\n`, {}).problems).toMatchObject([{ code: "PROFILE_SYNTAX", line: 4 }]);
  });

  test.each([
    ["no nodes", { avg_performance: {} }, /needs the list "nodes"/],
    ["no request", { detailed_performance: 1 }, /must be a list of requests/],
    ["nothing executed", { avg_performance: { nodes: [] } }, /no layer that was executed/],
  ])("%s is told", (_, value, message) => {
    expect(faults(JSON.stringify(value), {}).problems.map((each) => each.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });
});

describe("cycles", () => {
  const vela = `TFLite_operator,NNG Operator,Target,SRAM Usage,Peak%,Op Cycles,Network%,NPU,MAC Count,Network%,Util%,Name
CONV_2D,Conv2DBias,NPU,11936,54.6,7312.0,17.6,7312.0,73008,8.6,3.9,conv1/Relu;conv1/Conv2D
CUSTOM,Custom,CPU,0,0,0,0,0,0,0,0,nms
MAX_POOL_2D,MaxPool,NPU,10944,50.1,2992.0,7.2,1330.0,6912,0.8,0.9,
`;

  test("those of Vela take as long as the clock says; layers on the CPU are left out", () => {
    const result = imported({ "net.csv": vela }, { clockGHz: 0.5 });
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs",
      "net,ethos-u,conv1/Relu;conv1/Conv2D,0.014624",
      "net,ethos-u,MaxPool,0.005984",
    ]);
    expect(leftOf(result)).toEqual([["operator on the CPU", 1]]);
  });

  test("a clock must be given", () => {
    expect(faults(vela, {}).message).toContain("a.txt has cycles; say how long one is: --clock-ghz <GHz>");
  });

  test("any CSV may have them", () => {
    const columns = new Map([["latencyCycles", "Busy"]]);
    expect(rows({ "net.csv": "layer\tBusy\na\t300\n" }, { columns, clockGHz: 1.5 })).toEqual(["net,device,a,0.0002"]);
  });

  test("SCALE-Sim's COMPUTE_REPORT has stalls in its total, MAESTRO has energies, and Vela's summary s", () => {
    const scalesim = `LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,
0, 1200, 1000, 100, 15.6, 100.0, 67.1,
`;
    expect(rows({ "net.csv": scalesim }, { clockGHz: 1 })).toEqual(["net,array,0,0.001"]);
    const maestro = `Neural Network Name, Layer Number, NumPEs, Runtime (Cycles), Activity count-based Energy (nJ), Area
vgg, CONV1, 256, 4000, 2.5, 1
vgg, CONV2, 256, 2000, 1.5, 1
`;
    expect(rows({ "net.csv": maestro }, { clockGHz: 1 })).toEqual([
      "vgg,accelerator,CONV1,0.004,2500",
      "vgg,accelerator,CONV2,0.002,1500",
    ]);
    const summary = `experiment,network,accelerator_configuration,core_clock,batch_size,inference_time
default,kws,Ethos_U55_256,500000000.0,1,0.0025
`;
    expect(rows({ "net.csv": summary })).toEqual(["kws,ethos-u55-256,2.5"]);
  });
});

test("semicolons and tabs separate cells as commas do, and leave the comma for decimals", () => {
  const columns = new Map([
    ["layer", "Op"],
    ["latencyMs", "Time"],
  ]);
  const expected = ["net,device,a,0.5"];
  expect(rows({ "net.csv": "Op,Time\na,0.5\n" }, { columns })).toEqual(expected);
  expect(rows({ "net.csv": "Op;Time\na;0,5\n" }, { columns })).toEqual(expected);
  expect(rows({ "net.csv": "Op\tTime\na\t0.5\n" }, { columns })).toEqual(expected);
});

test("a table with commas and points in its numbers may group thousands, and is refused", () => {
  const text = "layer\tlatencyUs\na\t1,234\nb\t987.6\nc\t5.5\n";
  expect(faults(text).problems).toMatchObject([
    { code: "WRONG_TYPE", line: 3, column: 3, message: expect.stringMatching(/^the table has "1,234" and "987\.6"/) },
  ]);
});

test("--warmup that leaves no request is what is told", () => {
  const average = { nodes: [{ name: "a", status: "EXECUTED", real_time: 1.5 }] };
  const told = (report: object) => faults(JSON.stringify(report), { warmup: 1 }).problems.map(({ message }) => message);
  expect(told({ detailed_performance: [average] })).toEqual(["there is 1 run, and --warmup leaves out 1"]);
  expect(told({ detailed_performance: [average, { nodes: [] }] })).toEqual([
    "this report has no layer that was executed",
  ]);
});
