/** `perf.yaml` of Qualcomm AI Hub: fixtures of the same form, and real files. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type AiHubOptions, ratesOf } from "../../src/import/index.ts";
import { referenceFiles, referenceText, withReference } from "../shared.ts";
import { fileNamed, hand, run } from "./hub-files.ts";

/** The layout of 2024: a list of models, and times in us. */
const old = `models:
- name: Gaze
  performance_metrics:
  - torchscript_onnx_tflite:
      inference_time: 1235.0
      throughput: 809.7
      estimated_peak_memory_range:
        min: 12288
        max: 57000000
      primary_compute_unit: CPU
      precision: fp16
      layer_info:
        layers_on_npu: 0
        layers_on_gpu: 0
        layers_on_cpu: 40
        total_layers: 40
      job_id: j7
      job_status: Passed
    torchscript_onnx_qnn:
      inference_time: 'null'
      job_status: Failed
    reference_device_info:
      name: Board A (Proxy)
      os: '13'
    timestamp: '2024-05-01T00:00:00Z'
`;

describe("what is taken", () => {
  test("a component costs what it took on each compute unit, by the fastest runtime", () => {
    const result = run({ "hand.perf.yaml": hand });
    expect(fileNamed(result, "board-a-proxy.csv")).toBe(`model,accelerator,latencyMs
palm-detector,npu,1.3
palm-detector,cpu,9
landmarks,npu,2
`);
    expect(parse(fileNamed(result, "board-a-proxy.yaml"))).toMatchObject({
      name: "board-a-proxy",
      title: "Board A (Proxy)",
      accelerators: [
        { id: "npu", title: "NPU", preemption: ["drain"] },
        { id: "cpu", title: "CPU", preemption: ["drain"] },
      ],
    });
    expect(parse(fileNamed(result, "palm-detector.yaml"))).toMatchObject({
      title: "Palm Detector",
      layers: "measured",
    });
  });

  test("runtimes and precisions are wishes: the first that there is", () => {
    const csv = (options: AiHubOptions) => fileNamed(run({ "hand.perf.yaml": hand }, options), "board-a-proxy.csv");
    expect(csv({ runtimes: ["tflite", "onnx"] })).toContain("palm-detector,npu,1.4\npalm-detector,cpu,9\n");
    expect(csv({ precisions: ["w8a8", "float"] })).toContain("palm-detector,npu,0.5\nlandmarks,npu,2\n");
  });

  test("everything else is counted with its reason, and memory stays as a comment", () => {
    const result = run({ "hand.perf.yaml": hand }, { runtimes: ["tflite"] });
    expect(result.report.left.map(({ what, count }) => [what, count])).toEqual([
      ["job of another precision", 1],
      ["job of another runtime", 2],
      ["job without a latency", 1],
      ["layer that ran on another compute unit", 2],
      ["peak memory of a job", 1],
      ["model in no task", 2],
    ]);
    expect(fileNamed(result, "palm-detector.yaml")).toContain(
      "# NPU: 1.4 ms on Board A (Proxy), float, tflite; peak memory 0 to 57 MB; layers: 148 on NPU, 2 on CPU; job j1; tflite 2.17.0\n",
    );
  });

  test("the layout of 2024 has us, bytes, and null as text", () => {
    const result = run({ "gaze.yaml": old });
    expect(fileNamed(result, "board-a-proxy.csv")).toBe("model,accelerator,latencyMs\ngaze,cpu,1.235\n");
    expect(fileNamed(result, "gaze.yaml")).toContain("peak memory 0.012288 to 57 MB; layers: 40 on CPU; job j7");
    expect(result.report.left).toContainEqual(expect.objectContaining({ what: "job without a latency", count: 1 }));
  });

  test("energies and MACs that nobody measured are absent, never 0", () => {
    const result = run({ "hand.perf.yaml": hand });
    expect(fileNamed(result, "board-a-proxy.csv")).not.toContain("energy");
    for (const total of result.report.totals) expect(Object.keys(total)).toEqual(["model", "measured"]);
  });
});

describe("the scenario", () => {
  const tasks = (fps: readonly string[]) => {
    const result = run({ "models/hand/perf.yaml": hand, "gaze.yaml": old }, { rates: ratesOf(fps), name: "Head set" });
    return parse(fileNamed(result, "head-set.yaml")).tasks as object[];
  };

  test("a file's components run one after the other at the file's rate", () => {
    expect(tasks(["30", "hand=45"])).toEqual([
      { id: "palm-detector", model: "palm-detector", fps: 45 },
      { id: "landmarks", model: "landmarks", after: "palm-detector" },
      { id: "gaze", model: "gaze", fps: 30 },
    ]);
  });

  test("the order of the file is told, because it may be another", () => {
    const { report } = run({ "hand.perf.yaml": hand }, { rates: ratesOf(["30"]) });
    expect(report.hints).toEqual([
      "Landmarks runs after Palm Detector, as in the file; --fps Landmarks=<rate> gives it a rate of its own",
    ]);
  });

  test("a component with a rate of its own waits for nobody, and one without any does not run", () => {
    expect(tasks(["landmarks=90"])).toEqual([{ id: "landmarks", model: "landmarks", fps: 90 }]);
  });

  test("does not exist without rates", () => {
    expect(run({ "hand.perf.yaml": hand }).files.map(({ kind }) => kind)).not.toContain("scenario");
  });

  test.each([
    [["hnad=45"], 'nothing is called "hnad"'],
    [["fast"], '--fps takes 30 or model=30, got "fast"'],
    [["gaze=0"], "--fps takes 30 or model=30"],
    [["gaze=1", "gaze=2"], "two rates for gaze"],
  ])("the rates %j are refused", (fps, message) => expect(() => tasks(fps)).toThrow(message));
});

describe("language models", () => {
  const llm = `precisions:
  w4a16:
    components:
      Chat:
        performance_metrics:
          Board A (Proxy):
            genie:
              llm_metrics:
              - context_length: 4096
                tokens_per_second: 29.5
`;

  test("have no latency of one inference, which is told", () => {
    expect(() => run({ "chat.yaml": llm })).toThrow("language models have tokens per second");
  });

  test("may be one model without a list, as in 2024 and 2025", () => {
    const single = `models:
  name: Chat
  performance_metrics:
  - torchscript_onnx_qnn:
      llm_metrics:
        time_to_first_token_range: { min: 92289, max: 2953273.6 }
        tokens_per_second: 21.05
      evaluation_metrics: null
    reference_device_info: { name: Board A (Proxy) }
`;
    expect(() => run({ "chat.yaml": single })).toThrow("language models have tokens per second");
    const { report } = run({ "hand.perf.yaml": hand, "chat.yaml": single });
    expect(report.left).toContainEqual(expect.objectContaining({ what: "job of a language model", count: 1 }));
  });

  test("are left out beside other networks", () => {
    const { report, files } = run({ "hand.perf.yaml": hand, "chat.yaml": llm });
    expect(files.map(({ name }) => name)).not.toContain("chat");
    expect(report.left).toContainEqual(expect.objectContaining({ what: "job of a language model", count: 1 }));
  });
});

withReference("files/aihub", () => {
  const files = referenceFiles("files/aihub");
  const texts = Object.fromEntries(files.map((file) => [file, referenceText("files/aihub", file)]));

  test("the headset of the published latencies: 45 and 30 Hz on one SoC", () => {
    const wanted = ["mediapipe_hand", "midas", "yolov8_det", "eyegaze"].map((name) => `${name}.perf.yaml`);
    const result = run(Object.fromEntries(wanted.map((file) => [file, texts[file]!])), {
      device: "QCS8450",
      runtimes: ["tflite", "qnn_dlc"],
    });
    expect(fileNamed(result, "qcs8450-proxy.csv")).toBe(`model,accelerator,latencyMs
hand-detector,npu,1.401
hand-landmark-detector,npu,1.938
midas-v2,npu,6.849
yolov8-detection,npu,6.245
eye-gaze,cpu,71.081
`);
  });

  test.each(files)("every device of %s gives a table, and no job is lost", (file) => {
    const parsed = parse(texts[file]!) as { precisions: Record<string, { components: Record<string, Metrics> }> };
    type Metrics = { performance_metrics: Record<string, object> };
    const metrics = Object.values(parsed.precisions).flatMap(({ components }) => Object.values(components));
    const jobs = metrics.reduce(
      (sum, each) =>
        sum + Object.values(each.performance_metrics).reduce((n, runtimes) => n + Object.keys(runtimes).length, 0),
      0,
    );
    for (const device of new Set(metrics.flatMap((each) => Object.keys(each.performance_metrics)))) {
      const { files: written, report } = run({ [file]: texts[file]! }, { device });
      const table = written.find(({ kind }) => kind === "table")!;
      const taken = table.text.trimEnd().split("\n").length - 1;
      const left = report.left.filter(({ what }) => what.startsWith("job ")).reduce((sum, { count }) => sum + count, 0);
      expect(taken + left).toBe(jobs);
    }
  });
});
