/** Adds problems of one source, each at its place. */
import { codeFrame } from "../input/code-frame.ts";
import type { ProblemCode } from "../input/problem.ts";
import type { ProblemList } from "../input/problem-list.ts";

/** A file with more errors is probably of another format, and further errors do not help. */
const mostErrors = 100;

/** A piece of a source. Lines and columns start at 1; columns count UTF-16 units. */
export interface Place {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export class Reporter {
  readonly #text: string;
  readonly #file: string;
  readonly #problems: ProblemList;
  #errors = 0;

  constructor(text: string, file: string, problems: ProblemList) {
    this.#text = text;
    this.#file = file;
    this.#problems = problems;
  }

  get errorCount(): number {
    return this.#errors;
  }

  report(at: Place, code: ProblemCode, message: string): void {
    this.#errors += 1;
    if (this.#errors <= mostErrors) this.#add(at, code, message, "error");
  }

  warn(at: Place, code: ProblemCode, message: string): void {
    this.#add(at, code, message, "warning");
  }

  #add(at: Place, code: ProblemCode, message: string, severity: "error" | "warning"): void {
    const { line, column } = at;
    const frame = codeFrame(this.#text, line, column, Math.max(1, at.text.length));
    this.#problems.add({ code, message, severity, file: this.#file, line, column, frame });
  }
}
