/** Traces that people publish: how they are told, read and named. */
import type { RowMapping, TraceFormat } from "./arrival.ts";
import { isMinute, type Within } from "./read-counts.ts";

/** Told by the columns of a table. */
export function traceFormat(header: readonly string[]): TraceFormat {
  const has = (...names: string[]): boolean => names.every((name) => header.includes(name));
  if (has("TIMESTAMP", "ContextTokens", "GeneratedTokens")) return "azure-llm";
  if (has("HashFunction") && header.some(isMinute)) return "azure-functions";
  if (has("app", "func", "end_timestamp", "duration")) return "azure-functions-2021";
  if (has("Timestamp", "Model", "Request tokens", "Response tokens")) return "burstgpt";
  if (has("arrived_at", "num_prefill_tokens", "num_decode_tokens")) return "vidur";
  if (!has("timestamp", "input_length", "output_length")) return "rows";
  // Both have the same columns otherwise, and other units.
  return has("chat_id") ? "bailian" : "mooncake";
}

export const knownMappings: Readonly<Record<Exclude<TraceFormat, "azure-functions">, RowMapping>> = {
  "azure-llm": { time: "TIMESTAMP", timeFormat: "iso", scale: new Map([["GeneratedTokens", 1]]) },
  // A request is known by its end. Its work is relative to a second.
  "azure-functions-2021": {
    time: "end_timestamp",
    timeFormat: "s",
    before: "duration",
    task: "func",
    scale: new Map([["duration", 1]]),
  },
  // Requests that failed have no response.
  burstgpt: { time: "Timestamp", timeFormat: "s", task: "Model", scale: new Map([["Response tokens", 1]]) },
  vidur: { time: "arrived_at", timeFormat: "s", scale: new Map([["num_decode_tokens", 1]]) },
  mooncake: { time: "timestamp", timeFormat: "ms", scale: new Map([["output_length", 1]]) },
  bailian: { time: "timestamp", timeFormat: "s", scale: new Map([["output_length", 1]]) },
  rows: { time: "releaseMs", timeFormat: "ms" },
};

export const formatTitles: Readonly<Record<TraceFormat, string>> = {
  "azure-llm": "Azure LLM inference trace",
  "azure-functions": "Azure Functions trace, counts a minute",
  "azure-functions-2021": "Azure Functions trace of 2021",
  burstgpt: "BurstGPT trace",
  vidur: "Vidur trace",
  mooncake: "Mooncake trace",
  bailian: "Qwen-Bailian trace",
  rows: "trace of requests",
};

interface WorkOptions extends Pick<Partial<RowMapping>, "scale"> {
  readonly within?: Within;
  readonly model?: string;
}

/** Comments of the written scenario. */
export function remarksOn(format: TraceFormat, { scale, within = "even", model }: WorkOptions): string[] {
  const works: Readonly<Record<TraceFormat, string | undefined>> = {
    "azure-llm": ofToken("GeneratedTokens"),
    "azure-functions": {
      even: "Invocations of a minute are spread evenly.",
      uniform: "Invocations of a minute are drawn uniformly.",
      start: "Invocations are at the start of their minute.",
    }[within],
    "azure-functions-2021": "Measure models for one second: the scale of a job is its duration in s.",
    burstgpt: ofToken("response tokens"),
    vidur: ofToken("num_decode_tokens"),
    mooncake: ofToken("output_length"),
    bailian: ofToken("output_length"),
    rows: undefined,
  };
  const written =
    scale && `The scale of a job is ${[...scale].map(([name, worth]) => `${worth} x ${name}`).join(" + ")}.`;
  const work = written ?? works[format];
  return [
    ...(work === undefined ? [] : [work]),
    ...(model === undefined ? ["Models are measured: a system with costs: table has their times."] : []),
  ];
}

const ofToken = (count: string): string =>
  `Measure the model for one generated token: the scale of a job is its ${count}.`;
