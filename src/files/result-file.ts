/** Reads result.json back, and tells what speaks against comparing with it. */
import { join } from "node:path";
import { readText } from "../input/file-source.ts";
import { IncomparableError } from "../input/incomparable-error.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import type { InputFile, RunResult } from "../records/run-result.ts";
import { resultHash } from "../run/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";
import { packageFolder } from "./built-ins.ts";
import type { Library } from "./library.ts";

/** The results of a file: one, or the list of `--format json` over several scenarios. */
export function readResults(path: string, library: Library): readonly RunResult[] {
  if (library.status(path).kind === "missing") throw new IncomparableError(`there is no file ${path}`);
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  problems.finish();
  const value = parsed(text!, path) as { readonly results?: unknown };
  const results: readonly unknown[] = Array.isArray(value?.results) ? value.results : [value];
  return results.map((result) => checkedResult(result, path));
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

/** The fields that a repetition needs, with what they are. */
const needed: Readonly<Record<string, string>> = {
  schemaVersion: "number",
  scenario: "string",
  system: "string",
  scheduler: "object",
  seed: "number",
  durationMs: "number",
  warmupMs: "number",
  inputs: "object",
  metrics: "object",
  curves: "object",
  tasks: "object",
  accelerators: "object",
  resultHash: "string",
};

function checkedResult(value: unknown, path: string): RunResult {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const isWrong = ([name, type]: [string, string]) => typeof fields[name] !== type || fields[name] === null;
  const [wrong] = Object.entries(needed).find(isWrong) ?? [];
  if (wrong !== undefined) throw new RequestError(`${path} is not a result of rtmm run: it has no "${wrong}"`);
  const result = value as RunResult;
  if ((result.schemaVersion as number) !== 1)
    throw new IncomparableError(`${path} has schemaVersion ${result.schemaVersion}; this rtmm compares version 1`);
  if (resultHash(result) !== result.resultHash)
    throw new IncomparableError(`${path} was changed after it was written: its resultHash is not that of its content`);
  return result;
}

/** What to run again. Throws IncomparableError, naming each file that is gone or has moved on. */
export function requestAgain(result: RunResult, library: Library): RunRequest {
  const paths = result.inputs.map((input) => ({ input, path: pathOf(input, library) }));
  const changes = paths.flatMap(({ input, path }) => changeOf(input, path, library));
  if (changes.length > 0)
    throw new IncomparableError(`the inputs of ${result.scenario} are not what they were:\n${changes.join("\n")}`);
  const pathOfRole = (role: InputFile["role"]) => paths.find(({ input }) => input.role === role)?.path;
  const scenario = pathOfRole("scenario");
  const system = pathOfRole("system");
  if (scenario === undefined || system === undefined)
    throw new RequestError(`the result of ${result.scenario} names no scenario or no system among its inputs`);
  const { seed, durationMs, warmupMs, variation, scheduler } = result;
  return {
    scenario,
    system,
    scheduler: pathOfRole("scheduler") ?? scheduler.name,
    parameters: scheduler.params,
    seed,
    durationMs,
    warmupMs,
    variation,
  };
}

export const pathOf = ({ from, path }: Pick<InputFile, "from" | "path">, library: Library): string =>
  library.shown(from === "built-in" ? join(packageFolder, path) : library.absolute(path));

function changeOf({ role, path: named, sha256 }: InputFile, path: string, library: Library): string[] {
  if (library.status(path).kind !== "file") return [`  - ${role} ${named} is not there`];
  const now = library.sha256(path);
  if (now === sha256) return [];
  return [`  - ${role} ${named} has changed: sha256 ${sha256.slice(0, 12)}… then, ${now.slice(0, 12)}… now`];
}
