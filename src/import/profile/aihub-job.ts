/** Reads the profile of a job of Qualcomm AI Hub, as `download_profile()` gives it: a time for each layer, or for the whole. */

import { isMapping, type Mapping } from "../../input/mapping.ts";
import { type MeasuredTime, timeOf } from "../measured.ts";
import type { JsonProfile } from "./json-values.ts";
import {
  betweenLayers,
  leftIf,
  msText,
  NS_PER_US,
  noRunLeft,
  type Profile,
  type ProfileLayer,
  type ReadOptions,
  slowFirstRun,
} from "./profile.ts";

type Path = readonly (string | number)[];

const detailPath = ["execution_detail"] as const;
const summaryPath = ["execution_summary"] as const;

/** Whether JSON is the profile of a job. */
export const isAihubJob = (value: unknown): value is Mapping => isMapping(value) && isMapping(value.execution_summary);

/**
 * Layers with their times, or with their shares of the whole by cycles, which is what jobs on the NPU have. Without
 * either, the whole on the unit of most layers.
 */
export function readAihubJob(file: string, value: Mapping, json: JsonProfile, options: ReadOptions): Profile {
  const summary = value.execution_summary as Mapping;
  const runs = runsOf(summary, json, options);
  const details = detailsOf(value.execution_detail, json);
  const estimateNs = estimateOf(summary, json);
  const whole = runs.length > 0 ? timeOf(runs) : estimateNs === undefined ? undefined : { meanNs: estimateNs };
  if (whole === undefined) json.report(summaryPath, "PROFILE_SYNTAX", "this job has no inference time; did it fail?");
  const common = {
    file,
    format: "aihub-job",
    runs: Math.max(1, runs.length),
    remarks: remarksOf(runs, estimateNs),
  } as const;
  const total = whole ?? { meanNs: 0 };
  if (details.some(({ us }) => us > 0)) return { ...common, ...timedLayers(details, total) };
  const hints = slowFirstRun(runs);
  return { ...common, hints, ...(hasCycles(details) ? sharedLayers(details, total) : onePiece(details, total)) };
}

/** Cycles of several units are of several clocks. */
const hasCycles = (details: readonly Detail[]): boolean =>
  details.some(({ cycles }) => cycles > 0) && new Set(details.map(({ unit }) => unit)).size === 1;

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** The time of each run behind the warm-up; none if the job does not have them. */
function runsOf(summary: Mapping, json: JsonProfile, { warmup = 0 }: ReadOptions): readonly number[] {
  const key = "all_inference_times";
  if (isAbsent(summary[key])) return [];
  const list = Array.isArray(summary[key]) ? (summary[key] as readonly unknown[]) : undefined;
  if (list === undefined) json.report([...summaryPath, key], "WRONG_TYPE", `${key} must be a list`);
  const times = (list ?? []).flatMap((us, i) => json.amount({ [i]: us }, String(i), [...summaryPath, key]) ?? []);
  const kept = times.slice(warmup).map((us) => us * NS_PER_US);
  if (times.length > 0 && kept.length === 0)
    json.report([...summaryPath, key], "PROFILE_SYNTAX", noRunLeft(times.length, warmup));
  return kept;
}

/** What AI Hub shows: the fastest run. */
function estimateOf(summary: Mapping, json: JsonProfile): number | undefined {
  const key = "estimated_inference_time";
  if (isAbsent(summary[key])) return undefined;
  const us = json.amount(summary, key, summaryPath);
  return us === undefined || us === 0 ? undefined : us * NS_PER_US;
}

interface Detail {
  readonly name: string;
  readonly unit: string | undefined;
  readonly us: number;
  readonly cycles: number;
}

function detailsOf(value: unknown, json: JsonProfile): readonly Detail[] {
  // A job without details has an empty object.
  if (isAbsent(value) || (isMapping(value) && Object.keys(value).length === 0)) return [];
  if (!Array.isArray(value)) {
    json.report(detailPath, "WRONG_TYPE", "execution_detail must be a list of layers");
    return [];
  }
  return value.flatMap((each: unknown, i) => {
    if (isMapping(each)) return [detailOf(each, [...detailPath, i], json)];
    json.report([...detailPath, i], "WRONG_TYPE", "each layer must be an object");
    return [];
  });
}

function detailOf(entry: Mapping, path: Path, json: JsonProfile): Detail {
  const textOf = (key: string) => (typeof entry[key] === "string" && entry[key] !== "" ? entry[key] : undefined);
  const amountOf = (key: string) => (isAbsent(entry[key]) ? 0 : (json.amount(entry, key, path) ?? 0));
  return {
    name: textOf("name") ?? textOf("type") ?? "layer",
    unit: textOf("compute_unit"),
    us: amountOf("execution_time"),
    cycles: amountOf("execution_cycles"),
  };
}

type Content = Pick<Profile, "layers" | "whole" | "accelerator" | "left">;

function timedLayers(details: readonly Detail[], whole: MeasuredTime): Content {
  const layers = details.map((each) => layerOf(each, each.us * NS_PER_US));
  return {
    layers,
    left: betweenLayers(
      layers.reduce((sum, { time }) => sum + time.meanNs, 0),
      whole.meanNs,
    ),
  };
}

function sharedLayers(details: readonly Detail[], { meanNs }: MeasuredTime): Content {
  const total = details.reduce((sum, { cycles }) => sum + cycles, 0);
  return {
    layers: details.map((each) => layerOf(each, (each.cycles / total) * meanNs)),
    left: leftIf(details.length, "count of cycles", "a layer has that share of the time of the whole"),
  };
}

function onePiece(details: readonly Detail[], whole: MeasuredTime): Content {
  const unit = unitOfMost(details);
  return {
    layers: [],
    whole,
    ...(unit === undefined ? {} : { accelerator: unit }),
    left: leftIf(details.length, "layer", "the job has neither times of its layers nor cycles of one unit"),
  };
}

const layerOf = ({ name, unit }: Detail, meanNs: number): ProfileLayer => ({
  name,
  time: { meanNs },
  ...(unit === undefined ? {} : { accelerator: unit }),
});

/** As in AI Hub's own tables: the unit of most layers; the NPU first, then the GPU. */
function unitOfMost(details: readonly Detail[]): string | undefined {
  const counts = new Map<string, number>(["NPU", "GPU", "CPU"].map((unit) => [unit, 0]));
  for (const { unit } of details) if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return most === 0 ? undefined : [...counts].find(([, count]) => count === most)![0];
}

function remarksOf(runs: readonly number[], estimateNs: number | undefined): readonly string[] {
  const estimate = estimateNs === undefined ? [] : [`AI Hub's estimate, the fastest run: ${msText(estimateNs)}`];
  return runs.length === 0 ? estimate : [`${runs.length} runs: mean ${msText(timeOf(runs).meanNs)}`, ...estimate];
}
