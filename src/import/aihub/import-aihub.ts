/** Converts `perf.yaml` files of Qualcomm AI Hub to measured models on one device. */
import { ProblemList } from "../../input/problem-list.ts";
import { fileName } from "../ids.ts";
import type { ImportOptions, ImportResult, LeftOut, SourceFile, Warn } from "../imported.ts";
import { type MeasuredModel, type MeasuredTask, timeOf } from "../measured.ts";
import { measuredFiles } from "../measured-files.ts";
import { type Rates, rateOfEach } from "../rates.ts";
import { type AiHubChoice, type ChosenComponent, chosenJobs, deviceOf, isMeasured } from "./choose.ts";
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
  const chosen = files.flatMap((file) =>
    file.components
      // Language models have tokens per second in place of a latency; the report says so.
      .filter(({ jobs }) => jobs.some((job) => !job.isLanguageModel || job.latencyMs !== undefined))
      .map((component) => ({ file, component, jobs: chosenJobs(file, component, device, options) })),
  );
  const tasks = tasksOf(chosen, options.rates);
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
  const idle = chosen.filter((_, i) => !tasks.some(({ modelIndex }) => modelIndex === i)).length;
  return {
    files: written,
    report: {
      taken: chosen.map(takenText),
      left: leftOut(files, chosen, device, idle),
      totals,
      hints: orderHints(chosen, tasks),
    },
  };
}

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

function leftOut(
  files: readonly PerfFile[],
  chosen: readonly ChosenComponent[],
  device: string,
  idle: number,
): readonly LeftOut[] {
  const all = files.flatMap((file) => file.components.flatMap(({ jobs }) => jobs.map((job) => ({ file, job }))));
  const taken = new Set(chosen.flatMap(({ jobs }) => jobs));
  const measured = all.filter(({ job }) => isMeasured(job) && !taken.has(job));
  const precisions = new Set([...taken].map((job) => `${job.component} ${job.precision}`));
  const isOtherPrecision = ({ component, precision }: Job) => !precisions.has(`${component} ${precision}`);
  const here = measured.filter(({ job }) => job.device === device);
  const other = measured.filter(({ job }) => job.device !== device);
  return [
    left("job on another device", other, `the system is ${device} (--device)`),
    left(
      "job of another precision",
      here.filter(({ job }) => isOtherPrecision(job)),
      "one precision is taken for each component (--precision)",
    ),
    left(
      "job of another runtime",
      here.filter(({ job }) => !isOtherPrecision(job)),
      "one runtime is taken for each compute unit, the fastest or the first of --runtime",
    ),
    left(
      "job of a language model",
      all.filter(({ job }) => job.isLanguageModel && job.latencyMs === undefined),
      "tokens per second are no latency of one inference",
    ),
    left(
      "job without a latency",
      all.filter(({ job }) => !isMeasured(job) && !job.isLanguageModel),
      "it did not pass",
    ),
    strayLayers(chosen),
    count(
      "peak memory of a job",
      [...taken].filter(({ memoryMb }) => memoryMb !== undefined).length,
      "kept as a comment",
    ),
    count("model in no task", idle, "it has no rate (--fps)"),
  ].filter(({ count }) => count > 0);
}

type JobOfFile = Readonly<{ file: PerfFile; job: Job }>;

function left(what: string, jobs: readonly JobOfFile[], why: string): LeftOut {
  const [first] = jobs;
  return { what, count: jobs.length, why, ...(first === undefined ? {} : { first: { file: first.file.file } }) };
}

const count = (what: string, number: number, why: string): LeftOut => ({ what, count: number, why });

/** Layers that ran elsewhere than most. */
function strayLayers(chosen: readonly ChosenComponent[]): LeftOut {
  const stray = chosen.flatMap(({ jobs }) =>
    jobs.flatMap(({ unit, layers }) => [...layers].filter(([each]) => each !== unit).map(([, number]) => number)),
  );
  const why = "the file has no time of it alone, so the whole time counts for the primary unit";
  return count(
    "layer that ran on another compute unit",
    stray.reduce((sum, number) => sum + number, 0),
    why,
  );
}
