/** A file as a value whose every part knows its line and column. */
import { codeFrame } from "./code-frame.ts";
import type { Problem, ProblemCode } from "./problem.ts";
import { positionFinder } from "./text-position.ts";

/** Keys and indexes from the top of a document to one of its parts. */
export type Path = readonly (string | number)[];

/** Whether a problem points at the value or at its key. */
export type Side = "value" | "key";

export interface ParsedFile {
  readonly value: unknown;
  /** The problem at a part of the file, or at the nearest part above if the path leaves the file. */
  problem(path: Path, side: Side, code: ProblemCode, message: string, severity?: Problem["severity"]): Problem;
}

/** Offsets in a text. */
export type Range = readonly [start: number, end: number];

/** Makes problems of a file's text. */
export function placer(file: string, text: string) {
  const positionOf = positionFinder(text);
  return (range: Range, code: ProblemCode, message: string, severity: Problem["severity"] = "error"): Problem => {
    const { line, column } = positionOf(range[0]);
    const frame = codeFrame(text, line, column, Math.max(1, range[1] - range[0]));
    return { code, message, severity, file, line, column, frame };
  };
}
