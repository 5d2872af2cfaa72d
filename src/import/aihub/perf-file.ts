/** What a `perf.yaml` of Qualcomm AI Hub says, in the layouts of 2024 (`models`) and of 2025 on (`precisions`). */

/** A profile job of one component. */
export interface Job {
  readonly component: string;
  readonly device: string;
  readonly runtime: string;
  readonly precision: string;
  /** `Passed`, or why not. */
  readonly status: string;
  /** Undefined if the job did not pass, or measured tokens of a language model instead. */
  readonly latencyMs?: number;
  /** As the file spells it: NPU, GPU or CPU. */
  readonly unit?: string;
  readonly memoryMb?: readonly [min: number, max: number];
  /** Layers by unit, without units that have none. */
  readonly layers: ReadonlyMap<string, number>;
  readonly jobId?: string;
  readonly tools?: string;
  /** It measured a language model: tokens per second and the time to the first token. */
  readonly isLanguageModel: boolean;
}

export interface PerfFile {
  readonly file: string;
  /** What people call it: the name of the file, or of its folder if all files are called perf.yaml. */
  readonly title: string;
  /** In the order of the file. */
  readonly components: readonly Component[];
}

export interface Component {
  readonly name: string;
  readonly jobs: readonly Job[];
}

export const PASSED = "Passed";

/** `models/mediapipe_hand/perf.yaml` and `mediapipe_hand.perf.yaml` are both mediapipe_hand. */
export function titleOf(file: string): string {
  const parts = file.split(/[/\\]/);
  const base = parts
    .at(-1)!
    .replace(/\.ya?ml$/i, "")
    .replace(/\.?perf$/i, "");
  return base === "" ? (parts.at(-2) ?? "perf") : base;
}
