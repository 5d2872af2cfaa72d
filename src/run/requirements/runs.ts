/** Checks requirements before the runs, and tallies them afterwards. */
import type { Program } from "../../core/program.ts";
import { energyGaps, type KnownEnergy, knowsNoEnergy, type RunPart } from "../../cost/index.ts";
import { RequestError } from "../../input/request-error.ts";
import { unknownEnergyText } from "../../output/unknown-energy-text.ts";
import { subjectText } from "../../output/variation-text.ts";
import type { RunResult } from "../../records/run-result.ts";
import { assertKnownId, type Scope } from "./required-value.ts";
import type { Requirement } from "./requirement.ts";
import { RequirementTally } from "./requirement-tally.ts";

/** What is known of a run before it. */
interface Case {
  readonly program: Program;
  readonly energies: readonly KnownEnergy[];
}

/**
 * Throws RequestError for a requirement on a task or accelerator that no run will have, and for one on a metric that a
 * run cannot have because its costs know no energy at all.
 */
export function assertAboutSome(requirements: readonly Requirement[], setups: readonly Case[]): void {
  const known = {
    tasks: idsOf(setups.flatMap(({ program }) => program.scenario.tasks)),
    accelerators: idsOf(setups.flatMap(({ program }) => program.system.accelerators)),
  };
  for (const requirement of requirements) assertKnownId(requirement, known);
  for (const requirement of requirements) for (const each of setups) assertMeasurable(requirement, each);
}

/** Where some energies are known, only the run shows whether they are enough. */
export function assertMeasurable({ text, metric, scope }: Requirement, { program, energies }: Case): void {
  if (metric.needs !== "energy" || !knowsNoEnergy(energies, partOf(scope, program))) return;
  const where = `${program.scenario.name} on ${program.system.name}`;
  throw new RequestError(
    `"${text}" cannot be judged in ${where}: ${metric.name} is absent, because ${unknownEnergyText(energyGaps(energies))}`,
  );
}

function partOf(scope: Scope, { scenario }: Program): RunPart {
  if (scope.kind === "accelerators") return { acceleratorId: scope.id };
  const task = scope.kind === "tasks" ? scenario.tasks.find(({ id }) => id === scope.id) : undefined;
  return task === undefined ? {} : { modelName: task.model.name };
}

const idsOf = (named: readonly { readonly id: string }[]): string[] => [...new Set(named.map(({ id }) => id))];

/** `schedulerLabel` labels the scheduler of each result; by default with its name. */
export function tallyOf(
  results: readonly RunResult[],
  requirements: readonly Requirement[],
  schedulerLabel: (index: number) => string = (index) => results[index]!.scheduler.name,
): RequirementTally {
  const tally = new RequirementTally(requirements);
  for (const [index, result] of results.entries()) {
    tally.add(result, `${subjectText(result)}, ${schedulerLabel(index)}, seed ${result.seed}`);
  }
  return tally;
}
