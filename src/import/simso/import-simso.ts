/** Converts SimSo's simulations to a scenario of measured models, their times and a system. */
import { printable } from "../../input/printable.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { csvFile } from "../csv-file.ts";
import { baseName, fileName, idsOf } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { type Release, releasesOf } from "./releases.ts";
import { schedulerWords } from "./scheduler-words.ts";
import { readSimulation, type SimsoTask, type Simulation } from "./simulation.ts";

const format = "SimSo";

/** Throws an InputError with the problems of all files. */
export function importSimso(sources: readonly SourceFile[], options: ImportOptions = {}, warn?: Warn): ImportResult {
  const problems = new ProblemList();
  const left = new LeftOuts();
  const simulations = sources.map((source) => {
    const reporter = new Reporter(source.text, source.file, problems);
    return { file: source.file, simulation: readSimulation(source.text, reporter) };
  });
  problems.finish(warn);
  const names = idsOf(
    simulations.map(({ file }) => baseName(file)),
    "task-set",
  );
  const results = simulations.map(({ file, simulation }, i) => convert(simulation, names[i]!, file, options, left));
  return {
    files: results.flatMap(({ files }) => files),
    report: { taken: results.flatMap(({ taken }) => taken), left: left.list(), totals: [] },
  };
}

interface TaskSet {
  readonly simulation: Simulation;
  readonly file: string;
  /** `left`: those that no task releases. */
  readonly tasks: readonly { readonly task: SimsoTask; readonly id: string; readonly release: Release }[];
  readonly processorIds: readonly string[];
  readonly names: { readonly scenario: string; readonly system: string; readonly table: string };
}

function convert(
  simulation: Simulation,
  name: string,
  file: string,
  options: ImportOptions,
  left: LeftOuts,
): { readonly files: readonly ImportedFile[]; readonly taken: readonly string[] } {
  const { processors, overheads } = simulation;
  const released = releasesOf(simulation.tasks, file, left);
  const ids = idsOf(
    released.map(({ task }) => task.name),
    "task",
  );
  const set: TaskSet = {
    simulation,
    file,
    tasks: released.map(({ task, release }, i) => ({ task, release, id: ids[i]! })),
    processorIds: idsOf(
      processors.map((processor) => processor.name),
      "cpu",
    ),
    names: { scenario: name, system: `${name}-system`, table: `${name}-times` },
  };
  for (const place of overheads) left.add(place.text, "rtmm's measured models have no such cost", file, place);
  leaveOut(simulation, file, left);
  const tasks = `${released.length} ${released.length === 1 ? "task" : "tasks"}`;
  const cpus = `${processors.length} ${processors.length === 1 ? "processor" : "processors"}`;
  return {
    files: [scenarioYaml(set, options), systemYaml(set, options), table(set)],
    taken: [`${tasks} on ${cpus} from ${fileName(file)}`],
  };
}

function leaveOut({ timeModel, tasks, scheduler }: Simulation, file: string, left: LeftOuts): void {
  const aborting = tasks.filter(({ abortsOnMiss }) => abortsOnMiss);
  const [first] = aborting;
  const why = "rtmm's policies drop jobs that are late before they run (lateDrop), and stop none for it";
  if (first !== undefined) left.add("abort_on_miss", why, file, first.at, aborting.length);
  if (timeModel.text === "acet")
    left.add(
      "limit of ACET times",
      "normal times cut at the WCET become log-normal ones of the same mean and deviation",
      file,
      timeModel,
    );
  else if (timeModel.text !== "wcet")
    left.add(`execution time model ${timeModel.text}`, "every job takes its WCET", file, timeModel);
  if (scheduler !== undefined && schedulerWords(scheduler.text) === undefined)
    left.add(`scheduler ${scheduler.text}`, "rtmm has none like it", file, scheduler);
}

function scenarioYaml({ simulation, file, tasks, names }: TaskSet, options: ImportOptions): ImportedFile {
  const priorities = prioritiesOf(tasks.map(({ task }) => task));
  const idOf = new Map(tasks.map(({ task, id }) => [task, id]));
  const written = tasks.map(({ task, id, release }, i) => {
    const model = { name: id, ...(task.name !== id && { title: printable(task.name) }), layers: "measured" };
    return onOneLine({ id, model, ...releaseFields(release, idOf), priority: priorities.of[i] });
  });
  const scheduler = simulation.scheduler && schedulerWords(simulation.scheduler.text);
  const remarks = [
    ...(scheduler === undefined ? [] : [`Scheduler ${simulation.scheduler!.text} in the file: -s ${scheduler}`]),
    priorities.remark,
  ];
  const scenario = {
    name: names.scenario,
    title: baseName(file),
    source: fileName(file),
    durationMs: simulation.durationMs,
    tasks: written,
  };
  return yamlFile(scenario, { schema: "scenario", sources: [file], format, remarks }, options);
}

function releaseFields(release: Release, idOf: ReadonlyMap<SimsoTask, string>): object {
  const { deadlineMs } = release;
  if (release.kind === "periodic") {
    return { periodMs: release.periodMs, ...(release.offsetMs > 0 && { offsetMs: release.offsetMs }), deadlineMs };
  }
  if (release.kind === "after") return { after: idOf.get(release.parent), deadlineMs };
  return { arrival: { kind: "trace", timesMs: release.timesMs }, deadlineMs };
}

interface Priorities {
  /** By task: larger is more important. */
  readonly of: readonly number[];
  readonly remark: string;
}

/** Those of the file (field `priority`, as SimSo's FP reads it), as ranks; else rate-monotonic ones. */
function prioritiesOf(tasks: readonly SimsoTask[]): Priorities {
  const areWritten = tasks.every(({ priority }) => priority !== undefined);
  const weightOf = (task: SimsoTask): number => (areWritten ? task.priority! : -periodOf(task));
  const ranks = [...new Set(tasks.map(weightOf))].sort((a, b) => a - b);
  return {
    of: tasks.map((task) => ranks.indexOf(weightOf(task)) + 1),
    remark: areWritten ? "Priorities are the ranks of those in the file." : "Priorities are rate-monotonic.",
  };
}

/** Of a task without a period its deadline. */
const periodOf = ({ type, periodMs, deadlineMs }: SimsoTask): number => (type === "Periodic" ? periodMs : deadlineMs);

function systemYaml({ simulation, file, processorIds, names }: TaskSet, options: ImportOptions): ImportedFile {
  const accelerators = simulation.processors.map(({ name }, i) => {
    const id = processorIds[i]!;
    return onOneLine({ id, ...(name !== id && name !== "" && { title: printable(name) }) });
  });
  const system = {
    name: names.system,
    title: `${baseName(file)}, processors`,
    source: fileName(file),
    costs: "table",
    table: `${names.table}.csv`,
    contextSwitch: "off",
    accelerators,
  };
  return yamlFile(system, { schema: "system", sources: [file], format }, options);
}

/** A processor of another speed takes another time. */
function table({ simulation, tasks, processorIds, names }: TaskSet): ImportedFile {
  const varies = simulation.timeModel.text === "acet";
  const rows = tasks.flatMap(({ task, id }) =>
    simulation.processors.map(({ speed }, i) => {
      const isMean = varies && task.acetMs > 0;
      const latencyMs = (isMean ? task.acetMs : task.wcetMs) / speed;
      const cv = isMean ? task.stddevMs / task.acetMs : undefined;
      return [id, processorIds[i]!, latencyMs, ...(varies ? [cv] : [])];
    }),
  );
  const columns = ["model", "accelerator", "latencyMs", ...(varies ? ["cv"] : [])];
  return csvFile({ kind: "table", name: names.table, columns, rows });
}
