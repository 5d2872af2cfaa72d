/** Checks parameters that a user gave, with the name that a misspelt one is nearest to. */
import type { Scheduler } from "../core/scheduler.ts";
import { didYouMean } from "../input/closest.ts";
import { type ParameterProblem, resolveParameters } from "../schedulers/parameters.ts";

/** As `resolveParameters`; a policy with many parameters names the nearest instead of all of them. */
export function givenParameters(
  scheduler: Scheduler,
  given: Readonly<Record<string, unknown>>,
): ReturnType<typeof resolveParameters> {
  const { values, problems } = resolveParameters(scheduler, given);
  return { values, problems: problems.map((problem) => withNearest(problem, scheduler)) };
}

function withNearest(problem: ParameterProblem, { name, parameters }: Scheduler): ParameterProblem {
  if (problem.code !== "UNKNOWN_PARAMETER") return problem;
  const nearest = didYouMean(
    problem.parameter,
    parameters.map((parameter) => parameter.name),
  );
  if (nearest === "") return problem;
  return { ...problem, message: `scheduler "${name}" has no parameter "${problem.parameter}"${nearest}` };
}
