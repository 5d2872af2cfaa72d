/** Prepares run requests: loads and checks everything that a run needs. */
import type { ParameterValues, Scheduler } from "../core/scheduler.ts";
import { RequestError } from "../input/request-error.ts";
import { findScheduler } from "./find-scheduler.ts";
import { givenParameters } from "./given-parameters.ts";
import { runCaseOf } from "./run-case.ts";
import type { RunRequest, RunSetup } from "./run-setup.ts";
import type { Workbench } from "./workbench.ts";

/** Throws InputError or RequestError before anything runs. */
export async function prepare(request: RunRequest, workbench: Workbench): Promise<RunSetup> {
  const { scheduler, origin, files } = await findScheduler(request.scheduler, workbench.files);
  const parameters = checkedParameters(scheduler, request.parameters);
  const { inputs, warnings, ...shared } = runCaseOf(request, workbench);
  return {
    ...shared,
    warnings: [...warnings, ...idleParameters(scheduler, request.parameters, parameters)],
    scheduler,
    schedulerOrigin: origin,
    schedulerPath: origin === "file" ? files[0]?.path : undefined,
    parameters,
    seed: request.seed,
    inputs: [...inputs, ...files],
    variation: request.variation,
  };
}

function checkedParameters(scheduler: Scheduler, given: RunRequest["parameters"]): ParameterValues {
  const { values, problems } = givenParameters(scheduler, given);
  if (problems.length > 0) throw new RequestError(problems.map(({ message }) => message).join("\n"));
  return values;
}

/** Parameters that were given and have no effect with the value of another. */
function idleParameters(
  { name: schedulerName, parameters }: Scheduler,
  given: RunRequest["parameters"],
  values: ParameterValues,
): readonly string[] {
  return parameters.flatMap(({ name, onlyWith }) => {
    if (onlyWith === undefined || !Object.hasOwn(given, name)) return [];
    const { parameter, value } = onlyWith;
    if (values[parameter] === value) return [];
    return [
      `${name} of ${schedulerName} has no effect with ${parameter}=${values[parameter]}; it needs ${parameter}=${value}`,
    ];
  });
}
