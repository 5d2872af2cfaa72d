/** Reads SimSo's files: tasks, processors and the scheduler of a simulation. docs/import.md#simso */
import { decimal } from "../../input/decimal.ts";
import type { Place, Reporter } from "../reporter.ts";
import { type Element, readElements } from "./xml.ts";

export interface Simulation {
  readonly durationMs: number;
  /** Execution time model: `wcet`, `acet`, `fixedpenalty`, `cache`. */
  readonly timeModel: Place;
  /** As in the file, such as `simso.schedulers.EDF`; absent: none. */
  readonly scheduler?: Place;
  readonly processors: readonly SimsoProcessor[];
  readonly tasks: readonly SimsoTask[];
  /** Costs that SimSo takes for decisions, preemptions and caches, where they are not 0. */
  readonly overheads: readonly Place[];
}

export interface SimsoProcessor {
  readonly name: string;
  readonly speed: number;
}

export interface SimsoTask {
  readonly at: Place;
  readonly name: string;
  readonly id: string;
  readonly type: "Periodic" | "Sporadic" | "APeriodic";
  readonly periodMs: number;
  readonly activationMs: number;
  readonly activationsMs: readonly number[];
  readonly deadlineMs: number;
  readonly wcetMs: number;
  readonly acetMs: number;
  readonly stddevMs: number;
  /** Id of the task of which the end of a job releases a job. */
  readonly followedBy?: Place;
  readonly priority?: number;
  readonly abortsOnMiss: boolean;
}

const largestMs = 1e9;

/** What is wrong goes to the reporter. */
export function readSimulation(text: string, reporter: Reporter): Simulation {
  const elements = readElements(text, reporter);
  const reader = new AttributeReader(reporter);
  const named = (name: string): readonly Element[] => elements.filter((element) => element.name.text === name);
  const [root] = named("simulation");
  if (root === undefined && reporter.errorCount === 0) {
    const at = elements[0]?.name ?? { text: "", line: 1, column: 1 };
    reporter.report(at, "MISSING_KEY", "a SimSo file has a simulation element");
  }
  const tasks = named("task").map((element) => readTask(element, reader));
  const processors = named("processor").map((element) => ({
    name: reader.text(element, "name"),
    speed: reader.number(element, "speed", 1, "positive"),
  }));
  if (root !== undefined && tasks.length === 0) reporter.report(root.name, "MISSING_KEY", "the simulation has no task");
  if (root !== undefined && processors.length === 0)
    reporter.report(root.name, "MISSING_KEY", "the simulation has no processor");
  checkIds(named("task"), reporter);
  const [sched] = named("sched");
  const scheduler = [sched?.attributes.get("class"), sched?.attributes.get("className")].find((each) => each?.text);
  return {
    durationMs: root === undefined ? 0 : durationOf(root, reader),
    timeModel: root?.attributes.get("etm") ?? { text: "wcet", line: 1, column: 1 },
    ...(scheduler !== undefined && { scheduler }),
    processors,
    tasks,
    overheads: overheadsIn(elements),
  };
}

/** SimSo's own defaults. */
function durationOf(root: Element, reader: AttributeReader): number {
  const cycles = reader.number(root, "duration", 50_000, "positive");
  return cycles / reader.number(root, "cycles_per_ms", 1_000_000, "positive");
}

function readTask(element: Element, reader: AttributeReader): SimsoTask {
  const { attributes } = element;
  const number = (name: string) => reader.number(element, name, 0, "any");
  const type = typeOf(element);
  const activations = attributes.get("list_activation_dates");
  const followedBy = attributes.get("followed_by");
  return {
    at: element.name,
    name: reader.text(element, "name"),
    id: attributes.get("id")?.text ?? "",
    type,
    periodMs: type === "Periodic" ? reader.number(element, "period", undefined, "positive") : 0,
    activationMs: number("activationDate"),
    activationsMs: type === "Sporadic" && activations !== undefined ? reader.list(activations) : [],
    deadlineMs: reader.number(element, "deadline", undefined, "positive"),
    wcetMs: reader.number(element, "WCET", undefined, "any"),
    acetMs: number("ACET"),
    stddevMs: number("et_stddev"),
    ...(followedBy !== undefined && { followedBy }),
    ...(attributes.has("priority") && { priority: reader.number(element, "priority", 0, "signed") }),
    abortsOnMiss: (attributes.get("abort_on_miss")?.text ?? "yes") === "yes",
  };
}

/** As SimSo reads it: an unknown type is periodic, and older files say `periodic="no"`. */
function typeOf({ attributes }: Element): SimsoTask["type"] {
  const type = attributes.get("task_type")?.text;
  if (type === "Sporadic" || type === "APeriodic" || type === "Periodic") return type;
  return attributes.get("periodic")?.text === "no" ? "APeriodic" : "Periodic";
}

function checkIds(elements: readonly Element[], reporter: Reporter): void {
  const seen = new Set<string>();
  for (const { attributes } of elements) {
    const id = attributes.get("id");
    if (id === undefined) continue;
    if (seen.has(id.text)) reporter.report(id, "DUPLICATE_ID", `there is another task of the id ${id.text}`);
    seen.add(id.text);
  }
}

const overheadNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["simulation", ["penalty_preemption", "penalty_migration"]],
  ["sched", ["overhead", "overhead_activate", "overhead_terminate"]],
  ["processors", ["migration_overhead"]],
  ["processor", ["cs_overhead", "cl_overhead"]],
  ["task", ["preemption_cost"]],
]);

/** The places have the names of the attributes. */
function overheadsIn(elements: readonly Element[]): Place[] {
  const all = elements.flatMap(({ name, attributes }) =>
    (overheadNames.get(name.text) ?? []).flatMap((key) => {
      const place = attributes.get(key);
      return place !== undefined && Number(place.text) !== 0 ? [{ ...place, text: key }] : [];
    }),
  );
  const caches = elements.filter(({ name, inside }) => name.text === "cache" && inside.at(-1) === "caches");
  return [...all, ...caches.map(({ name }) => name)];
}

class AttributeReader {
  readonly #reporter: Reporter;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  text({ name, attributes }: Element, key: string): string {
    const place = attributes.get(key);
    if (place === undefined) this.#reporter.report(name, "MISSING_KEY", `a ${name.text} needs a ${key}`);
    return place?.text ?? "";
  }

  /** `byDefault` undefined: it has to be there. 1 after a problem. */
  number({ name, attributes }: Element, key: string, byDefault: number | undefined, range: Range): number {
    const place = attributes.get(key);
    if (place !== undefined) return this.#numberAt(place, key, range);
    if (byDefault === undefined) this.#reporter.report(name, "MISSING_KEY", `a ${name.text} needs a ${key}`);
    return byDefault ?? 1;
  }

  /** Numbers between commas, ascending. */
  list(place: Place): readonly number[] {
    const parts = place.text.split(",").filter((part) => part.trim() !== "");
    return parts
      .map((part) => this.#numberAt({ ...place, text: part.trim() }, "list_activation_dates", "any"))
      .sort((a, b) => a - b);
  }

  #numberAt(place: Place, key: string, range: Range): number {
    const value = decimal(place.text.trim());
    const report = (code: "WRONG_TYPE" | "NEGATIVE" | "NOT_POSITIVE" | "TOO_BIG", what: string) =>
      this.#reporter.report(place, code, `${key} must be ${what}, got "${place.text}"`);
    if (!Number.isFinite(value)) report("WRONG_TYPE", "a number");
    else if (range === "any" && value < 0) report("NEGATIVE", "0 or more");
    else if (range === "positive" && value <= 0) report("NOT_POSITIVE", "above 0");
    else if (value > largestMs && key !== "duration" && key !== "cycles_per_ms")
      report("TOO_BIG", `at most ${largestMs}`);
    else return value;
    return 1;
  }
}

type Range = "any" | "positive" | "signed";
