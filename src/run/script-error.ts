/** Describes what a user's script threw: a line of text, and the position in the script's file. */
import { printable } from "../input/printable.ts";

/** Line and column, counted from 1. */
export interface ScriptPosition {
  readonly line: number;
  readonly column: number;
}

const MOST_CHARACTERS = 200;

/** Name and message in one line of at most `MOST_CHARACTERS`. */
export function thrownText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = printable(text.split("\n", 1)[0]!);
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}

/** The innermost position in the file that the error's stack names; undefined if it names none. */
export const positionOfError = (error: unknown, path: string): ScriptPosition | undefined =>
  positionIn(error instanceof Error ? String(error.stack) : "", path);

/** The first position in the file that a text names: `<file>:3:7`, or `<file>:3` above the line and its carets. */
export function positionIn(text: string, path: string): ScriptPosition | undefined {
  const end = path.startsWith("/") ? path : `/${path}`;
  for (const name of [encodeURI(end), end]) {
    const at = text.indexOf(`${name}:`);
    if (at < 0) continue;
    const [first = "", , carets = ""] = text.slice(at + name.length).split("\n", 3);
    const [, line, column] = /^:(\d+)(?::(\d+))?/.exec(first) ?? [];
    if (line !== undefined) return { line: Number(line), column: Number(column ?? carets.indexOf("^") + 1) || 1 };
  }
  return undefined;
}
