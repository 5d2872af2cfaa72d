/** Small profiles in the forms of their tools, and what an import makes of them. */
import { importProfile, type ProfileOptions } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { RequestError } from "../../src/input/request-error.ts";

/** As TFLite 2.3 and older print it, with the start of each operator. */
export const tfliteOld = `STARTING!
Operator-wise Profiling Info for Regular Benchmark Runs:
============================== Run Order ==============================
\t             [node type]\t          [start]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]
\t                 CONV_2D\t            0.000\t    0.731\t    0.719\t 45.192%\t 45.192%\t     0.000\t        1\t[MobilenetV1/Conv2d_0/Relu6]:0
\t       DEPTHWISE_CONV_2D\t            0.719\t    0.850\t    0.849\t 53.363%\t 98.554%\t     0.000\t        1\t[BiasAdd, 1]:1
\t                 SOFTMAX\t            1.568\t    0.030\t    0.023\t  1.446%\t100.000%\t     0.000\t        1\t[Softmax]:2

============================== Top by Computation Time ==============================
\t             [node type]\t          [start]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]
\t       DEPTHWISE_CONV_2D\t            0.719\t    0.850\t    0.849\t 53.363%\t 53.363%\t     0.000\t        1\t[BiasAdd, 1]:1

Number of nodes executed: 3
Timings (microseconds): count=50 first=1611 curr=1599 min=1580 max=1700 avg=1600 std=16
Memory (bytes): count=0
3 nodes observed
`;

/** As TFLite 2.6 and later print it: with the initialisation, and operators inside a delegate. */
export const tfliteNew = `INFO: Profiling Info for Benchmark Initialization:
============================== Run Order ==============================
\t                     [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]
\t                 AllocateTensors\t    0.102\t    0.102\t100.000%\t100.000%\t     0.000\t        1\tAllocateTensors/0

Number of nodes executed: 1
INFO: Operator-wise Profiling Info for Regular Benchmark Runs:
============================== Run Order ==============================
\t                     [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]
\t   Convolution (NHWC, QU8) IGEMM\t    0.267\t    0.200\t 20.000%\t 20.000%\t     0.000\t        1\tDelegate/Convolution (NHWC, QU8) IGEMM:0
\t                   Add (ND, QU8)\t    0.050\t    0.050\t  5.000%\t 25.000%\t     0.000\t        2\tDelegate/Add (ND, QU8):1
\t          TfLiteXNNPackDelegate\t    0.330\t    0.310\t 35.000%\t 60.000%\t     0.000\t        1\t[out]:64
\t             TfLiteGpuDelegateV2\t    0.400\t    0.400\t 40.000%\t100.000%\t     0.000\t        1\t[boxes]:65

============================== Summary by node type ==============================
\t                     [Node type]\t  [count]\t  [avg ms]\t    [avg %]\t    [cdf %]\t  [mem KB]\t[times called]
\t                   Add (ND, QU8)\t        1\t     0.050\t     5.000%\t     5.000%\t     0.000\t        2
`;

export const tfliteCsv = `============================== Run Order ==============================
node type, first, avg_ms, %, cdf%, mem KB, times called, name
Convolution (NHWC, QU8) IGEMM, 0.267, 0.278, 76.2%, 76.2%, 0, 1, Delegate/Convolution (NHWC\t QU8) IGEMM:0
SOFTMAX, 0.088, 0.087, 23.8%, 100%, 0, 1, [Softmax]:1

============================== Summary by node type ==============================
node type, count, avg_ms, avg %, cdf %, mem KB, times called
`;

interface OrtNode {
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly op?: string;
  readonly provider?: string;
}

/** A trace of runs, each with its nodes. */
export const ortTrace = (
  runs: readonly { readonly ts: number; readonly dur: number; readonly nodes: readonly OrtNode[] }[],
): string => {
  const event = (cat: string, name: string, ts: number, dur: number, args: object) =>
    JSON.stringify({ cat, pid: 1, tid: 1, dur, ts, ph: "X", name, args });
  const lines = runs.flatMap(({ ts, dur, nodes }) => [
    ...nodes.map(({ name, op = "Conv", provider = "CPUExecutionProvider", ...times }) =>
      event("Node", `${name}_kernel_time`, times.ts, times.dur, { op_name: op, provider }),
    ),
    event("Session", "model_run", ts, dur, {}),
  ]);
  return `[\n${[event("Session", "model_loading_uri", 1, 30, {}), ...lines].join(",\n")}\n]\n`;
};

export const ort = ortTrace([
  {
    ts: 100,
    dur: 60,
    nodes: [
      { name: "conv1", ts: 100, dur: 40 },
      { name: "relu1", ts: 142, dur: 10 },
    ],
  },
  {
    ts: 200,
    dur: 40,
    nodes: [
      { name: "conv1", ts: 200, dur: 20 },
      { name: "relu1", ts: 222, dur: 10 },
    ],
  },
]);

export const trtProfile = `[
  { "count" : 100 }
, { "name" : "Reformatting CopyNode for Input Tensor 0 to conv1", "timeMs" : 0, "averageMs" : 0, "medianMs" : 0, "percentage" : 0 }
, { "name" : "conv1 + relu1", "timeMs" : 2.5, "averageMs" : 0.025, "medianMs" : 0.024, "percentage" : 62.5 }
, { "name" : "fc", "timeMs" : 1.5, "averageMs" : 0.015, "medianMs" : 0.015, "percentage" : 37.5 }
]
`;

export const trtTimes = `[
  { "startEnqMs" : 0, "endEnqMs" : 0.1, "startH2dMs" : 0, "endH2dMs" : 0.2, "startComputeMs" : 0.2, "endComputeMs" : 1.2, "startD2hMs" : 1.2, "endD2hMs" : 1.3, "h2dMs" : 0.2, "computeMs" : 1, "d2hMs" : 0.1, "latencyMs" : 1.3 }
, { "startEnqMs" : 2, "endEnqMs" : 2.1, "startH2dMs" : 2, "endH2dMs" : 2.2, "startComputeMs" : 2.2, "endComputeMs" : 5.2, "startD2hMs" : 5.2, "endD2hMs" : 5.3, "h2dMs" : 0.2, "computeMs" : 3, "d2hMs" : 0.1, "latencyMs" : 3.3 }
]
`;

export const anyCsv = `Op name,Time (us),Device
conv 1,500,npu
"soft, max",25,npu
`;

export const anyColumns = new Map([
  ["layer", "Op name"],
  ["latencyUs", "Time (us)"],
  ["accelerator", "Device"],
]);

/** As qnn-profile-viewer writes it: two runs. */
export const qnnHeader = "Msg Timestamp,Message,Time,Unit of Measurement,Timing Source,Event Level,Event Identifier";
export const qnn = [
  qnnHeader,
  '1,INIT,90000,US,BACKEND,ROOT,"QNN (load binary) time"',
  '2,EXECUTE,4,COUNT,BACKEND,ROOT,"Number of HVX threads used"',
  '2,EXECUTE,10000,CYCLES,BACKEND,ROOT,"Accelerator (execute) time (cycles)"',
  '2,EXECUTE,6000,CYCLES,BACKEND,SUB-EVENT,"conv:OpId_1 (cycles)"',
  '2,EXECUTE,3000,CYCLES,BACKEND,SUB-EVENT,"add:OpId_2 (cycles)"',
  '2,EXECUTE,500,US,BACKEND,ROOT,"Accelerator (execute) time"',
  '2,EXECUTE,650,US,BACKEND,ROOT,"QNN accelerator (execute) time"',
  '2,EXECUTE,800,US,BACKEND,ROOT,"QNN (execute) time"',
  '3,EXECUTE,20000,CYCLES,BACKEND,ROOT,"Accelerator (execute) time (cycles)"',
  '3,EXECUTE,12000,CYCLES,BACKEND,SUB-EVENT,"conv:OpId_1 (cycles)"',
  '3,EXECUTE,6000,CYCLES,BACKEND,SUB-EVENT,"add:OpId_2 (cycles)"',
  '3,EXECUTE,700,US,BACKEND,ROOT,"Accelerator (execute) time"',
  "",
].join("\n");

/** An average report of OpenVINO. */
export const openvinoHeader = "layerName;execStatus;layerType;execType;realTime (ms);cpuTime (ms);";
export const openvino = `${openvinoHeader}
conv1;EXECUTED;Convolution;jit_avx2_I8;0.50;0.40;
relu1;OPTIMIZED_OUT;Relu;undef;0.00;0.00;
pool1;EXECUTED;Pooling;jit_avx2_I8;0.25;0.25;
Total;;;;0.75;0.65;

`;

/** As trtexec prints it with --dumpProfile. */
export const trtLog = `[05/08/2024-14:05:14] [I] === Profile (200 iterations ) ===
[05/08/2024-14:05:14] [I]    Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer
[05/08/2024-14:05:14] [I]      100.00       0.5000       0.4900      66.7   Reformatting CopyNode for Input Tensor 0 to conv1 + relu1
[05/08/2024-14:05:14] [I]       50.00       0.2500       0.2500      33.3   fc 2
[05/08/2024-14:05:14] [I]      150.00       0.7500       0.7400     100.0   Total
`;

/** As RKNN writes it on a chip. */
export const rknnHeader =
  "ID   OpType             DataType Target InputShape                OutputShape      Cycles(DDR/NPU/Total)    Time(us)     MacUsage(%)          WorkLoad(0/1/2)      RW(KB)       FullName        ";
export const rknnRule = "-".repeat(60);
export const rknn = `CPU Current Frequency List:
    - 1800000
${rknnRule}
                  Network Layer Information Table
${rknnRule}
${rknnHeader}
${rknnRule}
1    InputOperator      FLOAT16  CPU    \\                         (1,3,256,256)    0/0/0                    4                                 0.0%/0.0%/0.0%       0            InputOperator:input
2    Conv               FLOAT16  NPU    (1,3,256,256),(3,3,1,1)   (1,3,256,256)    60956/131072/131072      390          0.30/0.00/0.00       100.0%/0.0%/0.0%     384
3    Pad                FLOAT16  NPU    (1,3,256,256),(8)         (1,3,258,258)    0/0/0                    307.5                     0.0%/0.0%/0.0%       12           Pad:/pad/Pad
${rknnRule}
Total Operator Elapsed Per Frame Time(us): 701
`;

/** As hailortcli of HailoRT 4 prints it; bars are overwritten. */
export const hailo = `Starting Measurements...
Measuring FPS in HW-only mode
Network yolo/yolo: 50% | 700 | FPS: 280.00 | ETA: 00:00:02\rNetwork yolo/yolo: 100% | 1551 | FPS: 309.77 | ETA: 00:00:00
Measuring FPS (and Power on supported platforms) in streaming mode
Network yolo/yolo: 100% | 1549 | FPS: 309.44 | ETA: 00:00:00
Measuring HW Latency
Network yolo/yolo: 100% | 520 | HW Latency: 6.66 ms | ETA: 00:00:00

=======
Summary
=======
FPS     (hw_only)                 = 250
        (streaming)               = 249.441
Latency (hw)                      = 6.66137 ms
Device 0000:01:00.0:
  Power in streaming mode (average) = 5.22191 W
`;

/** As TVM's debug executor prints it, sorted by time. */
export const tvm = `Node Name             Ops                   Time(us)  Time(%)  Shape              Inputs  Outputs  Measurements(us)  
---------             ---                   --------  -------  -----              ------  -------  ----------------  
tvmgen_conv2d_relu    tvmgen_conv2d_relu    300.0     75.0     (1, 64, 112, 112)  2       1        [290.0, 310.0]    
tvmgen_split          tvmgen_split          60.5      15.125   (1, 32, 8)         1       2        [60.5, 60.5]      
tvmgen_split          tvmgen_split          60.5      15.125   (1, 32, 8)         1       2        [60.5, 60.5]      
tvmgen_softmax        tvmgen_softmax        39.5      9.875    (1, 1000)          1       1        [39.0, 40.0]      
Total_time            -                     400.0     -        -                  -       -        -                 
`;

/** Of PyTorch's profiler: an operator in another, and what it launched. */
export const torch = `{
"schemaVersion": 1,
"traceEvents": [
{"ph": "X", "cat": "user_annotation", "name": "ProfilerStep#2", "pid": 1, "tid": 1, "ts": 10.5, "dur": 90},
{"ph": "X", "cat": "cpu_op", "name": "aten::conv2d", "pid": 1, "tid": 1, "ts": 12.25, "dur": 30},
{"ph": "X", "cat": "cpu_op", "name": "aten::convolution", "pid": 1, "tid": 1, "ts": 13, "dur": 20},
{"ph": "X", "cat": "cuda_runtime", "name": "cudaLaunchKernel", "pid": 1, "tid": 1, "ts": 20, "dur": 5, "args": {"correlation": 7}},
{"ph": "X", "cat": "kernel", "name": "gemm", "pid": 0, "tid": 7, "ts": 30, "dur": 12.5, "args": {"correlation": 7, "device": 0}}
]}
`;

export type Imported = ReturnType<typeof importProfile>;

export const imported = (
  texts: Readonly<Record<string, string>>,
  options: ProfileOptions = {},
  warnings: Problem[] = [],
): Imported =>
  importProfile(
    Object.entries(texts).map(([file, text]) => ({ file, text })),
    options,
    (warning) => warnings.push(warning),
  );

/** The rows of the table, below its header. */
export const rows = (texts: Readonly<Record<string, string>>, options: ProfileOptions = {}): readonly string[] =>
  tableOf(imported(texts, options)).slice(1);

/** The lines of the table that the system names. */
export const tableOf = ({ files }: Imported): readonly string[] =>
  textOf({ files }, `${files.find(({ kind }) => kind === "system")!.name}.csv`)
    .trimEnd()
    .split("\n");

export const textOf = ({ files }: Pick<Imported, "files">, fileName: string): string =>
  files.find((file) => file.fileName === fileName)!.text;

/** `[what, count]` of everything that was left out. */
export const leftOf = ({ report }: Imported): readonly (readonly [string, number])[] =>
  report.left.map(({ what, count }) => [what, count]);

/** What is wrong with a file: its problems, or the message of a request that cannot be met. */
export function faults(text: string, options: ProfileOptions = {}): { problems: readonly Problem[]; message: string } {
  try {
    imported({ "a.txt": text }, options);
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems, message: error.message };
    if (error instanceof RequestError) return { problems: [], message: error.message };
    throw error;
  }
  return { problems: [], message: "" };
}
