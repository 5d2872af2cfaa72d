/** Reads result.json, and checks that it can be compared with a new run. */
import { join } from "node:path";
import { IncomparableError } from "../input/incomparable-error.ts";
import { ProblemList } from "../input/problem-list.ts";
import { readJson } from "../input/read-json.ts";
import type { Report } from "../input/report.ts";
import { RequestError } from "../input/request-error.ts";
import { checkSchema } from "../input/schema-check.ts";
import type { InputFile, RunResult } from "../records/run-result.ts";
import { resultHash } from "../run/run-result.ts";
import type { RunRequest } from "../run/run-setup.ts";
import type { Library } from "./library.ts";
import { packageFolder } from "./package-folder.ts";

/**
 * The results in a file: one, or the list of `--format json` for several scenarios. Throws InputError for an invalid
 * file, RequestError for a missing file or one of another kind, and IncomparableError if there is nothing to compare with.
 */
export function readResults(path: string, library: Library): readonly RunResult[] {
  if (library.status(path).kind === "missing") throw new RequestError(`there is no file ${path}`);
  const problems = new ProblemList();
  const report = readJson(path, library, problems);
  problems.finish();
  const value = report!.file.value as { readonly results?: unknown } | null;
  const list: readonly unknown[] | undefined = Array.isArray(value?.results) ? value.results : undefined;
  if (list?.length === 0) throw new RequestError(`${path} has no results`);
  const results = list?.map((each, at) => checkedResult(each, report!.within(["results", at]), path));
  return results ?? [checkedResult(value, report!, path)];
}

/** No other record has them together. */
const marks = ["schemaVersion", "resultHash", "scheduler", "metrics"] as const;

function checkedResult(value: unknown, report: Report, path: string): RunResult {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  const missing = marks.filter((name) => fields[name] === undefined);
  if (missing.length > 0)
    throw new RequestError(`${path} is not a result of rtmm run: it has no ${missing.join(" and no ")}`);
  const { schemaVersion } = fields;
  if (schemaVersion !== 1)
    throw new IncomparableError(`${path} has schemaVersion ${schemaVersion}; this rtmm compares version 1`);
  checkSchema(value, "result", report);
  report.problems.finish();
  const result = value as RunResult;
  if (resultHash(result) !== result.resultHash)
    throw new IncomparableError(`${path} was changed after it was written: its resultHash is not that of its content`);
  return result;
}

/** The request that repeats a result. Throws IncomparableError that names each file that is missing or has changed. */
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

/** A command stays as it is. */
export const pathOf = ({ from, path }: Pick<InputFile, "from" | "path">, library: Library): string =>
  from === "command" ? path : library.shown(from === "built-in" ? join(packageFolder, path) : library.absolute(path));

function changeOf({ role, from, path: named, sha256 }: InputFile, path: string, library: Library): string[] {
  if (from === "command") return [];
  if (library.status(path).kind !== "file") return [`  - ${role} ${named} is missing`];
  const now = library.sha256(path);
  if (now === sha256) return [];
  return [`  - ${role} ${named} has changed: sha256 ${sha256.slice(0, 12)}… then, ${now.slice(0, 12)}… now`];
}
