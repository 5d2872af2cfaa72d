/** Checks requirements before the runs, and tallies them afterwards. */
import type { Program } from "../../core/program.ts";
import { subjectText } from "../../output/variation-text.ts";
import type { RunResult } from "../../records/run-result.ts";
import { assertKnownId } from "./required-value.ts";
import type { Requirement } from "./requirement.ts";
import { RequirementTally } from "./requirement-tally.ts";

/** Throws RequestError for a requirement on a task or accelerator that no run will have. */
export function assertAboutSome(
  requirements: readonly Requirement[],
  setups: readonly { readonly program: Program }[],
): void {
  const known = {
    tasks: idsOf(setups.flatMap(({ program }) => program.scenario.tasks)),
    accelerators: idsOf(setups.flatMap(({ program }) => program.system.accelerators)),
  };
  for (const requirement of requirements) assertKnownId(requirement, known);
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
