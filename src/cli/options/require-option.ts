/** `--require`: requirements that every run must meet. */
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
    "requirements for every run, such as 'slaSatisfaction>=0.99' or 'tasks.ht.p99Ms<=22'; else exit code 3",
    listed,
  );

/** Empty without the option. Throws RequestError for an invalid requirement. */
export const requirementsOf = ({ require = [] }: RequireOption): readonly Requirement[] => parseRequirements(require);

/** Prints for each requirement whether it is met, with the worst value. Returns whether all are met. */
export function showRequirements(tally: RequirementTally, { note }: Invocation): boolean {
  const verdicts = tally.verdicts();
  for (const verdict of verdicts) note(wrapped(verdictText(verdict), "  "));
  return verdicts.every(({ isMet }) => isMet);
}
