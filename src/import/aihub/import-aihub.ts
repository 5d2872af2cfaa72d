/** Converts `perf.yaml` files of Qualcomm AI Hub to measured models on one device. */
import { ProblemList } from "../../input/problem-list.ts";
import { fileName } from "../ids.ts";
import type { ImportOptions, ImportResult, SourceFile, Warn } from "../imported.ts";
import { type MeasuredModel, type MeasuredTask, timeOf } from "../measured.ts";
import { measuredFiles } from "../measured-files.ts";
import { type Rates, rateOfEach } from "../rates.ts";
import { type AiHubChoice, type ChosenComponent, chosenJobs, deviceOf } from "./choose.ts";
import { leftOut } from "./left-out.ts";
import type { Job, PerfFile } from "./perf-file.ts";
import { readPerf } from "./read-perf.ts";

export interface AiHubOptions extends ImportOptions, AiHubChoice {
  readonly rates?: Rates;
  /** What the scenario is called. */
  readonly name?: string;
}

const format = "Qualcomm AI Hub perf.yaml";
const NS_PER_MS = 1e6;

/**
 * Each component is a model, measured on the compute unit that its jobs ran on. Without rates there is no scenario.
 * Throws InputError with all problems of the files, RequestError if a choice cannot be met.
 */
export function importAiHub(sources: readonly SourceFile[], options: AiHubOptions = {}, warn?: Warn): ImportResult {
  const problems = new ProblemList();
  const files = sources.flatMap((source) => readPerf(source, problems) ?? []);
  problems.finish(warn);
  const device = deviceOf(files, options.device);
  const chosen = files.flatMap((file) => chosenOf(file, device, options));
  const tasks = tasksOf(chosen, options.rates);
  const idle = chosen.filter((_, i) => !tasks.some(({ modelIndex }) => modelIndex === i)).length;
  const { files: written, totals } = measuredFiles(
    {
      models: chosen.map(modelOf),
      tasks,
      systemTitle: device,
      scenarioTitle: options.name ?? "scenario",
      sources: sources.map(({ file }) => file),
      format,
      scenarioRemarks: remarksOf(tasks),
    },
    options,
  );
  const left = leftOut(files, chosen, device, idle);
  return {
    files: written,
    report: { taken: chosen.map(takenText), left, totals, hints: orderHints(chosen, tasks) },
  };
}

/** Language models have tokens per second in place of a latency; the report says so. */
const chosenOf = (file: PerfFile, device: string, options: AiHubOptions): readonly ChosenComponent[] =>
  file.components
    .filter(({ jobs }) => jobs.some((job) => !job.isLanguageModel || job.latencyMs !== undefined))
    .map((component) => ({ file, component, jobs: chosenJobs(file, component, device, options) }));

function modelOf({ file, component, jobs }: ChosenComponent): MeasuredModel {
  const rows = jobs.map((job) => ({
    accelerator: job.unit ?? "unknown unit",
    time: timeOf([job.latencyMs! * NS_PER_MS]),
  }));
  return { title: component.name, sources: [file.file], remarks: jobs.map(remarkOf), rows };
}

/** Everything that the file says about a job, for the reader of the model. */
function remarkOf(job: Job): string {
  const { device, precision, runtime, unit, latencyMs, memoryMb, layers, jobId, tools } = job;
  const counts = [...layers].map(([each, count]) => `${count} on ${each}`).join(", ");
  return [
    `${unit ?? "unknown unit"}: ${latencyMs} ms on ${device}, ${precision}, ${runtime}`,
    ...(memoryMb === undefined ? [] : [`peak memory ${memoryMb[0]} to ${memoryMb[1]} MB`]),
    ...(counts === "" ? [] : [`layers: ${counts}`]),
    ...(jobId === undefined ? [] : [`job ${jobId}`]),
    ...(tools === undefined ? [] : [tools]),
  ].join("; ");
}

const takenText = ({ component, file, jobs }: ChosenComponent): string => {
  const costs = jobs.map(({ unit, latencyMs, precision, runtime }) => {
    return `${latencyMs} ms on the ${unit ?? "unknown unit"} (${precision}, ${runtime})`;
  });
  return `${component.name} from ${fileName(file.file)}: ${costs.join(", ")}`;
};

/** A component without a rate of its own follows the one before it in its file, if that one runs. */
function tasksOf(chosen: readonly ChosenComponent[], rates: Rates | undefined): readonly MeasuredTask[] {
  if (rates === undefined) return [];
  const own = rateOfEach(
    rates,
    chosen.map(({ component, file }, i) => [component.name, ...(isFirst(chosen, i) ? [file.title] : [])]),
  );
  const tasks: MeasuredTask[] = [];
  chosen.forEach((_, modelIndex) => {
    const fps = own[modelIndex] ?? (isFirst(chosen, modelIndex) ? rates.fallback : undefined);
    const follows = !isFirst(chosen, modelIndex) && tasks.at(-1)?.modelIndex === modelIndex - 1;
    if (fps !== undefined) tasks.push({ modelIndex, fps });
    else if (follows) tasks.push({ modelIndex, afterModelIndex: modelIndex - 1 });
  });
  return tasks;
}

/** Whether a component is the first of its file. */
const isFirst = (chosen: readonly ChosenComponent[], i: number): boolean => chosen[i - 1]?.file !== chosen[i]!.file;

/** The order of a file is no statement about a pipeline: some files have the decoder first. */
const orderHints = (chosen: readonly ChosenComponent[], tasks: readonly MeasuredTask[]): readonly string[] =>
  tasks.flatMap((task) => {
    if (!("afterModelIndex" in task)) return [];
    const [name, parent] = [task.modelIndex, task.afterModelIndex].map((i) => chosen[i]!.component.name);
    return [`${name} runs after ${parent}, as in the file; --fps ${name}=<rate> gives it a rate of its own`];
  });

const remarksOf = (tasks: readonly MeasuredTask[]): readonly string[] =>
  tasks.some((task) => "afterModelIndex" in task)
    ? [
        "Components of one file run one after the other, once each (after). One that runs at a rate of its own,",
        "such as a decoder for each token, gets it with --fps.",
      ]
    : [];
