/** The same scenario with frames coming faster or slower. */
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import type { Report } from "../input/report.ts";
import type { ArrivalFile, PhaseFile, ScenarioFile, TaskFile } from "./scenario-file.ts";

/** Factor, above 0, on the rates of all tasks, or of some by id. */
export type RateScale = number | Readonly<Record<string, number>>;

/**
 * Scales `fps` (of tasks and phases), `ratePerS` and the inverse of a generator's `windowMs`; jitter keeps its share of
 * the period. A default deadline follows the period, one that is given in ms stays, as do traces and one-shots.
 * Reports where nothing has a rate, or a task has none of its own.
 */
export function withRates(scenario: ScenarioFile, scale: RateScale, report: Report): ScenarioFile {
  const factorOf = (id: string): number => (typeof scale === "number" ? scale : (scale[id] ?? 1));
  reportUnscalable(scenario, scale, report);
  const { tasks, phases, generate } = scenario;
  const windowMs = generate && generate.windowMs / factorOf("");
  return {
    ...scenario,
    ...(windowMs !== undefined && windowMs > scenario.durationMs && { durationMs: windowMs }),
    tasks: tasks.map((task) => (hasRate(task) ? fasterTask(task, factorOf(task.id)) : task)),
    ...(Array.isArray(phases) && { phases: phases.map((phase) => fasterPhase(phase, factorOf)) }),
    ...(generate !== undefined && { generate: { ...generate, windowMs: windowMs! } }),
  };
}

function reportUnscalable({ tasks, generate }: ScenarioFile, scale: RateScale, report: Report): void {
  const rated = tasks.filter(hasRate).map(({ id }) => id);
  if (typeof scale === "number") {
    if (rated.length === 0 && generate === undefined)
      report.problem(["tasks"], "NO_EFFECT", "no task has a rate that could be scaled", "key");
    return;
  }
  for (const id of Object.keys(scale).filter((each) => !rated.includes(each))) {
    const index = tasks.findIndex((task) => task?.id === id);
    const hint = didYouMean(id, rated) || (rated.length === 0 ? "" : `; these have: ${rated.join(", ")}`);
    const what = index < 0 ? `there is no task ${quote(id)} to scale` : `task ${quote(id)} has no rate of its own`;
    report.problem(index < 0 ? ["tasks"] : ["tasks", index], "NO_EFFECT", `${what}${hint}`, "key");
  }
}

function hasRate(task: TaskFile | null | undefined): task is TaskFile {
  return task?.after === undefined && (task?.fps !== undefined || task?.arrival?.kind === "poisson");
}

function fasterTask(task: TaskFile, factor: number): TaskFile {
  const { fps, jitterMs, arrival } = task;
  return {
    ...task,
    ...(fps !== undefined && { fps: fps * factor }),
    ...(jitterMs !== undefined && { jitterMs: jitterMs / factor }),
    ...(arrival !== undefined && { arrival: fasterArrival(arrival, factor) }),
  };
}

const fasterArrival = (arrival: ArrivalFile, factor: number): ArrivalFile =>
  arrival.kind === "poisson" ? { ...arrival, ratePerS: arrival.ratePerS * factor } : arrival;

function fasterPhase(phase: PhaseFile, factorOf: (id: string) => number): PhaseFile {
  if (typeof phase?.tasks !== "object" || phase.tasks === null) return phase;
  const tasks = Object.entries(phase.tasks).map(([id, change]) => [
    id,
    change?.fps === undefined ? change : { ...change, fps: change.fps * factorOf(id) },
  ]);
  return { ...phase, tasks: Object.fromEntries(tasks) };
}
