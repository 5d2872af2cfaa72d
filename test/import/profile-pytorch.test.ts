/** Traces of PyTorch's profiler, by hand: operators of the host, kernels of a GPU behind it, and runs. */
import { describe, expect, test } from "vitest";
import { faults, imported, leftOf, rows, tableOf } from "./profiles.ts";

interface Given {
  readonly cat: string;
  readonly name: string;
  readonly at: readonly [ts: number, dur: number];
  readonly tid?: number;
  readonly args?: object;
}

/** As kineto's output_json.cpp writes it. */
const traceOf = (events: readonly Given[]): string =>
  JSON.stringify({
    schemaVersion: 1,
    deviceProperties: [],
    traceEvents: [
      { ph: "M", name: "process_name", ts: 0, pid: 1, tid: 0, args: { name: "python" } },
      ...events.map(({ cat, name, at: [ts, dur], tid = 1, args }) => ({
        ph: "X",
        cat,
        name,
        pid: 1,
        tid,
        ts,
        dur,
        args,
      })),
      { ph: "i", s: "g", name: "Record Window End", pid: "", tid: "", ts: 999 },
    ],
  });

const operator = (name: string, ...at: readonly [number, number]): Given => ({ cat: "cpu_op", name, at });
const step = (n: number, ...at: readonly [number, number]): Given => ({
  ...{ cat: "user_annotation", name: `ProfilerStep#${n}`, at },
});

/** A launch at `ts`, and the kernel that it starts. */
const kernel = (id: number, ts: number, name: string, at: readonly [number, number], device = 0): Given[] => [
  { cat: "cuda_runtime", name: "cudaLaunchKernel", at: [ts, 2], args: { correlation: id } },
  { cat: "kernel", name, at, tid: 7, args: { correlation: id, device, stream: 7 } },
];

/** Two steps, each with the same two operators. The GPU is late: it ends the first step's work in the second. */
const steps = [
  step(3, 100, 50),
  operator("aten::conv2d", 100, 20),
  operator("aten::cudnn_convolution", 102, 15),
  ...kernel(1, 105, "nchwToNhwc", [110, 10]),
  ...kernel(2, 110, "implicit_gemm", [120, 20.5]),
  operator("aten::relu", 130, 8),
  ...kernel(3, 132, "elementwise", [151, 4]),
  step(4, 150, 50),
  operator("aten::conv2d", 150, 20),
  ...kernel(4, 155, "nchwToNhwc", [160, 12]),
  ...kernel(5, 160, "implicit_gemm", [172, 28]),
  operator("aten::view", 171, 2),
  operator("aten::relu", 180, 8),
  ...kernel(6, 182, "elementwise", [200, 6]),
];

describe("a trace with kernels", () => {
  test("a layer is an operator of the network, with all that it launched, in the step that launched it", () => {
    const result = imported({ "net.json": traceOf(steps) });
    // conv2d: (30.5 + 40) / 2 us; relu: (4 + 6) / 2 us.
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs,cv",
      "net,gpu,aten::conv2d,0.03525,0.190568",
      "net,gpu,aten::relu,0.005,0.282843",
    ]);
    // Spans: 110 to 155 us and 160 to 206 us.
    expect(result.report.left).toEqual([
      { what: "operator without a kernel", count: 1, why: "it ran on the host, beside the GPU" },
      { what: "time between layers", count: 1, why: "a run takes 0.0455 ms, its layers 0.04025 ms" },
    ]);
    expect(result.report.hints).toEqual([]);
  });

  test("--warmup leaves out steps", () => {
    expect(rows({ "net.json": traceOf(steps) }, { warmup: 1 })).toEqual([
      "net,gpu,aten::conv2d,0.04",
      "net,gpu,aten::relu,0.006",
    ]);
  });

  test("a kernel that no operator launched is a layer, and several devices are several accelerators", () => {
    const events = [...kernel(1, 5, "triton_poi_0", [10, 3]), ...kernel(2, 8, "triton_red_1", [20, 5], 1)];
    expect(rows({ "net.json": traceOf(events) })).toEqual([
      "net,gpu-0,triton_poi_0,0.003",
      "net,gpu-1,triton_red_1,0.005",
    ]);
  });

  test("copies from and to the host are left out, those inside the GPU are work", () => {
    const copy = (id: number, name: string, at: readonly [number, number]): Given[] => [
      { cat: "cuda_runtime", name: "cudaMemcpyAsync", at: [at[0] - 5, 2], args: { correlation: id } },
      { cat: "gpu_memcpy", name, at, args: { correlation: id, device: 0 } },
    ];
    const events = [
      ...copy(1, "Memcpy HtoD (Pageable -> Device)", [10, 90]),
      operator("aten::copy_", 200, 10),
      ...copy(2, "Memcpy DtoD (Device -> Device)", [207, 3]),
    ];
    const result = imported({ "net.json": traceOf(events) });
    expect(tableOf(result).slice(1)).toEqual(["net,gpu,aten::copy_,0.003"]);
    expect(leftOf(result)).toEqual([["copy from or to the host", 1]]);
  });

  test("operators inside a compiled region are the layers", () => {
    const events = [
      operator("Torch-Compiled Region: 0/0", 0, 100),
      operator("triton_a", 10, 5),
      operator("triton_b", 20, 5),
    ];
    const compiled = [...events, ...kernel(1, 12, "triton_a", [30, 7]), ...kernel(2, 22, "triton_b", [40, 9])];
    expect(rows({ "net.json": traceOf(compiled) })).toEqual(["net,gpu,triton_a,0.007", "net,gpu,triton_b,0.009"]);
  });

  test("PyTorch 1.8 writes other categories, and its steps among the operators", () => {
    const older: Readonly<Record<string, string>> = {
      ...{ cpu_op: "Operator", user_annotation: "Operator", kernel: "Kernel", cuda_runtime: "Runtime" },
    };
    const old = steps.map((event) => ({ ...event, cat: older[event.cat]! }));
    expect(rows({ "net.json": traceOf(old) })).toEqual(rows({ "net.json": traceOf(steps) }));
  });
});

describe("a trace without kernels", () => {
  const operators = [operator("aten::linear", 10, 30), operator("aten::addmm", 12, 20), operator("aten::relu", 42, 5)];

  test("a layer is an operator of the network, with its own time", () => {
    const result = imported({ "net.json": traceOf(operators) });
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs",
      "net,cpu,aten::linear,0.03",
      "net,cpu,aten::relu,0.005",
    ]);
    expect(result.report.hints).toEqual([expect.stringContaining("the whole trace is one run")]);
  });

  test("runs are what the user labelled, if all has one label", () => {
    const later = operators.map((event) => ({ ...event, at: [event.at[0] * 2 + 80, event.at[1] * 2] as const }));
    const label = (ts: number, name: string): Given => ({ cat: "user_annotation", name, at: [ts, 90] });
    const events = [
      label(5, "inference"),
      ...operators,
      label(100, "inference"),
      ...later,
      operator("aten::item", 300, 1),
    ];
    const result = imported({ "net.json": traceOf(events) });
    expect(tableOf(result).slice(1)).toEqual([
      "net,cpu,aten::linear,0.045,0.471405",
      "net,cpu,aten::relu,0.0075,0.471405",
    ]);
    expect(leftOf(result)).toContainEqual(["operator outside of every run", 1]);
    const two = [label(5, "encoder"), ...operators, label(100, "decoder"), ...later];
    expect(rows({ "net.json": traceOf(two) })).toHaveLength(4);
  });
});

describe("a damaged trace", () => {
  const damaged = (event: object) => faults(`{\n"traceEvents": [\n${JSON.stringify(event)}\n]}\n`, {}).problems;
  const good = { ph: "X", cat: "kernel", name: "k", ts: 1, dur: 2 };

  test.each([
    ["no time", { ...good, dur: undefined }, "MISSING_KEY", 1, /"dur" is missing/],
    ["a negative time", { ...good, dur: -2 }, "NEGATIVE", 50, /must be 0 or more, got -2/],
    ["a time as text", { ...good, ts: "1" }, "WRONG_TYPE", 42, /ts must be a number/],
  ])("%s is told at its event", (_, event, code, column, message) => {
    expect(damaged(event)).toContainEqual(
      expect.objectContaining({ code, line: 3, column, message: expect.stringMatching(message) }),
    );
  });

  test("a trace that ends early is told", () => {
    expect(faults(traceOf(steps).slice(0, -30), {}).problems[0]).toMatchObject({ code: "JSON_SYNTAX" });
  });

  test("more warm-up than steps is told", () => {
    expect(faults(traceOf(steps), { warmup: 2 }).problems[0]?.message).toMatch(/2 runs, and --warmup leaves out 2/);
  });
});
