/** Performance files of AI Hub for tests, and what an import makes of them. */
import { type AiHubOptions, importAiHub } from "../../src/import/index.ts";
import type { Problem } from "../../src/input/problem.ts";

export const hand = `supported_devices:
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

export const run = (texts: Readonly<Record<string, string>>, options: AiHubOptions = {}, warnings: Problem[] = []) =>
  importAiHub(
    Object.entries(texts).map(([file, text]) => ({ file, text })),
    options,
    (warning) => warnings.push(warning),
  );

export const fileNamed = (result: ReturnType<typeof run>, fileName: string): string =>
  result.files.find((file) => file.fileName === fileName)!.text;
