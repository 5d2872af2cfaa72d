/** Reads a `perf.yaml`; every problem has its line and column. */

import { decimal } from "../../input/decimal.ts";
import { isMapping, type Mapping } from "../../input/mapping.ts";
import { numberHint } from "../../input/number-hint.ts";
import type { Path } from "../../input/parsed-file.ts";
import type { ProblemCode } from "../../input/problem.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { show } from "../../input/quote.ts";
import { parseYaml } from "../../input/yaml-document.ts";
import type { SourceFile } from "../imported.ts";
import { warnOfUnfinishedLine } from "../unfinished-line.ts";
import { type Component, type Job, PASSED, type PerfFile, titleOf } from "./perf-file.ts";

/** Reports a problem at a part of the file. */
type ReportAt = (path: Path, code: ProblemCode, message: string) => void;

/** Undefined after problems with the file as a whole. */
export function readPerf({ file, text }: SourceFile, problems: ProblemList): PerfFile | undefined {
  const parsed = parseYaml(file, text, problems);
  if (parsed === undefined) return undefined;
  const report: ReportAt = (path, code, message) => {
    if (!problems.isFull) problems.add(parsed.problem(path, "value", code, message));
  };
  warnOfUnfinishedLine({ file, text }, problems);
  const root = parsed.value;
  const jobs = isMapping(root) ? new PerfReader(report).jobs(root) : undefined;
  if (jobs === undefined) report([], "MISSING_KEY", otherForm(root));
  return jobs && { file, title: titleOf(file), components: byComponent(jobs) };
}

function byComponent(jobs: readonly Job[]): readonly Component[] {
  const components = new Map<string, Job[]>();
  for (const job of jobs) components.set(job.component, [...(components.get(job.component) ?? []), job]);
  return [...components].map(([name, own]) => ({ name, jobs: own }));
}

const otherForm = (root: unknown): string =>
  isMapping(root) && "execution_summary" in root
    ? "this is the profile of one job: use rtmm import profile"
    : 'this is no perf.yaml of Qualcomm AI Hub: it has neither "precisions" nor "models"';

/** Old files write null as text, or nothing. */
const isAbsent = (value: unknown): boolean =>
  [undefined, null, "null", ""].includes(value as string | null | undefined);

class PerfReader {
  readonly #report: ReportAt;

  constructor(report: ReportAt) {
    this.#report = report;
  }

  /** Undefined if the file has another form. */
  jobs(root: Mapping): readonly Job[] | undefined {
    if ("precisions" in root) return this.#ofPrecisions(root.precisions);
    // Files of language models have one model, without the list.
    const models = isMapping(root.models) ? [root.models] : root.models;
    return Array.isArray(models) ? this.#ofModels(models) : undefined;
  }

  #ofPrecisions(precisions: unknown): readonly Job[] {
    return this.#entries(precisions, ["precisions"]).flatMap(([precision, value, path]) =>
      this.#entries(this.#at(value, "components", path), [...path, "components"]).flatMap(
        ([component, details, inner]) =>
          this.#entries(isMapping(details) ? details.performance_metrics : details, [
            ...inner,
            "performance_metrics",
          ]).flatMap(([device, runtimes, where]) =>
            this.#entries(runtimes, where).map(([runtime, job, place]) =>
              this.#job({ component, device, runtime, precision }, job, place),
            ),
          ),
      ),
    );
  }

  /** The layout of 2024: a list of models, each with a list of devices. Times are in us. */
  #ofModels(models: readonly unknown[]): readonly Job[] {
    return models.flatMap((model, i) => {
      const path = ["models", i];
      const component = String(this.#at(model, "name", path) ?? "");
      const devices = this.#at(model, "performance_metrics", path);
      return !Array.isArray(devices)
        ? []
        : devices.flatMap((each: unknown, k) => this.#ofDevice(each, component, [...path, "performance_metrics", k]));
    });
  }

  #ofDevice(entry: unknown, component: string, path: Path): readonly Job[] {
    const info = this.#at(entry, "reference_device_info", path);
    const device = String(this.#at(info, "name", [...path, "reference_device_info"]) ?? "");
    return this.#entries(entry, path)
      .filter(([runtime, job]) => runtime !== "reference_device_info" && isMapping(job))
      .map(([runtime, job, place]) =>
        this.#job({ component, device, runtime, precision: precisionOf(job as Mapping) }, job, place),
      );
  }

  #job(names: Pick<Job, "component" | "device" | "runtime" | "precision">, value: unknown, path: Path): Job {
    const job = isMapping(value) ? value : {};
    if (!isMapping(value)) this.#report(path, "WRONG_TYPE", `expected a mapping, got ${show(value)}`);
    const latencyMs = this.#latency(job, path);
    const isLanguageModel = ["llm_metrics", "tokens_per_second"].some((key) => !isAbsent(job[key]));
    const status = isAbsent(job.job_status) ? (latencyMs === undefined ? "no result" : PASSED) : String(job.job_status);
    const saysTime = [job.inference_time_milliseconds, job.inference_time].some((time) => !isAbsent(time));
    if (status === PASSED && !saysTime && !isLanguageModel && isMapping(value))
      this.#report(path, "MISSING_KEY", "this job passed, but it has no inference_time_milliseconds");
    const unit = this.#unit(job, path);
    const memoryMb = this.#memory(job, path);
    return {
      ...names,
      status,
      isLanguageModel,
      layers: this.#layers(job, path),
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(unit === undefined ? {} : { unit }),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      ...(isAbsent(job.job_id) ? {} : { jobId: String(job.job_id) }),
      ...(isMapping(job.tool_versions) ? { tools: toolsText(job.tool_versions) } : {}),
    };
  }

  #latency(job: Mapping, path: Path): number | undefined {
    const ms = this.#number(job, "inference_time_milliseconds", path);
    const us = this.#number(job, "inference_time", path);
    const latencyMs = ms ?? (us === undefined ? undefined : us / 1e3);
    if (latencyMs === undefined || latencyMs > 0) return latencyMs;
    const key = ms === undefined ? "inference_time" : "inference_time_milliseconds";
    this.#report([...path, key], "NOT_POSITIVE", `${key} must be greater than 0, got ${latencyMs}`);
    return undefined;
  }

  #unit(job: Mapping, path: Path): string | undefined {
    const unit = job.primary_compute_unit;
    if (isAbsent(unit)) return undefined;
    if (["NPU", "GPU", "CPU"].includes(String(unit))) return String(unit);
    this.#report(
      [...path, "primary_compute_unit"],
      "UNKNOWN_NAME",
      `primary_compute_unit is NPU, GPU or CPU, got ${show(unit)}`,
    );
    return undefined;
  }

  #memory(job: Mapping, path: Path): readonly [number, number] | undefined {
    const [key, scale] = isAbsent(job.estimated_peak_memory_range_mb)
      ? (["estimated_peak_memory_range", 1e-6] as const)
      : (["estimated_peak_memory_range_mb", 1] as const);
    const range = job[key];
    if (!isMapping(range)) return undefined;
    const min = this.#number(range, "min", [...path, key]);
    const max = this.#number(range, "max", [...path, key]);
    return min === undefined || max === undefined ? undefined : [min * scale, max * scale];
  }

  #layers(job: Mapping, path: Path): ReadonlyMap<string, number> {
    const [key, prefix] = isMapping(job.layer_counts) ? ["layer_counts", ""] : ["layer_info", "layers_on_"];
    const counts = job[key!];
    if (!isMapping(counts)) return new Map();
    const units = ["npu", "gpu", "cpu"].map((unit) => {
      return [unit.toUpperCase(), this.#number(counts, `${prefix}${unit}`, [...path, key!]) ?? 0] as const;
    });
    return new Map(units.filter(([, count]) => count > 0));
  }

  /** Undefined if absent, or after a problem. */
  #number(from: Mapping, key: string, path: Path): number | undefined {
    const value = from[key];
    if (isAbsent(value)) return undefined;
    const number = typeof value === "string" ? decimal(value) : value;
    if (typeof number === "number" && Number.isFinite(number) && typeof value === "number") return number;
    const hint = typeof value === "string" ? commaHint(value) || numberHint(value) : "";
    this.#report([...path, key], "WRONG_TYPE", `${key} must be a number, got ${show(value)}${hint}`);
    return undefined;
  }

  /** The entries of a mapping with their paths; none after a problem. */
  #entries(value: unknown, path: Path): readonly (readonly [key: string, value: unknown, path: Path])[] {
    if (isMapping(value)) return Object.entries(value).map(([key, each]) => [key, each, [...path, key]]);
    // A component that was not profiled has no metrics.
    if (!isAbsent(value)) this.#report(path, "WRONG_TYPE", `expected a mapping, got ${show(value)}`);
    return [];
  }

  #at(value: unknown, key: string, path: Path): unknown {
    if (isMapping(value) && !isAbsent(value[key])) return value[key];
    this.#report(path, "MISSING_KEY", `"${key}" is missing here`);
    return undefined;
  }
}

/** `1,124` is a number in some countries. */
const commaHint = (text: string): string =>
  /^\d+,\d+$/.test(text.trim()) ? `; write ${text.trim().replace(",", ".")}` : "";

const precisionOf = (job: Mapping): string => (isAbsent(job.precision) ? "float" : String(job.precision));

const toolsText = (tools: Mapping): string =>
  Object.entries(tools)
    .filter(([, version]) => !isAbsent(version))
    .map(([tool, version]) => `${tool} ${version}`)
    .join(", ");
