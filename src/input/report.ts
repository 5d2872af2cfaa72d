/** Reports problems of one part of a file, by path from that part. */

import type { ReportPlace } from "./file-source.ts";
import type { ParsedFile, Path, Side } from "./parsed-file.ts";
import type { ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";

export class Report {
  readonly file: ParsedFile;
  readonly problems: ProblemList;
  readonly #base: Path;
  readonly #unsound: UnsoundParts;

  constructor(file: ParsedFile, problems: ProblemList, base: Path = [], unsound = new UnsoundParts()) {
    this.file = file;
    this.problems = problems;
    this.#base = base;
    this.#unsound = unsound;
  }

  /** The same report for an inner part. */
  within(path: Path): Report {
    return new Report(this.file, this.problems, [...this.#base, ...path], this.#unsound);
  }

  problem(path: Path, code: ProblemCode, message: string, side: Side = "value"): void {
    if (!this.problems.isFull) this.problems.add(this.file.problem([...this.#base, ...path], side, code, message));
  }

  /** Reports problems of a file at the part that names it. */
  at(path: Path): ReportPlace {
    return (code, message) => this.problem(path, code, message);
  }

  warning(path: Path, code: ProblemCode, message: string, side: Side = "value"): void {
    this.problems.add(this.file.problem([...this.#base, ...path], side, code, message, "warning"));
  }

  /** A violation of the schema; further checks ignore the part. */
  schemaProblem(path: Path, subject: Path, code: ProblemCode, message: string, side: Side): void {
    this.#unsound.add([...this.#base, ...subject]);
    this.problem(path, code, message, side);
  }

  /** Whether this part, everything in it and everything around it passed the schema. */
  isSound(path: Path): boolean {
    return !this.#unsound.touches([...this.#base, ...path]);
  }
}

/** Parts of a file that the schema refused. */
class UnsoundParts {
  readonly #parts = new Set<string>();
  /** These parts and everything around them. */
  readonly #holders = new Set<string>();

  add(path: Path): void {
    this.#parts.add(keyOf(path));
    for (let length = 0; length <= path.length; length += 1) this.#holders.add(keyOf(path.slice(0, length)));
  }

  /** Whether a refused part is equal to, inside or around this one. */
  touches(path: Path): boolean {
    if (this.#parts.size === 0) return false;
    if (this.#holders.has(keyOf(path))) return true;
    return path.some((_, length) => this.#parts.has(keyOf(path.slice(0, length))));
  }
}

const keyOf = (path: Path): string => path.join("\u0000");
