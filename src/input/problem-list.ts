/** Collects the problems of a load over all its files, each once. */

import { InputError } from "./input-error.ts";
import type { Problem } from "./problem.ts";

/** More problems do not help, and a large file full of mistakes would take long. */
const MOST_PROBLEMS = 1000;

export class ProblemList {
  readonly #problems = new Map<string, Problem>();
  #errors = 0;

  get errorCount(): number {
    return this.#errors;
  }

  /** Whether further problems are discarded, so that callers need not build them. */
  get isFull(): boolean {
    return this.#errors >= MOST_PROBLEMS;
  }

  add(problem: Problem): void {
    if (this.isFull) return;
    const key = JSON.stringify([problem.file, problem.line, problem.column, problem.code, problem.message]);
    if (this.#problems.has(key)) return;
    this.#problems.set(key, problem);
    if (problem.severity === "error") this.#errors += 1;
  }

  /** By file (in order of first mention), line and column. */
  sorted(): readonly Problem[] {
    const problems = [...this.#problems.values()];
    const files = new Map<string, number>();
    for (const { file } of problems) if (!files.has(file)) files.set(file, files.size);
    const byPlace = (a: Problem, b: Problem): number =>
      files.get(a.file)! - files.get(b.file)! || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
    return problems.sort(byPlace);
  }

  /** Throws an InputError if there are errors; otherwise passes warnings to `warn`. */
  finish(warn?: (problem: Problem) => void): void {
    const problems = this.sorted();
    if (this.#errors > 0) throw new InputError(problems);
    if (warn !== undefined) for (const problem of problems) warn(problem);
  }
}
