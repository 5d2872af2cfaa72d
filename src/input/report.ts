/** Reports problems of one part of a file, by path from that part. */

import type { ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import type { Path, Side, YamlFile } from "./yaml-document.ts";

export class Report {
  readonly file: YamlFile;
  readonly problems: ProblemList;
  readonly #base: Path;
  readonly #unsound: Path[];

  constructor(file: YamlFile, problems: ProblemList, base: Path = [], unsound: Path[] = []) {
    this.file = file;
    this.problems = problems;
    this.#base = base;
    this.#unsound = unsound;
  }

  /** The same report for a part below. */
  within(path: Path): Report {
    return new Report(this.file, this.problems, [...this.#base, ...path], this.#unsound);
  }

  problem(path: Path, code: ProblemCode, message: string, side: Side = "value"): void {
    if (!this.problems.isFull) this.problems.add(this.file.problem([...this.#base, ...path], side, code, message));
  }

  warning(path: Path, code: ProblemCode, message: string, side: Side = "value"): void {
    this.problems.add(this.file.problem([...this.#base, ...path], side, code, message, "warning"));
  }

  /** A problem with the schema: the part is not looked at any further. */
  schemaProblem(path: Path, subject: Path, code: ProblemCode, message: string, side: Side): void {
    this.#unsound.push([...this.#base, ...subject]);
    this.problem(path, code, message, side);
  }

  /** Whether the schema had nothing to say about this part, what is in it and what it is in. */
  isSound(path: Path): boolean {
    if (this.#unsound.length === 0) return true;
    const whole = [...this.#base, ...path];
    return !this.#unsound.some((unsound) => isPrefix(whole, unsound) || isPrefix(unsound, whole));
  }
}

/** Whether `path` lies at or below `prefix`. */
function isPrefix(prefix: Path, path: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, i) => step === path[i]);
}
