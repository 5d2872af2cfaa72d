/** A case to search: what runs, by what it is judged, and what a schedule may decide. */
import type { Program } from "../core/program.ts";
import { RequestError } from "../input/request-error.ts";
import type { MeasurementContext } from "../metrics/measurement-context.ts";
import { type DecisionModel, isRegular, refuseClosedLoops } from "./decision-model.ts";
import { type JobsAhead, jobsAhead } from "./jobs-ahead.ts";
import type { Objective } from "./objective.ts";

export interface SearchProblem {
  readonly program: Program;
  readonly context: MeasurementContext;
  readonly seed: number;
  readonly objective: Objective;
  readonly model: DecisionModel;
  readonly ahead: JobsAhead;
  readonly pruning: Pruning;
}

/**
 * What a search may leave out. `none`: nothing, it visits every schedule of the model. `bounds`: what cannot become
 * better than the best so far. `all`: also what is no better than another schedule, see docs/optimum.md.
 */
export type Pruning = "none" | "bounds" | "all";

export type Case = Pick<SearchProblem, "program" | "context" | "seed" | "objective" | "model">;

/** More jobs than this leave no hope of an end. */
const MOST_JOBS = 5000;

/** `pruning`: at most; left out: all that is proven for the case. Throws RequestError for a case that cannot be searched. */
export function searchProblem(given: Case, pruning: Pruning = "all"): SearchProblem {
  const { program, context, seed, objective, model } = given;
  refuseClosedLoops(program);
  if (objective.family === "energy" && model.drops === "allowed")
    throw new RequestError("the least energy is 0, of a schedule that drops every job; forbid that with --no-drops");
  const ahead = jobsAhead(program, context, seed, model.preemptions > 0 ? "halved" : "exact");
  const jobs = ahead?.jobs.length ?? Infinity;
  if (ahead === undefined || jobs > MOST_JOBS)
    throw new RequestError(`a search takes at most ${MOST_JOBS} jobs; shorten the run with --duration`);
  return { ...given, ahead, pruning: leastOf(pruning, provenFor(given)) };
}

function provenFor({ program, objective, model }: Case): Pruning {
  if (objective.family === undefined) return "none";
  return isRegular(program, model) && mayWait(program, objective, model) ? "all" : "bounds";
}

/**
 * Whether a job that is late anyway may run after all others at no more than its worst-case energy. With context
 * switches that needs an accelerator that runs all of it.
 */
function mayWait(
  { system, tasks, columns, latencyNs }: Program,
  { family }: Objective,
  { granularity }: DecisionModel,
) {
  if (family !== "uxCostGuarded" || (system.contextSwitch === "off" && (granularity === "layer" || granularity === 1)))
    return true;
  return tasks.every(({ firstRow, endRow }) =>
    Array.from({ length: columns }, (_, column) => column).some((column) => {
      for (let row = firstRow[0]!; row < endRow[0]!; row++)
        if (latencyNs[row * columns + column] === Infinity) return false;
      return true;
    }),
  );
}

const order: readonly Pruning[] = ["none", "bounds", "all"];

const leastOf = (a: Pruning, b: Pruning): Pruning => order[Math.min(order.indexOf(a), order.indexOf(b))]!;
