/** From what a user asks for to everything a run needs, loaded and checked. */
import type { CostTable } from "../../core/costs.ts";
import { compile, type Program, unsupported } from "../../core/program.ts";
import type { InputFile } from "../../core/result.ts";
import type { Scenario } from "../../core/scenario.ts";
import type { ParameterValues, Scheduler } from "../../core/scheduler.ts";
import { type MeasurementContext, measurementContext } from "../../metrics/measurement-context.ts";
import { scenarioOfSeed } from "../../scenario/multi-tenant.ts";
import { nsFromMs } from "../../scenario/ns-from-ms.ts";
import { resolveParameters } from "../../schedulers/parameters.ts";
import { findScheduler } from "../files/scheduler-file.ts";
import { RequestError } from "../request-error.ts";
import { refuseTooManyJobs } from "./job-limit.ts";
import { energyWarnings } from "./warnings.ts";
import type { Workbench } from "./workbench.ts";

/** What a user asks for: paths of files, a scheduler's name or path, and numbers. */
export interface RunRequest {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  /** As given; text is converted to what the parameter is. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  /** undefined: the scenario's. */
  readonly durationMs: number | undefined;
  readonly warmupMs: number;
}

export interface RunSetup {
  readonly program: Program;
  readonly scheduler: Scheduler;
  /** Whether a user's file defines the scheduler. */
  readonly schedulerPath: string | undefined;
  readonly parameters: ParameterValues;
  readonly context: MeasurementContext;
  readonly seed: number;
  readonly inputs: readonly InputFile[];
  readonly warnings: readonly string[];
}

/** Throws InputError or RequestError; nothing has run then. */
export async function prepare(request: RunRequest, workbench: Workbench): Promise<RunSetup> {
  const { scheduler, file } = await findScheduler(request.scheduler, workbench.library);
  const parameters = checkedParameters(scheduler, request.parameters);
  const loaded = workbench.scenario(request.scenario);
  const system = workbench.system(request.system);
  const scenario = checkedScenario(scenarioOfSeed(loaded.value, request.seed), request);
  refuseTooManyJobs(scenario);
  const models = scenario.tasks.map((task) => task.model);
  const costs = workbench.costs(models, system.value);
  refuseUnsupported(scenario, costs);
  return {
    program: compile(scenario, system.value, costs),
    scheduler,
    schedulerPath: file?.path,
    parameters,
    context: measurementContext(scenario, system.value, costs, { warmupNs: nsFromMs(request.warmupMs) }),
    seed: request.seed,
    inputs: [...loaded.inputs, ...system.inputs, ...(file === undefined ? [] : [file])],
    warnings: energyWarnings(models, system.value),
  };
}

function checkedParameters(scheduler: Scheduler, given: RunRequest["parameters"]): ParameterValues {
  const { values, problems } = resolveParameters(scheduler, given);
  if (problems.length > 0) throw new RequestError(problems.map(({ message }) => message).join("\n"));
  return values;
}

function refuseUnsupported(scenario: Scenario, costs: CostTable): void {
  const reasons = unsupported(scenario, costs);
  if (reasons.length === 0) return;
  const list = reasons.map((reason) => `  - ${reason}`).join("\n");
  throw new RequestError(`scenario "${scenario.name}" cannot be simulated, so nothing was run:\n${list}`);
}

function checkedScenario(scenario: Scenario, { durationMs, warmupMs }: RunRequest): Scenario {
  const durationNs = durationMs === undefined ? scenario.durationNs : nsFromMs(durationMs);
  if (durationNs < 1) throw new RequestError("the run must last at least 1 ns (0.000001 ms)");
  if (nsFromMs(warmupMs) < durationNs) return { ...scenario, durationNs };
  throw new RequestError(`the warm-up (${warmupMs} ms) must be shorter than the run (${durationNs / 1e6} ms)`);
}
