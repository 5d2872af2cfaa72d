/** A profile of one network, whatever tool wrote it. */
import { counted } from "../counted.ts";
import type { LeftOut } from "../imported.ts";
import type { MeasuredTime } from "../measured.ts";

export const profileFormats = [
  "tflite",
  "ort",
  "pytorch",
  "trtexec",
  "aihub-job",
  "qnn",
  "openvino",
  "rknn",
  "hailo",
  "tvm",
  "whole-lines",
  "csv",
] as const;
export type ProfileFormat = (typeof profileFormats)[number];

/** As reports and comments name them. */
export const formatTitles: Readonly<Record<ProfileFormat, string>> = {
  tflite: "TFLite benchmark_model",
  ort: "ONNX Runtime profile",
  pytorch: "PyTorch profiler",
  trtexec: "trtexec of TensorRT",
  "aihub-job": "Qualcomm AI Hub job",
  qnn: "QNN profile",
  openvino: "OpenVINO benchmark_app",
  rknn: "RKNN",
  hailo: "Hailo hailortcli",
  tvm: "TVM debug executor",
  "whole-lines": "benchmark of ncnn or MNN",
  csv: "CSV",
};

export interface Profile {
  readonly file: string;
  readonly format: ProfileFormat;
  /** What wrote it, if the format does not say it. */
  readonly tool?: string;
  /** In the order in which they ran; empty if only the whole was measured. */
  readonly layers: readonly ProfileLayer[];
  /** Of a whole run, as the tool says. */
  readonly whole?: MeasuredTime;
  /** If the file names it. */
  readonly model?: string;
  /** What the whole ran on, if the file names it and there are no layers. */
  readonly accelerator?: string;
  readonly energyPj?: number;
  readonly runs: number;
  /** For the reader of the model. */
  readonly remarks: readonly string[];
  readonly left: readonly LeftOut[];
  /** What the user may want to say of the file. */
  readonly hints?: readonly string[];
}

export interface ProfileLayer {
  readonly name: string;
  readonly time: MeasuredTime;
  readonly energyPj?: number;
  /** What it ran on, if the file says so. */
  readonly accelerator?: string;
}

/** How files are read. */
export interface ReadOptions {
  /** Runs at the beginning that do not count. */
  readonly warmup?: number;
  /** Columns of a CSV by what they mean: `layer` to `Op name`. */
  readonly columns?: ReadonlyMap<string, string>;
  /** What names that repeat in a CSV without a column of runs are. */
  readonly repeats?: "runs" | "layers";
  /** Of the cycles in a CSV. */
  readonly clockGHz?: number;
}

export const NS_PER_US = 1e3;
export const NS_PER_MS = 1e6;

/** `{what, count, why}` as a list, empty if there is nothing. */
export const leftIf = (count: number, what: string, why: string, first?: LeftOut["first"]): readonly LeftOut[] =>
  count === 0 ? [] : [{ what, count, why, ...(first === undefined ? {} : { first }) }];

export const noRunLeft = (runs: number, warmup: number): string =>
  `there ${runs === 1 ? "is" : "are"} ${counted(runs, "run")}, and --warmup leaves out ${warmup}`;

/** Four significant digits, as in `7.36 ms`. */
export const msText = (ns: number): string => `${Number((ns / NS_PER_MS).toPrecision(4))} ms`;

/** What a run takes besides its layers, or the time that parallel layers save. */
export function betweenLayers(layersNs: number, wholeNs: number): readonly LeftOut[] {
  const times = `a run takes ${msText(wholeNs)}, its layers ${msText(layersNs)}`;
  if (layersNs > 1.001 * wholeNs)
    return leftIf(1, "overlap of parallel layers", `layers run one after another here, and ${times}`);
  return wholeNs - layersNs < 0.001 * wholeNs ? [] : leftIf(1, "time between layers", times);
}

/** The first run allocates memory, loads weights and may compile. In any unit; none if it is like the others. */
export function slowFirstRun(times: readonly number[]): readonly string[] {
  const [first, ...others] = times;
  if (first === undefined || others.length === 0) return [];
  const factor = first / (others.reduce((sum, time) => sum + time, 0) / others.length);
  return factor < 1.5
    ? []
    : [`the first run takes ${factor.toPrecision(3)} times as long as the others; --warmup 1 leaves it out`];
}
