/** `--require`: what every run has to reach. */
import type { Command } from "commander";
import { wrapped } from "../../output/lines.ts";
import { parseRequirements, type Requirement } from "../../run/requirements/requirement.ts";
import { type RequirementTally, verdictText } from "../../run/requirements/requirement-tally.ts";
import type { Invocation } from "../command.ts";
import { listed } from "./run-options.ts";

export interface RequireOption {
  readonly require?: readonly string[];
}

export const declareRequire = (declaration: Command): Command =>
  declaration.option(
    "--require <requirement,…>",
    "what every run must reach, such as 'slaSatisfaction>=0.99' or 'tasks.ht.p99Ms<=22'; else exit code 3",
    listed,
  );

/** None where the option was not given. Throws RequestError for texts that are no requirements. */
export const requirementsOf = ({ require = [] }: RequireOption): readonly Requirement[] => parseRequirements(require);

/** Says of each requirement whether it is met and by how much; true: all are, and also where there are none. */
export function showRequirements(tally: RequirementTally, { note }: Invocation): boolean {
  const verdicts = tally.verdicts();
  for (const verdict of verdicts) note(wrapped(verdictText(verdict), "  "));
  return verdicts.every(({ isMet }) => isMet);
}
