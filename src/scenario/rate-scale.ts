/** The same scenario with faster or slower frames. */
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import { rateIn } from "./rate.ts";
import type { ArrivalFile, ChangeFile, PhaseFile, ScenarioFile, TaskFile } from "./scenario-file.ts";

/** A factor above 0 on the rates of all tasks, or of some by id. */
export type RateScale = number | Readonly<Record<string, number>>;

/**
 * Scales `fps` (of tasks and phases), `ratePerS`, and the inverse of `periodMs` and of a generator's `windowMs`. Jitter keeps its share of
 * the period. A default deadline follows the period; that of a dependent task with `fps` follows its root. Deadlines in
 * ms stay, and so do offsets, phases, traces, one-shots and closed loops. Reports a factor that applies to no rate. See
 * docs/semantics.md#rate-scale.
 */
export function withRates(scenario: ScenarioFile, scale: RateScale, report: Report): ScenarioFile {
  if (!isSound(scenario, scale, report)) return scenario;
  const factorOf = factors(scenario, scale);
  const { tasks, phases, generate, durationMs } = scenario;
  const windowMs = generate && generate.windowMs / (typeof scale === "number" ? scale : 1);
  return {
    ...scenario,
    ...(windowMs !== undefined && windowMs > durationMs && { durationMs: windowMs }),
    tasks: tasks.map((task) => fasterTask(task, factorOf(task), phases)),
    ...(Array.isArray(phases) && { phases: phases.map((phase) => fasterPhase(phase, factorsById(tasks, factorOf))) }),
    ...(generate && { generate: { ...generate, windowMs: windowMs! } }),
  };
}

type Task = TaskFile | null | undefined;
type Factors = (task: Task) => number;

function isSound(scenario: ScenarioFile, scale: RateScale, report: Report): boolean {
  const { tasks, generate } = scenario;
  const wrong = (typeof scale === "number" ? [scale] : Object.values(scale)).find((factor) => !isFactor(factor));
  if (wrong !== undefined)
    report.problem([], "NOT_POSITIVE", `a factor on rates must be a number greater than 0, got ${quote(wrong)}`, "key");
  const rated = tasks.filter((task) => hasRate(scenario, task)).map(({ id }) => id);
  if (typeof scale === "number" && rated.length === 0 && generate === undefined)
    report.problem(["tasks"], "NO_EFFECT", `no task has a rate that could be scaled${loopHint(tasks)}`, "key");
  for (const id of typeof scale === "number" ? [] : Object.keys(scale).filter((each) => !rated.includes(each))) {
    const index = tasks.findIndex((task) => task?.id === id);
    const hint = didYouMean(id, rated) || (rated.length === 0 ? "" : `; these have: ${rated.join(", ")}`);
    const loop = loopHint(index < 0 ? [] : [tasks[index]]);
    const what =
      index < 0 ? `there is no task ${quote(id)} to scale` : `task ${quote(id)} has no rate of its own${loop}`;
    report.problem(index < 0 ? ["tasks"] : ["tasks", index], "NO_EFFECT", `${what}${hint}`, "key");
  }
  return wrong === undefined;
}

/** What to change instead, where a task is a closed loop. */
function loopHint(tasks: readonly Task[]): string {
  const loop = tasks.find((task) => task?.arrival?.kind === "closed");
  return loop ? `; closed loops follow the system: set clients or thinkMs (tasks.${loop.id}.arrival.clients)` : "";
}

export const isFactor = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value > 0;

function hasRate({ replay }: ScenarioFile, task: Task): boolean {
  if (task?.after !== undefined || replay !== undefined) return false;
  return task?.arrival === undefined ? rateIn(task ?? {}) !== undefined : task.arrival?.kind === "poisson";
}

/** A task's own factor, or that of its first root. */
function factors(scenario: ScenarioFile, scale: RateScale): Factors {
  const byId = new Map(scenario.tasks.map((task) => [task?.id, task]));
  return (task) => {
    const seen = new Set<Task>();
    let root = task;
    while (root?.after !== undefined && !seen.has(root)) {
      seen.add(root);
      root = byId.get(firstParent(root) ?? "");
    }
    if (root?.after !== undefined || !hasRate(scenario, root)) return 1;
    if (typeof scale === "number") return scale;
    return Object.hasOwn(scale, root!.id) ? scale[root!.id]! : 1;
  };
}

function firstParent({ after }: TaskFile): string | undefined {
  return typeof after === "string" ? after : (after?.task ?? after?.tasks?.[0]);
}

const factorsById = (tasks: ScenarioFile["tasks"], factorOf: Factors): ReadonlyMap<string, number> =>
  new Map(tasks.map((task) => [task?.id, factorOf(task)]));

function fasterTask(task: TaskFile, factor: number, phases: ScenarioFile["phases"]): TaskFile {
  if (factor === 1 || typeof task !== "object" || task === null) return task;
  const { fps, periodMs, jitterMs, arrival } = task;
  return {
    ...task,
    ...(fps !== undefined && { fps: fps * factor }),
    ...(periodMs !== undefined && { periodMs: periodMs / factor }),
    ...(jitterMs !== undefined && { jitterMs: withinPeriods(jitterMs, periodsMsOf(task, phases)) / factor }),
    ...(arrival?.kind === "poisson" && { arrival: fasterArrival(arrival, factor) }),
  };
}

function fasterArrival(arrival: ArrivalFile & { kind: "poisson" }, factor: number): ArrivalFile {
  const { ratePerS, periodMs } = arrival;
  return {
    ...arrival,
    ...(ratePerS !== undefined && { ratePerS: ratePerS * factor }),
    ...(periodMs !== undefined && { periodMs: periodMs / factor }),
  };
}

/** The task's own period and those that phases give it; undefined: a phase gives none. */
function periodsMsOf(task: TaskFile, phases: ScenarioFile["phases"]): readonly (number | undefined)[] {
  const changes = (Array.isArray(phases) ? (phases as readonly PhaseFile[]) : []).map((each) => each?.tasks?.[task.id]);
  return [task, ...changes].map((fields) => fields?.periodMs ?? (fields?.fps && 1000 / fields.fps));
}

/** A written period (16.666667 for 60 fps) may be half a nanosecond too long, so it is cut before scaling. */
function withinPeriods(jitterMs: number, periodsMs: readonly (number | undefined)[]): number {
  const known = periodsMs.filter((periodMs) => periodMs !== undefined);
  return Math.min(jitterMs, ...known.filter((periodMs) => Math.abs(jitterMs - periodMs) <= 5e-7));
}

function fasterPhase(phase: PhaseFile, factorOf: ReadonlyMap<string, number>): PhaseFile {
  if (typeof phase?.tasks !== "object" || phase.tasks === null) return phase;
  const tasks = Object.entries(phase.tasks).map(([id, change]) => [id, fasterChange(change, factorOf.get(id) ?? 1)]);
  return { ...phase, tasks: Object.fromEntries(tasks) };
}

function fasterChange(change: ChangeFile | undefined, factor: number): ChangeFile | undefined {
  if (typeof change !== "object" || change === null) return change;
  return {
    ...change,
    ...(change.fps !== undefined && { fps: change.fps * factor }),
    ...(change.periodMs !== undefined && { periodMs: change.periodMs / factor }),
    ...(change.ratePerS !== undefined && { ratePerS: change.ratePerS * factor }),
  };
}
