/** A line of a file with a marker below the position of a problem. */
import { printable } from "./printable.ts";

/** Longest piece of a line that is shown. */
const WIDTH = 100;
const BEFORE = 40;
const TAB = "  ";

/**
 * Two lines: the text of `line` (from 1), and `length` carets below `column` (from 1). Tabs are expanded, control
 * characters are replaced, and long lines are cut around the column.
 */
export function codeFrame(text: string, line: number, column: number, length = 1): string {
  const content = lineOf(text, line);
  const start = content.length <= WIDTH ? 0 : Math.max(0, Math.min(column - 1 - BEFORE, content.length - WIDTH));
  const end = Math.min(content.length, start + WIDTH);
  const lead = start > 0 ? "…" : "";
  const before = lead + visible(content.slice(start, column - 1));
  const marked = visible(content.slice(column - 1, Math.min(end, column - 1 + length)));
  const after = visible(content.slice(Math.min(end, column - 1 + length), end)) + (end < content.length ? "…" : "");
  const margin = `  ${line} | `;
  const blank = `  ${" ".repeat(String(line).length)} | `;
  const carets = "^".repeat(Math.max(1, marked.length));
  const shown = `${margin}${before}${marked}${after}`.trimEnd();
  return `${shown}\n${blank}${" ".repeat(before.length)}${carets}`;
}

/** The text of a line without its line end; empty beyond the last line. */
function lineOf(text: string, line: number): string {
  let start = 0;
  for (let i = 1; i < line; i += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return "";
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, "");
}

const visible = (text: string): string => printable(text.replaceAll("\t", TAB), "·");
