/** Builds what all runs of a scenario on a system share, regardless of the scheduler. */
import type { CostTable } from "../core/costs.ts";
import { compile, unsupported } from "../core/program.ts";
import type { Scenario } from "../core/scenario.ts";
import type { System } from "../core/system.ts";
import { knownEnergies } from "../cost/index.ts";
import { RequestError } from "../input/request-error.ts";
import { measurementContext } from "../metrics/measurement-context.ts";
import { scenarioOfSeed } from "../scenario/multi-tenant.ts";
import { nsFromMs } from "../scenario/ns-from-ms.ts";
import { refuseTooManyJobs } from "./job-limit.ts";
import { keyOf } from "./key-of.ts";
import type { RunCase, RunRequest } from "./run-setup.ts";
import { unreleasedWarnings } from "./unreleased.ts";
import { activationWarnings, energyWarnings, loadWarnings } from "./warnings.ts";
import type { Workbench } from "./workbench.ts";

type CaseRequest = Omit<RunRequest, "scheduler" | "parameters">;

/** Called once for all runs that share the case. Throws InputError or RequestError. */
export function runCaseOf(request: CaseRequest, workbench: Workbench): RunCase {
  const { scenario, system, variation, durationMs, warmupMs, seed } = request;
  const { generator } = workbench.scenario(scenario, variation).value;
  const drawn = generator === undefined ? undefined : seed;
  const key = keyOf([scenario, system, variation, durationMs, warmupMs, drawn]);
  return workbench.runCase(key, () => newCase(request, workbench));
}

function newCase(request: CaseRequest, workbench: Workbench): RunCase {
  const loaded = workbench.scenario(request.scenario, request.variation);
  const system = workbench.system(request.system, request.variation);
  const scenario = checkedScenario(scenarioOfSeed(loaded.value, request.seed), request);
  refuseTooManyJobs(scenario);
  const models = scenario.tasks.map((task) => task.model);
  const costs = workbench.costs(models, system.value);
  refuseUnsupported(scenario, costs, system.value);
  const energies = knownEnergies(costs, system.value.accelerators);
  return {
    program: compile(scenario, system.value, costs),
    context: measurementContext(scenario, system.value, costs, { warmupNs: nsFromMs(request.warmupMs) }),
    energies,
    inputs: [...loaded.inputs, ...system.inputs],
    warnings: [
      ...unreleasedWarnings(scenario),
      ...energyWarnings(energies),
      ...activationWarnings(costs, system.value),
      ...loadWarnings(models, system.value),
    ],
  };
}

function refuseUnsupported(scenario: Scenario, costs: CostTable, system: System): void {
  const reasons = unsupported(scenario, costs, system);
  if (reasons.length === 0) return;
  const list = reasons.map((reason) => `  - ${reason}`).join("\n");
  throw new RequestError(`scenario "${scenario.name}" cannot be simulated, so nothing was run:\n${list}`);
}

function checkedScenario(scenario: Scenario, { durationMs, warmupMs }: CaseRequest): Scenario {
  const durationNs = durationMs === undefined ? scenario.durationNs : nsFromMs(durationMs);
  if (durationNs < 1) throw new RequestError("the run must last at least 1 ns (0.000001 ms)");
  if (nsFromMs(warmupMs) < durationNs) return { ...scenario, durationNs };
  throw new RequestError(`the warm-up (${warmupMs} ms) must be shorter than the run (${durationNs / 1e6} ms)`);
}
