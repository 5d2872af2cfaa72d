/** Reads job sets, precedence constraints and abort actions, as CSV or YAML: docs/import.md#job-sets */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { decimal } from "../../input/decimal.ts";
import { type Cell, cellRows, plainHeader } from "../cells.ts";
import type { Place, Reporter } from "../reporter.ts";
import type { Edge, Job, JobName } from "./job.ts";

export interface JobSetPart {
  readonly jobs: readonly Job[];
  readonly edges: readonly Edge[];
  /** Places of abort actions. */
  readonly aborts: readonly Place[];
}

const jobColumns = ["task", "job", "earliest", "latest", "leastCost", "mostCost", "deadline", "priority"] as const;
type JobColumn = (typeof jobColumns)[number];
type Fields = Readonly<Partial<Record<JobColumn, Place>>>;

/** Headers in the spelling of `plainHeader`. */
const headers: ReadonlyMap<string, JobColumn> = new Map<string, JobColumn>([
  ["taskid", "task"],
  ["tid", "task"],
  ["jobid", "job"],
  ["jid", "job"],
  ...["arrivalmin", "releasemin", "rmin"].map((header) => [header, "earliest"] as const),
  ...["arrivalmax", "releasemax", "rmax"].map((header) => [header, "latest"] as const),
  ...["costmin", "cmin", "bcet"].map((header) => [header, "leastCost"] as const),
  ...["costmax", "cmax", "wcet"].map((header) => [header, "mostCost"] as const),
  ["deadline", "deadline"],
  ["priority", "priority"],
]);

const words: Readonly<Record<JobColumn, string>> = {
  task: "Task ID",
  job: "Job ID",
  earliest: "Arrival min",
  latest: "Arrival max",
  leastCost: "Cost min",
  mostCost: "Cost max",
  deadline: "Deadline",
  priority: "Priority",
};

/** What a file has is told by its content: its header, or else its number of columns. */
export function readJobSetPart(text: string, reporter: Reporter): JobSetPart {
  if (/^\uFEFF?(\s|#.*\n|---)*["']?jobset["']?\s*:/.test(text)) return readYaml(text.replace(/^\uFEFF/, ""), reporter);
  const rows = cellRows(text);
  const [first = []] = rows;
  if (rows.length === 0) reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "the file is empty");
  const header = first.map((cell) => plainHeader(cell.text));
  const isData = first.length > 0 && first.every((cell) => cell.text === "" || Number.isFinite(decimal(cell.text)));
  const data = isData ? rows : rows.slice(1);
  const count = first.filter((cell) => cell.text !== "").length;
  if (header.some((name) => name.startsWith("predecessor")) || (isData && count === 4))
    return { jobs: [], edges: data.flatMap((cells) => edgeOf(cells, reporter)), aborts: [] };
  if (header.some((name) => /trigger|cleanup|^tmin$/.test(name)) || (isData && count === 6))
    return { jobs: [], edges: [], aborts: data.map((cells) => cells[0]!) };
  return { jobs: jobsOf(data, header, isData, reporter), edges: [], aborts: [] };
}

function jobsOf(
  data: readonly (readonly Cell[])[],
  header: readonly string[],
  isData: boolean,
  reporter: Reporter,
): Job[] {
  const named = new Map(
    header.flatMap((name, index) => (headers.has(name) ? [[headers.get(name)!, index] as const] : [])),
  );
  // The analysis goes by the order and ignores its header; a header that names all columns may have another order.
  const isNamed = !isData && jobColumns.every((column) => named.has(column));
  const indexOf = (column: JobColumn): number => (isNamed ? named.get(column)! : jobColumns.indexOf(column));
  return data.flatMap((cells) => {
    const at = cells.find(({ text }) => text !== "")!;
    const fields = Object.fromEntries(
      jobColumns.flatMap((column) => {
        const cell = cells[indexOf(column)];
        return cell === undefined || cell.text === "" ? [] : [[column, cell]];
      }),
    );
    return jobFrom(fields, at, reporter);
  });
}

function jobFrom(fields: Fields, at: Place, reporter: Reporter): Job[] {
  const errorsBefore = reporter.errorCount;
  const missing = jobColumns.filter((column) => fields[column] === undefined);
  if (missing.length > 0) {
    const names = missing.map((column) => `"${words[column]}"`).join(", ");
    reporter.report(at, "WRONG_LENGTH", `this job has no ${names}`);
    return [];
  }
  const number = (column: JobColumn): number =>
    numberAt(fields[column]!, words[column], column === "priority", reporter);
  const job: Job = {
    at,
    task: nameAt(fields.task!, words.task, reporter),
    id: nameAt(fields.job!, words.job, reporter),
    earliest: number("earliest"),
    latest: number("latest"),
    leastCost: number("leastCost"),
    mostCost: number("mostCost"),
    deadline: number("deadline"),
    priority: number("priority"),
  };
  for (const [low, high] of ranges)
    if (job[low] > job[high]) reporter.report(fields[high]!, "TOO_SMALL", `${words[high]} is below ${words[low]}`);
  if (job.deadline <= job.latest)
    reporter.report(
      fields.deadline!,
      "DEADLINE_BEFORE_RELEASE",
      `the deadline ${job.deadline} is not after the arrival`,
    );
  return reporter.errorCount > errorsBefore ? [] : [job];
}

const ranges = [
  ["earliest", "latest"],
  ["leastCost", "mostCost"],
] as const;

function numberAt(place: Place, name: string, isSigned: boolean, reporter: Reporter): number {
  const value = decimal(place.text);
  if (!Number.isFinite(value)) reporter.report(place, "WRONG_TYPE", `${name} must be a number, got "${place.text}"`);
  else if (value < 0 && !isSigned) reporter.report(place, "NEGATIVE", `${name} must be 0 or more, got ${place.text}`);
  else return value;
  return 0;
}

function nameAt(place: Place, name: string, reporter: Reporter): string {
  if (!/^\d+$/.test(place.text))
    reporter.report(place, "NOT_WHOLE", `${name} must be a whole number, got "${place.text}"`);
  return place.text.replace(/^0+(?=\d)/, "");
}

function edgeOf(cells: readonly Cell[], reporter: Reporter): Edge[] {
  const [fromTask, fromJob, toTask, toJob] = cells;
  const at = cells.find(({ text }) => text !== "")!;
  if (!fromTask?.text || !fromJob?.text || !toTask?.text || !toJob?.text) {
    reporter.report(at, "WRONG_LENGTH", "a precedence has four numbers: task and job before, task and job after");
    return [];
  }
  const name = (task: Cell, job: Cell): JobName => ({
    task: nameAt(task, words.task, reporter),
    id: nameAt(job, words.job, reporter),
  });
  return [{ at, from: name(fromTask, fromJob), to: name(toTask, toJob) }];
}

function readYaml(text: string, reporter: Reporter): JobSetPart {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (node: Node | undefined, found = ""): Place => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { text: found, line, column: col };
  };
  for (const { message, pos } of document.errors) {
    const { line, col } = lines.linePos(pos[0]);
    reporter.report({ text: "", line, column: col }, "YAML_SYNTAX", message);
  }
  const list = document.errors.length > 0 ? undefined : document.get("jobset", true);
  if (!isSeq(list)) {
    if (document.errors.length === 0)
      reporter.report(placeOf(undefined), "WRONG_TYPE", "jobset must be a list of jobs");
    return { jobs: [], edges: [], aborts: [] };
  }
  const parts = list.items.map((item) => yamlJob(item as Node, placeOf, reporter));
  return { jobs: parts.flatMap(({ jobs }) => jobs), edges: parts.flatMap(({ edges }) => edges), aborts: [] };
}

type PlaceOf = (node: Node | undefined, found?: string) => Place;

function yamlJob(item: Node, placeOf: PlaceOf, reporter: Reporter): Pick<JobSetPart, "jobs" | "edges"> {
  const at = placeOf(item);
  if (!isMap(item)) {
    reporter.report(at, "WRONG_TYPE", "a job must be a mapping");
    return { jobs: [], edges: [] };
  }
  const fields: Partial<Record<JobColumn, Place>> = {};
  let successors: unknown;
  for (const { key, value } of item.items) {
    const name = plainHeader(String(isScalar(key) ? key.value : key));
    const column = headers.get(name);
    if (column !== undefined && isScalar(value)) fields[column] = placeOf(value, String(value.value));
    else if (name === "successors") successors = value;
    else reporter.report(placeOf(key as Node), "UNKNOWN_KEY", `unexpected "${String(key)}" in a job`);
  }
  const jobs = jobFrom(fields, at, reporter);
  const [job] = jobs;
  const items = isSeq(successors) ? successors.items : [];
  if (successors !== undefined && !isSeq(successors))
    reporter.report(placeOf(successors as Node), "WRONG_TYPE", "Successors must be a list");
  const edges = job === undefined ? [] : items.flatMap((each) => yamlEdge(job, each as Node, placeOf, reporter));
  return { jobs, edges };
}

/** `[task, job]`, or a mapping of both. */
function yamlEdge(from: JobName, item: Node, placeOf: PlaceOf, reporter: Reporter): Edge[] {
  const at = placeOf(item);
  const values = isSeq(item)
    ? item.items
    : isMap(item)
      ? ["Task ID", "Job ID"].map((name) => item.get(name, true))
      : [];
  const [task, job] = values.map((value) => (isScalar(value) ? placeOf(value, String(value.value)) : undefined));
  if (task !== undefined && job !== undefined) {
    const to = { task: nameAt(task, words.task, reporter), id: nameAt(job, words.job, reporter) };
    return [{ at, from, to }];
  }
  reporter.report(at, "WRONG_TYPE", "a successor must be [task, job], or a mapping of Task ID and Job ID");
  return [];
}
