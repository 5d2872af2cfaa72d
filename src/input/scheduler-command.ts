/** A scheduler that is a command: `exec:python3 policy.py` starts a process, `pipe:folder` finds one that runs. */
import { RequestError } from "./request-error.ts";

export const EXEC = "exec:";
export const PIPE = "pipe:";

export const isCommand = (name: string): boolean => name.startsWith(EXEC) || name.startsWith(PIPE);

/**
 * The words of a command, by blanks; quotes keep blanks, a backslash keeps the next character. No shell reads it, so
 * variables and globs stay as they are. Throws RequestError.
 */
export function wordsOf(command: string): readonly string[] {
  const text = command.slice(EXEC.length);
  const words = [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) => unquoted(word));
  const rest = text.replaceAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs, "").trim();
  if (rest !== "") throw new RequestError(`${command}: a quote is not closed`);
  if (words.length === 0) throw new RequestError(`${command} names no command; write exec:python3 policy.py`);
  return words;
}

const unquoted = (word: string): string =>
  word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs, (_, double, single, escaped) =>
    double === undefined ? (single ?? escaped) : double.replaceAll(/\\(["\\])/g, "$1"),
  );

/** The command of these words. */
export const commandOf = (words: readonly string[]): string => EXEC + words.map(quoted).join(" ");

const quoted = (word: string): string => (/^[^\s"'\\]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
