/** Changes to a file such as typing slips, and what holds of the problems that come of them. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Problem } from "../../src/input/problem.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A byte replaced, inserted or removed; a piece cut out or doubled; the end cut off. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant("replace" as const), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), text: fc.constantFrom(...snippets()) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("double" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("truncate" as const), at: fc.nat() }),
);

function snippets(): string[] {
  const words = [
    "-1",
    "0",
    "1e400",
    ".nan",
    "null",
    "{",
    "]",
    "- ",
    ": ",
    "\n",
    "\t",
    "*stem",
    "&a ",
    '"',
    "'",
    "#",
    "x",
    ",,",
  ];
  return [
    ...words,
    "1e30",
    "{}",
    "[]",
    "!!binary ",
    "? ",
    "<<: *stem",
    "__proto__: 1",
    "\r",
    "\u2028",
    "a: b\n",
    "9".repeat(30),
  ];
}

type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutated(bytes: Uint8Array, change: Mutation): Uint8Array {
  const at = change.at % (bytes.length + 1);
  const before = bytes.slice(0, at);
  switch (change.kind) {
    case "replace":
      return Uint8Array.from([...before, change.byte, ...bytes.slice(at + 1)]);
    case "insert":
      return Uint8Array.from([...before, ...encode(change.text), ...bytes.slice(at)]);
    case "cut":
      return Uint8Array.from([...before, ...bytes.slice(at + change.length)]);
    case "double":
      return Uint8Array.from([...before, ...bytes.slice(at, at + change.length), ...bytes.slice(at)]);
    case "truncate":
      return before;
    default:
      return change satisfies never;
  }
}

/** Whether a problem lies inside the file that it is of. */
export function expectPlace(problem: Problem, changed: Readonly<Record<string, string | Uint8Array>>): void {
  if (problem.code === "MISSING_FILE" && problem.line === undefined) return;
  const content = changed[problem.file];
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  // Files without any LF have lines that end with CR.
  const lines = text.split(text.includes("\n") ? "\n" : "\r");
  expect(problem.line).toBeGreaterThanOrEqual(1);
  expect(problem.line).toBeLessThanOrEqual(lines.length);
  expect(problem.column).toBeGreaterThanOrEqual(1);
  expect(problem.column).toBeLessThanOrEqual(lines[problem.line! - 1]!.length + 1);
}

/** One to three changes. */
export const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

export const mutatedBy = (changes: readonly Mutation[], text: string): Uint8Array =>
  changes.reduce(mutated, encode(text));
