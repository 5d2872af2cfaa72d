/** `perf.yaml` of Qualcomm AI Hub: fixtures of the same form, real files, and files that were damaged on the way. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type AiHubOptions, importAiHub, ratesOf } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { propertyRuns } from "../property-runs.ts";
import { referenceFiles, referenceText, withReference } from "../shared.ts";

const hand = `supported_devices:
- Board A
precisions:
  float:
    components:
      Palm Detector:
        performance_metrics:
          Board A (Proxy):
            tflite:
              job_id: j1
              job_status: Passed
              inference_time_milliseconds: 1.4
              estimated_peak_memory_range_mb:
                min: 0
                max: 57
              primary_compute_unit: NPU
              layer_counts:
                total: 150
                npu: 148
                cpu: 2
              tool_versions:
                tflite: 2.17.0
            qnn_dlc:
              job_id: j2
              job_status: Passed
              inference_time_milliseconds: 1.3
              primary_compute_unit: NPU
            onnx:
              job_id: j3
              job_status: Passed
              inference_time_milliseconds: 9
              primary_compute_unit: CPU
          Board B:
            tflite:
              job_id: j4
              job_status: Failed
      Landmarks:
        performance_metrics:
          Board A (Proxy):
            tflite:
              job_id: j5
              job_status: Passed
              inference_time_milliseconds: 2
              primary_compute_unit: NPU
  w8a8:
    components:
      Palm Detector:
        performance_metrics:
          Board A (Proxy):
            tflite:
              job_id: j6
              job_status: Passed
              inference_time_milliseconds: 0.5
              primary_compute_unit: NPU
`;

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

const run = (texts: Readonly<Record<string, string>>, options: AiHubOptions = {}, warnings: Problem[] = []) =>
  importAiHub(
    Object.entries(texts).map(([file, text]) => ({ file, text })),
    options,
    (warning) => warnings.push(warning),
  );

const fileNamed = (result: ReturnType<typeof run>, fileName: string): string =>
  result.files.find((file) => file.fileName === fileName)!.text;

const problemsOf = (text: string): Problem[] => {
  try {
    run({ "a.perf.yaml": text });
  } catch (error) {
    if (error instanceof InputError) return [...error.problems];
    throw error;
  }
  return [];
};

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

describe("choices that cannot be met", () => {
  test.each<[string, AiHubOptions, string]>([
    ["a device that no job ran on", { device: "Board X" }, 'no job ran on "Board X"'],
    ["a runtime that is not there", { runtimes: ["coreml"] }, "it has tflite, qnn_dlc, onnx (--runtime coreml,tflite"],
    ["a precision that is not there", { precisions: ["w4a16"] }, "it has float, w8a8"],
  ])("%s", (_, options, message) => expect(() => run({ "hand.perf.yaml": hand }, options)).toThrow(message));

  test("several devices need a choice, and a part of a name is one if it is clear", () => {
    const two = hand.replace("job_status: Failed", "job_status: Passed\n              inference_time_milliseconds: 3");
    expect(() => run({ "hand.perf.yaml": two })).toThrow('name a device with --device: "Board A (Proxy)", "Board B"');
    expect(() => run({ "hand.perf.yaml": two }, { device: "board" })).toThrow("several devices match");
    expect(() => run({ "hand.perf.yaml": two }, { device: "board b" })).toThrow(
      'Landmarks has no latency on Board B; it has: "Board A (Proxy)"',
    );
    expect(run({ "hand.perf.yaml": two }, { device: "proxy" }).files).not.toEqual([]);
  });
});

describe("damaged files", () => {
  test("line ends and a byte order mark change nothing", () => {
    const plain = run({ "hand.perf.yaml": hand });
    expect(run({ "hand.perf.yaml": hand.replaceAll("\n", "\r\n") })).toEqual(plain);
    expect(run({ "hand.perf.yaml": `\uFEFF${hand}` })).toEqual(plain);
  });

  test.each<[string, (text: string) => string, string, RegExp]>([
    ["a comma in a number", (text) => text.replace(": 1.4", ": 1,4"), "WRONG_TYPE", /got "1,4"; write 1\.4/],
    ["text for a number", (text) => text.replace(": 1.4", ": fast"), "WRONG_TYPE", /must be a number, got "fast"/],
    ["a time of 0", (text) => text.replace(": 1.4", ": 0"), "NOT_POSITIVE", /greater than 0, got 0/],
    ["a unit cut short", (text) => text.replace("unit: NPU", "unit: NP"), "UNKNOWN_NAME", /NPU, GPU or CPU, got "NP"/],
    [
      "a passed job without a time",
      (text) => text.replace(/ +inference_time_milliseconds: 1\.4\n/, ""),
      "MISSING_KEY",
      /passed, but it has no inference_time/,
    ],
    [
      "a list for a mapping",
      (text) => text.replace("Board B:", "Board B: []\n          Board C:"),
      "WRONG_TYPE",
      /list/,
    ],
    ["another file", () => "layers: []\n", "MISSING_KEY", /no perf\.yaml of Qualcomm AI Hub/],
    ["broken YAML", (text) => `${text}  x: [`, "YAML_SYNTAX", /./],
  ])("%s is told at its place", (_, damage, code, message) => {
    const [problem] = problemsOf(damage(hand)).filter(({ severity }) => severity === "error");
    expect(problem).toMatchObject({ code, file: "a.perf.yaml", message: expect.stringMatching(message) });
    expect(problem!.line).toBeGreaterThan(0);
    expect(problem!.column).toBeGreaterThan(0);
  });

  test("cut anywhere, it is refused, or what is taken is in the whole file too, or a warning tells of the cut", () => {
    const whole = new Set(fileNamed(run({ "a.perf.yaml": hand }), "board-a-proxy.csv").split("\n"));
    for (let length = 1; length < hand.length; length += 7) {
      const text = hand.slice(0, length);
      const warnings: Problem[] = [];
      let csv = "";
      try {
        csv = fileNamed(run({ "a.perf.yaml": text }, {}, warnings), "board-a-proxy.csv");
      } catch (error) {
        expect((error as Error).message).not.toBe("");
        continue;
      }
      const isKnown = csv.split("\n").every((row) => whole.has(row) || !row.includes("npu,1.3"));
      expect(isKnown || warnings.length > 0 || text.endsWith("\n")).toBe(true);
    }
  });

  test("whatever is in it, it gives costs or a problem, and nothing else fails", () => {
    const damage = fc.tuple(fc.nat(hand.length - 1), fc.nat(20), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(damage, ([at, length, instead]) => {
        const damaged = hand.slice(0, at) + instead + hand.slice(at + length);
        try {
          const { files } = run({ "a.perf.yaml": damaged }, { device: "board a" });
          expect(files.length).toBeGreaterThan(2);
        } catch (error) {
          expect(error instanceof InputError || error instanceof RequestError).toBe(true);
        }
      }),
      propertyRuns(300),
    );
  });

  test("the order of devices, components and runtimes changes no cost", () => {
    const sorted = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, sorted(each)]),
          );
    const turned = `${JSON.stringify(sorted(parse(hand)))}\n`;
    const rows = (text: string) =>
      fileNamed(run({ "a.perf.yaml": text }, { precisions: ["float"] }), "board-a-proxy.csv")
        .split("\n")
        .sort();
    expect(rows(turned)).toEqual(rows(hand));
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
