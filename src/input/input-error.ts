/** The error of a load, with all problems of its files. */
import { formatProblems } from "./format-problems.ts";
import type { Problem } from "./problem.ts";

/** The user's input is wrong. Has all problems that were found, in order of file and line. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems, { color: "never" }));
    this.problems = problems;
  }
}
