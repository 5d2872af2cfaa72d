/** Problems as text for a person: file:line:column, message, code frame. */
import type { Problem } from "./problem.ts";

/** Further problems are only counted; people act on the first ones. */
const MOST_PRINTED = 50;

export interface FormatOptions {
  readonly color: "always" | "never";
}

/** One paragraph for each problem, without a line end after the last; empty if there are none. */
export function formatProblems(problems: readonly Problem[], options: FormatOptions): string {
  const shown = problems.slice(0, MOST_PRINTED).map((problem) => formatProblem(problem, options));
  const hidden = problems.length - shown.length;
  if (hidden > 0) shown.push(`… and ${hidden} more problem${hidden === 1 ? "" : "s"}`);
  return shown.join("\n");
}

function formatProblem(problem: Problem, { color }: FormatOptions): string {
  const paint = color === "always" ? ansi : plain;
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const severity = problem.severity === "warning" ? `${paint.yellow("warning:")} ` : "";
  const frame = problem.frame === "" ? "" : `\n${paint.dim(problem.frame)}`;
  return `${paint.bold(`${place}:`)} ${severity}${problem.message}${frame}`;
}

const style = (code: number, end: number) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`;
const ansi = { bold: style(1, 22), dim: style(2, 22), yellow: style(33, 39) };
const same = (text: string): string => text;
const plain = { bold: same, dim: same, yellow: same };
