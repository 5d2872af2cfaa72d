/** Checks requests of programs, which may be plain JavaScript. */
import { nameHint } from "../input/closest.ts";
import type { ParsedFile } from "../input/parsed-file.ts";
import { ProblemList } from "../input/problem-list.ts";
import { show } from "../input/quote.ts";
import { Report } from "../input/report.ts";
import { RequestError } from "../input/request-error.ts";
import { checkSchema } from "../input/schema-check.ts";
import { LONGEST_MS } from "../run/settings.ts";
import { placeProblem } from "../run/variation.ts";

/** Those settings that a configuration has too, by the same names and rules. */
export interface CheckedSettings {
  readonly params?: unknown;
  readonly seed?: unknown;
  readonly durationMs?: unknown;
  readonly warmupMs?: unknown;
  readonly require?: unknown;
  readonly set?: unknown;
  readonly rateScale?: unknown;
  readonly estimateError?: unknown;
}

const settings: readonly (keyof CheckedSettings)[] = [
  ...(["params", "seed", "durationMs", "warmupMs", "require", "set", "rateScale", "estimateError"] as const),
];

/** Keys whose value is always a list. */
const lists: readonly string[] = ["schedulers", "metrics", "pareto"];

/** Throws RequestError with all that is wrong. `known`: the keys that the request may have. */
export function checkRequest(request: object, known: readonly string[]): void {
  if (typeof request !== "object" || request === null)
    throw new RequestError(`a request must be an object, got ${show(request)}`);
  const given = Object.entries(request).filter(([, value]) => value !== undefined);
  const faults = given
    .filter(([key]) => !known.includes(key))
    .map(([key]) => `unknown key "${key}" in the request${nameHint(key, known)}`);
  const values = Object.fromEntries(given.filter(([key]) => (settings as readonly string[]).includes(key)));
  const notLists = given.filter(([key, value]) => lists.includes(key) && !Array.isArray(value));
  faults.push(...notLists.map(([key, value]) => `${key} must be a list, got ${show(value)}`));
  faults.push(...schemaFaults(values), ...placeFaults((request as CheckedSettings).set));
  if (faults.length > 0) throw new RequestError(faults.join("\n"));
}

/** Throws RequestError for anything but a whole number in the range, or undefined. */
export function checkWhole(name: string, value: unknown, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= min && Number(value) <= max)) return;
  throw new RequestError(`${name} must be a whole number from ${min} to ${max}, got ${show(value)}`);
}

/** Throws RequestError for anything but a time of 0 or more that a run may have. */
export function checkMs(name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0 && value <= LONGEST_MS) return;
  throw new RequestError(`${name} must be a number of ms from 0 to ${LONGEST_MS}, got ${show(value)}`);
}

/** Throws RequestError for anything but one of the words, or undefined. */
export function checkWord(name: string, value: unknown, words: readonly string[]): void {
  if (value === undefined || words.includes(value as string)) return;
  const listed = words.map((word) => JSON.stringify(word)).join(" or ");
  throw new RequestError(`${name} must be ${listed}, got ${show(value)}`);
}

function schemaFaults(value: CheckedSettings): string[] {
  const problems = new ProblemList();
  checkSchema(value, "config", new Report(placeless(value), problems));
  return problems.sorted().map(({ message }) => message);
}

/** A request has no lines. */
const placeless = (value: unknown): ParsedFile => ({
  value,
  problem: (_path, _side, code, message, severity = "error") => {
    return { code, message, severity, file: "", line: undefined, column: undefined, frame: "" };
  },
});

function placeFaults(set: unknown): string[] {
  if (typeof set !== "object" || set === null) return [];
  return Object.keys(set).flatMap((place) => placeProblem(place) ?? []);
}
