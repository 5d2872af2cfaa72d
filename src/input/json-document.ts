/** A JSON file as a value whose every part knows its line and column. */
import { jsonFault } from "./json-fault.ts";
import { type ParsedFile, type Path, placer, type Range, type Side } from "./parsed-file.ts";
import type { ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import { quote } from "./quote.ts";

/** Undefined after problems were reported. */
export function parseJson(file: string, text: string, problems: ProblemList): ParsedFile | undefined {
  const problemAt = placer(file, text);
  try {
    const value = JSON.parse(text) as unknown;
    const problem: ParsedFile["problem"] = (path, side, code, message, severity) =>
      problemAt(rangeOf(text, path, side), code, message, severity);
    return { value, problem };
  } catch {
    problems.add(problemAt(...syntaxProblem(text)));
    return undefined;
  }
}

function syntaxProblem(text: string): [Range, ProblemCode, string] {
  if (text.trim() === "") return [[0, 0], "EMPTY_FILE", "the file is empty"];
  const { at, expected } = jsonFault(text) ?? { at: 0, expected: "something else" };
  if (at >= text.trimEnd().length) {
    const end = text.trimEnd().length;
    return [[end, end], "JSON_SYNTAX", `not valid JSON: expected ${expected}, but the file ends`];
  }
  return [[at, at + 1], "JSON_SYNTAX", `not valid JSON: expected ${expected}, got ${quote(text[at])}`];
}

/** Of a part of valid JSON; if the path leaves the text, of the nearest part above. */
function rangeOf(text: string, path: Path, side: Side): Range {
  let at = nextToken(text, 0);
  let range = markOf(text, at);
  for (const [depth, step] of path.entries()) {
    const child = childOf(text, at, String(step));
    if (child === undefined) return range;
    at = child.at;
    range = side === "key" && depth === path.length - 1 ? (child.key ?? markOf(text, at)) : markOf(text, at);
  }
  return range;
}

interface Child {
  readonly key: Range | undefined;
  /** Where its value starts. */
  readonly at: number;
}

/** Of the object or list that starts at `open`. If a key occurs twice, the last one counts. */
function childOf(text: string, open: number, step: string): Child | undefined {
  const isObject = text[open] === "{";
  if (!isObject && text[open] !== "[") return undefined;
  let found: Child | undefined;
  let at = nextToken(text, open + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index += 1) {
    const key: Range | undefined = isObject ? [at, endOf(text, at)] : undefined;
    const name = key === undefined ? String(index) : (JSON.parse(text.slice(...key)) as string);
    const value = key === undefined ? at : nextToken(text, key[1]);
    if (name === step) found = { key, at: value };
    at = nextToken(text, endOf(text, value));
  }
  return found;
}

/** A container is marked at its start only. */
const markOf = (text: string, at: number): Range => [at, isContainer(text, at) ? at + 1 : endOf(text, at)];

const isContainer = (text: string, at: number): boolean => text[at] === "{" || text[at] === "[";

/** Blanks, commas and colons mean nothing here: the text is valid. */
function nextToken(text: string, from: number): number {
  separators.lastIndex = from;
  separators.exec(text);
  return separators.lastIndex;
}

/** End of the value that starts at `at`. */
function endOf(text: string, at: number): number {
  let depth = 0;
  tokens.lastIndex = at;
  do {
    const [token] = tokens.exec(text)!;
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
  } while (depth > 0);
  return tokens.lastIndex;
}

const separators = /[\s,:]*/y;
const tokens = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:"[\]{}]+/g;
