/** Checked parts of a JSON profile. */
import type { Mapping } from "../../input/mapping.ts";
import { numberHint } from "../../input/number-hint.ts";
import type { ParsedFile, Path } from "../../input/parsed-file.ts";
import type { Problem, ProblemCode } from "../../input/problem.ts";
import type { ProblemList } from "../../input/problem-list.ts";
import { show } from "../../input/quote.ts";

/** Reports problems of a JSON profile at its parts. */
export class JsonProfile {
  readonly #parsed: ParsedFile;
  readonly #problems: ProblemList;
  readonly #under: Path;

  /** `under`: the part of the file from which paths count. */
  constructor(parsed: ParsedFile, problems: ProblemList, under: Path = []) {
    this.#parsed = parsed;
    this.#problems = problems;
    this.#under = under;
  }

  report(path: Path, code: ProblemCode, message: string): void {
    if (!this.#problems.isFull) this.#problems.add(this.#problem(path, code, message, "error"));
  }

  warn(path: Path, code: ProblemCode, message: string): void {
    this.#problems.add(this.#problem(path, code, message, "warning"));
  }

  #problem(path: Path, code: ProblemCode, message: string, severity: Problem["severity"]): Problem {
    return this.#parsed.problem([...this.#under, ...path], "value", code, message, severity);
  }

  /** A number of 0 or more; undefined if absent, or after a problem. */
  amount(from: Mapping, key: string, path: Path): number | undefined {
    const value = from[key];
    if (value === undefined) return undefined;
    if (typeof value !== "number") {
      const hint = typeof value === "string" ? commaHint(value) || numberHint(value) : "";
      this.report([...path, key], "WRONG_TYPE", `${key} must be a number, got ${show(value)}${hint}`);
      return undefined;
    }
    if (value >= 0) return value;
    this.report([...path, key], "NEGATIVE", `${key} must be 0 or more, got ${value}`);
    return undefined;
  }

  /** The same, and absent is a problem, too. */
  required(from: Mapping, key: string, path: Path): number | undefined {
    if (from[key] === undefined) this.report(path, "MISSING_KEY", `"${key}" is missing here`);
    return this.amount(from, key, path);
  }

  /** Text that is not empty; absent is a problem. */
  text(from: Mapping, key: string, path: Path): string | undefined {
    const value = from[key];
    if (typeof value === "string") return value;
    if (value === undefined) this.report(path, "MISSING_KEY", `"${key}" is missing here`);
    else this.report([...path, key], "WRONG_TYPE", `${key} must be text, got ${show(value)}`);
    return undefined;
  }
}

const commaHint = (text: string): string =>
  /^\d+,\d+$/.test(text.trim()) ? `; write ${text.trim().replace(",", ".")} without quotes` : "";
