/** Converts job sets of np-schedulability-analysis to a scenario, its releases, times and a system. */

import { ProblemList } from "../../input/problem-list.ts";
import { counted } from "../counted.ts";
import { csvFile } from "../csv-file.ts";
import { baseName, distinctNames, fileName, kebabCase } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { type Job, keyOf } from "./job.ts";
import { jobEdges, type OrderedJob, orderJobs } from "./precedence.ts";
import { type JobSetPart, readJobSetPart } from "./read-jobs.ts";
import { type JobTask, jobTasks, periodsOf } from "./tasks.ts";

export type TimeUnit = "ns" | "us" | "ms" | "s";

export interface JobSetOptions extends ImportOptions {
  /** Of the numbers in the files (ms). */
  readonly unit?: TimeUnit;
  /** When jobs arrive whose arrival is an interval (earliest). */
  readonly arrival?: "earliest" | "latest";
  /** Identical processors (1). */
  readonly processors?: number;
}

const format = "np-schedulability-analysis";
const msOf: Readonly<Record<TimeUnit, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3 };
/** As in rtmm's scenarios. */
const mostTasks = 1000;

interface Part extends JobSetPart {
  readonly file: string;
  readonly reporter: Reporter;
}

/** All files are of one set. Throws an InputError with their problems. */
export function importJobSet(sources: readonly SourceFile[], options: JobSetOptions = {}, warn?: Warn): ImportResult {
  const problems = new ProblemList();
  const left = new LeftOuts();
  const parts = sources.map(({ text, file }): Part => {
    const reporter = new Reporter(text, file, problems);
    return { file, reporter, ...readJobSetPart(text, reporter) };
  });
  checkJobs(parts, problems);
  const tasks = problems.errorCount > 0 ? undefined : tasksOf(parts, left);
  problems.finish(warn);
  for (const { aborts, file } of parts)
    if (aborts.length > 0)
      left.add("abort action", "rtmm stops no job at a time of its own", file, aborts[0], aborts.length);
  leaveOutSuspensions(parts, left);
  return convert(tasks!, parts, options, left);
}

function leaveOutSuspensions(parts: readonly Part[], left: LeftOuts): void {
  const why = "rtmm releases a dependent job as soon as those before it end";
  for (const { edges, file } of parts)
    for (const { suspension } of edges)
      if (suspension !== undefined) left.add("suspension between two jobs", why, file, suspension);
}

function checkJobs(parts: readonly Part[], problems: ProblemList): void {
  const seen = new Set<string>();
  for (const { jobs, reporter } of parts) {
    for (const job of jobs) {
      if (seen.has(keyOf(job)))
        reporter.report(job.at, "DUPLICATE_ID", `job ${job.id} of task ${job.task} is there twice`);
      seen.add(keyOf(job));
    }
  }
  const [first] = parts;
  if (seen.size > 0 || problems.errorCount > 0 || first === undefined) return;
  first.reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "no file has jobs; name the job set as well");
}

/** Undefined after a problem. */
function tasksOf(parts: readonly Part[], left: LeftOuts): readonly JobTask[] | undefined {
  const jobs = parts.flatMap((part) => part.jobs);
  const edges = parts.flatMap((part) => jobEdges(jobs, part.edges, part.reporter));
  // Edges of several files are rare; problems and what is left out name the file that has the first.
  const { file, reporter } = parts.find((part) => part.edges.length > 0) ?? parts[0]!;
  const ordered = reporter.errorCount > 0 ? undefined : orderJobs(jobs, edges, file, left, reporter);
  if (ordered === undefined) return undefined;
  const tasks = jobTasks(ordered);
  const [first] = jobs;
  if (tasks.length > mostTasks)
    reporter.report(first!.at, "TOO_BIG", `the set makes ${tasks.length} tasks; a scenario has at most ${mostTasks}`);
  return tasks;
}

function convert(
  tasks: readonly JobTask[],
  parts: readonly Part[],
  options: JobSetOptions,
  left: LeftOuts,
): ImportResult {
  const main = parts.find(({ jobs }) => jobs.length > 0)!;
  const name = kebabCase(baseName(main.file), "job-set");
  const [system = ""] = distinctNames([`${name}-system`], [name]);
  const set: JobSet = {
    tasks,
    options,
    names: { scenario: name, system, table: `${name}-times`, replay: `${name}-jobs` },
    source: fileName(main.file),
    sources: parts.map(({ file }) => file),
    priorities: prioritiesOf(tasks),
  };
  leaveOutIntervals(tasks, options, main.file, left);
  const periods = periodsOf(tasks);
  const count = tasks.reduce((sum, { jobs }) => sum + jobs.length, 0);
  const how = `with their ${periods === undefined ? "releases" : "periods"}`;
  return {
    files: [...(periods === undefined ? replayed(set) : [periodic(set, periods)]), systemYaml(set), table(set)],
    report: {
      taken: [
        `${counted(count, "job")} as ${counted(tasks.length, "task")} ${how} from ${parts.map(({ file }) => fileName(file)).join(" and ")}`,
      ],
      left: left.list(),
      totals: [],
    },
  };
}

interface JobSet {
  readonly tasks: readonly JobTask[];
  readonly options: JobSetOptions;
  readonly names: {
    readonly scenario: string;
    readonly system: string;
    readonly table: string;
    readonly replay: string;
  };
  readonly source: string;
  readonly sources: readonly string[];
  /** By priority of the file: larger is more important. */
  readonly priorities: ReadonlyMap<number, number>;
}

function leaveOutIntervals(tasks: readonly JobTask[], options: JobSetOptions, file: string, left: LeftOuts): void {
  const { arrival = "earliest" } = options;
  for (const { job, parents } of tasks.flatMap(({ jobs }) => jobs)) {
    if (job.earliest === job.latest || parents.length > 0) continue;
    const why = `jobs arrive as ${arrival === "earliest" ? "early" : "late"} as they may; --arrival chooses`;
    left.add("interval of arrival", why, file, job.at);
  }
}

function prioritiesOf(tasks: readonly JobTask[]): ReadonlyMap<number, number> {
  const all = [...new Set(tasks.flatMap(({ jobs }) => jobs.map(({ job }) => job.priority)))].sort((a, b) => b - a);
  return new Map(all.map((priority, index) => [priority, index + 1]));
}

const arrivalOf = (job: Job, { arrival = "earliest" }: JobSetOptions): number => job[arrival];

/** In ms, without the digits that floats add. */
const inMs = (time: number, { unit = "ms" }: JobSetOptions): number => Number((time * msOf[unit]).toPrecision(15));

function headingOf({ sources, options }: JobSet, schema: "scenario" | "system", remarks: readonly string[]) {
  const ticks = `One unit of time in the file is 1 ${options.unit ?? "ms"}.`;
  return { schema, sources, format, remarks: [ticks, ...remarks] };
}

const scenarioRemarks = [
  "Jobs are not preempted: -s np-hpf. Priorities are ranks; in the file smaller ones come first.",
];

const modelOf = (id: string): object => ({ name: id, layers: "measured" });

function periodic(set: JobSet, periods: NonNullable<ReturnType<typeof periodsOf>>): ImportedFile {
  const { tasks, options, names, source, priorities } = set;
  const ends = tasks.map((task) => periods.get(task)!.offset + task.jobs.length * periods.get(task)!.period);
  const written = tasks.map((task) => {
    const { period, deadline } = periods.get(task)!;
    const { job } = task.jobs[0]!;
    const shift = arrivalOf(job, options);
    const timing = {
      periodMs: inMs(period, options),
      ...(shift > 0 && { offsetMs: inMs(shift, options) }),
      deadlineMs: inMs(deadline - (shift - job.earliest), options),
    };
    return onOneLine({ id: task.id, model: modelOf(task.id), ...timing, priority: priorities.get(job.priority) });
  });
  const scenario = {
    name: names.scenario,
    source,
    durationMs: inMs(Math.max(...ends), options),
    tasks: written,
  };
  return yamlFile(scenario, headingOf(set, "scenario", scenarioRemarks), options);
}

/** The scenario and the releases of its root tasks. */
function replayed(set: JobSet): readonly ImportedFile[] {
  const { tasks, options, names, source, priorities } = set;
  const written = tasks.map(({ id, after, jobs }) => {
    const dependent = after.length === 0 ? {} : dependentFields(jobs[0]!, after, set);
    return onOneLine({ id, model: modelOf(id), ...dependent });
  });
  const all = tasks.flatMap(({ jobs }) => jobs.map(({ job }) => job));
  const scenario = {
    name: names.scenario,
    source,
    durationMs: inMs(Math.max(...all.map(({ deadline }) => deadline)), options),
    replay: `${names.replay}.csv`,
    tasks: written,
  };
  const rows = tasks
    .filter(({ after }) => after.length === 0)
    .flatMap(({ id, jobs }) =>
      jobs.map(({ job }) => [
        id,
        inMs(arrivalOf(job, options), options),
        inMs(job.deadline, options),
        priorities.get(job.priority),
      ]),
    );
  return [
    yamlFile(scenario, headingOf(set, "scenario", scenarioRemarks), options),
    csvFile({ kind: "arrivals", name: names.replay, columns: ["task", "releaseMs", "deadlineMs", "priority"], rows }),
  ];
}

/** Deadlines of dependent jobs count from the release of the job at the start of their chain. */
function dependentFields({ job, root }: OrderedJob, after: readonly string[], { options, priorities }: JobSet): object {
  return {
    after: after.length === 1 ? after[0] : { tasks: after },
    deadlineMs: inMs(job.deadline - arrivalOf(root, options), options),
    priority: priorities.get(job.priority),
  };
}

function systemYaml(set: JobSet): ImportedFile {
  const { names, source, options } = set;
  const { processors = 1 } = options;
  const system = {
    name: names.system,
    source,
    costs: "table",
    table: `${names.table}.csv`,
    contextSwitch: "off",
    accelerators: [onOneLine({ id: "cpu", ...(processors > 1 && { count: processors }), preemption: ["drain"] })],
  };
  return yamlFile(system, headingOf(set, "system", []), options);
}

/** A cost that is an interval is uniform in it. */
function table({ tasks, options, names }: JobSet): ImportedFile {
  const rows = tasks.map(({ id, leastCost, mostCost }) => {
    const [least, most] = [inMs(leastCost, options), inMs(mostCost, options)];
    return [id, "cpu", ...(least === most ? [most, undefined, undefined] : [undefined, least, most])];
  });
  const columns = ["model", "accelerator", "latencyMs", "latencyMsLow", "latencyMsHigh"];
  return csvFile({ kind: "table", name: names.table, columns, rows });
}
